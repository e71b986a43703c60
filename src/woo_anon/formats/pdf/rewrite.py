"""Rewrites the content of one page: what lies under the boxes goes, the rest stays where it is.

Single glyphs are dropped out of Tj, TJ, ' and "; a TJ number takes the place of their advance. Form XObjects are
followed wherever they are used, and copied for the use on which something is hit, for they may be shared. Images lose
their pixels under a box, outlines their subpaths, marked content its replacement texts.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from woo_anon.document import Box
from woo_anon.formats.pdf.doubt import NotUnderstoodError
from woo_anon.formats.pdf.images import blank, inline_to_stream
from woo_anon.formats.pdf.interpreter import Glyph, Interpreter, Run, State
from woo_anon.formats.pdf.marked import Marks
from woo_anon.formats.pdf.matrix import IDENTITY, Matrix, Point, box_bounds, multiply
from woo_anon.formats.pdf.paths import CLIPPING, CONSTRUCTION, FILLING, PAINTING, STROKING, Path
from woo_anon.formats.pdf.resources import FontCache, Resources, inherited

MAX_DEPTH = 24  # forms within forms; deeper nesting is a loop or an attack
_UNIT = Box(0.0, 0.0, 1.0, 1.0)
_SHOWS_TEXT = re.compile(rb"\bBT\b")
PATTERN_TEXT = "pattern:text"
_EDGE_PT = 0.01  # a core whose middle is this near to a box's edge counts as under it


@dataclass
class Touched:
    """What the rewriting of a page met.

    `places` are the cores of the glyphs that went, each with the StructParents key of its stream and the marked-content
    identifier it stood under; `mcids` are such pairs without a place."""

    places: list[tuple[Point, int, int | None]] = field(default_factory=list)
    mcids: set[tuple[int, int]] = field(default_factory=set)
    highest_mcid: int = -1
    kinds: set[str] = field(default_factory=set)

    def place_of(self, box: Box, key: int) -> int | None:
        """The marked content, in the stream with this StructParents key, from which the box took its first glyph."""
        for point, owner, mcid in self.places:
            if mcid is not None and owner == key and _within(point, (box,)):
                return mcid
        return None


@dataclass(frozen=True)
class Scrub:
    """What the rewriting needs to know of the document: `names_somebody` tells whether a string holds redacted text,
    `hidden` whether an optional content group or membership dictionary is not shown."""

    names_somebody: Callable[[str], bool]
    hidden: Callable[[Any], bool]
    fonts: FontCache


@dataclass(frozen=True)
class _Work:
    """What all streams of one page share."""

    pdf: pikepdf.Pdf
    boxes: Sequence[Box]
    scrub: Scrub
    touched: Touched


@dataclass(frozen=True)
class Rewritten:
    """The page's new content and resources, and what was met."""

    content: bytes
    resources: Any
    touched: Touched


def rewrite_page(pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: Sequence[Box], scrub: Scrub) -> Rewritten:
    """Rewrite the content of `page` without what lies under `boxes` (points, user space).

    The page itself is not changed. Raises NotUnderstoodError when something near a box cannot be followed.
    """
    touched = Touched()
    resources = Resources(page.obj.get("/Resources") or inherited(page.obj), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden)
    key = int(page.obj.get("/StructParents", -1))
    stream = _Stream(_Work(pdf, boxes, scrub, touched), resources, State(), marks.opened(key))
    instructions = stream.run(_parse(page))
    return Rewritten(pikepdf.unparse_content_stream(instructions), resources.result(stream.used), touched)


def clean_form(pdf: pikepdf.Pdf, form: Any, scrub: Scrub) -> None:
    """Clean, in place, what speaks beside the text of a form: replacement texts, marked points, comments."""
    resources = Resources(form.get("/Resources"), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden).opened(int(form.get("/StructParents", -1)))
    stream = _Stream(_Work(pdf, (), scrub, Touched()), resources, State(), marks, above=frozenset({form.objgen}))
    form.write(pikepdf.unparse_content_stream(stream.run(_parse(form))))
    if "/Resources" in form:
        form.Resources = resources.result()


def _parse(stream: Any) -> Any:
    try:
        return pikepdf.parse_content_stream(stream)
    except (pikepdf.PdfError, TypeError) as error:
        raise NotUnderstoodError("content:syntax") from error


