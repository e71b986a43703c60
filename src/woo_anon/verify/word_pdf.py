"""Checks of the PDF that was made of a written Word document: it says no more and no less than that document.

A program of others made it. Text that it did not show (a box too small for its text, a drawing that it does not know)
would be lost without anybody noticing; text of the source cannot be in it, for it was made of the redacted file.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pypdf

from woo_anon.document import Check, Document, Redaction
from woo_anon.openxml import vocabulary
from woo_anon.verify.checks import check_none
from woo_anon.verify.finds import Finds
from woo_anon.verify.pdf_objects import check_found, look_between, scan
from woo_anon.verify.pdf_text import text_of
from woo_anon.verify.strings import Gone, Words, count, gone, plain
from woo_anon.verify.word_text import read_texts

_FONT = re.compile(r"[a-z]{6}\+[^/()]{1,100}")  # of which a part is in the file: ISO 32000-2, 9.9.2
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Labels where a list uses them, headers and footers of first, odd and even pages where there is such a page.
_NOT_ALWAYS_SHOWN = re.compile(r"word/(numbering|header\d+|footer\d+)\.xml")
# Behind Latin, Greek and Cyrillic: scripts whose letters PDFium gives in another order or form, or that have no spaces,
# so that a page may end within what looks like a word.
_OTHER_SCRIPTS = "\u0590"
_SHORTEST = 4  # letters of a word that is looked for; shorter ones stand in any text


def check_rendering(docx: Path, pdf: Path, document: Document, redactions: Sequence[Redaction]) -> Iterator[Check]:
    """The checks of `pdf`, made of `docx`, in which `redactions` were removed from `document`.

    Raises what the libraries raise for a file that they cannot read.
    """
    data = pdf.read_bytes()
    text = text_of(data)
    seen = plain(text)
    pages = len(pypdf.PdfReader(io.BytesIO(data)).pages)
    # The PDF counts its pages; the Word document does not.
    strings = [s for s in gone(document, redactions, document.pages[0].end) if not _is_number_of_a_page(s, pages)]
    # Headers stand on every page, so how often a string may be there cannot be said; only whether it may at all.
    left = [string.number for string in strings if not string.allowed and count(string.text, seen) > string.within()]
    yield check_none("redacted-strings-gone-from-the-pdf", "redactions", left)
    yield from _objects(data, [string for string in strings if not string.allowed and not string.within()])
    lost = _lost_words(docx, text)
    yield Check("pdf-shows-the-text", not lost, f"{lost} words" if lost else "")


def _is_number_of_a_page(string: Gone, pages: int) -> bool:
    return string.text.isascii() and string.text.isdigit() and int(string.text) <= pages


def _objects(data: bytes, strings: Sequence[Gone]) -> Iterator[Check]:
    """Whatever else the file holds, and what another reader finds on its pages."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    finds = Finds(strings, own_name=_is_checked)
    scan(reader, finds)
    look_between(data, finds)
    shown = {number for number, times in finds.shown.items() if times}
    yield check_found("pdf-holds-none-in-its-objects", finds.beside | finds.binary | shown)
    text = Words(plain("\n".join(page.extract_text() for page in reader.pages)))
    yield check_found("pdf-shows-none-to-pypdf", {string.number for string in strings if text.count(string.text)})
    yield Check("pdf-has-no-attachments", not reader.attachments)


def _is_checked(name: str) -> bool:
    """Whether a name is that of a font or of a style: LibreOffice has those from this machine, or from the Word
    document, which holds none that was redacted."""
    return _FONT.fullmatch(name) is not None or set(name.split()) <= vocabulary()["styles"]


def _lost_words(docx: Path, text: str) -> int:
    """How many words of the document the PDF does not show."""
    with zipfile.ZipFile(io.BytesIO(docx.read_bytes())) as archive:
        trees = {
            name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }
    shown = _letters(text)
    # Alternative texts are heard, not shown.
    reading = read_texts({name: _shown(tree) for name, tree in trees.items() if not _NOT_ALWAYS_SHOWN.fullmatch(name)})
    words = {_letters(word) for line in reading.lines if line not in reading.spoken for word in line.split()}
    return sum(len(word) >= _SHORTEST and word not in shown and max(word) < _OTHER_SCRIPTS for word in words)


def _shown(tree: ElementTree.Element) -> ElementTree.Element:
    """A part without formulas, which are drawn in an order of their own, and without what stands above and below the
    notes that go on on a next page."""
    for parent in list(tree.iter()):
        for child in list(parent):
            name = child.tag.rpartition("}")[2]
            if name == "oMath" or (name in ("footnote", "endnote") and child.get(f"{_W}type", "normal") != "normal"):
                parent.remove(child)
    return tree


def _letters(text: str) -> str:
    """Letters and digits alone, in one case: hyphens at line ends and ligatures make no difference."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
