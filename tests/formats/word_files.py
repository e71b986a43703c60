"""Small Word documents, written as XML by the tests; fictitious people only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' mc:Ignorable="w14 w15"'
)
TYPES = {
    "document": f"{MAIN}.document.main+xml",
    "styles": f"{MAIN}.styles+xml",
    "settings": f"{MAIN}.settings+xml",
    "fontTable": f"{MAIN}.fontTable+xml",
    "numbering": f"{MAIN}.numbering+xml",
    "header": f"{MAIN}.header+xml",
    "footer": f"{MAIN}.footer+xml",
    "footnotes": f"{MAIN}.footnotes+xml",
    "endnotes": f"{MAIN}.endnotes+xml",
    "comments": f"{MAIN}.comments+xml",
    "glossaryDocument": f"{MAIN}.document.glossary+xml",
}

Rels = tuple[tuple[str, str, str, bool], ...]  # identifier, last word of the type, target, whether outside


def word(
    path: Path,
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    rels: Rels = (),
    *,
    part_rels: Mapping[str, Rels] | None = None,
    types: Mapping[str, str] | None = None,
    package_rels: Rels = (),
    root: str = "",
) -> Path:
    """A document with this body. `parts` are further ones by name; `types` their content types, where the name does not
    tell; `root` further children of `w:document`."""
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NAMESPACES}>{root}<w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    known = {f"word/{kind}.xml": type_ for kind, type_ in TYPES.items()} | dict(types or {})
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{known[name]}"/>' for name in files if name in known
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )
    files["_rels/.rels"] = relationships((("rId1", "officeDocument", "word/document.xml", False), *package_rels))
    files["word/_rels/document.xml.rels"] = relationships(rels)
    for part, entries in (part_rels or {}).items():
        folder, _, base = part.rpartition("/")
        files[f"{folder}/_rels/{base}.rels"] = relationships(entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *(name for name in files if name != "[Content_Types].xml")):
            archive.writestr(name, files[name])
    return path


def relationships(entries: Rels) -> str:
    """A part of relationships; a type with a colon is given in full."""
    rows = "".join(
        f'<Relationship Id="{identifier}" Type="{type_ if ":" in type_ else f"{OFFICE}/{type_}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for identifier, type_, target, external in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run with these properties."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    runs = "".join(item if item.startswith("<") else run(item) for item in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell that is no XML becomes a paragraph."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def commented(path: Path, *comments: str, parts: Mapping[str, str] | None = None, rels: Rels = ()) -> Path:
    """A document with comments, of which the text refers to those with the numbers 1, 2, …: `comment` makes them."""
    marks = (
        f'<w:commentRangeStart w:id="{number}"/>{run("Tekst")}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        for number in range(1, len(comments) + 1)
    )
    part = f"<w:comments {NAMESPACES}>{''.join(comments)}</w:comments>"
    rels = (("c", "comments", "comments.xml", False), *rels)
    return word(path, paragraph("Begin", *marks), {"word/comments.xml": part, **(parts or {})}, rels)


def comment(number: int, author: str, *content: str, properties: str = "") -> str:
    """A comment of somebody; `properties` are further attributes."""
    return f'<w:comment w:id="{number}" w:author="{author}" {properties}>{paragraph(*content)}</w:comment>'


def field(instruction: str, result: str) -> str:
    """A field in runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(content: str, fallback: str | None = None, *, alternative: str = "", name: str = "Tekstvak 1") -> str:
    """A run with a text box, in DrawingML and in VML for older programs."""
    old = content if fallback is None else fallback
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="500000"/>'
        f'<wp:docPr id="1" name="{name}" descr="{alternative}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/>"
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:100pt;height:40pt"><v:textbox><w:txbxContent>{old}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(
    identifier: str, *, crop: str = "", alternative: str = "", name: str = "Afbeelding 1", width: int = 900_000
) -> str:
    """A run with a picture; `width` in English metric units, 360,000 a centimetre."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="900000"/>'
        f'<wp:docPr id="2" name="{name}" descr="{alternative}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/>{crop}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png(image: Image.Image | None = None, **options: object) -> bytes:
    """A PNG; a red square unless told otherwise."""
    buffer = io.BytesIO()
    (image or Image.new("RGB", (40, 40), "red")).save(buffer, "PNG", **options)  # type: ignore[arg-type]
    return buffer.getvalue()
