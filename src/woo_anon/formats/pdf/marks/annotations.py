"""Redaction annotations of a PDF (ISO 32000-2, 12.5.6.23), our own and those that people set by hand.

Of those made by hand only /Rect is certain; /QuadPoints say which parts of it are meant, /OverlayText and /Contents are
words that somebody typed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.marks.places import MEND_IT, Count, check_length, quads_of
from woo_anon.mark import Mark

# In the catalog of a copy that we marked, in which people may have removed every mark: whether OCR read pages of it.
OURS, OF_TEXT, OF_SCAN = "/WOAN_Marks", Name("/Text"), Name("/Scan")
_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError)


def marks_of(pdf: pikepdf.Pdf, name: str) -> tuple[Mark, ...]:
    """The marks of a PDF that the guard let through, page by page in their order. `name` is for messages.

    Raises RefusedError for one that cannot be understood.
    """
    found: list[Mark] = []
    count = Count(name)
    for number, page in enumerate(pdf.pages, start=1):
        where = f"{name}: a mark on page {number}"
        try:
            for annotation in _annotations(page):
                if is_mark(annotation):
                    found.append(_mark(annotation, number, where))
                    count.add(found[-1])
        except _BROKEN as error:
            raise RefusedError(f"{where} cannot be understood.", MEND_IT) from error
    return tuple(found)


def is_mark(annotation: Any) -> bool:
    """Whether an annotation marks something for redaction."""
    return isinstance(annotation, Dictionary) and annotation.get("/Subtype") == "/Redact"


def _annotations(page: pikepdf.Page) -> list[Any]:
    listed = page.obj.get("/Annots")
    return list(listed) if isinstance(listed, Array) else []


def _mark(annotation: Any, number: int, where: str) -> Mark:
    corners, rectangle = (_numbers(annotation.get(key), where) for key in ("/QuadPoints", "/Rect"))
    label, note = (_text(annotation.get(key)) for key in ("/OverlayText", "/Contents"))
    return Mark(number, quads_of(corners, rectangle, where), label, note)


def _numbers(values: Any, where: str) -> list[float]:
    if values is None:
        return []
    if not isinstance(values, Array):
        raise ValueError("no coordinates")
    check_length(len(values), where)
    numbers = list(values)
    if not all(isinstance(number, int | float | Decimal) and not isinstance(number, bool) for number in numbers):
        raise ValueError("no coordinates")
    return [float(number) for number in numbers]


def _text(value: Any) -> str:
    return str(value) if isinstance(value, String) else ""


def take_out_marks(pdf: pikepdf.Pdf) -> bool:
    """Take the marks from a PDF, with the notes that hang from them. Answers whether there were any.

    What else refers to a mark finds nothing in it.
    """
    any_found = OURS in pdf.Root
    if any_found:
        del pdf.Root[OURS]
    gone: list[Any] = []
    for page in pdf.pages:
        annotations = _annotations(page)
        going = _with_hanging(annotations)
        if not going:
            continue
        gone += [annotations[at] for at in going]
        staying = [annotation for at, annotation in enumerate(annotations) if at not in going]
        if staying:
            page.obj.Annots = Array(staying)
        else:
            del page.obj.Annots
    for annotation in gone:  # at the end, for pages may share a list
        for key in list(annotation.keys()):
            del annotation[key]
    return any_found or bool(gone)


def _with_hanging(annotations: list[Any]) -> set[int]:
    """The indices of the marks, of the notes and replies that belong to them, and of those that belong to these.

    ISO 32000-2, 12.5.6.2 (/IRT) and 12.5.6.14 (/Parent of a pop-up).
    """
    below: dict[tuple[int, int], list[int]] = {}
    for at, annotation in enumerate(annotations):
        if isinstance(annotation, Dictionary):
            for above in (annotation.get("/IRT"), annotation.get("/Parent") if _is_popup(annotation) else None):
                if isinstance(above, Dictionary) and above.is_indirect:
                    below.setdefault(above.objgen, []).append(at)
    due = [at for at, annotation in enumerate(annotations) if is_mark(annotation)]
    going: set[int] = set()
    while due:
        at = due.pop()
        if at not in going:
            going.add(at)
            due += below.get(annotations[at].objgen, []) if annotations[at].is_indirect else []
    return going


def _is_popup(annotation: Any) -> bool:
    return bool(annotation.get("/Subtype") == "/Popup")
