"""Whether a telephone number is a general one (switchboard, desk, service line) or leads to one person.

Evidence is gathered from the number's form and from the clause that it stands in, and added up as log odds; the weights
were set by hand and checked against the annotated notes in models/corpus.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.detect.dictionary import is_ordinary, may_name
from woo_anon.detect.digits import digits
from woo_anon.detect.pattern import IGNORE_CASE, Pattern
from woo_anon.document import Evidence

_GENERAL = Pattern(
    r"(?<![\w@.])(?:alg(?:e|i)m\w+|alg\. ?n|centrale|zentrale|générale|general|switchboard|main line|receptie"
    r"|(?:service)?balie|loge|service\w*|help\w*|meldkamer"
    r"|\w*loket|\w*secretariaat(?! van)|\w*persvoorlichting|pers(?:nummer|lijn|zaken|vragen)|de pers|klant\w*"
    r"|contactcent\w*|infodesk|infonummer"
    r"|informatiecentrum|\w*centrum|noodnummers?|storing(?:en)?|griffie|fax|inbellen|inbel\w*|of bel in|(?:of"
    r"|alleen) audio|one tap mobile|politienummer"
    r"|meldpunt|landelijke?|redactie|ambassade|embassy|bedrijfsbureau|projectbureau|bedrijfsvoering|wachtdienst"
    r"|24/7|calamiteiten\w*|ziekmelden"
    r"|verzuimloket|stadhuis|gemeentehuis|piket(?:lijn|telefoon)|bodebus|crediteuren|beveiliging|gewone nummer"
    r"|verwezen naar|waterschap|rederij|ouderlijn"
    r"|(?:gemeente|provincie|stichting|vereniging|werkgroep|projectgroep)(?-i: \p{Lu}[\p{L}-]+)?"
    r"|ombudsman|afdeling(?! van)|team|crisisdienst"
    r"|\w+dienst|b\.v\.|n\.v\."
    r"|reading room|ministerie|hotel|kantoor|locatie|meldkamer\w*|\w*telefoon(?= \()|weerkamer|advocatuur"
    r"|notariskantoor|telefonische vergadering|toesla?gen"
    r"|nidos|cjib|uwv|rivm|duo|coid|ncc|coa|rvo)(?!\w)",
    IGNORE_CASE,
)
# A row of a list of numbers: what has the number, then a gap; a label of a letter's column is none.
_ROW = Pattern(r"[ \t>|*•-]*(?P<owner>\p{Lu}[^\n\t|;:@\d]{2,60}?)(?:[ \t]{2,}|[ ]?[\t|][ \t]*|[ ][–][ ])\(?\Z")
_ROW_BESIDE = Pattern(r"[^\n\d]{3,60}(?: {2,}|[\t|]|[ ][–][ ])\(?[+0]\d[\d ()/-]{5,14}\d")
_LABEL = Pattern(
    r"(?<!\w)(?:t|tel\w*|m|mob\w*|gsm|fax|doorkies\w*|nummer\w*|direct\w*|bereik\w+|vast|werk|thuis|priv[eé]\w*"
    r"|contact\w*|gemeld|melder|naam|afzender|behandel\w+|steller|van|from|aan|zelf|terugbel\w+|uw|ons|onze)(?!\w)",
    IGNORE_CASE,
)
_CAPITALISED = Pattern(r"(?<!\p{L})(?:(?P<initial>\p{L}\.)|(?P<word>\p{Lu}[\p{L}'’]+))")
_LETTERS = Pattern(r"\p{L}{2,}")
_DUTY = Pattern(
    r"(?<!\w)(?:(?:piket|wacht|dienst|storings|crisis)(?:telefoon|nummer|mobiel|gsm|lijn))\W{0,4}\Z", IGNORE_CASE
)
_FAX = Pattern(r"(?<!\w)F[:.]? +\Z")
_BEHIND = Pattern(
    r"\W{0,3}(?:is )?(?:\(|- )?(?:het |ons |de )?(?:eigen )?(?:algeme\w+|receptie|infodesk|infonummer|centrale"
    r"|zentrale|pers\b|rvo\b|landelijk|toets \d|kies \d|en druk)",
    IGNORE_CASE,
)
# `, algemeen 088 …`: the word is that of the number behind it
_OF_THE_NEXT = Pattern(r"[^\n\d]{0,24}[+0(]{1,2}\d", IGNORE_CASE)
# somebody of a desk: `Guusta van de centrale, 024 …`, `Marly (secretariaat, 078 …)`
_AT_A_DESK = Pattern(
    r"(?<!\p{L})(?P<name>\p{Lu}[\p{L}'-]+)(?:,| \(| van (?:de|het|mijn|ons|onze)| v/?d)(?: \p{Ll}+)? ?\Z",
)
_NAMED_BEHIND = Pattern(
    r"\)?,? ?\((?:(?:[Mm]w|[Dd]hr|[Mm]evr)\. |(?:\p{L}\.)+ ?)?(?:(?:Van|De|van|de|der|den) )*(?P<name>\p{Lu}[\p{L}'-]+)"
)
_VIA = Pattern(r"(?<!\w)(?:via|bij|met|van|mw|mevr\w*|dhr|heer|mr|drs)(?!\w)")
_DIRECT_BEHIND = Pattern(r"\W{0,3}(?:direct|mobiel|priv|thuis|na \d|avond)", IGNORE_CASE)
_DIRECT = Pattern(
    r"(?<!\w)(?:rechtstreeks\w*|direct|doorkies\w*|mijn|m'n|priv[eé]\w*|thuis|mobiel\w*|mobile|gsm|m|moeder"
    r"|vader|zoon|dochter|broer|zus|buur\w+|zijn|haar"
    r"|ex|man|mw|mevr\w*|mevrouw|dhr|de heer|raadsman|advocaa?te?|steller|opsteller|behandelaar|behandeld door"
    r"|contactpersoon|auteur|persoonlijk"
    r"|(?:bel|belt|bellen) (?:me|mij|haar|hem|u mij)|eigen nummer|prof|dr|mr|drs|ir|tst|toestel)(?!\w)",
    IGNORE_CASE,
)
_NAME = Pattern(
    r"(?:(?<![\w])(?:[A-ZÀ-Ž]\.(?: ?[A-Z]\.)* ?|[A-ZÀ-Ž][\w'-]+ )(?:(?:van|de|der|den|ten|ter|el|al|'t|in|op|von"
    r"|la) ){0,3})?[A-ZÀ-Ž][\w'-]{2,}(?:,| \(|\(|:| -| op| {2,})\s{0,30}\(?\Z"
)
_NO_NAME = Pattern(
    r"(?<!\w)(?:T|Tel|Telefoon|Telefoonnummer|Fax|Bel|Nummer|Contact|Haag|Algemeen|Infodesk|Centrum|Bureau)(?!\w)\W*\Z",
    IGNORE_CASE,
)
# In the head of a note: who wrote it, and on a line of its own the number on which he is reached.
_WRITER = Pattern(
    r"(?<!\w)(?:opgesteld(?: door)?|behandeld door|behandelaar|contactpersoon|auteur|steller)(?!\w)[^\n]*"
    r"(?:\n[^\n]*){0,3}\Z",
    IGNORE_CASE,
)
_OWN_LABEL = Pattern(
    r"(?<!\w)(?:T|Tel|Telefoon|Telefoonnummer|Doorkiesnr|Doorkiesnummer)\.? ?:?[ \t]{1,12}\(?\Z", IGNORE_CASE
)
# Switchboards of ministries and large services, as printed in the colophon of their letters.
_KNOWN = frozenset(
    """
    703707911 703334444 703798911 704266426 704560000 703564000 703564100 703486486 704123456 703188188 880424242
    882233333 505997755 880430430 888989294 302749111 884890000 887157000 703428000 582159111 247247247
    """.split()
)


def evidence_of(text: str, start: int, end: int) -> Iterator[Evidence]:
    """What speaks for (positive) or against (negative) the number at `[start, end)` being a general one."""
    yield from _form(digits(text[start:end]))
    low = _clause(text, start)
    desk, general = _last(_GENERAL, text, low, start)
    _, direct = _last(_DIRECT, text, low, start)
    named = _NAME.search(text, low, start) is not None and not _NO_NAME.search(text, low, start)
    if general > direct or _FAX.search(text, low, start):
        somebody = named and _between(text, general, start)
        told = general >= 0 and (_names_somebody(text[general:start]) or _is_at_a_desk(text, low, desk))
        weight = 0.5 if told else 1.0 if somebody else 3.0
        yield Evidence("cue:general", weight)
    elif direct >= 0:
        yield Evidence("cue:direct", -3.0)
    if _OWN_LABEL.search(text, max(0, start - 32), start) and _WRITER.search(text, max(0, start - 240), start):
        yield Evidence("near:author", -3.0)
    if text.startswith(",,", end):
        yield Evidence("number:dial-in", 8.0)
    elif _is_general_behind(text, end):
        yield Evidence("cue:general", 3.0)
    elif _DIRECT_BEHIND.match(text, end, min(len(text), end + 24)):
        yield Evidence("cue:direct", -4.0)
    row = tuple(_row(text, start, low))
    yield from row
    if not row and ((named and _between(text, general, start)) or _is_named_behind(text, end)):
        yield Evidence("near:name", -2.0)


def _row(text: str, start: int, low: int) -> Iterator[Evidence]:
    """A number in a list behind a function, a desk or a body and nobody's name; a telephone handed on with the duty."""
    if _DUTY.search(text, low, start) and not _names_somebody(text[low:start]):
        yield Evidence("cue:duty", 2.5)
    line = text.rfind("\n", max(0, start - 100), start) + 1
    row = _ROW.match(text, line, start)
    if row and _is_in_list(text, line, start) and _is_function(row.group("owner")):
        yield Evidence("row:function", 2.0)


