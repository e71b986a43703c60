"""Rewrites the content of one page: what lies under the boxes goes, the rest stays where it is.

Single glyphs are dropped out of Tj, TJ, ' and ", and what follows on the line moves to where `width.py` wants it. Form
XObjects are followed wherever they are used, and copied for the use on which something is hit, for they may be shared.
Images lose their pixels under a box, outlines their subpaths, marked content its replacement texts.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from woo_anon.formats.pdf.boxes.width import Move
from woo_anon.formats.pdf.content import patterns
from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.emptied import without_remains
from woo_anon.formats.pdf.content.grammar import fits, fitting
from woo_anon.formats.pdf.content.interpreter import Glyph, Interpreter, Run, State
from woo_anon.formats.pdf.content.marked import Marks
from woo_anon.formats.pdf.content.matrix import IDENTITY, Matrix, Point, box_bounds, multiply, same_upright
from woo_anon.formats.pdf.content.paths import CLIPPING, CONSTRUCTION, FILLING, PAINTING, STROKING, Path, Subpath
from woo_anon.formats.pdf.content.resources import FontCache, Resources, contents_of, inherited
from woo_anon.formats.pdf.content.targets import UNIT, Targets, clipped, within
from woo_anon.formats.pdf.content.text_object import MOVING, Coordinates, TextObject
from woo_anon.formats.pdf.content.underlines import followed, hugs, line_of, widened
from woo_anon.formats.pdf.pictures.blanking import blank
from woo_anon.formats.pdf.pictures.inline import inline_to_stream, stands_alone
from woo_anon.formats.pdf.unseen.pictures import Sights
from woo_anon.formats.pdf.unseen.removal import NOWHERE, Spots, unseen_parts
from woo_anon.geometry import Box

HIDDEN_TEXT = "hidden-text"
HIDDEN_PICTURES = "hidden-pictures"
MAX_DEPTH = 24  # forms within forms; deeper nesting is a loop or an attack
_STROKED = (1, 2, 5, 6)  # text rendering modes, ISO 32000-2, table 104


@dataclass
class Touched:
    """What the rewriting of a page met.

    `places` are the cores of the glyphs that went, each with the StructParents key of its stream and the marked-content
    identifier it stood under; `mcids` are such pairs without a place; `clipped` are glyphs that were moved out of the
    clipping path, each with what it is clipped to; `copies` are the forms and images that were changed, by the number
    of the original. `tells` is set when coordinates had to stay that tell how far text moved."""

    places: list[tuple[Point, int, int | None]] = field(default_factory=list)
    mcids: set[tuple[int, int]] = field(default_factory=set)
    clipped: list[tuple[Box, Box]] = field(default_factory=list)
    highest_mcid: int = -1
    tells: bool = False
    kinds: set[str] = field(default_factory=set)
    copies: dict[tuple[int, int], Any] = field(default_factory=dict)

    def place_of(self, box: Box) -> tuple[int, int] | None:
        """The marked content from which the box took its first glyph: the StructParents key of its stream and its
        identifier there."""
        for point, owner, mcid in self.places:
            if mcid is not None and within(point, (box,)):
                return owner, mcid
        return None


@dataclass(frozen=True)
class Scrub:
    """What the rewriting needs to know of the document: `names_somebody` tells whether a string holds redacted text,
    `hidden` whether an optional content group or membership dictionary is not shown."""

    names_somebody: Callable[[str], bool]
    hidden: Callable[[Any], bool]
    fonts: FontCache
    blanked: dict[Any, Any] = field(default_factory=dict)  # images without some pixels: many pages show one so


@dataclass(frozen=True)
class _Work:
    """What all streams of one page share."""

    pdf: pikepdf.Pdf
    targets: Targets
    scrub: Scrub
    touched: Touched
    unseen: Spots = NOWHERE
    sights: Sights = field(default_factory=dict)


@dataclass(frozen=True)
class Rewritten:
    """The page's new content and resources, and what was met."""

    content: bytes
    resources: Any
    touched: Touched


