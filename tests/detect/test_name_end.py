"""Where a name ends that mail systems write more behind, and where the next one begins."""

import pytest

from woo_anon.detect.name_end import name_end, names_in


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Oldeboom, T. van (Tjitske) - DGMo", "Oldeboom, T. van (Tjitske)"),
        ("OLDEBOOM, TJ, MAJ, JIVC", "OLDEBOOM, TJ"),
        ("OLDEBOOM, T, Mw", "OLDEBOOM, T"),
        ("Oldeboom, P. (COA)", "Oldeboom, P."),
        ("Oldeboom, P. (COA", "Oldeboom, P."),
        ("Tjitske Oldeboom MSc", "Tjitske Oldeboom"),
        ("Oldeboom, T. van (Tjitske)", "Oldeboom, T. van (Tjitske)"),
        ("Jan-Willem Oldeboom", "Jan-Willem Oldeboom"),
        ("DGMo - X", "DGMo"),
    ],
)
def test_unit_rank_and_degree_are_no_part_of_the_name(written, name):
    assert written[: name_end(written, 0, len(written))] == name


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Tjitske Oldeboom - Derk Jan Kieft", ["Tjitske Oldeboom", "Derk Jan Kieft"]),
        ("Oldeboom - Kieft - Koç", ["Oldeboom", "Kieft", "Koç"]),
        ("Oldeboom, Tjitske, Joris de Wit", ["Oldeboom, Tjitske", "Joris de Wit"]),
        ("OLDEBOOM - JANSEN", ["OLDEBOOM", "JANSEN"]),
        ("Kieft - de Boer", ["Kieft", "de Boer"]),
        ("Oldeboom, P. - Directie Communicatie", ["Oldeboom, P."]),
        ("Oldeboom, P. - MinBZ", ["Oldeboom, P."]),
        ("Oldeboom, P. - Den Haag", ["Oldeboom, P."]),
        ("Oldeboom - Omgevingsdienst Zuid-Holland", ["Oldeboom"]),
        ("OLDEBOOM, TJ, MAJ, JIVC", ["OLDEBOOM, TJ"]),
    ],
)
def test_a_name_behind_a_dash_or_comma_is_one_of_its_own_and_a_unit_is_none(written, names):
    assert [written[start:end] for start, end in names_in(written, 0, len(written))] == names


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("Oldeboom van FEZ stelt", "Oldeboom van", "Oldeboom"),
        ("Oldeboom van de DGMo stelt", "Oldeboom van de", "Oldeboom"),
        ("Tjitske van\nOldeboom", "Tjitske van", "Tjitske van"),
        ("Oldeboom, T. van FEZ", "Oldeboom, T. van", "Oldeboom, T. van"),
    ],
)
def test_the_word_before_a_unit_in_capitals_is_no_part_of_the_name(text, written, name):
    assert text[: name_end(text, 0, len(written))] == name


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("Oldeboom uit Vaassen", "Oldeboom uit", "Oldeboom"),
        ("Tjitske van de receptie", "Tjitske van de receptie", "Tjitske"),
        ("Oldeboom van twaalf uur", "Oldeboom van", "Oldeboom"),
        ("Tjitske van Oldeboom", "Tjitske van", "Tjitske van"),
        ("Tjitske Vos van Oldeboom Advocaten", "Tjitske Vos van", "Tjitske Vos"),
        ("Tjitske a.s. donderdag", "Tjitske a", "Tjitske"),
        ("Oldeboom d.d. 3 december", "Oldeboom d.d", "Oldeboom"),
        ("Tjitske A. Smits", "Tjitske A", "Tjitske A"),
        ("Tjitske van Beveiliging", "Tjitske van", "Tjitske"),
        ("Tjitske van\n> subsidies", "Tjitske van", "Tjitske"),
        ("tjitske van de meer", "tjitske van de meer", "tjitske van de meer"),
    ],
)
def test_where_the_sentence_goes_on_the_name_ends(text, written, name):
    assert text[: name_end(text, 0, len(written))] == name


def test_the_bracket_of_a_given_name_is_closed():
    written = "Oldeboom, T. (Tjitske) <t@x.nl>"
    assert written[: name_end(written, 0, written.index(")"))] == "Oldeboom, T. (Tjitske)"
