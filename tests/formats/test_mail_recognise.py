"""What is taken for a mail and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from mail_files import HEADER, compound, mail, outlook_mail, saved

from woo_anon.formats.mail.recognise import is_msg, recognise


@pytest.mark.parametrize(
    "head",
    [
        mail().as_bytes(),
        b"Received: from mx.example by mail.example; Thu, 7 Mar 2024 16:52:00 +0100\r\n id 1\r\nSubject: a\r\n\r\n",
        b"\xef\xbb\xbf" + HEADER.encode() + b"\r\n",
        b"Date: 7 Mar 2024 16:52 GMT\nFrom: jan@x.example\nSubject: a\n\ntekst",
        b"Message-ID: <1@x.example>\nX-Long: " + b"a" * 5000,
    ],
)
def test_header_fields_of_programs_make_a_mail(head: bytes) -> None:
    assert recognise(head[:4096]) == "eml"


@pytest.mark.parametrize(
    "text",
    [
        "Van: Sanne Okkerse\nAan: Tijmen\nOnderwerp: Vergunning\n\nDag",
        "From: Sanne Okkerse\nSent: Thursday, March 7, 2024 4:52 PM\nTo: Tijmen\nSubject: Vergunning\n\nDag",
        "From: Sanne <s@x.example>\nDate: 7 maart 2024 om 16:52\nTo: t@x.example\nSubject: Vergunning\n\nDag",
        "Received: 12 stuks\nMessage-ID: geen\nContent-Type: tekst\n\nDag",
        "Datum: 7 maart 2024\nBetreft: vergunning\n",
        "Message-ID: een veld van een mail\nis dit niet.\n",
        "From een ander bestand",
        "Beste lezer,\n\nReceived: from mx\n",
        "",
    ],
)
def test_a_text_that_looks_like_a_mail_to_people_is_none(text: str) -> None:
    assert recognise(text.encode()) is None


def test_a_line_of_an_envelope_above_fields_makes_a_mailbox() -> None:
    envelope = b"From s.okkerse@westerhaar.example Thu Mar  7 16:52:00 2024\n"
    assert recognise(envelope + mail().as_bytes()) == "mbox"
    assert recognise(envelope + b"tekst zonder velden") is None


def test_an_ole_file_is_a_mail_when_it_has_properties(tmp_path: Path) -> None:
    msg = saved(tmp_path, compound(outlook_mail()), "a.msg")
    word = saved(tmp_path, compound({"WordDocument": b"x" * 5000}), "a.doc")
    assert recognise(msg.read_bytes()[:4096]) == recognise(word.read_bytes()[:4096]) == "msg"
    assert is_msg(msg)
    assert not is_msg(word)


def test_a_broken_ole_file_is_no_mail(tmp_path: Path) -> None:
    assert not is_msg(saved(tmp_path, compound(outlook_mail())[:600], "a.msg"))
