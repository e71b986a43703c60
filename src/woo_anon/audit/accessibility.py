"""What a document lacks that is to be published: tags, language, title (ISO 14289-1). Notes, all of them.

Finds each that is missing, once. Leaves everything else that PDF/UA asks for: veraPDF checks that.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place
from woo_anon.audit.objects import entry, text_of


def find_missing_aids(file: File) -> Iterator[Issue]:
    """At most three notes."""
    place = Place(what="catalog")
    if entry(file.root, "/StructTreeRoot") is None:
        yield Issue("untagged", place)
    if not text_of(entry(file.root, "/Lang")):
        yield Issue("no-language", place)
    if not text_of(entry(file.reader.trailer, "/Info", "/Title")):
        yield Issue("no-title", Place(what="Info"))
