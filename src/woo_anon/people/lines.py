"""Names broken over a line end: what stands on the other line is taken to the mention.

    Pieter van           W.J. van der Meulen-
    Essenstam            Achterberg

The tagger looks at one line at a time, and often finds but one half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from woo_anon.document import Entity, Finding
from woo_anon.hyphens import HYPHENS
from woo_anon.people.name import is_title
from woo_anon.spans import Span

_INFIX = r"(?:[Vv]an|[Dd]er?|[Dd]en|[Tt]en?|[Tt]er|[Ee]l|[Aa]l|[Vv]on|[Dd][aiou]|'t)"
_GIVEN = r"(?:[^\W\d_a-z][\w'’-]*|(?:[^\W\d_a-z][a-z]{0,2}\.[ ]?)+)"
_TAIL = re.compile(rf"(?<![\w.])(?:(?P<given>{_GIVEN})\s+)?(?P<infix>(?:{_INFIX}\s+)*{_INFIX})\s*$")
_HALF = re.compile(rf"(?<![\w.])(?:{_GIVEN}\s+)?(?:{_INFIX}\s+)*[^\W\d_a-z][\w'’]+[{HYPHENS}]$")
_HEAD = re.compile(r"[ \t>]*(?P<word>[^\W\d_][\w'’-]*)(?![\w'’-]|[ \t]*:)")  # `Verzonden:` is no name
# `Ommen, Wytze van`: nothing is missing from it.
_REVERSED = re.compile(
    rf"(?:^|[:;>|\t]|\s\s)\s*[^\W\d_a-z][\w'’-]*,\s+(?:[^\W\d_a-z][\w.'’-]*\s+){{1,4}}(?:\([^()]*\)\s+)?"
    rf"(?:{_INFIX}\s+)*{_INFIX}\s*$"
)
_LONGEST = 120  # characters of a line that such a name is looked for in
_OPEN = re.compile(rf"(?:[{HYPHENS}]|\s{_INFIX})$")


def over_line_ends(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """`findings`, those of persons with what belongs to them on the line before and behind."""
    return tuple(
        replace(finding, span=_reaching(text, finding.span)) if finding.entity is Entity.PERSON else finding
        for finding in findings
    )


def _reaching(text: str, span: Span) -> Span:
    return Span(_start(text, span.start), _end(text, span))


def _start(text: str, start: int) -> int:
    line = text.rfind("\n", 0, start) + 1
    if line == 0 or text[line:start].strip(" \t>"):
        return start
    above = text.rfind("\n", 0, line - 1) + 1
    before = text[above : line - 1]
    half = _HALF.search(before)
    if half:
        return above + half.start()
    if _is_reversed(before):
        return start
    tail = _TAIL.search(before)
    if tail is None:
        return start
    given = tail.group("given")
    whole = given is not None and not is_title(given)
    if not whole and tail.group("infix").islower() and given is None:
        return start  # `de brief van` ends many a line
    return above + (tail.start() if whole else tail.start("infix"))


def _end(text: str, span: Span) -> int:
    line_end = text.find("\n", span.end)
    if line_end < 0 or text[span.end : line_end].strip(" \t" + HYPHENS):
        return span.end
    line = text[text.rfind("\n", 0, span.start) + 1 : line_end]
    mention = text[span.start : line_end].rstrip()
    if not _OPEN.search(mention) or _is_reversed(line):
        return span.end
    head = _HEAD.match(text, line_end + 1)
    if head is None or not (head.group("word")[0].isupper() or mention.endswith(tuple(HYPHENS))):
        return span.end
    return head.end()


def _is_reversed(line: str) -> bool:
    """Whether a line ends with a name whose surname stands before it."""
    return _REVERSED.search(line[-_LONGEST:]) is not None
