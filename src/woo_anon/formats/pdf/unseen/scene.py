"""What a page draws, in the order in which it is drawn, as arrays: one row an object, those inside forms included.

Like `glyphs.py`, it calls PDFium without a Python object for each: some 2 µs an object.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.content.matrix import IDENTITY, Matrix, multiply

DEEPEST_FORM = 32
CUT_PT = 0.5  # what has no more than this cut off is still read
THICK_PT = 3.0  # the outline of a filled shape counts from this width on
FLAT_PT = 0.02  # PDFium does not list texts narrower than 0.01 pt
UNKNOWN = -1  # a colour that PDFium does not tell: a pattern


@dataclass(frozen=True)
class Scene:
    """The n objects that a page draws, first drawn first.

    `handles` are PDFium's; `kinds` its FPDF_PAGEOBJ_… codes; `boxes` n×4 (left, bottom, right, top) in points in user
    space; `colours` n×3 (0..255, UNKNOWN for a pattern) of filling, or of an outline without it; `opaque` tells objects
    that are drawn without transparency, in forms without it. `modes` are the text rendering modes, UNKNOWN for what is
    no text. `ink` is an upper limit for the share of its box that an object paints, 0..1. Of texts and images `clipped`
    tells those that a clipping path may take a part of; of texts `blank` those of glyphs without outlines from a font
    in the file (one that is not may be there on the reader's machine), `flat` those with an em of no height or width.
    """

    handles: Ints
    kinds: Ints
    boxes: Floats
    colours: Ints
    opaque: Flags
    modes: Ints
    ink: Floats
    clipped: Flags
    blank: Flags
    flat: Flags

    @property
    def texts(self) -> Flags:
        result: Flags = self.kinds == pdfium.FPDF_PAGEOBJ_TEXT
        return result

    @property
    def images(self) -> Flags:
        result: Flags = self.kinds == pdfium.FPDF_PAGEOBJ_IMAGE
        return result


def read_scene(page: Any) -> Scene:
    """The scene of a loaded page (PDFium handle)."""
    leaves = list(_leaves(page))
    handles = np.array([handle for handle, *_ in leaves], dtype=np.int64)
    matrices = [matrix for _, matrix, *_ in leaves]
    kinds = _column("FPDFPageObj_GetType", handles)
    texts = kinds == pdfium.FPDF_PAGEOBJ_TEXT
    known, colours, alphas = _colours(handles)
    local = _filled("FPDFPageObj_GetBounds", handles, 4, np.float32)[1].astype(np.float64)
    modes = np.full(len(handles), UNKNOWN, dtype=np.int64)
    modes[texts] = _column("FPDFTextObj_GetTextRenderMode", handles[texts])
    veiled = np.array([veil for _, _, veil, _ in leaves], dtype=np.bool_)
    cut = np.array([cut for _, _, _, cut in leaves], dtype=np.bool_)
    colours[~known] = UNKNOWN
    ink = _ink(handles, kinds, local, colours)
    boxes = _placed(local.copy(), matrices)
    return Scene(
        handles=handles,
        kinds=kinds,
        boxes=boxes,
        colours=colours,
        opaque=~veiled & (alphas == 255) & (_column("FPDFPageObj_HasTransparency", handles) == 0),
        modes=modes,
        ink=ink,
        clipped=cut | _clipped(handles, texts | (kinds == pdfium.FPDF_PAGEOBJ_IMAGE), local),
        blank=_blank(handles, texts, local),
        flat=_flat(handles, texts & ((boxes[:, 2:] - boxes[:, :2]).min(axis=1) < FLAT_PT), matrices),
    )


def _leaves(page: Any) -> Iterator[tuple[int, Matrix, bool, bool]]:
    """Every object that is no form, with the matrix that takes it to the page, and of the forms that it is in whether
    one's transparency applies to it, and whether a clipping path may take a part of one."""
    address = ctypes.cast(page, ctypes.c_void_p).value or 0
    get = _bind("FPDFPage_GetObject", ctypes.c_size_t, ctypes.c_int)
    objects = list(map(get, repeat(address), range(max(pdfium.FPDFPage_CountObjects(page), 0))))
    yield from _flattened(objects, IDENTITY, veiled=False, cut=False, depth=0)


def _flattened(
    objects: Sequence[int], matrix: Matrix, *, veiled: bool, cut: bool, depth: int
) -> Iterator[tuple[int, Matrix, bool, bool]]:
    kind_of = _bind("FPDFPageObj_GetType", ctypes.c_int)
    for handle in objects:
        if kind_of(handle) != pdfium.FPDF_PAGEOBJ_FORM:
            yield handle, matrix, veiled, cut
        elif depth < DEEPEST_FORM:
            form = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
            get = _bind("FPDFFormObj_GetObject", ctypes.c_size_t, ctypes.c_ulong)
            inner = list(map(get, repeat(handle), range(max(pdfium.FPDFFormObj_CountObjects(form), 0))))
            veil = veiled or bool(pdfium.FPDFPageObj_HasTransparency(form))
            outer = cut or _cuts_off(handle)
            yield from _flattened(inner, multiply(_matrix(form), matrix), veiled=veil, cut=outer, depth=depth + 1)


def _cuts_off(form: int) -> bool:
    """Whether a clipping path may take a part of a form as a whole."""
    handles = np.array([form], dtype=np.int64)
    bounds = _filled("FPDFPageObj_GetBounds", handles, 4, np.float32)[1].astype(np.float64)
    return bool(_clipped(handles, np.ones(1, dtype=np.bool_), bounds)[0])


def _matrix(form: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, ctypes.byref(m)):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


@cache
def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The C function `name` taking (object handle, …), handles and addresses as plain integers."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_size_t, *arguments)(address)


def _column(name: str, handles: Ints) -> Ints:
    values: Iterable[int] = map(_bind(name, ctypes.c_int), handles.tolist())
    return np.fromiter(values, dtype=np.int64, count=len(handles))


def _filled(name: str, handles: Ints, width: int, dtype: Any) -> tuple[Flags, npt.NDArray[Any]]:
    """What a function that fills `width` numbers says of every object: whether it knows, and n×width."""
    block = np.zeros((len(handles), width), dtype=dtype)
    start, step = block.ctypes.data, block.itemsize
    rows = len(handles) * width * step
    columns = [range(start + at * step, start + at * step + rows, width * step) for at in range(width)]
    call = _bind(name, ctypes.c_int, *[ctypes.c_size_t] * width)
    knows = np.fromiter(map(call, handles.tolist(), *columns), dtype=np.int64, count=len(handles))
    return knows != 0, block


def _colours(handles: Ints) -> tuple[Flags, Ints, Ints]:
    known, block = _filled("FPDFPageObj_GetFillColor", handles, 4, np.uint32)
    values = block.astype(np.int64)
    return known, values[:, :3].copy(), np.where(known, values[:, 3], 255)


def _placed(boxes: Floats, matrices: Sequence[Matrix]) -> Floats:
    """`boxes` taken to the page, each by its matrix: the upright boxes around them."""
    moved = np.flatnonzero([matrix is not IDENTITY for matrix in matrices])
    if len(moved):
        a, b, c, d, e, f = (column[:, None] for column in np.array([matrices[at] for at in moved.tolist()]).T)
        x, y = boxes[moved][:, [0, 2, 0, 2]], boxes[moved][:, [1, 1, 3, 3]]
        across, up = a * x + c * y + e, b * x + d * y + f
        boxes[moved] = np.stack([across.min(1), up.min(1), across.max(1), up.max(1)], axis=1)
    return boxes


def _ink(handles: Ints, kinds: Ints, boxes: Floats, colours: Ints) -> Floats:
    """The share of its box that an object paints at most. An outline paints its length times its width, in a colour of
    its own that is put in `colours`."""
    ink = np.ones(len(handles))
    paths = np.flatnonzero(kinds == pdfium.FPDF_PAGEOBJ_PATH)
    if not len(paths):
        return ink
    _, modes = _filled("FPDFPath_GetDrawMode", handles[paths], 2, np.int32)
    filled, stroked = modes[:, 0] != 0, modes[:, 1] != 0
    widths = _filled("FPDFPageObj_GetStrokeWidth", handles[paths], 1, np.float32)[1][:, 0]
    sides = boxes[paths, 2:] - boxes[paths, :2]
    length = _column("FPDFPath_CountSegments", handles[paths]) * np.hypot(sides[:, 0], sides[:, 1])
    drawn = np.minimum(length * np.maximum(widths, 0.1) / np.maximum(sides.prod(axis=1), 1e-6), 1.0)
    ink[paths] = np.where(filled, 1.0, np.where(stroked, drawn, 0.0))
    colours[paths[filled & stroked & (widths > THICK_PT)]] = UNKNOWN
    outlines = paths[stroked & ~filled]
    known, block = _filled("FPDFPageObj_GetStrokeColor", handles[outlines], 4, np.uint32)
    colours[outlines] = np.where(known[:, None], block[:, :3].astype(np.int64), UNKNOWN)
    return ink


def _clipped(handles: Ints, due: Flags, boxes: Floats) -> Flags:
    """Which of the objects that are `due` are not wholly within upright rectangles that clip them."""
    path_of = _bind("FPDFPageObj_GetClipPath", ctypes.c_size_t)
    count_of = _bind("FPDFClipPath_CountPaths", ctypes.c_int)
    result = np.zeros(len(handles), dtype=np.bool_)
    for at in np.flatnonzero(due).tolist():
        clip = path_of(int(handles[at]))
        count = count_of(clip) if clip else 0
        if count > 0:
            result[at] = not all(_holds(_points(clip, path), boxes[at]) for path in range(count))
    return result


def _blank(handles: Ints, texts: Flags, boxes: Floats) -> Flags:
    font_of = _bind("FPDFTextObj_GetFont", ctypes.c_size_t)
    is_embedded = _bind("FPDFFont_GetIsEmbedded", ctypes.c_int)
    result = texts & (boxes[:, 3] <= boxes[:, 1]) & (boxes[:, 2] > boxes[:, 0])
    for at in np.flatnonzero(result).tolist():
        font = font_of(int(handles[at]))
        result[at] = not font or is_embedded(font) == 1
    return result


def _flat(handles: Ints, narrow: Flags, matrices: Sequence[Matrix]) -> Flags:
    """Which of the `narrow` texts have no extent: the others are single blanks."""
    result = np.zeros(len(handles), dtype=np.bool_)
    size = ctypes.c_float()
    for at in np.flatnonzero(narrow).tolist():
        text = ctypes.cast(int(handles[at]), pdfium.FPDF_PAGEOBJECT)
        pdfium.FPDFTextObj_GetFontSize(text, size)
        a, b, c, d, _, _ = multiply(_matrix(text), matrices[at])
        result[at] = abs(size.value) * min(hypot(a, b), hypot(c, d)) < FLAT_PT
    return result


def _points(clip: int, path: int) -> Floats:
    segments = _bind("FPDFClipPath_CountPathSegments", ctypes.c_int, ctypes.c_int)(clip, path)
    segment_of = _bind("FPDFClipPath_GetPathSegment", ctypes.c_size_t, ctypes.c_int, ctypes.c_int)
    point_of = _bind("FPDFPathSegment_GetPoint", ctypes.c_int, ctypes.c_size_t, ctypes.c_size_t)
    block = np.zeros((max(segments, 0), 2), dtype=np.float32)
    start = block.ctypes.data
    found = map(segment_of, repeat(clip), repeat(path), range(len(block)))
    deque(map(point_of, found, range(start, start + 8 * len(block), 8), range(start + 4, start + 8 * len(block), 8)), 0)
    return block.astype(np.float64)


def _holds(points: Floats, box: Floats) -> bool:
    """Whether `points` are the corners of an upright rectangle around `box`."""
    if not 4 <= len(points) <= 5:
        return False
    low, high = points.min(axis=0), points.max(axis=0)
    at_low, at_high = np.abs(points - low) < 0.01, np.abs(points - high) < 0.01
    corners = len(np.unique(at_high, axis=0)) == 4 and bool((at_low | at_high).all())
    return corners and bool((low <= box[:2] + CUT_PT).all() and (high >= box[2:] - CUT_PT).all())
