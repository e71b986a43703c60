"""What a file does by itself: scripts and actions.

Finds JavaScript wherever it stands, and actions that start programs, open other files, send or fetch data (risk).

Leaves jumps within the document, links to web pages, and named actions such as the next page.

Known to miss: scripts in XFA forms, which are told as such.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import entry, text_of

_SCRIPT = {"/JavaScript", "/Rendition"}
_ACTIVE = {"/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/ResetForm", "/RichMediaExecute"}


def find_actions(file: File) -> Iterator[Issue]:
    """One issue per script or action."""
    for held in file.held:
        kind = str(entry(held.value, "/S") or "")
        if kind in _SCRIPT and "/JS" in held.value:
            yield issue_with_text("javascript", Place(what=held.what), text_of(entry(held.value, "/JS")))
        elif kind in _ACTIVE:
            yield Issue("action", Place(what=held.what), detail=kind.lstrip("/"))
