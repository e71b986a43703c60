"""Dates of birth.

Finds a date, in figures or words, after a word for birth; before a place of birth (`11-06-1946 te Sleen`) ; behind a
person's name in a list (`Bruurmijn (4-6-1999, …)`) when it lies at least twelve years before the latest year of the
text; and below a column heading.

Must find: `geb. 26APR1997`, `geboren op\\n21 maart 1940`.
Must leave: `d.d. 4 oktober 2023` (a letter's date), `de wet van 4 december 1998`.
Misses: dates of birth of young children without a word for it; ages.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.detect.spelled import find_births
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_D = "[0-9OIl]"
_MONTH = (
    r"(?:jan(?:uari|uary|v)?|feb(?:ruari|ruary|r)?|mrt|maart|march|mar|apr(?:il)?|mei|may|juni?|june|juli?|july"
    r"|aug(?:ustus|ust)?|sept?(?:ember)?|okt(?:ober)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|janvier|f[ée]vrier|mars|avril|juin|juillet|ao[uû]t|septembre"
    r"|octobre|novembre|d[ée]cembre|januar|februar"
    r"|märz|oktober|dezember|enero|[A-Z]{3}/[A-Z]{3})"
)
_YEAR = rf"(?:(?:1[89]|2[0O]|I9|l9){_D}{{2}}|'?\d\d(?!\d))"
_NUMERIC = (
    rf"[0-3OIl]?{_D} ?[-./] ?[01OIl]?{_D} ?[-./] ?{_YEAR}|(?:19|20)\d\d[-./][01]\d[-./][0-3]\d|(?:19"
    rf"|20)\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d(?:0\d|1[0-2])(?:19|20)\d\d"
    rf"|[0-3]\d [01]\d (?:19|20)\d\d|[0-3OIl]?{_D}[ .-]{{0,2}}(?:I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})[ .-]{{1,2}}{_YEAR}"
)
_WORDED = (
    rf"[0-3OIl]?{_D}(?:e|ste|de|st|nd|rd|th)?[ .-]{{0,2}}{_MONTH}\.?,?(?:[ .-]{{0,2}}|\n[> ]{{0,3}}){_YEAR}"
    rf"|{_MONTH} \d{{1,2}},? (?:19|20)\d\d"
)
_SPREAD = rf"{_D}(?:[ _-]{{1,3}}{_D}){{7}}"
_MONTH_AND_YEAR = r"(?:(?:0?[1-9]|1[0-2])[-/])?(?:19|20)\d\d"
_DATE = rf"(?<![\w/])(?:{_NUMERIC}|{_WORDED}|{_SPREAD})(?![\w/]|[-.:]\d)"
_CUE = (
    r"(?<!\w)(?:gb|geb(?:oren|\.|oorte(?:datum|dag)?|\.? ?dat(?:um|\.)?|dat\.?|jaar)?|geboortedata|verjaardag"
    r"|jarig|dob|d\.o\.b\.|date of birth|birth(?:day|date)|born|née?|geboorteplaats"
    r"|nacido|berne)(?!\w)"
)
_FAMILY = (
    r"(?<!\w)(?:kind(?:eren)?|zoon(?:tje)?|dochter(?:tje)?|moeder|vader|patiënte?|gezin|partner|echtgeno(?:ot|te)"
    r"|broer|zus)(?!\w)"
)
_CUED = Pattern(
    rf"{_CUE}(?P<between>[^\n\d]{{0,40}}?\n?[^\n\d]{{0,24}}?)(?P<date>{_DATE})(?P<more>(?:[^\n\d]{{1,40}}(?P<second>{_DATE}))?)",
    IGNORE_CASE,
)
_IN_FAMILY = Pattern(
    rf"{_FAMILY}[^\d\n]{{1,45}}(?P<date>{_DATE})(?P<more>(?:[^\n\d]{{1,30}}(?P<second>{_DATE}))?)", IGNORE_CASE
)
_YEAR_ALONE = Pattern(
    r"(?<!\w)geb(?:oren|\.)?:?(?: in)? {1,3}(?P<date>(?:(?:0?[1-9]|1[0-2])[-/])?(?:19[1-9]|20[0-3])\d)"
    r"(?![\w/-]|[.,]\d)",
    IGNORE_CASE,
)
# `kinderen: Layth (2008), Sham (2011) en Kinan (2016)`
_CHILD = r"\p{Lu}[\p{L}'’-]+"
_CHILDREN = Pattern(
    rf"(?<!\w)(?i:kind(?:eren)?|zoon(?:tje|s)?|zonen|dochters?|dochtertje|tweeling|kleinkind(?:eren)?|oma|opa|baby"
    rf"|broer(?:tje)?s?|zus(?:je)?s?|son|daughter|brother|sister|children),?[ :]{{1,24}}"
    rf"(?:{_CHILD}(?: {_CHILD})?\s\((?P<year>{_MONTH_AND_YEAR})\)(?:, | (?:en|and) "
    rf"|,? (?:en|and)\s|\s)?){{1,9}}"
)
# behind the date of one of them: `Narek (30-9-2005) en Lilit (4-2-2007)`
_NEXT_CHILD = Pattern(
    rf"\)(?:,| en|,? en)\s{{1,12}}{_CHILD}(?: {_CHILD})? \((?P<date>{_DATE}|(?:19|20)\d\d)(?=\))", IGNORE_CASE
)
_OF_A_CHILD = Pattern(rf"(?<!\w){_CHILD} \((?P<year>{_MONTH_AND_YEAR})\)")
_CHILDREN_HEADING = Pattern(r"(?<!\w)(?:kind(?:eren)?|kind\(eren\)|gezin|zoon|dochter)(?!\w)", IGNORE_CASE)
# `geboren 20-12`, `jarig op 4 juni`; `2 sept 1961 geboren`
_DAY = Pattern(
    rf"(?<!\w)(?:geboren|geb\.|verjaardag|jarig)(?: is)?(?: op)?:? (?P<date>[0-3]?\d(?:[-/][01]?\d| {_MONTH}))"
    r"(?![\w/]|[-.,]\d|\s\d)",
    IGNORE_CASE,
)
_BORN_BEHIND = Pattern(rf"(?=\d)(?P<date>{_DATE}) (?:is |was )?geboren(?!\w)", IGNORE_CASE)
_COMPACT = Pattern(rf"{_CUE}[ :]{{1,4}}(?P<date>[0-3]\d(?:0\d|1[0-2])\d\d)(?!\d)", IGNORE_CASE)
_MACHINE = Pattern(r"(?<=\d[A-Z<]{3})\d{6}(?=\d[MFX<]\d{7})")  # ICAO 9303: the machine-readable zone of a passport
_BARE = Pattern(
    r"(?<![\w.,/-])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19[2-9]\d|200\d)|(?:19[2-9]\d|200\d)(?:0[1-9]"
    r"|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w/.-])"
)
_BORN_AT = Pattern(rf"(?=\d)(?P<date>{_DATE}),?\s{{1,10}}(?:te|in|at) (?=[A-ZÀ-Ž'])")
_ANY = Pattern(rf"(?=\d){_DATE}", IGNORE_CASE)
_NAMED = Pattern(
    r"(?:[A-ZÀ-Ž][\p{L}'.-]+|[A-ZÀ-Ž]\.)(?: (?:van|de|der|den|ten|ter"
    r"|el)){0,3}(?: \([\p{L} .'-]{1,24}\))?(?: [mv],)?(?:,| \(|\(| /| \||;| -|\t| {2,}"
    r"| van)[ \t]{0,40}(?:[mvx][,;|/ ]{1,3})?\Z"
)
_SURELY_NAMED = Pattern(
    r"[A-ZÀ-Ž][\p{L}'.-]+ \((?:[mvx][,; ]{1,3})?\Z"
    r"|(?:[Mm]w|[Mm]evr|[Dd]hr)\. (?:[A-ZÀ-Ž][\p{L}'.-]* ){0,3}[A-ZÀ-Ž][\p{L}'-]+, ?\Z"
)
_TIME = Pattern(r",? {1,3}\d{1,2}[.:]\d\d(?!\d)")
_OLD = Pattern(r"\d{1,3} jaar(?: oud)?\W{1,3}\Z|jaar\) ?\Z|(?:\(| nu | ben | is )\d{1,2}, ?\Z", IGNORE_CASE)
_BEFORE_PERSONAL = Pattern(
    r"[,;|/) ]{1,4}(?:bsn|paspoort|pasp|wonende?|woonachtig|te [A-Z]|[A-Z]\w+(?:straat|weg|laan)|nationaliteit"
    r"|m/v|\(nio\))",
    IGNORE_CASE,
)
_BEFORE_BSN = Pattern(r"[,;|/ ]{1,3}bsn(?!\w)", IGNORE_CASE)
_YEARS = Pattern(r"(?<!\d)(?:19\d\d|20[0-3]\d)(?!\d)")
_OTHER = Pattern(
    r"(?:d\.?d\.?|van|per|sinds|tot|t/m|vanaf|datum|dienst|ingang|ingaande|besluit|brief|wet|nota|verzonden"
    r"|geldig|exp|verloopt|overleden|gehuwd|afgegeven)[ .:\t]{1,40}\Z",
    IGNORE_CASE,
)
# `geboren 12-05-1978, is op 3 april 2024 gehoord`: another day than that of a birth.
_EVENT = Pattern(
    r"(?<!\w)(?:op|sinds|vanaf|per|tot|datum|d\.?d\.?|overleden|gehuwd|gehoord|ingediend|ontvangen|dagtekening)(?!\w)",
    IGNORE_CASE,
)
_BORN = Pattern(r"(?<!\w)(?:geb|born|née?)", IGNORE_CASE)
_NUMBER = Pattern(r"(?:nr|nummer|kenmerk|zaak|ref|id|wbs|versie|kvk|dossier|besluit)[.: -]{1,4}\Z", IGNORE_CASE)
_DATELINE = Pattern(r"(?:\n|\A)[ \t]*(?:Den )?[A-ZÀ-Ž][\p{L}' -]{2,24}, ?\Z")
_HEADING = Pattern(
    r"(?<!\w)(?:geb(?:oorte|oren|\.)?[ -]?(?:datum|dat\.?|dag|jaar|jr\.?)?|dob|date of birth|gebdat)(?!\w)", IGNORE_CASE
)
_YEAR_CELL = Pattern(rf"{_MONTH_AND_YEAR}(?![\w/-])|'\d\d(?:,? \p{{L}}{{3,9}})?(?!\w)")
_SHORT_YEAR = Pattern(r"(?<!\d)\d\d\Z")
_RECENT = 2016  # a text that names no later year is taken to be of about this one
_YOUNGEST = 12  # years before the latest year in the text that a date without a word for birth must lie
_YOUNGEST_NAMED = 2  # the same for one that stands alone in brackets behind a name


def find(text: str) -> Iterator[Hit]:
    """All dates of birth of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    years = sorted({int(year) for year in _YEARS.findall(text)})[-2:]
    yield from _cued(text)
    yield from _in_family(text)
    yield from _of_children(text)
    for pattern in (_COMPACT, _YEAR_ALONE, _DAY, _BORN_BEHIND):
        for match in pattern.finditer(text):
            yield _hit(*span_of(match, "date"), "cue:born", 0.75)
    yield from find_births(text)
    for match in _MACHINE.finditer(text):
        yield _hit(*span_of(match), "shape:machine-readable-zone", 0.9)
    for match in _BARE.finditer(text):
        if not _NUMBER.search(text, max(0, match.start() - 20), match.start()):
            yield _hit(*span_of(match), "shape:compact-date", 0.6)
    for match in _BORN_AT.finditer(text):
        if not _OTHER.search(text, max(0, match.start() - 20), match.start()) and _is_long_ago(
            years, match.group("date")
        ):
            yield _hit(*span_of(match, "date"), "cue:birthplace", 0.8)
    for start, end in columns(text, _HEADING):
        cell = _ANY.match(text, start, end) or _YEAR_CELL.match(text, start, end)
        if cell:
            yield _hit(*span_of(cell), "column:born", 0.9)
    yield from _behind_names(text, years)


