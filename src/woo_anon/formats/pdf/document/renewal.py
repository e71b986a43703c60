"""Finishes a PDF that LibreOffice made of a publication version: new metadata, and what it leaves out of PDF/UA-1.

metadata           say when and by what the PDF was made, and so does its colour profile
fonts              say who made them and who may use them, in words that somebody may be called by
links              those that are not in the structure tree go: footnotes have one back to the text (7.18.5)
notes              want an identifier (7.9)
figures            want a description: one that says that there is none (7.3)
headings           may not leave out a level (7.4.2)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.errors import OutputError
from woo_anon.formats.pdf.document.metadata import TITLE, clean_output_intents, read_claims, write_metadata
from woo_anon.formats.pdf.fonts.notices import clean_notices

UNDESCRIBED = "Afbeelding zonder beschrijving"
_HEADING = re.compile(r"/H([1-6])")
_PROFILE_TIME = slice(24, 36)  # of an ICC profile: six numbers of two bytes (ISO 15076-1, 7.2.8)
_SOME_TIME = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # the first of January 2000


def renew(source: Path, target: Path) -> None:
    """Write the PDF `source` to `target` with metadata of ours: its title, its language and the standards that it
    claims. The same source but for its times gives the same bytes.

    Raises OutputError when the target cannot be written.
    """
    with pikepdf.open(source) as pdf:
        claims = read_claims(pdf)
        title = str(pdf.docinfo.get("/Title", "")) or TITLE
        for holder, keys in ((pdf.Root, ("/OpenAction", "/AA")), (pdf.trailer, ("/ID", "/DocChecksum"))):
            for key in keys:
                if key in holder:
                    del holder[key]
        clean_output_intents(pdf)
        _forget_profile_times(pdf)
        clean_notices(pdf, lambda text: True)
        _mend_pages(pdf)
        _mend_structure(pdf)
        write_metadata(pdf, claims, title)
        try:
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        except OSError as error:
            raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error


def _forget_profile_times(pdf: pikepdf.Pdf) -> None:
    intents: Any = pdf.Root.get("/OutputIntents", Array())
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if isinstance(profile, pikepdf.Stream):
            data = bytearray(profile.read_bytes())
            data[_PROFILE_TIME] = _SOME_TIME
            profile.write(bytes(data))


def _mend_pages(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        annotations: Any = page.obj.get("/Annots")
        if not isinstance(annotations, Array):
            continue
        kept = [annotation for annotation in annotations if "/StructParent" in annotation]
        page.obj.Annots = Array(kept)
        page.obj.Tabs = Name.S
        if not kept:
            del page.obj.Annots


def _mend_structure(pdf: pikepdf.Pdf) -> None:
    tree: Any = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, Dictionary):
        return
    notes: list[Any] = []
    level = 0
    for element in _elements(tree):
        kind = str(element.get("/S"))
        if heading := _HEADING.fullmatch(kind):
            level = min(int(heading[1]), level + 1)
            element.S = Name(f"/H{level}")
        if kind == "/Note" and "/ID" not in element:
            element.ID = String(f"note{len(notes) + 1:06d}")
            notes += [element.ID, element]
        elif kind == "/Figure" and "/Alt" not in element and "/ActualText" not in element:
            element.Alt = String(UNDESCRIBED)
    if notes:
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(notes)))


def _elements(root: Any) -> Iterator[Any]:
    """All structure elements in reading order."""
    due = [root]
    while due:
        element = due.pop()
        if "/S" in element:
            yield element
        kids: Any = element.get("/K", Array())
        kids = list(kids) if isinstance(kids, Array) else [kids]
        due += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]
