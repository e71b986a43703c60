"""Words that files hold whatever the document says: names of the standards, and what the writer itself puts in.

A redacted word that is also one of these (`Contents`, `First`, `Description`) is not looked for where the standard puts
the word: in its place it says what kind of thing stands there and nothing of the document. Anywhere else it is looked
for. Each set says where it applies; a word is in it as the standard spells it, compared in plain form.

    NAMES            keys and names of dictionaries, resources, marked content      ISO 32000-2
    XML_NAMES        names of elements and attributes in XMP                        ISO 16684-1, ISO 19005, ISO 14289
    PROGRAM_WORDS    operators and keys of CMaps and of Type 1 fonts                Adobe Technical Notes 5014, 5040
    GLYPH_NAMES      names of glyphs in /Differences and in font programs           Adobe Glyph List
    OWN_TEXTS        whole strings that our writer puts into every file
    COMPOSED_TEXTS   those that typst puts into every file that it sets         pdfaExtension, ISO 19005-2, 6.6.2.3.3
"""

from __future__ import annotations

import re

from fontTools.agl import AGL2UV

from woo_anon.verify.strings import plain


def _words(*texts: str) -> frozenset[str]:
    return frozenset(plain(word) for text in texts for word in text.split())


_FILE = """
    Type Subtype Length Filter DecodeParms F FFilter FDecodeParms DL N First Extends Size Prev Root Encrypt Info ID W
    Index XRefStm ObjStm XRef Columns Colors Predictor BitsPerComponent EarlyChange K EndOfLine EncodedByteAlign Rows
    EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform Crypt Identity Name ASCIIHexDecode
    ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode"""
_DOCUMENT = """
    Catalog Version Extensions Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines Threads
    OpenAction AA URI AcroForm Metadata StructTreeRoot MarkInfo Lang SpiderInfo OutputIntents PieceInfo OCProperties
    Perms Legal Requirements Collection NeedsRendering DSS AF DPartRoot ADBE ISO_ BaseVersion ExtensionLevel
    ExtensionRevision URL SinglePage OneColumn TwoColumnLeft TwoColumnRight TwoPageLeft TwoPageRight UseNone
    UseOutlines UseThumbs FullScreen UseOC UseAttachments HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow
    DisplayDocTitle NonFullScreenPageMode Direction L2R R2L ViewArea ViewClip PrintArea PrintClip PrintScaling
    AppDefault Duplex Simplex DuplexFlipShortEdge DuplexFlipLongEdge PickTrayByPDFSize PrintPageRange NumCopies
    Enforce Title Author Subject Keywords Creator Producer CreationDate ModDate Trapped True False Unknown Page Parent
    Kids Count LastModified Resources MediaBox CropBox BleedBox TrimBox ArtBox BoxColorInfo Contents Rotate Group
    Thumb B Dur Trans Annots StructParents StructParent Tabs TemplateInstantiated PresSteps UserUnit VP Template PZ
    SeparationInfo DPart OutputIntent Limits Nums Kids Names S St P D R A a Outline Last Next Dest SE C XYZ Fit FitH
    FitV FitR FitB FitBH FitBV OutputCondition OutputConditionIdentifier RegistryName DestOutputProfile
    DestOutputProfileRef MixingHints SpectralData GTS_PDFX GTS_PDFA1 ISO_PDFE1 Marked UserProperties Suspects"""
_GRAPHICS = """
    ExtGState ColorSpace Pattern Shading XObject Font ProcSet Properties PDF Text ImageB ImageC ImageI LW LC LJ ML D
    RI OP op OPM BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK UseBlackPtComp HTO Default Normal Compatible
    Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue
    Saturation Color Luminosity Alpha BC G TransparencyGroup Transparency CS I AbsoluteColorimetric
    RelativeColorimetric Saturation Perceptual DeviceGray DeviceRGB DeviceCMYK CalGray CalRGB Lab ICCBased Indexed
    Separation DeviceN NChannel DefaultGray DefaultRGB DefaultCMYK WhitePoint BlackPoint Gamma Matrix Range Alternate
    All None Cyan Magenta Yellow Black Colorants Process Components MixingHints Solidities PrintingOrder DotGain Image
    Form PS Width Height ImageMask Mask Decode Interpolate Alternates SMaskInData Intent OPI Matte BPC DP IM H CSp
    FormType BBox Ref OC PatternType PaintType TilingType XStep YStep ShadingType Background AntiAlias Coords Domain
    Function Functions Extend BitsPerCoordinate BitsPerFlag VerticesPerRow Decode FunctionType BitsPerSample Order
    Encode C0 C1 Bounds HalftoneType HalftoneName Frequency Angle SpotFunction AccurateScreens TransferFunction
    Xsquare Ysquare Halftone Round SimpleDot Ellipse Line MeasureDict Measure GEO RL OCG OCMD OCGs VE Usage BaseState
    ON OFF Unchanged Order ListMode AllPages VisiblePages RBGroups Locked AS Event Category View Design Export Print
    Zoom User Language PageElement CreatorInfo AnyOn AllOn AnyOff AllOff Configs"""
