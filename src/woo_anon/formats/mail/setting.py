"""The text of a mail, redacted, as the data that typst sets: nothing of what was redacted is in it.

text        Dag Jan,          runs     ("text", "Dag "), ("gone", "[5.1.2e]"), ("text", ",")
> lines     > > Beste …       quotes   a block within a block for each mark, which itself is not written
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from woo_anon.document import Redaction
from woo_anon.formats.mail.compose import Composed, PartKind, TextPart
from woo_anon.formats.text import PLAIN_LABEL
from woo_anon.spans import Span

Run = tuple[str, str]  # ("text" or "gone", what stands there)
Line = list[Run]

QUOTE = re.compile(r" {0,3}>(?: {0,3}>)* ?")
_DEEPEST = 8  # quotes within each other; deeper ones stand at this depth
_LONG = re.compile(r"\S{60,}")
_BREAKABLE = 30  # characters of a long word after which a line may end


class Runs:
    """What remains of a text, by span."""

    def __init__(self, text: str, redactions: Sequence[Redaction], written: Callable[[str], str]) -> None:
        self._text = text
        self._written = written  # how text is written of which some characters have no glyph
        self._gone = sorted((one.decision.span, one.decision.label or PLAIN_LABEL) for one in redactions)

    def of(self, span: Span) -> Iterator[Run]:
        """The runs of `span`, in order. A redaction that starts before it has left its label there."""
        at = span.start
        for gone, label in self._gone:
            if gone.end <= at or gone.start >= span.end:
                continue
            if gone.start > at:
                yield "text", self._written(self._text[at : gone.start])
            if gone.start >= span.start:
                yield "gone", f"[{label}]"
            at = min(gone.end, span.end)
        if at < span.end:
            yield "text", self._written(self._text[at : span.end])

    def lines(self, span: Span) -> list[Line]:
        """The runs of `span`, line by line."""
        lines: list[Line] = [[]]
        for kind, text in self.of(span):
            first, *others = text.split("\n") if kind == "text" else [text]
            lines[-1].append((kind, first))
            lines += [[(kind, other)] for other in others]
        return [[run for run in line if run[1]] for line in lines]

    def plain(self, span: Span) -> str:
        """The runs of `span` as one line of text."""
        return " ".join("".join(text for _, text in self.of(span)).split())


def set_text(composed: Composed, runs: Runs, outcome: Callable[[TextPart], str]) -> dict[str, Any]:
    """Fields, body and attachments as `template.typ` takes them. `outcome`: what is said of an attachment, or ""."""
    fields, body, heading, attachments = [], [], None, []
    for part in composed.parts:
        if part.kind is PartKind.FIELD:
            fields.append(_field(runs, part))
        elif part.kind is PartKind.BODY:
            body = list(_blocks([_quoted(line) for line in runs.lines(part.span)], 0))
        elif part.kind is PartKind.ATTACHMENTS:
            heading = _line(list(runs.of(part.span)))
        else:
            listed = list(runs.of(Span(part.span.start + 2, part.span.end)))  # the list has marks of its own
            said = outcome(part)
            attachments.append(_line([*listed, *([("text", f" – {said}")] if said else [])]))
    return {"fields": fields, "body": body, "heading": heading, "attachments": attachments}


def _field(runs: Runs, part: TextPart) -> tuple[str, Line]:
    name = Span(part.span.start, part.span.start + part.label)
    value = Span(name.end, part.span.end) if name.end < part.span.end else None
    return runs.plain(name), _line(_stripped(runs.of(value))) if value else []


def _stripped(line: Iterator[Run]) -> Line:
    """A line without the space in front of it."""
    found = list(line)
    if found and found[0][0] == "text":
        found[0] = ("text", found[0][1].lstrip())
    return [run for run in found if run[1]]


def _quoted(line: Line) -> tuple[int, Line]:
    """How deep a line is quoted, and the line without its marks."""
    marks = QUOTE.match(line[0][1]) if line and line[0][0] == "text" else None
    if marks is None:
        return 0, line
    first = (line[0][0], line[0][1][marks.end() :])
    return marks[0].count(">"), [first, *line[1:]] if first[1] else line[1:]


def _blocks(lines: Sequence[tuple[int, Line]], depth: int) -> Iterator[tuple[str, Any]]:
    for deeper, group in groupby(lines, key=lambda line: min(line[0], _DEEPEST) > depth):
        together = list(group)
        if deeper:
            yield "quote", list(_blocks(together, depth + 1))
        else:
            yield from (("lines", lines) for lines in _paragraphs(line for _, line in together))


def _paragraphs(lines: Iterator[Line]) -> Iterator[list[Line]]:
    for blank, group in groupby(lines, key=lambda line: not "".join(text for _, text in line).strip()):
        if not blank:
            yield [_line(line) for line in group]


def _line(line: Line) -> Line:
    """A line ready to be set: its spaces kept, long words with places where they may break."""
    return [(kind, _breakable(_spaced(text)) if kind == "text" else text) for kind, text in line]


def _spaced(text: str) -> str:
    """Columns and indents that were made with spaces stay apart: typst drops spaces at the start of a line."""
    text = text.replace("\t", "    ")
    return re.sub(r"^ +| {2,}", lambda spaces: "\u00a0" * len(spaces[0]), text)


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: "\u200b".join(re.findall(f".{{1,{_BREAKABLE}}}", word[0])), text)
