"""What programs keep in a file for themselves: miniatures of pages and private data.

Finds page thumbnails, which may show a page as it was before it was redacted, and page-piece dictionaries (ISO 32000-2,
14.5), in which drawing programs keep a whole source document. One issue each, for all pages.

Leaves what stands under keys of a program's own.

Known to miss: the same, where it is private data.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place


def find_private_data(file: File) -> Iterator[Issue]:
    """At most one issue for thumbnails and one for private data."""
    thumbnails = [number for number, page in enumerate(file.pages, 1) if "/Thumb" in page]
    if thumbnails:
        yield Issue("thumbnail", Place(page=thumbnails[0], what="thumbnail"), detail=f"{len(thumbnails)} pages")
    holders = [held for held in file.held if "/PieceInfo" in held.value]
    if holders:
        yield Issue("private-data", Place(what=holders[0].what), detail=f"{len(holders)} objects")