def _is_in_list(text: str, line: int, start: int) -> bool:
    """Whether the line above or below has something with a number as well."""
    above = text.rfind("\n", max(0, line - 200), max(0, line - 1)) + 1
    below = text.find("\n", start, start + 200) + 1
    return (line > 0 and _ROW_BESIDE.match(text, above, line) is not None) or (
        below > 0 and _ROW_BESIDE.match(text, below, min(len(text), below + 120)) is not None
    )


def _is_function(owner: str) -> bool:
    if _LABEL.search(owner):
        return False
    return any(map(is_ordinary, _LETTERS.findall(owner))) and not _names_somebody(owner)


def _names_somebody(words: str) -> bool:
    found = _CAPITALISED.finditer(words)
    return any(match.group("initial") is not None or may_name(match.group("word")) for match in found)


def _is_at_a_desk(text: str, low: int, desk: int) -> bool:
    """Whether the word for a desk, which begins at `desk`, says but where somebody works who is named before it."""
    somebody = _AT_A_DESK.search(text, low, desk)
    return somebody is not None and may_name(somebody["name"])


def _is_general_behind(text: str, end: int) -> bool:
    """Whether a word behind the number says that it is a general one: of this number, not of the next."""
    match = _BEHIND.match(text, end, min(len(text), end + 40))
    return match is not None and _OF_THE_NEXT.match(text, match.end()) is None


