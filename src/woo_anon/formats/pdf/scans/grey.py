"""What Tesseract is given is grey. In colours it leaves out print on yellow and light green: marker pens, chat bubbles.

OCRmyPDF loads this module itself (`--plugin`), in its own process.
"""

from __future__ import annotations

from ocrmypdf import hookimpl
from PIL import Image


@hookimpl
def filter_ocr_image(page: object, image: Image.Image) -> Image.Image:  # as OCRmyPDF calls it
    """The picture of a page for Tesseract."""
    return image.convert("L")
