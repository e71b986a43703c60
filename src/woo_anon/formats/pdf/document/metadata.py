"""New metadata: nothing of the source's but its language, a title that its pages show, and the standards that the
written file still meets.

PDF/A and PDF/UA are claimed only when the source claimed them and the tags that they ask for are there. When a page
became an image, PDF/A below level A is left. Output from another source declares nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.structure.tree import valid_language

TITLE = "Publicatieversie"
PRODUCER = "woo-anon"
DEFAULT_LANGUAGE = "nl-NL"

_PART = re.compile(rb"pdfaid:part\s*(?:=\s*[\"']|>)\s*(\d)")
_LEVEL = re.compile(rb"pdfaid:conformance\s*(?:=\s*[\"']|>)\s*([A-Za-z])")
_REVISION = re.compile(rb"pdfaid:rev\s*(?:=\s*[\"']|>)\s*(\d{4})")
_ACCESSIBLE = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"']|>)\s*(\d)")

# What output intents call themselves in practice (ISO 15930 practice, ICC registry); any other text goes.
_KNOWN_CONDITION = re.compile(r"sRGB( IEC ?61966-?2[-.]1)?|Adobe RGB \(1998\)|FOGRA\d{2}L?|CGATS TR ?00\d|Custom")


@dataclass(frozen=True)
class Claims:
    """Which standards a file says it meets; `archival` is "2B" or "", `accessible` the PDF/UA part or ""."""

    archival: str = ""
    accessible: str = ""
    revision: str = ""

    def of_pictures(self) -> Claims:
        """What is left of them when pages are pictures, which no structure tree describes: PDF/A below level A."""
        return Claims(self.archival.replace("A", "B"), "", self.revision)


def read_claims(pdf: pikepdf.Pdf) -> Claims:
    """What the XMP packet of the source claims."""
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return Claims()
    try:
        data = packet.read_bytes()
    except pikepdf.PdfError:
        return Claims()
    part, level, ua, year = (_first(p, data) for p in (_PART, _LEVEL, _ACCESSIBLE, _REVISION))
    archival = part + level.upper() if part and (level or part == "4") else ""
    if not is_tagged(pdf):
        archival, ua = archival.replace("A", "B"), ""
    return Claims(archival, ua, year)


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether there is a structure tree and the file says that its content is marked for it."""
    marked = pdf.Root.get("/MarkInfo", Dictionary())
    return isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary) and bool(marked.get("/Marked", False))


def _first(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data)
    return found[1].decode("ascii") if found else ""


def write_metadata(pdf: pikepdf.Pdf, claims: Claims, title: str = TITLE) -> None:
    """Replace all metadata by ours. The catalog's language stays when it is one; a tagged document always has one."""
    tagged = is_tagged(pdf)
    if not tagged and "/MarkInfo" in pdf.Root:
        del pdf.Root.MarkInfo
    language = valid_language(pdf.Root.get("/Lang")) or (DEFAULT_LANGUAGE if tagged else None)
    if language:
        pdf.Root.Lang = String(language)
    elif "/Lang" in pdf.Root:
        del pdf.Root.Lang
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
    if not claims.archival.startswith("4"):  # which wants the packet alone (ISO 19005-4, 6.1.3)
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title), Producer=String(PRODUCER)))
    packet = pikepdf.Stream(pdf, _packet(title, language, claims).encode("utf-8"))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)


def _packet(title: str, language: str | None, claims: Claims) -> str:
    parts = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>',
        "<dc:format>application/pdf</dc:format>",
        f"<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>",
    ]
    if language:
        parts.append(f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>")
    if claims.archival:
        parts.append(f"<pdfaid:part>{claims.archival[0]}</pdfaid:part>")
        if claims.archival[1:]:
            parts.append(f"<pdfaid:conformance>{claims.archival[1:]}</pdfaid:conformance>")
        if claims.revision:
            parts.append(f"<pdfaid:rev>{claims.revision}</pdfaid:rev>")
    if claims.accessible:
        parts.append(f"<pdfuaid:part>{claims.accessible}</pdfuaid:part>")
    if claims.archival and claims.accessible:
        parts.append(_EXTENSION)
    body = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f'{body}\n</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


# PDF/A allows a schema that it does not know only when the packet describes it (ISO 19005-2, 6.6.2.3.3).
_EXTENSION = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def clean_output_intents(pdf: pikepdf.Pdf) -> None:
    """Keep output intents without any free text."""
    if "/OutputIntents" not in pdf.Root:
        return
    intents = pdf.Root.OutputIntents if isinstance(pdf.Root.OutputIntents, Array) else ()
    cleaned = [_clean_intent(intent) for intent in intents if isinstance(intent, Dictionary)]
    if cleaned:
        pdf.Root.OutputIntents = Array(cleaned)
    else:
        del pdf.Root.OutputIntents


def _clean_intent(intent: Any) -> Any:
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    known = identifier if _KNOWN_CONDITION.fullmatch(identifier) else "Custom"
    new = Dictionary(
        Type=Name.OutputIntent, S=intent.get("/S", Name.GTS_PDFA1), OutputConditionIdentifier=String(known)
    )
    if known == "Custom":
        new.Info = String("Custom")  # required beside an identifier that no registry knows
    if isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream):
        new.DestOutputProfile = intent.DestOutputProfile
    return new
