"""Personnel numbers; made up."""

from __future__ import annotations

import pytest
from families import found

from woo_anon.detect import personnel


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ruijtenschildt, F.M. (Floor)   P-nr 2204187", "2204187"),
        ("hoofdagent, dienstnr. LB-1093,", "LB-1093"),
        ("pers.nr. m7730418", "m7730418"),
        ("sleutel kwijt (laatst bij Bouazza, 14.09.27.331).", "14.09.27.331"),
        ("Peoplesoftnr:    1406.63.882", "1406.63.882"),
        ("(pers.nr. 0814.22.337)", "0814.22.337"),
        ("extern EXT-00931", "EXT-00931"),
        ("Personeelsnummer:                   40718826", "40718826"),
        ("PERSONEELSNUMMER | 40718826", "40718826"),
        ("Personeelsnummer (8 cijfers): 40718826", "40718826"),
        ("werkzaam onder nummer K-402291", "K-402291"),
        ("haar dienstnummer is 48213.", "48213"),
        ("medewerker-id 40213", "40213"),
        ("naam;persnr;schaal\nTol;00418911;9\n", "00418911"),
        ("rol  naam  pers.nr.  afdeling\nverbindingsofficier  Nkemelu  30542  Zuid\n", "30542"),
        ("rol  naam  Pers. nt  afdeling\nlid  Nkemelu  30542  Zuid\n", "30542"),
        ("verslag van Olaf Tasma (A0488213)", "A0488213"),
        ("Hulst, E. (71-30448); Tasma", "71-30448"),
        ("Dit verklaart Esmee Tasma, brigadier, N094417.", "N094417"),
        ("De hoofdagent (115-40217) verklaarde", "115-40217"),
        ("dierenarts 48834 was erbij", "48834"),
        ("proces-verbaal van BOA 2217 om 14.22", "2217"),
        ("toezichthouders 8817 en B. Tasma", "8817"),
        ("brigadier E. Tasma\n(NN-40117) en", "NN-40117"),
        ("dat E. Tasma (TB 22107) te ver stond", "TB 22107"),
        ("Inspecteur(s)    W. Tasma (nr 61207), Esmee", "61207"),
        ("kopieerpas 114-0932 werkt niet", "114-0932"),
        ("Tasma, G. (50-018196), 57 jaar", "50-018196"),
        ("legitimatie 40418", "40418"),
        ("(p-nrs. 31002284 en 31004190)", "31002284"),
        ("rol  naam  pers.nr.  afdeling\nlid  Nkemelu  30542  Zuid\nvoorzitter  Tol, T.J.  20417\n", "20417"),
    ],
)
def test_a_personnel_number_is_found(text: str, number: str) -> None:
    assert number in found(personnel.find, text)


def test_numbers_of_a_list_are_found_once_the_word_told_their_shape() -> None:
    text = "ALKEMA - dienstnr P2280174 - geslaagd\nBAUDUIN - P2280339 - geslaagd\n"
    assert found(personnel.find, text) == ["P2280174", "P2280339"]


@pytest.mark.parametrize(
    "text",
    [
        "zaaknr. 2204187",
        "lijstnr. 4",
        "persnummer 070 370 73 45",
        "kostenplaats 6210450",
        "het lid Omtzigt (NSC2023)",
        "Rotterdam (41234567)",
        "de agent 2019 jaar",
        "boa 112",
        "tolk 10338",
        "Bolk (2021)",
    ],
)
def test_another_number_is_left(text: str) -> None:
    assert found(personnel.find, text) == []


@pytest.mark.parametrize("text", ["Ons registratienummer: 4481923", "toezichthouder geluid\nT 088-567 03 61"])
def test_the_number_of_a_document_or_a_telephone_is_none_of_staff(text: str) -> None:
    assert found(personnel.find, text) == []
