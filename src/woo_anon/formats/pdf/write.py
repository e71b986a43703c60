"""Writes the publication version of a PDF.

source ─► rewrite each page that is hit ─► draw the boxes ─► sanitise ─► new metadata ─► save ─► target
                 │ not understood
                 └─► the page becomes an image
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from woo_anon.document import Document, Redaction, Written
from woo_anon.errors import OutputError, UnreadableError
from woo_anon.formats.pdf.boxes import Drawn, LabelFont, draw
from woo_anon.formats.pdf.resources import FontCache, Resources
from woo_anon.formats.pdf.rewrite import Scrub, rewrite_page


def write(source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, profile: str) -> Written:
    """Write `source` to `target` without what `redactions` remove, and without anything that is not needed to read it.

    Raises UnreadableError when the source cannot be opened, OutputError when the target cannot be written. Pages that
    are not understood become images and are listed in the result.
    """
    drawn = _by_page(redactions)
    try:
        pdf = pikepdf.open(source)
    except (pikepdf.PdfError, OSError) as error:
        raise UnreadableError(f"{source.name}: qpdf cannot open this PDF.", "Export it again.") from error
    with pdf:
        labels = LabelFont(pdf, (character for boxes in drawn.values() for box in boxes for character in box.label))
        scrub = Scrub(lambda text: False, lambda group: False, FontCache())
        for number, boxes in drawn.items():
            _redact_page(pdf, pdf.pages[number - 1], boxes, labels, scrub, document.pages[number - 1].rotation)
        _save(pdf, target)
    return Written()


def _by_page(redactions: Sequence[Redaction]) -> dict[int, list[Drawn]]:
    """The boxes of every page that has some."""
    pages: dict[int, list[Drawn]] = {}
    for redaction in redactions:
        for place in redaction.places:
            pages.setdefault(place.page, []).append(Drawn(place.box, redaction.decision.label))
    return pages


def _redact_page(
    pdf: pikepdf.Pdf, page: pikepdf.Page, drawn: list[Drawn], labels: LabelFont, scrub: Scrub, rotation: int
) -> None:
    rewritten = rewrite_page(pdf, page, [box.box for box in drawn], scrub)
    resources = Resources(rewritten.resources, scrub.fonts)
    font = str(resources.add("/Font", labels.object))
    boxes = b"\n".join(b"/Artifact BMC\n" + draw(box, rotation, labels, font) + b"\nEMC" for box in drawn)
    page.obj.Resources = resources.result()
    page.obj.Contents = pdf.make_stream(b"q\n" + rewritten.content + b"\nQ\n" + boxes)


def _save(pdf: pikepdf.Pdf, target: Path) -> None:
    try:
        pdf.save(
            target,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
