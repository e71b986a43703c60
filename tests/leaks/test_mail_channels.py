"""Every channel of a mail that could name somebody, each with a marker; and what verification finds by itself."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import typst
from mails import RedactedMail, redact_mail
from scanner import places_of

sys.path.append(str(Path(__file__).parents[1] / "formats"))

from mail_files import (
    HEADER,
    attached,
    binary_property,
    compound,
    embedded,
    html,
    mail,
    of_parts,
    outlook_mail,
    part,
    saved,
    text_property,
)

from woo_anon.formats.mail.write import write
from woo_anon.spans import Span
from woo_anon.verify import verify

MARKER = "Zwartemansen"
CALENDAR = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{MARKER}\r\nX-OWNER:{MARKER}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def _header(name: str, value: str = MARKER) -> bytes:
    return f"{HEADER}{name}: {value}\r\n\r\nDag\r\n".encode()


def _parts(*parts: bytes, kind: str = "multipart/mixed") -> bytes:
    return of_parts(kind, part("text/plain", "Dag"), *parts)


CHANNELS: dict[str, bytes] = {
    "body": f"{HEADER}\r\nDag {MARKER}, > {MARKER}\r\n> {MARKER}\r\n".encode(),
    **{
        f"field {name}": _header(name)
        for name in ("Cc", "Bcc", "Reply-To", "Sender", "X-Owner", "Received", "Message-ID")
    },
    "encoded word": _header("Cc", "=?utf-8?b?WndhcnRlbWFuc2Vu?= <z@x.example>"),
    "name of a field": _header(f"X-{MARKER}"),
    "subject": HEADER.replace("Vergunning", f"Vergunning {MARKER}").encode() + b"\r\nDag",
    "subject elsewhere": HEADER.replace("Vergunning", MARKER.upper()).encode() + f"\r\nDag {MARKER}".encode(),
    "html": html(f"Dag <b>Zwarte</b>mansen <a href='mailto:{MARKER}@x.example'>mail</a> <img alt='{MARKER}'>"),
    "hidden html": html(f"Dag <p style='display:none'>{MARKER}</p>"),
    "html comment": html(f"Dag <!-- {MARKER} --><b title='{MARKER}'>x</b>"),
    "html title and style": html(f"<title>{MARKER}</title><style>.{MARKER} {{}}</style>Dag"),
    "html alternative": _parts(part("text/html", f"<p>Dag {MARKER}</p>"), kind="multipart/alternative"),
    "name of an attachment": _parts(part(f"application/pdf; name={MARKER}.pdf", b"x")),
    "folder of an attachment": _parts(
        part("application/pdf", b"x", rf'Content-Disposition: attachment; filename="C:\\{MARKER}\\a"')
    ),
    "content of an attachment": _parts(part("text/csv; name=a.csv", MARKER)),
    "description of a part": _parts(part("application/pdf; name=a.pdf", b"x", f"Content-Description: {MARKER}")),
    "type of an attachment": _parts(part(f"application/{MARKER}; name=a", b"x")),
    "mail in the mail": _parts(part("message/rfc822", mail(MARKER, subject=MARKER).as_bytes())),
    "appointment": _parts(part("text/calendar", CALENDAR)),
    "between parts": _parts().replace(b"\r\n\r\n--grens", f"\r\n\r\n{MARKER}\r\n--grens".encode(), 1),
    "boundary": _parts(part("text/html", "x")).replace(b"grens", MARKER.encode()),
    "signature": _parts(part("application/pkcs7-signature", MARKER)),
    "outlook texts": compound(outlook_mail(text_property(0x3FFA, MARKER), text_property(0x0C1F, f"/o=x/cn={MARKER}"))),
    "outlook html": compound(outlook_mail(binary_property(0x1013, f"<p>Akkoord {MARKER}".encode()))),
    "outlook attachment": compound(outlook_mail(attached(0, f"{MARKER}.pdf", MARKER.encode()))),
    "outlook mail": compound(outlook_mail(attached(0, "m", embedded(outlook_mail(text_property(0x0037, MARKER)))))),
    "outlook header": compound(outlook_mail(text_property(0x007D, f"Received: {MARKER}\r\n\tfor {MARKER}\r\n"))),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_marker_leaves_by_no_channel(channel: str, tmp_path: Path) -> None:
    done = redact_mail(saved(tmp_path, CHANNELS[channel], "mail"), [MARKER])
    assert places_of(MARKER, done.target) == []
    assert _failed(done) == []


@pytest.mark.parametrize("names", [("Vlot", "Hoogewerf"), ("Il", "Wim"), ("Fleur", "Vlot-van der Zee")])
def test_mails_that_differ_in_the_name_alone_give_the_same_bytes(tmp_path: Path, names: tuple[str, str]) -> None:
    written = []
    for name in names:
        source = saved(tmp_path, mail(f"Dag {name},\n\n> {name}\n\nTot ziens", subject=f"Vergunning {name}"))
        written.append(redact_mail(source, [name]).target.read_bytes())
    assert written[0] == written[1]


def test_a_name_that_stays_in_one_place_may_go_in_another(tmp_path: Path) -> None:
    source = saved(tmp_path, mail("Lid Zandstra en medewerker Zandstra.", subject="Vraag van lid Zandstra"))
    done = redact_mail(source, ["medewerker Zandstra"])
    document = done.document
    last = replace(done.redactions[0].decision, span=_last(document.text, "Zandstra"))
    redactions = (replace(done.redactions[0], decision=last),)
    write(source, done.target, document, redactions)
    assert _failed(replace(done, redactions=redactions)) == []
    with pikepdf.open(done.target) as pdf:
        assert str(pdf.docinfo.Title) == "E-mail"


def _last(text: str, word: str) -> Span:
    seen = text[: text.index("MIME-Version")]
    return Span(seen.rindex(word), seen.rindex(word) + len(word))


@pytest.mark.parametrize(
    "name", ["List", "Terms", "External", "Source", "Proof", "Schema", "Saved", "Text", "Document", "Specific", "Group"]
)
def test_somebody_whose_name_is_a_word_of_the_format_can_be_redacted(tmp_path: Path, name: str) -> None:
    assert _failed(redact_mail(saved(tmp_path, mail(f"Dag {name}, tot ziens")), [name])) == []


def test_a_long_name_within_a_word_of_the_subject_keeps_that_out_of_the_title(tmp_path: Path) -> None:
    source = saved(tmp_path, mail("Dag Zwartemans, tot ziens", subject="Zwartemanszaak"))
    done = redact_mail(source, ["Dag Zwartemans"])
    one = done.redactions[0]
    name = replace(one.decision, span=Span(one.decision.span.start + len("Dag "), one.decision.span.end))
    redactions = (replace(one, decision=name),)
    write(source, done.target, done.document, redactions)
    assert _failed(replace(done, redactions=redactions)) == []
    with pikepdf.open(done.target) as pdf:
        assert str(pdf.docinfo.Title) == "E-mail"


# ── what verification finds ────────────────────────────────────────────────────────────────────────────────────────


def _failed(done: RedactedMail) -> list[str]:
    verification = verify(done.source, done.target, done.document, done.redactions)
    return [check.name for check in verification.checks if not check.passed]


FIELDS = """Van: Sanne Okkerse <s.okkerse@westerhaar.example>
Aan: Tijmen Zwartemans <t.zwartemans@westerhaar.example>
Datum: donderdag 7 maart 2024 16:52 (UTC+01:00)
Onderwerp: Vergunning"""


def _set(text: str, title: str) -> bytes:
    source = b"""#set document(title: sys.inputs.title)
