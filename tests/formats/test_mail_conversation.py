"""What ties a mail to others of its conversation."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from mail_files import attached, compound, embedded, mail, outlook_mail, saved, text_property

from woo_anon.formats.mail.members import members, thread
from woo_anon.formats.member import Thread

INDEX = "AdpwhfBUfVbZ4rkVTq2H8p1aV2Ml2w=="  # 22 bytes


def of(folder: Path, subject: str = "Vergunning", **fields: str) -> Thread:
    message = mail(subject=subject)
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    found = thread(saved(folder, message))
    assert found is not None
    return found


def test_a_mail_is_known_by_its_identifier_and_those_that_it_answers(tmp_path: Path) -> None:
    found = of(tmp_path, Message_ID="<a@x>", References="<b@x> <c@x>", In_Reply_To="<c@x>")
    assert found.identifiers == {"<a@x>", "<b@x>", "<c@x>"}


@pytest.mark.parametrize("behind", ["", "AAAAAAA="])
def test_the_index_of_outlook_is_that_of_the_first_mail(tmp_path: Path, behind: str) -> None:
    first = base64.b64decode(INDEX)
    index = base64.b64encode(first + base64.b64decode(behind)).decode()
    assert of(tmp_path, Thread_Index=index).identifiers == {first.hex()}


@pytest.mark.parametrize(
    ("subject", "without"),
    [
        ("Vergunning", "vergunning"),
        ("RE: Vergunning", "vergunning"),
        ("Antw: FW: [EXTERN] Re[2]:  de  Vergunning", "de vergunning"),
        ("Regeling: de vergunning", "regeling: de vergunning"),
    ],
)
def test_the_subject_goes_without_what_answers_put_before_it(tmp_path: Path, subject: str, without: str) -> None:
    found = of(tmp_path, subject)
    assert (found.subject, found.follows) == (without, not subject.casefold().startswith(without))


def test_an_answer_that_says_to_what_is_not_tied_by_its_subject(tmp_path: Path) -> None:
    assert not of(tmp_path, "RE: Vergunning", In_Reply_To="<a@x>").follows


def test_a_mail_of_outlook_is_known_by_its_properties_within_another_too(tmp_path: Path) -> None:
    inner = outlook_mail(text_property(0x1035, "<b@x>"), text_property(0x1042, "<a@x>"))
    outer = outlook_mail(text_property(0x1035, "<c@x>"), attached(0, "Binnen", embedded(inner)))
    path = saved(tmp_path, compound(outer), "mail.msg")
    found = thread(path)
    assert found is not None and found.identifiers == {"<c@x>"}
    (member,) = members(path, 100)
    assert member.thread is not None and member.thread.identifiers == {"<a@x>", "<b@x>"}


def test_what_is_no_mail_has_no_conversation(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"pdf", maintype="application", subtype="pdf", filename="brief.pdf")
    (member,) = members(saved(tmp_path, message), 100)
    assert member.thread is None
