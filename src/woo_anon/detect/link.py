"""Links that lead to one person, and what opens a meeting: links, identifiers, pass codes.

Finds profiles (LinkedIn, Facebook, Instagram, X, ORCID …), links of Teams, Zoom, Webex and the like, secured-mail and
personal invitation links, over a line end; meeting identifiers after a word for them; and pass codes, pins and dial-in
codes near a meeting. Each is a mark of its own.

Must find: `linkedin.com/in/jan-jansen-4471`, `Vergadering-id: 348 902 116 57`.
Must leave: `https://www.rijksoverheid.nl/woo`, `postcode 2500 EX`, `code oranje`.
Misses: pages of persons on sites that are not known for it; pass codes far from any word about a meeting.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.document import Entity, Evidence

_URL = Pattern(r"(?:https?://|www\.|(?<![\w@./-])(?=[\w.-]{3,60}\.\w{2,8}/))[^\s<>\"'|)\]}…]{4,600}", IGNORE_CASE)
_PERSONAL = Pattern(
    r"linkedin\.com/(?:in|pub)/|facebook\.com/(?!sharer|groups|events|pages)[\w.]+|instagram\.com/(?!p/|reel"
    r"|explore)[\w.]+|(?:twitter|//x|^x)\.com/(?!search|hashtag|i/)\w+"
    r"|tiktok\.com/@|t\.me/\w|telegram\.me/|wa\.me/|signal\.(?:me|group)/|chat\.whatsapp\.com/|orcid\.org/\d"
    r"|researchgate\.net/profile|youtube\.com/(?:@|user/)|github\.com/[\w-]+/?$"
    r"|snapchat\.com/add|mastodon\.\w+/@|bsky\.app/profile|strava\.com/athletes|about\.me/|calendly\.com/"
    r"|/personal/\w|/over-mij|/(?:~|%7e)\w|/(?:profiel|profile|user|users|people|medewerkers?"
    r"|deelnemer)/[\w.%-]+"
    r"|--at--|%40[\w-]+\.|=[\w.+-]+@\w|[?&](?:u|user|email|name|naam)=[\w.%-]{3,}",
    IGNORE_CASE,
)
_MEETING = Pattern(
    r"teams\.(?:(?:microsoft|live|office)\.)?\w+/(?:l/|meet|dl/)|/meetup(?:-join)?/|zoom\.us/(?:j|my|w|s|webinar)/"
    r"|zoomgov|webex\.\S*(?:/meet|/join|j\.php|MTID)|meet\.[\w.-]+/|jitsi"
    r"|skype\.com/|lync\.|join\.skype|starleaf\.\S+/|gotomeet|whereby\.com/|videovergaderen|pexip|bluejeans"
    r"|\.zivver\.com/r|/r/[\w-]{6,}\?k=|doodle\.com/(?:poll|meeting)|datumprikker\.nl/s/\S*deelnemer"
    r"|[?&](?:guest|gast|pwd|passcode|sleutel|code|token|pin|secret|key|MTID)=|/join/\w|/invite/|forms\.office\.com/r/",
    IGNORE_CASE,
)
_LINE_END = Pattern(r"[ \t]{0,2}\n[> \t]{0,8}(?P<rest>[^\s<>\"|]{3,300})(?=\s|\Z|[>)])")
_CONTINUES = Pattern(r"[\w.~%?=&/+-]*[%?=&/_\d][\w.~%?=&/+@:-]*\Z")
_IDENTIFIER = Pattern(
    r"(?<!\w)(?:(?:telefonische )?vergader(?:ing)?s?(?:nummer|[- ]?id)(?: \(toegangscode\))?|meeting[- ]?(?:id"
    r"|number|nummer)|webinar[- ]?id|conferentie[- ]?(?:id|nummer)|conference[- ]?id"
    r"|besprechungs-id|id de réunion|bridge|event number"
    r"|zoom[- ]?id|teams(?:[- ]| \()id)[:;\s]{1,12}(?P<code>\d[\d -]{5,20}\d#?(?:\n[> ]{0,8}\d[\d ]{2,12}\d)?)(?!\w)",
    IGNORE_CASE,
)
_PASS = Pattern(
    r"(?<!\w)(?:wachtwoord(?:code)?|wachtcode|toegangscode|deelnemerscode|passcode|passwort|password"
    r"|pin(?:code)?|host ?(?:key|pin)|hostcode|(?:in)?belcode|toegang|ontgrendelcode|sleutel|kenncode|code)"
    r"(?: (?:deelnemer|host|pers|is|voor de \w+"
    r"|stays the same))?(?: \([^)\n]{1,20}\))?[:;(=\s]{1,12}(?:host )?"
    r"(?P<code>[^\s,;.()<>\"]*[^\s,;.()<>\"#](?: \d{2,4}(?!\w)){0,3}#?)(?:\n(?P<rest>[A-Za-z0-9]{2,6})(?=\n))?",
    IGNORE_CASE,
)
_DIAL_IN = Pattern(r"(?<=\d[\s]?),,\s?(?P<code>\d{3,12}#{0,2})(?:\n(?P<rest>\d{3,12}#))?(?:,{2,6}\*(?P<pin>\d{4,10}))?")
_ALTERNATIVE = Pattern(r" ?\((?P<code>\d{6,10}) (?:via|from|voor)", IGNORE_CASE)
_VIDEO_ADDRESS = Pattern(r"(?<![\w.])\d{9,12}@[\w-]+\.webex\.com")
_ABOUT_MEETING = Pattern(
    r"vergadering|vergader|meeting|teams|zoom|webex|webinar|inbel|bel in|belt in|telefonisch|video|conferen"
    r"|besprech|deelnemen|join|vtc|bridge|starleaf|zivver|signal|skype|link|digitaal|online|"
    r"https?://|\d,,\d|via \+?0[\d -]{8,14}|\d{3} \d{3} \d{3}",
    IGNORE_CASE,
)
_WORD_CODE = Pattern(r"\p{Ll}+\Z|(?:rood|oranje|geel|groen|nul)\Z", IGNORE_CASE)
_NEAR = 260  # characters within which a meeting must be named for a pass code to belong to it


def find(text: str) -> Iterator[Hit]:
    """All links to persons and meetings, identifiers and pass codes of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for match in _URL.finditer(text):
        start, end = match.start(), match.start() + len(match.group().rstrip(".,;:!?*"))
        url = text[start:end]
        code = "link:meeting" if _MEETING.search(url) else "link:person" if _PERSONAL.search(url) else ""
        if code:
            yield _hit(start, _over_line_ends(text, end), code, 0.95)
    for match in _VIDEO_ADDRESS.finditer(text):
        yield _hit(*span_of(match), "meeting:identifier", 0.9)
    for match in _IDENTIFIER.finditer(text):
        yield _hit(*span_of(match, "code"), "meeting:identifier", 0.95)
    for match in _DIAL_IN.finditer(text):
        yield from _groups(match, ("code", "rest", "pin"), "meeting:dial-in")
    yield from _pass_codes(text)


