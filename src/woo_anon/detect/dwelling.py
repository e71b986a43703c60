"""Whether what the tagger took for an address can be one, and whether it is an office's.

The tagger knows addresses by their context and so marks what stands where addresses stand: the label of a field, a
room, a number with decimals, a telephone number. An address needs something of its own: a postcode, a house number
behind a word, or, where somebody is said to live, a street or a town.

    ⟦Reinbôge 6⟧ wonen, woont op ⟦Kaya Sabana⟧            can be
    ⟦Datum van ontvangst:⟧, Kamer ⟦3.09⟧          cannot
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from woo_anon.detect.dictionary import is_place
from woo_anon.detect.office import evidence_of
from woo_anon.detect.pattern import IGNORE_CASE, Pattern, belief
from woo_anon.document import Entity, Evidence, Finding
from woo_anon.spans import Overlaps

# also as OCR reads it, with a mail sorting code behind it, or a character in each box of a form
_POSTCODE = Pattern(
    r"(?<!\w)[1-9][\dOlI]{3}\s{0,2}[A-Za-z]{2}\d{0,4}(?!\w)|(?:[\p{Lu}\d]_){4,}|(?<!\w)(?:\p{Lu} ){4,}\p{Lu}(?!\w)"
)
# what the town of an address stands behind
_BEFORE_TOWN = Pattern(r"[1-9]\d{3} ?[A-Za-z]{2}[\s\";,|]{1,6}\Z|\d{1,4} ?\w{0,3},? (?:in|te) \Z")
# a house number: no decimals, no time of day, no long number
_HOUSE = Pattern(
    r"(?:\p{L}{2}[\p{L}.')*-]{0,40}[\s=_,]{1,12}(?:nr\.? ?|nummer )?(?:[1-9][\dlIO]{0,3}|[lIO]\d{1,3})"
    r"|\p{Ll}{4}[1-9]\d{0,2})(?!\d|[.,:]\d)"
)
_NUMBER = Pattern(r"(?:nr\.?|nummer)?\s*[1-9]\d{0,3}(?:[ -]?(?:\p{L}{1,4}|\d{1,2}))?\Z", IGNORE_CASE)
_NO_STREET = Pattern(
    r"\s*(?:(?:tekst)?vak|kamer|raum|ebene|room|zaal|etage|verdieping|kolom|blad|pagina|artikel|lid|bijlage|versie)\s",
    IGNORE_CASE,
)
_OTHER_NUMBER = Pattern(r"(?:\d[ .()/-]{0,3}){9,}|[A-Z]{2}\d\d[A-Z]{4}\d{6,}")
_LIVES = Pattern(
    r"(?<!\w)(?:woon\w*|wonen\w*|adres\w*|verblij\w+|slaap\w*|slapen|thuis|verhuis\w+|ingeschreven|straat|postcode\w*"
    r"|bewo\w+|post naar|lives at|(?:mevrouw|mevr\.?|mw\.?|heer|dhr\.?|meneer|familie|fam\.?) [^\n,;]{2,40}"
    r"(?:van|uit|te|in))(?!\w)[^\n;]{0,45}\Z",
    IGNORE_CASE,
)
_WORD = Pattern(r"\p{L}[\p{L}'-]{2,}")
_STREET = Pattern(r"(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|steeg|dreef|pad|strjitte|leane|hoek)\Z")
_AN_OFFICE = 0.8  # a belief of the tagger that counts where nothing is known from the words
_TAGGED = Evidence("ner:home", -2.6)  # the tagger took it for a home: a colophon further on is not enough


def may_be_address(text: str, start: int, end: int) -> bool:
    """Whether the words at `[start, end)` can be an address or a part of one."""
    if _POSTCODE.search(text, start, end):
        return True
    words = text[start:end].rstrip()
    if words.endswith(":") or _NO_STREET.match(text, start, end):
        return False
    behind = min(len(text), end + 2)
    house = _HOUSE.search(text, start, behind)
    if house and house.start() < end and not _OTHER_NUMBER.search(text, start, end):
        return True
    lives = _LIVES.search(text, max(0, start - 80), start) is not None
    if _NUMBER.match(words):
        return True
    if _BEFORE_TOWN.search(text, max(0, start - 20), start) and any(map(is_place, _WORD.findall(words))):
        return True
    return lives and (any(map(_is_street_or_town, _WORD.findall(words))) or _is_capitalised(words))


def stays_as_office(text: str, start: int, end: int) -> float:
    """How far the words beside an address say that it is an office's, 0..1."""
    return belief((_TAGGED, *evidence_of(text, start, end)))


def settled(findings: Iterable[Finding]) -> Iterator[Finding]:
    """`findings`, with the tagger's belief that an address stays where the rules know its form and nothing else.

    Of 87 such addresses of slice F and `models/unseen` that the tagger took for an office's, 78 were one.
    """
    known = tuple(findings)
    tagged = Overlaps([one for one in known if one.entity is Entity.ADDRESS and one.detector == "ner"])
    for finding in known:
        others = [one.stays or 0.0 for one in tagged.of(finding.span)] if _is_by_form(finding) else []
        yield replace(finding, stays=min(others)) if others and min(others) > _AN_OFFICE else finding


def _is_by_form(finding: Finding) -> bool:
    return finding.entity is Entity.ADDRESS and all(one.code.startswith("form:") for one in finding.evidence)


def _is_street_or_town(word: str) -> bool:
    return is_place(word) or _STREET.search(word) is not None


def _is_capitalised(words: str) -> bool:
    return words[:1].isupper() and len(words.split()) <= 4
