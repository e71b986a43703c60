"""Writes the publication version of a PDF.

source ─► plan the boxes ─► rewrite the pages ─► compare with PDFium ─► sanitise ─► draw ─► metadata ─► roles ─► target
                              │ not understood      │ disagrees: again with boxes as wide as their text
                              └─────────────────────┴─► the page becomes an image
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from woo_anon.document import Document, Redaction, Written
from woo_anon.errors import OutputError, RefusedError, UnreadableError
from woo_anon.formats.pdf.boxes.calibrated import calibrate, calibrate_grey
from woo_anon.formats.pdf.boxes.drawing import LabelFont, draw
from woo_anon.formats.pdf.boxes.geometry import disagreement, glyphs_of
from woo_anon.formats.pdf.boxes.links import move_links
from woo_anon.formats.pdf.boxes.move import Plan
from woo_anon.formats.pdf.boxes.planned import PlannedPage, as_drawn, planned_pages
from woo_anon.formats.pdf.content import patterns
from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.layers import hidden_test
from woo_anon.formats.pdf.content.resources import (
    FontCache,
    Resources,
    give_fonts_numbers,
    inherited,
    reaches,
)
from woo_anon.formats.pdf.content.rewrite import Rewritten, clean_drawing, rewrite_page
from woo_anon.formats.pdf.content.showing import HIDDEN_TEXT
from woo_anon.formats.pdf.content.speaking import data_speaks, page_speaks
from woo_anon.formats.pdf.content.splitting import split_at_boxes
from woo_anon.formats.pdf.content.stream import Scrub, Touched
from woo_anon.formats.pdf.document.metadata import TITLE, Claims, clean_output_intents, read_claims, write_metadata
from woo_anon.formats.pdf.document.roles import keep_what_has_a_role
from woo_anon.formats.pdf.document.sanitise import sanitise
from woo_anon.formats.pdf.document.title import shown_title
from woo_anon.formats.pdf.document.words import names_somebody
from woo_anon.formats.pdf.fonts.notices import clean_notices
from woo_anon.formats.pdf.fonts.sets import declare_subsets
from woo_anon.formats.pdf.fonts.subset import subset_fonts
from woo_anon.formats.pdf.pictures.raster import page_image, replace_page
from woo_anon.formats.pdf.structure.tagging import ParentTree
from woo_anon.formats.pdf.structure.tree import Losses, clean_structure
from woo_anon.formats.pdf.unseen.pictures import Sights, sights_of
from woo_anon.formats.pdf.unseen.removal import at_spots, spots
from woo_anon.geometry import Box

_BROKEN = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


@dataclass
class _Job:
    """One document on its way through."""

    source: Path
    pdf: pikepdf.Pdf
    pages: dict[int, PlannedPage]  # by number, those on which something is removed
    scrub: Scrub
    any_hidden: bool
    rotations: Sequence[int]
    remaining_text: str = field(repr=False)
    touched: dict[int, Touched] = field(default_factory=dict)
    sights: Mapping[int, Sights] = field(default_factory=dict)  # of the pages that may hide pictures
    images: dict[int, str] = field(default_factory=dict)  # page number → why it became one
    removed: set[str] = field(default_factory=set)

    def areas(self, number: int) -> list[Box]:
        page = self.pages.get(number)
        return page.areas if page else []

    def plan(self, number: int) -> Plan:
        page = self.pages.get(number)
        return page.plan if page else Plan(())


def write(
    source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool = False
) -> Written:
    """Write `source` to `target` without what `redactions` remove, and without anything that is not needed to read it.

    With `keep_layout` no text moves: boxes are as wide as what they cover, which tells something of it. Raises
    UnreadableError when the source cannot be opened, RefusedError when a page shows text in a pattern, OutputError when
    the target cannot be written or a page can neither be rewritten nor made an image. Pages that became images are
    listed in the result, with a reason.
    """
    with _opened(source) as pdf:
        claims = read_claims(pdf)
        give_fonts_numbers(pdf)
        is_hidden, any_hidden = hidden_test(pdf)
        scrub = Scrub(names_somebody(document, redactions), is_hidden, FontCache())
        rotations = [page.rotation for page in document.pages]
        planned = planned_pages(source, document, redactions, keep_layout=keep_layout)
        left = document.without(redaction.decision.span for redaction in redactions)
        title = shown_title(pdf, left, scrub.names_somebody)
        job = _Job(source, pdf, planned, scrub, any_hidden, rotations, left)
        hiding = [page.number for page in document.pages if page.hides_pictures]
        job.sights = sights_of(source, hiding) if hiding else {}  # it opens the file once more
        job.images |= {number: "hidden:pictures" for number in hiding if number not in job.sights}
        _rewrite_pages(job)
        _compare_with_pdfium(job)
        _make_images(job)
        _clean_document(job)
        _draw_boxes(job)
        if job.pages and subset_fonts(pdf, job.scrub.fonts, job.scrub.names_somebody):
            job.removed.add("unused-glyphs")
        if clean_notices(pdf, job.scrub.names_somebody):
            job.removed.add("notices")
        claims = claims.of_pictures() if job.images else claims
        _meet(job, claims)
        write_metadata(pdf, claims, title or TITLE)
        job.removed |= keep_what_has_a_role(pdf, job.scrub.names_somebody)
        _save(pdf, target, plain=claims.archival.startswith("1"))
    images = tuple(sorted(job.images.items()))
    return Written(
        images, tuple(sorted(job.removed)), as_drawn(job.pages.values(), redactions), tuple(_with_hidden_text(job))
    )


def _opened(source: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(source)
    except (pikepdf.PdfError, OSError) as error:
        raise UnreadableError(f"{source.name}: qpdf cannot open this PDF.", "Export it again.") from error


def _rewrite_pages(job: _Job) -> None:
    """Rewrite what is hit, and what speaks beside its text; a page that is not understood is marked as an image."""
    for number, page in enumerate(job.pdf.pages, start=1):
        try:
            if number in job.pages and "/StructParents" in page.obj:
                split_at_boxes(job.pdf, page, job.areas(number), job.scrub.fonts, ParentTree(job.pdf))
            if number in job.pages or job.any_hidden or page_speaks(page, job.scrub.names_somebody):
                _rewrite(job, number, page)
        except NotUnderstoodError as doubt:
            if doubt.reason == patterns.TEXT:
                raise RefusedError(
                    f"{job.source.name}: page {number} shows text in a pattern, which is not read.",
                    "Print it to a new PDF and run OCR on that (for example OCRmyPDF).",
                ) from doubt
            job.images[number] = doubt.reason
        except _BROKEN:
            job.images[number] = "content:broken"
    for stream, resources in _drawings(job.pdf):
        _clean_drawing(job, stream, resources)


def _drawings(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Forms, tiles and glyph procedures, each with the dictionary that has its resources."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            if str(item.get("/Subtype", "")) == "/Form" or "/PatternType" in item:
                yield item, item
        elif isinstance(item, pikepdf.Dictionary) and isinstance(item.get("/CharProcs"), pikepdf.Dictionary):
            glyphs = item.CharProcs
            yield from ((glyph, item) for _, glyph in glyphs.items() if isinstance(glyph, pikepdf.Stream))


def _clean_drawing(job: _Job, drawing: Any, holder: Any) -> None:
    """A form, a tile or a glyph keeps what it shows, for no hit page uses it, but not what speaks beside that."""
    try:
        patterned = "/Pattern" in holder.get("/Resources", {})
        if patterned or data_speaks(drawing.read_bytes(), job.scrub.names_somebody):
            clean_drawing(job.pdf, drawing, holder, job.scrub)
    except (NotUnderstoodError, *_BROKEN) as doubt:
        reason = doubt.reason if isinstance(doubt, NotUnderstoodError) else "content:broken"
        for number, page in enumerate(job.pdf.pages, start=1):
            if reaches(page.obj.get("/Resources") or inherited(page.obj), drawing.objgen):
                job.images.setdefault(number, reason)


def _rewrite(job: _Job, number: int, page: pikepdf.Page) -> None:
    own = job.pages.get(number)
    unseen = own.unseen if own is not None else None
    if unseen is not None and unseen.doubt is not None:
        raise NotUnderstoodError(unseen.doubt)
    if own is not None:
        own.content = (page.obj.get("/Resources"), page.obj.get("/Contents"))
    rewritten = _rewritten(job, number, page)
    if own is not None and own.obstacles is not None and rewritten.touched.clipped:
        own.obstacles.clips += rewritten.touched.clipped
        own.make_plan()
        rewritten = _rewritten(job, number, page)
    if own is not None and rewritten.touched.tells:
        own.with_exact_widths()
        rewritten = _rewritten(job, number, page)
    job.touched[number] = rewritten.touched
    job.removed |= rewritten.touched.kinds
    page.obj.Resources = rewritten.resources
    page.obj.Contents = job.pdf.make_stream(b"q\n" + rewritten.content + b"\nQ\n")


def _rewritten(job: _Job, number: int, page: pikepdf.Page) -> Rewritten:
    plan, own = job.plan(number), job.pages.get(number)
    covered = [place.box for place in plan.places if place.exact]
    unseen = spots(own.unseen if own is not None else None)
    sights = job.sights.get(number, {})
    areas, moves = job.areas(number), plan.moves
    return rewrite_page(job.pdf, page, areas, job.scrub, moves, covered=covered, unseen=unseen, sights=sights)


def _compare_with_pdfium(job: _Job) -> None:
    """Read the rewritten pages with PDFium. Where it sees another page than expected, the page is written once more
    with boxes as wide as their text; when that fails too it becomes an image."""
    wrong = _compared(job, [number for number in job.pages if number not in job.images])
    again = [number for number in wrong if job.plan(number).moves]
    for number in again:
        _rewrite_exactly(job, number, wrong)
    wrong |= _compared(job, [number for number in again if number not in job.images])
    job.images |= {number: reason for number, reason in wrong.items() if reason}


def _rewrite_exactly(job: _Job, number: int, wrong: dict[int, str]) -> None:
    page, own = job.pdf.pages[number - 1], job.pages[number]
    own.with_exact_widths()
    for key, value in zip(("/Resources", "/Contents"), own.content, strict=True):
        if value is not None:
            page.obj[key] = value
        elif key in page.obj:
            del page.obj[key]
    _rewrite(job, number, page)
    wrong[number] = ""


def _compared(job: _Job, due: Sequence[int]) -> dict[int, str]:
    """What is wrong with the rewritten pages `due`: a code for each that is."""
    if not due:
        return {}
    memory = io.BytesIO()
    job.pdf.save(memory, compress_streams=False, static_id=True)
    pdf = pypdfium2.PdfDocument(memory.getvalue())
    wrong: dict[int, str] = {}
    try:
        for number in due:
            own = job.pages[number]
            all_stays = "hidden-content" not in job.touched[number].kinds
            seen = glyphs_of(pdf[number - 1])
            reason = disagreement(own.glyphs, seen, own.areas, own.plan.moves, all_stays=all_stays)
            if at_spots(seen, spots(own.unseen)).any():
                reason = "hidden:left"
            if reason is not None:
                wrong[number] = reason
    finally:
        pdf.close()
    return wrong


def _with_hidden_text(job: _Job) -> list[int]:
    """The pages that lost text that nobody sees: from their content, or as they became an image."""
    taken = {number for number, touched in job.touched.items() if HIDDEN_TEXT in touched.kinds}
    return sorted(taken | {number for number, page in job.pages.items() if page.unseen and number in job.images})


def _make_images(job: _Job) -> None:
    for number in job.images:
        if number in job.pages:
            job.pages[number].as_picture()
        boxes = [box for place in job.plan(number).places for box in (place.area, place.box)]
        picture, area = page_image(job.source, number - 1, boxes)
        page = job.pdf.pages[number - 1]
        replace_page(job.pdf, page, picture, area)


def _draw_boxes(job: _Job) -> None:
    drawn = {number: list(page.drawn()) for number, page in job.pages.items()}
    labels = LabelFont(job.pdf, (c for boxes in drawn.values() for _, box in boxes for c in box.label))
    parents = ParentTree(job.pdf)
    for number, boxes in drawn.items():
        page = job.pdf.pages[number - 1]
        resources = Resources(page.obj.get("/Resources"), job.scrub.fonts)
        name = str(resources.add("/Font", labels.object)) if any(box.label for _, box in boxes) else ""
        touched = job.touched.get(number, Touched()) if number not in job.images else Touched()
        pieces = []
        for place, box in boxes:
            opening = _opening(page, touched, place.area, box.spoken, parents)
            pieces.append(opening + draw(box, job.rotations[number - 1], labels, name) + b"\nEMC\n")
        page.obj.Resources = resources.result()
        page.contents_add(b"".join(pieces), prepend=False)


def _opening(page: pikepdf.Page, touched: Touched, area: Box, words: str, parents: ParentTree) -> bytes:
    """What marks a box: content of the structure tree where its text had a place in it, else an artifact."""
    behind = touched.place_of(area)
    mcid = parents.free(page.obj, touched.highest_mcid)
    if behind is None or not parents.add_box(page.obj, mcid, behind, words):
        return b"/Artifact BMC\n"
    return b"/Span <</MCID %d /ActualText %b>> BDC\n" % (mcid, pikepdf.String(words).unparse())


def _clean_document(job: _Job) -> None:
    pages = {number: page.obj for number, page in enumerate(job.pdf.pages, start=1)}
    boxes = {pages[number].objgen: job.areas(number) for number in job.pages}
    removed, annotations = sanitise(job.pdf, boxes, job.scrub.names_somebody, job.remaining_text)
    job.removed |= removed
    for number in job.pages:
        move_links(pages[number], job.plan(number).moves)
    hit = {place for touched in job.touched.values() for place in touched.mcids}
    copies = {
        (pages[number].objgen, original): copied
        for number, touched in job.touched.items()
        for original, copied in touched.copies.items()
    }
    images = frozenset(pages[number].objgen for number in job.images)
    losses = Losses(images, annotations, frozenset(hit), copies)
    if clean_structure(job.pdf, job.scrub.names_somebody, losses):
        job.removed.add("alternative-texts")


def _meet(job: _Job, claims: Claims) -> None:
    """See to what the standards that the file claims ask of boxes, fonts and colours."""
    clean_output_intents(job.pdf)
    if claims.archival:
        calibrate(job.pdf, job.images)
        calibrate_grey(job.pdf, job.pages)
    if claims.archival.startswith("1"):
        declare_subsets(job.pdf)


def _save(pdf: pikepdf.Pdf, target: Path, *, plain: bool) -> None:
    """One revision, a new identifier, the same bytes for the same input; `plain` for PDF/A-1, which knows no object
    streams."""
    mode = pikepdf.ObjectStreamMode.disable if plain else pikepdf.ObjectStreamMode.generate
    try:
        pdf.save(target, compress_streams=True, object_stream_mode=mode, deterministic_id=True)
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
