"""Writes marks for redaction into a copy of a PDF, and the same as XFDF, for review in Acrobat, PDF-XChange and such.

The copy holds everything that is to be redacted: it is internal. Nothing but the marks is added to it, and its first
identifier is that of the document, so that the marks are known to be of it when they come back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.errors import OutputError
from woo_anon.formats.pdf.boxes.drawing import FILL_GREY, INK_GREY
from woo_anon.formats.pdf.marks import xfdf
from woo_anon.formats.pdf.marks.annotations import OF_SCAN, OF_TEXT, OURS
from woo_anon.formats.pdf.marks.places import AUTHOR, name_of
from woo_anon.mark import Mark

SURE, DOUBTFUL = (0.8, 0.0, 0.0), (0.9, 0.55, 0.0)  # outline: red, and amber where a person must judge
_PRINT = 1 << 2  # annotation flag (ISO 32000-2, table 167)


def write_marks(
    source: bytes, copy: Path, exchange: Path, marks: Sequence[Mark], *, identity: bytes, name: str, of_scan: bool
) -> None:
    """Write `source`, a PDF, with `marks` to `copy`, and the marks as XFDF to `exchange`.

    `identity` becomes the first identifier of the copy; `name` is how the copy will be called; `of_scan` says that OCR
    read pages of it. Raises OutputError when a file cannot be written.
    """
    try:
        with pikepdf.open(io.BytesIO(source), suppress_warnings=True) as pdf:
            _mark_pages(pdf, marks)
            pdf.Root[OURS] = OF_SCAN if of_scan else OF_TEXT
            pdf.trailer.ID = Array([String(identity), String(identity)])
            pdf.save(
                copy,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
                deterministic_id=True,
            )
        with pikepdf.open(copy) as written:
            original, modified = (bytes(part) for part in written.trailer.ID)
        exchange.write_bytes(xfdf.dumps(marks, name, original.hex().upper(), modified.hex().upper()))
    except OSError as error:
        raise OutputError(f"{name}: cannot be written ({error.strerror or 'output error'}).") from error


def _mark_pages(pdf: pikepdf.Pdf, marks: Sequence[Mark]) -> None:
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(mark.page, []).append(mark)
    shade = pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.2))
    for number, own in sorted(by_page.items()):
        page = pdf.pages[number - 1].obj
        listed = page.get("/Annots")
        before = list(listed) if isinstance(listed, Array) else []
        page.Annots = Array([*before, *(pdf.make_indirect(_annotation(pdf, page, mark, shade)) for mark in own)])


def _annotation(pdf: pikepdf.Pdf, page: pikepdf.Object, mark: Mark, shade: pikepdf.Object) -> Dictionary:
    """ISO 32000-2, tables 166, 172 and 195."""
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Redact,
        Rect=Array(xfdf.rectangle(mark)),
        QuadPoints=Array(xfdf.coordinates(mark)),
        P=page,
        F=_PRINT,
        C=Array(DOUBTFUL if mark.doubtful else SURE),
        IC=Array([FILL_GREY] * 3),
        T=String(AUTHOR),
        NM=String(name_of(mark)),
        Contents=String(mark.note),
        AP=Dictionary(N=_appearance(pdf, mark, shade)),
    )
    if mark.label:
        annotation.OverlayText = String(mark.label)
        annotation.DA = String(f"/Helv 8 Tf {INK_GREY} g")
        annotation.Q = 1
        annotation.Repeat = False
    return annotation


def _appearance(pdf: pikepdf.Pdf, mark: Mark, shade: pikepdf.Object) -> pikepdf.Object:
    """An outline around what is marked, with a shade of its colour in it: the text stays readable."""
    colour = " ".join(map(str, DOUBTFUL if mark.doubtful else SURE))
    drawn = [f"/Shade gs {colour} rg {colour} RG 0.5 w"]
    for quad in mark.quads:
        a, b, c, d = (f"{across:.2f} {up:.2f}" for across, up in quad.corners)
        drawn.append(f"{a} m {b} l {d} l {c} l b")
    return pdf.make_stream(
        "\n".join(drawn).encode("ascii"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(xfdf.rectangle(mark)),
        Resources=Dictionary(ExtGState=Dictionary(Shade=shade)),
    )
