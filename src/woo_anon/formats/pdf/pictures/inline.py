"""Images that stand in a content stream: what their dictionaries may hold, and how they become objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

# What an inline image has (ISO 32000-2, table 91, short forms spelled out).
_KEYS = frozenset(
    "/BitsPerComponent /ColorSpace /Decode /DecodeParms /Filter /Height /ImageMask /Intent /Interpolate /Length "
    "/Width".split()
)
# What undoes a filter asks for (tables 8, 11, 12 and 13).
PARAMETERS = frozenset(
    "/BitsPerComponent /BlackIs1 /Colors /ColorTransform /Columns /DamagedRowsBeforeError /EarlyChange "
    "/EncodedByteAlign /EndOfBlock /EndOfLine /JBIG2Globals /K /Predictor /Rows".split()
)


def says_more(inline: Any) -> bool:
    """Whether an inline image has keys that are not a picture's."""
    image = inline.obj
    parameters = image.get("/DecodeParms")
    several = list(parameters) if isinstance(parameters, Array) else [parameters]
    sets = [one.keys() for one in several if isinstance(one, Dictionary)]
    return not (_KEYS.issuperset(image.keys()) and all(map(PARAMETERS.issuperset, sets)))


def inline_to_stream(pdf: pikepdf.Pdf, inline: Any, find: Callable[[str, str], Any]) -> Any:
    """An inline image as an image XObject; `find` looks up a colour space that it names in the resources."""
    stream = pikepdf.Stream(pdf, inline.read_raw_bytes(), Type=Name.XObject, Subtype=Name.Image)
    for key, value in inline.obj.items():
        stream[key] = value
    space = stream.get("/ColorSpace")
    if isinstance(space, Name):
        stream.ColorSpace = find("/ColorSpace", str(space)) or space
    return stream
