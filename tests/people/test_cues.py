"""Cues before and behind a name, each class with what it must see and what it must leave."""

import pytest

from woo_anon.document import Span
from woo_anon.people.cues import around


def cues(marked: str) -> set[str]:
    start, end = marked.index("["), marked.index("]")
    text = marked.replace("[", "", 1).replace("]", "", 1)
    return set(around(text, Span(start, end - 1)))


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("aan minister [Jansen] voorgelegd", "before:office"),
        ("Staatssecretaris [Van der Burg] tekent", "before:office"),
        ("het lid [Van Haga] vroeg", "before:office"),
        ("oud-minister [Deetman] zei", "before:office"),
        ("de minister van Financiën, [Heinen], wil", "before:office"),
        ("de leden Omtzigt, Van Waveren en [Podt] vroegen", "listed:office"),
        ("[Postma] (NSC) vroeg", "behind:party"),
        ("[Grinwis] (ChristenUnie)", "behind:party"),
        ("[Van Haga] (Groep van Haga)", "behind:party"),
        ("de motie-[Sneller] over", "before:thing"),
        ("de commissie-[Remkes]", "before:thing"),
        ("de [Balkenende]-norm", "behind:thing"),
        ("secretaris-generaal [Van Suchtelen]", "before:top"),
        ("[Bas Hermans], beleidsmedewerker", "behind:staff"),
        ("collega [Farahmandi] rekende", "before:staff"),
        ("[Bissumbhar] (FIB) wijst", "behind:unit"),
        ("bewoner [De Wit] klaagt", "before:citizen"),
        ("advocaat [Ionescu]", "before:outside"),
        ("Beste [Marieke],", "before:greeting"),
        ("Groet,\n[Marieke]", "before:regards"),
        ("Opgesteld door: [W. Bos]", "before:author"),
        ("[W. Bos] <w.bos@x.nl>", "behind:mail"),
        ("[Verhoeven] et al. (2019)", "behind:cited"),
    ],
)
def test_a_cue_is_seen(marked, cue):
    assert cue in cues(marked)


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("staatssecretaris [Snel] tekent", "before:staff"),
        ("Namens de minister [Olthof]", "before:office"),
        ("wethouder [Vos] tekent", "before:citizen"),
        ("[Tang] (PvdA) zegt", "behind:unit"),
        ("de ministerraad [Jansen]", "before:office"),
        ("burgemeester en wethouders,\n\n[D. ter Borgh]", "before:office"),
    ],
)
def test_a_look_alike_is_no_cue(marked, cue):
    assert cue not in cues(marked)
