"""Makes of pages without text pages with text, by OCRmyPDF and Tesseract: what it read lies invisible over the picture.

Both run as programs of their own, in a private folder that goes afterwards, with one thread, and open no connection.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from woo_anon.errors import MissingError, RefusedError, UnreadableError
from woo_anon.formats import program
from woo_anon.formats.pdf.scans.layer import fitted, without_comments
from woo_anon.formats.pdf.scans.words import Words, read_hocr, shows_print

LANGUAGE = "nld"
INSTALL = "Install it: pip install 'woo-anon[ocr]', and sudo apt install tesseract-ocr tesseract-ocr-nld."
_PAGE_SECONDS = 120  # for Tesseract; a page on which it takes longer counts as not read
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "TESSDATA_PREFIX", "SYSTEMROOT", "LD_LIBRARY_PATH")


class Mode(StrEnum):
    """How a page is read, as OCRmyPDF calls it: all that it shows; what it shows beside its text, which stays (what an
    earlier OCR laid over it goes); or a picture of it, which takes its place."""

    SKIP = "skip"
    REDO = "redo"
    FORCE = "force"


@dataclass(frozen=True)
class Recognition:
    """A PDF whose pages have text now, and by page number what OCR found on those that it changed (None: it gave up);
    `left` are those with a picture in which it found no words."""

    content: bytes
    words: Mapping[int, Words | None]
    left: frozenset[int] = frozenset()


def missing() -> str | None:
    """What of the programs is missing; None when they are there."""
    if importlib.util.find_spec("ocrmypdf") is None:
        return "OCRmyPDF"
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return "Tesseract"
    return None if LANGUAGE in _languages(tesseract) else "Tesseract's Dutch"


@cache
def _languages(tesseract: str) -> frozenset[str]:
    listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=False, timeout=60)
    return frozenset(listed.stdout.split())


def recognise(
    content: bytes, pages: Mapping[int, Mode], name: str, pictures: Collection[int] = frozenset()
) -> Recognition:
    """Read `pages` (by number) of the PDF `content`. Those of them that are in `pictures` are pages with text and a
    picture, which stay as they are when OCR finds no print in it.

    Raises MissingError when a program is missing, RefusedError when it takes too long, UnreadableError when OCRmyPDF
    makes nothing of the file.
    """
    if not pages:
        return Recognition(content, {})
    lacking = missing()
    if lacking:
        raise MissingError(f"{name}: {lacking} is needed to read pages without text.", INSTALL)
    words: dict[int, Words | None] = {}
    made = without_comments(content, pages)
    with tempfile.TemporaryDirectory(prefix="woo-anon-", ignore_cleanup_errors=True) as folder:
        for mode in Mode:
            numbers = [number for number, chosen in pages.items() if chosen is mode]
            if numbers:
                work = Path(folder) / mode
                work.mkdir()
                made = _run(made, mode, numbers, work, name)
                words |= {number: _found(work, number) for number in numbers}
    left = frozenset(number for number in pictures if not shows_print(words[number]))
    words = {number: found for number, found in words.items() if number not in left}
    pictured = {number for number in words if pages[number] is Mode.FORCE}
    return Recognition(fitted(content, made, words, pictured), words, left)


def _run(content: bytes, mode: Mode, numbers: list[int], work: Path, name: str) -> bytes:
    source, target = work / "source.pdf", work / "target.pdf"
    source.write_bytes(content)
    command = [*_command(mode, numbers), str(source), str(target)]
    try:
        code = program.run(command, work, _environment(work), _PAGE_SECONDS * (1 + len(numbers)))
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"{name}: OCR takes too long.", "Split the document.") from error
    if code or not target.is_file():
        raise UnreadableError(f"{name}: OCRmyPDF cannot read it (exit code {code}).", "Scan or export it again.")
    return target.read_bytes()


def _command(mode: Mode, numbers: list[int]) -> list[str]:
    options = {
        "--language": LANGUAGE,
        "--mode": mode,
        "--pages": ",".join(map(str, numbers)),
        "--output-type": "pdf",
        "--rasterizer": "pypdfium",
        "--pdf-renderer": "fpdf2",
        "--optimize": "0",
        "--jobs": "1",
        "--rotate-pages-threshold": "6",  # a page of a few lines has 8; one turned wrongly comes out unsure
        "--tesseract-timeout": str(_PAGE_SECONDS),
        "--tagged-pdf-mode": "ignore",
        "--plugin": "woo_anon.formats.pdf.scans.grey",
    }
    switches = ("--rotate-pages", "--keep-temporary-files", "--quiet")
    given = [part for option in options.items() for part in option]
    return [sys.executable, "-P", "-m", "ocrmypdf", *given, *switches]


def _environment(work: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "TMPDIR": str(work), "HOME": str(work), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _found(work: Path, number: int) -> Words | None:
    """What Tesseract said of a page: OCRmyPDF leaves that in its folder of temporary files."""
    return next((read_hocr(path.read_bytes()) for path in _hocr(work, number)), None)


def _hocr(work: Path, number: int) -> Iterator[Path]:
    return work.glob(f"ocrmypdf.io.*/{number:06d}_ocr_hocr.hocr")
