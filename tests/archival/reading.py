"""What somebody hears who has the structure tree read out: PDFium gives the text of content, pikepdf the tree."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Texts = dict[tuple[int, int], str]  # by page index and marked-content identifier


def read_out(path: Path) -> str:
    """The text of the tree in its order, an ActualText in place of what it replaces, without white space."""
    texts = _texts(path)
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return "".join("".join(_speak(pdf.Root.StructTreeRoot, None, pages, texts)).split())


def artifacts(path: Path) -> list[str]:
    """The tags of marked content without an identifier that the pages open, one for each time."""
    with pikepdf.open(path) as pdf:
        instructions = [one for page in pdf.pages for one in pikepdf.parse_content_stream(page)]
    return [str(one.operands[0]) for one in instructions if str(one.operator) == "BMC"]


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """All elements of that type, in the tree's order."""
    return [one for one in _elements(pdf.Root.StructTreeRoot) if str(one.get("/S", "")) == role]


def _elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def kids(element: Any) -> list[Any]:
    """What an element or the root holds; nothing for another object."""
    held = element.get("/K", pikepdf.Array()) if isinstance(element, pikepdf.Dictionary) else pikepdf.Array()
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _speak(element: Any, page: Any, pages: dict[tuple[int, int], int], texts: Texts) -> Iterator[str]:
    page = element.get("/Pg", page)
    if "/ActualText" in element:
        yield str(element.ActualText)
        return
    for kid in kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            yield texts.get((pages[page.objgen], int(kid)), "")
        elif str(kid.get("/Type", "")) == "/MCR":
            yield texts.get((pages[kid.get("/Pg", page).objgen], int(kid.MCID)), "")
        elif str(kid.get("/Type", "")) != "/OBJR":
            yield from _speak(kid, page, pages, texts)


def _texts(path: Path) -> Texts:
    document = pypdfium2.PdfDocument(path)
    texts: Texts = {}
    for index, page in enumerate(document):
        lines = page.get_textpage()
        for at in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, at)
            mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
            if mcid >= 0 and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
                texts[index, mcid] = texts.get((index, mcid), "") + _text(item, lines)
    document.close()
    return texts


def _text(item: Any, lines: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item, lines, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item, lines, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")
