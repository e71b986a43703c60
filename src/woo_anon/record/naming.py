"""File names of what is published: the source's, without names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from woo_anon.document import Span
from woo_anon.record.secrets import Secrets

GAP = "gelakt"  # stands where a name stood
_SEPARATOR = re.compile(r"[_.+\-]")
_WORD = re.compile(r"[^\W_]+")


def readable(path: PurePath) -> str:
    """The folders and the stem of `path` as a text to look for names in, each on its line, character for character."""
    return "\n".join(_SEPARATOR.sub(" ", part) for part in path.parts)


def without_names(path: PurePath, spans: Iterable[Span], secrets: Secrets) -> PurePath:
    """`path` with `gelakt` for what stands at `spans` of its `readable` text, and for the words of `secrets`.

    A part in which a secret remains, for it is joined to other letters, becomes `gelakt` altogether.
    """
    hidden = {place for span in spans for place in range(span.start, span.end)}
    parts, start = [], 0
    for part in path.parts:
        parts.append(_without(part, {place - start for place in hidden}, secrets))
        start += len(part) + 1
    return PurePath(*parts)


def _without(part: str, hidden: set[int], secrets: Secrets) -> str:
    words = [match.span() for match in _WORD.finditer(part)]
    gone = [_hit(span, hidden) or secrets.in_text(part[slice(*span)]) for span in words]
    for at in range(len(words) - 1, 0, -1):  # a letter before a name is an initial
        start, end = words[at - 1]
        gone[at - 1] |= gone[at] and end - start == 1
    pieces, end, open_gap = [], 0, False
    for (left, right), goes in zip(words, gone, strict=True):
        if not (goes and open_gap):
            pieces += [part[end:left], GAP if goes else part[left:right]]
        open_gap, end = goes, right
    kept = "".join([*pieces, part[end:]])
    return GAP if secrets.in_text(kept) else kept


def _hit(span: tuple[int, int], hidden: set[int]) -> bool:
    return not hidden.isdisjoint(range(*span))
