"""Print in the pictures of a Word document, which nobody reads: the document does not count as read then."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from woo_anon.formats.print_rows import LEAST, LEAST_PICTURE_PT, rows_of_print
from woo_anon.formats.word.edition import Edition
from woo_anon.formats.word.media import clean_picture
from woo_anon.formats.word.namespaces import q

_A_POINT = 12_700  # English metric units, in which DrawingML measures (ECMA-376 part 1, 20.1.10.16)
_WIDEST = 1600  # pixels: a larger picture is made smaller
_STYLE = re.compile(r"\bwidth:\s*([\d.]+)pt\b")
_PAGE_PT = 450.0  # width of a picture that does not say it


def shows_print(edition: Edition) -> bool:
    """Whether a picture that readers see shows rows of print."""
    shown = {
        (relationship.target, round(width))
        for story in edition.stories
        for related in (edition.package.relationships(story.part),)
        for identifier, width in _references(story.root)
        if (relationship := related.get(identifier)) and not relationship.external
    }
    return any(_is_print(edition.package.parts.get(part), width) for part, width in sorted(shown))


def _references(root: Any) -> Iterator[tuple[str, float]]:
    """The relationship of each picture, and how wide it is shown, in points."""
    for blip in root.iter(q("a:blip")):
        yield blip.get(q("r:embed"), ""), _width(blip)
    for data in root.iter(q("v:imagedata")):
        found = _STYLE.search(data.getparent().get("style", ""))
        yield data.get(q("r:id"), ""), float(found[1]) if found else _PAGE_PT


def _width(blip: Any) -> float:
    """As its frame says, which stands above it."""
    for frame in blip.iterancestors(q("wp:inline"), q("wp:anchor")):
        extent = frame.find(q("wp:extent"))
        if extent is not None and extent.get("cx", "").isdecimal():
            return int(extent.get("cx")) / _A_POINT
    return _PAGE_PT


def _is_print(data: bytes | None, width_pt: float) -> bool:
    if width_pt < LEAST_PICTURE_PT[0]:
        return False
    picture = clean_picture(data)
    if picture.is_grey:
        return False  # that is how it is published
    with Image.open(io.BytesIO(picture.data)) as image:
        image.thumbnail((_WIDEST, 4 * _WIDEST))
        grey = np.asarray(image.convert("L"), dtype=np.int16)
    return len(rows_of_print(grey, grey.shape[1] * 72 / width_pt)) >= LEAST