_FONTS = """
    Type0 Type1 MMType1 Type3 TrueType CIDFontType0 CIDFontType2 CIDFontType0C Type1C OpenType BaseFont FirstChar
    LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs Differences BaseEncoding
    MacRomanEncoding MacExpertEncoding WinAnsiEncoding StandardEncoding PDFDocEncoding SymbolSetEncoding
    DescendantFonts CIDSystemInfo Registry Ordering Supplement DW DW2 W2 CIDToGIDMap CMap CMapName WMode UseCMap
    FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH
    AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style FD CIDSet Panose Length1 Length2 Length3
    UltraCondensed ExtraCondensed Condensed SemiCondensed SemiExpanded Expanded ExtraExpanded UltraExpanded Courier
    Helvetica Times Symbol ZapfDingbats Courier-Bold Courier-Oblique Courier-BoldOblique Helvetica-Bold
    Helvetica-Oblique Helvetica-BoldOblique Times-Roman Times-Bold Times-Italic Times-BoldItalic"""
_INTERACTION = """
    Annot Rect Contents NM M F AP AS Border BS Border C T Popup RC CreationDate IRT Subj RT IT ExData Open State
    StateModel Link Highlight FreeText Square Circle Polygon PolyLine Underline Squiggly StrikeOut Stamp Caret Ink
    FileAttachment Sound Movie Widget PrinterMark TrapNet Watermark Redact QuadPoints H PA MK DA Q DS CL BE RD LE Sy
    InkList Vertices Cap IC LL LLE LLO CP CO Parent Bl Ff FT V DV TU TM Fields NeedAppearances SigFlags DR XFA Btn Tx
    Ch Sig Opt TI MaxLen Yes Off On Action GoTo GoToR GoToE Launch Thread URI Hide Named SubmitForm ResetForm
    ImportData JavaScript JS SetOCGState Rendition Trans NextPage PrevPage FirstPage LastPage IsMap Base NewWindow
    Solid Dashed Beveled Inset RO I D X E U Fo PO PC PV PI O C WC WS DS WP DP N R Dm Di SS Split Blinds Box Wipe
    Dissolve Glitter Fly Push Cover Uncover Fade"""
_STRUCTURE = """
    StructElem IDTree ParentTree ParentTreeNextKey RoleMap ClassMap Namespaces NS Namespace RoleMapNS PhoneticAlphabet
    PronunciationLexicon Schema MCR OBJR Pg Stm StmOwn MCID Obj Alt ActualText E Phoneme Attached Artifact Pagination
    Layout Header Footer Bates LineNum Redaction Top Bottom Left Right ListNumbering Placement WritingMode
    BackgroundColor BorderColor BorderStyle BorderThickness Padding SpaceBefore SpaceAfter StartIndent EndIndent
    TextIndent TextAlign BlockAlign InlineAlign TBorderStyle TPadding BaselineShift LineHeight TextDecorationColor
    TextDecorationThickness TextDecorationType RubyAlign RubyPosition GlyphOrientationVertical ColumnCount ColumnGap
    ColumnWidths Table RowSpan ColSpan Headers Scope Summary Short Column Both Row Block Inline Before Start End After
    Justify Middle Center Distribute Auto LrTb RlTb TbRl Decimal UpperRoman LowerRoman UpperAlpha LowerAlpha Disc
    Circle Square Ordered Unordered Description None PrintField Role Checked Desc rb cb pb tv lb PresentationForm
    ContinuedList ContinuedFrom CSS-1 CSS-2 CSS-3 XML-1.00 HTML-3.20 HTML-4.01 OEB-1.00 RTF-1.05 NoteType Footnote
    Endnote TableHeader Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct
    Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code
    Annot Ruby RB RT RP Warichu WT WP Figure Formula Form Title Sub Strong Em Aside FENote Standard List Terms"""

NAMES = _words(_FILE, _DOCUMENT, _GRAPHICS, _FONTS, _INTERACTION, _STRUCTURE)

