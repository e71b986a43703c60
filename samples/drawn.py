"""A note drawn with reportlab: a body column, a narrow colofon beside it, and no tags.

┌──────────────────────────┐
│  body           colofon  │   the two share their lines' heights, so that reading straight
│  body           colofon  │   across the page mixes them
└──────────────────────────┘
"""

from __future__ import annotations

from pathlib import Path

from content import Block, Sample
from gold import plain
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

FONTS = Path("/usr/share/fonts/truetype/liberation")  # Debian: fonts-liberation
BLUE = HexColor("#154273")
WIDTH, HEIGHT = A4
COLUMN_LEFT = 15.6 * cm

BODY = ParagraphStyle("body", fontName="Sans", fontSize=9, leading=12.5, spaceAfter=5)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Sans-Bold", spaceBefore=8, spaceAfter=2)
BULLET = ParagraphStyle("bullet", parent=BODY, leftIndent=12, bulletIndent=0, spaceAfter=3)
SMALL = ParagraphStyle("small", fontName="Sans", fontSize=6.5, leading=9)
SMALL_LABEL = ParagraphStyle("small label", parent=SMALL, fontName="Sans-Bold", spaceBefore=7)


def draw(sample: Sample, target: Path) -> None:
    """Writes the sample to `target`. Raises when the Liberation fonts are not installed."""
    pdfmetrics.registerFont(TTFont("Sans", FONTS / "LiberationSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("Sans-Bold", FONTS / "LiberationSans-Bold.ttf"))
    colofon, *blocks = sample.blocks

    def first_page(canvas: Canvas, document: BaseDocTemplate) -> None:
        _letterhead(canvas)
        _colofon(canvas, colofon)
        _page_number(canvas, document)

    document = BaseDocTemplate(
        str(target),
        pagesize=A4,
        invariant=1,
        title=sample.metadata["Title"],
        author=sample.metadata["Author"],
        subject=sample.metadata["Subject"],
        creator="Documentgenerator",
        lang="nl-NL",
    )
    first = Frame(2.3 * cm, 2 * cm, 12.2 * cm, HEIGHT - 6.6 * cm, 0, 0, 0, 0)
    later = Frame(2.3 * cm, 2 * cm, 12.2 * cm, HEIGHT - 4.5 * cm, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=first_page, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=_page_number),
        ]
    )
    document.build([flowable for block in blocks for flowable in _flow(block)])


def _letterhead(canvas: Canvas) -> None:
    canvas.setFillColor(BLUE)
    canvas.rect(WIDTH / 2 - 0.4 * cm, HEIGHT - 3 * cm, 0.8 * cm, 3 * cm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setFont("Sans", 10)
    canvas.drawString(WIDTH / 2 + 0.7 * cm, HEIGHT - 2.3 * cm, "Ministerie van Infrastructuur en Waterstaat")
    canvas.setFont("Sans-Bold", 11)
    canvas.drawString(2.3 * cm, HEIGHT - 3.6 * cm, "TER BESLISSING")


def _colofon(canvas: Canvas, block: Block) -> None:
    frame = Frame(COLUMN_LEFT, 2 * cm, 3.9 * cm, HEIGHT - 6.6 * cm, 0, 0, 0, 0)
    story: list[Flowable] = []
    for label, value in block.rows:
        story.append(Paragraph(label, SMALL_LABEL))
        story.extend(Paragraph(plain(line), SMALL) for line in value.split("\n"))
    frame.addFromList(story, canvas)


def _page_number(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Sans", 6.5)
    canvas.drawString(COLUMN_LEFT, 1.2 * cm, f"Pagina {document.page}")


def _flow(block: Block) -> list[Flowable]:
    if block.kind == "fields":
        return [Paragraph(f"<b>{label}</b>&nbsp;&nbsp;&nbsp;{plain(value)}", BODY) for label, value in block.rows]
    if block.kind == "bullets":
        return [Paragraph(plain(item), BULLET, bulletText="•") for item in block.items]
    style = HEADING if block.kind == "heading" else BODY
    return [Paragraph(plain(item), style) for item in block.items]
