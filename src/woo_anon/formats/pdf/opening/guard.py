"""Looks at a PDF before PDFium does: is it one, may it be handled, and is it harmless.

The checks go from cheap to dear and each makes the next one safe:

    size, header ──► streams that explode ──► qpdf opens it ──► page tree ──► content of the pages ──► kind of file

What passes can still be slow or crash a native library: the child process that does a document's work has its own
limits of time and memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pikepdf

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.pdf.content.resources import contents_of
from woo_anon.formats.pdf.opening.expansion import TooLarge, expanded, inflated_size
from woo_anon.formats.pdf.opening.kind import PRINT_IT, check_kind
from woo_anon.formats.pdf.reading.unread_fonts import why_unread_font

LARGEST_FILE = 1 << 30
LARGEST_STREAM = 256 << 20  # any stream inflated; an A4 page scanned at 600 dpi in colour is 104 MB
LARGEST_FILE_INFLATED = 4 << 30  # all streams together: some 3 s of inflating
MOST_STREAMS = 300_000
LARGEST_PAGE = 32 << 20  # the drawing instructions of one page, forms repeated as often as they are drawn
# PDFium needs 3 µs and 250 bytes for a character, so each counts for as many bytes of drawing: 500,000 fill a page.
WEIGHT_OF_CHARACTER = 64
LARGEST_DOCUMENT = 1 << 30  # the drawing instructions of all pages
MOST_PAGES = 20_000  # the longest beslisnota seen has 441
DEEPEST_TREE = 64

HEADER = re.compile(rb"%PDF-")
STREAM = re.compile(rb"stream(\r\n|\n|\r)")
DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
INLINE_IMAGE = re.compile(rb"\bBI\b[^()]{0,1000}?\bID\b.*?\bEI\b", re.DOTALL)  # PDFium takes nothing in it for text
BRACKET = re.compile(rb"\\.|[()]|<[0-9A-Fa-f\s]+>", re.DOTALL)
NO_PASSWORD_HELPS = "unsupported encryption filter"  # qpdf, of a file encrypted for the holders of certificates
EXPORT_AGAIN = "Export the document again from its source."
EMBED_FONTS = "Export it again with all fonts embedded, or print it to a new PDF and run OCR on that (OCRmyPDF)."


@contextmanager
def opened(content: bytes, name: str, access: Access = NO_ACCESS, *, any_kind: bool = False) -> Iterator[pikepdf.Pdf]:
    """The PDF opened by qpdf, checked; closed at the end. `name` is for messages.

    With `any_kind`, what is signed, an XFA form or a portfolio is opened as well. Raises UnreadableError for what is no
    PDF, broken or hostile; RefusedError for what needs a password that `access` does not hold, or without `any_kind`
    is signed (unless `access` accepts that), an XFA form or a portfolio.
    """
    _check_bytes(content, name)
    with _unlocked(content, name, access) as pdf:
        try:
            _check_pages(pdf, name)
            if not any_kind:
                check_kind(pdf, name, access)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableError(f"{name}: the structure of this PDF is broken.", EXPORT_AGAIN) from error
        yield pdf


def _unlocked(content: bytes, name: str, access: Access) -> pikepdf.Pdf:
    """The PDF opened without a password, or else with the first of `access` that fits, the owner's or the user's."""
    for password in ("", *_spellings(access.passwords)):
        try:
            return pikepdf.open(io.BytesIO(content), password=password, suppress_warnings=True)
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            if NO_PASSWORD_HELPS in str(error):
                raise RefusedError(f"{name}: the PDF is locked in a way that no password opens.", PRINT_IT) from error
            raise UnreadableError(f"{name}: this PDF is broken.", EXPORT_AGAIN) from error
    tried = " that is not among those given" if access.passwords else ""
    raise RefusedError(
        f"{name}: the PDF needs a password{tried}.", "Write its password in a file and name that with --password-file."
    )


def _spellings(passwords: Iterable[str]) -> Iterator[str | bytes]:
    """Each password as UTF-8 and, where that differs, in Latin-1: ISO 32000-2, 7.6.4.3 for revision 6 and before."""
    for password in passwords:
        yield password
        if not password.isascii():
            yield password.encode("latin-1", "replace")


def _check_bytes(content: bytes, name: str) -> None:
    if not content:
        raise UnreadableError(f"{name}: the file is empty.", "Check the export that made it.")
    if len(content) > LARGEST_FILE:
        raise UnreadableError(f"{name}: the file is larger than 1 GiB.", "Split the document.")
    if not HEADER.search(content, 0, 1024 + 5):
        raise UnreadableError(f"{name}: this is no PDF.")
    try:
        _check_inflation(content)
    except TooLarge as error:
        raise _too_large(name) from error


def _check_inflation(content: bytes) -> None:
    """Inflates whatever may be a stream, without trusting what the file says of it. Raises TooLarge."""
    view = memoryview(content)
    total = 0
    for number, found in enumerate(STREAM.finditer(content)):
        start = found.end()
        if start + 1 < len(content) and _is_deflated(content[start], content[start + 1]):
            total += inflated_size(view[start:], LARGEST_STREAM)
        if total > LARGEST_FILE_INFLATED or number > MOST_STREAMS:
            raise TooLarge


def _is_deflated(first: int, second: int) -> bool:
    """RFC 1950: method 8, window of at most 32 KiB, and the two bytes together a multiple of 31."""
    return first & 0x0F == 8 and first >> 4 <= 7 and (first << 8 | second) % 31 == 0


def _too_large(name: str) -> UnreadableError:
    return UnreadableError(f"{name}: the PDF expands to more than can be handled.", "Split it, or export it again.")


def _check_pages(pdf: pikepdf.Pdf, name: str) -> None:
    """The page tree has no loop, says how many pages it has, and no page draws without end."""
    tree = pdf.Root.get("/Pages")
    if not isinstance(tree, pikepdf.Dictionary):
        raise UnreadableError(f"{name}: the PDF has no pages.", EXPORT_AGAIN)
    pages = 0
    drawing = Drawing(name)
    total = 0
    for page, resources in _walk(tree, name):
        pages += 1
        total += drawing.size(page, resources)
        if pages > MOST_PAGES or total > LARGEST_DOCUMENT:
            raise _too_large(name)
    if not pages:
        raise UnreadableError(f"{name}: the PDF has no pages.", EXPORT_AGAIN)
    if int(tree.get("/Count", -1)) != pages:
        raise UnreadableError(f"{name}: pages of this PDF are missing.", EXPORT_AGAIN)


def _walk(tree: pikepdf.Dictionary, name: str) -> Iterator[tuple[pikepdf.Dictionary, pikepdf.Object | None]]:
    """Every page with the resources that it has or inherits. Raises UnreadableError for a loop."""
    todo: list[tuple[pikepdf.Object, pikepdf.Object | None, int]] = [(tree, tree.get("/Resources"), 0)]
    seen: set[tuple[int, int]] = set()
    while todo:
        node, resources, depth = todo.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > DEEPEST_TREE:
            raise UnreadableError(f"{name}: the page tree of this PDF is broken.", EXPORT_AGAIN)
        if node.is_indirect:
            if node.objgen in seen:
                raise UnreadableError(f"{name}: the page tree of this PDF runs in a circle.", EXPORT_AGAIN)
            seen.add(node.objgen)
        resources = node.get("/Resources", resources)
        if "/Kids" in node:
            todo += reversed([(kid, resources, depth + 1) for kid in list(node.Kids)])
        else:
            yield node, resources


class Drawing:
    """Measures what the pages of one document draw; keeps what forms come to.

    Sizes are bytes of drawing instructions, each character of text weighted by WEIGHT_OF_CHARACTER.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._forms: dict[tuple[int, int], int] = {}
        self._open: set[tuple[int, int]] = set()
        self._checked: set[tuple[int, int]] = set()

    def size(self, page: pikepdf.Dictionary, resources: pikepdf.Object | None) -> int:
        """What a page draws, forms counted each time they are drawn."""
        data = b"\n".join(map(self._expand, contents_of(page)))
        return self._with_forms(data, resources)

    def _expand(self, stream: pikepdf.Stream) -> bytes:
        try:
            return expanded(stream, LARGEST_PAGE)
        except TooLarge as error:
            raise _too_large(self._name) from error

    def _with_forms(self, data: bytes, resources: pikepdf.Object | None) -> int:
        size = len(data) + WEIGHT_OF_CHARACTER * _characters(data)
        if isinstance(resources, pikepdf.Dictionary):
            self._check_fonts(resources)
            forms = resources.get("/XObject")
            if isinstance(forms, pikepdf.Dictionary):
                for drawn in DRAWN.findall(data):
                    size += self._form(forms.get("/" + _unescape(drawn)), resources)
                    if size > LARGEST_PAGE:
                        raise _too_large(self._name)
        if size > LARGEST_PAGE:
            raise _too_large(self._name)
        return size

    def _form(self, form: pikepdf.Object | None, resources: pikepdf.Dictionary) -> int:
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            return 0
        if form.objgen in self._forms:
            return self._forms[form.objgen]
        if form.objgen in self._open or len(self._open) > DEEPEST_TREE:
            raise UnreadableError(f"{self._name}: a form on a page draws itself.", EXPORT_AGAIN)
        self._open.add(form.objgen)
        size = self._with_forms(self._expand(form), form.get("/Resources", resources))
        self._open.discard(form.objgen)
        self._forms[form.objgen] = size
        return size

    def _check_fonts(self, resources: pikepdf.Dictionary) -> None:
        """The streams that PDFium inflates for a font: the font itself, its encoding, its map to Unicode."""
        fonts = resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            return
        for font in fonts.as_dict().values():
            if not isinstance(font, pikepdf.Dictionary) or (font.is_indirect and font.objgen in self._checked):
                continue
            self._checked.add(font.objgen)
            for stream in _font_streams(font):
                self._check_stream(stream)
            if reason := why_unread_font(font):
                raise RefusedError(f"{self._name}: the PDF cannot be read: {reason}.", EMBED_FONTS)

    def _check_stream(self, stream: pikepdf.Stream) -> None:
        try:
            expanded(stream, LARGEST_PAGE)
        except TooLarge as error:
            raise _too_large(self._name) from error
        except ValueError:
            return  # a broken font is PDFium's to replace


