"""HTML of a mail as plain text: what its reader sees, and what he does not.

    <p>Zie <a href="https://x.example">hier</a>   Zie hier <https://x.example>
    <blockquote>Beste …                           > Beste …
    <li>een <ol><li>twee                          - een / 1. twee
    <tr><td>a<td>b                                a | b
    <img alt="Logo">                              [afbeelding: Logo]

Scripts and style sheets are neither. Comments, titles, alternative and pop-up texts, fields of forms, targets of links
that are no address, and hidden text (`sight.py`) are unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from woo_anon.errors import RefusedError
from woo_anon.formats.mail.characters import seen
from woo_anon.formats.mail.sight import Sight, declarations, matters, rules

DEEPEST = 20_000  # tags that are open: the parser's time grows with the square of it, to a second or two here
_DEEPEST_MARKS = 60  # lists, quotes and tables within each other; deeper ones are text like other text
MOST_RULES = 2_000  # of style sheets
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNCLOSED = {"p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "html", "head", "body"}
_GATHERED = {"a", "td", "th", "tr", "li", "blockquote"}  # whose text is changed when all of it is there
_NO_TEXT = {"script", "style", "template"}
_UNSEEN = {"title", "noscript", "iframe", "object", "noframes", "noembed", "svg", "datalist"}
_BLOCKS = {"div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "form", "fieldset",
           "center", "dl", "dt", "dd", "figure", "figcaption", "details", "summary", "ul", "ol", "table", "caption",
           "body", "legend", "thead", "tbody", "tfoot", "tr", "td", "th", "li", "blockquote"}  # fmt: skip
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}  # with a blank line before and after
_TARGETS = re.compile(r"(?:https?|ftp|file|mailto|tel|sip|callto):", re.IGNORECASE)
_TEXTS = ("alt", "title", "value", "placeholder", "summary", "aria-label", "content", "name", "href", "cite")
# Marks within text that is not done yet; control characters of the mail itself are gone by then.
_EDGE, _BLANK, _CELL, _BR, _SPACE = "\x01", "\x02", "\x03", "\x04", "\x05"  # _SPACE: one that stays
_BETWEEN = re.compile(r"[ \x01\x02\x04]*[\x01\x02\x04][ \x01\x02\x04]*")


@dataclass(frozen=True)
class Hypertext:
    """What a reader sees of HTML, and pieces of what he does not."""

    text: str = field(repr=False)
    unseen: tuple[str, ...] = field(default=(), repr=False)
    hidden: bool = False  # some of the unseen is text made to be hidden


@dataclass
class _Frame:
    """An element that is open: how its text looks, and where it goes."""

    node: LexborNode
    sight: Sight
    pre: bool
    text: list[str]
    marks: int = 0  # gathered elements around and including this one
    gathers: bool = False


def read_html(html: str, name: str) -> Hypertext:
    """The text of `html`. Raises RefusedError when its elements are nested so deep that no mail program made it."""
    if _depth(html) > DEEPEST:
        raise RefusedError(f"{name}: its HTML is nested too deep.", "Save the mail as text and handle that.")
    tree = LexborHTMLParser(html)
    return _Reader(_styles(tree)).read(tree.root) if tree.root is not None else Hypertext("")


def _beside(root: LexborNode) -> Iterator[LexborNode]:
    """What stands before and behind the element of the whole document: comments."""
    before, behind = root.prev, root.next
    while before is not None:
        yield before
        before = before.prev
    while behind is not None:
        yield behind
        behind = behind.next


def _depth(html: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _VOID | _UNCLOSED:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _styles(tree: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """What the style sheets say of elements, by the parser's number of the element."""
    found: dict[int, dict[str, str]] = {}
    sheets = "\n".join(node.text() for node in tree.css("style"))
    for count, (selector, style) in enumerate(rules(sheets)):
        if count >= MOST_RULES:
            break
        if not matters(style):
            continue
        try:
            nodes = tree.css(selector)
        except SelectolaxError:
            continue
        for node in nodes:
            found.setdefault(node.mem_id, {}).update(style)
    return found


