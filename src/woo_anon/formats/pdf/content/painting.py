"""Paths, patterns and shadings: outlines under a box lose their subpaths, rules under text that moved follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from woo_anon.formats.pdf.content import patterns
from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.matrix import Matrix, same_upright
from woo_anon.formats.pdf.content.paths import CLIPPING, CONSTRUCTION, FILLING, PAINTING, STROKING, Path, Subpath
from woo_anon.formats.pdf.content.stream import ContentStream, Handler
from woo_anon.formats.pdf.content.underlines import followed, line_of


def _construct(stream: ContentStream, operator: str, instruction: Any) -> None:
    if stream.text_object is not None:
        stream.catch_up()
    try:
        stream.path.take(operator, instruction, stream.interpreter.state.ctm)
    except (TypeError, ValueError) as error:
        raise NotUnderstoodError("content:operands") from error


def _clip(stream: ContentStream, _: str, instruction: Any) -> None:
    stream.path.clip = instruction


def _paint(stream: ContentStream, operator: str, instruction: Any) -> None:
    path, stream.path = stream.path, Path()
    _check_pattern(stream, operator, path)
    clips = path.clip is not None
    kept = [] if stream.marks.hidden and not clips else path.kept(stream.work.targets.boxes, clips=clips)
    dropped = len(kept) < len(path.subpaths)
    if dropped:
        stream.changed = True
        stream.work.touched.kinds.add("outlines")
        stream.marks.hit()
    if not clips and not kept:
        stream.changed |= bool(path.subpaths)
        return
    matrix, written = stream.interpreter.state.ctm, _written_for(stream, operator, kept)
    moved = False
    for subpath in kept:
        own = followed(subpath, stream.work.targets.moves, matrix, written)
        moved |= own is not subpath.instructions
        stream.out += own
    stream.changed |= moved
    if clips and not moved and path.box is not None:
        stream.interpreter.state.clip_to(path.box)
    if dropped and not kept and path.clip is not None:
        stream.emit([0, 0, 0, 0], "re")  # clips everything away, as the lost outline did outside itself
    if path.clip is not None:
        stream.out.append(path.clip)
    if not kept or stream.marks.hidden:
        stream.emit([], "n")
    else:
        stream.out.append(instruction)


def _written_for(stream: ContentStream, operator: str, subpaths: Sequence[Subpath]) -> Matrix:
    """The coordinates in which a path is to be written: where it belongs to text that moved, those without the `cm`
    that wait, for these tell where the text stood."""
    matrix, written = stream.interpreter.state.ctm, stream.coordinates.written
    told = matrix != written and any(line_of(subpath, stream.work.targets.moves) for subpath in subpaths)
    if told and stream.text_object is None:
        if same_upright(matrix, written, scaled=operator not in STROKING):
            return written
        stream.work.touched.tells = True
    stream.catch_up()
    return matrix


def _colour(stream: ContentStream, operator: str, instruction: Any) -> None:
    """scn and SCN: text in a tile is seen by the reader of the page, but by nobody who reads its text."""
    stream.interpreter.step(operator, instruction.operands)
    name = str(instruction.operands[-1]) if len(instruction.operands) else ""
    pattern = stream.resources.find("/Pattern", name) if name.startswith("/") else None
    if pattern is not None:
        stream.used.add(("/Pattern", name))
        if patterns.shows_text(pattern):
            raise NotUnderstoodError(patterns.TEXT)
    stream.out.append(instruction)


def _check_pattern(stream: ContentStream, operator: str, path: Path) -> None:
    """A tiling pattern or a mesh can draw letters: under a box it is not followed."""
    state = stream.interpreter.state
    names = [state.fill_pattern] if operator in FILLING else []
    names += [state.stroke_pattern] if operator in STROKING else []
    box = path.box
    if box is None or not any(box.intersects(candidate) for candidate in stream.work.targets.boxes):
        return
    for name in names:
        pattern = stream.resources.find("/Pattern", name) if name else None
        if pattern is not None and patterns.may_draw_letters(pattern):
            raise NotUnderstoodError("pattern")


def _shade(stream: ContentStream, _: str, instruction: Any) -> None:
    if stream.marks.hidden:
        stream.changed = True
        return
    clip = stream.interpreter.state.clip
    near = any(clip is None or clip.intersects(box) for box in stream.work.targets.boxes)
    if near and patterns.is_mesh(stream.resources.find("/Shading", str(instruction.operands[0]))):
        raise NotUnderstoodError("shading:mesh")
    stream.catch_up()
    stream.out.append(instruction)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        **dict.fromkeys(CONSTRUCTION, _construct),
        **dict.fromkeys(CLIPPING, _clip),
        **dict.fromkeys(PAINTING, _paint),
        "scn": _colour,
        "SCN": _colour,
        "sh": _shade,
    }
)
