"""A document as a reader sees it, made of the parts of the source: what both reading and writing start from.

    headers ─► body ─► footnotes ─► endnotes ─► footers ─► labels of lists      what readers see
    comments, each below the line `Auteur: …`                                   what may stay, where somebody wants it
    all that was taken out, and the words of every other part                   deletions, properties, templates, …

`text` is the text of all of it; `seen` says how much of it readers see, `known` how much may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from woo_anon.document import Hint
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.word.answers import answers
from woo_anon.formats.word.clean import clean_story
from woo_anon.formats.word.flow import Piece, blocks, spoken, spoken_keys
from woo_anon.formats.word.hidden import hiding_styles
from woo_anon.formats.word.losses import Losses, remove
from woo_anon.formats.word.namespaces import q
from woo_anon.formats.word.package import EXPORT_AGAIN, Package, open_package
from woo_anon.formats.word.stylesheet import is_own_style
from woo_anon.spans import Span

_NUMBER = re.compile(r"%\d")  # where the number stands in a label
_AUTHOR = Piece("Auteur: ")
_LONGEST_HINT, _MOST_HINTS = 300, 1000
_XML = ("xml", "rels")
_WORDLESS = ("styles", "theme", "fontTable", "webSettings", "numbering", "stylesWithEffects")
# Kinds of parts that never go into the publication version, by a word of their content type or name.
_DROPPED_PARTS = {
    "customXml": "custom-xml", "customproperties": "custom-properties", "comments": "comments", "glossary": "glossary",
    "people": "people", "vbaProject": "macros", "vbaData": "macros", "activeX": "controls", "printerSettings":
    "printer-settings", "oleObject": "embedded-objects", "embeddings": "embedded-objects", "thumbnail": "thumbnail",
    "chart": "charts", "diagram": "drawings", "core-properties": "properties", "extended-properties": "properties",
    "obfuscatedFont": "embedded-fonts", "fonts/": "embedded-fonts", "xmlsignatures": "signature",
    "keyMapCustomizations": "customisations", "attachedToolbars": "customisations", "mailMerge": "mail-merge",
    "webextension": "web-extensions", "afchunk": "inserted-documents",
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A part that holds text, cleaned. `kind` is the type of the relationship that leads to it."""

    part: str
    kind: str
    root: Any = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)


@dataclass(frozen=True)
class Edition:
    """The source, cleaned. `hints` are names that the file itself knows."""

    package: Package
    stories: tuple[Story, ...]  # in reading order
    comments: Story | None
    answers: Mapping[str, str]  # comments that answer another one, by identifier
    losses: Losses = field(repr=False)
    hints: tuple[Hint, ...] = field(repr=False)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces that may stay, those of comments last."""
        told = (story.pieces for story in (*self.stories, *filter(None, [self.comments])))
        return tuple(piece for pieces in told for piece in pieces)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each piece starts in `text`."""
        return (0, *accumulate(len(piece.text) for piece in self.pieces))

    @cached_property
    def seen(self) -> int:
        """How much of `text` readers see, in code points."""
        return sum(len(piece.text) for story in self.stories for piece in story.pieces)

    @cached_property
    def known(self) -> int:
        """How much of `text` readers see and comments say, in code points."""
        return self.starts[-1]

    @cached_property
    def authors(self) -> tuple[Span, ...]:
        """Where the names of those who wrote comments stand in `text`."""
        starts = zip(self.pieces, self.starts, strict=False)
        return tuple(Span(at, at + len(piece.text)) for piece, at in starts if piece.key == q("w:author"))

    @cached_property
    def text(self) -> str:
        """What readers see, comments, then all else."""
        known = "".join(piece.text for piece in self.pieces)
        lines = list(dict.fromkeys(" ".join(line.split()) for line in self.losses.lines))
        return known + "".join(f"{line}\n" for line in lines if line)

    def story(self, kind: str) -> Story | None:
        return next((story for story in self.stories if story.kind == kind), None)