class _Reader:
    """One pass over the tree, without recursion."""

    def __init__(self, styles: dict[int, dict[str, str]]) -> None:
        self._styles = styles
        self._unseen: list[str] = []
        self._hidden = False

    def read(self, root: LexborNode) -> Hypertext:
        top = _Frame(root, Sight(), False, [])
        open_: list[_Frame] = [top]
        for node in _beside(root):
            self._leaf(node, top)
        for node, entering in _walk(root):
            if not node.is_element_node:
                self._leaf(node, open_[-1])
            elif entering:
                open_.append(self._entered(node, open_[-1]))
            else:
                frame = open_.pop()
                self._left(frame, open_[-1])
        text = re.sub(r"[ \x05]+$", "", _lines(top.text).replace(_CELL, " "), flags=re.MULTILINE)
        return Hypertext(text.replace(_SPACE, " "), tuple(filter(None, map(_line, self._unseen))), self._hidden)

    def _leaf(self, node: LexborNode, frame: _Frame) -> None:
        if node.is_comment_node:
            self._unseen.append(re.sub(r"<[^>]*>", " ", node.comment_content or ""))
        elif node.is_text_node:
            self._say(node.text_content or "", frame)

    def _say(self, text: str, frame: _Frame) -> None:
        if frame.node.tag in _NO_TEXT:
            return
        if frame.sight.hidden:
            if seen(text).strip():
                self._unseen.append(text)
                self._hidden |= frame.node.tag not in _UNSEEN
            return
        parts = (seen(part) for part in text.split("\u00a0"))
        if frame.pre:
            frame.text.append(_SPACE.join(parts).replace(" ", _SPACE))
        else:
            frame.text.append(_SPACE.join(re.sub(r"\s+", " ", part) for part in parts))

    def _entered(self, node: LexborNode, above: _Frame) -> _Frame:
        tag, attributes = str(node.tag), node.attributes
        style = {**self._styles.get(node.mem_id, {}), **declarations(attributes.get("style") or "")}
        sight = above.sight.below(style, attributes)
        if tag in _UNSEEN:
            sight = Sight(gone=True)
        pre = above.pre or tag in {"pre", "textarea"} or style.get("white-space", "").startswith("pre")
        self._unseen += [value for name in _TEXTS if (value := attributes.get(name)) and not _shows(tag, name, value)]
        gathers = tag == "a" or (tag in _GATHERED and above.marks < _DEEPEST_MARKS)  # links do not nest
        frame = _Frame(node, sight, pre, [] if gathers else above.text, above.marks + gathers, gathers)
        if tag == "img" and (alt := (attributes.get("alt") or "").strip()):
            self._say(f"[afbeelding: {alt}]", frame)
        elif tag == "br" and not sight.hidden:
            frame.text.append(_BR)
        elif not gathers:
            frame.text.append(_edge(frame, style))
        return frame

    def _left(self, frame: _Frame, above: _Frame) -> None:
        """Put what an element gathered where it stands in the one around it."""
        tag, attributes = str(frame.node.tag), frame.node.attributes
        if not frame.gathers:
            style = {**self._styles.get(frame.node.mem_id, {}), **declarations(attributes.get("style") or "")}
            above.text.append(_edge(frame, style))
        elif tag == "a":
            above.text += _linked(frame.text, attributes.get("href") or "")
        elif tag in {"td", "th"}:
            above.text += [_CELL, _lines(frame.text).strip("\n"), _CELL]
        elif tag == "tr":
            above.text += [_EDGE, _row("".join(frame.text)), _EDGE]
        elif tag == "li":
            above.text += [_EDGE, _indented(_lines(frame.text), _bullet(frame.node)), _EDGE]
        else:
            above.text += [_BLANK, _quoted(_lines(frame.text)), _BLANK]


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below `root` in order; elements twice: when entered and when left."""
    node = root.child
    while node is not None:
        yield node, True
        if node.is_element_node and node.child is not None:
            node = node.child
            continue
        while True:
            if node.is_element_node:
                yield node, False
            following = node.next
            if following is not None:
                node = following
                break
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent


def _shows(tag: str, name: str, value: str) -> bool:
    """Whether an attribute's text is shown, or says nothing of the document."""
    if name == "alt":
        return tag == "img"
    if name == "href":
        return tag == "link" or (tag == "a" and _TARGETS.match(value.strip()) is not None)
    if name == "value":
        return tag == "li"
    if name == "content":
        return "charset=" in value.lower()
    return name == "name" and tag == "meta"


def _linked(text: list[str], target: str) -> list[str]:
    """A link's text with its target behind it, unless it says that itself."""
    target = seen(target).strip()
    said = re.sub(r"\s", "", "".join(text)).lower()
    bare = re.sub(r"^(?:https?://|mailto:|tel:)|/$", "", target.lower())
    if not _TARGETS.match(target) or not bare or re.sub(r"\s", "", bare) in said:
        return text
    return [*text, f" <{target}>" if said else f"<{target}>"]


def _edge(frame: _Frame, style: dict[str, str]) -> str:
    """What stands before and behind an element's text."""
    tag = str(frame.node.tag)
    if tag in _APART:
        return _EDGE if tag == "p" and _is_tight(frame, style) else _BLANK
    return _EDGE if tag in _BLOCKS else ""


def _is_tight(frame: _Frame, style: dict[str, str]) -> bool:
    """Whether a paragraph has no space around it: Word's, whose blank lines are paragraphs of their own."""
    tight = re.match(r"0(?:px|cm|mm|pt|in)?\b", style.get("margin", "")) is not None
    return tight or (frame.node.attributes.get("class") or "").startswith("Mso")


def _row(text: str) -> str:
    """The cells of a row on one line, or, where a cell holds several, below each other."""
    cells = text.split(_CELL)[1::2] or [text]
    filled = [cell for cell in cells if cell.strip()]
    if any("\n" in cell for cell in filled) or len(filled) < 2:
        return "\n".join(filled)
    return " | ".join(cell.strip() for cell in cells)


def _bullet(item: LexborNode) -> str:
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return "- "
    number, before = 1, item.prev
    while before is not None and number < 1000:
        number += before.tag == "li"
        before = before.prev
    return f"{number}. "


def _indented(text: str, bullet: str) -> str:
    return bullet.replace(" ", _SPACE) + text.strip("\n").replace("\n", "\n" + _SPACE * len(bullet))


def _quoted(text: str) -> str:
    return "\n".join(
        f">{_SPACE}{line}" if line and line[0] != ">" else f">{line}" for line in text.strip("\n").split("\n")
    )


def _lines(pieces: list[str]) -> str:
    """Pieces as lines: one space between words, none at the ends of lines; edges and breaks as line ends."""
    text = _BETWEEN.sub(_line_ends, re.sub(r" {2,}", " ", "".join(pieces)))
    return text.strip("\n ")


def _line_ends(marks: re.Match[str]) -> str:
    """An edge ends a line on which something stands; a break ends any line; a blank line is one at most."""
    ends, started = 0, True
    for mark in marks[0]:
        if mark == _BR or (mark != " " and started):
            ends, started = ends + 1, False
        if mark == _BLANK:
            ends = max(ends, 2)
    return "\n" * ends


def _line(text: str) -> str:
    return " ".join(seen(text).split())
