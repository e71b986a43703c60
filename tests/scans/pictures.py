"""Pictures as they stand in notes."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

MAIL = (
    "Van: J. Zandvoort",
    "Aan: P. Wortelboer",
    "Onderwerp: planning van de kade",
    "",
    "Dank voor de stukken van gisteren, ik neem ze mee",
    "naar het overleg van morgen met de aannemer.",
    "",
    "Groet, Zandvoort",
)


def screenshot(*, ink: str = "black", paper: str = "white") -> Image.Image:
    picture = Image.new("RGB", (900, 600), paper)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(MAIL):
        draw.text((30, 30 + 60 * row), line, font=ImageFont.load_default(34), fill=ink)
    return picture


def photo() -> Image.Image:
    grain = np.random.default_rng(1).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    return Image.fromarray(grain).resize((900, 600), Image.Resampling.BICUBIC)


def chart() -> Image.Image:
    picture = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(picture)
    for at in range(4):
        draw.rectangle((100 + 190 * at, 500 - 90 * at, 220 + 190 * at, 520), fill=(40, 90, 160))
        draw.text((130 + 190 * at, 540), f"{2019 + at}", font=ImageFont.load_default(30), fill="black")
    return picture


def logo() -> Image.Image:
    picture = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 90, 600), fill=(21, 66, 115))
    draw.text((120, 200), "Ministerie van Infrastructuur\nen Waterstaat", font=ImageFont.load_default(54), fill="black")
    return picture
