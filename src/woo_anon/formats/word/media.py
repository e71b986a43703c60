"""Pictures: decoded and encoded again, so that pixels stay and nothing else.

What goes with that: EXIF, comments, thumbnails, profiles, further frames, data behind the end, and what no reader sees:
the parts outside a crop, the colours under full transparency. Drawings (EMF, WMF, SVG) hold text in ways of their own
and become grey, as does what cannot be decoded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image

_DECODED = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_MOST_PIXELS = 100_000_000
_QUALITY = 90
_INVISIBLE = 8  # of 255: a fainter pixel is seen by nobody
_GREY = (191, 191, 191)

Crop = tuple[float, float, float, float]  # from left, top, right, bottom: shares of width and height
WHOLE: Crop = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Picture:
    """An encoded picture with its suffix; `is_grey` when it stands for one that could not be kept."""

    data: bytes = field(repr=False)
    suffix: str
    is_grey: bool = False


def clean_picture(data: bytes | None, crop: Crop = WHOLE) -> Picture:
    """The picture in its new form, cropped; a grey one when there is none or it is of another kind."""
    if data is None:
        return grey()
    try:
        with Image.open(io.BytesIO(data), formats=_DECODED) as image:
            if image.width * image.height > _MOST_PIXELS:
                return grey()
            kind = image.format
            image.seek(0)
            image.load()
            return _encoded(_cropped(image, crop), "JPEG" if kind == "JPEG" else "PNG")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError, ArithmeticError,
            Image.DecompressionBombError):  # fmt: skip
        return grey()


def grey() -> Picture:
    """What stands for a picture that could not be kept."""
    return Picture(_saved(Image.new("RGB", (16, 16), _GREY), "PNG"), "png", is_grey=True)


def _cropped(image: Image.Image, crop: Crop) -> Image.Image:
    left, top, right, bottom = crop
    box = (
        round(image.width * left),
        round(image.height * top),
        round(image.width * (1 - right)),
        round(image.height * (1 - bottom)),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        raise ValueError("nothing is left of this picture")
    return image.crop(box)


def _encoded(image: Image.Image, kind: str) -> Picture:
    if kind == "JPEG":
        return Picture(_saved(image.convert("L" if image.mode == "L" else "RGB"), "JPEG"), "jpeg")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return Picture(_saved(_without_invisible(image.convert("RGBA")), "PNG"), "png")
    mode = image.mode if image.mode in ("1", "L", "RGB") else "RGB"
    return Picture(_saved(image.convert(mode), "PNG"), "png")


def _without_invisible(image: Image.Image) -> Image.Image:
    """The picture with white under its invisible pixels."""
    seen = image.getchannel("A").point(lambda alpha: 255 if alpha >= _INVISIBLE else 0)
    blank = Image.new("RGBA", image.size, (255, 255, 255, 0))
    return Image.composite(image, blank, seen)


def _saved(image: Image.Image, kind: str) -> bytes:
    image.info.clear()
    buffer = io.BytesIO()
    if kind == "JPEG":
        image.save(buffer, "JPEG", quality=_QUALITY)
    else:
        image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
