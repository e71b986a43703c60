"""Abbreviations of organisations and documents that look like initials: `RvB`, `MvT`, `UWV`.

Such letters are somebody's initials all the same where the text names somebody whom they fit: `PvE` beside
`Piet van Es`.
"""

from __future__ import annotations

import re

# As they are written: other capitals are others' letters.
_KNOWN = frozenset(
    """
    RvB RvT RvC RvA RvS RvdK RvdR CvB CvA CvT CvK CdK VvE MvT NvT MvA NvW PvA PvE KvK AMvB StvZ SvZ BvdR BuZa
    JenV IenW EZenK SoZa FinBel
    AFM ACM BZK CAK CBb CBR CBS CCMO CIZ COA COR CPB CRvB DJI DNB DUO EZK FEZ GGD GGZ IGJ ILT IND IPO JGZ KNMI LNV NCSC
    NCTV NVWA NZa OCW OVV PBL RDW RIVM RVO RWS SCP SER SVB SZW TNO UWV VNG VRK VWS WOB WOO WOZ WMO WIZ AVG AWB BOR DSO
    MER RES ROC VTH ZBO ZZP
    """.split()
)
_INITIALS = re.compile(r"\b[A-Z][a-z]{0,2}[A-Z]{1,2}\b")
_LISTED = 2  # initials on a line of parafen
_INFIXES = r"(?:(?:van|von|de|den|der|het|ten|ter|'t|v\.?d?\.?)\s+){1,2}"


def is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the letters at `[start, end)` are a known abbreviation, and nobody's initials: they fit nobody whom
    `text` names, and do not stand among others' (`directeur RvB   DG AvB   PA JH`)."""
    letters = text[start:end]
    if letters not in _KNOWN or _fits_somebody(letters, text):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", end) if "\n" in text[end:] else len(text)]
    return sum(other not in _KNOWN for other in _INITIALS.findall(line)) < _LISTED


def _fits_somebody(letters: str, text: str) -> bool:
    capitals = [letter for letter in letters if letter.isupper()]
    infixes = _INFIXES if len(capitals) < len(letters) else r"(?:(?:van|de|der|den|ten|ter)\s+){0,2}"
    given = r"[\s.-]*".join(rf"\b{letter}[\w'’]*\.?" for letter in capitals[:-1])
    return re.search(rf"{given}\s+{infixes}{capitals[-1]}[a-zß-öø-ÿ]", text) is not None
