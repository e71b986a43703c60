"""Every place in a Word document where a name can hide: none of them leads into the publication version.

The places are in `word_channels.py`. What readers see is redacted; what nobody sees must be gone although nobody asked
for it.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

sys.path += [str(Path(__file__).parents[1] / "formats")]

from word_channels import (
    COMMENT_SEEN,
    COMMENT_UNSEEN,
    MARKER,
    SEEN,
    TAMPERED,
    TAMPERED_COMMENTS,
    UNSEEN,
    Channel,
    in_comment,
)
from word_files import NAMESPACES, paragraph, run, word
from word_redacting import Redacted, redact

from woo_anon.formats.word.read import read


def holding(done: Redacted, marker: str) -> list[str]:
    """The parts that hold the marker, or its words, in any way of writing."""
    words = [marker, *marker.split(), marker.replace(" ", "")]
    forms = [form.encode(encoding) for word in words for form in (word, word.lower())
             for encoding in ("utf-8", "utf-16-le", "utf-16-be")]  # fmt: skip
    parts = {**done.parts, "the file": done.target.read_bytes(), "names of parts": "\n".join(done.parts).encode()}
    return [name for name, data in parts.items() if any(form in data or form in data.lower() for form in forms)]


def valid(done: Redacted) -> bool:
    """Whether another program opens it, and finds text."""
    return bool(docx.Document(str(done.target)).element.body is not None and read(done.target).text)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_is_gone_though_nobody_asked(tmp_path: Path, name: str) -> None:
    done = redact(UNSEEN[name].written(tmp_path / "a.docx", MARKER), [])
    assert holding(done, MARKER) == []
    assert done.failed == []
    assert valid(done)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_is_evidence_or_says_nothing(tmp_path: Path, name: str) -> None:
    """What is redacted in the text is looked for everywhere, so both together must pass as well."""
    channel = UNSEEN[name]
    both = Channel(
        channel.body + paragraph("Beste {m}"),
        channel.parts,
        channel.rels,
        channel.part_rels,
        channel.types,
        channel.root,
    )
    done = redact(both.written(tmp_path / "a.docx", MARKER), [MARKER, MARKER.replace(" ", "")])
    assert holding(done, MARKER) == []
    assert done.failed == []


@pytest.mark.parametrize("name", SEEN)
def test_what_readers_see_goes_when_it_is_redacted(tmp_path: Path, name: str) -> None:
    path = SEEN[name].written(tmp_path / "a.docx", MARKER)
    document = read(path)
    assert MARKER in document.text[: document.pages[0].end]
    done = redact(path, [MARKER])
    assert holding(done, MARKER) == []
    assert done.failed == []
    assert valid(done)


@pytest.mark.parametrize("name", COMMENT_UNSEEN)
def test_what_nobody_sees_of_comments_that_stay_is_gone_though_nobody_asked(tmp_path: Path, name: str) -> None:
    done = redact(COMMENT_UNSEEN[name].written(tmp_path / "a.docx", MARKER), [], keep_comments=True)
    assert holding(done, MARKER) == []
    assert done.failed == []
    assert valid(done)


@pytest.mark.parametrize("name", COMMENT_SEEN)
def test_what_comments_that_stay_say_goes_when_it_is_redacted(tmp_path: Path, name: str) -> None:
    done = redact(COMMENT_SEEN[name].written(tmp_path / "a.docx", MARKER), [MARKER], keep_comments=True)
    assert "word/comments.xml" in done.parts
    assert holding(done, MARKER) == []
    assert done.failed == []
    assert valid(done)


@pytest.mark.parametrize("name", [*COMMENT_SEEN, *COMMENT_UNSEEN])
def test_comments_that_do_not_stay_leave_nothing(tmp_path: Path, name: str) -> None:
    channel = (COMMENT_SEEN | COMMENT_UNSEEN)[name]
    done = redact(channel.written(tmp_path / "a.docx", MARKER), [])
    assert holding(done, MARKER) == []
    assert done.failed == []


SURNAMES = st.from_regex(r"[A-Z][a-z]{6,10}", fullmatch=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(surname=SURNAMES, names=st.lists(st.sampled_from(sorted(UNSEEN)), min_size=1, max_size=4, unique=True))
def test_no_marker_survives_wherever_it_is_put(tmp_path_factory, surname: str, names: list[str]) -> None:
    """Channels together, with any surname: bodies one after the other, parts beside each other."""
    marker = f"Qx{surname}"
    folder = tmp_path_factory.mktemp("leaks")
    channels = [UNSEEN[name] for name in names]
    parts = {name: content for channel in channels for name, content in channel.parts.items()}
    rels = {rel[0]: rel for channel in channels for rel in channel.rels}
    # A reference of one channel must not lead to where another's leads.
    assume(len(rels) == len({rel for channel in channels for rel in channel.rels}))
    merged = Channel(
        "".join(channel.body for channel in channels),
        parts,
        tuple(rels.values()),
        {part: rels_ for channel in channels for part, rels_ in channel.part_rels.items()},
        {},
        "".join(channel.root for channel in channels),
    )
    done = redact(merged.written(folder / "a.docx", marker), [])
    assert holding(done, marker) == []
    assert done.failed == []


def tampered(done: Redacted, change: Callable[[dict[str, bytes]], None]) -> Redacted:
    """The written file with something put into it behind the writer's back."""
    parts = done.parts
    change(parts)
    with zipfile.ZipFile(done.target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return done


@pytest.mark.parametrize("name", TAMPERED)
def test_verification_finds_what_a_writer_would_leave(tmp_path: Path, name: str) -> None:
    change, check = TAMPERED[name]
    done = redact(word(tmp_path / "a.docx", paragraph(f"Beste {MARKER}, dag")), [MARKER])
    assert done.failed == []
    assert check in tampered(done, change).failed


@pytest.mark.parametrize("name", TAMPERED_COMMENTS)
def test_verification_finds_what_a_writer_would_leave_in_comments(tmp_path: Path, name: str) -> None:
    change, check = TAMPERED_COMMENTS[name]
    source = in_comment(paragraph("Vraag {m}"), author="{m}").written(tmp_path / "a.docx", MARKER)
    done = redact(source, [MARKER], keep_comments=True)
    assert done.failed == []
    assert check in tampered(done, change).failed


def test_verification_finds_comments_that_nobody_asked_to_keep(tmp_path: Path) -> None:
    source = in_comment(paragraph("Vraag"), author="Okke").written(tmp_path / "a.docx", MARKER)
    kept = redact(source, [], keep_comments=True)
    assert kept.failed == []
    assert "other-text-unchanged" in replace(kept, document=read(source)).failed


def test_verification_finds_bytes_between_the_parts(tmp_path: Path) -> None:
    done = redact(word(tmp_path / "a.docx", paragraph(f"Beste {MARKER}, dag")), [MARKER])
    done.target.write_bytes(b"#" + done.target.read_bytes())
    assert "plain-archive" in done.failed


@pytest.mark.parametrize(
    "name", ["Both", "Page", "Arial", "Heading", "Normal", "Document", "Black", "Preserve", "Calibri"]
)
def test_somebody_whose_name_is_a_word_of_the_format_can_be_redacted(tmp_path: Path, name: str) -> None:
    body = paragraph(
        f"Beste {name}", run(" dag", '<w:rFonts w:ascii="Arial"/><w:color w:val="000000"/>'),
        properties='<w:pStyle w:val="H"/><w:jc w:val="both"/>',
    )  # fmt: skip
    styles = f'<w:styles {NAMESPACES}><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'
    path = word(tmp_path / "a.docx", body, {"word/styles.xml": styles}, (("s", "styles", "styles.xml", False),))
    done = redact(path, [name])
    assert done.failed == []
    assert done.text == "Beste [5.1.2e] dag\n"
