"""File names of what is published: the source's, without names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from woo_anon.document import Decision, Document, Entity, Page, Redaction
from woo_anon.record.secrets import Secrets
from woo_anon.spans import Overlaps, Span

GAP = "gelakt"  # stands where a name stood
_SEPARATOR = re.compile(r"[_.+\-]")
_WORD = re.compile(r"[^\W_]+")


def as_document(path: PurePath) -> Document:
    """The folders and the stem of `path` as a text to look for names in, each on its line, character for character."""
    text = "\n".join(_SEPARATOR.sub(" ", part) for part in path.parts)
    return Document(path.name, "text", text, (Page(1, 0, len(text)),))


def without_names(
    path: PurePath,
    found: Sequence[Decision],
    document: Document,
    decisions: Sequence[Decision],
    known: Sequence[Span] = (),
) -> PurePath:
    """`path` with `gelakt` for names of people: of those who go from the `document` by its `decisions`, and of whoever
    is `found` in the path as a document of its own, or `known` from the documents beside it, unless he stays in the
    document.

    A name without a sentence around it says too little of whose it is; but what the document says without its being
    taken for one, is none in the path either. A part of the path in which a word remains that goes, for it is joined to
    other letters, becomes `gelakt` altogether.
    """
    text = as_document(path).text
    secrets = _words(document, (one for one in _shown(document, decisions) if one.removes))
    staying = _words(document, (one for one in decisions if one.entity is Entity.PERSON and not one.removes)).words
    decided = Overlaps(decisions)
    hidden = {
        place
        for span in (*known, *(one.span for one in found if _goes(one)))
        if not staying.issuperset(Secrets.words_of(text[span.start : span.end]))
        and not _is_plain(text[span.start : span.end], document, decided)
        for place in range(span.start, span.end)
    }
    parts, start = [], 0
    for part in path.parts:
        parts.append(_without(part, {place - start for place in hidden}, secrets))
        start += len(part) + 1
    return PurePath(*parts)


def _words(document: Document, decisions: Iterable[Decision]) -> Secrets:
    return Secrets.of(document, [Redaction(number, decision) for number, decision in enumerate(decisions, 1)])


def _is_plain(words: str, document: Document, decided: Overlaps[Decision]) -> bool:
    """Whether the document says these words somewhere where nothing was found."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
    return any(not decided.any(Span(*match.span())) for match in pattern.finditer(document.text))


def _shown(document: Document, decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions on what readers see: properties and other evidence hold too much that only looks like a name."""
    pages = {page.number for page in document.pages if page.unseen is None or page.boxes}
    return (one for one in decisions if document.page_of(one) in pages)


def _goes(decision: Decision) -> bool:
    # What looks like initials in a file name mostly is none; those of the document are among its secrets.
    return decision.entity is Entity.PERSON or (decision.removes and decision.entity is not Entity.INITIALS)


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
