"""Cues before and behind a name, each class with what it must see and what it must leave."""

import pytest

from woo_anon.people.cues import around
from woo_anon.spans import Span


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
        ("de burgemeester, mw. [Van As]", "before:office"),
        ("Hoogachtend,\n\nDE MINISTER VAN FINANCIËN,\n\n\n[T. Oldeboom]\n", "before:office"),
        ("De staatssecretaris van Defensie,\ndrs. [T. Oldeboom]", "before:office"),
        ("secretaris-generaal [Van Suchtelen]", "before:top"),
        ("DGM [Vogels] akkoord", "before:top"),
        ("DGA ([Van Ommeren])", "before:top"),
        ("De DGM, drs. [W. Stuurman]", "before:top"),
        ("DG Toeslagen mw. [Wiardi]", "before:top"),
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
        ("[Verhoeven, K.] Lucht in de klas (2019)", "behind:year"),
        ("Literatuur\n[Verhoeven, K]. & Tak, J. (2019). Lucht.", "line:reference"),
        ("in het artikel van [Verhoeven]", "before:work"),
        ("[Petra Zoet] | Raadslid", "behind:office"),
        ("[Petra Zoet] (PZ), wethouder", "behind:office"),
        ("[Petra Zoet] (PZ), beleidsmedewerker", "behind:staff"),
        ("[Zoet] (plv. korpschef)", "behind:staff"),
        ("gezworene [Zoet] vroeg", "before:office"),
        ("Ook de burgemeester,\n[Petra Zoet], is gevraagd", "before:office"),
        ("een brief van burge-\nmeester [Zoet] aan", "before:office"),
        ("Raadslid:          [Petra Zoet]", "before:office"),
        ("[Petra Zoet]     bgm     ja", "behind:office"),
        ("[Zoet] (Water Natuurlijk) vroeg", "behind:party"),
        ("[Zoet] (Roosendaalse Lijst) vroeg", "behind:party"),
        ("[Zoet] (Ongebouwd) vroeg", "behind:party"),
        ("[Zoet] (Lokaal Hoorn) vroeg", "behind:party"),
        ("[Petra Zoet], burgemeester van Hoorn, fietst door de Kerkstraat", "behind:office"),
        ("[Petra Zoet]   wethouder", "behind:office"),
        ("Beste [Petra] (raadslid),", "behind:office"),
        ("burg. [Zoet] tekent", "before:office"),
        ("Aan de minister van Klimaat en Groene Groei\nMevrouw [S. Zoet]\nPostbus 1", "before:office"),
        ("Aan de burgemeester van Hoorn\nt.a.v. de heer drs. [J. Zoet]\n", "before:office"),
        ("Geachte wethouder Zoet, beste [Rik],", "before:office"),
        ("[Petra Zoet], lid van de Tweede Kamer", "behind:office"),
        ("AB-lid [Zoet] vroeg", "before:office"),
        ("Beste [Karin],", "before:greeting"),
        ("portefeuillehouder [Zoet]", "before:office"),
        ("rechtbank Oost-Brabant (mr. [A. Tilstra])", "before:judge"),
        ("ligt in het [Woudagemaal]", "inside:thing"),
        ("tijdens storm [Ciska]", "before:thing"),
        ("bij Garage [Ytsma]", "before:firm"),
        ("[Croon] Installaties", "behind:firm"),
        ("[Studio Laucke Advies] drukt", "inside:firm"),
        ("de [Tromp] ligt", "before:the"),
        ("[Rembert] van de kantine", "behind:of"),
        ("de deal-[Goudsblom]", "before:hyphen"),
        ("de [Kishida]-doctrine", "behind:hyphen"),
        ("[Olthof]\nhij komt", "line:alone"),
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
        ("twee van DGWB ([Duiveman])", "before:top"),
        ("S, DGES, [Brandwagt]", "before:top"),
        ("burgemeester en wethouders,\n\n[D. ter Borgh]", "before:office"),
        ("telefoon [Groeneweg] – wethouder Van der Zanden", "behind:office"),
        ("DGMo / [Yvet Zijderhand]\n\nMinister,\n\nHierbij de brief", "behind:office"),
        ("zijn zus [Nevin], Burgemeester Mooijstraat 29", "behind:office"),
        ("Hoi [Karin], de wethouder mag niet afwijken", "behind:office"),
        ("Beste Mark, beste [Lineke], burgemeester Vos belde", "behind:office"),
        ("dat zegt zijn wethouder\n\n[Tamara Wiersema] 09:06\n", "before:office"),
        ("en zij tekent ook als loco. [Sterrenburg] is er dan", "before:office"),
        ("Marjan Prins ([mprins])", "before:office"),
        ("mr. [J. Oldeboom], lid\nmevrouw mr. F. Vos, lid", "behind:office"),
        ("[Oldeboom], lid van de bezwaarschriftencommissie", "behind:office"),
        ("MT-lid [Oldeboom] tekent", "before:office"),
        ("De minister komt om 9 uur.\nMevrouw [Oldeboom] niet", "before:office"),
        ("Aan de minister\nVan dgPol, [Maarten Sloothaak]", "before:office"),
        ("burgemeester en wethouders van Oosterhout, namens hen,\n[M. Rullens]", "listed:office"),
        ("[Rembert] van Dijk", "behind:of"),
        ("[Olthof]\n\n\nin 2019.", "behind:year"),
    ],
)
def test_a_look_alike_is_no_cue(marked, cue):
    assert cue not in cues(marked)
