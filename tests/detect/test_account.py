"""Account names and handles; made up."""

from __future__ import annotations

import pytest
from families import found

from woo_anon.detect import account


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("W. Hoekema: G:\\OVS\\hoekemw02\\nota.docx", "hoekemw02"),
        ("C:\\Users\\kostermr\\OneDrive\\x.docx", "kostermr"),
        ("\\\\fs7\\home$\\zabdulk\\x", "zabdulk"),
        ("[~lintveld] klant belt", "lintveld"),
        ("PWD=/home/osaglam/zaak", "osaglam"),
        ("X-Originating-User: BELASTING\\poora03", "poora03"),
        ("staat erop @rojda.azadi (volgers)", "rojda.azadi"),
        ("Rik Smeekens (rsmeeken) vroeg het", "rsmeeken"),
        ("Guus Achterhof\n\nOn 8 Sep 2022, g.achterhof wrote:", "g.achterhof"),
        ("log-in sharepoint: l.hoitinga / ww in de kluis", "l.hoitinga"),
        ("account ear034 wordt geblokkeerd", "ear034"),
        ("Tamás Kocsis belde.\n09:05  kocsist     SID gewisseld\n", "kocsist"),
    ],
)
def test_an_account_is_found(text: str, name: str) -> None:
    assert name in found(account.find, text)


def test_an_account_is_found_everywhere_in_the_text() -> None:
    text = "Account ploeg07 is nieuw.\nLater deed ploeg07 niets."
    assert found(account.find, text) == ["ploeg07", "ploeg07"]


@pytest.mark.parametrize(
    "text",
    [
        "G:\\Beleid\\2024\\nota.docx",
        "@here kijk even",
        "user story 12",
        "Mail info@minbzk.nl",
        "de gebruiker heeft gebeld",
        "nota_versie2.docx",
    ],
)
def test_what_is_no_account_is_left(text: str) -> None:
    assert found(account.find, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw Termes verlengt de termijn.",
        "Anna Deelstra telt elke deelname mee",
        "staat op MINFIN\\Beleid",
        "beste collega van Colle, A.",
    ],
)
def test_an_ordinary_word_is_no_account_although_a_name_begins_like_it(text: str) -> None:
    assert found(account.find, text) == []


def test_only_the_user_of_a_domain_or_a_profile_is_marked() -> None:
    text = "ALGEMEEN\\jvdberg02 en C:\\Users\\KDemirtas.ALGEMEEN\\nota"
    assert found(account.find, text) == ["KDemirtas", "jvdberg02"]
