"""What lies on the reviewer's desk: the folder, and the documents that are open."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from starlette.exceptions import HTTPException

from woo_anon.review.case import Case
from woo_anon.review.folder import Folder
from woo_anon.review.pictures import Pictures
from woo_anon.review.publishing import Publishing
from woo_anon.review.result import Results
from woo_anon.review.whole import Whole

_MOST_OPEN = 8  # documents whose decisions are held


@dataclass(frozen=True)
class Desk:
    """All that the requests need."""

    folder: Folder
    pictures: Pictures
    results: Results
    whole: Whole
    publishing: Publishing
    csrf: str

    @cached_property
    def _lock(self) -> threading.Lock:
        return threading.Lock()

    @cached_property
    def _cases(self) -> OrderedDict[tuple[int, str], Case]:
        return OrderedDict()

    def case(self, number: int) -> Case:
        """A document as it stands now. Raises HTTPException and WooAnonError."""
        try:
            row = self.folder.row(number)
        except KeyError:
            raise HTTPException(404, "Dit document is er niet.") from None
        key = (row.number, "".join(one.sha256 for one in row.listed.outputs))
        with self._lock:  # the browser asks for a page and its picture at once
            before = self._cases.pop(key, None)
            case = before.with_row(row) if before else Case(row, self.folder.examined(row), self.folder.profile)
            self._cases[key] = case
            while len(self._cases) > _MOST_OPEN:
                self._cases.popitem(last=False)
        return case