#set text(lang: "nl", hyphenate: false)
#sys.inputs.text"""
    inputs = {"text": text, "title": title}
    return typst.compile(source, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)


def _of_another_writer(tmp_path: Path, body: str, title: str = "E-mail") -> RedactedMail:
    done = redact_mail(saved(tmp_path, mail("Dag Vlot, tot ziens")), ["Vlot"])
    done.target.write_bytes(_set(f"{FIELDS}\n{body}", title))
    return done


def test_what_another_writer_does_right_passes(tmp_path: Path) -> None:
    assert _failed(_of_another_writer(tmp_path, "Dag [5.1.2e], tot ziens")) == []


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("Dag [5.1.2e], tot", "text-as-redacted"),
        ("Dag [5.1.2e], tot ziens en meer", "text-as-redacted"),
        ("tot ziens Dag [5.1.2e],", "text-as-redacted"),
        ("Dag, tot ziens", "text-as-redacted"),
        ("Dag Vlot, tot ziens", "text-by-pdfium"),
        ("Dag Vlot, tot ziens", "text-by-pypdf"),
        ("Dag [5.1.2e], tot ziens", "no-redacted-string-beside-the-text"),
    ],
)
def test_what_another_writer_does_wrong_is_found(tmp_path: Path, body: str, check: str) -> None:
    title = "Mail van Vlot" if "beside" in check else "E-mail"
    assert check in _failed(_of_another_writer(tmp_path, body, title))


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.attachments.__setitem__("mail.eml", b"Dag"),
        lambda pdf: pdf.docinfo.__setitem__("/Author", "Sanne"),
        lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)),
        lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([])),
    ],
)
def test_a_key_that_a_composed_file_has_no_use_for_is_found(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None]
) -> None:
    done = redact_mail(saved(tmp_path, mail("Dag Vlot, tot ziens")), ["Vlot"])
    with pikepdf.open(io.BytesIO(done.target.read_bytes())) as pdf:
        change(pdf)
        pdf.save(done.target)
    assert "only-known-keys" in _failed(done)