def _pass_codes(text: str) -> Iterator[Hit]:
    for match in _PASS.finditer(text):
        code = match.group("code")
        if len(code) < 3 or (_WORD_CODE.match(code) and not _is_random(code)):
            continue
        near = text[max(0, match.start() - _NEAR) : match.end() + 60]
        if not _ABOUT_MEETING.search(near):
            continue
        yield from _groups(match, ("code", "rest"), "meeting:pass-code")
        other = _ALTERNATIVE.match(text, match.end("code"))
        if other:
            yield _hit(*span_of(other, "code"), "meeting:pass-code", 0.8)


def _is_random(code: str) -> bool:
    """Whether letters look like a generated code: capitals inside."""
    return any(char.isupper() for char in code[1:]) and any(char.islower() for char in code)


def _groups(match: regex.Match[str], names: tuple[str, ...], code: str) -> Iterator[Hit]:
    for name in names:
        if match.group(name):
            yield _hit(*span_of(match, name), code, 0.85)


def _over_line_ends(text: str, end: int) -> int:
    """Where a link ends that was broken: the next line goes on with signs of a link and without a space."""
    for _ in range(4):
        match = _LINE_END.match(text, end)
        if match is None or (text[end - 1] not in "/-_=&%" and not _CONTINUES.match(match.group("rest"))):
            return end
        if match.group("rest").startswith(("http", "www.")) or "@" in match.group("rest"):
            return end
        end = match.end("rest")
    return end


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.URL, score, 0.0, (Evidence(code),))
