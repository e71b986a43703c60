"""A note as an office suite exports it: a flat OpenDocument text, turned into tagged PDF by LibreOffice."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from content import Block, Sample
from gold import plain

OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
}

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
"""

STYLES = """
<office:font-face-decls><style:font-face style:name="Carlito" svg:font-family="Carlito"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph">
  <style:paragraph-properties fo:line-height="125%" fo:hyphenation-ladder-count="1"/>
  <style:text-properties style:font-name="Carlito" fo:font-size="10.5pt" fo:language="nl" fo:country="NL"/>
 </style:default-style>
 <style:style style:name="Body" style:family="paragraph">
  <style:paragraph-properties fo:margin-bottom="0.2cm" fo:orphans="2" fo:widows="2"/></style:style>
 <style:style style:name="Item" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.08cm"/></style:style>
 <style:style style:name="Cell" style:family="paragraph"><style:text-properties fo:font-size="9.5pt"/></style:style>
 <style:style style:name="Label" style:family="paragraph">
  <style:text-properties fo:font-size="9.5pt" fo:color="#154273"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:default-outline-level="1"><style:paragraph-properties fo:margin-top="0.35cm" fo:margin-bottom="0.08cm"
  fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="Title" style:family="paragraph">
  <style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.1cm"/>
  <style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Decision" style:family="paragraph">
  <style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.3cm"/>
  <style:text-properties fo:font-weight="bold" fo:letter-spacing="0.04cm"/></style:style>
 <style:style style:name="Ministry" style:family="paragraph">
  <style:paragraph-properties fo:margin-left="8.7cm" fo:margin-bottom="0.6cm"/>
  <style:text-properties fo:font-size="12pt"/></style:style>
 <style:style style:name="Footer" style:family="paragraph">
  <style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="8pt"/></style:style>
 <text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">
  <style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
   <style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.6cm"
    fo:text-indent="-0.6cm" fo:margin-left="0.6cm"/></style:list-level-properties>
 </text:list-level-style-bullet></text:list-style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Fields.A" style:family="table-column">
  <style:table-column-properties style:column-width="4cm"/></style:style>
 <style:style style:name="Fields.B" style:family="table-column">
  <style:table-column-properties style:column-width="12cm"/></style:style>
 <style:style style:name="Parafen.A" style:family="table-column">
  <style:table-column-properties style:column-width="4cm"/></style:style>
 <style:style style:name="Fields" style:family="table"><style:table-properties style:width="16cm"
  table:align="left" fo:margin-bottom="0.3cm"/></style:style>
 <style:style style:name="Plain" style:family="table-cell">
  <style:table-cell-properties fo:padding="0.03cm" fo:border="none"/></style:style>
 <style:style style:name="Ruled" style:family="table-cell">
  <style:table-cell-properties fo:padding="0.08cm" fo:border="0.5pt solid #8c8c8c"/></style:style>
 <style:style style:name="Ribbon" style:family="graphic"><style:graphic-properties draw:stroke="none"
  draw:fill="solid" draw:fill-color="#154273" style:run-through="background" style:wrap="run-through"
  style:horizontal-pos="from-left" style:horizontal-rel="page" style:vertical-pos="from-top"
  style:vertical-rel="page"/></style:style>
 <style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
  fo:margin-top="2cm" fo:margin-bottom="1.2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>
  <style:footer-style><style:header-footer-properties fo:min-height="0.8cm"/></style:footer-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>
 <text:p text:style-name="Footer">Pagina <text:page-number text:select-page="current"/> van
 <text:page-count/></text:p></style:footer></style:master-page></office:master-styles>
"""

RIBBON = """<draw:rect text:anchor-type="page" text:anchor-page-number="1" draw:style-name="Ribbon" svg:x="10.1cm"
 svg:y="0cm" svg:width="0.8cm" svg:height="3.2cm"/>"""


def export(sample: Sample, target: Path) -> None:
    """Writes the sample as tagged PDF with its metadata to `target`. Raises when `soffice` is missing or fails."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{sample.name}.fodt"
        source.write_text(flat_document(sample), encoding="utf-8")
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        filter_ = f"pdf:writer_pdf_Export:{json.dumps(OPTIONS)}"
        command = ["soffice", profile, "--headless", "--convert-to", filter_, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        _stamp(source.with_suffix(".pdf"), target, sample.metadata)


def _stamp(source: Path, target: Path, metadata: dict[str, str]) -> None:
    """Adds the custom properties to the document information, as document management systems do on filing."""
    with pikepdf.open(source) as pdf:
        for name, value in metadata.items():
            pdf.docinfo[pikepdf.Name(f"/{name}")] = value
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.preserve)


def flat_document(sample: Sample) -> str:
    """The sample as flat OpenDocument XML."""
    first, second, *rest = sample.blocks
    body = [
        RIBBON,
        _paragraph("Ministry", "Ministerie van Binnenlandse Zaken\nen Koninkrijksrelaties"),
        _paragraph("Decision", "TER BESLISSING"),
        _table(first),
        _table(second),
        _paragraph("Title", sample.title),
        *(_block(block) for block in rest),
    ]
    text = f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
    return f"{HEAD}{_meta(sample)}{STYLES}{text}</office:document>"


def _meta(sample: Sample) -> str:
    title, author = escape(sample.metadata["Title"]), escape(sample.metadata["Author"])
    return (
        f"<office:meta><dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
        f"<dc:creator>{author}</dc:creator><dc:language>nl-NL</dc:language></office:meta>"
    )


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{_text(block.items[0])}</text:h>'
    if block.kind == "bullets":
        items = "".join(f"<text:list-item>{_paragraph('Item', item)}</text:list-item>" for item in block.items)
        return f'<text:list text:style-name="Bullets">{items}</text:list>'
    return "".join(_paragraph("Body", item) for item in block.items)


def _table(block: Block) -> str:
    if block.kind == "parafen":
        columns = '<table:table-column table:style-name="Parafen.A" table:number-columns-repeated="4"/>'
        head, *rows = block.rows
        head_row = f"<table:table-header-rows>{_row(head, 'Ruled', 'Label')}</table:table-header-rows>"
        content = columns + head_row + "".join(_row(row, "Ruled") for row in rows)
    else:
        columns = '<table:table-column table:style-name="Fields.A"/><table:table-column table:style-name="Fields.B"/>'
        content = columns + "".join(_row(row, "Plain", "Label", "Cell") for row in block.rows)
    return f'<table:table table:style-name="Fields" table:name="{block.kind}">{content}</table:table>'


def _row(cells: Iterable[str], cell_style: str, *styles: str) -> str:
    out = []
    for number, cell in enumerate(cells):
        style = styles[min(number, len(styles) - 1)] if styles else "Cell"
        content = _paragraph(style, cell)
        out.append(f'<table:table-cell table:style-name="{cell_style}">{content}</table:table-cell>')
    return f"<table:table-row>{''.join(out)}</table:table-row>"


def _paragraph(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'


def _text(text: str) -> str:
    return escape(plain(text)).replace("\n", "<text:line-break/>")
