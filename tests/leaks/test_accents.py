"""Accents that are set apart from their letter, as by LaTeX: the name is read as a whole, and goes as a whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from attacks import make
from redacting import redact
from reportlab.pdfbase.pdfmetrics import stringWidth

from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify

X = 72 + stringWidth("Mevrouw M", "Helvetica", 12)
REST = "uller belt. Dit is een brief met genoeg letters om als gelezen te gelden."


def _letter(tmp_path: Path, rise: float, order: str = "accent first") -> Path:
    accent = f"BT /F1 12 Tf 1 0 0 1 {X + 1.7:.2f} {700 + rise} Tm (\xa8) Tj ET"
    letters = f"BT /F1 12 Tf 1 0 0 1 {X:.2f} 700 Tm ({REST}) Tj ET"
    pieces = [accent, letters] if order == "accent first" else [letters, accent]
    return make(tmp_path / "n.pdf", content=" ".join(["BT /F1 12 Tf 72 700 Td (Mevrouw M) Tj ET", *pieces]))


@pytest.mark.parametrize("rise", [0, 2.5])
def test_an_accent_before_its_letter_is_read_with_it(rise: float, tmp_path: Path) -> None:
    text = read(_letter(tmp_path, rise)).text
    assert text.replace("\xad", "").startswith("Mevrouw Müller belt.")


@pytest.mark.parametrize("rise", [0, 2.5])
def test_the_name_goes_with_its_accent(rise: float, tmp_path: Path) -> None:
    source = _letter(tmp_path, rise)
    text = read(source).text
    name = text[text.index("M", 3) : text.index(" belt")]
    done = redact(source, [name])
    document = pypdfium2.PdfDocument(done.target)
    left = document[0].get_textpage().get_text_range()
    document.close()
    assert "uller" not in left
    assert "\xa8" not in left
    assert verify(done.source, done.target, done.document, done.redactions).passed


@pytest.mark.parametrize("text", ["de map ~a en de map ~b", "x^2 en `code`", "5 ^ 6"])
def test_signs_that_stand_beside_letters_stay_signs(text: str, tmp_path: Path) -> None:
    content = f"BT /F1 12 Tf 72 700 Td ({text}, met genoeg letters om als gelezen te gelden op een bladzijde) Tj ET"
    assert read(make(tmp_path / "n.pdf", content=content)).text.startswith(text)