def rewrite_page(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    boxes: Sequence[Box],
    scrub: Scrub,
    moves: Sequence[Move] = (),
    *,
    covered: Sequence[Box] = (),
    unseen: Spots = NOWHERE,
    sights: Sights = MappingProxyType({}),
) -> Rewritten:
    """Rewrite the content of `page` without what lies under `boxes` (points, user space), the pixels under `covered`,
    the glyphs at `unseen` and what is not in the `sights` of pictures, the rest moved by `moves`.

    The page itself is not changed. Raises NotUnderstoodError when something near a box cannot be followed.
    """
    touched = Touched()
    resources = Resources(page.obj.get("/Resources") or inherited(page.obj), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden)
    key = int(page.obj.get("/StructParents", -1))
    stream = _Stream(
        _Work(pdf, Targets(boxes, moves, covered), scrub, touched, unseen, sights),
        resources,
        State(),
        marks.opened(key),
    )
    instructions = stream.run(_parse(page))
    instructions = without_remains(instructions) if stream.changed else instructions
    return Rewritten(pikepdf.unparse_content_stream(instructions), resources.result(stream.used), touched)


def clean_drawing(pdf: pikepdf.Pdf, drawing: Any, holder: Any, scrub: Scrub) -> None:
    """Clean, in place, what speaks beside the text of a form, a tile or a glyph: replacement texts, marked points,
    comments. `holder` is the dictionary that has its resources: its own, or that of the glyph's font."""
    resources = Resources(holder.get("/Resources"), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden).opened(int(drawing.get("/StructParents", -1)))
    stream = _Stream(
        _Work(pdf, Targets((), ()), scrub, Touched()), resources, State(), marks, above=frozenset({drawing.objgen})
    )
    drawing.write(pikepdf.unparse_content_stream(stream.run(_parse(drawing))))
    if "/Resources" in holder:
        holder.Resources = resources.result()
    elif resources.changed:
        raise NotUnderstoodError("content:resources")  # what it had of the page's it would lose with some of its own


