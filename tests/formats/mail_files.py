"""Mails for the tests: MIME by Python's own library or by hand, Outlook's files by a small writer of OLE files."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

Tree = Mapping[str, "bytes | Tree"]

HEADER = (
    "From: Sanne Okkerse <s.okkerse@westerhaar.example>\r\nTo: T. Zwartemans <t.z@westerhaar.example>\r\n"
    "Date: Thu, 07 Mar 2024 16:52:00 +0100\r\nSubject: Vergunning\r\nMIME-Version: 1.0\r\n"
)


def mail(text: str = "Dag Tijmen,\n\nAkkoord.\n", *, subject: str = "Vergunning") -> EmailMessage:
    """A mail of a civil servant who does not exist."""
    message = EmailMessage()
    message["From"] = "Sanne Okkerse <s.okkerse@westerhaar.example>"
    message["To"] = "Tijmen Zwartemans <t.zwartemans@westerhaar.example>"
    message["Date"] = "Thu, 07 Mar 2024 16:52:00 +0100"
    message["Subject"] = subject
    message.set_content(text)
    return message


def saved(folder: Path, content: EmailMessage | bytes | str, name: str = "mail.eml") -> Path:
    """A file with a mail; of text, in UTF-8 and with the line ends of the internet."""
    path = folder / name
    if isinstance(content, str):
        content = content.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")
    path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
    return path


def part(kind: str, body: str | bytes, *more: str) -> bytes:
    """A part of a MIME body, with its header."""
    data = body.encode("utf-8") if isinstance(body, str) else body
    return "\r\n".join([f"Content-Type: {kind}", *more, "", ""]).encode("utf-8") + data


def of_parts(kind: str, *parts: bytes, header: str = HEADER) -> bytes:
    """A mail of several parts."""
    opening = f"{header}Content-Type: {kind}; boundary=grens\r\n\r\n".encode()
    return opening + b"".join(b"--grens\r\n" + one + b"\r\n" for one in parts) + b"--grens--\r\n"


def html(body: str) -> bytes:
    """A mail with HTML alone."""
    return f"{HEADER}Content-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()


# ── Outlook ────────────────────────────────────────────────────────────────────────────────────────────────────────


def text_property(number: int, text: str) -> tuple[str, bytes]:
    return f"__substg1.0_{number:04X}001F", text.encode("utf-16-le")


def binary_property(number: int, data: bytes) -> tuple[str, bytes]:
    return f"__substg1.0_{number:04X}0102", data


def properties(header: int, **values: int) -> dict[str, bytes]:
    """The stream of properties of fixed length; names are `x3705`, values whole numbers."""
    entries = b"".join(struct.pack("<HHIq", 0x0003, int(name[1:], 16), 6, value) for name, value in values.items())
    return {"__properties_version1.0": bytes(header) + entries}


def outlook_mail(*extra: tuple[str, bytes | Tree], kind: str = "IPM.Note", body: str = "Akkoord.\r\n") -> Tree:
    """The tree of a mail with one addressee."""
    recipient = {
        **dict([text_property(0x3001, "Tijmen Zwartemans"), text_property(0x39FE, "t.zwartemans@westerhaar.example")]),
        **properties(8, x0C15=1),
    }
    texts = [text_property(0x001A, kind), text_property(0x0037, "Vergunning"), text_property(0x0C1A, "Sanne Okkerse")]
    texts += [text_property(0x5D01, "s.okkerse@westerhaar.example")]
    texts += [text_property(0x1000, body)] if body else []
    return {**properties(32), **dict(texts), "__recip_version1.0_#00000000": recipient, **dict(extra)}


def attached(number: int, name: str, data: bytes | Tree, **fixed: int) -> tuple[str, Tree]:
    """An attachment: bytes, or the tree of a mail."""
    content = {"__substg1.0_3701000D": data} if isinstance(data, Mapping) else dict([binary_property(0x3701, data)])
    method = {"x3705": 5 if isinstance(data, Mapping) else 1, **fixed}
    return f"__attach_version1.0_#{number:08X}", {
        **properties(8, **method),
        **dict([text_property(0x3707, name)]),
        **content,
    }


def embedded(tree: Tree) -> Tree:
    """The tree of a mail as it stands within another."""
    return {**tree, **properties(24)}


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(tree: Tree) -> bytes:
    """An OLE file ([MS-CFB], version 3) with these storages and streams."""
    return _Compound().file(tree)


class _Compound:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.entries: list[list[object]] = []  # name, type, right, child, start, size

    def file(self, tree: Tree) -> bytes:
        self.entries.append(["Root Entry", 5, _FREE, _FREE, 0, 0])
        self.entries[0][3] = self._children(tree)
        self.entries[0][4], self.entries[0][5] = self._sectors(self.mini), len(self.mini)
        directory = self._sectors(b"".join(map(self._entry, self.entries)))
        mini_fat = self._sectors(_numbers(self.mini_fat))
        count = 1
        while (len(self.sectors) + count) > 128 * count:
            count += 1
        first = len(self.sectors)
        fat = _numbers([*self.fat, *[_FAT] * count])
        blocks = [*self.sectors, *_cut(fat.ljust(512 * count, b"\xff"), 512)]
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack(
            "<IIIIIIIII", 0, count, directory, 0, 4096, mini_fat, -(-len(self.mini_fat) // 128), _END, 0
        )
        header += _numbers([*range(first, first + count), *[_FREE] * (109 - count)])
        return header + b"".join(blocks)

    def _children(self, tree: Tree) -> int:
        numbers = []
        for name, value in tree.items():
            number = len(self.entries)
            numbers.append(number)
            self.entries.append([name, 1 if isinstance(value, Mapping) else 2, _FREE, _FREE, 0, 0])
            if isinstance(value, Mapping):
                self.entries[number][3] = self._children(value)
            else:
                self.entries[number][4:] = [self._stream(value), len(value)]
        for number, following in pairwise(numbers):
            self.entries[number][2] = following
        return numbers[0] if numbers else _FREE

    def _stream(self, data: bytes) -> int:
        if len(data) >= 4096:
            return self._sectors(data)
        if not data:
            return _END
        start = len(self.mini_fat)
        count = -(-len(data) // 64)
        self.mini += data.ljust(64 * count, b"\0")
        self.mini_fat += [*range(start + 1, start + count), _END]
        return start

    def _sectors(self, data: bytes) -> int:
        if not data:
            return _END
        start, blocks = len(self.sectors), _cut(data, 512)
        self.sectors += blocks
        self.fat += [*range(start + 1, start + len(blocks)), _END]
        return start

    def _entry(self, entry: Sequence[object]) -> bytes:
        name, kind, right, child, start, size = entry
        encoded = (str(name) + "\0").encode("utf-16-le")
        packed = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        return packed + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size)]
