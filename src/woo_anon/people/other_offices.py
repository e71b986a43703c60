"""Offices that stand beside a name and are not those of whoever bears it.

Annotatie wethouder ⇥ ⟨name⟩           the office ends what the cell before says
- brief minister (⟨name⟩)              of a task, not of who does it
⟨name⟩, wethouder is akkoord           a sentence begins
⟨name⟩, wethouder Vos                  the next one's
wethouder Vos, de heer ⟨name⟩          the one's before
secretaresse wethouder ⇥ ⟨name⟩        of whom somebody works for
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from woo_anon.people.words import DEGREES, words

_WRAPPED = 40  # characters of a line that may have been broken within a sentence
# What a cell or a line may begin with before the office that it is the label of.
_LABEL = regex.compile(
    r"[\s>*•–\-\d.)]*(?:(?:paraaf|akkoord|gezien|via|aan|van|namens|t\.a\.v\.|geachte|beste|de|het|onze)\s+)*(?:[A-Z]\s+)?\Z",
    regex.IGNORECASE,
)
_BORDER = regex.compile(r"\t|[ ]{2,}|\n")
_BULLET = regex.compile(r"(?:^|\n)[ \t]*(?:[-*•–]|\d+[.)])[ \t][^\n]{1,60}\Z")
_CLOSES = regex.compile(r"\)[.;]?[ \t]*(?:\r?\n|\Z)")
_VERB = (
    r"(?:is|was|wil|wilde|wou|heeft|had|moet|moest|kan|kon|mag|zou|zal|gaat|ging|komt|kwam|vraagt|vroeg|belt|belde|zegt"
    r"|zei|weet|vindt|vond|krijgt|kreeg|tekent|leest|las|ziet|zag|staat|zit|doet|deed|maakt|geeft|gaf|neemt|nam|laat"
    r"|liet|stuurt|spreekt|sprak|hoeft|verwacht|akkoord|bijpraten|informeren|inlichten|bellen|terugbellen|mailen"
    r"|uitnodigen|meenemen|betrekken|vragen|afstemmen|spreken)"
)
_FAMILY = (
    r"(?:echtgenote?|partner|man|vrouw|zoon|dochter|broer|zus|buurman|buurvrouw|vader|moeder|speechschrijver|secretariaat"
    r"|pa|kabinetschef|lijfwacht|beveiliger|assistent|plaatsvervanger)"
)


def other_offices(before: str, behind: str, last_name: int | None, next_name: int | None) -> Iterator[str]:
    """On which sides of a name, `before` and `behind`, an office stands that is another's; the texts are what stands
    beside the name. The last name before it ends at `last_name` in `before`, the next begins at `next_name` in
    `behind`."""
    if _before_is_others(before, behind, last_name):
        yield "before"
    if _others_behind().match(behind) or _is_of_the_next(behind, next_name):
        yield "behind"


def _before_is_others(before: str, behind: str, last_name: int | None) -> bool:
    found = _office_before().search(before)
    if found is None:
        one = _one_before().search(before)
        return one is not None and one.end("name") == last_name
    start, gap = found.start("office"), found["gap"]
    said = before[:start]
    if _of_somebody_before().search(before[: found.start()]):
        return bool(found["article"] or found["comma"] or _BORDER.search(gap))
    if found["bracket"]:
        return _CLOSES.match(behind) is not None and _BULLET.search(said) is not None
    if found["comma"] or not _BORDER.search(gap) or said.rstrip().endswith((",", "(")):
        return False
    return not _is_wrapped(before, start, gap, found["article"]) and _LABEL.fullmatch(_cell(said)) is None


def _is_wrapped(before: str, start: int, gap: str, article: str | None) -> bool:
    """Whether a sentence goes on behind the line end in `gap`, which is behind the office at `start`."""
    if "\n" not in gap or "\t" in gap:
        return False
    return article is not None or len(before[before.rfind("\n", 0, start) + 1 : start]) >= _WRAPPED


def _cell(said: str) -> str:
    """What stands before an office in its cell, or on its line."""
    borders = [match.end() for match in _BORDER.finditer(said)]
    return said[borders[-1] :] if borders else said


def _is_of_the_next(behind: str, next_name: int | None) -> bool:
    if next_name is None:
        return False
    found = _office_behind().match(behind)
    return found is not None and found.end() == next_name


@cache
def _office_before() -> regex.Pattern[str]:
    w = words()
    return regex.compile(
        rf"(?<!\w)(?<!\d )(?P<article>(?:de|het|onze)\s+)?(?P<office>{w['official']})"
        rf"(?P<comma>,)?(?P<gap>\s*)(?P<bracket>\()?(?:{w['polite']}\.?\s+)?{DEGREES}\Z",
        regex.IGNORECASE | regex.REVERSE,
    )


@cache
def _of_somebody_before() -> regex.Pattern[str]:
    w = words()
    return regex.compile(rf"(?<!\w)(?:{w['staff']}|{_FAMILY})(?: van| bij| der)? ?\Z", regex.IGNORECASE | regex.REVERSE)


@cache
def _one_before() -> regex.Pattern[str]:
    """An office in the singular with its holder, and a form of address before the name."""
    w = words()
    return regex.compile(
        rf"(?<!\w)(?:minister|staatssecretaris|wethouder|burgemeester|gedeputeerde|raadslid|kamerlid)"
        rf" (?P<name>(?-i:[A-Z])[\w'’-]+(?: (?:(?-i:[A-Z])[\w'’-]+|de|der|den)){{0,3}})(?:,| en) (?:en )?"
        rf"{w['polite']}\.?\s+\Z",
        regex.IGNORECASE | regex.REVERSE,
    )


@cache
def _office_behind() -> regex.Pattern[str]:
    w = words()
    return regex.compile(rf"\s?[,(/]\s?{w['official']} (?:{w['polite']}\.? )?{DEGREES}", regex.IGNORECASE)


@cache
def _others_behind() -> regex.Pattern[str]:
    w = words()
    return regex.compile(rf"(?:\s?[,(\t]\s?|[ \t]{{2,}}|\s[–-]\s){w['official']}\s+{_VERB}(?!\w)", regex.IGNORECASE)
