"""Gives the strings that content streams show other codes, where their fonts are renumbered.

Follows every page with its forms, tiles and soft masks, as `fonts/used_codes.py` does, and changes strings alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Stream, String

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.resources import FontCache, Resources, inherited
from woo_anon.formats.pdf.fonts.used_codes import BROKEN, MAX_DEPTH, Key, fonts_in

Recode = Callable[[bytes], bytes]
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))


def recoded(pdf: pikepdf.Pdf, loaded: FontCache, fonts: Mapping[Key, Recode]) -> list[tuple[Any, bytes]]:
    """The pages and forms in which one of `fonts` (by number of the object) shows text, with their new content.

    Nothing is changed. Raises NotUnderstoodError where one of the fonts may show text that cannot be followed.
    """
    walk = _Walk(fonts)
    for page in pdf.pages:
        resources = page.obj.get("/Resources") or inherited(page.obj)
        if not fonts.keys().isdisjoint(fonts_in(resources)):
            walk.stream(page, Resources(resources, loaded), None, frozenset())
    return [(stream, content) for stream, content in walk.written.values() if content is not None]


class _Walk:
    def __init__(self, fonts: Mapping[Key, Recode]) -> None:
        self._fonts = fonts
        self._seen: set[tuple[Key, Key | None]] = set()  # streams, with the font that they start with
        self.written: dict[Key, tuple[Any, bytes | None]] = {}  # None where nothing changes

    def stream(self, stream: Any, resources: Resources, font: Key | None, above: frozenset[Key]) -> None:
        try:
            content = self._followed(stream, resources, font, above)
        except (NotUnderstoodError, *BROKEN) as error:
            reached = {font} | fonts_in(resources.result()) | fonts_in(resources.page.result())
            if self._fonts.keys() & reached:
                raise NotUnderstoodError("content:recoding") from error
            return
        number = stream.obj.objgen if isinstance(stream, pikepdf.Page) else stream.objgen
        if self.written.setdefault(number, (stream, content))[1] != content:
            raise NotUnderstoodError("content:recoding")  # it shows text in the font that its user set

    def _followed(self, stream: Any, resources: Resources, font: Key | None, above: frozenset[Key]) -> bytes | None:
        saved: list[Key | None] = []
        out = []
        changed = False
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in _SHOWING:
                recode = self._fonts.get(font) if font is not None else None
                changed |= recode is not None
                out.append(instruction if recode is None else _shown(operands, operator, recode))
                continue
            if operator == "Tf":
                font = _number_of(resources.find("/Font", str(operands[0])))
            elif operator == "q":
                saved.append(font)
            elif operator == "Q":
                font = saved.pop() if saved else font
            elif operator == "gs":
                font = self._parameters(resources.find("/ExtGState", str(operands[0])), resources, font, above)
            elif operator == "Do":
                self._object(resources.find("/XObject", str(operands[0])), resources, font, above)
            elif operator in {"scn", "SCN"} and len(operands) and str(operands[-1]).startswith("/"):
                self._object(resources.find("/Pattern", str(operands[-1])), resources, None, above)
            out.append(instruction)
        return pikepdf.unparse_content_stream(out) if changed else None

    def _parameters(self, parameters: Any, resources: Resources, font: Key | None, above: frozenset[Key]) -> Key | None:
        """gs may set the font, and a soft mask, which is a form."""
        if not isinstance(parameters, Dictionary):
            return font
        font = _number_of(parameters.Font[0]) if "/Font" in parameters else font
        mask = parameters.get("/SMask")
        if isinstance(mask, Dictionary):
            self._object(mask.get("/G"), resources, font, above)
        return font

    def _object(self, target: Any, resources: Resources, font: Key | None, above: frozenset[Key]) -> None:
        """A form or tile, with the font of the moment."""
        if not isinstance(target, Stream) or str(target.get("/Subtype", "")) == "/Image":
            return
        if target.objgen in above or len(above) >= MAX_DEPTH:
            raise NotUnderstoodError("content:nesting")
        if (target.objgen, font) not in self._seen:
            self._seen.add((target.objgen, font))
            self.stream(target, resources.nested(target.get("/Resources")), font, above | {target.objgen})


def _number_of(font: Any) -> Key | None:
    return font.objgen if isinstance(font, Dictionary) else None


def _shown(operands: Any, operator: str, recode: Recode) -> Any:
    shown = operands[-1]
    if operator == "TJ":
        items = [String(recode(bytes(item))) if isinstance(item, String) else item for item in shown]
        new: Any = Array(items)
    else:
        new = String(recode(bytes(shown)))
    return ContentStreamInstruction([*operands[:-1], new], pikepdf.Operator(operator))
