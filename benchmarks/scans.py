"""Prints what of annotated documents is still readable after they were scanned and redacted.

python benchmarks/scans.py samples/gold --show misses

Each gold document (docs/evaluation.md) is printed on A4 at 200 dpi, one with a table wider than that on its side and in
letters of one width, turned by up to 0.7 degrees, with the grain and the compression of a scanner, and goes through OCR
and the pipeline. A mention counts as found when neither the text layer
of the output nor Tesseract, run on a picture of it, shows three letters of it in a row at its place.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from woo_anon.document import Document, Page
from woo_anon.evaluation.gold import KEEP, MUST_GO, Gold, Mention, read
from woo_anon.pipeline import Plan, examine, examine_document, redact
from woo_anon.settings import Settings

DPI = 200
SHORT, LONG = 1654, 2339  # sides of A4
MARGIN, LINE, SIZE = 190, 41, 30  # pixels; letters of 11 points
TAB = 240  # pixels from one stop to the next
MOST_TURNED, GRAIN, QUALITY = 0.7, 12, 75

FONT, FIXED = "LiberationSans-Regular.ttf", "LiberationMono-Regular.ttf"  # Debian: fonts-liberation
ROW = re.compile(r"\S(?: {2,}|\t).*\S(?: {2,}|\t)\S")  # of a table: three cells or more

Font = ImageFont.FreeTypeFont
Frame = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Part:
    """A mention, or the half of one broken over a line end, on its page: pixels, origin upper left."""

    mention: Mention
    page: int
    box: Frame
    text: str


@dataclass(frozen=True)
class Paper:
    """What a document is printed on, in pixels, and in what letters."""

    width: int
    height: int
    font: Font

    @classmethod
    def for_text(cls, text: str, font: str) -> Paper:
        upright = cls(SHORT, LONG, ImageFont.truetype(font, SIZE))
        rows = [line for line in text.split("\n") if ROW.search(line)]
        if all(width(row, upright.font) <= upright.room for row in rows):
            return upright
        lying = cls(LONG, SHORT, ImageFont.truetype(FIXED, SIZE))
        size = SIZE * lying.room / max(width(row, lying.font) for row in rows)
        return cls(LONG, SHORT, ImageFont.truetype(FIXED, min(SIZE, size)))

    @property
    def room(self) -> int:
        return self.width - 2 * MARGIN


def width(line: str, font: Font) -> float:
    """How far a line reaches, in pixels; a tab leads to the next stop."""
    reached = 0.0
    for number, piece in enumerate(line.split("\t")):
        reached = (reached // TAB + 1) * TAB if number else 0.0
        reached += font.getlength(piece)
    return reached


def lines_of(text: str, paper: Paper) -> Iterator[tuple[int, str]]:
    """The lines as printed, each with its offset in the text; long ones are broken at blanks."""
    start = 0
    for line in text.split("\n"):
        at = 0
        while True:
            end = len(line)
            while end > at and width(line[at:end], paper.font) > paper.room:
                cut = max(line.rfind(blank, at, end) for blank in " \t")
                end = cut if cut > at else end - 1
            yield start + at, line[at:end]
            at = end + (line[end : end + 1] == " ")
            if at >= len(line):
                break
        start += len(line) + 1


def printed(gold: Gold, paper: Paper) -> tuple[list[Image.Image], list[Part]]:
    """The pages of a document as they come out of a scanner, and where its mentions stand on them."""
    chance, font = random.Random(gold.name), paper.font
    rows = (paper.height - 2 * MARGIN) // LINE
    lines = list(lines_of(gold.text, paper))
    pages, parts = [], []
    for number, first in enumerate(range(0, len(lines), rows)):
        page, angle = Image.new("L", (paper.width, paper.height), 250), chance.uniform(-MOST_TURNED, MOST_TURNED)
        draw = ImageDraw.Draw(page)
        for row, (start, line) in enumerate(lines[first : first + rows]):
            top = MARGIN + row * LINE
            for piece in re.finditer(r"[^\t]+", line):
                draw.text((MARGIN + width(line[: piece.start()], font), top), piece.group(), font=font, fill=25)
            for mention in gold.mentions:
                left, right = max(mention.span.start - start, 0), min(mention.span.end - start, len(line))
                if left < right:
                    box = (MARGIN + width(line[:left], font), top, MARGIN + width(line[:right], font), top + SIZE)
                    parts.append(Part(mention, number, turned(box, angle, paper), line[left:right]))
        pages.append(scanned(page, angle, chance.randrange(1 << 30)))
    return pages, parts


def scanned(page: Image.Image, angle: float, seed: int) -> Image.Image:
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)
    grain = np.random.default_rng(seed).normal(0, GRAIN, page.size[::-1])
    return Image.fromarray((np.asarray(page) + grain).clip(0, 255).astype(np.uint8))


def turned(box: Frame, angle: float, paper: Paper) -> Frame:
    """Where a box ends up when the page is turned anticlockwise about its middle."""
    across, down = paper.width / 2, paper.height / 2
    turn, x, y = radians(angle), (box[0] + box[2]) / 2 - across, (box[1] + box[3]) / 2 - down
    x, y = across + x * cos(turn) + y * sin(turn), down - x * sin(turn) + y * cos(turn)
    half, tall = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return (x - half, y - tall, x + half, y + tall)


def shown(path: Path) -> list[list[tuple[Frame, str]]]:
    """What can be read of a PDF, by page: single letters of the text layer, and words that Tesseract sees."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [[*letters(page), *words(page)] for page in pdf]


