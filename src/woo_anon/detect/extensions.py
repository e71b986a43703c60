"""Internal extensions that no word announces: in brackets with a name, where somebody sits, or in a column of people;
and numbers without their area code behind a name, told by how they are grouped.

    doorverbinden met Kor (3382)      Tamar van het bureau (67 71)      (Vincent, 7015)      ze zit op 3318
    bel S. Oosterloo 36 57 13         Tessel Oudhof van VWS (340 77 30)

    Soetens, M.       3126        three rows or more with a name, their numbers at one place of the line, all different
    D. Poyraz         3140        and not round (those are amounts), no years
    mw. Anema         3201

    Boersma, A. (plv.)   6002        Beljaars, T.   6142        behind names in what calls itself a list of telephones,
    Hoekstra (tst. 6511), Maas (6514), Sjoerd, 6520             and where the same document has such an extension

Misses: lists without that name whose columns do not stand below each other, rows without a name, those of two people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from woo_anon.detect.dictionary import may_name
from woo_anon.detect.pattern import IGNORE_CASE, Pattern

_NUMBER = r"(?!(?:19|20)\d\d(?!\d))[2-9]\d{3,4}"
_GROUPED = r"(?!(?:19|20)\d\d(?!\d))[2-9](?: ?\d){3,5}"
_OF_UNIT = r"(?: (?:van|bij) (?:de|het|onze?|jullie) \p{Ll}+| \(\p{Lu}{2,6}\))?"
_IN_BRACKETS = Pattern(
    rf"(?<!\w)(?P<name>\p{{Lu}}\p{{Ll}}[\p{{L}}'-]*){_OF_UNIT} ?\((?P<number>{_GROUPED})\)"
    rf"|\((?:(?:via|bij|met) )?(?P<name>\p{{Lu}}\p{{Ll}}[\p{{L}}'-]*), (?P<number>{_GROUPED})\)"
)
_LOCAL = Pattern(
    rf"(?<!\w)(?P<name>\p{{Lu}}\p{{Ll}}[\p{{L}}'-]*)(?:{_OF_UNIT}| van \p{{Lu}}{{2,6}})?[,:]? \(?"
    r"(?P<number>[1-9]\d \d\d \d\d|[1-9]\d\d \d\d \d\d|[1-9] \d\d \d\d \d\d)"
    r"(?![\w%/]|[ .,:-]\d| (?:euro|uur|km|meter|[A-Z]{2}\b))"
)
_SITS = Pattern(
    rf"(?<!\w)(?:[Zz]it|bereik(?:baar|en)) (?:\p{{Ll}}+ )?op (?P<number>{_NUMBER})"
    r"(?![\w/%]|[.,:-]\d| (?:euro|uur|km|meter))"
)
_ROW = Pattern(rf"(?:(?<=\n)|\A)(?P<name>[^\n|;]{{3,90}}?) {{2,}}(?P<number>{_NUMBER})(?=,| {{2,}}|[ ]*(?:\n|\Z))")
_WORD = Pattern(r"\p{Lu}[\p{L}'-]+")
_LIST = Pattern(r"(?<!\p{L})(?:telefoon|toestel|bel|doorkies)(?:nummer)?(?:lijst|gids|schema)", IGNORE_CASE)
_BEHIND_A_NAME = Pattern(
    r"(?<!\w)(?P<name>\p{Lu}[\p{L}'-]+)(?:, (?:\p{Lu}\p{L}?\.)+|, \p{Lu}\p{Ll}+)?(?: {1,3}\([^)\n]{1,20}\))?"
    r"(?:[,:]? \(?| {2,40})(?P<number>(?!(?:19|20)\d\d(?!\d))[1-9]\d{2,4})"
    r"(?![\w/%]|[.,:-]\d| ?(?:euro|uur|km|meter|inwoners|leden|[A-Z]{2})(?!\w))"
)
_FEWEST_ROWS = 3


def find_extensions(text: str, announced: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Start and end of every such number of a reading, in no order; `announced` are those that a word tells."""
    yield from _like(text, announced)
    for match in _IN_BRACKETS.finditer(text):
        if may_name(match.group("name")):
            yield match.span("number")
    for match in _LOCAL.finditer(text):
        if may_name(match.group("name")):
            yield match.span("number")
    for match in _SITS.finditer(text):
        yield match.span("number")
    columns: dict[tuple[int, int], list[regex.Match[str]]] = {}
    for match in _ROW.finditer(text):
        place = match.start("number") - match.start(), len(match.group("number"))
        columns.setdefault(place, []).append(match)
    for rows in columns.values():
        if _are_people(rows):
            yield from (row.span("number") for row in rows)


def _like(text: str, announced: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Numbers behind names that look like the extensions of the same document."""
    behind = [match for match in _BEHIND_A_NAME.finditer(text) if may_name(match["name"].title())]
    forms = {_form(number) for number in announced}
    if _LIST.search(text):
        counted = Counter(_form(match["number"]) for match in behind)
        forms |= {form for form, count in counted.items() if count >= _FEWEST_ROWS}
    yield from (match.span("number") for match in behind if _form(match["number"]) in forms)


def _form(number: str) -> tuple[int, str]:
    """What the extensions of one exchange have in common: how long they are, and their first digit."""
    return len(number), number[:1]


def _are_people(rows: list[regex.Match[str]]) -> bool:
    """Whether most rows have a name and their numbers look like extensions."""
    numbers = [row.group("number") for row in rows]
    if len(rows) < _FEWEST_ROWS or len(set(numbers)) < len(numbers):
        return False
    named = sum(any(may_name(word.title()) for word in _WORD.findall(row.group("name"))) for row in rows)
    round_ones = sum(number.endswith(("00", "50")) for number in numbers)
    return 2 * named > len(rows) and 3 * round_ones <= len(rows)
