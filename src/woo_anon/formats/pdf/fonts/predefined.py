"""The predefined CMaps of ISO 32000-2, 9.7.5.2, table 116: Chinese, Japanese and Korean codes to CIDs.

Their numbers stand in `cmaps/predefined.zip` (where they come from: `cmaps/README.md`), and are read when a font names
one. pdfminer.six has such tables too, but without codespaces and notdef ranges, which decide where a code ends.
"""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from importlib import resources

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.fonts.cmap import CMap, identity


@cache
def predefined(name: str) -> CMap:
    """The CMap of that name, without the slash. Raises NotUnderstoodError when there is none."""
    if name in {"Identity-H", "Identity-V"}:
        return identity(vertical=name == "Identity-V")
    try:
        table = json.loads(_archive().read(f"{name}.json"))
    except KeyError as error:
        raise NotUnderstoodError("font:predefined-cmap") from error
    base = predefined(table["builds_on"]) if table["builds_on"] else None
    own = tuple((bytes.fromhex(low), bytes.fromhex(high)) for low, high in table["codespaces"])
    return CMap(
        (*(base.spaces if base else ()), *own),
        tuple(map(tuple, table["cids"])),
        tuple(map(tuple, table["notdefs"])),
        base,
        vertical=table["vertical"],
    )


@cache
def _archive() -> zipfile.ZipFile:
    file = resources.files("woo_anon.formats.pdf.fonts") / "cmaps" / "predefined.zip"
    return zipfile.ZipFile(io.BytesIO(file.read_bytes()))