def letters(page: pypdfium2.PdfPage) -> Iterator[tuple[Frame, str]]:
    text, scale = page.get_textpage(), DPI / 72
    height = scale * page.get_height()
    for index in range(text.count_chars()):
        left, bottom, right, top = (scale * edge for edge in text.get_charbox(index))
        yield (left, height - top, right, height - bottom), text.get_text_range(index, 1)


def words(page: pypdfium2.PdfPage) -> Iterator[tuple[Frame, str]]:
    picture = io.BytesIO()
    page.render(scale=DPI / 72).to_pil().save(picture, "PNG")
    command = ["tesseract", "-", "-", "-l", "nld", "--dpi", str(DPI), "tsv"]
    done = subprocess.run(command, input=picture.getvalue(), capture_output=True, check=True, env=None)
    for row in csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"] and row["text"].strip():
            left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
            yield (left, top, left + width, top + height), row["text"]


def readable(part: Part, seen: list[tuple[Frame, str]]) -> bool:
    """Whether three letters of a part in a row, or all of a shorter one, are seen at its place."""
    wanted = plain(part.text.partition("@")[0] if part.mention.label == "EMAIL" else part.text)
    there = [(frame, text) for frame, text in seen if meets(frame, part.box)]
    joined = {"".join(text for _, text in there if len(text) == 1), *(text for _, text in there if len(text) > 1)}
    length = min(3, len(wanted))
    runs = {wanted[at : at + length] for at in range(len(wanted) - length + 1)} - {""}
    return any(run in plain(text) for text in joined for run in runs)


def meets(frame: Frame, box: Frame) -> bool:
    across = min(frame[2], box[2]) - max(frame[0], box[0])
    middle = (frame[1] + frame[3]) / 2
    return across >= 0.4 * min(frame[2] - frame[0], box[2] - box[0]) and box[1] < middle < box[3] + 4


def plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def redacted(pages: list[Image.Image], folder: Path) -> tuple[Path, int]:
    """The publication version of the scan, and how many of its pages do not count as read."""
    source, target = folder / "scan.pdf", folder / "out.pdf"
    first, *rest = pages
    first.save(source, save_all=True, append_images=rest, resolution=DPI, quality=QUALITY)
    seen = examine(source, Settings())
    plan = Plan(source, target, folder / "log", folder / "report", folder / "prepared.pdf")
    done = redact(source, plan, seen, keep_layout=False)
    failed = [check.name for check in done.verification.checks if not check.passed]
    if failed:
        raise SystemExit(f"verification failed: {failed}")
    return target, len(seen.document.pages_not_read)


def found_as_text(gold: Gold) -> set[Mention]:
    """What the pipeline removes from the text itself, without a scan between."""
    document = Document(gold.name, "text", gold.text, (Page(1, 0, len(gold.text)),))
    removed = [decision.span for decision in examine_document(document, Settings()).decisions if decision.removes]
    return {mention for mention in gold.mentions if any(mention.span.overlaps(span) for span in removed)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures redaction of scans.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="documents")
    parser.add_argument("--font", default=FONT, help="TrueType font with the letters of the documents")
    parser.add_argument("--show", choices=["misses"], help="print the mentions that are still readable")
    arguments = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for gold in read(arguments.gold)[: arguments.most]:
        pages, parts = printed(gold, Paper.for_text(gold.text, arguments.font))
        with tempfile.TemporaryDirectory() as folder:
            target, unread = redacted(pages, Path(folder))
            seen = shown(target)
        still = {part.mention for part in parts if readable(part, seen[part.page])}
        as_text = found_as_text(gold)
        counts["pages", "all"] += len(pages)
        counts["pages", "not read"] += unread
        for mention in {part.mention for part in parts}:
            kind = mention.label if mention.label in MUST_GO else KEEP
            counts[kind, "all"] += 1
            counts[kind, "gone"] += mention not in still
            counts[kind, "gone as text"] += mention in as_text
            if arguments.show and mention in still and kind != KEEP:
                print(f"{gold.name}: {kind} {gold.text[mention.span.start : mention.span.end]!r}", flush=True)
    for kind in sorted(MUST_GO | {KEEP}):
        if counts[kind, "all"]:
            figures = (counts[kind, "all"], counts[kind, "gone"], counts[kind, "gone as text"])
            print("{:<10} {:>5} mentions, {:>5} gone from the scan, {:>5} from the text".format(kind, *figures))
    every = sum(counts[kind, "all"] for kind in MUST_GO)
    scan, text = (sum(counts[kind, what] for kind in MUST_GO) / every for what in ("gone", "gone as text"))
    print(f"recall {scan:.3f} on scans, {text:.3f} on the text itself ({every} mentions)")
    print(f"{counts['pages', 'all']} pages, {counts['pages', 'not read']} of them not read")


if __name__ == "__main__":
    main()
