"""Whether a content stream says something besides the text that it shows: only then has it to be rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pikepdf

from woo_anon.formats.pdf.content.grammar import fits
from woo_anon.formats.pdf.content.properties import is_language
from woo_anon.formats.pdf.content.resources import contents_of

# What can speak in a content stream besides the text it shows, if it fits the grammar: replacement texts.
_SPEAKING = re.compile(rb"/(?:ActualText|Alt|E)\b")
# A shown string, its brackets up to two levels deep.
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)", re.DOTALL)
# A property list with a string in it, languages apart, which stand before every paragraph of some programs.
_TOLD = re.compile(rb"<<[^<>]*(?:\(\)|<[0-9A-Fa-f\s]+>)")
_LANGUAGES = re.compile(rb"/Lang\s*\(([^()\\]*)\)")
_MARKS = re.compile(rb"/([^\s/<>\[\]()%]+)\s*(?:/\S+|<<[^>]*>>)?\s*(?:BDC|BMC)\b")


def page_speaks(page: pikepdf.Page, names: Callable[[str], bool]) -> bool:
    if "/Pattern" in page.obj.get("/Resources", {}):
        return True
    return data_speaks(b"\n".join(stream.read_bytes() for stream in contents_of(page.obj)), names)


def data_speaks(data: bytes, names: Callable[[str], bool]) -> bool:
    if not fits(data):
        return True
    languages = set(_LANGUAGES.findall(data))
    if not all(is_language(one.decode("latin-1")) for one in languages):
        return True
    plain = _LITERAL.sub(b"()", _LANGUAGES.sub(b"", data) if languages else data)
    if _SPEAKING.search(plain) or _TOLD.search(plain):
        return True
    return any(names(tag.decode("latin-1")) for tag in set(_MARKS.findall(data)))
