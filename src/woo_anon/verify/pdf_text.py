"""The text of a whole PDF as PDFium gives it."""

from __future__ import annotations

from typing import Any

import pypdfium2


def whole_text(pdf: Any) -> str:
    """The text of all pages of an open document, a line end between them."""
    return "\n".join(texts(pdf))


def texts(pdf: Any) -> list[str]:
    """The text of each page of an open document."""
    return [page_text(pdf, index) for index in range(len(pdf))]


def page_text(pdf: Any, index: int) -> str:
    """The text of one page of an open document."""
    page = pdf[index]
    text_page = page.get_textpage()
    text: str = text_page.get_text_range()
    text_page.close()
    page.close()
    return text


def text_of(data: bytes) -> str:
    """The same of the bytes of a file. Raises what PDFium raises for a broken one."""
    with pypdfium2.PdfDocument(data) as pdf:
        return whole_text(pdf)