def _cued(text: str) -> Iterator[Hit]:
    for match in _CUED.finditer(text):
        yield _hit(*span_of(match, "date"), "cue:born", 0.95)
        yield from _second(match, "cue:born")


def _in_family(text: str) -> Iterator[Hit]:
    for match in _IN_FAMILY.finditer(text):
        yield _hit(*span_of(match, "date"), "cue:family", 0.75)
        yield from _of_siblings(text, match.end("date"))
        yield from _second(match, "cue:family")


def _second(match: regex.Match[str], code: str) -> Iterator[Hit]:
    """The date behind the first one, where the words between them make a list."""
    if match.group("second") and _may_list(match.group("more")):
        yield _hit(*span_of(match, "second"), code, 0.7)


def _of_siblings(text: str, end: int) -> Iterator[Hit]:
    """The dates behind the names that follow a date in brackets."""
    following = _NEXT_CHILD.match(text, end)
    while following:
        yield _hit(*span_of(following, "date"), "cue:family", 0.75)
        following = _NEXT_CHILD.match(text, following.end())


def _of_children(text: str) -> Iterator[Hit]:
    for match in _CHILDREN.finditer(text):
        for start, end in match.spans("year"):
            yield _hit(start, end, "cue:family", 0.75)
    for low, high in columns(text, _CHILDREN_HEADING):
        for match in _OF_A_CHILD.finditer(text, low, high):
            yield _hit(*span_of(match, "year"), "column:children", 0.7)


