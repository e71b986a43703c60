"""Words of a scan that OCR may have misread and that may be names: for a person to judge.

Finds: `Zandvcort` on a page with `Zandvoort`; `Wortelb0er` of which Tesseract is not sure.
Must find: such words at which the tagger finds nothing.
Must leave: words that it is sure of and that are like no name; ordinary words; words in lower case.
Misses: names that became ordinary words (`Bakker` read as `Bakken`), or that lost their capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isnan

from rapidfuzz import fuzz, process

from woo_anon.detect.dictionary import is_ordinary, is_place, may_name
from woo_anon.document import Document, Entity, Evidence, Finding, Page
from woo_anon.spans import Overlaps, Span

DETECTOR = "ocr"
LIKE_A_NAME, UNSURE = Evidence("ocr:like-a-name"), Evidence("ocr:unsure")
SCORE = 0.45  # too low for other mentions to be looked for by it
_WORD = re.compile(r"(?<!\w)[^\W\d_a-z][\w'’-]*[^\W_](?!\w)")
_SHORTEST, _LONG = 4, 6  # letters; a name that a word is like has at least so many
_LIKE = 80.0  # of 0..100: one letter of five differs
_SURE = 70.0  # confidence of OCR in a word, 0..100; print that it reads well has 90 and more


def misread(document: Document, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The words of recognised pages that may be names, outside `findings`."""
    pages = [page for page in document.pages if page.confidences is not None]
    if not pages:
        return
    taken, names = Overlaps(findings), _names(document.text, findings)
    for page in pages:
        for match in _WORD.finditer(document.text, page.start, page.end):
            span = Span(*match.span())
            evidence = None if taken.any(span) else _evidence(match.group(), _confidence(page, span), names)
            if evidence:
                yield Finding(span, Entity.PERSON, SCORE, DETECTOR, evidence=(evidence,))


def _names(text: str, findings: Sequence[Finding]) -> list[str]:
    found = (text[one.span.start : one.span.end] for one in findings if one.entity is Entity.PERSON)
    words = {match.group().casefold() for surface in found for match in _WORD.finditer(surface)}
    return sorted(word for word in words if len(word) >= _LONG)


def _evidence(word: str, confidence: float, names: Sequence[str]) -> Evidence | None:
    if len(word) < _SHORTEST or is_ordinary(word) or is_place(word):
        return None
    if process.extractOne(word.casefold(), names, scorer=fuzz.ratio, score_cutoff=_LIKE):
        return LIKE_A_NAME
    letters = word.translate(_DIGITS)
    return UNSURE if confidence < _SURE and not word.isupper() and may_name(letters) else None


_DIGITS = str.maketrans("0135", "oles")  # what Tesseract makes of letters


def _confidence(page: Page, span: Span) -> float:
    """The least confidence in a character of `span`; that of a sure one where none is known."""
    assert page.confidences is not None
    known = page.confidences[span.start - page.start : span.end - page.start]
    return min((one for one in known if not isnan(one)), default=100.0)
