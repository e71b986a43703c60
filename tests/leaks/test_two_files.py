"""A broken file may be one file to PDFium, which reads and shows it, and another one to qpdf, which writes it.

Then a page of which nothing is redacted would be published with what nobody read, or without what everybody saw.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from redacting import Redacted, redact

from woo_anon.verify import verify

NAME = "Zwaluwstaart"
_Objects = list[tuple[int, int, bytes]]  # number, generation and body


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data)


def _text(line: str, height: int) -> bytes:
    return _stream(f"BT /F1 14 Tf 72 {height} Td ({line}) Tj ET".encode())


def _objects(second_page: bytes) -> _Objects:
    """A letter on page 1; page 2 with these contents."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 7 0 R >> >> /Contents %b >>"
    )
    return [
        (1, 0, b"<< /Type /Catalog /Pages 2 0 R >>"),
        (2, 0, b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"),
        (3, 0, page % b"6 0 R"),
        (4, 0, page % second_page),
        (5, 0, _text("Bijlage bij de brief", 700)),
        (6, 0, _text(f"Beste {NAME} tot ziens", 700)),
        (7, 0, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
    ]


def _file(objects: _Objects, moved: dict[int, int] | None = None) -> bytes:
    """A PDF of these objects; the table says of the `moved` ones that they stand where others do."""
    out, places = bytearray(b"%PDF-1.7\n"), dict[tuple[int, int], int]()
    for number, generation, body in objects:
        places[number, generation] = len(out)
        out += b"%d %d obj\n%b\nendobj\n" % (number, generation, body)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    for number, generation in sorted(places):
        at = places[(moved or {}).get(number, number), generation]
        table += b"%d 1\n%010d %05d n \n" % (number, at, generation)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(places)[0] + 1, len(out))
    return bytes(out) + table + end


READ_BY_QPDF_ALONE = {
    "a line of digits": _file([*_objects(b"[5 0 R 8 0 R]"), (8, 0, _text("BSN 123456782", 400))], {8: 7}),
    "a short name": _file([*_objects(b"[5 0 R 8 0 R]"), (8, 0, _text("Jan Vos", 400))], {8: 7}),
}
READ_BY_PDFIUM_ALONE = {
    "a number that is too high": _file([*_objects(b"[5 0 R 1000 0 R]"), (1000, 0, _text("De tweede alinea", 400))]),
    "another generation": _file([*_objects(b"[5 0 R 8 1 R]"), (8, 0, _text("De tweede alinea", 400))]),
}


def _passes(done: Redacted) -> bool:
    return verify(done.source, done.target, done.document, done.redactions).passed


@pytest.mark.parametrize("way", READ_BY_QPDF_ALONE)
def test_what_nobody_read_is_not_published(way: str, tmp_path: Path) -> None:
    source = tmp_path / "note.pdf"
    source.write_bytes(READ_BY_QPDF_ALONE[way])
    done = redact(source, [NAME])
    assert "BSN" not in done.document.text
    assert "Jan" not in done.document.text
    assert not _passes(done)


@pytest.mark.parametrize("way", READ_BY_PDFIUM_ALONE)
def test_what_was_seen_is_not_lost(way: str, tmp_path: Path) -> None:
    source = tmp_path / "note.pdf"
    source.write_bytes(READ_BY_PDFIUM_ALONE[way])
    done = redact(source, [NAME])
    assert "De tweede alinea" in done.document.text
    assert not _passes(done)


def test_a_sound_file_of_the_same_objects_passes(tmp_path: Path) -> None:
    source = tmp_path / "note.pdf"
    source.write_bytes(_file([*_objects(b"[5 0 R 8 0 R]"), (8, 0, _text("De tweede alinea", 400))]))
    assert _passes(redact(source, [NAME]))
