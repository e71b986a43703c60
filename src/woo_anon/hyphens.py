"""Words that a text cuts up, made whole as their readers make them.

    Terp-⏎stra     Ç­ elik     T e r p s t r a     Terp-⏎Pagina 2 van 4⏎stra

Where such a word is redacted, it is looked for in its whole form: that is how a bookmark or a link writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from woo_anon.spans import Span

HYPHENS = "-\u00ad\u2010\u2011"
# Within a line, a soft hyphen is the sign of an accent that stood apart from its letter (`reading/accents.py` of the
# PDF format), and PDFium may see a space behind it.
_CUT = re.compile(rf"[{HYPHENS}][ \t]*\r?\n[\s>]*|\u00ad\s+")
SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\u00a0][^\W\d_]){3,}(?![^\W_])")
_APART = re.compile(r"[ .\u00a0]")
# At the end of a page or a column: what stands between the halves, a foot and a head or a note, begins otherwise.
_FIRST_HALF = re.compile(rf"(?<![^\W_])[^\W\d_]{{2,}}[{HYPHENS}](?=[ \t|]*\r?\n)")
_SECOND_HALF = re.compile(r"[ \t>]*(?:\d{1,4}[ \t]+)?(?P<half>[a-zß-öø-ÿ][^\W\d_]+)(?![^\W_])")
_ADJACENT = re.compile(r"[ \t]*\r?\n[ \t>]*[a-zß-öø-ÿ]")
_LINES_BETWEEN = 12


def made_whole(text: str, spans: Iterable[Span]) -> Iterator[tuple[Sequence[Span], str]]:
    """What `spans` say with the words whole that the text cuts up, and the spans that say it together, for each line
    has one of its own; nothing where no word is cut up."""
    for said_by in _stretches(text, spans):
        said = text[said_by[0].start : said_by[-1].end]
        whole = SPACED.sub(lambda word: closed(word.group()), _CUT.sub("", said))
        if whole != said:
            yield said_by, whole


@lru_cache(maxsize=1)  # it is asked for once for each text that somebody names
def halves(text: str) -> tuple[tuple[Span, Span], ...]:
    """The halves of words that are hyphenated at the end of a line and do not go on at the begin of the next: at the
    end of a page, above a running foot, or beside numbers of lines. The first ends with its hyphen."""
    return tuple(_halves(text))


def _halves(text: str) -> Iterator[tuple[Span, Span]]:
    for first in _FIRST_HALF.finditer(text):
        at = text.index("\n", first.end()) + 1
        if _ADJACENT.match(text, first.end()):
            continue
        for _ in range(_LINES_BETWEEN):
            second = _SECOND_HALF.match(text, at)
            if second:
                yield Span(*first.span()), Span(*second.span("half"))
                break
            at = text.find("\n", at) + 1
            if not at:
                break


def closed(word: str) -> str:
    """A spaced-out word without the spaces."""
    return _APART.sub("", word)


def _stretches(text: str, spans: Iterable[Span]) -> list[list[Span]]:
    """The spans in order, those together between which a word is cut up."""
    stretches: list[list[Span]] = []
    for span in sorted(filter(len, spans)):
        if stretches and _is_cut(text, stretches[-1][-1].end, span.start):
            stretches[-1].append(span)
        else:
            stretches.append([span])
    return stretches


def _is_cut(text: str, end: int, start: int) -> bool:
    """Whether a word goes on at `start` that ends at `end`, with its hyphen or before it."""
    return any(_CUT.fullmatch(text, at, start) for at in (end - 1, end))
