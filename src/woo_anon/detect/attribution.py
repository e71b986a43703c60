"""The line above a quoted mail, as mail programs write it: its words of a date are nobody's name.

Finds: `On Thu, 7 Mar 2024 at 10:02, ` before a name, `Op do 7 mrt. 2024 om 10:02 schreef `, `Am 07.03.2024 um 10:02 `.
Must find: `> Op 7 mrt. 2024 om 10:02 heeft ` of `heeft Jan Jansen het volgende geschreven:`; `On 2024-03-07 10:02, `.
Must leave: `Op verzoek van Jan Mars om 10:02`, `Op 7 maart 2024 schreef de minister`.
Misses: a line that is broken within the date; dates in other languages than Dutch, English, German and French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from woo_anon.document import Zone, ZoneKind
from woo_anon.spans import Span

_DAY = (
    r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|mi|fr|sa|so"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\.?,?"
)
_MONTH = (
    r"(?:jan(?:uari|uary|uar|vier|v)?|feb(?:ruari|ruary|ruar)?|février|févr?|maart|mrt|mar(?:ch|s)?|märz|mrz"
    r"|apr(?:il)?|avr(?:il)?|mei|may|mai|jun[ei]?|juin|jul[iy]?|juil(?:let)?|aug(?:ustus|ust)?|août"
    r"|sept?(?:embe?re?)?|o[ck]t(?:obe?re?)?|nov(?:embe?re?)?|de[cz](?:embe?re?)?|déc(?:embre)?)\.?,?"
)
_DATE = (
    rf"(?:\d{{1,2}}\.? {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_ZONE = r"(?: (?:(?-i:GMT|UTC|[A-Z]{1,3}T)(?:[+-]\d{4})?|[+-]\d{4}))?(?: \((?-i:[A-Z]{3,5})\))?"
_TIME = rf"\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f][AP]M)?(?: Uhr)?{_ZONE}"
_LINE = re.compile(
    rf"(?m)^[ \t>|]*(?:On|Op|Am|Le) (?:{_DAY} )?{_DATE},?(?: (?:at|om|um|à))? {_TIME},?"
    rf"(?: (?:schreef|heeft|schrieb|hat))?(?=\s)",
    re.IGNORECASE,
)


def attributions(text: str) -> Iterator[Zone]:
    """The beginnings of such lines, up to whoever wrote the mail."""
    return (Zone(ZoneKind.MAIL_HEADER, Span(*match.span())) for match in _LINE.finditer(text))
