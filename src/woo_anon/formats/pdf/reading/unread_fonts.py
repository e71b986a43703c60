"""Fonts whose text PDFium leaves out or does not look into, so that nobody would find what it says."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.grammar import SHOWING
from woo_anon.formats.pdf.fonts.font import load_font

_SHOWS = re.compile(rb"T[jJ]\b|['\"]")
_DEEPEST = 8  # forms within forms
_BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError)


def why_unread_font(font: Any) -> str | None:
    """Why text in a font (a dictionary) cannot be taken as read, in words; None when it can."""
    subtype = str(font.get("/Subtype", ""))
    try:
        if subtype == "/Type3" and _glyphs_speak(font):
            return "the glyphs of a font show text in another font"
        # PDFium skips text without extent, and across a column glyphs that it does not have have none.
        if subtype == "/Type0" and not _is_embedded(font) and load_font(font).vertical:
            return "it has vertical writing in a font that is not embedded"
    except (NotUnderstoodError, *_BROKEN):
        return None  # PDFium replaces it; near a redaction its page becomes an image
    return None


def _glyphs_speak(font: Any) -> bool:
    glyphs = [glyph for _, glyph in font.get("/CharProcs", {}).items() if isinstance(glyph, pikepdf.Stream)]
    return any(map(_shows_text, glyphs)) or _forms_speak(font.get("/Resources"), 0)


def _forms_speak(resources: Any, depth: int) -> bool:
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(forms, pikepdf.Dictionary) or depth > _DEEPEST:
        return False
    return any(
        isinstance(form, pikepdf.Stream)
        and str(form.get("/Subtype", "")) == "/Form"
        and (_shows_text(form) or _forms_speak(form.get("/Resources"), depth + 1))
        for _, form in forms.items()
    )


def _shows_text(stream: Any) -> bool:
    if not _SHOWS.search(stream.read_bytes()):
        return False
    # The glyph may be a picture whose bytes look so by chance.
    return any(str(instruction.operator) in SHOWING for instruction in pikepdf.parse_content_stream(stream))


def _is_embedded(font: Any) -> bool:
    descriptor = font.DescendantFonts[0].get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
