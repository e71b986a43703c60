"""E-mail addresses and whose mailbox they are; all made up."""

from __future__ import annotations

import pytest
from families import found, kept

from woo_anon.detect import mail


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail k.nazaryan@wetterskip.nl", "k.nazaryan@wetterskip.nl"),
        ("Wendy Timmermans <wendytimm83@ziggo.nl>", "wendytimm83@ziggo.nl"),
        ("mailto:jan.jansen@minbzk.nl?subject=x", "jan.jansen@minbzk.nl"),
        ("in kopie aan huubfrijns\n1949@kpnmail.nl.", "huubfrijns\n1949@kpnmail.nl"),
        ("4811 VC Breda,\nthandi.\nmk@outlook.com\n", "thandi.\nmk@outlook.com"),
        ("stuur naar j.jansen (at) minbzk.nl", "j.jansen (at) minbzk.nl"),
        ("vragen aan a.stok\u00advis@min\u00adjenv.nl", "a.stokvis@minjenv.nl"),
        ("via akosua.amo@\nggdghor.nl", "akosua.amo@\nggdghor.nl"),
        ("> Van: akosua.amo@ ggdghor.nl", "akosua.amo@ ggdghor.nl"),
    ],
)
def test_a_personal_address_is_found(text: str, address: str) -> None:
    assert found(mail.find, text) == [address]


@pytest.mark.parametrize(
    "address",
    [
        "info@cjib.nl",
        "woo@minvws.nl",
        "persvoorlichting@minfin.nl",
        "parlementairezaken@minaz.nl",
        "secretariaat.dgoo@minbzk.nl",
        "bureau-dggo@minkgg.nl",
        "dgmi-stoffen@minienw.nl",
        "no-reply@sharepointonline.com",
        "servicedesk.zalen@rijksoverheid.nl",
        "woordvoering@minezk.nl",
        "vervoergevaarlijkestoffen@ilent.nl",
        "parkweg@leiden.nl",
        "a27houten@rws.nl",
    ],
)
def test_a_functional_mailbox_may_stay(address: str) -> None:
    assert kept(mail.find, f"Vragen: {address}.") == [address]


@pytest.mark.parametrize("local", ["r.post", "jan.de.raad", "p.m.van.dienst", "vandijk", "vandermeerdijk"])
def test_a_surname_that_is_a_word_for_an_office_does_not_make_a_mailbox_functional(local: str) -> None:
    assert found(mail.find, f"mail {local}@minbzk.nl") == [f"{local}@minbzk.nl"]


@pytest.mark.parametrize(
    "text", ["@minpres", "10 stuks @ € 5", "Message-ID: <5f0c1d@mail.minjenv.nl>", "overleg @ de kantine"]
)
def test_what_is_no_address_is_left(text: str) -> None:
    assert found(mail.find, text) == []


@pytest.mark.parametrize(
    "address",
    [
        "zorgakkoord@minvws.nl",
        "leefbaarheid@minienw.nl",
        "verkeersveiligheid@provincie-middenland.example",
        "keurmerk-dierenarts@nvwa.nl",
        "rtic.oost@politie.nl",
    ],
)
def test_a_mailbox_of_ordinary_words_may_stay(address: str) -> None:
    assert kept(mail.find, f"Vragen: {address}.") == [address]


@pytest.mark.parametrize("address", ["anna.water@minbzk.nl", "hamoen@minvws.nl", "bakker@minvws.nl"])
def test_a_name_or_an_unknown_word_does_not_make_a_mailbox_functional(address: str) -> None:
    assert found(mail.find, f"mail {address}") == [address]


def test_the_secretariat_of_a_person_named_beside_it_is_that_persons() -> None:
    text = "cc: mr. J. Halvorsen, secretariaat.halvorsen@kadevijf.example"
    assert found(mail.find, text) == ["secretariaat.halvorsen@kadevijf.example"]


def test_a_handle_below_a_common_word_is_no_address() -> None:
    assert found(mail.find, "ze staat in de keuken\n@sahin.r 10:03") == []


@pytest.mark.parametrize("address", ["mts.oldeboom@hetnet.nl", "pers.tjitske@proton.me"])
def test_a_name_in_a_mailbox_at_a_provider_for_everybody_makes_it_personal(address: str) -> None:
    assert kept(mail.find, f"Mail {address}.") == []
