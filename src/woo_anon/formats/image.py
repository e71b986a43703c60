"""Images (PNG, JPEG, TIFF): a picture becomes a page of a PDF, read by OCR, and is then handled as a PDF.

The PDF takes the place of the source (`Document.prepared`). Pictures are made anew, upright as EXIF says, so nothing
else that an image file holds (place and time, maker, thumbnails, layers) comes along. Animations are refused: a page
shows one moment.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from woo_anon.document import Document, Prepared
from woo_anon.formats.access import NO_ACCESS, Access

if TYPE_CHECKING:
    from PIL.Image import Image

_PNG = b"\x89PNG\r\n\x1a\n"  # ISO/IEC 15948, 5.2
_JPEG = b"\xff\xd8\xff"  # ISO/IEC 10918-1, B.1.1.3
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")  # TIFF 6.0, section 2; the last two are BigTIFF
_KINDS = ("PNG", "JPEG", "TIFF", "MPO")  # MPO: a JPEG of a telephone, with more pictures behind it
_MOST_PIXELS = 80_000_000  # of a picture: A4 at 900 dpi
_MOST_PAGES = 1000
_LONG_SIDE_IN = 11.69  # of A4: a picture that does not say how large it is fills that
_LEAST_DPI, _MOST_DPI = 97, 1300  # 72 and 96 are what programs write that do not know
_QUALITY = 90  # of JPEG: print stays clean


def recognise(head: bytes) -> bool:
    """Whether a file that begins with `head` is one of these."""
    return head.startswith((_PNG, _JPEG, *_TIFF))


def read(path: Path, access: Access = NO_ACCESS) -> Document:
    """Read the image at `path` as the PDF that is made of it, with the text that OCR finds.

    Raises UnreadableError when it is broken, RefusedError when it is too large, moves, or `access` allows no OCR, and
    as the PDF format does.
    """
    from woo_anon.formats.pdf.read import read as read_pdf

    with tempfile.TemporaryDirectory(prefix="woo-anon-") as folder:
        made = Path(folder) / "image.pdf"
        _make_pdf(path, made)
        document = read_pdf(made, access, path.name)
        prepared = document.prepared or Prepared(made.read_bytes(), ())
    return replace(document, prepared=replace(prepared, removed=(*prepared.removed, "converted")))


def _make_pdf(path: Path, made: Path) -> None:
    """Write the PDF of the pictures in a file, one a page, to `made`."""
    import PIL.Image

    from woo_anon.errors import UnreadableError

    try:
        with PIL.Image.open(path, formats=_KINDS) as image:
            for page, dpi in _pages(image, path.name):
                lossy = {} if page.mode == "1" else {"quality": _QUALITY}
                page.save(made, "PDF", append=made.exists(), resolution=dpi, **lossy)
    except (OSError, ValueError, SyntaxError, ArithmeticError, PIL.Image.DecompressionBombError) as error:
        raise UnreadableError(
            f"{path.name}: this image is broken or of an unknown kind.", "Export it again."
        ) from error


def _pages(image: Image, name: str) -> Iterator[tuple[Image, float]]:
    """The pictures, upright and opaque, with their dots per inch."""
    from PIL import ImageOps, ImageSequence

    from woo_anon.errors import RefusedError

    count = getattr(image, "n_frames", 1)
    if image.format == "PNG" and count > 1:
        raise RefusedError(f"{name}: this picture moves.", "Export the pictures that must be published as a PDF.")
    if count > _MOST_PAGES:
        raise RefusedError(f"{name}: has more than {_MOST_PAGES} pages.", "Split it.")
    for frame in ImageSequence.Iterator(image) if image.format == "TIFF" else (image,):
        if frame.width * frame.height > _MOST_PIXELS:
            raise RefusedError(f"{name}: is larger than {_MOST_PIXELS // 1_000_000} megapixels.", "Make it smaller.")
        page = _opaque(ImageOps.exif_transpose(frame))
        page.info = {}  # Pillow writes comments and profiles that stand in it
        yield page, _dpi(frame)


def _opaque(image: Image) -> Image:
    """The picture in black and white, grey or RGB, on white where it is transparent."""
    import numpy as np
    import PIL.Image

    if image.mode in ("1", "L") and "transparency" not in image.info:
        return image.copy()
    if image.mode.startswith(("I", "F")):  # 16 bits and more a pixel
        deep = np.asarray(image, dtype=np.float64)
        return PIL.Image.fromarray((deep * (255 / _white(float(deep.max())))).clip(0, 255).astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    drawn = image.convert("RGBA")
    return PIL.Image.alpha_composite(PIL.Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


def _white(highest: float) -> float:
    """What is white where the lightest pixel has this value: that of 8 or 16 bits, or itself."""
    return 255 if highest <= 255 else max(highest, 65535)


def _dpi(image: Image) -> float:
    """Dots per inch as the file says; where it says nothing that can be, as many as make it A4."""
    across, _ = image.info.get("dpi", (0, 0))
    if _LEAST_DPI <= across <= _MOST_DPI:
        return float(across)
    return max(max(image.size) / _LONG_SIDE_IN, 1.0)
