"""Who wrote a comment, as the file itself says it: somebody, whatever the name looks like.

Finds: what stands in the place of an author and no other recogniser takes for a name: `ovisser`, `DGX-beleid 2`.
Must find: the same.
Must leave: an author of whose name another recogniser found a part; then that decides.
Misses: the rest of such a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from woo_anon.document import Document, Entity, Evidence, Finding
from woo_anon.spans import Overlaps

DETECTOR, SCORE = "file", 0.9
_AUTHOR = Evidence("file:author")


def unfound(document: Document, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The authors in `document` that no finding touches."""
    taken = Overlaps(findings)
    for span in document.authors:
        if not taken.any(span):
            yield Finding(span, Entity.USERNAME, SCORE, DETECTOR, evidence=(_AUTHOR,))
