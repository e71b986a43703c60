"""What kind of PDF it is: those that cannot be made fit for publication as they are, and signed ones.

XFA form       what is shown stands in XML that neither PDFium nor qpdf draws            refused
portfolio      the documents are attachments, the page is a cover                        refused
signed         a redacted version breaks the signature                                   refused, or accepted
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access

PRINT_IT = "Print it to PDF and try again."
Key = tuple[int, int]


def check_kind(pdf: pikepdf.Pdf, name: str, access: Access) -> None:
    """Raises RefusedError for an XFA form, a portfolio, and a signed file unless `access` accepts it.

    ISO 32000-2: 12.7.8 (XFA; /NeedsRendering tells of a dynamic form), 12.3.5 (portfolios), 12.8 (signatures).
    """
    form = pdf.Root.get("/AcroForm")
    if _has(form, "/XFA") or pdf.Root.get("/NeedsRendering", False) is True:
        raise RefusedError(f"{name}: this is an XFA form.", PRINT_IT)
    if "/Collection" in pdf.Root:
        raise RefusedError(f"{name}: this is a portfolio of files.", "Take the files out and handle each of them.")
    if not access.accept_signed and is_signed(pdf):
        raise RefusedError(
            f"{name}: the PDF is signed, and a redacted version would break the signature.",
            "With --accept-signed it is redacted, and loses its signature.",
        )


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether a signature, a time stamp or a certificate of usage rights stands in the file (ISO 32000-2, 12.8).

    A field that waits to be signed is no signature.
    """
    return "/Perms" in pdf.Root or any(_has(field.get("/V"), "/ByteRange") for field in fields(pdf))


def drop_form(pdf: pikepdf.Pdf) -> None:
    """Take away the form, and with it what makes the file a signed one."""
    for key in ("/Perms", "/DSS", "/AcroForm"):
        if key in pdf.Root:
            del pdf.Root[key]


def fields(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every field of the form, and every widget of the pages, which readers take for a field as well."""
    form = pdf.Root.get("/AcroForm")
    due = _listed(form.get("/Fields")) if isinstance(form, pikepdf.Dictionary | pikepdf.Stream) else []
    for page in pdf.pages:
        due += _listed(page.obj.get("/Annots"))
    seen: set[Key] = set()
    while due:
        field = due.pop()
        if not isinstance(field, pikepdf.Dictionary) or (field.is_indirect and field.objgen in seen):
            continue
        seen.add(field.objgen)
        yield field
        due += _listed(field.get("/Kids"))
        due += [field.Parent] if "/Parent" in field else []


def _listed(value: object) -> list[pikepdf.Object]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _has(value: object, key: str) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and key in value
