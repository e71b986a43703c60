"""Makes of a PDF as it came one that can be read, rewritten and compared: unlocked, unsigned, its form fields drawn.

encrypted ──► saved without encryption
signed ─────► without its signature (when the user accepts that)
form ───────► appearances drawn where they are missing ──► part of the pages ──► compared with what was shown before
marked ─────► without the marks for redaction, which were read

Most files need none of it and stay as they are.
"""

from __future__ import annotations

import io
import warnings

import pikepdf

from woo_anon.document import Prepared
from woo_anon.errors import UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.forms.appearances import lacks_appearances, with_appearances
from woo_anon.formats.pdf.forms.flatten import flatten, settle
from woo_anon.formats.pdf.forms.likeness import check_likeness
from woo_anon.formats.pdf.forms.widgets import has_widgets
from woo_anon.formats.pdf.opening.guard import opened
from woo_anon.formats.pdf.opening.kind import PRINT_IT, drop_form, is_signed

_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError)


def prepare(pdf: pikepdf.Pdf, name: str, *, changed: bool = False) -> Prepared | None:
    """The file to handle in place of the one that the guard opened as `pdf`; None when that can stay as it is.

    `changed` says that `pdf` is no more what the file holds: marks were taken out.
    Raises RefusedError when a form cannot be made part of its pages without changing how they look; UnreadableError
    when a form, or what was encrypted, is broken or hostile.
    """
    removed = set()
    if pdf.is_encrypted:
        removed.add("encryption")
    if is_signed(pdf):
        removed.add("signature")
    if has_widgets(pdf):
        removed.add("flattened-forms")
    if not removed and not changed:
        return None
    content = saved(pdf)
    if pdf.is_encrypted:
        _guard(content, name)  # the guard could not look into its streams before
    try:
        if "flattened-forms" in removed:
            content = _flattened(content, name)
        elif removed:
            content = _without_form(content)
    except _BROKEN as error:
        raise UnreadableError(f"{name}: the form in this PDF is broken.", PRINT_IT) from error
    return Prepared(content, tuple(sorted(removed)))


def _flattened(content: bytes, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as form:
        if "/AcroForm" not in form.Root:  # PDFium shows no field of a file that does not say that it is a form
            form.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
            content = saved(form)
        if lacks_appearances(form):
            content = with_appearances(content)
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as form:
        settle(form)
        before = saved(form)
        pages = flatten(form)
        drop_form(form)
        after = saved(form)
    _guard(after, name)  # before PDFium draws it
    check_likeness(before, after, pages, name)
    return after


def _without_form(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        drop_form(pdf)
        return saved(pdf)


def _guard(content: bytes, name: str) -> None:
    with opened(content, name, Access(accept_signed=True)):
        pass


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes without encryption, its streams as they are."""
    memory = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf warns of fields that the form does not list; they are about to go
        pdf.save(memory, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, static_id=True)
    return memory.getvalue()