XML_NAMES = _words("""
    x:xmpmeta xmlns:x xmlns:rdf xmlns:dc xmlns:pdf xmlns:xmp xmlns:xmpMM xmlns:pdfaid xmlns:pdfuaid xmlns:pdfaExtension
    xmlns:pdfaSchema xmlns:pdfaProperty xmlns:pdfd xmlns:xml xmlns:pdfxid xmlns:xmpRights
    rdf:RDF rdf:Description rdf:about rdf:Alt rdf:Bag rdf:Seq rdf:li rdf:parseType rdf:resource rdf:value xml:lang
    dc:title dc:format dc:language dc:creator dc:description dc:subject dc:date dc:identifier dc:type dc:publisher
    pdf:Producer pdf:Keywords pdf:PDFVersion pdf:Trapped xmp:CreateDate xmp:ModifyDate xmp:MetadataDate xmp:CreatorTool
    xmpMM:DocumentID xmpMM:InstanceID pdfaid:part pdfaid:conformance pdfaid:rev pdfaid:amd pdfaid:corr
    pdfuaid:part pdfuaid:rev pdfuaid:amd pdfuaid:corr pdfd:declarations pdfd:conformsTo pdfaExtension:schemas
    pdfaSchema:schema pdfaSchema:namespaceURI pdfaSchema:prefix pdfaSchema:property pdfaProperty:name
    pdfaProperty:valueType pdfaProperty:category pdfaProperty:description""")

PROGRAM_WORDS = NAMES | _words("""
    CIDInit findresource begin dict def CIDSystemInfo CMapType endcodespacerange begincodespacerange beginbfchar
    endbfchar beginbfrange endbfrange begincidchar endcidchar begincidrange endcidrange beginnotdefrange endnotdefrange
    beginnotdefchar endnotdefchar usecmap usefont begincmap endcmap currentdict defineresource pop end dup put array for
    index exch readonly executeonly noaccess definefont makefont known not ifelse load systemdict userdict currentfile
    eexec closefile cleartomark mark true false null get string copy length eq and bind
    FontInfo version Notice Copyright FullName FamilyName Weight isFixedPitch UnderlinePosition UnderlineThickness
    FSType OrigFontType FontType PaintType FontMatrix Encoding FontBBox UniqueID XUID Metrics StrokeWidth CharStrings
    Private Subrs OtherSubrs BlueValues OtherBlues FamilyBlues FamilyOtherBlues BlueScale BlueShift BlueFuzz StdHW StdVW
    StemSnapH StemSnapV ForceBold LanguageGroup password lenIV MinFeature RndStem ExpansionFactor BaseFontName
    BaseFontBlend WeightVector hires fontdirectory Adobe Identity UCS Adobe-Identity-UCS Identity-H Identity-V UCS2
    Adobe-Identity-H UCS-2 resource procset category CMap %!PS-AdobeFont-1.0 %!FontType1-1.0""")

GLYPH_NAMES = frozenset(plain(name) for name in AGL2UV) | _words(".notdef")
NAMES_AND_GLYPHS = NAMES | GLYPH_NAMES
PROGRAM_WORDS_AND_GLYPHS = PROGRAM_WORDS | GLYPH_NAMES

# A box's replacement text is matched with its spaces or without: PDFium and content streams differ in them.
SPOKEN = re.compile(
    r"((ambtenaar|burger|externe|persoon|betrokkene|iemand) ?\d+, ?)?"
    r"gelakt( ?op ?grond ?van ?artikel ?5\.\d, ?[a-z]+ ?lid(, ?onder ?[a-z])?, ?woo)?",
    re.IGNORECASE,
)

OWN_TEXTS = frozenset(
    map(
        plain,
        (
            "woo-anon", "Publicatieversie", "application/pdf", "x-default", "Koppeling", "laag", "[gelakt]", "Resource",
            "PDF/UA identification", "pdfuaid", "part", "Integer", "internal", "Part of ISO 14289", "Custom", "2016",
            "adobe:ns:meta/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/elements/1.1/",
            "http://ns.adobe.com/pdf/1.3/", "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfua/ns/id/",
            "http://www.aiim.org/pdfa/ns/extension/", "http://www.aiim.org/pdfa/ns/schema#",
            "http://www.aiim.org/pdfa/ns/property#", "W5M0MpCehiHzreSzNTczkc9d",
        ),
    )
)  # fmt: skip


COMPOSED_TEXTS = re.compile(
    r"external|internal|converted|saved|proof|text|keywords|producer|trapped|pdfversion|instanceid|srgb( v[\d.]+)?"
    r"|typst [\d.]+"
    r"|(adobe pdf|pdf/ua identification|xmp media management) schema|part number of iso 14289 \(pdf/ua\)"
    r"|keywords associated with the document|name of the application that created the pdf document"
    r"|uuid based identifier for specific incarnation of a document|whether the document has been trapped"
    r"|version of the pdf specification to which the document conforms|[a-z0-9+/]{22}==(_source)?"
)


def is_own(text: str) -> bool:
    """Whether a whole string, in plain form, is one that the writer puts into files of its own accord."""
    return text in OWN_TEXTS or SPOKEN.fullmatch(text) is not None


def is_composed(text: str) -> bool:
    """The same of a file that typst set."""
    return is_own(text) or COMPOSED_TEXTS.fullmatch(text) is not None
