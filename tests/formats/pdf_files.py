"""Small PDFs for the tests of reading: drawn with reportlab, set with typst, or written object by object."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import typst
from reportlab.pdfgen.canvas import Canvas

PAGE = (300.0, 300.0)


def drawn(path: Path, *pages: Callable[[Canvas], object]) -> Path:
    """A PDF with a page of 300×300 pt per function."""
    canvas = Canvas(str(path), pagesize=PAGE)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def lines(*texts: str, left: float = 30, top: float = 270, leading: float = 12) -> Callable[[Canvas], None]:
    """A page with lines of text below each other."""

    def draw(canvas: Canvas) -> None:
        for at, text in enumerate(texts):
            canvas.drawString(left, top - at * leading, text)

    return draw


def at_places(*placed: tuple[float, float, str]) -> Callable[[Canvas], None]:
    """A page with strings at (x, y), drawn in the order given."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def typeset(path: Path, source: str) -> Path:
    """A PDF set by typst."""
    (path.parent / "source.typ").write_text(source, encoding="utf-8")
    typst.compile(str(path.parent / "source.typ"), output=str(path))
    return path


def changed(path: Path, change: Callable[[pikepdf.Pdf], object]) -> Path:
    """The PDF with a change made through pikepdf."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 50 50 Td (Jan Jansen) Tj ET"


def page(resources: bytes = b"") -> bytes:
    """A page object whose content is object 4 and whose font F1 is object 5."""
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        + resources
        + b">>>>"
    )


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (keys, len(data), data)


def form(data: bytes, forms: bytes) -> bytes:
    """A form XObject that can draw `forms`."""
    keys = b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<<" + forms + b">>/Font<</F1 5 0 R>>>>"
    return stream(data, keys)


def written(path: Path, *objects: bytes) -> Path:
    """A PDF of these objects, numbered from 1; object 1 is the catalog."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    path.write_bytes(out + tail % (size, table, size, len(out)))
    return path
