"""Pictures of pages as a reader sees them, for the review report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from woo_anon.formats.picture import Picture

_DOTS_PER_INCH = 110  # body text stays legible on a screen
_MOST_PIXELS = 4_000_000  # a poster is shown smaller
_QUALITY = 60


def pictures(path: Path) -> Iterator[Picture]:
    """One picture for each page of the PDF at `path`, as JPEG, in order."""
    document = pdfium.PdfDocument(path)
    try:
        for number, page in enumerate(document, 1):
            left, bottom, right, top = page.get_cropbox()
            yield Picture(number, _render(page), right - left, top - bottom, page.get_rotation(), left, bottom)
            page.close()
    finally:
        document.close()


def _render(page: pdfium.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = _DOTS_PER_INCH / 72
    scale = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    out = io.BytesIO()
    # WebP would be a fifth smaller and take thirteen times as long.
    bitmap.to_pil().convert("RGB").save(out, "JPEG", quality=_QUALITY)
    bitmap.close()
    return out.getvalue()
