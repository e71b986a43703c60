"""Header fields as their reader sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from mail_files import HEADER, saved

from woo_anon.formats.mail.headers import addresses, decoded, moment
from woo_anon.formats.mail.parse import parse


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?utf-8?q?Ren=C3=A9e?= Vlot", "Renée Vlot"),
        ("=?iso-8859-1?B?UmVu6WU=?=", "Renée"),
        ("=?utf-8?b?UmVuw6k=?= =?utf-8?b?ZSBWbG90?=", "Renée Vlot"),
        ("=?utf-8?b?UmVuww==?=\r\n =?utf-8?b?qWU=?=", "Renée"),  # a character cut in two
        ("=?unknown-charset?q?Vlot?=", "Vlot"),
        ("=?utf-8?b?!!!?= Vlot", "Vlot"),
        ("Ren\udcc3\udca9e", "Renée"),  # bytes that are not encoded
        ("Ren\udce9e", "Renée"),
        ("lang\r\n onderwerp", "lang onderwerp"),
        ("Jan\u200bsen", "Jansen"),
    ],
)
def test_encoded_words_are_decoded(raw: str, shown: str) -> None:
    assert decoded(raw) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Sanne <s@x.example>, t@x.example", "Sanne <s@x.example>; t@x.example"),
        ("=?utf-8?q?Vlot=2C_Ren=C3=A9e?= <r@x.example>", "Vlot, Renée <r@x.example>"),
        ('"Vlot, Renée" <r@x.example>', "Vlot, Renée <r@x.example>"),
        ("s@x.example (Sanne Okkerse)", "Sanne Okkerse <s@x.example>"),
        ("undisclosed-recipients:;", "undisclosed-recipients:;"),
        ("Sanne Okkerse; Tijmen <t@x.example", "Sanne Okkerse; Tijmen <t@x.example"),
        ("<<>>,@,Okkerse", "Okkerse"),
    ],
)
def test_no_word_of_an_address_field_is_lost(raw: str, shown: str) -> None:
    assert addresses([raw]) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Thu, 07 Mar 2024 16:52:00 +0100", "donderdag 7 maart 2024 16:52 (UTC+01:00)"),
        ("Thu, 07 Mar 2024 15:52:00 GMT", "donderdag 7 maart 2024 15:52 (UTC)"),
        ("gisteren", "gisteren"),
        ("Thu, 99 Mar 2024 16:52:00 +0100", "Thu, 99 Mar 2024 16:52:00 +0100"),
    ],
)
def test_a_date_is_dutch_or_as_it_stands(raw: str, shown: str) -> None:
    assert moment(raw) == shown


def test_fields_stand_in_the_order_of_mail_programs_and_the_rest_is_evidence(tmp_path: Path) -> None:
    header = (
        HEADER + "X-Originating-User: f.zandstra\r\nBcc: b@x.example\r\nCc: c@x.example\r\nReply-To: r@x.example\r\n"
    )
    found = parse(saved(tmp_path, header + "\r\nDag\r\n"))
    assert [one.name for one in found.fields] == ["Van", "Antwoord aan", "Aan", "Cc", "Bcc", "Datum", "Onderwerp"]
    assert ("X-Originating-User", "f.zandstra") in [(one.name, one.value) for one in found.other]
    assert "mail:headers" in found.notes


def test_who_sends_for_another_is_shown(tmp_path: Path) -> None:
    found = parse(saved(tmp_path, "Sender: secretariaat@x.example\r\n" + HEADER + "\r\nDag\r\n"))
    assert [one.name for one in found.fields][:2] == ["Afzender", "Van"]
