"""Calibrated colours for what is added to a PDF/A file (ISO 19005-2, 6.2.4.3).

Boxes are grey, which any output intent explains; a file without one uses no colour that depends on a device, so that
nothing but the boxes turns to the space named here. A picture of a page is grey or RGB, and all that its page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pikepdf
from pikepdf import Dictionary

# White, gamma and primaries as in sRGB (IEC 61966-2-1).
_GREY = b"[/CalGray <</WhitePoint [0.9505 1 1.089] /Gamma 2.2>>]"
_RGB = (
    b"[/CalRGB <</WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2]"
    b" /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505]>>]"
)


def calibrate_grey(pdf: pikepdf.Pdf, pages: Iterable[int]) -> None:
    """Say on `pages` (numbers from 1) what grey is, unless an output intent or the page says it already."""
    if "/OutputIntents" in pdf.Root:
        return
    _explain(pdf, pages, {"/DefaultGray": _GREY})


def calibrate(pdf: pikepdf.Pdf, pages: Iterable[int]) -> None:
    """Say on `pages` (numbers from 1) that are pictures what grey and RGB are."""
    _explain(pdf, pages, {"/DefaultGray": _GREY, "/DefaultRGB": _RGB})


def _explain(pdf: pikepdf.Pdf, pages: Iterable[int], spaces: Mapping[str, bytes]) -> None:
    made = {name: pdf.make_indirect(pikepdf.Object.parse(space)) for name, space in spaces.items()}
    for number in pages:
        resources = pdf.pages[number - 1].obj.Resources
        named = dict(resources.get("/ColorSpace", Dictionary()).items())
        resources.ColorSpace = Dictionary({**made, **named})
