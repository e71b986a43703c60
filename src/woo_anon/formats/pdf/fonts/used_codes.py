"""Which codes of each font the content of a PDF shows: what may stay in the font.

Follows every page with its forms, tiles and soft masks. Where content cannot be followed, the fonts within its reach
are counted as unknown.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.interpreter import Interpreter, Run, State
from woo_anon.formats.pdf.content.resources import FontCache, Resources, inherited
from woo_anon.formats.pdf.fonts.font import Font

Key = tuple[int, int]  # number of an object
MAX_DEPTH = 24
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Usage:
    """By font: the codes that are shown, in the order of their first use. `unknown` holds the fonts of which not all
    uses are known, `spaced` those that show text with word spacing, which is for the code 32 alone."""

    codes: dict[Key, dict[bytes, None]] = field(default_factory=lambda: defaultdict(dict))
    unknown: set[Key] = field(default_factory=set)
    spaced: set[Key] = field(default_factory=set)


def used_codes(pdf: pikepdf.Pdf, fonts: FontCache) -> Usage:
    """The codes that the pages of `pdf` show."""
    walk = _Walk(fonts, Usage())
    for page in pdf.pages:
        resources = page.obj.get("/Resources") or inherited(page.obj)
        walk.stream(page, Resources(resources, fonts), State(), frozenset())
    return walk.usage


class _Reader(Interpreter):
    """An interpreter that tells which codes are shown, but not where."""

    codes: dict[bytes, None]  # of the last that was shown, in the order of their first use

    def _fill(self, run: Run, items: list[Any], font: Font) -> None:
        data = []
        for item in items:
            if isinstance(item, pikepdf.String):
                data.append(bytes(item))
            else:
                float(item)  # raises for what is no number, as where it counts
        self.codes = dict.fromkeys(code for text in data for code, _, _ in font.split(text))


@dataclass
class _Walk:
    fonts: FontCache
    usage: Usage
    _seen: set[tuple[Key, int]] = field(default_factory=set)  # streams, with the font that they start with

    def stream(self, stream: Any, resources: Resources, state: State, above: frozenset[Key]) -> None:
        """Follow a stream; should it not be understood, no font that it can reach is known."""
        try:
            self._follow(stream, resources, state, above)
        except (NotUnderstoodError, *BROKEN):
            self.usage.unknown.update(fonts_in(resources.result()))

    def _follow(self, stream: Any, resources: Resources, state: State, above: frozenset[Key]) -> None:
        interpreter = _Reader(copy.copy(state), resources)
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Do":
                self._object(resources.find("/XObject", str(operands[0])), resources, interpreter.state, above)
            elif operator in {"scn", "SCN"} and len(operands) and str(operands[-1]).startswith("/"):
                self._object(resources.find("/Pattern", str(operands[-1])), resources, State(), above)
            elif operator == "gs":
                parameters = resources.find("/ExtGState", str(operands[0]))
                mask = parameters.get("/SMask") if isinstance(parameters, Dictionary) else None
                if isinstance(mask, Dictionary):
                    self._object(mask.get("/G"), resources, interpreter.state, above)
            run = interpreter.step(operator, operands)
            if run is None:
                continue
            if run.doubt is not None:
                raise run.doubt
            key = self.fonts.number_of(interpreter.state.font)
            self.usage.codes[key].update(interpreter.codes)
            if interpreter.state.word_spacing:
                self.usage.spaced.add(key)

    def _object(self, target: Any, resources: Resources, state: State, above: frozenset[Key]) -> None:
        """A form or tile, within the state of the moment."""
        if not isinstance(target, Stream) or str(target.get("/Subtype", "")) == "/Image":
            return
        if target.objgen in above or len(above) >= MAX_DEPTH:
            raise NotUnderstoodError("content:nesting")
        visit = (target.objgen, id(state.font))
        if visit not in self._seen:
            self._seen.add(visit)
            self.stream(target, resources.nested(target.get("/Resources")), state, above | {target.objgen})


def fonts_in(resources: Any) -> set[Key]:
    """The fonts in a resource dictionary and in those of the forms and tiles that it holds."""
    found: set[Key] = set()
    due, seen = [resources], set()
    while due:
        dictionary = due.pop()
        if not isinstance(dictionary, Dictionary):
            continue
        fonts = dictionary.get("/Font")
        named = fonts.values() if isinstance(fonts, Dictionary) else ()
        found |= {font.objgen for font in named if isinstance(font, Dictionary)}
        for category in ("/XObject", "/Pattern"):
            entries = dictionary.get(category)
            for _, entry in entries.items() if isinstance(entries, Dictionary) else ():
                if isinstance(entry, Stream) and entry.objgen not in seen:
                    seen.add(entry.objgen)
                    due.append(entry.get("/Resources"))
    return found
