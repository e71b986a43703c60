"""Inspects a PDF made by any tool for what a redaction should have taken away, and for what tells of people beside it.

Shares nothing with the code that writes: pypdf reads the structure, PDFium the pages. The checks stand in two tables,
one module for each family; a check that breaks is an issue itself, so that nothing counts as clean that was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from woo_anon.audit.issue import Audit, Issue, Place, in_order

if TYPE_CHECKING:
    from woo_anon.audit.drawing import Page
    from woo_anon.audit.file import File

MOST_OF_A_KIND = 200  # issues of one code that are listed; a form may have thousands of fields


def audit_file(content: bytes, name: str, names: tuple[str, ...] = ()) -> Audit:
    """The issues of a PDF. `name` is for messages; `names` are those that a box might hide (see `widths`).

    Raises RefusedError when it needs a password, UnreadableError when it cannot be opened.
    """
    from woo_anon.audit.file import opened

    with opened(content, name, names) as file:
        issues = [*_on_pages(file), *_in_file(file)]
        return Audit(len(file.document), in_order(_capped(issues)))


def _in_file(file: File) -> Iterator[Issue]:
    from woo_anon.audit.accessibility import find_missing_aids
    from woo_anon.audit.actions import find_actions
    from woo_anon.audit.annotations import find_annotations
    from woo_anon.audit.attachments import find_attachments
    from woo_anon.audit.forms import find_form_fields
    from woo_anon.audit.metadata import find_in_properties
    from woo_anon.audit.orphans import find_orphans
    from woo_anon.audit.private_data import find_private_data
    from woo_anon.audit.revisions import find_earlier_revisions
    from woo_anon.audit.signatures import find_signatures
    from woo_anon.audit.spoken import find_outlines, find_spoken_texts
    from woo_anon.audit.strays import find_stray_strings

    checks: dict[str, Callable[[File], Iterable[Issue]]] = {
        "properties": find_in_properties,
        "earlier revisions": find_earlier_revisions,
        "orphaned objects": find_orphans,
        "annotations": find_annotations,
        "attachments": find_attachments,
        "form fields": find_form_fields,
        "actions": find_actions,
        "private data": find_private_data,
        "signatures": find_signatures,
        "spoken texts": find_spoken_texts,
        "outlines": find_outlines,
        "stray strings": find_stray_strings,
        "accessibility": find_missing_aids,
    }
    for kind, check in checks.items():
        yield from _closed(partial(check, file), Place(what=kind))


def _on_pages(file: File) -> Iterator[Issue]:
    from woo_anon.audit.drawing import Page
    from woo_anon.audit.pictures import find_pictures_under_boxes
    from woo_anon.audit.unseen import find_unseen_text
    from woo_anon.audit.widths import Fonts, Gap, find_gaps, find_telling_widths

    checks: tuple[Callable[[Page], Iterable[Issue]], ...] = (find_unseen_text, find_pictures_under_boxes)
    fonts, gaps = Fonts(file.document), list[Gap]()

    def look(number: int) -> Iterator[Issue]:
        page = Page(file.document, number - 1)
        try:
            for check in checks:
                yield from check(page)
            gaps.extend(find_gaps(page, fonts))
        finally:
            page.close()

    for number in range(1, len(file.document) + 1):
        yield from _closed(partial(look, number), Place(number))
    yield from _closed(partial(find_telling_widths, gaps, file.names, fonts), Place(what="widths of boxes"))


def _closed(check: Callable[[], Iterable[Issue]], place: Place) -> Iterator[Issue]:
    """The issues; when the check breaks, an issue that says so after those found until then."""
    try:
        yield from check()
    except Exception as error:  # the border of a check: what a library could not read must not count as clean
        yield Issue("not-checked", place, detail=type(error).__name__)


def _capped(issues: Iterable[Issue]) -> list[Issue]:
    counts: dict[str, int] = {}
    kept = []
    for issue in issues:
        counts[issue.code] = counts.get(issue.code, 0) + 1
        if counts[issue.code] <= MOST_OF_A_KIND:
            kept.append(issue)
    return kept
