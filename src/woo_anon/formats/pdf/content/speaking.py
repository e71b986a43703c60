"""Whether a content stream says something besides the text that it shows: only then has it to be rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pikepdf

# What can speak in a content stream besides the text it shows: replacement texts, marked points, comments.
_SPEAKING = re.compile(rb"/(?:ActualText|Alt|E)\b|\b(?:MP|DP)\b|%")
# A shown string, its brackets up to two levels deep.
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)", re.DOTALL)
_MARKS = re.compile(rb"/([^\s/<>\[\]()%]+)\s*(?:/\S+|<<[^>]*>>)?\s*(?:BDC|BMC)\b")


def page_speaks(page: pikepdf.Page, names: Callable[[str], bool]) -> bool:
    if "/Pattern" in page.obj.get("/Resources", {}):
        return True
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
    data = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    return data_speaks(data, names)


def data_speaks(data: bytes, names: Callable[[str], bool]) -> bool:
    if _SPEAKING.search(_LITERAL.sub(b"()", data)):
        return True
    return any(names(tag.decode("latin-1")) for tag in set(_MARKS.findall(data)))
