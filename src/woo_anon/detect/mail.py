"""E-mail addresses, personal ones and functional mailboxes.

Finds addresses in running text, in angle brackets, behind `mailto:`, broken over a line end before, in or behind the
part before the `@`, with a space behind it as OCR reads it, and spelled out (`naam (at) minbzk.nl`, `naam apenstaartje
minbzk punt nl`). Whose address it is, is told in `mailbox.py`. The span is the whole address; the domain stays when it
is redacted (ECLI:NL:RBROT:2024:2304).

Must find: `k.nazaryan@wetterskip.nl`, `huubfrijns\\n1949@kpnmail.nl`.
Must leave: `@minpres` (a handle); `woo@minvws.nl` is found and may stay.
Misses: addresses in other scripts than Latin; an address of which the `@` was lost.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from woo_anon.detect.dictionary import is_common
from woo_anon.detect.mailbox import evidence_of
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, belief
from woo_anon.document import Entity, Evidence

_LOCAL = r"[\p{L}\p{M}\d_+'&?´][\p{L}\p{M}\d._+'&=?´-]{0,63}"
_AT = Pattern(
    r"@ (?=[\w-]+\.[a-z])|(?:@|%40)(?:\s{0,2}\n[> ]{0,8})?| ?[\[({<] ?(?:at|a|apenstaartje|@) ?[\])}>] ?"
    r"| (?:apenstaartje|at|@) (?=[\w-]+ ?(?:\.|punt|dot|\[))| @ (?=[\w-]+ ?\.)",
    IGNORE_CASE,
)
_DOT = (
    r"(?: ?\.| ?[\[(](?:punt|dot|\.)[\])] ?| (?:punt|dot) | \. ?|\.?\s?\n[> ]{0,8}\.?(?=(?:nl|com|eu|example|org|be"
    r"|de)(?!\w)))"
)
_DOMAIN = Pattern(
    rf"[\p{{L}}\d](?:[\p{{L}}\d-]{{0,62}}[\p{{L}}\d])?(?:{_DOT}[\p{{L}}\d](?:[\p{{L}}\d-]{{0,62}}[\p{{L}}\d])?){{0,6}}",
    IGNORE_CASE,
)
_BEFORE = Pattern(rf"(?<![\p{{L}}\d._+-]){_LOCAL}\Z")
# a local part on the line above its `@`
_ABOVE = Pattern(rf"(?:^|(?<=[\n\s<(:])){_LOCAL}(?P<gap>[ \t]{{0,2}}\n[> \t]{{0,60}})\Z")
_SPACED = Pattern(r"(?<![\p{L}\d])[\p{L}\d]+(?: ?\. ?[\p{L}\d]+){0,5} \Z")
# the end of the line above a local part, when it is the local part's beginning
_FRAGMENT = Pattern(r"(?:(?<=[<(\s:;,])|^)(?P<part>[\p{Ll}\d][\p{Ll}\d._+-]{1,40})(?P<gap>[ \t]{0,2}\n[> \t]{0,16})\Z")
_CUE = Pattern(r"(?:e-?mail\w*|mail\w*|via|naar|aan|op|:|<|\()\W{0,3}\Z", IGNORE_CASE)
_IDENTIFIER = Pattern(r"(?:message-id|in-reply-to|references|content-id)\W{1,3}[^\n]*\Z", IGNORE_CASE)
_TOP_LEVEL = Pattern(r"[a-z]{2,12}\Z", IGNORE_CASE)
# a local part alone at a line end, its rest lost to another column
_TORN = Pattern(r"(?<![\p{L}\d@.])\p{Ll}{1,20}\.\p{Ll}{3,30}-(?=\n)")


def find(text: str) -> Iterator[Hit]:
    """All addresses of a reading."""
    for match in _AT.finditer(text):
        found = _address(text, match)
        if found:
            start, end, domain = found
            evidence = tuple(evidence_of(text, start, text[start : match.start()], text[domain:end]))
            yield Hit(start, end, Entity.EMAIL, 0.97, belief(evidence), evidence)
    for match in _TORN.finditer(text):
        evidence = (Evidence("mailbox:torn", -3.0),)
        yield Hit(match.start(), match.end(), Entity.EMAIL, 0.5, belief(evidence), evidence)


def _address(text: str, at: regex.Match[str]) -> tuple[int, int, int] | None:
    """Start, end and start of the domain of the address around a sign for `@`; None when there is none."""
    plain = at.group()[0] in "@%"
    low = max(0, at.start() - 130)
    before = _BEFORE.search(text, low, at.start()) or (_ABOVE if plain else _SPACED).search(text, low, at.start())
    domain = _DOMAIN.match(text, at.end(), min(len(text), at.end() + 255))
    if before is None or domain is None:
        return None
    if "." not in domain.group() and not (plain and _bare_host(before.group(), domain.group())):
        return None
    if not _TOP_LEVEL.search(domain.group()) and "." in domain.group() and domain.group()[-1].isdigit():
        return None
    if "\n" in before.group() and is_common(before.group().strip("> \t\n")):  # a handle heads the next line
        return None
    start = before.start() + len(before.group()) - len(before.group().lstrip("'&?=.-"))
    line = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 200)
    if start >= at.start() or _IDENTIFIER.search(text, line, start):
        return None
    return _with_fragment(text, start, at.start()), domain.end(), domain.start()


def _bare_host(local: str, host: str) -> bool:
    """`j.jansen@minbzk` is an address, `user@host` of a prompt is left to the account recogniser."""
    return "." in local and len(host) > 2


def _with_fragment(text: str, start: int, at: int) -> int:
    """Where the address begins when its local part was broken over a line end."""
    line = text.rfind("\n", max(0, start - 200), start)
    if line < 0 or text[line + 1 : start].strip("> \t"):
        return start
    found = _FRAGMENT.search(text, max(0, line - 60), start)
    if found is None:
        return start
    part = found.group("part")
    above = text[max(0, found.start("part") - 12) : found.start("part")]
    alone = not above or above.endswith("\n") or above[-2:] in (", ", "; ", " (") or _CUE.search(above) is not None
    joined = part[-1] in "._-+" and (alone or any(sign in part[:-1] for sign in "._-") or part[-1] != ".")
    broken = text[start].isdigit() or text[start] in "._-"
    if joined or (broken and part.isalnum()) or (alone and above[-1:] in "<(" and above):
        return int(found.start("part"))
    return start
