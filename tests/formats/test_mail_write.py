"""The PDF of a mail: what it says, how it is built, and that it says no more than it may."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_files import mail, of_parts, part, saved

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from mails import RedactedMail, redact_mail

from woo_anon.errors import OutputError
from woo_anon.formats.mail.read import read
from woo_anon.formats.mail.write import write
from woo_anon.verify import verify
from woo_anon.verify.mail import check_mail


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def _passes(done: RedactedMail) -> bool:
    return verify(done.source, done.target, done.document, done.redactions).passed


def test_a_redaction_is_a_label_in_its_place(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail("Dag Vlot, akkoord.")), ["Vlot", "Sanne Okkerse"])
    assert "Van: [5.1.2e] <s.okkerse@westerhaar.example>" in _text(done.target)
    assert "Dag [5.1.2e], akkoord." in _text(done.target)


def test_a_redaction_without_a_label_says_what_the_text_format_says(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail("Dag Vlot.")), ["Vlot"], label="")
    assert "Dag [persoonsgegeven]." in _text(done.target)
    assert _passes(done)


def test_the_same_mail_gives_the_same_bytes(tmp_path: Path) -> None:
    first = redact_mail(saved(tmp_path, mail(), "a.eml"), ["Akkoord"]).target.read_bytes()
    assert redact_mail(saved(tmp_path, mail(), "b.eml"), ["Akkoord"]).target.read_bytes() == first


def test_the_title_is_the_redacted_subject_and_the_language_dutch(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail(subject="Vergunning Vlot")), ["Vlot"])
    with pikepdf.open(done.target) as pdf:
        assert str(pdf.docinfo.Title) == "Vergunning [5.1.2e]"
        assert str(pdf.Root.Lang) == "nl"


def test_quotes_are_tagged_and_lose_their_marks(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail("Nieuw\n\n> Oud\n>\n> > Ouder Vlot\n> Oud")), ["Vlot"])
    assert "Nieuw Oud Ouder [5.1.2e] Oud" in _text(done.target)
    with pikepdf.open(done.target) as pdf:
        kinds = [str(one.get("/S", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    assert kinds.count("/BlockQuote") == 2
    assert _passes(done)


def test_fields_and_attachments_are_lists(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, of_parts("multipart/mixed", part("application/pdf; name=a.pdf", b"x"))), [])
    with pikepdf.open(done.target) as pdf:
        kinds = [str(one.get("/S", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    assert (kinds.count("/L"), kinds.count("/LI")) == (2, 5)
    assert "Bijlagen: - a.pdf (PDF)" in _text(done.target)


def test_what_became_of_an_attachment_stands_behind_its_name(tmp_path: Path) -> None:
    source = saved(
        tmp_path, of_parts("multipart/mixed", part("image/png", b"x"), part("application/pdf; name=a.pdf", b"x"))
    )
    document, target = read(source), tmp_path / "out.pdf"
    told = replace(document, attachments=((1, "deels openbaar"),))
    write(source, target, told, ())
    assert "a.pdf (PDF) – deels openbaar" in _text(target)
    assert all(check.passed for check in check_mail(target, told, ()))
    assert not all(check.passed for check in check_mail(target, document, ()))


@pytest.mark.parametrize(
    "text",
    [
        "#let x = 1; $x$ *vet* _schuin_ `code` @ref <label> [a] // weg /* weg */ \\ = Kop",
        '"; #read("/etc/passwd"); #import "@preview/x:1.0.0"',
        "fi ffi fl -- --- ... 'a' \"b\" ~ 1/2 (c)",
        "    ingesprongen\n\tmet tab\nkolom    kolom",
        "https://x.example/" + "a" * 500,
        "woord" * 400,
        "emoji 😀 漢字 שלום مرحبا \U0001fae8 \ue000",
        "Ж Ω ñ é ẽ̂ ﬁ ½ № ✓ → ☎ • … ‘’ “”",
        "een-lang-woord-met-streepjes " * 60,
        "a > b\n>c\n   > d\n    > e",
        "- een\n- twee\n1. drie\n+ vier\n/ vijf: zes",
        "[U+0041] en [U+1F600 grinning face]",
        "\n".join("regel" for _ in range(400)),
    ],
)
def test_all_text_is_shown_as_it_stands(tmp_path: Path, text: str) -> None:
    done = redact_mail(saved(tmp_path, mail(f"{text} Vlot", subject=text.replace("\n", " ")[:200])), ["Vlot"])
    assert _passes(done)


def test_a_character_without_a_glyph_is_written_by_its_number_and_said(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail("dag 😀 漢")), [])
    assert "dag [U+1F600 grinning face] [U+6F22]" in _text(done.target)
    assert "mail:characters" in done.written.removed


def test_a_mail_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    source = saved(tmp_path, mail("een"))
    document = read(source)
    saved(tmp_path, mail("twee"))
    with pytest.raises(OutputError):
        write(source, tmp_path / "out.pdf", document, ())


def test_a_redaction_that_runs_over_lines_is_one_label(tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, mail("Dag Fleur\nVlot, dag.\n\n> citaat")), ["Fleur\nVlot"])
    assert "Dag [5.1.2e], dag. citaat" in _text(done.target)
    assert _passes(done)


WORDS = st.lists(
    st.sampled_from(["Vlot", "dag", ">", "> Vlot", "\n", "\n\n", "  ", "é", "-", "[x]", "#a", "😀"]), max_size=30
)


@settings(max_examples=40, deadline=None)
@given(pieces=WORDS)
def test_whatever_the_text_what_is_written_is_what_remains(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("mail")
    assert _passes(redact_mail(saved(folder, mail(" ".join(pieces))), ["Vlot"]))
