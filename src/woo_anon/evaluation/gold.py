"""Gold documents: texts in which people marked what must go and what may stay (docs/evaluation.md).

# kind: nota                                   header: `# key: value` lines, ended by a blank line

De raming is van {{PERSON|Wortelboer}}.        the document; without its marks it is the plain text
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from woo_anon.document import Document, Entity, Page
from woo_anon.errors import UnreadableError
from woo_anon.spans import Span

SUFFIX = ".gold.txt"
_NOT_ANNOTATED = frozenset({Entity.TERM, Entity.SIGNATURE, Entity.AREA})
MUST_GO = frozenset(entity.value for entity in Entity if entity not in _NOT_ANNOTATED)
KEEP, TOP = "KEEP", "TOP"  # what stays always; whose name stays unless the policy says otherwise
UNNAMED = Entity.TERM.value  # in figures only: personal data of which reviewers did not say what it is
LABELS = MUST_GO | {KEEP, TOP}

_MARK = re.compile(r"\{\{([A-Z]+)\|([^{}|\n]+)\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_MARK_REMEDY = "A mark is {{LABEL|text}} on one line, without braces, bars or spaces at the edges of the text."


@dataclass(frozen=True, slots=True)
class Mention:
    """A marked stretch of the plain text."""

    span: Span
    label: str


@dataclass(frozen=True)
class Gold:
    """An annotated document. `name` is the file's without suffix; `first_line` that of `text` in the file, from 1."""

    name: str
    header: Mapping[str, str]
    text: str = field(repr=False)
    mentions: tuple[Mention, ...]
    first_line: int = 1

    @property
    def document(self) -> Document:
        """Its plain text, as if read from a text file."""
        return Document(self.name, "text", self.text, (Page(1, 0, len(self.text)),))

    def line(self, offset: int) -> int:
        """The line of the gold file on which the character at `offset` of the text stands."""
        return self.first_line + self.text.count("\n", 0, offset)


def read(folder: Path) -> tuple[Gold, ...]:
    """All `*.gold.txt` in `folder`, by name.

    Raises UnreadableError when there is none, or when one cannot be read or has a broken header or mark; the message
    names file and line, never what stands there.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not paths:
        raise UnreadableError(f"{folder}: no folder with gold documents.", f"Their names end in {SUFFIX}.")
    return tuple(_read(path) for path in paths)


def dumps(gold: Gold) -> str:
    """What `parse` makes `gold` of again. Raises ValueError when the text cannot stand in the format (`can_hold`)."""
    if not can_hold(gold.text):
        raise ValueError("the text holds double braces, or a line end other than that of the format")
    parts, last = [f"# {key}: {value}\n" for key, value in gold.header.items()] + ["\n"], 0
    for mention in sorted(gold.mentions, key=lambda mention: mention.span):
        surface = gold.text[mention.span.start : mention.span.end]
        mark = f"{{{{{mention.label}|{surface}}}}}"
        if mention.span.start < last or not can_mark(mention.label, surface):
            raise ValueError("a mark overlaps another, or cannot stand in the format")
        parts += [gold.text[last : mention.span.start], mark]
        last = mention.span.end
    return "".join([*parts, gold.text[last:]])


def can_hold(text: str) -> bool:
    """Whether the format can hold a text, marks aside: without double braces, in UTF-8, with line ends of one kind."""
    surrogates = any("\ud800" <= character <= "\udfff" for character in text)
    return not (surrogates or "\r" in text or _BRACES.search(text))


def can_mark(label: str, surface: str) -> bool:
    """Whether the format can mark `surface` with `label`."""
    return label in LABELS and surface == surface.strip() and bool(_MARK.fullmatch(f"{{{{{label}|{surface}}}}}"))


def _read(path: Path) -> Gold:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path.name}: not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
    return parse(path.name, content)


def parse(name: str, content: str) -> Gold:
    """Parse the content of the gold file `name`. Raises UnreadableError as `read` does."""
    head, blank, body = content.partition("\n\n")
    header = dict(_key(name, number, line) for number, line in enumerate(head.split("\n"), 1))
    first_line = head.count("\n") + 3
    if not blank:
        raise _broken(name, first_line - 2, "no blank line ends the header", "")
    text, mentions = _unmarked(name, first_line, body)
    return Gold(name.removesuffix(SUFFIX), header, text, mentions, first_line)


def _key(name: str, number: int, line: str) -> tuple[str, str]:
    key, colon, value = line.removeprefix("#").partition(":")
    if not line.startswith("#") or not colon:
        raise _broken(name, number, "not a header line", "A gold document begins with `# key: value` lines.")
    return key.strip(), value.strip()


def _unmarked(name: str, first_line: int, body: str) -> tuple[str, tuple[Mention, ...]]:
    """The plain text and its mentions."""
    parts: list[str] = []
    mentions: list[Mention] = []
    size = last = 0
    for mark in _MARK.finditer(body):
        label, surface = mark.groups()
        line = first_line + body.count("\n", 0, mark.start())
        if label not in LABELS:
            raise _broken(name, line, "unknown label", f"Labels are {', '.join(sorted(LABELS))}.")
        if surface != surface.strip():
            raise _broken(name, line, "white space at the edge of a mark", _MARK_REMEDY)
        before = body[last : mark.start()]
        start = size + len(before)
        parts += [before, surface]
        size = start + len(surface)
        mentions.append(Mention(Span(start, size), label))
        last = mark.end()
    text = "".join([*parts, body[last:]])
    left = _BRACES.search(text)
    if left:
        raise _broken(name, first_line + text.count("\n", 0, left.start()), "broken mark", _MARK_REMEDY)
    return text, tuple(mentions)


def _broken(name: str, line: int, what: str, remedy: str) -> UnreadableError:
    return UnreadableError(f"{name}, line {line}: {what}.", remedy)
