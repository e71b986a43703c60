"""Calibrated grey for the boxes of a PDF/A file that has no output intent (ISO 19005-2, 6.2.4.3).

Such a file uses no colour that depends on a device, so that nothing but the boxes turns to the space named here.
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary

_SPACE = b"[/CalGray <</WhitePoint [0.9505 1 1.089] /Gamma 2.2>>]"  # white and gamma as in sRGB


def calibrate_grey(pdf: pikepdf.Pdf, pages: Iterable[int]) -> None:
    """Say on `pages` (numbers from 1) what grey is, unless an output intent or the page says it already."""
    if "/OutputIntents" in pdf.Root:
        return
    space = pdf.make_indirect(pikepdf.Object.parse(_SPACE))
    for number in pages:
        resources = pdf.pages[number - 1].obj.Resources
        spaces = dict(resources.get("/ColorSpace", Dictionary()).items())
        resources.ColorSpace = Dictionary({"/DefaultGray": space, **spaces})
