"""A file of ours says of itself no more than is so."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest
from notes import note
from pikepdf import Array, Dictionary, Name
from verapdf import VeraPdf

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]

from pdf_files import changed, drawn, lines
from redacting import redact


def declared(path: Path) -> set[str]:
    """What the catalog and the XMP packet declare, by the words that they declare it with."""
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        catalog = {key[1:] for key in ("/MarkInfo", "/StructTreeRoot", "/OutputIntents") if key in pdf.Root}
    return catalog | {word for word in ("pdfuaid:part", "pdfaid:part") if f"<{word}>" in packet}


def test_output_from_an_untagged_source_declares_nothing(tmp_path: Path) -> None:
    source = drawn(tmp_path / "note.pdf", lines("De nota van Zwartemans is af."))
    assert declared(redact(source, ["Zwartemans"]).target) == set()


def test_claims_that_an_untagged_source_cannot_meet_are_not_taken_over(tmp_path: Path) -> None:
    def untag(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    source = changed(note(tmp_path / "note.pdf", "ua-1"), untag)
    assert declared(redact(source, ["Zwartemans"]).target) == set()


def test_level_a_becomes_level_b_without_tags(tmp_path: Path) -> None:
    def untag(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo

    done = redact(changed(note(tmp_path / "note.pdf", "a-2a"), untag), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        assert b"<pdfaid:conformance>B<" in pdf.Root.Metadata.read_bytes()


def test_a_page_that_became_an_image_is_no_longer_called_accessible(tmp_path: Path) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), _draw_a_mesh), ["Zwartemans"])
    assert done.written.pages_as_images == ((1, "shading:mesh"),)
    assert "pdfuaid:part" not in declared(done.target)


@pytest.mark.parametrize(("standard", "left"), [("a-1a", "1b"), ("a-2a", "2b"), ("a-2u", "2u"), ("a-4", "4")])
def test_a_page_that_became_an_image_is_archival_still(tmp_path: Path, vera: VeraPdf, standard: str, left: str) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", standard), _draw_a_mesh), ["Zwartemans"])
    assert done.written.pages_as_images == ((1, "shading:mesh"),)
    assert vera.broken(left, done.target) == []


def _draw_a_mesh(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.obj.Resources.Shading = Dictionary(Mesh=Dictionary(ShadingType=4, ColorSpace=Name.DeviceGray))
    page.contents_add(b"/Mesh sh", prepend=False)


def test_an_output_intent_says_nothing_of_its_own(tmp_path: Path) -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = Array()

    source = changed(note(tmp_path / "note.pdf", "a-2b"), empty)
    assert "OutputIntents" not in declared(redact(source, ["Zwartemans"]).target)
