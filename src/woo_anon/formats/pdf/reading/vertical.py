"""Vertical writing as PDFium tells of it: the glyphs are upright and go down a column (ISO 32000-2, 9.7.4.3).

For the order of reading a column is a line whose text is turned a quarter to the right:

    会│                                 ┌──┐
    议│ one glyph below the other  ──►  │会│议│   on a line that runs down
      ▼                                 └──┘
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from woo_anon.formats.pdf.content.interpreter import CORE_MIDDLE_EM
from woo_anon.formats.pdf.reading.glyphs import Glyphs, in_columns


def as_turned(glyphs: Glyphs) -> Glyphs:
    """The glyphs, those in vertical writing with the direction and origin that they had if their line were turned."""
    vertical = in_columns(glyphs)
    if not vertical.any():
        return glyphs
    angles = np.where(vertical, (glyphs.angles + 270) % 360, glyphs.angles)
    turn = np.radians(angles)
    along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    up = np.stack([-along[:, 1], along[:, 0]], axis=1)
    middles = (glyphs.boxes[:, :2] + glyphs.boxes[:, 2:]) / 2
    half = (np.abs(along) * (glyphs.boxes[:, 2:] - middles)).sum(axis=1, keepdims=True)
    # So that the middle of the core (`geometry.cores`) is the middle of the cell.
    origins = middles - along * half - up * (CORE_MIDDLE_EM * glyphs.sizes[:, None])
    origins = np.where(vertical[:, None], origins, glyphs.origins)
    return replace(glyphs, angles=angles, origins=origins)
