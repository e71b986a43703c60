"""Redacts four words of one PDF, without detection, and looks at the result with readers that took no part in it."""

from __future__ import annotations

import logging
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pypdf
import pypdfium2

from woo_anon.document import Action, Decision, Document, Entity, Role
from woo_anon.errors import WooAnonError
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box, Place
from woo_anon.pipeline import Examination, Plan, redact
from woo_anon.spans import Span

WORDS = 4
WORD = re.compile(r"(?<!\w)[^\W\d_]{4,}(?!\w)")
SPOKEN = re.compile(r"gelakt( op grond van artikel 5\.1, tweede lid, onder e, Woo)?")  # what a box says of itself
SCALE = 2  # pixels a point
CHANGED = 64  # a grey value that differs by more from all around its place is another pixel, not another rounding
MOST_CHANGED = 0.002  # share of a page's pixels outside the boxes
MARGIN_PX = 3  # around a box: its edges are antialiased

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What became of one file. Times are seconds of processor time, sizes bytes.

    `kind`: redacted, image, refused, stopped (by verification) or no text; crash and hang are given by whoever ran it.
    `reason`: codes of the pages as images, the refusal's message without names and numbers, or the checks that failed.
    """

    kind: str
    reason: str = ""
    has_text: bool = True
    pages: int = 0
    read_s: float = 0.0
    redact_s: float = 0.0  # write and verify, twice where text that moved collided with something
    size_before: int = 0
    size_after: int = 0
    leaks: tuple[str, ...] = ()  # readers that still find a redacted word on page 1
    changed: tuple[int, ...] = ()  # pages that look different outside the boxes
    exact: float = 0.0  # share of the boxes that are as wide as their word


def redact_words(source: Path, seed: int, keep_layout: bool = False) -> Outcome:
    """Read, redact, write, verify, and look again; `seed` chooses the words. An error of no kind of ours is raised."""
    logging.disable(logging.CRITICAL)
    try:
        document, read_s = _timed(lambda: read(source))
    except WooAnonError as error:
        return Outcome("refused", _reason(error), has_text=_shows_a_word(source))
    words = _words(document, seed)
    if not words:
        return Outcome("no text", has_text=False, pages=len(document.pages))
    decisions = tuple(_decisions(document, words))
    seen = Examination(document, (), (), (), decisions, decisions)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        staged = Plan(source, target, target, target, Path(folder) / "prepared.pdf")
        try:
            done, redact_s = _timed(lambda: redact(source, staged, seen, keep_layout=keep_layout))
        except WooAnonError as error:
            return Outcome("refused", _reason(error), pages=len(document.pages))
        written = done.written
        failed = [check.name for check in done.verification.checks if not check.passed]
        kind = "stopped" if failed else "image" if written.pages_as_images else "redacted"
        places = [place for one in written.redactions for place in one.places]
        return Outcome(
            kind,
            ", ".join(failed or sorted({reason for _, reason in written.pages_as_images})),
            True,
            len(document.pages),
            read_s,
            redact_s,
            source.stat().st_size,
            target.stat().st_size,
            tuple(_leaks(done.source, target, words, len(written.redactions))),
            tuple(_changed(done.source, target, places)),
            sum(place.exact for place in places) / max(len(places), 1),
        )


def _timed(call: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    return call(), time.process_time() - began


def _reason(error: WooAnonError) -> str:
    said = error.message.partition(": ")[2] or error.message
    return re.sub(r"\d+", "N", said)


def _words(document: Document, seed: int = 1) -> list[str]:
    """Up to four different words of page 1, the same for the same seed."""
    page = document.pages[0]
    found = sorted(set(WORD.findall(document.text[page.start : page.end])))
    random.Random(seed).shuffle(found)
    return found[:WORDS]


def _decisions(document: Document, words: Sequence[str]) -> Iterator[Decision]:
    """Every word on page 1 that goes."""
    page = document.pages[0]
    wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    found = wanted.finditer(document.text, page.start, page.end)
    for span in (Span(match.start(), match.end()) for match in found):
        if document.places(span):
            yield Decision(
                span, Entity.PERSON, Action.REDACT, Role.CIVIL_SERVANT, "5.1.2e", "", "benchmark", 1.0, "benchmark"
            )


def _shows_a_word(source: Path) -> bool:
    """Whether PDFium finds a word on page 1 of a file that was refused."""
    try:
        return WORD.search(_by_pdfium(source)) is not None
    except pypdfium2.PdfiumError:
        return False


def _by_pdfium(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    try:
        text: str = pdf[0].get_textpage().get_text_range()
        return text
    finally:
        pdf.close()


def _by_pypdf(path: Path) -> str:
    try:
        return pypdf.PdfReader(path).pages[0].extract_text()
    except Exception:  # a source that pypdf cannot read says nothing; what we wrote has to be read by it (verify)
        return ""


def _by_poppler(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", "-f", "1", "-l", "1", str(path), "-"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode("utf-8", "replace")


def _leaks(source: Path, target: Path, words: Sequence[str], redacted: int) -> Iterator[str]:
    """Readers that find one of the words on page 1 of the output.

    A reader may see words that ours does not, a word in two pieces say; those it saw before do not count twice.
    """
    readers = {"PDFium": _by_pdfium, "pypdf": _by_pypdf}
    if shutil.which("pdftotext"):
        readers["poppler"] = _by_poppler
    wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    for name, text_of in readers.items():
        before, after = len(wanted.findall(text_of(source))), len(wanted.findall(SPOKEN.sub("", text_of(target))))
        if after > max(before - redacted, 0):
            yield name


def _changed(source: Path, target: Path, places: Sequence[Place]) -> Iterator[int]:
    """Pages of which more than MOST_CHANGED looks different outside the boxes, comments and forms aside; nor where the
    rest of a line was and went (verification looks at those)."""
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(target)
    try:
        for index in range(len(before)):
            old, new = _grey(before[index]), _grey(after[index])
            if old.shape != new.shape:
                yield index + 1
                continue
            differs = _elsewhere(old, new) | _elsewhere(new, old)
            for place in places:
                for box in _affected(place) if place.page == index + 1 else ():
                    _forget(differs, box, before[index].get_bbox())
            if differs.mean() > MOST_CHANGED:
                yield index + 1
    finally:
        before.close()
        after.close()


def _elsewhere(some: npt.NDArray[np.int16], other: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Pixels of `some` that `other` has nowhere within one pixel: PDFium sets letters on whole pixels, so that the
    smallest move may show as a whole one."""
    around = np.stack([np.roll(other, (down, across), (0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)])
    differs: npt.NDArray[np.bool_] = (some > around.max(axis=0) + CHANGED) | (some < around.min(axis=0) - CHANGED)
    return differs


def _grey(page: pypdfium2.PdfPage) -> npt.NDArray[np.int16]:
    """The page before its rotation; nobody needs more than 4000 pixels to see a change."""
    scale = min(SCALE, 4000 / max(*page.get_size(), 1))
    bitmap = page.render(
        scale=scale,
        rotation=(360 - page.get_rotation()) % 360,
        grayscale=True,
        draw_annots=False,
        may_draw_forms=False,
    )
    return bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].astype(np.int16)


def _affected(place: Place) -> Iterator[Box]:
    yield from (place.area, place.box)
    if place.rest is not None:
        yield from (place.rest, place.rest.moved(*place.shift))


def _forget(differs: npt.NDArray[np.bool_], box: Box, area: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = area
    across, down = differs.shape[1] / (right - left), differs.shape[0] / (top - bottom)
    rows = int((top - box.top) * down) - MARGIN_PX, int((top - box.bottom) * down) + MARGIN_PX + 1
    columns = int((box.left - left) * across) - MARGIN_PX, int((box.right - left) * across) + MARGIN_PX + 1
    differs[max(rows[0], 0) : max(rows[1], 0), max(columns[0], 0) : max(columns[1], 0)] = False
