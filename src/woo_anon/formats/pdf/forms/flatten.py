"""Makes what form fields show part of their pages, so that a filled-in form is read and redacted like any text.

widget ──► its appearance, a form XObject ──► drawn at its place, behind the page's content
      └──► its place in the structure tree ─► taken by that marked content

Values that are not shown (default values, hidden fields, choices not made) are not drawn, and go with the fields.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Annotation, Array, Dictionary, Name, Stream

from woo_anon.formats.pdf.content.layers import hidden_test
from woo_anon.formats.pdf.content.resources import FontCache, Resources, inherited
from woo_anon.formats.pdf.forms.tags import FormTags
from woo_anon.formats.pdf.forms.widgets import UNSEEN, field_value, rectangle, widgets


def settle(pdf: pikepdf.Pdf) -> None:
    """Give every widget the state that it shows, and take away those that show nothing: hidden, without an appearance,
    without an extent, or on a layer that is not shown. PDFium would draw a frame or a value for some of them."""
    is_hidden, _ = hidden_test(pdf)
    tags = FormTags(pdf)
    for page in pdf.pages:
        unseen = [field for field in widgets(page) if is_hidden(field.get("/OC")) or not _is_seen(field)]
        for field in unseen:
            tags.remove(field)
        if unseen:
            _take_away(page, unseen)


def flatten(pdf: pikepdf.Pdf) -> tuple[int, ...]:
    """Draw the appearances of all widgets, which are settled, into their pages and take the widgets away.

    Answers the indices of the pages that had some. What is left of the form itself is the caller's to remove.
    """
    tags = FormTags(pdf)
    changed = []
    for index, page in enumerate(pdf.pages):
        fields = widgets(page)
        if fields:
            _flatten_page(pdf, page, fields, tags)
            changed.append(index)
    tags.finish()
    return tuple(changed)


def _flatten_page(pdf: pikepdf.Pdf, page: pikepdf.Page, fields: list[Any], tags: FormTags) -> None:
    resources = Resources(page.obj.get("/Resources", inherited(page.obj)), FontCache())
    drawn = [_drawn(page, field, resources, tags) for field in fields]
    opening, closing = _balanced(page)
    page.contents_add(opening, prepend=True)
    page.contents_add(closing + b"".join(drawn), prepend=False)
    page.obj.Resources = resources.result()
    _take_away(page, fields)


def _take_away(page: pikepdf.Page, fields: list[Any]) -> None:
    for field in fields:  # what still refers to it finds nothing
        for key in list(field.keys()):
            del field[key]
    page.obj.Annots = Array([one for one in page.obj.Annots if not isinstance(one, Dictionary) or len(one.keys())])


def _drawn(page: pikepdf.Page, field: Any, resources: Resources, tags: FormTags) -> bytes:
    """The instructions that draw a field, tagged as it was."""
    name = resources.add("/XObject", _appearance(field))
    content = bytes(Annotation(field).get_page_content_for_appearance(name, page.rotation, 0, UNSEEN))
    if isinstance(field.get("/OC"), Dictionary):
        layer = resources.add("/Properties", field.OC)
        content = b"/OC %s BDC\n%s\nEMC\n" % (str(layer).encode("ascii"), content)
    opening, closing = tags.replace(field, page)
    return opening + content + closing + b"\n"


def _is_seen(field: Any) -> bool:
    if isinstance(flags := field.get("/F", 0), int) and flags & UNSEEN:
        return False
    place = rectangle(field)
    return place is not None and place.width > 0 and place.height > 0 and _appearance(field) is not None


def _appearance(field: Any) -> Any:
    """The stream that draws a field now, or None; a button without a state gets that of its value."""
    normal = field.get("/AP", Dictionary()).get("/N")
    if isinstance(normal, Dictionary):
        if "/AS" not in field:
            value = field_value(field, "/V")
            field.AS = value if isinstance(value, Name) and str(value) in normal else Name.Off
        normal = normal.get(str(field.AS))
    if not isinstance(normal, Stream):
        return None
    normal.Type, normal.Subtype = Name.XObject, Name.Form
    return normal


def _balanced(page: pikepdf.Page) -> tuple[bytes, bytes]:
    """What to put around a page's content so that what follows it starts from the page's own state, even where the
    content saves and restores it (`q`, `Q`) out of balance."""
    depth = lowest = 0
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        depth += 1 if str(instruction.operator) == "q" else -1
        lowest = min(lowest, depth)
    return b"q\n" * (1 - lowest), b"\nQ" * (1 - lowest + depth) + b"\n"
