"""Makes PDFium read the glyphs, and not what /ActualText says in their place (ISO 32000-2, 14.9.4).

What a reader sees are the glyphs: a name printed under `/ActualText (x)` must be found. The marks are taken from the
page as loaded; the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

DEEPEST_FORM = 32


def read_glyphs_not_marks(page: Any) -> None:
    """Take every mark with an /ActualText from the objects of a loaded page (PDFium handle)."""
    for item in objects(page):
        for at in reversed(range(pdfium.FPDFPageObj_CountMarks(item))):
            mark = pdfium.FPDFPageObj_GetMark(item, at)
            if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != pdfium.FPDF_OBJECT_UNKNOWN:
                pdfium.FPDFPageObj_RemoveMark(item, mark)


def objects(page: Any) -> Iterator[Any]:
    """The objects of a loaded page (PDFium handles), those inside forms included."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _with_parts(pdfium.FPDFPage_GetObject(page, at), 0)


def _with_parts(item: Any, depth: int) -> Iterator[Any]:
    yield item
    if depth < DEEPEST_FORM and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _with_parts(pdfium.FPDFFormObj_GetObject(item, at), depth + 1)
