"""A part of a page that must go: pixels, lines and text under it, and nothing beside it."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdf_files import typeset
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon import verify
from woo_anon.document import Action, Decision, Entity, Redaction, Role
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.write import write
from woo_anon.geometry import Box, Place
from woo_anon.spans import Span

BOX = Box(100, 300, 200, 360)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A line of text, and a red picture and a red curve in the box."""
    file = tmp_path / "nota.pdf"
    canvas = Canvas(str(file), pagesize=(400, 500))
    canvas.drawString(60, 450, "Voor akkoord")
    canvas.drawString(110, 320, "Oldeboom")
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    picture.seek(0)
    canvas.drawImage(ImageReader(picture), 110, 330, 80, 20)
    canvas.setStrokeColorRGB(1, 0, 0)
    canvas.bezier(110, 305, 130, 350, 150, 290, 190, 310)
    canvas.save()
    return file


def red(file: Path) -> int:
    page = pypdfium2.PdfDocument(file)[0].render(scale=1).to_pil().convert("RGB")
    return sum(r > 200 and g < 60 and b < 60 for r, g, b in page.get_flattened_data())


def area() -> Decision:
    return Decision(
        Span(0, 0), Entity.AREA, Action.REDACT, Role.UNKNOWN, "5.1.2e", "", "reviewer:1", 1.0, "reviewer",
        area=Place(1, BOX),
    )  # fmt: skip


def test_what_stands_in_the_area_goes_and_the_rest_stays(note: Path, tmp_path: Path):
    document = read(note)
    at = document.text.index("Oldeboom")
    name = Decision(
        Span(at, at + 8), Entity.PERSON, Action.REDACT, Role.UNKNOWN, "5.1.2e", "", "reviewer:1", 1.0, "reviewer"
    )
    removals = [Redaction(1, area(), document.places_of(area())), Redaction(2, name, document.places_of(name))]
    target = tmp_path / "out.pdf"
    assert red(note) > 500
    written = write(note, target, document, removals)
    assert not written.pages_as_images
    assert written.redactions[0].places[0].box == BOX
    assert red(target) == 0
    text = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_bounded()
    assert "Voor akkoord" in text and "Oldeboom" not in text
    assert verify.verify(note, target, document, written.redactions).passed


def test_text_on_an_area_has_no_box_or_label_of_its_own(note: Path, tmp_path: Path):
    from woo_anon import pipeline
    from woo_anon.policy.rulings import Area, Ruling
    from woo_anon.settings import Settings

    ruling = Ruling(1, Area(1, BOX), Action.REDACT, "5.1.2e")
    seen = pipeline.examine(note, Settings(profile="woo-besluit"), rulings=[ruling])
    removals = pipeline.redactions(seen.document, seen.decisions)
    assert [len(removal.places) for removal in removals] == [1, 0]
    target = tmp_path / "out.pdf"
    staged = pipeline.Plan(note, target, target, target)
    done = pipeline.redact(note, staged, seen, keep_layout=False)
    assert done.verification.passed, done.verification
    text = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_bounded()
    assert text.count("5.1.2e") == 1 and "Oldeboom" not in text


def test_a_word_that_boxes_say_can_be_redacted(tmp_path: Path):
    source = typeset(
        tmp_path / "a.pdf", "#set page(width: 300pt)\nDe brief van Jan. #parbreak() Een kopie van de nota."
    )
    document = read(source)
    at = document.text.index("van")
    word = replace(area(), span=Span(at, at + 3), entity=Entity.TERM, label="5.1.2e", area=None)
    target = tmp_path / "out.pdf"
    written = write(source, target, document, [Redaction(1, word, document.places_of(word))])
    said = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_range()
    assert "gelakt op grond van artikel" in " ".join(said.split())
    assert verify.verify(source, target, document, written.redactions).passed
