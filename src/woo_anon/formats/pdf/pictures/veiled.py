"""Pixels that an image's own mask makes transparent: nobody sees them, on no page, so they go.

Programs that erase a part of a picture often set its mask and keep what was there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.pictures.blanking import UNDECODABLE, Mask, filters_of, is_inverted, without_pixels
from woo_anon.formats.pdf.pictures.regions import grown, opened

_NOISE = 24  # of JPEG in an area of one colour
_FINER = 1.5
_LEAST = (8, 16)  # rows and columns: in less nobody could write a name
_FAINT = 2  # of 255 levels
_MARGIN, _MARGINS = 2, 100  # pixels, and how many make up the larger side; readers draw a picture and its mask smoothed


def blank_veiled(pdf: pikepdf.Pdf, image: Any) -> bool:
    """Blank these pixels in place. Whether anything went; what cannot be decoded stays."""
    try:
        veiled = _veiled(image)
        if not veiled.any() or _is_uniform(image, veiled):
            return False
        new = without_pixels(pdf, image, veiled)
    except (*UNDECODABLE, NotUnderstoodError):
        return False
    image.write(new.read_raw_bytes(), filter=new.get("/Filter"), decode_parms=new.get("/DecodeParms"))
    for key in ("/ColorSpace", "/BitsPerComponent", "/Decode"):
        if key in new:
            image[key] = new[key]
        elif key in image:
            del image[key]
    return True


def _veiled(image: Any) -> Mask:
    """The pixels that are transparent, and so are those around them."""
    size = int(image.Width), int(image.Height)
    masks = [(image[key], key == "/SMask") for key in ("/SMask", "/Mask") if isinstance(image.get(key), pikepdf.Stream)]
    veiled = np.zeros(size[::-1], dtype=bool)
    for mask, soft in masks:
        if int(mask.Width) > _FINER * size[0]:
            continue  # a layer of colour under print, as programs for scans make them
        shown = np.asarray(pikepdf.PdfImage(mask).as_pil_image().convert("L"))  # /Decode applied, but to no JPEG
        turned = is_inverted(mask) and filters_of(mask)[-1:] == ["/DCTDecode"]
        shown = shown if soft is not turned else 255 - shown  # a stencil is one where it cuts out
        seen = Image.fromarray((shown > _FAINT).astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
        veiled |= ~grown(np.asarray(seen) > 0, max(_MARGIN, max(size) // _MARGINS))
    return opened(veiled, *_LEAST)


def _is_uniform(image: Any, mask: Mask) -> bool:
    pixels = np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))[mask]
    return bool((pixels.max(axis=0).astype(int) - pixels.min(axis=0)).max() <= _NOISE)
