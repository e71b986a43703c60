"""The pixels of a page, and where it is darker than its paper."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Pixels

DOTS_PER_INCH = 100
MOST_PIXELS = 16_000_000  # a larger page is drawn coarser
DARKER = 70  # grey levels below the paper
EDGE = 0.02  # of the page's width and height: shadows of the scanner's lid


def grey_of(page: Any, dots_per_inch: int = DOTS_PER_INCH) -> Pixels:
    """The grey levels of a pypdfium2 page as it is seen, height×width, row 0 on top."""
    width, height = page.get_size()
    scale = min(dots_per_inch / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    grey: Pixels = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype(np.int16)
    bitmap.close()
    return grey


def ink(page: Any, darker: int = DARKER) -> Flags:
    """The ink of a pypdfium2 page as it is seen, height×width, row 0 on top. What lies at the edge does not count."""
    grey = grey_of(page)
    paper = np.searchsorted(np.cumsum(np.bincount(grey.ravel(), minlength=256)), grey.size / 2)  # the median
    result: Flags = grey < max(int(paper) - darker, 0)
    down, across = (max(1, round(EDGE * size)) for size in result.shape)
    result[:down] = result[-down:] = result[:, :across] = result[:, -across:] = False
    return result
