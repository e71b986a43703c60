"""Images that stand in a content stream: what their dictionaries may hold, and how they become objects."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

# What undoes a filter asks for (tables 8, 11, 12 and 13).
PARAMETERS = frozenset(
    "/BitsPerComponent /BlackIs1 /Colors /ColorTransform /Columns /DamagedRowsBeforeError /EarlyChange "
    "/EncodedByteAlign /EndOfBlock /EndOfLine /JBIG2Globals /K /Predictor /Rows".split()
)


_INTENTS = frozenset("/AbsoluteColorimetric /RelativeColorimetric /Saturation /Perceptual".split())
_FILTERS = frozenset(
    "/ASCIIHexDecode /ASCII85Decode /LZWDecode /FlateDecode /RunLengthDecode /CCITTFaxDecode".split()
)  # without those whose data has metadata


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal)  # a truth value too


def _is_space(value: Any) -> bool:
    """A name, or a palette: `[/Indexed /DeviceRGB 3 (colours)]`."""
    if not isinstance(value, Array):
        return isinstance(value, Name)
    kinds = [Name, Name, int, String]
    return len(value) == len(kinds) and all(isinstance(one, kind) for one, kind in zip(value, kinds, strict=True))


def _are_parameters(value: Any) -> bool:
    sets = [one for one in several(value) if isinstance(one, Dictionary)]
    return all(key in PARAMETERS and _is_number(one[key]) for one in sets for key in one.keys())  # noqa: SIM118


# What an inline image has, short forms spelled out (ISO 32000-2, table 91).
_TESTS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("/BitsPerComponent", "/Height", "/ImageMask", "/Interpolate", "/Length", "/Width"), _is_number),
    "/ColorSpace": _is_space,
    "/Decode": lambda value: isinstance(value, Array) and all(map(_is_number, value)),
    "/DecodeParms": _are_parameters,
    "/Filter": lambda value: all(str(one) in _FILTERS for one in several(value)),
    "/Intent": lambda value: isinstance(value, Name) and str(value) in _INTENTS,
    "/Type": lambda value: value == Name.XObject,
    "/Subtype": lambda value: value == Name.Image,
}

_NEEDED = ("/ColorSpace", "/DecodeParms", "/Filter")  # whatever they are; what they say besides goes from the object


def stands_alone(inline: Any) -> bool:
    """Whether an inline image is nothing but a picture. Another one becomes an object, of which the rest is cleaned."""
    return all(key in _TESTS and _TESTS[key](value) for key, value in inline.obj.items())


def several(value: Any) -> list[Any]:
    """The items of an array; what is none, alone."""
    return list(value) if isinstance(value, Array) else [value]


def inline_to_stream(pdf: pikepdf.Pdf, inline: Any, find: Callable[[str, str], Any]) -> Any:
    """An inline image as an image XObject; `find` looks up a colour space that it names in the resources."""
    stream = pikepdf.Stream(pdf, inline.read_raw_bytes(), Type=Name.XObject, Subtype=Name.Image)
    for key, value in inline.obj.items():
        if key in _NEEDED or (key in _TESTS and _TESTS[key](value)):
            stream[key] = value
    space = stream.get("/ColorSpace")
    if isinstance(space, Name):
        stream.ColorSpace = find("/ColorSpace", str(space)) or space
    return stream
