"""Pictures of pages as a reader sees them, for the review report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium

from woo_anon.formats.picture import Picture

_DOTS_PER_INCH = 110  # body text stays legible on a screen
_MOST_PIXELS = 4_000_000  # a poster is shown smaller
_MOST_SHARP_PIXELS = 16_000_000  # of a page by itself
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


def page_picture(path: Path, number: int, scale: float) -> Picture:
    """The picture of one page, as PNG; `scale` is in pixels a point. Raises IndexError when there is no such page.

    The file stays open until another one is asked for: pages of a long document are asked for one by one.
    """
    stat = path.stat()
    page = _opened(path, stat.st_mtime_ns, stat.st_size)[number - 1]
    try:
        left, bottom, right, top = page.get_cropbox()
        width, height = page.get_size()
        scale = min(scale, (_MOST_SHARP_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        out = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(out, "PNG", compress_level=1)
        bitmap.close()
        return Picture(number, out.getvalue(), right - left, top - bottom, page.get_rotation(), left, bottom)
    finally:
        page.close()


@lru_cache(1)
def _opened(path: Path, changed_ns: int, size: int) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(path)


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
