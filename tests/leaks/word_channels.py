"""The places in a Word document where a name can hide, as small documents; and ways to put one into a written file.

Each channel is a document with a marker in one place: `UNSEEN` those that no reader sees, `SEEN` those that readers see.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, PngImagePlugin

sys.path += [str(Path(__file__).parents[1] / "formats")]

from word_files import NAMESPACES, Rels, paragraph, picture, png, run, table, text_box, word
from word_files import field as word_field

MARKER = "Wytske Zwartemans"
PLAIN = paragraph("Beste lezer, hierbij de nota.")


@dataclass(frozen=True)
class Channel:
    """A document with the marker `{m}` in one place; `{x}` stands for a marker without spaces."""

    body: str = PLAIN
    parts: dict[str, str | bytes] = field(default_factory=dict)
    rels: Rels = ()
    part_rels: dict[str, Rels] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    root: str = ""

    def written(self, path: Path, marker: str) -> Path:
        def filled(text: str | bytes) -> str | bytes:
            if isinstance(text, bytes):
                return text
            return text.replace("{m}", marker).replace("{x}", marker.replace(" ", ""))

        def filled_rels(rels: Rels) -> Rels:
            return tuple((i, t, str(filled(target)), outside) for i, t, target, outside in rels)

        return word(
            path,
            str(filled(self.body)),
            {str(filled(name)): filled(part) for name, part in self.parts.items()},
            filled_rels(self.rels),
            part_rels={part: filled_rels(rels) for part, rels in self.part_rels.items()},
            types=self.types,
            root=str(filled(self.root)),
        )


def part(kind: str, tag: str, content: str, **options) -> Channel:
    """A document with a part of this kind, related to the body."""
    return Channel(
        options.get("body", PLAIN),
        {f"word/{kind}.xml": f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"},
        ((kind, kind, f"{kind}.xml", False), *options.get("rels", ())),
    )


def loose(name: str, content: str | bytes, type_: str = "x", **options) -> Channel:
    """A document with a part of any kind."""
    return Channel(options.get("body", PLAIN), {name: content}, ((f"r{type_}", type_, f"/{name}", False),))


def change(tag: str, content: str = "") -> str:
    return f'<w:{tag} w:id="1" w:author="{{m}}" w:date="2026-01-01T00:00:00Z">{content}</w:{tag}>'


def exif_jpeg() -> bytes:
    image, buffer = Image.new("RGB", (20, 20), "blue"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = MARKER
    image.save(buffer, "JPEG", exif=exif, comment=MARKER.encode())
    return buffer.getvalue() + MARKER.encode()


def text_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARKER)
    return png(pnginfo=info) + MARKER.encode()


def shown(body: str) -> Channel:
    return Channel(body)


DRAWING_HIDDEN = text_box(paragraph("{m}")).replace("<wp:docPr ", '<wp:docPr hidden="1" ')
FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{m}"/><w:entryMacro w:val="{x}"/><w:helpText'
    ' w:val="{m}"/><w:statusText w:val="{m}"/><w:textInput><w:default w:val="{m}"/></w:textInput></w:ffData>'
    '</w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    f'{run("x")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="{m}"/><w:tag w:val="{m}"/><w:placeholder><w:docPart w:val="{m}"/></w:placeholder>'
    '<w:dataBinding w:xpath="/a[{m}]" w:storeItemID="{m}"/><w15:repeatingSection w15:sectionTitle="{m}"/>'
    '<w:comboBox w:lastValue="{m}"><w:listItem w:displayText="{m}" w:value="{x}"/></w:comboBox></w:sdtPr><w:sdtContent>'
    f"{run('x')}</w:sdtContent></w:sdt>"
)
LINK = f'<w:hyperlink r:id="h" w:tooltip="{{m}}" w:docLocation="{{x}}" w:tgtFrame="{{x}}">{run("hier")}</w:hyperlink>'
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
VML = (
    '<w:r><w:pict><v:shape id="{x}" o:spid="{x}" alt="" href="https://example.nl/{x}" o:gfxdata="{x}"'
    ' style="width:10pt;mso-x:{x}"><v:imagedata r:id="i" o:title="{m}" r:href="h"/></v:shape></w:pict></w:r>'
)

UNSEEN: dict[str, Channel] = {
    "deleted text": shown(paragraph("x", change("del", "<w:r><w:delText>{m}</w:delText></w:r>"))),
    "text that moved away": shown(paragraph("x", change("moveFrom", run("{m}")))),
    "names of moves": shown(paragraph('<w:moveFromRangeStart w:id="1" w:name="{m}" w:author="{m}"/>', "x")),
    "who inserted": shown(paragraph(change("ins", run("x")))),
    "former looks": shown(paragraph(run("x", change("rPrChange", '<w:rPr><w:rFonts w:ascii="{m}"/></w:rPr>')))),
    "former paragraph looks": shown(paragraph("x", properties=change("pPrChange", '<w:pStyle w:val="{x}"/>'))),
    "a deleted row": shown(f"<w:tbl><w:tr><w:trPr>{change('del')}</w:trPr><w:tc>{paragraph('{m}')}</w:tc></w:tr></w:tbl>{PLAIN}"),
    "inserted custom XML": shown(paragraph('<w:customXmlInsRangeStart w:id="1" w:author="{m}"/>', "x")),
    "hidden text": shown(paragraph("x", run("{m}", "<w:vanish/>"))),
    "hidden mathematics": shown(paragraph("x", "<m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>{m}</m:t></m:r></m:oMath>")),
    "tiny text": shown(paragraph("x", run("{m}", '<w:sz w:val="1"/>'))),
    "a hidden row": shown(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('{m}')}</w:tc></w:tr></w:tbl>{PLAIN}"),
    "a hidden shape": shown(paragraph("x", DRAWING_HIDDEN)),
    "a hidden VML shape": shown(paragraph("x", '<w:r><w:pict><v:shape style="visibility:hidden" alt="{m}"><v:textbox><w:txbxContent>' + paragraph("{m}") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")),
    "the fallback of a text box": shown(paragraph("x", text_box(paragraph("y"), paragraph("{m}")))),
    "the name of a text box": shown(paragraph("x", text_box(paragraph("y"), name="{m}"))),
    "an alternative of another program": shown(paragraph("x", '<mc:AlternateContent><mc:Choice Requires="zz">' + run("{m}") + "</mc:Choice></mc:AlternateContent>")),
    "an ignored namespace": shown(f'<w:p w14:paraId="0A0B0C0D" w14:textId="{{x}}" w15:x="{{m}}">{run("x")}<w15:x>{{m}}</w15:x></w:p>'),
    "an unknown element": shown(paragraph("x", "<w:r><w:zwart>{m}</w:zwart></w:r>")),
    "an element named after somebody": shown(paragraph("x", "<w:{x}/>")),
    "an attribute named after somebody": shown(f'<w:p w:{{x}}="1">{run("x")}</w:p>'),
    "a namespace named after somebody": shown(f'<w:p xmlns:{{x}}="urn:{{x}}" {{x}}:a="1">{run("x")}</w:p>'),
    "a known attribute with a foreign value": shown(paragraph("x", properties='<w:jc w:val="{x}"/><w:outlineLvl w:val="{m}"/>')),
    "a comment in the XML": shown(paragraph("x", "<!-- {m} -->")),
    "an instruction in the XML": shown(paragraph("x", "<?x {m}?>")),
    "text outside of runs": shown("<w:p>{m}<w:r>{m}<w:t>x</w:t>{m}</w:r>{m}</w:p>{m}"),
    "a second body": shown(PLAIN + "</w:body><w:body>" + paragraph("{m}")),
    "text beside the body": Channel(root=paragraph("{m}")),
    "revision numbers": shown(f'<w:p w:rsidR="{{x}}" w:rsidRPr="{{m}}">{run("x")}</w:p>'),
    "a bookmark": shown(paragraph('<w:bookmarkStart w:id="1" w:name="{x}"/>', "x", '<w:bookmarkEnd w:id="1"/>')),
    "who may edit": shown(paragraph('<w:permStart w:id="1" w:ed="{m}" w:edGrp="{x}"/>', "x")),
    "a smart tag": shown(paragraph(f'<w:smartTag w:uri="{{m}}" w:element="{{x}}"><w:smartTagPr><w:attr w:name="{{x}}" w:val="{{m}}"/></w:smartTagPr>{run("x")}</w:smartTag>')),
    "custom XML in the text": shown(paragraph(f'<w:customXml w:element="{{x}}"><w:customXmlPr><w:attr w:name="{{x}}" w:val="{{m}}"/></w:customXmlPr>{run("x")}</w:customXml>')),
    "a content control": shown(paragraph(CONTROL)),
    "a form field": shown(paragraph(FORM)),
    "the instruction of a field": shown(paragraph(word_field(" MERGEFIELD {x} \\* {m} ", "x"))),
    "the instruction of a simple field": shown(f'<w:p><w:fldSimple w:instr=" AUTHOR {{m}} ">{run("x")}</w:fldSimple></w:p>'),
    "a switch of a field that stays": shown(paragraph(word_field(' PAGE \\* MERGEFORMAT \\# "{m}" ', "1"))),
    "data of a field": shown(paragraph('<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{m}</w:fldData></w:fldChar></w:r>', "x")),
    "an index entry": shown(paragraph("x", word_field(' XE "{m}" ', ""))),
    "a link": Channel(paragraph(LINK), rels=(("h", "hyperlink", "mailto:{x}@example.nl", True),)),
    "a link to a place": shown(paragraph(f'<w:hyperlink w:anchor="{{x}}">{run("hier")}</w:hyperlink>')),
    "an external picture": Channel(paragraph("x", picture("i").replace("r:embed", "r:link")), rels=(("i", "image", "https://example.nl/{x}.png", True),)),
    "the name of a picture": Channel(paragraph("x", picture("i", name="{m}")), {"word/media/{x}.png": png()}, (("i", "image", "media/{x}.png", False),)),
    "data in a PNG": Channel(paragraph("x", picture("i")), {"word/media/a.png": text_png()}, (("i", "image", "media/a.png", False),)),
    "data in a JPEG": Channel(paragraph("x", picture("i")), {"word/media/a.png": exif_jpeg()}, (("i", "image", "media/a.png", False),)),
    "an SVG": Channel(paragraph("x", picture("i")), {"word/media/a.svg": "<svg><text>{m}</text></svg>"}, (("i", "image", "media/a.svg", False),)),
    "an SVG beside a picture": Channel(
        paragraph("x", picture("i").replace('<a:blip r:embed="i"/>', '<a:blip r:embed="i"><a:extLst><a:ext uri="{m}"><a:x r:embed="s"/></a:ext></a:extLst></a:blip>')),
        {"word/media/a.png": png(), "word/media/a.svg": "<svg><text>{m}</text></svg>"},
        (("i", "image", "media/a.png", False), ("s", "image", "media/a.svg", False)),
    ),
    "VML": Channel(paragraph("x", VML), {"word/media/a.png": png()}, (("i", "image", "media/a.png", False), ("h", "hyperlink", "https://example.nl/{x}", True))),
    "an embedded file": Channel(paragraph("x", '<w:r><w:object><o:OLEObject ProgID="{m}" r:id="o"/></w:object></w:r>'), {"word/embeddings/{x}.xlsx": "{m}"}, (("o", "package", "embeddings/{x}.xlsx", False),)),
    "an inserted document": Channel(PLAIN + '<w:altChunk r:id="c"/>', {"word/afchunk.htm": "<p>{m}</p>"}, (("c", "aFChunk", "afchunk.htm", False),)),
    "a chart": Channel(
        paragraph("x", picture("i").replace("drawingml/2006/picture\"", "drawingml/2006/chart\"")),
        {"word/charts/chart1.xml": "<c:chart xmlns:c='urn:c'><c:v>{m}</c:v></c:chart>"},
        (("i", "chart", "charts/chart1.xml", False),),
    ),
    "settings": part("settings", "settings", '<w:attachedTemplate r:id="t"/><w:docVars><w:docVar w:name="{x}" w:val="{m}"/></w:docVars><w:rsids><w:rsid w:val="{x}"/></w:rsids><w:mailMerge><w:query w:val="{m}"/></w:mailMerge><w:writeProtection w:hash="{x}"/><w:compat><w:compatSetting w:name="{m}" w:uri="{x}" w:val="{m}"/></w:compat><w:zoom w:percent="100" w:x="{m}"/>'),
    "targets of settings": Channel(PLAIN, {"word/settings.xml": f"<w:settings {NAMESPACES}/>"}, (("s", "settings", "settings.xml", False),), {"word/settings.xml": (("t", "attachedTemplate", "file:///H:/{x}.dotx", True),)}),
    "names of styles": part("styles", "styles", '<w:latentStyles><w:lsdException w:name="{m}"/></w:latentStyles><w:style w:type="paragraph" w:styleId="{x}"><w:name w:val="{m}"/><w:aliases w:val="{m}"/></w:style>', body=paragraph("x", properties='<w:pStyle w:val="{x}"/>')),
    "a style that is not there": shown(paragraph("x", properties='<w:pStyle w:val="{x}"/>')),
    "lists": part("numbering", "numbering", '<w:abstractNum w:abstractNumId="1"><w:nsid w:val="{x}"/><w:tmpl w:val="{x}"/><w:name w:val="{m}"/><w:lvl w:ilvl="0" w:tplc="{x}"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'),
    "fonts": part("fontTable", "fonts", '<w:font w:name="Arial"><w:altName w:val="{m}"/><w:embedRegular r:id="f" w:fontKey="{x}"/></w:font>'),
    "an embedded font": Channel(PLAIN, {"word/fontTable.xml": f"<w:fonts {NAMESPACES}/>", "word/fonts/font1.odttf": MARKER.encode()}, (("t", "fontTable", "fontTable.xml", False),), {"word/fontTable.xml": (("f", "font", "fonts/font1.odttf", False),)}),
    "the theme": Channel(PLAIN, {"word/theme.xml": f'<a:theme {NAMESPACES} name="{{m}}"><a:themeElements><a:clrScheme name="{{m}}"/></a:themeElements><a:objectDefaults><a:txDef>{{m}}</a:txDef></a:objectDefaults><a:custClrLst><a:custClr name="{{m}}"/></a:custClrLst></a:theme>'}, (("t", "theme", "theme.xml", False),)),
    "comments": part("comments", "comments", f'<w:comment w:id="1" w:author="{{m}}" w:initials="{{x}}">{paragraph("{m}")}</w:comment>', body=paragraph('<w:commentRangeStart w:id="1"/>', "x", '<w:r><w:commentReference w:id="1"/></w:r>')),
    "people": loose("word/people.xml", "<w15:people xmlns:w15='urn:w15'><w15:person w15:author='{m}'><w15:presenceInfo w15:userId='{m}'/></w15:person></w15:people>"),
    "the glossary": part("glossaryDocument", "glossaryDocument", f"<w:docParts><w:docPart><w:docPartPr><w:name w:val='{{m}}'/></w:docPartPr><w:docPartBody>{paragraph('{m}')}</w:docPartBody></w:docPart></w:docParts>"),
    "custom XML": loose("customXml/item1.xml", "<a x='{m}'>{m}</a>", "customXml"),
    "custom properties": loose("docProps/custom.xml", "<Properties xmlns='urn:p'><property name='{m}'>{m}</property></Properties>", "custom-properties"),
    "properties": loose("docProps/app.xml", "<Properties xmlns='urn:p'><Manager>{m}</Manager><Company>{m}</Company></Properties>", "extended-properties"),
    "a thumbnail": loose("docProps/thumbnail.jpeg", exif_jpeg(), "thumbnail"),
    "printer settings": loose("word/printerSettings/p1.bin", MARKER.encode("utf-16-le"), "printerSettings"),
    "recipients": loose("word/recipientData.xml", "<w:recipients xmlns:w='urn:w'><w:uniqueTag>{m}</w:uniqueTag></w:recipients>", "recipientData"),
    "web settings": loose("word/webSettings.xml", "<w:webSettings xmlns:w='urn:w'><w:div>{m}</w:div></w:webSettings>", "webSettings"),
    "a stray macro": loose("word/vbaProject.bin", MARKER.encode(), "vbaProject"),
    "an unknown part": loose("word/{x}.bin", MARKER.encode(), "x"),
    "a header to which nothing refers": part("header", "hdr", paragraph("{m}")),
    "a note to which nothing refers": part("footnotes", "footnotes", f'<w:footnote w:id="4">{paragraph("{m}")}</w:footnote>'),
    "a deleted note": part("footnotes", "footnotes", f'<w:footnote w:id="4">{paragraph("{m}")}</w:footnote>', body=paragraph("x", change("del", '<w:r><w:footnoteReference w:id="4"/></w:r>'))),
    "the width of fitted text": shown(paragraph(run("x", '<w:fitText w:val="{x}" w:id="{x}"/>'))),
    "a drawn signature": shown(
        paragraph("x", text_box(paragraph("y")).replace('<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>', '<a:custGeom><a:gdLst><a:gd name="{x}" fmla="{m}"/></a:gdLst><a:pathLst><a:path w="9" h="9"><a:moveTo><a:pt x="{x}" y="1"/></a:moveTo></a:path></a:pathLst></a:custGeom>'))
    ),
    "a signature line": shown(paragraph("x", '<w:r><w:pict><v:shape><o:signatureline o:suggestedsigner="{m}" o:suggestedsigneremail="{x}"/></v:shape></w:pict></w:r>')),
}  # fmt: skip

SEEN: dict[str, Channel] = {
    "text": shown(paragraph("Beste {m}, dag")),
    "text in two runs": shown(paragraph("Beste ", run("Wytske "), run("Zwartemans", "<w:b/>"), " {m}")),
    "inserted text": shown(paragraph(change("ins", run("{m}")))),
    "text that moved here": shown(paragraph(change("moveTo", run("{m}")))),
    "white text": shown(paragraph(run("{m}", '<w:color w:val="FFFFFF"/>'))),
    "a cell": shown(table(("Van", "{m}"))),
    "the caption of a table": shown(f'<w:tbl><w:tblPr><w:tblCaption w:val="{{m}}"/><w:tblDescription w:val="{{m}}"/></w:tblPr><w:tr><w:tc>{PLAIN}</w:tc></w:tr></w:tbl>'),
    "a text box": shown(paragraph("x", text_box(paragraph("{m}")))),
    "a text box in a text box": shown(paragraph("x", text_box(paragraph("y", text_box(paragraph("{m}")))))),
    "an alternative text": Channel(paragraph("x", picture("i", alternative="Foto van {m}")), {"word/media/a.png": png()}, (("i", "image", "media/a.png", False),)),
    "a watermark": shown(paragraph("x", '<w:r><w:pict><v:shape><v:textpath string="{m}"/></v:shape></w:pict></w:r>')),
    "the result of a field": shown(paragraph(word_field(" DOCPROPERTY x ", "{m}"))),
    "the result of a field that stays": shown(paragraph(word_field(" PAGE ", "{m}"))),
    "a list of contents": shown(paragraph(word_field(' TOC \\o "1-3" \\h ', "Gesprek met {m}"))),
    "a content control": shown(paragraph(f"<w:sdt><w:sdtContent>{run('{m}')}</w:sdtContent></w:sdt>")),
    "a block control": shown(f"<w:sdt><w:sdtContent>{paragraph('{m}')}</w:sdtContent></w:sdt>"),
    "a link": Channel(paragraph(f'<w:hyperlink r:id="h">{run("{m}")}</w:hyperlink>'), rels=(("h", "hyperlink", "https://example.nl/{x}", True),)),
    "mathematics": shown(paragraph("<m:oMath><m:r><m:t>{m}</m:t></m:r></m:oMath>")),
    "a gloss over a word": shown(paragraph(f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('{m}')}</w:rt><w:rubyBase>{run('x')}</w:rubyBase></w:ruby></w:r>")),
    "a header": part("header", "hdr", paragraph("{m}"), body=PLAIN + SECTION),
    "a footnote": part("footnotes", "footnotes", f'<w:footnote w:id="4">{paragraph("{m}")}</w:footnote>', body=paragraph("x", '<w:r><w:footnoteReference w:id="4"/></w:r>')),
    "an endnote": part("endnotes", "endnotes", f'<w:endnote w:id="4">{paragraph("{m}")}</w:endnote>', body=paragraph("x", '<w:r><w:endnoteReference w:id="4"/></w:r>')),
    "a label of a list": part("numbering", "numbering", '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="{m} %1"/></w:lvl></w:abstractNum>'),
    "a name with a soft hyphen": shown(paragraph("<w:r><w:t>Wytske Zwarte</w:t><w:softHyphen/><w:t>mans</w:t></w:r>", "{m}")),
    "a name over a page break": shown(paragraph('<w:r><w:t xml:space="preserve">Wytske </w:t><w:lastRenderedPageBreak/><w:t>Zwartemans</w:t></w:r>', "{m}")),
}  # fmt: skip


def in_comment(content: str = "", **options) -> Channel:
    """A document with a comment that stays; `attributes` are further ones of it."""
    attributes, parts = options.get("attributes", ""), options.get("parts", {})
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="1" w:author="{options.get("author", "x")}" {attributes}>{content or PLAIN}</w:comment>{options.get("behind", "")}</w:comments>'
    body = paragraph(
        '<w:commentRangeStart w:id="1"/>',
        "x",
        '<w:commentRangeEnd w:id="1"/>',
        '<w:r><w:commentReference w:id="1"/></w:r>',
    )
    rels = (("c", "comments", "comments.xml", False), *options.get("rels", ()))
    return Channel(PLAIN + body, {"word/comments.xml": comments, **parts}, rels)


PEOPLE = f'<w15:people {NAMESPACES}><w15:person w15:author="{{m}}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::{{x}}@a.nl::1"/></w15:person></w15:people>'
# Where comments stay: what nobody sees of them, and what readers see.
COMMENT_UNSEEN: dict[str, Channel] = {
    "initials": in_comment(attributes='w:initials="{x}"'),
    "an attribute of another program": in_comment(attributes='w15:x="{m}"'),
    "a date that is none": in_comment(attributes='w:date="{m}"'),
    "deleted text in a comment": in_comment(paragraph("x", '<w:del w:id="7" w:author="{m}"><w:r><w:delText>{m}</w:delText></w:r></w:del>')),
    "hidden text in a comment": in_comment(paragraph("x", run("{m}", "<w:vanish/>"))),
    "the tip of a link in a comment": in_comment(paragraph(f'<w:hyperlink w:tooltip="{{m}}" w:anchor="x">{run("x")}</w:hyperlink>')),
    "a comment to which nothing refers": in_comment(behind=f'<w:comment w:id="2" w:author="{{m}}">{paragraph("{m}")}</w:comment>'),
    "something that is no comment": in_comment(behind=paragraph("{m}")),
    "people": in_comment(parts={"word/people.xml": PEOPLE}, rels=(("p", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml", False),)),
    "identifiers of comments": in_comment(parts={"word/commentsIds.xml": '<x:a xmlns:x="urn:x" x:userId="{m}"/>'}, rels=(("p", "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds", "commentsIds.xml", False),)),
}  # fmt: skip
COMMENT_SEEN: dict[str, Channel] = {
    "a comment": in_comment(paragraph("Vraag {m}")),
    "the author of a comment": in_comment(author="{m}"),
    "the author and initials": in_comment(author="{m}", attributes='w:initials="{x}"'),
    "a comment in several runs": in_comment(paragraph(run("Wytske ", "<w:b/>"), "Zwartemans", " {m}")),
    "a table in a comment": in_comment(table(("x", "{m}")) + PLAIN),
    "an alternative text in a comment": in_comment(paragraph("x", picture("i", alternative="Foto van {m}"))),
}  # fmt: skip


def replaced(part_name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part_name]
        parts[part_name] = parts[part_name].replace(old.encode(), new.encode())

    return change


BODY, COMMENTS = "word/document.xml", "word/comments.xml"


TAMPERED: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "the name in the text": (replaced(BODY, "[5.1.2e]", MARKER), "redacted-strings-gone"),
    "other text": (replaced(BODY, "dag", "dagen"), "other-text-unchanged"),
    "a lost word": (replaced(BODY, "dag", ""), "other-text-unchanged"),
    "the name in an attribute": (replaced(BODY, "<w:p>", f'<w:p w:val="{MARKER}">'), "no-redacted-string-beside-the-text"),
    "the name run into another": (replaced(BODY, "<w:p>", '<w:p w:val="xWytskeZwartemansx">'), "no-redacted-string-beside-the-text"),
    "an element that nobody knows": (replaced(BODY, "<w:p>", "<w:p><w:ins/>"), "known-elements"),
    "an attribute that nobody knows": (replaced(BODY, "<w:p>", '<w:p w:rsidR="00AA11BB">'), "known-elements"),
    "a comment in the XML": (replaced(BODY, "<w:body>", "<w:body><!-- x -->"), "plain-xml"),
    "a namespace": (replaced(BODY, "<w:body>", '<w:body xmlns:jansen="urn:x">'), "plain-xml"),
    "an instruction": (replaced(BODY, "<w:r>", "<w:r><w:instrText> AUTHOR </w:instrText>"), "no-instructions"),
    "a part": (lambda parts: parts.update({"word/people.xml": b"<a/>"}), "known-parts"),
    "a part without relationship": (lambda parts: parts.update({"word/comments.xml": b"<a/>"}), "consistent-package"),
    "the name in bytes": (lambda parts: parts.update({"word/media/image1.png": MARKER.encode("utf-16-le")}), "no-redacted-string-in-any-part"),
    "a picture with words": (lambda parts: parts.update({"word/media/image1.png": text_png()}), "pictures-hold-pixels-alone"),
    "a JPEG with words": (lambda parts: parts.update({"word/media/image1.jpeg": exif_jpeg()}), "pictures-hold-pixels-alone"),
    "an address": (replaced("_rels/.rels", 'Target="docProps/app.xml"', 'Target="https://a.nl" TargetMode="External"'), "consistent-package"),
    "the name as the author": (replaced("docProps/core.xml", "woo-anon", MARKER), "no-redacted-string-beside-the-text"),
}  # fmt: skip
TAMPERED_COMMENTS: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "the name in a comment": (replaced(COMMENTS, "Vraag ", f"Vraag {MARKER}"), "redacted-strings-gone"),
    "the name as the author": (replaced(COMMENTS, 'w:author="[5.1.2e]"', f'w:author="{MARKER}"'), "redacted-strings-gone"),
    "other text": (replaced(COMMENTS, "Vraag ", "Vragen "), "other-text-unchanged"),
    "another author": (replaced(COMMENTS, 'w:author="[5.1.2e]"', 'w:author="x"'), "other-text-unchanged"),
    "initials": (replaced(COMMENTS, "<w:comment ", '<w:comment w:initials="WZ" '), "known-elements"),
    "the name in an attribute": (replaced(COMMENTS, "<w:p>", f'<w:p w:val="{MARKER}">'), "no-redacted-string-beside-the-text"),
}  # fmt: skip
