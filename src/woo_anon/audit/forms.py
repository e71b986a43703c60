"""Interactive forms: what fields hold, seen or not.

Finds values, default values and rich values of text and choice fields, and XFA forms (risk); empty fields (one note).

Leaves push buttons, and states of check boxes.

Known to miss: values that stand in an appearance stream alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import entry, text_of

_FILLED = ("/Tx", "/Ch")


def find_form_fields(file: File) -> Iterator[Issue]:
    """One issue per field with a value, one for all without, one for XFA."""
    if entry(file.root, "/AcroForm", "/XFA") is not None:
        yield Issue("xfa", Place(what="form"))
    empty = 0
    for held in file.held:
        kind = str(entry(held.value, "/FT") or entry(held.value, "/Parent", "/FT") or "")
        if kind not in _FILLED:
            continue
        text = " ".join(_values(held.value))
        if text.strip():
            yield issue_with_text("form-value", Place(what=f"field, {held.what}"), text)
        elif "/FT" in held.value:
            empty += 1
    if empty:
        yield Issue("form-field", Place(what="form"), detail=f"{empty} fields")


def _values(field: DictionaryObject) -> Iterator[str]:
    """Value, default value and rich value, each once."""
    found: dict[str, None] = {}
    for key in ("/V", "/DV", "/RV"):
        value: Any = entry(field, key)
        members = (
            [text_of(item) for item in list.__iter__(value)] if isinstance(value, ArrayObject) else [text_of(value)]
        )
        found.update(dict.fromkeys(member for member in members if member))
    yield from found