def _font_streams(font: pikepdf.Dictionary) -> Iterator[pikepdf.Stream]:
    descendants = font.get("/DescendantFonts")
    below = list(descendants)[:1] if isinstance(descendants, pikepdf.Array) else []
    for holder in [font, *(one for one in below if isinstance(one, pikepdf.Dictionary))]:
        descriptor = holder.get("/FontDescriptor")
        values = [holder.get(key) for key in ("/ToUnicode", "/Encoding", "/CIDToGIDMap")]
        if isinstance(descriptor, pikepdf.Dictionary):
            values += [descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
        procedures = holder.get("/CharProcs")
        if isinstance(procedures, pikepdf.Dictionary):
            values += list(procedures.as_dict().values())
        yield from (value for value in values if isinstance(value, pikepdf.Stream))


def _characters(data: bytes) -> int:
    """How many bytes of strings a content stream shows, at most.

    ISO 32000-2, 7.3.4: brackets in strings nest or are escaped.
    """
    shown = depth = start = 0
    data = INLINE_IMAGE.sub(b"", data)
    for bracket in BRACKET.finditer(data):
        sign = bracket[0]
        if sign == b"(":
            start = start if depth else bracket.end()
            depth += 1
        elif sign == b")" and depth:
            depth -= 1
            shown += 0 if depth else bracket.start() - start
        elif sign[:1] == b"<" and not depth:
            shown += len(sign) // 2
    return shown + (len(data) - start if depth else 0)


def _unescape(name: bytes) -> str:
    """A name as it stands in a content stream, `#xx` undone."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name).decode("utf-8", "surrogateescape")
