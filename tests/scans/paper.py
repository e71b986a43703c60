"""Sheets as they come out of a scanner, and PDFs of them."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from woo_anon.formats.pdf.scans.ocr import missing

needs_ocr = pytest.mark.skipif(
    missing() is not None and not os.environ.get("CI"), reason="programs for OCR are missing"
)

DPI = 150
SIZE = (1240, 1754)  # A4
SIZE_OF_LETTERS, LINE, MARGIN = 24, 34, 130
NOTE = (
    "Aan: de minister",
    "Opgesteld door: mw. J. Zandvoort (j.zandvoort@minwes.nl)",
    "Nota over de voortgang van het programma",
    "De heer Wortelboer heeft op 12 mei overleg gevoerd met de gemeente over de",
    "aanpak van de wegen. Mevrouw Zandvoort was daarbij aanwezig.",
)


Pen = Callable[[ImageDraw.ImageDraw], None]


def sheet(*lines: str, turned: float = 0.0, scrawls: int = 0, pens: Sequence[Pen] = ()) -> Image.Image:
    """A sheet with these lines, and so many of handwriting below; `turned` degrees anticlockwise in the scanner. What
    `pens` draw is drawn over it before."""
    page = Image.new("L", SIZE, 245)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(SIZE_OF_LETTERS)
    for row, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + row * LINE), line, font=font, fill=30)
    for row in range(scrawls):
        scrawl(draw, MARGIN, MARGIN + (len(lines) + 2 * row + 2) * LINE, 800)
    for pen in pens:
        pen(draw)
    page = page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=245)
    grain = np.random.default_rng(1).normal(0, 8, SIZE[::-1])
    return Image.fromarray((np.asarray(page) + grain).clip(0, 255).astype(np.uint8))


def scrawl(draw: ImageDraw.ImageDraw, left: int, base: int, width: int) -> None:
    """A line that nobody can read, drawn with a pen."""
    chance = np.random.default_rng(base)
    ups = [18 * math.sin(at * 0.9 + chance.normal()) for at in range(width // 5)]
    draw.line([(left + 5 * at, base + up) for at, up in enumerate(ups)], fill=40, width=3)


def signature(left: int, top: int, width: int = 260, height: int = 80, seed: float = 1.0) -> Pen:
    """Loops as of a signature, within these pixels."""

    def draw(page: ImageDraw.ImageDraw) -> None:
        at = np.linspace(0, 1, 161)
        across = 6 * at + 0.5 * np.sin(14 * math.pi * at + seed)
        down = np.sin(18 * math.pi * at + 2 * seed) + np.cos(5 * math.pi * at * seed)
        x, y = ((values - values.min()) / np.ptp(values) for values in (across, down))
        page.line(list(zip(left + width * x, top + height * y, strict=True)), fill=40, width=3, joint="curve")

    return draw


def table(*rows: Sequence[str], top: int, lefts: Sequence[int]) -> Pen:
    """Rows of cells, in columns that begin at these pixels."""

    def draw(page: ImageDraw.ImageDraw) -> None:
        font = ImageFont.load_default(SIZE_OF_LETTERS)
        for number, row in enumerate(rows):
            for left, cell in zip(lefts, row, strict=True):
                page.text((left, top + number * LINE), cell, font=font, fill=30)

    return draw


def scan(path: Path, *sheets: Image.Image) -> Path:
    """A PDF of the sheets, a picture a page."""
    first, *rest = sheets
    first.save(path, "PDF", save_all=True, append_images=rest, resolution=DPI, quality=80)
    return path
