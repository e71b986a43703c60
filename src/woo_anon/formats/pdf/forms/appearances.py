"""Appearances of form fields that come without: drawn by PDFium, as a reader of the file would see them.

A field may leave it to the reader to draw its value (ISO 32000-2, 12.7.4.3: /NeedAppearances). PDFium does that well:
combs, several lines, lists, letters that the font does not have.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2

from woo_anon.formats.pdf.forms.widgets import field_value, widgets


def lacks_appearances(pdf: pikepdf.Pdf) -> bool:
    """Whether the form asks its reader to draw the values, or has a field whose value nobody drew."""
    form = pdf.Root.get("/AcroForm")
    asked = isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False) is True
    return asked or any(_lacks_one(widget) for page in pdf.pages for widget in widgets(page))


def _lacks_one(widget: Any) -> bool:
    return "/AP" not in widget and field_value(widget, "/FT") != "/Sig"


def with_appearances(content: bytes) -> bytes:
    """The file `content` with an appearance for every field that can have one. Raises PdfiumError."""
    memory = io.BytesIO()
    with pypdfium2.PdfDocument(content) as pdf:
        pdf.init_forms()
        for page in pdf:  # loading a page draws its fields
            page.close()
        pdf.save(memory)
    return memory.getvalue()