class _Stream:
    """One content stream on its way through; forms make further ones."""

    def __init__(
        self,
        work: _Work,
        resources: Resources,
        state: State,
        marks: Marks,
        *,
        above: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self._work = work
        self._pdf = work.pdf
        self._boxes = work.boxes
        self._scrub = work.scrub
        self._touched = work.touched
        self._resources = resources
        self._interpreter = Interpreter(state, resources)
        self._marks = marks
        self._above = above
        self._path = Path()
        self._out: list[Any] = []
        self._in_text = False
        self.changed = False
        self.used: set[tuple[str, str]] = set()

    def run(self, instructions: Any) -> list[Any]:
        """The instructions that stay, balanced: every q, BT and marked content that was opened is closed."""
        for instruction in instructions:
            self._take(str(instruction.operator), instruction)
        if self._in_text:
            self._emit([], "ET")
        self._marks.finish(self._out)
        for _ in range(self._interpreter.depth):
            self._emit([], "Q")
        self.changed |= self._marks.changed
        self._touched.mcids |= self._marks.hit_mcids
        self._touched.highest_mcid = max(self._touched.highest_mcid, self._marks.highest_mcid)
        return self._out

    def _emit(self, operands: list[Any], operator: str) -> None:
        self._out.append(ContentStreamInstruction(operands, Operator(operator)))

    def _take(self, operator: str, instruction: Any) -> None:
        handler = _SPECIAL.get(operator)
        if handler is not None:
            handler(self, operator, instruction)
            return
        if operator == "Q" and not self._interpreter.depth:
            self.changed = True  # a Q too many would end the q that we put around the page
            return
        run = self._interpreter.step(operator, instruction.operands)
        if run is not None:
            self._text(operator, instruction, run)
        else:
            self._out.append(instruction)

    # text

    def _begin_end(self, operator: str, instruction: Any) -> None:
        self._in_text = operator == "BT"
        self._interpreter.step(operator, instruction.operands)
        self._out.append(instruction)

    def _font(self, operator: str, instruction: Any) -> None:
        self.used.add(("/Font", str(instruction.operands[0])))
        self._interpreter.step(operator, instruction.operands)
        self._out.append(instruction)

    def _text(self, operator: str, instruction: Any, run: Run) -> None:
        if run.doubt is not None:
            self._doubtful(run, run.doubt)
        hits = self._hits(run)
        if not hits:
            self._out.append(instruction)
            return
        self.changed = True
        self._marks.hit()
        if not self._marks.hidden:
            key, mcid = self._marks.innermost()
            glyphs = (part for at, part in enumerate(run.parts) if at in hits and isinstance(part, Glyph))
            self._touched.places += [(run.centre(glyph), key, mcid) for glyph in glyphs]
        if operator == '"':
            self._emit([instruction.operands[0]], "Tw")
            self._emit([instruction.operands[1]], "Tc")
        if operator in {"'", '"'}:
            self._emit([], "T*")
        self._emit([pikepdf.Array(_without(run, hits))], "TJ")

    def _doubtful(self, run: Run, doubt: NotUnderstoodError) -> None:
        """Text of unknown extent: harmless only where neither its row nor its column meets a box."""
        a, b, c, d, e, f = run.matrix
        size = max(abs(run.em) * max(abs(a), abs(b), abs(c), abs(d)), 1.0)
        diagonal = min(abs(a), abs(b)) > 1e-6 * max(abs(a), abs(b))
        for box in self._boxes:
            in_row = box.bottom < f + 1.2 * size and f - size < box.top
            in_column = box.left < e + 1.2 * size and e - size < box.right
            if diagonal or in_row or in_column:
                raise doubt
        if self._marks.hidden:
            raise doubt

    def _hits(self, run: Run) -> set[int]:
        """The indices in `run.parts` of the glyphs that go."""
        glyphs = [(at, part) for at, part in enumerate(run.parts) if isinstance(part, Glyph)]
        if self._marks.hidden:
            return {at for at, _ in glyphs}
        if not glyphs:
            return set()
        near = self._near(run, [glyph for _, glyph in glyphs])
        return {at for at, glyph in glyphs if _within(run.centre(glyph), near)} if near else set()

    def _near(self, run: Run, glyphs: list[Glyph]) -> list[Box]:
        """The boxes that some glyph of the run may lie under."""
        low = min(glyphs, key=lambda glyph: glyph.start)
        high = max(glyphs, key=lambda glyph: glyph.start)
        (x1, y1), (x2, y2) = run.centre(low), run.centre(high)
        left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        slack = 1.0 + abs(run.em)
        return [
            box
            for box in self._boxes
            if box.left - slack <= right
            and left <= box.right + slack
            and box.bottom - slack <= top
            and bottom <= box.top + slack
        ]

    # objects

    def _object(self, _: str, instruction: Any) -> None:
        name = str(instruction.operands[0])
        target = self._resources.find("/XObject", name)
        if not isinstance(target, pikepdf.Stream):
            self.changed = True  # it draws nothing
            return
        if self._marks.hidden or self._scrub.hidden(target.get("/OC")):
            self.changed = True
            self._touched.kinds.add("hidden-content")
            return
        replaced = self._image(target) if str(target.get("/Subtype")) == "/Image" else self._form(target)
        if replaced is not None:
            self.changed = True
            name = str(self._resources.add("/XObject", replaced))
            instruction = ContentStreamInstruction([Name(name)], Operator("Do"))
        self.used.add(("/XObject", name))
        self._out.append(instruction)

    def _image(self, image: Any) -> Any:
        """The image without the pixels under the boxes; None when it lies under none."""
        under = self._over(self._interpreter.state.ctm)
        if not under:
            return None
        self._marks.hit()
        self._touched.kinds.add("pixels")
        return blank(self._pdf, image, under, self._interpreter.state.ctm)

    def _over(self, matrix: Matrix) -> list[Box]:
        box = box_bounds(matrix, _UNIT)
        return [candidate for candidate in self._boxes if candidate.intersects(box)]

    def _form(self, form: Any, state: State | None = None) -> Any:
        """A copy of the form without what lies under the boxes; None when nothing does."""
        if form.objgen in self._above or len(self._above) >= MAX_DEPTH:
            raise NotUnderstoodError("content:nesting")
        state = copy.copy(state or self._interpreter.state)
        matrix = tuple(float(number) for number in form.get("/Matrix", IDENTITY))
        state.ctm = multiply(matrix, state.ctm)  # type: ignore[arg-type]
        resources = self._resources.nested(form.get("/Resources"))
        marks = self._marks.opened(int(form.get("/StructParents", -1)))
        above = self._above | {form.objgen}
        inner = _Stream(self._work, resources, state, marks, above=above)
        instructions = inner.run(_parse(form))
        if "/Resources" not in form:
            self.used |= inner.used
        if not inner.changed:
            return None
        kept = {key: form[key] for key in _FORM_KEYS if key in form}
        copied = pikepdf.Stream(self._pdf, pikepdf.unparse_content_stream(instructions), **_plain(kept))
        copied.Resources = resources.result(inner.used)
        return copied

    def _inline(self, _: str, instruction: Any) -> None:
        if self._marks.hidden:
            self.changed = True
            return
        matrix = self._interpreter.state.ctm
        under = self._over(matrix)
        if not under:
            self._out.append(instruction)
            return
        self.changed = True
        self._marks.hit()
        self._touched.kinds.add("pixels")
        image = inline_to_stream(self._pdf, instruction.iimage, self._resources.find)
        name = self._resources.add("/XObject", blank(self._pdf, image, under, matrix))
        self.used.add(("/XObject", str(name)))
        self._emit([name], "Do")

    def _parameters(self, operator: str, instruction: Any) -> None:
        """gs: a soft mask is a form of its own, drawn with the matrix of this moment."""
        self._interpreter.step(operator, instruction.operands)
        used = str(instruction.operands[0])
        parameters = self._resources.find("/ExtGState", used)
        mask = parameters.get("/SMask") if parameters is not None else None
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            group = self._form(mask.G)
            if group is not None:
                self.changed = True
                parameters, mask = copy.copy(parameters), copy.copy(mask)
                mask.G = group
                parameters.SMask = mask
                used = str(self._resources.add("/ExtGState", parameters))
                instruction = ContentStreamInstruction([Name(used)], Operator("gs"))
        self.used.add(("/ExtGState", used))
        self._out.append(instruction)

    # paths

    def _construct(self, operator: str, instruction: Any) -> None:
        try:
            self._path.take(operator, instruction, self._interpreter.state.ctm)
        except (TypeError, ValueError) as error:
            raise NotUnderstoodError("content:operands") from error

    def _clip(self, _: str, instruction: Any) -> None:
        self._path.clip = instruction

    def _paint(self, operator: str, instruction: Any) -> None:
        path, self._path = self._path, Path()
        self._check_pattern(operator, path)
        kept = [] if self._marks.hidden and path.clip is None else path.kept(self._boxes, clips=path.clip is not None)
        dropped = len(kept) < len(path.subpaths)
        if dropped:
            self.changed = True
            self._touched.kinds.add("outlines")
            self._marks.hit()
        for subpath in kept:
            self._out += subpath.instructions
        if dropped and not kept and path.clip is not None:
            self._emit([0, 0, 0, 0], "re")  # clips everything away, as the lost outline did outside itself
        if path.clip is not None:
            self._out.append(path.clip)
        if (dropped and not kept) or self._marks.hidden:
            self._emit([], "n")
        else:
            self._out.append(instruction)

    def _colour(self, operator: str, instruction: Any) -> None:
        """scn and SCN: text in a tile is seen by the reader of the page, but by nobody who reads its text."""
        self._interpreter.step(operator, instruction.operands)
        name = str(instruction.operands[-1]) if len(instruction.operands) else ""
        pattern = self._resources.find("/Pattern", name) if name.startswith("/") else None
        if pattern is not None:
            self.used.add(("/Pattern", name))
            if _shows_text(pattern):
                raise NotUnderstoodError(PATTERN_TEXT)
        self._out.append(instruction)

    def _check_pattern(self, operator: str, path: Path) -> None:
        """A tiling pattern or a mesh can draw letters: under a box it is not followed."""
        state = self._interpreter.state
        names = [state.fill_pattern] if operator in FILLING else []
        names += [state.stroke_pattern] if operator in STROKING else []
        box = path.box
        if box is None or not any(box.intersects(candidate) for candidate in self._boxes):
            return
        for name in names:
            pattern = self._resources.find("/Pattern", name) if name else None
            if pattern is not None and (int(pattern.get("/PatternType", 1)) == 1 or _is_mesh(pattern.get("/Shading"))):
                raise NotUnderstoodError("pattern")

    def _shade(self, _: str, instruction: Any) -> None:
        if self._marks.hidden:
            self.changed = True
            return
        if _is_mesh(self._resources.find("/Shading", str(instruction.operands[0]))):
            raise NotUnderstoodError("shading:mesh")
        self._out.append(instruction)

    # marked content

    def _mark(self, operator: str, instruction: Any) -> None:
        if operator in {"BDC", "BMC"}:
            name = instruction.operands[1] if operator == "BDC" and len(instruction.operands) > 1 else None
            named = self._resources.find("/Properties", str(name)) if isinstance(name, Name) else None
            if named is not None:
                self.used.add(("/Properties", str(name)))
            self._marks.begin(instruction, named, self._out)
        elif operator == "EMC":
            self._marks.end(instruction, self._out)
        else:  # MP and DP mark a point and show nothing
            self.changed = True


def _within(point: Point, boxes: Sequence[Box]) -> bool:
    x, y = point
    return any(
        box.left - _EDGE_PT <= x <= box.right + _EDGE_PT and box.bottom - _EDGE_PT <= y <= box.top + _EDGE_PT
        for box in boxes
    )


def _without(run: Run, hits: set[int]) -> list[Any]:
    """The operand of the TJ that shows `run` without the glyphs at `hits`, numbers in place of their advance."""
    unit = run.unit * run.scaling
    if abs(unit) < 1e-9:
        raise NotUnderstoodError("text:size")
    items: list[Any] = []
    text, number = b"", 0.0
    for at, part in enumerate(run.parts):
        if isinstance(part, Glyph) and at not in hits:
            if number:
                items.append(_number(number))
                number = 0.0
            text += part.code
            continue
        if text:
            items.append(pikepdf.String(text))
            text = b""
        number += part if isinstance(part, float) else -part.advance * 1000 / unit
    if text:
        items.append(pikepdf.String(text))
    if number:
        items.append(_number(number))
    return items


def _shows_text(tile: Any, depth: int = 0) -> bool:
    """Whether a tile, or a form that it draws, shows text."""
    if not isinstance(tile, pikepdf.Stream) or str(tile.get("/Subtype", "")) == "/Image":
        return False
    forms = tile.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    return bool(_SHOWS_TEXT.search(tile.read_bytes())) or (
        depth < MAX_DEPTH and any(_shows_text(form, depth + 1) for _, form in forms.items())
    )


def _number(number: float) -> Any:
    return Decimal(f"{number:.3f}".rstrip("0").rstrip("."))


def _is_mesh(shading: Any) -> bool:
    return shading is not None and int(shading.get("/ShadingType", 4)) >= 4


_FORM_KEYS = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/StructParents", "/StructParent", "/OC")


def _plain(entries: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: value for key, value in entries.items()}


_SPECIAL: dict[str, Callable[[_Stream, str, Any], None]] = {
    "BT": _Stream._begin_end,
    "ET": _Stream._begin_end,
    "Tf": _Stream._font,
    "Do": _Stream._object,
    "INLINE IMAGE": _Stream._inline,
    "gs": _Stream._parameters,
    "scn": _Stream._colour,
    "SCN": _Stream._colour,
    "sh": _Stream._shade,
    **dict.fromkeys(CONSTRUCTION, _Stream._construct),
    **dict.fromkeys(CLIPPING, _Stream._clip),
    **dict.fromkeys(PAINTING, _Stream._paint),
    **dict.fromkeys(("BDC", "BMC", "EMC", "MP", "DP"), _Stream._mark),
}