def _is_named_behind(text: str, end: int) -> bool:
    match = _NAMED_BEHIND.match(text, end)
    return match is not None and may_name(match["name"])


def _between(text: str, general: int, start: int) -> bool:
    """Whether a person stands between the word for a desk, ending at `general`, and the number."""
    if general < 0 or start - general > 18 or _VIA.search(text, general, start) is not None:
        return True
    return _names_somebody(text[general:start])


def _form(plain: str) -> Iterator[Evidence]:
    plain = plain.removeprefix("00").removeprefix("31").removeprefix("0")
    if plain in _KNOWN:
        yield Evidence("number:switchboard", 6.0)
    elif len(plain) >= 8:
        last = plain[-4:]
        if last.endswith("000") or (last[0] == last[1] and last[2] == last[3]) or last[:2] == last[2:]:
            yield Evidence("number:round", 2.5 if last.endswith("000") else 2.0)
        elif last.endswith(("00", "11", "911")):
            yield Evidence("number:round", 1.5)


def _clause(text: str, offset: int) -> int:
    """Where the clause before `offset` begins: at most 60 characters back, behind a line end, `;`, `|` or full stop."""
    line = text.rfind("\n", max(0, offset - 200), offset) + 1
    if not text[line:offset].strip(" \t>|("):  # at the head of a line: the line above counts too
        line = text.rfind("\n", max(0, line - 200), max(0, line - 1)) + 1
    low = max(0, offset - 60, line)
    for sign in (". ", ";", "|", " / "):
        low = max(low, text.rfind(sign, low, max(low, offset - 4)) + 1)
    return low


def _last(pattern: Pattern, text: str, start: int, end: int) -> tuple[int, int]:
    """Where the last match in `text[start:end]` begins and ends, -1 twice when there is none."""
    return max((match.span() for match in pattern.finditer(text, start, end)), default=(-1, -1))
