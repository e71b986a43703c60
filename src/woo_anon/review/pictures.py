"""Pictures of pages, made when somebody looks: in a child process with limits, for a PDF may be hostile.

A hundred megabytes of them are kept; the rest is made again.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import Executor
from pathlib import Path

from woo_anon.batch import task
from woo_anon.batch.due import input_stamp
from woo_anon.discover import Source
from woo_anon.errors import UnreadableError
from woo_anon.formats import by_key
from woo_anon.formats.picture import Picture
from woo_anon.review.case import Case

_MOST_BYTES = 100 * 2**20
_SCALES = (0.25, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)  # pixels a point that are made


class Pictures:
    """Pictures of the pages of documents under review. Its methods may be called from any thread."""

    def __init__(self, executor: Executor, folder: Path) -> None:
        self._executor, self._folder = executor, folder
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[str, int, float], Picture] = OrderedDict()
        self._files: dict[str, Path] = {}

    def prepare(self, workers: int) -> None:
        """Start so many child processes, so that the first page need not wait for one."""
        for _ in range(workers):
            self._executor.submit(_ready)

    def of(self, case: Case, page: int, scale: float = 1.0) -> Picture | None:
        """The picture of a page, at least as sharp as `scale` pixels a point where that is possible; None for a
        document that has no pictures. Raises WooAnonError."""
        if by_key(case.examined.document.format).page_picture is None:
            return None
        sharp = next((made for made in _SCALES if made >= scale), _SCALES[-1])
        return self._picture(case.examined.document.format, self.file(case), page, sharp)

    def of_result(self, file: Path, page: int, scale: float) -> Picture:
        """The same of a publication version."""
        sharp = next((made for made in _SCALES if made >= scale), _SCALES[-1])
        return self._picture("pdf", file, page, sharp)

    def _picture(self, kind: str, file: Path, page: int, scale: float) -> Picture:
        key = (str(file), page, scale)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = self._executor.submit(_drawn, kind, file, page, scale).result()
        with self._lock:
            self._made[key] = made
            while sum(len(one.image) for one in self._made.values()) > _MOST_BYTES and len(self._made) > 1:
                self._made.popitem(last=False)
        return made

    def file(self, case: Case) -> Path:
        """The file that was read, on this machine: the source, a copy of it, or what was prepared of it.

        Raises UnreadableError when the source is gone or is not what it was.
        """
        listed = case.row.listed
        held = f"{listed.number}-{listed.stamp.input}"
        with self._lock:
            if held in self._files:
                return self._files[held]
        prepared = case.examined.prepared()
        if prepared is not None:
            file = self._place(listed.number, ".pdf")
            file.write_bytes(prepared)
        elif input_stamp(listed.file) != listed.stamp.input:
            raise UnreadableError(
                f"{listed.name}: the source is gone, or was changed since it was redacted.",
                "Put it back, or run woo-anon redact again.",
            )
        elif source(case).member or source(case).address:
            file = self._place(listed.number, Path(listed.name).suffix)
            self._executor.submit(task.copy, source(case), file).result()
        else:
            file = Path(listed.file)
        with self._lock:
            self._files[held] = file
        return file

    def _place(self, number: int, suffix: str) -> Path:
        handle, name = tempfile.mkstemp(suffix, f"{number}-", self._folder)
        os.close(handle)
        return Path(name)


def source(case: Case) -> Source:
    """The source of a document under review, as the journal knows it."""
    listed = case.row.listed
    member = listed.source.removeprefix(listed.file).lstrip("#")
    path, within = Path(listed.file), Path(listed.name)
    address = listed.file if "://" in listed.file else ""
    return Source(
        Path(path.name) if address else path,
        within,
        address=address,
        member=tuple(map(int, member.split("."))) if member else (),
    )


def _ready() -> None:
    """In a child process."""
    from PIL import PngImagePlugin

    from woo_anon.formats.pdf import picture

    del picture, PngImagePlugin


def _drawn(kind: str, file: Path, page: int, scale: float) -> Picture:
    """In a child process."""
    draw = by_key(kind).page_picture
    assert draw is not None
    return draw(file, page, scale)