def _behind_names(text: str, years: list[int]) -> Iterator[Hit]:
    for match in _ANY.finditer(text):
        start, end = match.span()
        low = max(0, start - 70, text.rfind("\n", max(0, start - 200), start) + 1)
        if (
            _OTHER.search(text, low, start)
            or _DATELINE.search(text, max(0, start - 40), start)
            or _TIME.match(text, end)
        ):
            continue
        surely = _SURELY_NAMED.search(text, low, start)
        told = _OLD.search(text, low, start) or _BEFORE_PERSONAL.match(text, end) or surely
        named = told or _NAMED.search(text, low, start)
        alone = text[end : end + 1] == ")" or _BEFORE_BSN.match(text, end)
        youngest = _YOUNGEST_NAMED if surely and alone else _YOUNGEST
        if named and _is_long_ago(years, match.group(), _RECENT if told else 0, youngest):
            yield _hit(start, end, "near:name", 0.7)


def _may_list(between: str) -> bool:
    if _EVENT.search(between) and not _BORN.search(between):
        return False
    return any(word in between for word in (" en ", " resp", ",", " is ", "man", " and "))


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.DOB, score, 0.0, (Evidence(code),))


def _is_long_ago(years: list[int], date: str, recent: int = _RECENT, youngest: int = _YOUNGEST) -> bool:
    """Whether the year of `date` lies `youngest` years before the latest other one, and before `recent`; `years` are
    the text's two latest."""
    year = _year(date)
    if year is None:
        return False
    latest = max((other for other in years if other != year), default=0)
    return 1900 < year <= max(latest, recent) - youngest


def _year(date: str) -> int | None:
    found = _YEARS.search(date)
    if found:
        return int(found.group())
    short = _SHORT_YEAR.search(date)
    if short is None:
        return None
    return 1900 + int(short.group()) if int(short.group()) > 30 else 2000 + int(short.group())
