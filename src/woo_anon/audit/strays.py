"""Strings under keys of catalog, pages and trailer that no reader shows, or that no standard knows.

Finds words that no page shows in article threads, portfolio descriptions, base addresses, web capture and legal
statements, and under keys that ISO 32000-2 does not know at that place (tables 15, 29 and 31).

Leaves keys that other checks look at, and what holds no words.

Known to miss: unknown keys of other objects, names (as opposed to strings), output intents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import resolved, text_of
from woo_anon.audit.words import unseen_words

MOST_VALUES = 10_000  # below one key

# Known to the standard, and either looked at by another check or without text.
_CATALOG = {"/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences",
            "/PageLayout", "/PageMode", "/Outlines", "/OpenAction", "/AA", "/AcroForm", "/Metadata", "/StructTreeRoot",
            "/MarkInfo", "/Lang", "/OutputIntents", "/PieceInfo", "/OCProperties", "/Perms", "/AF", "/DSS"}  # fmt: skip
_PAGE = {"/Type", "/Parent", "/LastModified", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
         "/BoxColorInfo", "/Contents", "/Rotate", "/Group", "/Thumb", "/B", "/Dur", "/Trans", "/Annots", "/AA",
         "/Metadata", "/PieceInfo", "/StructParents", "/ID", "/PZ", "/SeparationInfo", "/Tabs", "/TemplateInstantiated",
         "/PresSteps", "/UserUnit", "/VP", "/AF", "/OutputIntents", "/DPart"}  # fmt: skip
_TRAILER = {"/Size", "/Prev", "/Root", "/Encrypt", "/Info", "/ID", "/XRefStm", "/Type", "/W", "/Index", "/Length",
            "/Filter", "/DecodeParms"}  # fmt: skip


def find_stray_strings(file: File) -> Iterator[Issue]:
    """One issue per key with words that no page shows."""
    yield from _below(file, file.root, _CATALOG, Place(what="catalog"))
    yield from _below(file, file.reader.trailer, _TRAILER, Place(what="trailer"))
    for number, page in enumerate(file.pages, 1):
        yield from _below(file, page, _PAGE, Place(number, what="page object"))


def _below(file: File, holder: DictionaryObject, known: set[str], place: Place) -> Iterator[Issue]:
    for key in holder.keys() - known:
        text = " ".join(_strings(dict.__getitem__(holder, key)))
        if unseen_words(text, file.all_text):
            yield issue_with_text("stray-string", place, text)


def _strings(value: Any) -> Iterator[str]:
    due, seen = [value], set[int]()
    for _ in range(MOST_VALUES):
        if not due:
            return
        found = due.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = resolved(found)
        if isinstance(found, DictionaryObject):
            due += [item for key, item in dict.items(found) if key not in ("/Parent", "/P", "/Pg")]
        elif isinstance(found, ArrayObject):
            due += list(list.__iter__(found))
        elif text := text_of(found):
            yield text
