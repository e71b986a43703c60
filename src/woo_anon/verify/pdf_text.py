"""The text of a whole PDF as PDFium gives it."""

from __future__ import annotations

from typing import Any

import pypdfium2


def whole_text(pdf: Any) -> str:
    """The text of all pages of an open document, a line end between them."""
    return "\n".join(texts(pdf))


def texts(pdf: Any) -> list[str]:
    """The text of each page of an open document."""
    pieces = []
    for page in pdf:
        text_page = page.get_textpage()
        pieces.append(text_page.get_text_range())
        text_page.close()
        page.close()
    return pieces


def text_of(data: bytes) -> str:
    """The same of the bytes of a file. Raises what PDFium raises for a broken one."""
    with pypdfium2.PdfDocument(data) as pdf:
        return whole_text(pdf)
