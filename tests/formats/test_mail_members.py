"""Attachments and mails within mails as files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from mail_files import HEADER, attached, compound, embedded, mail, of_parts, outlook_mail, part, saved

from woo_anon.errors import OutputError, RefusedError, UnreadableError
from woo_anon.formats.mail.members import attachments, extract
from woo_anon.formats.mail.parse import parse
from woo_anon.formats.mail.recognise import recognise

ENVELOPE = b"From s.okkerse@westerhaar.example Thu Mar  7 16:52:00 2024\r\n"


def _nested(folder: Path) -> Path:
    inner = mail("binnen", subject="Binnen")
    inner.add_attachment(b"diep", maintype="application", subtype="pdf", filename="diep.pdf")
    outer = mail("buiten")
    outer.add_attachment(b"pdf", maintype="application", subtype="pdf", filename="brief.pdf")
    outer.add_attachment(inner)
    return saved(folder, outer)


def test_members_are_numbered_in_order_and_below_each_other(tmp_path: Path) -> None:
    found = attachments(_nested(tmp_path))
    assert [(one.path, one.name) for one in found] == [((0,), "brief.pdf"), ((1,), "Binnen"), ((1, 0), "diep.pdf")]
    assert all(one.content == b"" for one in found)


def test_without_nested_only_the_mails_own_members_are_listed(tmp_path: Path) -> None:
    assert [one.path for one in attachments(_nested(tmp_path), nested=False)] == [(0,), (1,)]


@pytest.mark.parametrize(("member", "content"), [((0,), b"pdf"), ((1, 0), b"diep")])
def test_a_member_is_extracted_as_it_came(tmp_path: Path, member: tuple[int, ...], content: bytes) -> None:
    extract(_nested(tmp_path), member, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content


def test_a_mail_in_a_mail_is_extracted_as_a_mail(tmp_path: Path) -> None:
    extract(_nested(tmp_path), (1,), tmp_path / "out.eml")
    assert recognise((tmp_path / "out.eml").read_bytes()) == "eml"
    assert parse(tmp_path / "out.eml").subject == "Binnen"


@pytest.mark.parametrize("member", [(), (2,), (0, 0), (1, 1), (1, 0, 0)])
def test_a_member_that_is_not_there_is_an_error(tmp_path: Path, member: tuple[int, ...]) -> None:
    with pytest.raises(UnreadableError):
        extract(_nested(tmp_path), member, tmp_path / "out")


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        extract(_nested(tmp_path), (0,), tmp_path / "missing" / "out")


def test_what_could_not_be_taken_out_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path, of_parts("multipart/mixed", part("application/ms-tnef; name=winmail.dat", b"x")))
    with pytest.raises(UnreadableError):
        extract(path, (0,), tmp_path / "out")


def test_a_broken_or_encrypted_mail_within_is_listed_and_not_entered(tmp_path: Path) -> None:
    encrypted = of_parts("multipart/encrypted", part("application/pgp-encrypted", "Version: 1"))
    path = saved(tmp_path, of_parts("multipart/mixed", part("message/rfc822", encrypted.replace(b"grens", b"binnen"))))
    assert [one.path for one in attachments(path)] == [(0,)]


def test_a_mail_within_an_outlook_mail_says_what_it_said(tmp_path: Path) -> None:
    inner = embedded(outlook_mail(attached(0, "besé.pdf", b"diep"), body="Renée\r\nVlot"))
    path = saved(tmp_path, compound(outlook_mail(attached(0, "m.msg", inner))), "mail.msg")
    assert [(one.path, one.name) for one in attachments(path)] == [((0,), "Vergunning"), ((0, 0), "besé.pdf")]
    extract(path, (0,), tmp_path / "out.eml")
    found = parse(tmp_path / "out.eml")
    assert found.body == "Renée\nVlot"
    assert next((one.name, one.value) for one in found.fields) == (
        "Van",
        "Sanne Okkerse <s.okkerse@westerhaar.example>",
    )
    assert recognise((tmp_path / "out.eml").read_bytes()) == "eml"


def test_one_mail_below_an_envelope_is_a_mail(tmp_path: Path) -> None:
    path = saved(tmp_path, ENVELOPE + _nested(tmp_path).read_bytes(), "post.mbox")
    assert parse(path).subject == "Vergunning"
    assert [one.path for one in attachments(path)] == [(0,), (1,), (1, 0)]


def test_a_mailbox_is_refused_as_a_mail_and_gives_its_mails(tmp_path: Path) -> None:
    quoted = HEADER.encode() + b"\r\n>From jan, met groet\r\nFrom jan kwam dit\r\n"
    path = saved(tmp_path, ENVELOPE + quoted + b"\r\n" + ENVELOPE + _nested(tmp_path).read_bytes(), "post.mbox")
    with pytest.raises(RefusedError):
        parse(path)
    assert [one.path for one in attachments(path)] == [(0,), (1,), (1, 0), (1, 1), (1, 1, 0)]
    extract(path, (0,), tmp_path / "out.eml")
    assert parse(tmp_path / "out.eml").body == "From jan, met groet\nFrom jan kwam dit"
    extract(path, (1, 1, 0), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"diep"
