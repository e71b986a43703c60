"""Print in a picture on a page with text of its own, such as a screenshot of a chat, is read like a scan, and the rest
of the page stays as it was. Where it cannot be read, the page does not count as read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from paper import needs_ocr
from pictures import MAIL, chart, logo, photo, screenshot
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon.document import Document
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.verify import verify

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from redacting import redact

SAID = "De gemeente werkt sinds het voorjaar aan de kade, en het college heeft de planning vastgesteld."
PLACE = Box(80, 300, 380, 500)  # of the picture, in points


def page(path: Path, picture: Image.Image, *, over: Callable[[Canvas], None] = lambda canvas: None) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for row in range(10):
        canvas.drawString(60, 760 - 16 * row, SAID)
    canvas.drawImage(ImageReader(picture), PLACE.left, PLACE.bottom, PLACE.width, PLACE.height)
    over(canvas)
    canvas.drawString(60, 250, "Aldus vastgesteld.")
    canvas.save()
    return path


def status(document: Document) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    return document.recognised_pages, document.pages_not_read


@needs_ocr
@pytest.mark.parametrize(
    "colours",
    [("black", "white"), ("white", "#075e54"), ("black", "#ffff00"), ("black", "#dcf8c6")],
    ids=["light", "dark", "yellow", "green"],
)
def test_a_screenshot_is_read_where_it_stands(tmp_path: Path, colours: tuple[str, str]) -> None:
    document = read(page(tmp_path / "a.pdf", screenshot(ink=colours[0], paper=colours[1])))
    assert status(document) == ((1,), ())
    places = [document.text.index(words) for words in (SAID, "Van: J. Zandvoort", "Groet, Zandvoort", "Aldus")]
    assert places == sorted(places)


@needs_ocr
def test_a_name_goes_from_the_screenshot_and_the_text_of_the_page_stays_text(tmp_path: Path) -> None:
    done = redact(page(tmp_path / "a.pdf", screenshot()), ["Zandvoort"], label="")
    assert verify(done.source, done.target, done.document, done.redactions).passed
    again = read(done.target, Access(ocr=False)).text
    assert again.count(SAID) == 10
    assert "Wortelboer" in again and "Zandvoort" not in again
    whole, redacted = (np.asarray(_grey(path, PLACE)) for path in (done.source, done.target))
    rows = [slice(int(at), int(at) + 45) for at in np.linspace(0, whole.shape[0], len(MAIL) + 2)[:-1]]
    dark = [(int((whole[row] < 90).sum()), int((redacted[row] < 90).sum())) for row in rows]
    assert sum(after < before for before, after in dark) >= 2
    assert sum(after == before > 0 for before, after in dark) >= 3


def _grey(path: Path, box: Box) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[0].render(scale=3, grayscale=True).to_pil()
    return picture.crop(tuple(round(3 * edge) for edge in (box.left, 842 - box.top, box.right, 842 - box.bottom)))


@pytest.mark.parametrize("picture", [photo, chart, logo])
def test_photos_charts_and_logos_are_not_taken_for_print(tmp_path: Path, picture: Callable[[], Image.Image]) -> None:
    document = read(page(tmp_path / "a.pdf", picture()))
    assert (status(document), document.prepared) == (((), ()), None)


def test_a_picture_of_which_the_text_says_all_is_taken_as_read(tmp_path: Path) -> None:
    def layer(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setTextRenderMode(3)
        for row, line in enumerate(MAIL):
            text.setFont("Helvetica", 12)
            text.setTextOrigin(PLACE.left + 10, PLACE.top - 22 - 20 * row)
            text.setHorizScale(100 * 11.3 * len(line) / 2.1 / max(canvas.stringWidth(line, "Helvetica", 12), 1))
            text.textOut(line)
        canvas.drawText(text)

    assert status(read(page(tmp_path / "a.pdf", screenshot(), over=layer))) == ((), ())


def test_without_leave_to_use_ocr_the_page_does_not_count_as_read(tmp_path: Path) -> None:
    document = read(page(tmp_path / "a.pdf", screenshot()), Access(ocr=False))
    assert status(document) == ((), ((1, "scan:picture"),))
    assert SAID in document.text


def test_without_the_programs_the_page_does_not_count_as_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert status(read(page(tmp_path / "a.pdf", screenshot()))) == ((), ((1, "scan:picture"),))


@needs_ocr
def test_rows_in_which_no_word_is_found_do_not_count_as_read(tmp_path: Path) -> None:
    picture = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(8):
        for at in range(60):
            draw.line((20 + 14 * at, 40 + 60 * row, 26 + 14 * at, 70 + 60 * row), fill="black", width=3)
    document = read(page(tmp_path / "a.pdf", picture))
    assert status(document) == ((), ((1, "scan:picture"),))
