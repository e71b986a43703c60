"""Looks for a marker text in a PDF, everywhere and in every encoding; shares nothing with the code that writes.

Raw bytes, every object (strings, names, keys, streams) read with pypdf, the text by PDFium, by pypdf and, where it is
installed, by poppler.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject


def places_of(marker: str, path: Path) -> list[str]:
    """Where `marker` is found, in words; empty when it is nowhere."""
    data = path.read_bytes()
    found = ["raw bytes"] if _in_bytes(marker, data) else []
    reader = pypdf.PdfReader(io.BytesIO(data))
    numbers = set(reader.xref_objStm) | {number for table in reader.xref.values() for number in table}
    for number in sorted(numbers - {0}):
        if _in_object(marker, reader.get_object(number)):
            found.append(f"object {number}")
    if _in_object(marker, reader.trailer):
        found.append("trailer")
    for index, page in enumerate(reader.pages):
        if _in_text(marker, page.extract_text()):
            found.append(f"pypdf text of page {index + 1}")
    document = pypdfium2.PdfDocument(data)
    for index, page in enumerate(document):
        if _in_text(marker, page.get_textpage().get_text_range()):
            found.append(f"PDFium text of page {index + 1}")
    document.close()
    if _in_text(marker, _by_poppler(path)):
        found.append("poppler text")
    return found


def _by_poppler(path: Path) -> str:
    if not shutil.which("pdftotext"):
        assert not os.environ.get("CI"), "poppler-utils is missing"
        return ""
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode("utf-8", "replace")


def _in_text(marker: str, text: str) -> bool:
    return marker.casefold() in re.sub(r"\s", "", text).casefold()


def _in_bytes(marker: str, data: bytes) -> bool:
    encodings = ("utf-8", "utf-16-be", "utf-16-le", *(("latin-1",) if max(marker) <= "\xff" else ()))
    forms = [marker.encode(encoding) for encoding in encodings]
    forms += [form.hex().encode() for form in forms]
    lowered = data.lower()
    return any(form.lower() in lowered for form in forms)


def _in_object(marker: str, value: object) -> bool:
    if isinstance(value, IndirectObject):
        return False
    if isinstance(value, StreamObject) and _in_stream(marker, value):
        return True
    if isinstance(value, DictionaryObject):
        return any(_in_bytes(marker, str(key).encode()) or _in_object(marker, item) for key, item in value.items())
    if isinstance(value, ArrayObject):
        return any(_in_object(marker, item) for item in value)
    if isinstance(value, bytes):
        return _in_bytes(marker, value)
    return isinstance(value, str) and _in_bytes(marker, value.encode("utf-8", "surrogatepass"))


def _in_stream(marker: str, stream: StreamObject) -> bool:
    try:
        data = bytes(stream.get_data())
    except Exception:  # an image that pypdf cannot decode: its bytes as they are
        data = bytes(stream._data)
    return any(_in_data(marker, layer) for layer in _layers(data))


def _layers(data: bytes) -> Iterator[bytes]:
    """The data, and what comes out when it is inflated once more, as long as that works."""
    yield data
    while data[:1] == b"x":
        try:
            data = zlib.decompress(data)
        except zlib.error:
            return
        yield data


def _in_data(marker: str, data: bytes) -> bool:
    strings = b"".join(re.findall(rb"\(((?:[^()\\]|\\.)*)\)", data))
    digits = b"".join(re.findall(rb"<([0-9A-Fa-f]+)>", data))
    return any(
        _in_bytes(marker, part)
        for part in (data, strings, digits, bytes.fromhex(digits.decode()[: len(digits) // 2 * 2]))
    )
