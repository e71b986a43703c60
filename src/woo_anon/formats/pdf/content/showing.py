"""Text and the coordinates it is set in: what is hit goes, what follows it on the line moves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.interpreter import Glyph, Run
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.content.stream import ContentStream, Handler
from woo_anon.formats.pdf.content.targets import clipped
from woo_anon.formats.pdf.content.text_object import MOVING, TextObject
from woo_anon.formats.pdf.unseen.removal import unseen_parts

HIDDEN_TEXT = "hidden-text"
CLIPS = "text:clip"  # the reason when something goes from text through which other things are drawn
_STROKED = (1, 2, 5, 6)  # text rendering modes, ISO 32000-2, table 104
_CLIPPING = 4  # and further


def _save_restore(stream: ContentStream, operator: str, instruction: Any) -> None:
    if operator == "Q" and not stream.interpreter.depth:
        stream.changed = True  # a Q too many would end the q that we put around the page
        return
    stream.interpreter.step(operator, instruction.operands)
    if stream.text_object is not None:
        stream.catch_up()
    if operator == "q":
        stream.coordinates.push()
    else:
        stream.coordinates.pop()
    stream.out.append(instruction)


def _concat(stream: ContentStream, operator: str, instruction: Any) -> None:
    stream.interpreter.step(operator, instruction.operands)
    stream.coordinates.concat(instruction, stream.interpreter.state.ctm)
    if stream.text_object is not None or stream.strokes:
        stream.catch_up()


def _begin_end(stream: ContentStream, operator: str, instruction: Any) -> None:
    stream.interpreter.step(operator, instruction.operands)
    if stream.text_object is not None:
        stream.text_object.finish(stream.coordinates)
        stream.text_object = None
    if operator == "BT":
        stream.text_object = TextObject(stream.out, len(stream.out))
        stream.out.append([])
    stream.out.append(instruction)


def _mode(stream: ContentStream, _: str, instruction: Any) -> None:
    stream.interpreter.step("Tr", instruction.operands)
    if int(instruction.operands[0]) in _STROKED:
        stream.strokes = True
        stream.catch_up()
    stream.out.append(instruction)


def _font(stream: ContentStream, operator: str, instruction: Any) -> None:
    stream.used.add(("/Font", str(instruction.operands[0])))
    stream.interpreter.step(operator, instruction.operands)
    stream.out.append(instruction)


def _move(stream: ContentStream, operator: str, instruction: Any) -> None:
    stream.interpreter.step(operator, instruction.operands)
    if stream.text_object is not None:
        stream.text_object.move(operator, instruction)
    else:
        stream.out.append(instruction)


def _show(stream: ContentStream, operator: str, instruction: Any) -> None:
    run = stream.interpreter.step(operator, instruction.operands)
    if run is None:
        stream.out.append(instruction)
    else:
        _write(stream, instruction, run)


def _write(stream: ContentStream, instruction: Any, run: Run) -> None:
    hidden = unseen_parts(run, stream.work.unseen)
    if hidden:
        stream.marks.hit()
        stream.work.touched.kinds.add(HIDDEN_TEXT)
    hits, shifts = _fate(stream, run, hidden)
    gone = hits | hidden
    if (gone or shifts) and stream.interpreter.state.mode >= _CLIPPING:
        raise NotUnderstoodError(CLIPS)
    if hits:
        stream.marks.hit()
        if not stream.marks.hidden:
            key, mcid = stream.marks.innermost()
            stream.work.touched.places += [((x, y), key, mcid) for at, x, y in run.centres() if at in hits]
    stream.changed |= bool(gone or shifts)
    stream.moves |= bool(shifts)
    stream.stays |= len(shifts) < sum(isinstance(part, Glyph) for part in run.parts)
    stream.work.touched.clipped += clipped(run, shifts, stream.interpreter.state.clip)
    if stream.text_object is not None:
        stream.text_object.show(instruction, run, gone, shifts, stream.coordinates.written)
    elif gone or shifts:
        raise NotUnderstoodError("content:text-object")
    else:
        stream.catch_up()
        stream.out.append(instruction)


def _fate(stream: ContentStream, run: Run, hidden: frozenset[int]) -> tuple[frozenset[int], dict[int, Point]]:
    """Which parts of a run go, besides those `hidden`, and which move how far."""
    if run.doubt is not None:
        stream.work.targets.refuse(run, run.doubt)
        if stream.marks.hidden:
            raise run.doubt
    if stream.marks.hidden:
        stream.work.touched.kinds.add("hidden-content")
        return frozenset(at for at, part in enumerate(run.parts) if isinstance(part, Glyph)), {}
    return stream.work.targets.fate(run, hidden)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "q": _save_restore,
        "Q": _save_restore,
        "cm": _concat,
        "BT": _begin_end,
        "ET": _begin_end,
        "Tf": _font,
        "Tr": _mode,
        **dict.fromkeys(MOVING, _move),
        **dict.fromkeys(("Tj", "TJ", "'", '"'), _show),
    }
)
