"""Whether a content stream says something besides the text that it shows: only then has it to be rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pikepdf

from woo_anon.formats.pdf.content.grammar import fits
from woo_anon.formats.pdf.content.resources import contents_of

_LANGUAGES = re.compile(rb"/Lang\s*\(([^()\\]*)\)")
_MARKS = re.compile(rb"/([^\s/<>\[\]()%]+)\s*(?:/\S+|<<[^>]*>>)?\s*(?:BDC|BMC)\b")


def page_speaks(page: pikepdf.Page, names: Callable[[str], bool]) -> bool:
    if "/Pattern" in page.obj.get("/Resources", {}):
        return True
    return data_speaks(b"\n".join(stream.read_bytes() for stream in contents_of(page.obj)), names)


def data_speaks(data: bytes, names: Callable[[str], bool]) -> bool:
    if not fits(data):
        return True
    said = {*_LANGUAGES.findall(data), *_MARKS.findall(data)}
    return any(names(one.decode("latin-1")) for one in said)
