"""Laws of reading mail: no tree of parts breaks it, and every word of every part is somewhere or said to be unread."""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_files import HEADER, saved

from woo_anon.errors import WooAnonError
from woo_anon.formats.mail.headers import addresses, decoded, moment
from woo_anon.formats.mail.hypertext import read_html
from woo_anon.formats.mail.members import attachments, extract
from woo_anon.formats.mail.mime import read_mime
from woo_anon.formats.mail.recognise import recognise


@dataclass(frozen=True)
class Leaf:
    """A part with one word that is in no other."""

    kind: str
    coding: str
    disposition: str


@dataclass(frozen=True)
class Branch:
    """A part of parts, or a mail in a mail."""

    kind: str
    parts: tuple[Leaf | Branch, ...]


LEAVES = st.builds(
    Leaf,
    st.sampled_from(["text/plain", "text/html", "text/csv", "application/pdf", "image/png", "text/enriched"]),
    st.sampled_from(["", "base64", "quoted-printable", "8bit"]),
    st.sampled_from(["", "inline", "attachment; filename=a.txt"]),
)
KINDS = [
    "multipart/mixed",
    "multipart/alternative",
    "multipart/related",
    "multipart/report",
    "multipart/x",
    "message/rfc822",
]
TREES = st.recursive(
    LEAVES, lambda inner: st.builds(Branch, st.sampled_from(KINDS), st.lists(inner, max_size=4).map(tuple))
)


class _Writer:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.grens = 0

    def part(self, tree: Leaf | Branch) -> str:
        if isinstance(tree, Leaf):
            return self._leaf(tree)
        if tree.kind == "message/rfc822":
            inner = self.part(tree.parts[0]) if tree.parts else "\r\nleeg\r\n"
            return f"Content-Type: message/rfc822\r\n\r\n{HEADER}{inner}"
        self.grens += 1
        mark = f"--grens{self.grens}x"
        parts = "".join(f"{mark}\r\n{self.part(one)}\r\n" for one in tree.parts)
        return f"Content-Type: {tree.kind}; boundary={mark[2:]}\r\n\r\n{parts}{mark}--\r\n"

    def _leaf(self, leaf: Leaf) -> str:
        word = f"woord{len(self.words)}woord"
        self.words.append(word)
        text = f"<p>{word}</p>" if leaf.kind == "text/html" else word
        coded = {
            "base64": base64.b64encode(text.encode()).decode(),
            "quoted-printable": quopri.encodestring(text.encode()).decode(),
        }.get(leaf.coding, text)
        header = f"Content-Type: {leaf.kind}\r\n"
        header += f"Content-Transfer-Encoding: {leaf.coding}\r\n" if leaf.coding else ""
        header += f"Content-Disposition: {leaf.disposition}\r\n" if leaf.disposition else ""
        return f"{header}\r\n{coded}"


@settings(max_examples=150, deadline=None)
@given(tree=TREES)
def test_every_word_is_shown_or_evidence_or_in_an_attachment(
    tmp_path_factory: pytest.TempPathFactory, tree: Leaf | Branch
) -> None:
    writer = _Writer()
    content = (HEADER + writer.part(tree)).encode()
    path = saved(tmp_path_factory.mktemp("mail"), content)
    message = read_mime(content, "mail.eml")
    said = message.body + " ".join(message.unseen)
    for number, one in enumerate(attachments(path, nested=False)):
        target = path.with_name(f"{number}.bin")
        extract(path, one.path, target)
        said += _undone(target.read_bytes())
    assert [word for word in writer.words if word not in said] == []


def _undone(data: bytes) -> str:
    """An attachment's text, and what stands coded in a mail within it."""
    text = data.decode("utf-8", "replace")
    words = [base64.b64decode(line, validate=True) for line in text.split() if _is_base64(line)]
    return text + " ".join(word.decode("utf-8", "replace") for word in words)


def _is_base64(line: str) -> bool:
    try:
        return len(line) > 8 and bool(base64.b64decode(line, validate=True))
    except ValueError:
        return False


_FIELDS = [
    "Content-Type: ",
    "multipart/mixed",
    "; boundary=",
    "a",
    "\r\n",
    "\r\n\r\n",
    "--a",
    "--a--",
    "text/html",
    "=?utf-8?b?",
    "?=",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename*=",
    "utf-8''%ff",
    '"',
    "(",
    "From: ",
    "<a@b>",
    ",",
    ";",
    "\0",
    "é",
    "\t",
    "message/rfc822",
    "charset=utf-7",
    "Subject: x",
]


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.one_of(st.sampled_from(_FIELDS), st.text(max_size=8)), max_size=40))
def test_no_bytes_break_the_reader(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "replace")
    recognise(data)
    try:
        read_mime(data, "mail.eml")
    except WooAnonError as error:
        assert error.message


@given(value=st.text(max_size=60))
def test_no_header_field_breaks_the_reader(value: str) -> None:
    assert "\n" not in decoded(value) + addresses([value]) + moment(value)


_TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<ul>",
    "<li>",
    "<ol>",
    "<a href='https://x'>",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "<br>",
    "<pre>",
    "</pre>",
    "<b style='color:white'>",
    "<!--",
    "-->",
    "<b hidden>",
    "&nbsp;",
    " ",
    "\n",
    "<style>",
    "</style>",
    "<div style='font-size:0'>",
    "</div>",
    "<",
]


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.one_of(st.sampled_from(_TAGS), st.integers(0, 99).map(lambda n: f"woord{n}")), max_size=40))
def test_no_html_breaks_the_reader_and_no_mark_of_its_own_stays(pieces: list[str]) -> None:
    read = read_html("".join(pieces), "mail.eml")
    assert all(character.isprintable() or character == "\n" for character in read.text)
