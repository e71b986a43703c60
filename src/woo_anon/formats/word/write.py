"""Writes the publication version of a Word document: the cleaned parts, labels for names, and nothing else.

    source ─► edition (as it was read) ─► labels ─► links, places, pictures ─► styles, settings, properties ─► ZIP

No part of the source is copied. What stands in the new file was taken over element by element (`allowed.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from itertools import count
from pathlib import Path
from typing import Any

from lxml import etree

from woo_anon.document import Document, Redaction, Written
from woo_anon.errors import OutputError, UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.document.addresses import Addresses
from woo_anon.formats.pdf.document.words import names_somebody
from woo_anon.formats.word.allowed import COMMENT_MARKS
from woo_anon.formats.word.answers import RELATIONSHIP as ANSWERS
from woo_anon.formats.word.answers import extended
from woo_anon.formats.word.clean import keep_known
from woo_anon.formats.word.edition import Edition, Story, open_edition
from woo_anon.formats.word.losses import Losses, remove
from woo_anon.formats.word.namespaces import CORE_TYPE, DUBLIN_CORE, RELATIONSHIP, q
from woo_anon.formats.word.parts import (
    clean_settings,
    clean_theme,
    content_types,
    core_properties,
    extended_properties,
    packed,
    relationships,
    serialised,
)
from woo_anon.formats.word.references import Links, Media, References, rename_places, renumber_heights, wrap_drawings
from woo_anon.formats.word.replace import replace_redactions
from woo_anon.formats.word.stylesheet import clean_fonts, default_language, rename_styles

_ANSWERS_PART = "commentsExtended.xml"
TITLE = "Publicatieversie"
_SHORTEST_TITLE, _LONGEST_TITLE = 3, 300


@dataclass
class _Job:
    edition: Edition
    names_somebody: Callable[[str], bool]
    addresses: Addresses
    remaining: str = field(repr=False)
    keeps_comments: bool
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    kinds: dict[str, str] = field(default_factory=dict)  # content type by part
    removed: set[str] = field(default_factory=set)
    language: str = ""


def write(
    source: Path,
    target: Path,
    document: Document,
    redactions: Sequence[Redaction],
    *,
    keep_layout: bool = False,
) -> Written:
    """Write `source`, read as `document`, to `target` without what `redactions` remove, and without anything that a
    reader does not see. Comments stay where `document` was read so that they are seen.

    `keep_layout` makes no difference: programs lay the text out anew whenever they open it. Raises UnreadableError when
    the source is not what was read, OutputError when the target cannot be written.
    """
    edition = open_edition(source, Access(accept_signed=True))
    if edition.text != document.text:
        raise UnreadableError(f"{source.name}: the file changed after it was read.", "Try again.")
    job = _job(edition, document, redactions)
    replace_redactions(edition, redactions)
    data = packed(_built(job))
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
    removed = job.removed | edition.losses.kinds - ({"comments"} if job.keeps_comments else set())
    return Written(removed=tuple(sorted(removed)), redactions=tuple(redactions))


def _job(edition: Edition, document: Document, redactions: Sequence[Redaction]) -> _Job:
    test = names_somebody(document, redactions)
    # An address is shown when readers see it: the unseen part of the text holds all addresses of links.
    end = max(page.end for page in document.pages if page.unseen is None)
    seen = changed(document, text=document.text[:end])
    remaining = seen.without(one.decision.span for one in redactions if one.decision.span.end <= end)
    return _Job(edition, test, Addresses(test, remaining), remaining, keeps_comments=end > edition.seen)


def _built(job: _Job) -> dict[str, bytes]:
    edition = job.edition
    stories = list(edition.stories)
    if job.keeps_comments and edition.comments is not None:
        stories.append(edition.comments)
    answers = _mark_comments(stories, edition.answers)
    names = _names(stories)
    texts = [story.root for story in stories if story.kind != "numbering"]
    rename_places(texts)
    renumber_heights(texts)
    main = _beside(job, [story.root for story in stories])
    media = Media(edition.package, edition.losses)
    numbers = count(1)
    for story in stories:
        writer = References(
            edition.package,
            story.part,
            parts=names,
            media=media,
            addresses=job.addresses,
            losses=edition.losses,
            number=lambda: next(numbers),
        )
        if story.kind == "document":
            writer.links.entries += main.entries
            for other in stories:
                if other.kind in ("footnotes", "endnotes", "numbering", "comments"):
                    writer.links.add(other.kind, names[other.part])
            if answers:
                writer.links.add(ANSWERS, _ANSWERS_PART)
        if story.kind == "comments" and answers:
            _add(job, "commentsExtended", _ANSWERS_PART, extended(story.root, answers), Links())
        _add(job, story.kind, names[story.part], story.root, writer.write(story.root))
    job.files |= {f"word/{name}": data for name, data in media.files.items()}
    _properties(job)
    job.files["[Content_Types].xml"] = content_types(job.kinds)
    return job.files


def _mark_comments(stories: Sequence[Story], answers: Mapping[str, str]) -> dict[str, str]:
    """Count comments anew, and say which of them answer which by their new numbers; where the text refers to one that
    is not there, the mark goes."""
    found = [one for story in stories for one in story.root.iter(q("w:comment"))]
    numbers = {one.get(q("w:id")): str(number) for number, one in enumerate(found)}
    for one in found:
        one.set(q("w:author"), one.get(q("w:author"), ""))  # the schema wants one
    for story in stories:
        _number_marks(story.root, numbers)
    return {numbers[one]: numbers[to] for one, to in answers.items() if one in numbers and to in numbers}


def _number_marks(root: Any, numbers: Mapping[str, str]) -> None:
    for mark in list(root.iter(*map(q, COMMENT_MARKS))):
        number, run = numbers.get(mark.get(q("w:id"))), mark.getparent()
        if number is not None:
            mark.set(q("w:id"), number)
        else:
            remove(mark)
            if run.tag == q("w:r") and all(child.tag == q("w:rPr") for child in run):
                remove(run)


def _names(stories: Sequence[Story]) -> dict[str, str]:
    """New names of the parts: those of the source may tell something."""
    names: dict[str, str] = {}
    for story in stories:
        number = sum(other.kind == story.kind for other in stories[: stories.index(story)]) + 1
        numbered = story.kind in ("header", "footer")
        names[story.part] = f"{story.kind}{number if numbered else ''}.xml"
    return names


def _beside(job: _Job, roots: list[Any]) -> Links:
    """Styles, settings, fonts and theme; the relationships to them."""
    links, package = Links(), job.edition.package
    main = next(story.part for story in job.edition.stories if story.kind == "document")
    found = {kind: part for kind in ("styles", "settings", "fontTable", "theme") if (part := package.one(main, kind))}
    trees = {kind: package.xml(part) for kind, part in found.items()}
    trees.setdefault("styles", etree.Element(q("w:styles")))
    if "settings" in trees:
        clean_settings(trees["settings"])
    if "theme" in trees:
        clean_theme(trees["theme"])
    for kind in ("styles", "fontTable"):
        if kind in trees:
            keep_known(trees[kind], Losses())
    for root in roots:
        for name in list(root.iter(q("w:name"))) if root.tag == q("w:numbering") else ():
            remove(name)
    rename_styles(trees["styles"], roots)
    job.language = default_language(trees["styles"])
    for root in [*trees.values(), *roots]:
        if clean_fonts(root, job.names_somebody):
            job.removed.add("font-names")
    for kind, tree in trees.items():
        _add(job, kind, f"{kind}.xml", tree, Links())
        links.add(kind, f"{kind}.xml")
    return links


def _add(job: _Job, kind: str, name: str, root: Any, links: Links) -> None:
    wrap_drawings(root)
    job.files[f"word/{name}"] = serialised(root)
    job.kinds[f"word/{name}"] = kind
    if links.entries:
        job.files[f"word/_rels/{name}.rels"] = relationships(links.entries)


def _properties(job: _Job) -> None:
    job.files["docProps/core.xml"] = core_properties(_title(job) or TITLE, job.language)
    job.files["docProps/app.xml"] = extended_properties()
    job.kinds |= {"docProps/core.xml": "core", "docProps/app.xml": "app"}
    job.files["_rels/.rels"] = relationships(
        [
            ("rId1", f"{RELATIONSHIP}/officeDocument", "word/document.xml", False),
            ("rId2", CORE_TYPE, "docProps/core.xml", False),
            ("rId3", f"{RELATIONSHIP}/extended-properties", "docProps/app.xml", False),
        ]
    )


def _title(job: _Job) -> str | None:
    """The title of the source where the text that stays holds it, word by word: else it may say more than that."""
    part = job.edition.package.one("", "core-properties")
    found = job.edition.package.xml(part).find(f"{{{DUBLIN_CORE}}}title") if part else None
    title = " ".join((found.text or "").split()) if found is not None else ""
    if not _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE or "\0" in title or job.names_somebody(title):
        return None
    return title if f" {title} " in f" {' '.join(job.remaining.split())} " else None
