"""The objects of a page in drawing order, those inside forms included, as PDFium loads them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

DEEPEST_FORM = 32
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Drawn:
    """One object of a page, those inside forms included; `at` is its turn in drawing order.

    `bounds` are in points on the page. `opaque` says whether it fills what it covers: an image, a shading or a path
    that is filled without transparency. `layered` says whether it is marked as optional content.
    """

    at: int
    handle: Any
    kind: int  # PDFium's FPDF_PAGEOBJ_TEXT, _PATH, _IMAGE or _SHADING
    bounds: tuple[float, float, float, float]
    opaque: bool
    layered: bool

    @property
    def address(self) -> int:
        """By which a glyph names its object."""
        return ctypes.cast(self.handle, ctypes.c_void_p).value or 0


def opened(
    handle: Any, matrix: Matrix = UNIT, layered: bool = False, depth: int = 0
) -> Iterator[tuple[Any, Matrix, bool]]:
    """An object, or those inside a form, however deep: with the matrix of its forms, and whether it is in a layer.

    Marks with an /ActualText are taken from all of them.
    """
    layered = layered or _is_layered(handle)
    _drop_actual_text(handle)
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
        yield handle, matrix, layered
    elif depth < DEEPEST_FORM:
        inner = _times(_matrix(handle), matrix)
        for at in range(raw.FPDFFormObj_CountObjects(handle)):
            yield from opened(raw.FPDFFormObj_GetObject(handle, at), inner, layered, depth + 1)


def _is_layered(handle: Any) -> bool:
    name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    for at in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, at)
        buffer = ctypes.cast(name, ctypes.POINTER(ctypes.c_uint16))
        if raw.FPDFPageObjMark_GetName(mark, buffer, 64, length) and name.raw[:6] == b"O\0C\0\0\0":
            return True
    return False


def _drop_actual_text(handle: Any) -> None:
    for at in reversed(range(raw.FPDFPageObj_CountMarks(handle))):
        mark = raw.FPDFPageObj_GetMark(handle, at)
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != raw.FPDF_OBJECT_UNKNOWN:
            raw.FPDFPageObj_RemoveMark(handle, mark)


def _matrix(handle: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(m)):
        return UNIT
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Doing m and then n (ISO 32000-2, 8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def drawn(at: int, handle: Any, matrix: Matrix, layered: bool) -> Drawn:
    """An object as `opened` gives it, with what the checks ask of it; `at` is its turn."""
    kind = raw.FPDFPageObj_GetType(handle)
    return Drawn(at, handle, kind, _bounds(handle, matrix), _is_opaque(handle, kind), layered)


def _bounds(handle: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *edges):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def _is_opaque(handle: Any, kind: int) -> bool:
    if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        return True
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return False
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, mode, stroked)
    if mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    colour = [ctypes.c_uint(255) for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *colour)
    return not known or colour[3].value == 255  # a pattern has no colour, and may cover
