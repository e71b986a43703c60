"""Images, forms and soft masks: followed, and copied for the use on which something is hit, for they may be shared."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.emptied import without_remains
from woo_anon.formats.pdf.content.interpreter import State
from woo_anon.formats.pdf.content.matrix import IDENTITY, box_bounds, multiply
from woo_anon.formats.pdf.content.stream import ContentStream, Handler, parsed
from woo_anon.formats.pdf.content.targets import UNIT
from woo_anon.formats.pdf.content.underlines import hugs
from woo_anon.formats.pdf.pictures.blanking import blank
from woo_anon.formats.pdf.pictures.inline import inline_to_stream, stands_alone
from woo_anon.geometry import Box

HIDDEN_PICTURES = "hidden-pictures"
MAX_DEPTH = 24  # forms within forms; deeper nesting is a loop or an attack
_FORM_KEYS = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/StructParents", "/StructParent", "/OC")


def _object(stream: ContentStream, _: str, instruction: Any) -> None:
    name = str(instruction.operands[0])
    target = stream.resources.find("/XObject", name)
    if not isinstance(target, pikepdf.Stream):
        stream.changed = True  # it draws nothing
        return
    if stream.marks.hidden or stream.work.scrub.hidden(target.get("/OC")):
        stream.changed = True
        stream.work.touched.kinds.add("hidden-content")
        return
    if _is_unseen(stream, target):
        stream.changed = True
        stream.work.touched.kinds.add(HIDDEN_PICTURES)
        return
    stream.catch_up()
    replaced = _image(stream, target) if str(target.get("/Subtype")) == "/Image" else _form(stream, target)
    if replaced is not None:
        stream.changed = True
        stream.work.touched.copies[target.objgen] = replaced
        name = str(stream.resources.add("/XObject", replaced))
        instruction = ContentStreamInstruction([Name(name)], Operator("Do"))
    stream.used.add(("/XObject", name))
    stream.out.append(instruction)


def _is_unseen(stream: ContentStream, target: Any) -> bool:
    sight = stream.work.sights.get(target.objgen)
    return sight is not None and not sight.is_seen(box_bounds(stream.interpreter.state.ctm, UNIT))


def _image(stream: ContentStream, image: Any) -> Any:
    """The image without the pixels under the boxes and those that nobody sees; None when there are none."""
    matrix, sight = stream.interpreter.state.ctm, stream.work.sights.get(image.objgen)
    under = stream.work.targets.over(matrix)
    bounds = box_bounds(matrix, UNIT)
    hidden = sight.hidden_parts(bounds, _pixel(image, bounds)) if sight is not None else []
    if under:
        stream.marks.hit()
        stream.work.touched.kinds.add("pixels")
    if hidden:
        stream.work.touched.kinds.add(HIDDEN_PICTURES)
    if not under and not hidden:
        return None
    known = stream.work.scrub.blanked
    key = (image.objgen, matrix, tuple(hidden), tuple(under))
    if key not in known:
        known[key] = blank(stream.work.pdf, image, [*under, *hidden], matrix)
    return known[key]


def _form(stream: ContentStream, form: Any, state: State | None = None) -> Any:
    """A copy of the form without what lies under the boxes; None when nothing does."""
    if form.objgen in stream.above or len(stream.above) >= MAX_DEPTH:
        raise NotUnderstoodError("content:nesting")
    state = (state or stream.interpreter.state).copied()
    matrix = tuple(float(number) for number in form.get("/Matrix", IDENTITY))
    state.ctm = multiply(matrix, state.ctm)  # type: ignore[arg-type]
    box = box_bounds(state.ctm, _rectangle(form.BBox)) if "/BBox" in form else None
    if box is not None:
        state.clip_to(box)
    resources = stream.resources.nested(form.get("/Resources"))
    marks = stream.marks.opened(int(form.get("/StructParents", -1)))
    above = stream.above | {form.objgen}
    inner = ContentStream(stream.work, resources, state, marks, above=above)
    instructions = inner.run(parsed(form))
    if "/Resources" not in form:
        stream.used |= inner.used
    if not inner.changed:
        return None
    kept = {key: form[key] for key in _FORM_KEYS if key in form}
    stream.work.touched.tells |= inner.moves and not inner.stays
    stream.work.touched.tells |= box is not None and hugs(box, stream.work.targets.moves)
    copied = pikepdf.Stream(
        stream.work.pdf, pikepdf.unparse_content_stream(without_remains(instructions)), **_plain(kept)
    )
    copied.Resources = resources.result(inner.used)
    return copied


def _inline(stream: ContentStream, _: str, instruction: Any) -> None:
    if stream.marks.hidden:
        stream.changed = True
        return
    stream.catch_up()
    matrix = stream.interpreter.state.ctm
    under = stream.work.targets.over(matrix)
    if not under and stands_alone(instruction.iimage):
        stream.out.append(instruction)
        return
    stream.changed = True
    image = inline_to_stream(stream.work.pdf, instruction.iimage, stream.resources.find)
    if under:
        stream.marks.hit()
        stream.work.touched.kinds.add("pixels")
        image = blank(stream.work.pdf, image, under, matrix)
    name = stream.resources.add("/XObject", image)
    stream.used.add(("/XObject", str(name)))
    stream.emit([name], "Do")


def _parameters(stream: ContentStream, operator: str, instruction: Any) -> None:
    """gs: a soft mask is a form of its own, drawn with the matrix of this moment."""
    stream.interpreter.step(operator, instruction.operands)
    used = str(instruction.operands[0])
    parameters = stream.resources.find("/ExtGState", used)
    mask = parameters.get("/SMask") if parameters is not None else None
    if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
        stream.catch_up()
        group = _form(stream, mask.G)
        if group is not None:
            stream.changed = True
            parameters, mask = copy.copy(parameters), copy.copy(mask)
            mask.G = group
            parameters.SMask = mask
            used = str(stream.resources.add("/ExtGState", parameters))
            instruction = ContentStreamInstruction([Name(used)], Operator("gs"))
    stream.used.add(("/ExtGState", used))
    stream.out.append(instruction)


def _rectangle(numbers: Any) -> Box:
    left, bottom, right, top = (float(number) for number in numbers)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _pixel(image: Any, bounds: Box) -> float:
    """The side of the largest pixel of an image and its masks, in points."""
    layers = [image, *(image[key] for key in ("/SMask", "/Mask") if isinstance(image.get(key), pikepdf.Stream))]
    width, height = (min(max(int(layer[side]), 1) for layer in layers) for side in ("/Width", "/Height"))
    return max(bounds.width / width, bounds.height / height)


def _plain(entries: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: value for key, value in entries.items()}


HANDLERS: Mapping[str, Handler] = MappingProxyType({"Do": _object, "INLINE IMAGE": _inline, "gs": _parameters})
