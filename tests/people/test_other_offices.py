"""An office beside a name that is another's, or nobody's here, is none of the name's."""

from __future__ import annotations

import re

import pytest

from woo_anon.people.cues import around
from woo_anon.spans import Span


def cues(marked: str) -> set[str]:
    """Cues of the name in brackets; those in braces are other mentions."""
    spans, text, own = [], "", 0
    for part in re.split(r"([\[{][^\]}]*[\]}])", marked):
        said = part.strip("[]{}")
        if said != part:
            own = len(spans) if part[0] == "[" else own
            spans.append(Span(len(text), len(text) + len(said)))
        text += said
    last = spans[own - 1].end if own else None
    return set(around(text, spans[own], last, spans[own + 1].start if own + 1 < len(spans) else None))


@pytest.mark.parametrize(
    "marked",
    [
        "Annotatie wethouder\t[Tjitske]\t12-3",
        "Brief naar DG   [Tjitske Oldeboom]   12-3",
        "Brief naar minister\n[Tjitske Oldeboom]\n12-3",
        "10.00\tOverleg wethouder\t[Oldeboom]",
        "- brief minister ([Tjitske])",
        "[Tjitske]\twethouder bijpraten",
        "[Tjitske], minister is akkoord met de brief",
        "[Tjitske] (DG is akkoord) past de brief aan",
        "Aan: [Tjitske Oldeboom], wethouder {Kieft}",
        "Wethouder {Kieft}, de heer [Oldeboom] en anderen",
        "Bestuursadviseur wethouder\t[Tjitske Oldeboom]",
        "Secretariaat burgemeester\n[Tjitske Oldeboom]",
        "De echtgenote van de burgemeester, [Tjitske Oldeboom], heeft gebeld",
        "Contact met adviseur van de minister [Tjitske Oldeboom].",
    ],
)
def test_it_is_no_cue_of_an_office(marked: str) -> None:
    found = cues(marked)
    assert "beside:office" in found
    assert found.isdisjoint({"before:office", "behind:office", "before:top", "behind:top"})


@pytest.mark.parametrize(
    "marked",
    [
        "Wethouder\t[Oldeboom]",
        "- Wethouder   [Oldeboom]",
        "Aan de minister\n[Oldeboom]",
        "[Tjitske Oldeboom], wethouder Financiën, opent",
        "[Tjitske Oldeboom], wethouder, is akkoord",
        "[Oldeboom] (wethouder) is akkoord met {Kieft}",
        "De minister ([Oldeboom]) heeft toegezegd",
        "Aan de staatssecretaris Digitalisering, mevrouw [Oldeboom]",
        "[Oldeboom], burgemeester\n{Kieft}, secretaris",
        "De burgemeester, [Oldeboom], is gevraagd",
        "De adviseur van minister [Oldeboom] belde",
        "De wethouders Kieft en [Oldeboom] spraken",
        "Wethouder Kieft sprak met minister [Oldeboom]",
        "Dat staat in de brief die gisteren is verzonden door de minister\n[Oldeboom] na het overleg",
    ],
)
def test_an_office_of_ones_own_stays_one(marked: str) -> None:
    found = cues(marked)
    assert "beside:office" not in found
    assert not found.isdisjoint({"before:office", "behind:office", "listed:office"})


def test_somebody_who_is_a_member_of_something_is_of_no_party() -> None:
    assert "behind:party" not in cues("[Tjitske Oldeboom] (lid), Derk Kieft (notulist)")
    assert "behind:party" in cues("[Oldeboom] (lid PvdA)")
