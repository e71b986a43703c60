"""What goes of the strings beside a document's pages: a name in a bookmark that stands nowhere on the pages."""

from __future__ import annotations

from collections.abc import Sequence

from woo_anon.document import Decision, Document, Entity, Page


def as_document(document: Document) -> Document | None:
    """The strings beside the pages that the text does not say as well, each a paragraph; None when there are none."""
    said = _plain(document.text)
    strings = [string for string in document.beside if _plain(string) not in said]
    if not strings:
        return None
    text = "\n\n".join(strings)
    return Document(document.name, "text", text, (Page(1, 0, len(text)),), document.hints)


def named(
    beside: Document, found: Sequence[Decision], document: Document, decisions: Sequence[Decision]
) -> tuple[tuple[str, Entity], ...]:
    """What goes of `beside` by the decisions `found` on it, but for what readers of the pages may see all the same.

    A string has little around a name that says whose it is: the pages know better.
    """
    left = _plain(document.without(one.span for one in decisions if one.removes))
    going = (
        (beside.text[one.span.start : one.span.end], one.entity) for one in found if one.removes and one.area is None
    )
    return tuple(dict.fromkeys((text, entity) for text, entity in going if _plain(text) not in left))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