def open_edition(path: Path, access: Access = NO_ACCESS) -> Edition:
    """Read and clean the document at `path`.

    Raises what `open_package` raises, RefusedError when it is signed (unless `access` accepts that).
    """
    package = open_package(path)
    main = package.one("", "officeDocument")
    if main is None:
        raise UnreadableError(f"{path.name}: this document has no text part.", EXPORT_AGAIN)
    signed = any(name.startswith("_xmlsignatures/") for name in package.parts)
    if signed and not access.accept_signed:
        raise RefusedError(
            f"{path.name}: is signed; redaction breaks the signature.",
            "Use --accept-signed to handle it all the same.",
        )
    return _Reading(package, main).edition()


class _Reading:
    def __init__(self, package: Package, main: str) -> None:
        self.package, self.main = package, main
        self.losses = Losses()
        self.used: set[str] = {main}
        styles = package.one(main, "styles")
        self.styles = package.xml(styles) if styles else None
        self.hiding = hiding_styles(self.styles)

    def edition(self) -> Edition:
        body = self._body()
        headers, footers = self._margins(body, "header"), self._margins(body, "footer")
        notes = self._notes([body, *headers, *footers], "footnotes") + self._notes([body], "endnotes")
        labels = self._labels()
        comments = self._comments([body, *headers, *footers, *notes])
        self._tell_other_parts()
        return Edition(
            self.package,
            (*headers, body, *notes, *footers, *labels),
            comments,
            self._answers(),
            self.losses,
            tuple(self._hints()),
        )

    def _clean(self, part: str) -> Any:
        root = self.package.xml(part)
        clean_story(root, self.hiding, self.losses)
        self.used.add(part)
        return root

    def _read(self, root: Any, pieces: list[Piece]) -> tuple[Piece, ...]:
        """The pieces, when they are all the text that is left: what stands where no reader looks goes."""
        read = {(piece.node, piece.key) for piece in pieces}
        for node in list(root.iter()):
            if node.tag in (q("w:t"), q("m:t")) and node.text and (node, None) not in read:
                self.losses.drop(node)
            for key in spoken_keys(node):
                if (node, key) not in read:
                    self.losses.say(node.attrib.pop(key))
        return tuple(pieces)

    def _body(self) -> Story:
        root = self._clean(self.main)
        bodies = root.findall(q("w:body"))
        for other in bodies[1:]:
            self.losses.drop(other)
        if root.tag != q("w:document") or not bodies:
            raise UnreadableError(f"{self.package.name}: this document has no text part.", EXPORT_AGAIN)
        return Story(self.main, "document", root, self._read(root, blocks(bodies[0])))

    def _margins(self, body: Story, kind: str) -> list[Story]:
        """Headers or footers in the order in which sections refer to them."""
        related = self.package.relationships(self.main)
        found: dict[str, Story] = {}
        for reference in body.root.iter(q(f"w:{kind}Reference")):
            relationship = related.get(reference.get(q("r:id"), ""))
            if relationship is None or relationship.external or relationship.target not in self.package.parts:
                remove(reference)
            elif relationship.target not in found:
                root = self._clean(relationship.target)
                found[relationship.target] = Story(relationship.target, kind, root, self._read(root, blocks(root)))
        return list(found.values())

    def _notes(self, stories: list[Story], kind: str) -> list[Story]:
        """Foot- or endnotes to which the text refers; the others are seen by nobody."""
        part = self.package.one(self.main, kind)
        wanted = {
            reference.get(q("w:id")) for story in stories for reference in story.root.iter(q(f"w:{kind[:-1]}Reference"))
        }
        if part is None:
            for story in stories:
                for reference in list(story.root.iter(q(f"w:{kind[:-1]}Reference"))):
                    remove(reference)
            return []
        root = self._clean(part)
        for note in list(root):
            is_separator = note.get(q("w:type"), "normal") != "normal"
            if note.tag != q(f"w:{kind[:-1]}") or not (is_separator or note.get(q("w:id")) in wanted):
                self.losses.drop(note, "unused-notes")
        pieces = [piece for note in root for piece in blocks(note)]
        known = {note.get(q("w:id")) for note in root}
        for story in stories:
            for reference in list(story.root.iter(q(f"w:{kind[:-1]}Reference"))):
                if reference.get(q("w:id")) not in known:
                    remove(reference)
        return [Story(part, kind, root, self._read(root, pieces))]

    def _labels(self) -> list[Story]:
        """What lists put before their items, beyond the number."""
        part = self.package.one(self.main, "numbering")
        if part is None:
            return []
        root = self._clean(part)
        pieces = [
            piece
            for label in root.iter(q("w:lvlText"))
            if sum(map(str.isalnum, _NUMBER.sub("", label.get(q("w:val"), "")))) > 1  # one letter is a bullet
            for piece in spoken(label)
        ]
        return [Story(part, "numbering", root, tuple(pieces))]

    def _comments(self, stories: list[Story]) -> Story | None:
        """The comments to which the text refers, and their answers; the others are seen by nobody."""
        part = self.package.one(self.main, "comments")
        if part is None:
            return None
        root = self._clean(part)
        self.losses.kinds.add("comments")
        wanted = {mark.get(q("w:id")) for story in stories for mark in story.root.iter(q("w:commentReference"))}
        for comment in list(root):
            if comment.tag != q("w:comment") or comment.get(q("w:id")) not in wanted:
                self.losses.drop(comment, "unused-notes")
        pieces = [piece for comment in root for piece in (*_author(comment), *blocks(comment))]
        return Story(part, "comments", root, self._read(root, pieces))

    def _answers(self) -> Mapping[str, str]:
        parts = [self.package.one(self.main, kind) for kind in ("comments", "commentsExtended")]
        trees = [self.package.xml(part) for part in parts if part is not None]
        return answers(*trees) if len(trees) == len(parts) else {}

    def _tell_other_parts(self) -> None:
        """The words of everything that does not go into the publication version as it is."""
        for part in sorted(self.package.parts):
            folder, _, base = part.rpartition("/")
            told = f"{part} {self.package.types.get(part, '')}"
            self.losses.kinds.update(code for word, code in _DROPPED_PARTS.items() if word in told)
            if folder.endswith("_rels"):
                self._tell_targets(part)
            elif part not in self.used and self._is_xml(part) and not base.startswith(_WORDLESS) and folder:
                self.losses.note(self.package.xml(part))
        if self.styles is not None:
            for name in self.styles.iter(q("w:name")):
                if is_own_style(name.get(q("w:val"), "")):
                    self.losses.say(name.get(q("w:val")))

    def _is_xml(self, part: str) -> bool:
        return part.rpartition(".")[2].lower() in _XML or self.package.types.get(part, "").endswith("xml")

    def _tell_targets(self, part: str) -> None:
        folder, _, base = part.rpartition("/")
        source = f"{folder.removesuffix('_rels')}{base.removesuffix('.rels')}"
        for relationship in self.package.relationships(source).values():
            if relationship.external:
                self.losses.say(relationship.target)
                if relationship.type in ("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource"):
                    self.losses.kinds.add("template" if relationship.type == "attachedTemplate" else "mail-merge")

    def _hints(self) -> Iterator[Hint]:
        found: dict[Hint, None] = {}
        for part in sorted(self.package.parts):
            if not self._is_xml(part) or part.endswith(".rels") or part.rpartition("/")[2].startswith(_WORDLESS):
                continue
            for kind, value in _names_in(self.package.xml(part)):
                clean = " ".join(value.split())
                if clean and len(clean) <= _LONGEST_HINT and len(found) < _MOST_HINTS:
                    found[Hint(kind, clean)] = None
        yield from found


def _author(comment: Any) -> list[Piece]:
    author = spoken(comment)
    return [_AUTHOR, *author] if author else []


_PROPERTIES = {"creator": "info:Author", "lastModifiedBy": "info:LastModifiedBy", "Manager": "info:Manager"}


def _names_in(root: Any) -> Iterator[tuple[str, str]]:
    """Authors of the document, of comments and changes, and people."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        local = element.tag.rpartition("}")[2]
        if local in _PROPERTIES and element.text and len(element) == 0:
            yield _PROPERTIES[local], element.text
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "author":
                kind = {"comment": "comment:author", "person": "person:author"}.get(local, "change:author")
                yield kind, value
