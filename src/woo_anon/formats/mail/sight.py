"""What HTML and its style sheets hide from a reader: text that is evidence, and never written.

    display: none, mso-hide: all, visibility: hidden, hidden=""     opacity: 0, a height or width of 0 that clips
    letters of under 2 px                                           letters of the colour of their ground

Only simple declarations are followed: a colour or a ground that is not understood (an image, a variable) hides nothing.
Rules of `@media` and the like are not followed; what they hide stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

SMALLEST_PX = 2.0  # 0.5 mm on a screen of 96 dots an inch: print meant to be read has three times that
LEAST_CONTRAST = 12  # of 255 in the channel that differs most: #f3f3f3 on white

Colour = tuple[int, int, int]
Style = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|%|cm|mm|in|)?\s*$")
_NO_FONT = re.compile(r"(?:[a-z]+\s+)*0(?:px)?\s*/")  # `font: 0/0 a`
_TO_PX = {"px": 1.0, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0, "rem": 16.0, "": 1.0}
_NAMED = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "navy": (0, 0, 128), "whitesmoke": (245, 245, 245), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "windowtext": (0, 0, 0), "window": (255, 255, 255),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)$")


@dataclass(frozen=True)
class Sight:
    """How text looks at one place of the tree; None: not known."""

    gone: bool = False  # whatever stands below is hidden too
    invisible: bool = False  # `visibility`, which an element below may undo
    size_px: float = 16.0
    colour: Colour | None = (0, 0, 0)
    ground: Colour | None = (255, 255, 255)

    @property
    def hidden(self) -> bool:
        """Whether no reader sees text here."""
        if self.gone or self.invisible or self.size_px < SMALLEST_PX:
            return True
        if self.colour is None or self.ground is None:
            return False
        return max(abs(a - b) for a, b in zip(self.colour, self.ground, strict=True)) < LEAST_CONTRAST

    def below(self, style: Style, attributes: Mapping[str, str | None]) -> Sight:
        """How it looks within an element with this style and these attributes."""
        if not style and not attributes:
            return self
        return replace(
            self,
            gone=self.gone or "hidden" in attributes or _is_gone(style),
            invisible={"hidden": True, "collapse": True, "visible": False}.get(
                style.get("visibility", ""), self.invisible
            ),
            size_px=0.0 if _NO_FONT.match(style.get("font", "")) else _size(style.get("font-size"), self.size_px),
            colour=_colour(style.get("color") or attributes.get("color"), self.colour),
            ground=_ground(style, attributes, self.ground),
        )


def declarations(text: str) -> dict[str, str]:
    """The declarations of a `style` attribute or a rule; names and values in lower case, without `!important`."""
    found = {}
    for one in _COMMENT.sub(" ", text).split(";"):
        name, colon, value = one.partition(":")
        if colon:
            found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors with their declarations; blocks of `@` rules are left out."""
    sheet = _COMMENT.sub(" ", sheet).replace("<!--", " ").replace("-->", " ")
    depth, start, selector = 0, 0, ""
    for match in re.finditer(r"[{}]", sheet):
        if match[0] == "{":
            if depth == 0:
                selector, start = sheet[start : match.start()].rpartition(";")[2].strip(), match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if selector and not selector.startswith("@"):
                    yield selector, declarations(sheet[start : match.start()])
                start = match.end()


def matters(style: Iterable[str]) -> bool:
    """Whether any of these declarations can hide text or show it."""
    return any(name in _MATTERING for name in style)


_MATTERING = {"display", "visibility", "mso-hide", "opacity", "font-size", "color", "background", "background-color",
              "background-image", "max-height", "max-width", "height", "width", "overflow", "margin", "margin-top",
              "margin-bottom", "font"}  # fmt: skip


def _is_gone(style: Style) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all" or _is_nought(style.get("opacity")):
        return True
    nought = any(_is_nought(style.get(name)) for name in ("max-height", "height", "max-width", "width"))
    return nought and style.get("overflow", "") in {"hidden", "clip"}


def _is_nought(value: str | None) -> bool:
    number = _NUMBER.match(value or "")
    return number is not None and float(number[1]) == 0


def _size(value: str | None, inherited: float) -> float:
    number = _NUMBER.match(value or "")
    if number is None:
        return inherited if value is None or value in {"inherit", "smaller", "larger"} else 16.0
    size, unit = abs(float(number[1])), number[2] or ""
    if unit in {"em", "%"}:
        return inherited * size / (100 if unit == "%" else 1)
    return size * _TO_PX[unit]


def _colour(value: str | None, inherited: Colour | None) -> Colour | None:
    value = (value or "").strip().lower()
    if not value or value in {"inherit", "currentcolor"}:
        return inherited
    if value in _NAMED:
        return _NAMED[value]
    if digits := _HEX.match(value):
        code = digits[1] if len(digits[1]) == 6 else "".join(2 * digit for digit in digits[1])
        return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
    if parts := _RGB.match(value):
        red, green, blue = (min(int(part), 255) for part in parts.groups()[:3])
        return (red, green, blue) if parts[4] in {None, "1", "1.0", "100%"} else None
    return None


def _ground(style: Style, attributes: Mapping[str, str | None], inherited: Colour | None) -> Colour | None:
    if attributes.get("background") or style.get("background-image", "none") != "none":
        return None
    value = style.get("background-color") or style.get("background") or attributes.get("bgcolor") or ""
    if value in {"transparent", "none", "initial"}:
        return inherited
    # A shorthand names the colour among other things: known only when the colour is all that it names.
    return _colour(value, inherited)