def _parse(stream: Any) -> Any:
    data = [part.read_bytes() for part in (contents_of(stream.obj) if isinstance(stream, pikepdf.Page) else [stream])]
    try:
        instructions = pikepdf.parse_content_stream(stream)
        return instructions if fits(b"\n".join(data)) else fitting(instructions)
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
        self._targets = work.targets
        self._scrub = work.scrub
        self._touched = work.touched
        self._resources = resources
        self._interpreter = Interpreter(state, resources)
        self._marks = marks
        self._above = above
        self._path = Path()
        self._out: list[Any] = []  # instructions, or lists of them
        self._coordinates = Coordinates(state.ctm)
        self._text_object: TextObject | None = None
        self._strokes = False  # text in outlines was met: the width of a stroke depends on the coordinates
        self.changed = False
        self.moves = self.stays = False  # whether text in it moves, and whether some does not
        self.used: set[tuple[str, str]] = set()

    def run(self, instructions: Any) -> list[Any]:
        """The instructions that stay, balanced: every q, BT and marked content that was opened is closed."""
        for instruction in instructions:
            self._take(str(instruction.operator), instruction)
        if self._text_object is not None:
            self._text_object.finish(self._coordinates)
            self._emit([], "ET")
        self._marks.finish(self._out)
        for _ in range(self._interpreter.depth):
            self._emit([], "Q")
        self.changed |= self._marks.changed
        self._touched.mcids |= self._marks.hit_mcids
        self._touched.highest_mcid = max(self._touched.highest_mcid, self._marks.highest_mcid)
        return [one for entry in self._out for one in (entry if isinstance(entry, list) else (entry,))]

    def _emit(self, operands: list[Any], operator: str) -> None:
        self._out.append(ContentStreamInstruction(operands, Operator(operator)))

    def _take(self, operator: str, instruction: Any) -> None:
        handler = _SPECIAL.get(operator)
        if handler is not None:
            handler(self, operator, instruction)
            return
        run = self._interpreter.step(operator, instruction.operands)
        if run is not None:
            self._text(instruction, run)
        elif operator in MOVING and self._text_object is not None:
            self._text_object.move(operator, instruction)
        else:
            self._out.append(instruction)

    # coordinates

    def _save_restore(self, operator: str, instruction: Any) -> None:
        if operator == "Q" and not self._interpreter.depth:
            self.changed = True  # a Q too many would end the q that we put around the page
            return
        self._interpreter.step(operator, instruction.operands)
        if self._text_object is not None:
            self._catch_up()
        if operator == "q":
            self._coordinates.push()
        else:
            self._coordinates.pop()
        self._out.append(instruction)

    def _concat(self, operator: str, instruction: Any) -> None:
        self._interpreter.step(operator, instruction.operands)
        self._coordinates.concat(instruction, self._interpreter.state.ctm)
        if self._text_object is not None or self._strokes:
            self._catch_up()

    def _catch_up(self) -> None:
        """Before anything that needs the coordinates of this moment."""
        if self._text_object is not None:
            self._text_object.catch_up(self._coordinates)
        else:
            self._out += self._coordinates.caught_up()

    # text

    def _begin_end(self, operator: str, instruction: Any) -> None:
        self._interpreter.step(operator, instruction.operands)
        if self._text_object is not None:
            self._text_object.finish(self._coordinates)
            self._text_object = None
        if operator == "BT":
            self._text_object = TextObject(self._out, len(self._out))
            self._out.append([])
        self._out.append(instruction)

    def _mode(self, _: str, instruction: Any) -> None:
        self._interpreter.step("Tr", instruction.operands)
        if int(instruction.operands[0]) in _STROKED:
            self._strokes = True
            self._catch_up()
        self._out.append(instruction)

    def _font(self, operator: str, instruction: Any) -> None:
        self.used.add(("/Font", str(instruction.operands[0])))
        self._interpreter.step(operator, instruction.operands)
        self._out.append(instruction)

    def _text(self, instruction: Any, run: Run) -> None:
        hidden = unseen_parts(run, self._work.unseen)
        if hidden:
            self._marks.hit()
            self._touched.kinds.add(HIDDEN_TEXT)
        hits, shifts = self._fate(run, hidden)
        gone = hits | hidden
        if hits:
            self._marks.hit()
            if not self._marks.hidden:
                key, mcid = self._marks.innermost()
                self._touched.places += [((x, y), key, mcid) for at, x, y in run.centres() if at in hits]
        self.changed |= bool(gone or shifts)
        self.moves |= bool(shifts)
        self.stays |= len(shifts) < sum(isinstance(part, Glyph) for part in run.parts)
        self._touched.clipped += clipped(run, shifts, self._interpreter.state.clip)
        if self._text_object is not None:
            self._text_object.show(instruction, run, gone, shifts, self._coordinates.written)
        elif gone or shifts:
            raise NotUnderstoodError("content:text-object")
        else:
            self._catch_up()
            self._out.append(instruction)

    def _fate(self, run: Run, hidden: frozenset[int]) -> tuple[frozenset[int], dict[int, Point]]:
        """Which parts of a run go, besides those `hidden`, and which move how far."""
        if run.doubt is not None:
            self._targets.refuse(run, run.doubt)
            if self._marks.hidden:
                raise run.doubt
        if self._marks.hidden:
            self._touched.kinds.add("hidden-content")
            return frozenset(at for at, part in enumerate(run.parts) if isinstance(part, Glyph)), {}
        return self._targets.fate(run, hidden)

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
        if self._is_unseen(target):
            self.changed = True
            self._touched.kinds.add(HIDDEN_PICTURES)
            return
        self._catch_up()
        replaced = self._image(target) if str(target.get("/Subtype")) == "/Image" else self._form(target)
        if replaced is not None:
            self.changed = True
            self._touched.copies[target.objgen] = replaced
            name = str(self._resources.add("/XObject", replaced))
            instruction = ContentStreamInstruction([Name(name)], Operator("Do"))
        self.used.add(("/XObject", name))
        self._out.append(instruction)

    def _is_unseen(self, target: Any) -> bool:
        sight = self._work.sights.get(target.objgen)
        return sight is not None and not sight.is_seen(box_bounds(self._interpreter.state.ctm, UNIT))

    def _image(self, image: Any) -> Any:
        """The image without the pixels under the boxes and those that nobody sees; None when there are none."""
        matrix, sight = self._interpreter.state.ctm, self._work.sights.get(image.objgen)
        under = self._targets.over(matrix)
        bounds = box_bounds(matrix, UNIT)
        hidden = sight.hidden_parts(bounds, _pixel(image, bounds)) if sight is not None else []
        if under:
            self._marks.hit()
            self._touched.kinds.add("pixels")
        if hidden:
            self._touched.kinds.add(HIDDEN_PICTURES)
        if not under and not hidden:
            return None
        known = self._scrub.blanked
        key = (image.objgen, matrix, tuple(hidden), tuple(under))
        if key not in known:
            known[key] = blank(self._pdf, image, [*under, *hidden], matrix)
        return known[key]

    def _form(self, form: Any, state: State | None = None) -> Any:
        """A copy of the form without what lies under the boxes; None when nothing does."""
        if form.objgen in self._above or len(self._above) >= MAX_DEPTH:
            raise NotUnderstoodError("content:nesting")
        state = (state or self._interpreter.state).copied()
        matrix = tuple(float(number) for number in form.get("/Matrix", IDENTITY))
        state.ctm = multiply(matrix, state.ctm)  # type: ignore[arg-type]
        box = box_bounds(state.ctm, _rectangle(form.BBox)) if "/BBox" in form else None
        if box is not None:
            state.clip_to(box)
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
        self._touched.tells |= inner.moves and not inner.stays
        self._touched.tells |= box is not None and hugs(box, self._targets.moves)
        copied = pikepdf.Stream(
            self._pdf, pikepdf.unparse_content_stream(without_remains(instructions)), **_plain(kept)
        )
        copied.Resources = resources.result(inner.used)
        return copied

    def _inline(self, _: str, instruction: Any) -> None:
        if self._marks.hidden:
            self.changed = True
            return
        self._catch_up()
        matrix = self._interpreter.state.ctm
        under = self._targets.over(matrix)
        if not under and stands_alone(instruction.iimage):
            self._out.append(instruction)
            return
        self.changed = True
        image = inline_to_stream(self._pdf, instruction.iimage, self._resources.find)
        if under:
            self._marks.hit()
            self._touched.kinds.add("pixels")
            image = blank(self._pdf, image, under, matrix)
        name = self._resources.add("/XObject", image)
        self.used.add(("/XObject", str(name)))
        self._emit([name], "Do")

    def _parameters(self, operator: str, instruction: Any) -> None:
        """gs: a soft mask is a form of its own, drawn with the matrix of this moment."""
        self._interpreter.step(operator, instruction.operands)
        used = str(instruction.operands[0])
        parameters = self._resources.find("/ExtGState", used)
        mask = parameters.get("/SMask") if parameters is not None else None
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            self._catch_up()
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
        if self._text_object is not None:
            self._catch_up()
        try:
            self._path.take(operator, instruction, self._interpreter.state.ctm)
        except (TypeError, ValueError) as error:
            raise NotUnderstoodError("content:operands") from error

    def _clip(self, _: str, instruction: Any) -> None:
        self._path.clip = instruction

    def _paint(self, operator: str, instruction: Any) -> None:
        path, self._path = self._path, Path()
        self._check_pattern(operator, path)
        clips = path.clip is not None
        kept = [] if self._marks.hidden and not clips else path.kept(self._targets.boxes, clips=clips)
        dropped = len(kept) < len(path.subpaths)
        if dropped:
            self.changed = True
            self._touched.kinds.add("outlines")
            self._marks.hit()
        if not clips and not kept:
            self.changed |= bool(path.subpaths)
            return
        matrix, written = self._interpreter.state.ctm, self._written_for(operator, kept)
        moved = False
        for subpath in kept:
            own = (widened if clips else followed)(subpath, self._targets.moves, matrix, written)
            moved |= own is not subpath.instructions
            self._out += own
        self.changed |= moved
        if clips and not moved and path.box is not None:
            self._interpreter.state.clip_to(path.box)
        if dropped and not kept and path.clip is not None:
            self._emit([0, 0, 0, 0], "re")  # clips everything away, as the lost outline did outside itself
        if path.clip is not None:
            self._out.append(path.clip)
        if not kept or self._marks.hidden:
            self._emit([], "n")
        else:
            self._out.append(instruction)

    def _written_for(self, operator: str, subpaths: Sequence[Subpath]) -> Matrix:
        """The coordinates in which a path is to be written: where it belongs to text that moved, those without the `cm`
        that wait, for these tell where the text stood."""
        matrix, written = self._interpreter.state.ctm, self._coordinates.written
        told = matrix != written and any(line_of(subpath, self._targets.moves) for subpath in subpaths)
        if told and self._text_object is None:
            if same_upright(matrix, written, scaled=operator not in STROKING):
                return written
            self._touched.tells = True
        self._catch_up()
        return matrix

    def _colour(self, operator: str, instruction: Any) -> None:
        """scn and SCN: text in a tile is seen by the reader of the page, but by nobody who reads its text."""
        self._interpreter.step(operator, instruction.operands)
        name = str(instruction.operands[-1]) if len(instruction.operands) else ""
        pattern = self._resources.find("/Pattern", name) if name.startswith("/") else None
        if pattern is not None:
            self.used.add(("/Pattern", name))
            if patterns.shows_text(pattern):
                raise NotUnderstoodError(patterns.TEXT)
        self._out.append(instruction)

    def _check_pattern(self, operator: str, path: Path) -> None:
        """A tiling pattern or a mesh can draw letters: under a box it is not followed."""
        state = self._interpreter.state
        names = [state.fill_pattern] if operator in FILLING else []
        names += [state.stroke_pattern] if operator in STROKING else []
        box = path.box
        if box is None or not any(box.intersects(candidate) for candidate in self._targets.boxes):
            return
        for name in names:
            pattern = self._resources.find("/Pattern", name) if name else None
            if pattern is not None and patterns.may_draw_letters(pattern):
                raise NotUnderstoodError("pattern")

    def _shade(self, _: str, instruction: Any) -> None:
        if self._marks.hidden:
            self.changed = True
            return
        clip = self._interpreter.state.clip
        near = any(clip is None or clip.intersects(box) for box in self._targets.boxes)
        if near and patterns.is_mesh(self._resources.find("/Shading", str(instruction.operands[0]))):
            raise NotUnderstoodError("shading:mesh")
        self._catch_up()
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


def _rectangle(numbers: Any) -> Box:
    left, bottom, right, top = (float(number) for number in numbers)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


_FORM_KEYS = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/StructParents", "/StructParent", "/OC")


def _pixel(image: Any, bounds: Box) -> float:
    """The side of the largest pixel of an image and its masks, in points."""
    layers = [image, *(image[key] for key in ("/SMask", "/Mask") if isinstance(image.get(key), pikepdf.Stream))]
    width, height = (min(max(int(layer[side]), 1) for layer in layers) for side in ("/Width", "/Height"))
    return max(bounds.width / width, bounds.height / height)


def _plain(entries: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: value for key, value in entries.items()}


_SPECIAL: dict[str, Callable[[_Stream, str, Any], None]] = {
    "q": _Stream._save_restore,
    "Q": _Stream._save_restore,
    "cm": _Stream._concat,
    "BT": _Stream._begin_end,
    "ET": _Stream._begin_end,
    "Tf": _Stream._font,
    "Tr": _Stream._mode,
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
