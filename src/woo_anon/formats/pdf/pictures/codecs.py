"""Packs the samples of a blanked image as tightly as they were: black and white as a fax, colours as JPEG 2000.

Without it a scan that came as JBIG2 or JPX would leave ten times as large.
"""

from __future__ import annotations

import io

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image

from woo_anon.formats.pdf.arrays import Flags

_TIFF_STRIP_OFFSET, _TIFF_STRIP_LENGTH = 273, 279
_LEAST_RATIO, _MOST_RATIO = 2.0, 100.0


def fax(ones: Flags) -> bytes:
    """Rows of bits as Group 4 fax data (ITU-T T.6) in which ones are white: /K -1 and no /BlackIs1 (ISO 32000-2,
    7.4.6)."""
    target = io.BytesIO()
    # libtiff takes zeros for white.
    Image.fromarray(~ones).save(target, "TIFF", compression="group4", strip_size=1 << 31)
    with Image.open(target) as tiff:
        at, length = (tiff.tag_v2[key][0] for key in (_TIFF_STRIP_OFFSET, _TIFF_STRIP_LENGTH))  # type: ignore[attr-defined]
    return target.getvalue()[at : at + length]


def fax_image(pdf: pikepdf.Pdf, ones: Flags) -> pikepdf.Stream:
    """Such rows as the beginnings of an image: its samples, and how to read them."""
    image = pikepdf.Stream(pdf, fax(ones))
    image.Filter, image.BitsPerComponent = Name.CCITTFaxDecode, 1
    image.DecodeParms = Dictionary(K=-1, Columns=ones.shape[1], Rows=ones.shape[0])
    return image


def jpeg2000(pixels: NDArray[np.uint8], size: int) -> bytes:
    """Pixels (height × width, or × 3) as a JP2 file of about `size` bytes."""
    ratio = min(max(pixels.nbytes / max(size, 1), _LEAST_RATIO), _MOST_RATIO)
    target = io.BytesIO()
    Image.fromarray(pixels).save(
        target, "JPEG2000", quality_mode="rates", quality_layers=[ratio], irreversible=True, no_jp2=False
    )
    return target.getvalue()
