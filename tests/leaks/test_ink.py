"""Over a scan whose layer of text does not quite fit, all ink of a name goes and that of other words stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import make
from pikepdf import Dictionary, Name, Pdf
from redacting import redact
from reportlab.pdfbase.pdfmetrics import stringWidth

from woo_anon.verify import verify

LETTERS = {"aan": (60, 70, 80), "Vos": (100, 110, 120), ",": (130,), "en": (150, 160)}  # where their ink begins
INK, TOP, BOTTOM = 8, 708, 700  # width of the ink of a letter; of all ink, in points
ENOUGH = "Met zo veel woorden geldt een bladzijde als gelezen, ook met een plaatje erop"
Words = Sequence[tuple[str, float, float]]  # of the layer: from where to where each is drawn out


def _scan(
    path: Path,
    layer: Words,
    *,
    turned: int = 0,
    rule: bool = False,
    print_on: tuple[int, int] = (0, 255),
    top: int = TOP,
) -> Path:
    page = np.full((842, 595), 255, np.uint8)
    for starts in LETTERS.values():
        for x in starts:
            page[842 - top : 842 - BOTTOM, x : x + INK] = 0
    if rule:
        page[842 - BOTTOM, 58:172] = 0

    page = np.where(page == 0, *np.array(print_on, np.uint8))

    def attack(pdf: Pdf, target: pikepdf.Page) -> None:
        image = pdf.make_stream(page.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=595, Height=842)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        target.obj.Resources.XObject = Dictionary(Im=image)
        target.obj.Resources.Font.F1.BaseFont = Name.Courier  # as of Tesseract, whose glyphs have one width
        text = " ".join(
            f"{100 * (end - start) / stringWidth(word, 'Courier', 12):.3f} Tz 1 0 0 1 {start} 700 Tm ({word}) Tj"
            for word, start, end in layer
        )
        scan = f"q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F1 12 Tf {text} ET"
        target.obj.Contents = pdf.make_stream(f"{scan} BT 0 Tr /F1 9 Tf 60 300 Td ({ENOUGH}) Tj ET".encode())
        target.obj.Rotate = turned

    return make(path, attack)


def _seen(path: Path) -> dict[str, list[bool]]:
    """For each word which of its letters are still seen."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    page.set_rotation(0)
    grey = page.render(scale=1, grayscale=True).to_numpy().reshape(842, -1)
    document.close()
    row = 842 - (TOP + BOTTOM) // 2
    return {word: [bool(grey[row, x + INK // 2] < 64) for x in starts] for word, starts in LETTERS.items()}


DRAWN_OUT = [("aan ", 60, 88), ("Vos ", 100, 128), ("en ", 150, 168)]
WITH_A_SIGN = [("aan ", 60, 88), ("Vos, ", 100, 138), ("en ", 150, 168)]
EXACT = [("aan", 60, 88), ("Vos", 100, 128), (",", 130, 138), ("en", 150, 168)]


@pytest.mark.parametrize("layer", [DRAWN_OUT, WITH_A_SIGN])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_layer_whose_words_are_drawn_out_with_the_space_behind_them_hides_no_letter(
    turned: int, layer: Words, tmp_path: Path
) -> None:
    done = redact(_scan(tmp_path / "n.pdf", layer, turned=turned), ["Vos"], label="")
    seen = _seen(done.target)
    assert seen["Vos"] == [False, False, False]
    assert all(seen["aan"])
    assert all(seen["en"])
    assert verify(done.source, done.target, done.document, done.redactions).passed


@pytest.mark.parametrize("print_on", [(200, 255), (255, 20), (150, 90)])
def test_faint_print_and_light_print_on_dark_are_ink_too(print_on: tuple[int, int], tmp_path: Path) -> None:
    done = redact(_scan(tmp_path / "n.pdf", DRAWN_OUT, print_on=print_on), ["Vos"], label="")
    (place,) = done.redactions[0].places
    assert 127 < place.area.right < 150


def test_over_a_layer_that_fits_what_stands_beside_the_name_stays(tmp_path: Path) -> None:
    seen = _seen(redact(_scan(tmp_path / "n.pdf", EXACT), ["Vos"], label="").target)
    assert seen == {"aan": [True] * 3, "Vos": [False] * 3, ",": [True], "en": [True] * 2}


def test_a_first_letter_that_the_layer_leaves_out_goes_with_its_word(tmp_path: Path) -> None:
    layer = [("aan", 60, 88), ("Vos", 112, 128), (",", 130, 138), ("en", 150, 168)]
    seen = _seen(redact(_scan(tmp_path / "n.pdf", layer), ["Vos"], label="").target)
    assert seen == {"aan": [True] * 3, "Vos": [False] * 3, ",": [True], "en": [True] * 2}


@pytest.mark.parametrize("top", [708, 714, 720])
def test_print_that_is_higher_than_the_letters_of_the_layer_goes_up_to_its_top(top: int, tmp_path: Path) -> None:
    done = redact(_scan(tmp_path / "n.pdf", EXACT, top=top), ["Vos"], label="")
    document = pypdfium2.PdfDocument(done.target)
    grey = document[0].render(scale=1, grayscale=True).to_numpy().reshape(842, -1)
    document.close()
    print_of = grey[842 - top : 842 - BOTTOM]
    assert all((print_of[:, x + INK // 2] > 64).all() for x in LETTERS["Vos"])
    assert all((print_of[:, x + INK // 2] < 64).all() for x in LETTERS["aan"])


def test_a_line_under_the_words_is_no_ink_of_the_name(tmp_path: Path) -> None:
    seen = _seen(redact(_scan(tmp_path / "n.pdf", EXACT, rule=True), ["Vos"], label="").target)
    assert seen == {"aan": [True] * 3, "Vos": [False] * 3, ",": [True], "en": [True] * 2}


PHOTO = np.where(np.indices((842, 595)).sum(axis=0) // 2 % 4, 250, 60).astype(np.uint8)  # stripes: ink in every gap


def _over_a_photo(path: Path, text: str) -> Path:
    def attack(pdf: Pdf, target: pikepdf.Page) -> None:
        image = pdf.make_stream(PHOTO.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=595, Height=842)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        target.obj.Resources.XObject = Dictionary(Im=image)
        words = f"BT /F1 12 Tf 72 700 Td (Behandeld door: Vos, beleidsmedewerker) Tj 0 -300 Td ({ENOUGH}) Tj ET"
        target.obj.Contents = pdf.make_stream(text.format(words=words, photo="q 595 0 0 842 0 0 cm /Im Do Q").encode())

    return make(path, attack)


@pytest.mark.parametrize("way", ["{photo} 1 0 0 rg {words}", "{photo} q 1 0 0 rg {words} Q q 0.5 0 0 rg {words} Q"])
def test_the_ink_of_words_that_are_drawn_over_a_photo_is_their_own(way: str, tmp_path: Path) -> None:
    done = redact(_over_a_photo(tmp_path / "n.pdf", way), ["Vos"], label="")
    (place,) = done.redactions[0].places
    assert place.area.width < stringWidth("Vos", "Helvetica", 12) + 1


def test_over_words_that_a_picture_hides_the_ink_is_its_own(tmp_path: Path) -> None:
    done = redact(_over_a_photo(tmp_path / "n.pdf", "{words} {photo}"), ["Vos"], label="")
    (place,) = done.redactions[0].places
    assert place.area.width > stringWidth("Vos", "Helvetica", 12) + 1
