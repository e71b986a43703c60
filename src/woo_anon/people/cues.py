"""Cues: what stands before and behind a mention and tells whose name it is.

A cue has a code `side:class`, such as `before:office` for `minister Jansen` or `behind:party` for `Jansen (D66)`.
The words of the classes stand in `cues.toml`.

    office   title of a public office holder         minister, Kamerlid, wethouder, de leden X en Y
    top      title of the civil-service top          secretaris-generaal, DG
    staff    function of somebody on the staff       beleidsmedewerker, collega
    unit     a unit of an organisation               (DGMo), (directie Wonen)
    citizen  part played by a private person         bewoner, verzoeker, appellante
    outside  somebody of another organisation        advocaat, journalist
    thing    something named after a person          motie-X, Wet X, commissie-X, X-norm, Xbrug
    firm     a firm or school with a person's name   Garage X, X & Zn, X Advies
    work     what somebody wrote or said             artikel van X, volgens X
    judge    of a ruling                             (mr. X), rechter mr. X
    party    a political party in brackets
    author   a label that announces a name           Opgesteld door, Van:
    polite, greeting, regards, mail, cited, says     forms of address, and marks of mails, literature and chats
    the, in, with, of, who, hyphen, colon, stamp …   plain words and signs beside a name

`beside:office` tells of an office beside the name that is another's (`other_offices.py`).

`inside:thing` and `inside:firm` are cues of the mention's own words; `line:…` tells what its line is, `headed:…` what
stands at the head of its list (`headings.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from woo_anon.people.headings import heading
from woo_anon.people.other_offices import other_offices
from woo_anon.people.words import DEGREES, words
from woo_anon.spans import Span

_REACH = 70  # characters of context behind; titles stand close to the name
_REACH_BEFORE = 120  # an office with a long portfolio stands on the line above the name of a letter's addressee
_GAP = r"(?:[ \t]{1,3}|[ \t]*\r?\n[ \t>]{0,3})"  # white space with at most one line end; a column begins further
# before an office: not in the name of its holder, nor in a team of the staff (`MT-lid`)
_ACTING = r"(?<!\w)(?<!namens )(?<!namens de )(?<!en )(?<!(?-i:MT|OMT|OR|RvT|RvC|RvB|DT|KT|BT)-)"
# `⟨name⟩, lid`: of which body is not said, or of one that nobody is elected to.
_OF_SOMETHING = (
    r"(?!(?:lid|leden)\b(?! (?:van |der )?(?:de |het )?(?:tweede|eerste|kamer|\p{L}*raad|provinciale|\p{L}*staten"
    r"|algemeen|dagelijks|ab\b|db\b|gs\b|college|europees|fractie|\p{L}*bestuur)))"
)
# `⟨name⟩ (PW), wethouder`: the letters of the name between it and what is said of it.
_LETTERS = r"(?: \((?-i:[A-Z])[A-Za-z]{1,3}\))?"
# What an office is of: `Volkshuisvesting en Ruimtelijke Ordening`, `het Koninkrijk`.
_PORTFOLIO = r"(?:(?:de|het|der|en|&|voor|van|(?-i:[A-Z][\w'’-]*)),? ?){1,7}"
# `van Jansen (Burgemeester Mooijstraat 29)`: where somebody lives.
_STREET = (
    r"(?!(?:\s(?-i:\w[\w'’.-]*)){0,4}\s?[\w'’-]*(?:straat|laan|weg|plein|kade|singel|hof|dreef|park|pad|gracht)\b)"
)
_DIRECTORATE = r"(?-i:DG[A-Z][A-Za-z&]{0,5})"  # a directorate-general, as ministries write it

_LONGEST_LINE = 300  # characters of a line that are looked at
_PUBLISHED = r"(?:19|20)\d\d"
_DATED = re.compile(
    rf"\({_PUBLISHED}[a-z]?\)|,\s{_PUBLISHED}[,.;]|\b(?:{_PUBLISHED};\d|diss\b|p\.\s?\d)", re.IGNORECASE
)
# Plain words and signs beside a name, of which at most one counts on either side.
_PLAIN_BEFORE = regex.compile(
    r"(?<!\w)(?:(?P<the>de|het|een|'t)|(?P<in>bij|in|te|naar|uit|vanuit|op)|"
    r"(?P<with>met|aan|door|namens|volgens|vraagt?|belt?|cc))\s\Z|(?P<hyphen>[^\W\d_]-)\Z|(?P<colon>:\s?)\Z|"
    r"(?P<stamp>[>\]]\s*|\d\d:\d\d[^\n]{0,6})\Z",
    regex.IGNORECASE | regex.REVERSE,
)
_PLAIN_BEHIND = re.compile(
    r"(?P<hyphen>-(?-i:[a-zé]{3}))|"
    r"(?P<of>\s+van\s+(?:(?:de|het|der|den|onze|jullie|haar|zijn|mijn|'t)\s+)?(?-i:[a-z]|[A-Z]{2}))|"
    r"(?P<who>,?\s+(?:die|zij|hij)\s)|(?P<contact>\s*(?:[<(\[]?[\w.]*@|tel|mob|06|\+31|tst))",
    re.IGNORECASE,
)
_SURNAME_FIRST = r"[^\W\d_][\w'’ -]{1,30},\s(?:[A-Z]\.[ -]?){1,4}"
_REFERENCE = re.compile(rf"\W{{0,4}}(?:\[?\d+[\].]?\s*)?{_SURNAME_FIRST}[^\n]{{0,160}}?\(?{_PUBLISHED}")

_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad][ \t]*\r?\n[ \t>]*(?=[a-zà-ÿ])")  # a word at the end of a line
_APPOSED = re.compile(r",\s(?!(?:en|of|de|het)\s)[a-zà-ÿ]")  # `de burgemeester, ⟨name⟩, is gevraagd`

_ALONE = re.compile(r"[ \t]*(?:\r?\n|\Z)")

_Table = tuple[tuple[str, regex.Pattern[str]], ...]


def around(text: str, span: Span, last_name: int | None = None, next_name: int | None = None) -> Iterator[str]:
    """Codes of the cues that stand directly before, behind and in the mention at `span`, and of its line, each once.
    In `text` the mention before it ends at `last_name` and the next one begins at `next_name`."""
    start = max(0, span.start - _REACH_BEFORE)
    sides = set(
        other_offices(
            text[start : span.start],
            text[span.end : span.end + _REACH],
            None if last_name is None else last_name - start,
            None if next_name is None else next_name - span.end,
        )
    )
    others = {f"{side}:{kind}" for side in sides for kind in ("office", "top")}
    own = [code for code in _around(text, span) if code not in others]
    yield from own
    if sides and not any(code.endswith((":office", ":top", ":party")) for code in own):
        yield "beside:office"


def _around(text: str, span: Span) -> Iterator[str]:
    before = _HYPHENATED.sub("", text[max(0, span.start - _REACH_BEFORE) : span.start])
    behind = text[span.end : span.end + _REACH]
    seen = set(_plain(before, behind))
    yield from seen
    for code, pattern in _before():
        if code not in seen and pattern.search(before):
            seen.add(code)
            yield code
    if "before:office" not in seen and _APPOSED.match(behind) and _office().search(before):
        yield "before:office"
    if "before:office" not in seen and _ALONE.match(behind) and _signed().search(before):
        yield "before:office"
    greeted = behind.startswith(",") and _greeting().search(before)
    for code, pattern in () if greeted else _behind():
        if code not in seen and pattern.match(behind):
            seen.add(code)
            yield code
    for code, pattern in _inside():
        if pattern.search(text, span.start, span.end):
            yield code
    yield from _of_line(text, span)
    headed = heading(text, span.start)
    if headed:
        yield f"headed:{headed}"


def _plain(before: str, behind: str) -> Iterator[str]:
    word = _PLAIN_BEFORE.search(before)
    if word:
        yield f"before:{word.lastgroup}"
    word = _PLAIN_BEHIND.match(behind)
    if word:
        yield f"behind:{word.lastgroup}"
    dated = _DATED.search(behind)
    if dated and behind.count("\n", 0, dated.start()) < 2:
        yield "behind:year"


def _of_line(text: str, span: Span) -> Iterator[str]:
    """`first`: nothing stands before the mention; `alone`: nor behind it; `reference`: as in a list of literature."""
    start = text.rfind("\n", 0, span.start) + 1
    if not text[start : span.start].strip():
        end = text.find("\n", span.end)
        yield "line:first" if text[span.end : end if end >= 0 else len(text)].strip() else "line:alone"
    if _REFERENCE.match(text, start, start + _LONGEST_LINE):
        yield "line:reference"


def _table(*rows: tuple[str, str], flags: int = 0) -> _Table:
    return tuple((code, regex.compile(pattern, regex.IGNORECASE | flags)) for code, pattern in rows)


@cache
def _greeting() -> regex.Pattern[str]:
    """The begin of a letter or mail, up to the name: behind `Hoi Karin, ` the first sentence begins."""
    return regex.compile(rf"(?:^|\n)[>\s]*{words()['greeting']}\s[^\n]*\Z", regex.IGNORECASE | regex.REVERSE)


@cache
def _office() -> regex.Pattern[str]:
    """An office that the name stands beside in apposition."""
    title = rf"(?<!\w)(?<!aan )(?:de|onze|haar|zijn) {words()['office']}"
    return regex.compile(rf"{title},{_GAP}(?:{words()['polite']}\.? )?{DEGREES}\Z", regex.IGNORECASE | regex.REVERSE)


@cache
def _signed() -> regex.Pattern[str]:
    """An office on a line of its own, above the name of who signs."""
    return regex.compile(
        rf"(?:^|\n)[ \t]*(?:(?:namens|hoogachtend),?\s)?de {words()['office']}"
        rf"(?: (?:van|voor|der) [^\n.;:]{{2,80}})?,[ \t]*(?:\r?\n[ \t]*){{1,4}}{DEGREES}\Z",
        regex.IGNORECASE | regex.REVERSE,
    )


@cache
def _before() -> _Table:
    w = words()
    return _table(
        ("before:thing", rf"\b{w['thing']}[-‐ ]['‘]?(?:[^\W\d_]+/)?\Z"),
        ("before:office", rf"{_ACTING}{w['office']}{_GAP}{DEGREES}\Z"),
        ("before:office", rf"{_ACTING}{w['office']},?{_GAP}{w['polite']}\.?{_GAP}{DEGREES}\Z"),
        # `Aan de minister van Klimaat en Groene Groei⏎Mevrouw ⟨name⟩`, `Geachte wethouder Vos, beste ⟨name⟩`
        (
            "before:office",
            rf"(?:^|\n)[> \t]*(?:aan )?(?:t\.a\.v\. )?(?:de )?{w['office']}"
            rf"(?: (?-i:van|voor|der) [^\n.;:]{{2,80}})?[ \t]*\r?\n"
            rf"[> \t]*(?:t\.a\.v\. )?{w['polite']}\.?[ \t]{DEGREES}\Z",
        ),
        ("before:office", rf"(?:^|\n)[> \t]*{w['greeting']} {w['office']} [^\n,]{{3,40}}, (?:beste|dag|lieve|ha) \Z"),
        ("before:office", rf"{_ACTING}(?<!\d )(?:{w['short_office']})\.{_GAP}{DEGREES}\Z"),
        # the label of a field: `Raadslid:        ⟨name⟩`
        ("before:office", rf"(?:^|\n|[ \t]{{2}})(?:[A-Z]  )?{w['office']}\s?:[ \t]*{DEGREES}\Z"),
        (
            "before:office",
            rf"{_ACTING}{w['office']}\s+(?-i:van|voor)\s(?!de[rn] )[\w&,'’ -]{{2,45}}[,:]\s{w['polite']}?\.?\s?\Z",
        ),
        ("before:office", rf"{_ACTING}(?:minister|staatssecretaris|stas|wethouder) {_PORTFOLIO}, {w['polite']}\.? \Z"),
        (
            "before:office",
            rf"(?<!\w)(?!prins|koning|keizer){w['office']}(?: {_PORTFOLIO})? \((?:{w['polite']}\.?\s)?\Z",
        ),
        ("before:top", rf"(?<!\w){w['top']}[:,]?{_GAP}(?:{w['polite']}\.?\s+)?{DEGREES}\Z"),
        (
            "before:top",
            rf"(?<!\w){w['top']}(?: [\w&'’-]+){{1,6}}(?:,\s| \(){DEGREES}(?:{w['polite']}\.?\s)?{DEGREES}\Z",
        ),
        # `DGM Vogels` is the director-general, `Vogels (DGM)` whoever works there.
        ("before:top", rf"(?<!\w)(?<!van ){_DIRECTORATE}(?: \(|{_GAP}){DEGREES}(?:{w['polite']}\.?\s+)?{DEGREES}\Z"),
        ("before:top", rf"(?<!\w)(?:de|onze) {_DIRECTORATE}, {DEGREES}(?:{w['polite']}\.?\s+)?{DEGREES}\Z"),
        (
            "before:top",
            rf"(?<!\w){w['top']} (?-i:[A-Z][\w&]+)(?: en (?-i:[A-Z]\w+))? "
            rf"{DEGREES}(?:{w['polite']}\.?\s+)?{DEGREES}\Z",
        ),
        ("before:staff", rf"(?<!\w){w['staff']}[:,]?{_GAP}\Z"),
        ("before:citizen", rf"(?<!\w){w['citizen']}[:,.]?{_GAP}\Z"),
        ("before:outside", rf"(?<!\w){w['outside']}[:,.]?{_GAP}\Z"),
        ("before:polite", rf"(?<!\w){w['polite']}\.?\s+\Z"),
        ("before:greeting", rf"(?:^|\n)[>\s]*{w['greeting']}[,!]?\s+\Z"),
        ("before:regards", rf"{w['regards']}[,.!]?\s*[\r\n]+\s*\Z"),
        ("before:author", rf"(?<!\w)(?<!groep )(?<!fractie )(?<!lijst ){w['author']}\s*:?\s+\Z"),
        ("before:firm", rf"(?<!\w){w['firm']}\s+['‘\"“]?\Z"),
        ("before:judge", rf"(?<!\w){w['judge']}[\s:]*(?:mrs?\.?\s)?\Z"),
        ("before:work", rf"(?<!\w){w['work']}\s*(?:van|door)?\s*\Z"),
        # `de leden Omtzigt, Van Waveren (NSC) en ⟨name⟩`: the title reaches over the list.
        ("listed:polite", r"(?<!\w)heren (?:[^.;:!?\n]|\n(?!\n)){2,65}(?:,|en|/|&)\s*(?:van |de |het )*\Z"),
        (
            "listed:office",
            rf"(?<!\w)(?<!burgemeester en ){w['lists']}[ -](?:[^.;:!?\n]|\n(?!\n)){{2,65}}(?:,|en|/|&)\s*"
            r"(?:van |de |het )*\Z",
        ),
        flags=regex.REVERSE,  # from the name backwards: forwards, every character of the context would be a start
    )


@cache
def _behind() -> _Table:
    w = words()
    return _table(
        ("behind:party", rf"\s?[(\[/,–-]\s?(?:lid )?{w['parties']}\b"),
        ("behind:party", r"\s?\((?:groep|(?:lid|fractie)(?= (?-i:[A-Z])))\b(?! \d)"),
        (
            "behind:office",
            rf"{_LETTERS}\s?[,(]\s?(?:de |onze |zijn |haar )?{_OF_SOMETHING}{w['office']}\b(?!-){_STREET}",
        ),
        ("behind:office", rf"\s?(?:\||/|\t|[ \t]{{2,}}|[–-]\s)\s?{_OF_SOMETHING}{w['office']}\b(?!\s+(?-i:[A-Z]))"),
        ("behind:top", rf"{_LETTERS}\s?[,(]\s?(?:de )?{w['top']}\b"),
        ("behind:staff", rf"{_LETTERS}\s?[,(–-]\s?(?:onze |de |een )?{w['staff']}\b"),
        ("behind:staff", rf"[ \t]*\r?\n[ \t>]*{w['staff']}\b"),
        ("behind:citizen", rf"\s?[,(]\s?(?:een |de )?{w['citizen']}\b"),
        ("behind:outside", rf"\s?[,(]\s?(?:een |de )?{w['outside']}\b"),
        (
            "behind:unit",
            rf"\s?[(/,]\s?(?!{w['parties']}\b)(?:(?-i:[A-Z]{{2,}})[\w&/.-]*|directie|afdeling|team|cluster)\b",
        ),
        ("behind:mail", r"\s?[<(\[]\s?(?:mailto:)?[\w.+-]+@"),
        ("behind:cited", r",?\s*(?:et al\.?|e\.a\.|\(?(?:19|20)\d\d[a-z]?\)?|& )"),
        ("behind:cited", r"\s+(?:en|and|&)\s+[^\W\d_][\w'’-]+,?\s*\(?(?:19|20)\d\d"),
        ("behind:thing", rf"-{w['behind_thing']}"),
        ("behind:says", r"(?:\s+\d{1,2}:\d\d|\s?:\s)"),
        ("behind:firm", rf" {w['firm_words']}(?!\w)"),
    )


@cache
def _inside() -> _Table:
    w = words()
    return _table(
        ("inside:thing", rf"(?<=[^\W\d_]{{3}}){w['thing_endings']}\b"),
        ("inside:firm", rf"\b{w['firm_words']}(?!\w)"),
    )
