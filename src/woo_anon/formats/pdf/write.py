"""Writes the publication version of a PDF.

source ─► rewrite the pages ─► compare with PDFium ─► draw the boxes ─► sanitise ─► new metadata ─► target
                 │ not understood        │ disagrees
                 └───────────────────────┴─► the page becomes an image
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from woo_anon.document import Box, Document, Redaction, Written
from woo_anon.errors import OutputError, RefusedError, UnreadableError
from woo_anon.formats.pdf.boxes import Drawn, LabelFont, draw
from woo_anon.formats.pdf.doubt import NotUnderstoodError
from woo_anon.formats.pdf.font_subset import subset_fonts
from woo_anon.formats.pdf.geometry import disagreement, glyphs_of
from woo_anon.formats.pdf.grounds import spoken
from woo_anon.formats.pdf.layers import hidden_test
from woo_anon.formats.pdf.metadata import Claims, clean_output_intents, read_claims, write_metadata
from woo_anon.formats.pdf.raster import page_image, replace_page
from woo_anon.formats.pdf.resources import FontCache, Resources, reaches
from woo_anon.formats.pdf.rewrite import PATTERN_TEXT, Scrub, Touched, clean_form, rewrite_page
from woo_anon.formats.pdf.sanitise import sanitise
from woo_anon.formats.pdf.structure import Losses, ParentTree, clean_structure
from woo_anon.formats.pdf.words import names_somebody

# What can speak in a content stream besides the text it shows: replacement texts, marked points, comments.
_SPEAKING = re.compile(rb"/(?:ActualText|Alt|E)\b|\b(?:MP|DP)\b|%")
# A shown string, its brackets up to two levels deep.
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)", re.DOTALL)
_MARKS = re.compile(rb"/([^\s/<>\[\]()%]+)\s*(?:/\S+|<<[^>]*>>)?\s*(?:BDC|BMC)\b")
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
    drawn: Mapping[int, Sequence[Drawn]]  # by page number
    scrub: Scrub
    any_hidden: bool
    rotations: Sequence[int]
    touched: dict[int, Touched] = field(default_factory=dict)
    images: dict[int, str] = field(default_factory=dict)  # page number → why it became one
    removed: set[str] = field(default_factory=set)

    def boxes(self, number: int) -> list[Box]:
        return [drawn.box for drawn in self.drawn.get(number, ())]


def write(source: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Written:
    """Write `source` to `target` without what `redactions` remove, and without anything that is not needed to read it.

    Raises UnreadableError when the source cannot be opened, RefusedError when a page shows text in a pattern,
    OutputError when the target cannot be written or a page can neither be rewritten nor made an image. Pages that
    became images are listed in the result, with a reason.
    """
    with _opened(source) as pdf:
        claims = read_claims(pdf)
        is_hidden, any_hidden = hidden_test(pdf)
        scrub = Scrub(names_somebody(document, redactions), is_hidden, FontCache())
        rotations = [page.rotation for page in document.pages]
        job = _Job(source, pdf, _by_page(redactions), scrub, any_hidden, rotations)
        _rewrite_pages(job)
        _compare_with_pdfium(job)
        _make_images(job)
        _draw_boxes(job)
        _clean_document(job)
        if job.drawn and subset_fonts(pdf, job.scrub.fonts, job.scrub.names_somebody):
            job.removed.add("unused-glyphs")
        clean_output_intents(pdf)
        write_metadata(pdf, Claims() if job.images else claims)
        _save(pdf, target, plain=claims.archival.startswith("1"))
    return Written(tuple(sorted(job.images.items())), tuple(sorted(job.removed)))


def _opened(source: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(source)
    except (pikepdf.PdfError, OSError) as error:
        raise UnreadableError(f"{source.name}: qpdf cannot open this PDF.", "Export it again.") from error


def _by_page(redactions: Sequence[Redaction]) -> dict[int, list[Drawn]]:
    """The boxes of every page that has some."""
    pages: dict[int, list[Drawn]] = {}
    for redaction in redactions:
        decision = redaction.decision
        for place in redaction.places:
            pages.setdefault(place.page, []).append(Drawn(place.box, decision.label, spoken(decision.ground)))
    return pages


def _rewrite_pages(job: _Job) -> None:
    """Rewrite what is hit, and what speaks beside its text; a page that is not understood is marked as an image."""
    for number, page in enumerate(job.pdf.pages, start=1):
        try:
            if number in job.drawn or job.any_hidden or _speaks(page, job.scrub.names_somebody):
                _rewrite(job, number, page)
        except NotUnderstoodError as doubt:
            if doubt.reason == PATTERN_TEXT:
                raise RefusedError(
                    f"{job.source.name}: page {number} shows text in a pattern, which is not read.",
                    "Print it to a new PDF and run OCR on that (for example OCRmyPDF).",
                ) from doubt
            job.images[number] = doubt.reason
        except _BROKEN:
            job.images[number] = "content:broken"
    for stream in job.pdf.objects:
        if isinstance(stream, pikepdf.Stream) and str(stream.get("/Subtype", "")) == "/Form":
            _clean_form(job, stream)


def _speaks(page: pikepdf.Page, names: Callable[[str], bool]) -> bool:
    if "/Pattern" in page.obj.get("/Resources", {}):
        return True
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
    data = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    return _data_speaks(data, names)


def _data_speaks(data: bytes, names: Callable[[str], bool]) -> bool:
    if _SPEAKING.search(_LITERAL.sub(b"()", data)):
        return True
    return any(names(tag.decode("latin-1")) for tag in set(_MARKS.findall(data)))


def _clean_form(job: _Job, form: Any) -> None:
    """A form that no hit page uses keeps its content, but not what speaks beside it."""
    try:
        patterned = "/Pattern" in form.get("/Resources", {})
        if patterned or _data_speaks(form.read_bytes(), job.scrub.names_somebody):
            clean_form(job.pdf, form, job.scrub)
    except (NotUnderstoodError, *_BROKEN) as doubt:
        reason = doubt.reason if isinstance(doubt, NotUnderstoodError) else "content:broken"
        for number, page in enumerate(job.pdf.pages, start=1):
            if reaches(page.obj.get("/Resources"), form.objgen):
                job.images.setdefault(number, reason)


def _rewrite(job: _Job, number: int, page: pikepdf.Page) -> None:
    rewritten = rewrite_page(job.pdf, page, job.boxes(number), job.scrub)
    job.touched[number] = rewritten.touched
    job.removed |= rewritten.touched.kinds
    page.obj.Resources = rewritten.resources
    page.obj.Contents = job.pdf.make_stream(b"q\n" + rewritten.content + b"\nQ\n")


def _compare_with_pdfium(job: _Job) -> None:
    """Read the rewritten pages with PDFium; where it sees another page than expected, the page becomes an image."""
    due = [number for number in job.drawn if number not in job.images]
    if not due:
        return
    memory = io.BytesIO()
    job.pdf.save(memory, compress_streams=False, static_id=True)
    before, after = pypdfium2.PdfDocument(job.source), pypdfium2.PdfDocument(memory.getvalue())
    try:
        for number in due:
            all_stays = "hidden-content" not in job.touched[number].kinds
            old, new = glyphs_of(before[number - 1]), glyphs_of(after[number - 1])
            reason = disagreement(old, new, job.boxes(number), all_stays=all_stays)
            if reason is not None:
                job.images[number] = reason
    finally:
        before.close()
        after.close()


def _make_images(job: _Job) -> None:
    for number in job.images:
        picture, area = page_image(job.source, number - 1, job.boxes(number))
        replace_page(job.pdf, job.pdf.pages[number - 1], picture, area)


def _draw_boxes(job: _Job) -> None:
    labels = LabelFont(job.pdf, (c for boxes in job.drawn.values() for drawn in boxes for c in drawn.label))
    parents = ParentTree(job.pdf)
    for number, drawn in job.drawn.items():
        page = job.pdf.pages[number - 1]
        resources = Resources(page.obj.get("/Resources"), job.scrub.fonts)
        name = str(resources.add("/Font", labels.object)) if any(box.label for box in drawn) else ""
        touched = job.touched.get(number, Touched()) if number not in job.images else Touched()
        pieces = []
        for at, box in enumerate(drawn, start=1):
            opening = _opening(page, touched, box, touched.highest_mcid + at, parents)
            pieces.append(opening + draw(box, job.rotations[number - 1], labels, name) + b"\nEMC\n")
        page.obj.Resources = resources.result()
        page.contents_add(b"".join(pieces), prepend=False)


def _opening(page: pikepdf.Page, touched: Touched, box: Drawn, mcid: int, parents: ParentTree) -> bytes:
    """What marks a box: a Span of the structure tree where its text had a place in it, else an artifact."""
    behind = touched.place_of(box.box, int(page.obj.get("/StructParents", -1)))
    if behind is None or not parents.add_span(page.obj, mcid, behind, box.spoken):
        return b"/Artifact BMC\n"
    text = pikepdf.String(box.spoken).unparse()
    return b"/Span <</MCID %d /ActualText %b>> BDC\n" % (mcid, text)


def _clean_document(job: _Job) -> None:
    pages = {number: page.obj for number, page in enumerate(job.pdf.pages, start=1)}
    boxes = {pages[number].objgen: job.boxes(number) for number in job.drawn}
    removed, annotations = sanitise(job.pdf, boxes, job.scrub.names_somebody)
    job.removed |= removed
    hit = {
        (pages[number].objgen, mcid)
        for number, touched in job.touched.items()
        for key, mcid in touched.mcids
        if key == int(pages[number].get("/StructParents", -1))
    }
    losses = Losses(frozenset(pages[number].objgen for number in job.images), annotations, frozenset(hit))
    if clean_structure(job.pdf, job.scrub.names_somebody, losses):
        job.removed.add("alternative-texts")


def _save(pdf: pikepdf.Pdf, target: Path, *, plain: bool) -> None:
    """One revision, a new identifier, the same bytes for the same input; `plain` for PDF/A-1, which knows no object
    streams."""
    mode = pikepdf.ObjectStreamMode.disable if plain else pikepdf.ObjectStreamMode.generate
    try:
        pdf.save(target, compress_streams=True, object_stream_mode=mode, deterministic_id=True)
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
