"""Mails of Outlook: properties, recipients, attachments, and files that are damaged."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_files import (
    Tree,
    attached,
    binary_property,
    compound,
    embedded,
    of_parts,
    outlook_mail,
    part,
    properties,
    saved,
    text_property,
)

from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.formats.mail.message import Message
from woo_anon.formats.mail.parse import parse
from woo_anon.formats.mail.rtf import unpacked


def _parsed(folder: Path, tree: Tree) -> Message:
    return parse(saved(folder, compound(tree), "mail.msg"))


def _fields(message: Message) -> dict[str, str]:
    return {one.name: one.value for one in message.fields}


def test_sender_recipients_and_subject_are_fields(tmp_path: Path) -> None:
    cc = {**dict([text_property(0x3001, "Fleur Vlot")]), **properties(8, x0C15=2)}
    found = _parsed(tmp_path, outlook_mail(("__recip_version1.0_#00000001", cc)))
    assert _fields(found) == {
        "Van": "Sanne Okkerse <s.okkerse@westerhaar.example>",
        "Aan": "Tijmen Zwartemans <t.zwartemans@westerhaar.example>",
        "Cc": "Fleur Vlot",
        "Onderwerp": "Vergunning",
    }
    assert found.body == "Akkoord."


def test_who_sends_for_another_is_shown(tmp_path: Path) -> None:
    found = _parsed(tmp_path, outlook_mail(text_property(0x0042, "Secretariaat")))
    assert _fields(found)["Afzender"].startswith("Sanne Okkerse")
    assert _fields(found)["Van"] == "Secretariaat"


def test_the_moment_of_sending_is_in_universal_time(tmp_path: Path) -> None:
    ticks = (1709826720 + 11644473600) * 10**7  # 2024-03-07 15:52:00
    stream = bytes(32) + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    found = _parsed(tmp_path, outlook_mail(("__properties_version1.0", stream)))
    assert _fields(found)["Datum"] == "donderdag 7 maart 2024 15:52 (UTC)"


def test_narrow_texts_are_read_in_the_code_page_of_the_mail(tmp_path: Path) -> None:
    tree = {**outlook_mail(body=""), **properties(32, x3FFD=1251), "__substg1.0_1000001E": "Привет".encode("cp1251")}
    assert _parsed(tmp_path, tree).body == "Привет"


def test_html_is_read_when_there_is_no_plain_text(tmp_path: Path) -> None:
    found = _parsed(tmp_path, outlook_mail(binary_property(0x1013, "<p>Renée".encode()), body=""))
    assert found.body == "Renée"


def test_rtf_is_read_when_there_is_nothing_else(tmp_path: Path) -> None:
    text = rb"{\rtf1\ansi Dag \b Ren\'e9e\b0 .\par Tot ziens}"
    rtf = struct.pack("<II4sI", len(text) + 12, len(text), b"MELA", 0) + text
    found = _parsed(tmp_path, outlook_mail(binary_property(0x1009, rtf), body=""))
    assert found.body == "Dag Renée.\nTot ziens"
    assert "mail:rtf" in found.notes


def test_packed_rtf_is_unpacked() -> None:
    # As another program packs the text of the example in [MS-OXRTFCP] 4.1.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_broken_rtf_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        _parsed(tmp_path, outlook_mail(binary_property(0x1009, b"x" * 40), body=""))


def test_attachments_come_with_name_size_and_content(tmp_path: Path) -> None:
    found = _parsed(tmp_path, outlook_mail(attached(0, "brief.pdf", b"x" * 9000), attached(1, "leeg.txt", b"")))
    assert [(one.name, one.size, one.path) for one in found.attachments] == [
        ("brief.pdf", 9000, (0,)),
        ("leeg.txt", 0, (1,)),
    ]
    assert found.attachments[0].content == b"x" * 9000


@pytest.mark.parametrize(
    ("attachment", "note"),
    [
        (attached(0, "link.docx", b"x", x3705=4), "mail:external"),
        (attached(0, "winmail.dat", b"x"), "mail:tnef"),
        (attached(0, "grafiek", {"Contents": b"x"}), "mail:ole-object"),
    ],
)
def test_what_cannot_be_taken_out_is_listed_and_said(tmp_path: Path, attachment: tuple[str, Tree], note: str) -> None:
    found = _parsed(tmp_path, outlook_mail(attachment))
    assert found.attachments[0].unread
    assert note in found.notes


def test_everything_else_that_the_mail_says_is_evidence(tmp_path: Path) -> None:
    headers = text_property(0x007D, "Received: from vlot\r\n\tby mx\r\nX-Owner: zandstra\r\n")
    found = _parsed(tmp_path, outlook_mail(headers, text_property(0x3FFA, "laatst gewijzigd door hoekema")))
    said = [(one.name, one.value) for one in found.other]
    assert ("Received", "from vlot by mx") in said
    assert ("X-Owner", "zandstra") in said
    assert ("3FFA", "laatst gewijzigd door hoekema") in said


@pytest.mark.parametrize("kind", ["IPM.Note.SMIME", "IPM.Note.rpmsg.Microsoft.IRM"])
def test_an_encrypted_mail_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(RefusedError):
        _parsed(tmp_path, outlook_mail(kind=kind))


def test_a_signed_mail_is_read_and_its_signature_taken_off(tmp_path: Path) -> None:
    signature = part("application/pkcs7-signature", b"x")
    signed = of_parts("multipart/signed", part("text/plain", "dag"), signature, header="")
    name, tree = attached(0, "smime.p7m", signed)
    tree = {**tree, **dict([text_property(0x370E, "multipart/signed")])}
    found = _parsed(tmp_path, outlook_mail((name, tree), kind="IPM.Note.SMIME.MultipartSigned", body=""))
    assert (found.body, found.attachments) == ("dag", ())
    assert "mail:signature" in found.notes
    assert _fields(found)["Onderwerp"] == "Vergunning"


def test_a_task_is_read_and_said_to_be_one(tmp_path: Path) -> None:
    assert "mail:class" in _parsed(tmp_path, outlook_mail(kind="IPM.Task")).notes


def test_mails_in_mails_end(tmp_path: Path) -> None:
    tree = outlook_mail()
    for _ in range(14):
        tree = outlook_mail(attached(0, "m.msg", embedded(tree)))
    assert "mail:nesting" in _parsed(tmp_path, tree).notes


MAIL = compound(outlook_mail(attached(0, "brief.pdf", b"x" * 5000), attached(1, "m", embedded(outlook_mail()))))


@given(at=st.integers(0, len(MAIL) - 8), junk=st.binary(min_size=1, max_size=8), end=st.integers(512, len(MAIL)))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, junk: bytes, end: int
) -> None:
    damaged = (MAIL[:at] + junk + MAIL[at + len(junk) :])[:end]
    path = saved(tmp_path_factory.mktemp("msg"), damaged, "mail.msg")
    try:
        parse(path)
    except WooAnonError as error:
        assert error.message
