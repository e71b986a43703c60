"""Every channel through which a PDF gave away what was redacted, each with a marker text."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from attacks import (
    BESIDE,
    DRAWN_ELSEWHERE,
    MARKER,
    SECRET_PIXELS,
    SHOWN,
    listed_on_another_page,
    make,
    pattern_with_text,
    soft_mask_with_text,
)
from pikepdf import Dictionary, String
from redacting import redact
from scanner import places_of

from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.content.properties import staying
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.verify import verify


@pytest.mark.parametrize("channel", BESIDE)
def test_marker_beside_the_text_is_gone(channel: str, tmp_path: Path) -> None:
    # What the reader refuses must not leak from the writer either, so the text is that of the page without the attack.
    document = read(make(tmp_path / "plain.pdf"))
    source = make(tmp_path / "note.pdf", BESIDE[channel])
    assert places_of(MARKER, source)
    done = redact(source, [MARKER], document=document)
    assert places_of(MARKER, done.target) == []
    failed = [check for check in verify(source, done.target, document, done.redactions).checks if not check.passed]
    assert failed == []


@pytest.mark.parametrize("way", SHOWN)
def test_marker_shown_on_the_page_is_gone_without_an_image(way: str, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", content=SHOWN[way])
    done = redact(source, [MARKER])
    assert done.redactions
    assert done.written.pages_as_images == ()
    assert places_of(MARKER, done.target) == []
    assert "ziens" in read(done.target).text
    failed = [check for check in verify(source, done.target, done.document, done.redactions).checks if not check.passed]
    assert failed == []


@pytest.mark.parametrize("drawing", (pattern_with_text, soft_mask_with_text))
def test_text_in_a_pattern_or_a_mask_is_read_by_ocr_and_not_without(drawing, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", drawing)
    with pytest.raises(RefusedError, match="pattern or a mask"):
        read(source, Access(ocr=False))
    document = read(source)
    assert [page.number for page in document.pages if page.confidences is not None] == [1]
    done = redact(source, [MARKER], document=document)
    assert places_of(MARKER, done.target) == []


def test_the_writer_refuses_text_in_a_pattern(tmp_path: Path) -> None:
    document = read(make(tmp_path / "plain.pdf"))
    with pytest.raises(RefusedError):
        redact(make(tmp_path / "note.pdf", pattern_with_text), [MARKER], document=document)


@pytest.mark.parametrize("mode", ("shared resources", "structure tree", "unknown key"))
def test_what_is_redacted_in_a_form_or_an_image_stays_in_no_original(mode: str, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", DRAWN_ELSEWHERE[mode])
    done = redact(source, [MARKER], boxes=[Box(100, 500, 200, 560)])
    assert done.written.pages_as_images == ()
    with pikepdf.open(done.target) as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert not any(MARKER.encode() in data or SECRET_PIXELS in data for data in streams)
    assert places_of(MARKER, done.target) == []


def test_earlier_revisions_are_gone(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    with source.open("ab") as file:
        file.write(b"\n% " + MARKER.encode() + b"\n%%EOF\n")
    done = redact(source, [MARKER])
    assert places_of(MARKER, done.target) == []
    assert done.target.read_bytes().count(b"%%EOF") == 1


def test_a_name_left_in_metadata_fails_the_verification(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    done = redact(source, [MARKER])
    with pikepdf.open(done.target, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = f"Nota van {MARKER}"
        pdf.save(done.target)
    result = verify(source, done.target, done.document, done.redactions)
    assert "no-redacted-string-beside-the-text" in {check.name for check in result.checks if not check.passed}


def test_text_left_under_a_box_fails_the_verification(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    done = redact(source, [MARKER])
    left = {check.name for check in verify(source, source, done.document, done.redactions).checks if not check.passed}
    assert {"boxes-empty", "text-by-pdfium", "text-by-pypdf"} <= left


def test_a_broken_output_fails_the_verification(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    done = redact(source, [MARKER])
    done.target.write_bytes(done.target.read_bytes()[:300])
    assert not verify(source, done.target, done.document, done.redactions).passed


def test_no_check_tells_the_redacted_text(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    done = redact(source, [MARKER])
    assert MARKER not in repr(verify(source, source, done.document, done.redactions))


def test_a_page_that_says_what_was_not_read_fails_the_verification(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", listed_on_another_page)
    done = redact(source, [MARKER])
    with pikepdf.open(done.target, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Bijlage over Overdam) Tj ET")
        pdf.save(done.target)
    result = verify(source, done.target, done.document, done.redactions)
    assert "text-as-read" in {check.name for check in result.checks if not check.passed}


def test_a_picture_is_the_same_without_its_metadata(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", BESIDE["EXIF of a picture"])
    done = redact(source, [MARKER])
    assert "picture-metadata" in done.written.removed
    pictures = []
    for path in (source, done.target):
        with pikepdf.open(path) as pdf:
            image = next(item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" in item)
            pictures.append(pikepdf.PdfImage(image).as_pil_image().tobytes())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("language", ["nl-Vos", "nl-Zwaluw-staart", "nl-x-vos", "Vos"])
def test_a_language_tag_with_any_word_in_it_goes(language: str) -> None:
    properties = Dictionary(MCID=1, Lang=String(language), ActualText=String("De brug"))
    assert set(staying(properties, lambda _: False)) == {"/MCID", "/ActualText"}
    properties.Lang = String("sr-Latn-RS")
    assert set(staying(properties, lambda _: False, texts=False)) == {"/MCID", "/Lang"}
