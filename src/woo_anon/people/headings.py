"""Headings of lists of names: what stands at the head of the list in which a mention stands.

    Raad: Datema, Fennema, Zuidhof        Aanwezig namens de raad        De fractievoorzitters (Boere, Ooms)
    Organisatie: Bolk, Eising             Datema
                                          Fennema

A list goes from its heading to the mention: names, forms of address, functions, and what stands in brackets. A sentence
ends it, and so do an empty line and another heading. The words of the headings stand in `cues.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from woo_anon.people.words import words

_REACH = 320  # characters before a mention in which its list begins
_LABEL = re.compile(
    r"(?:(?<=\n)|\A|(?<=[.;)] )|(?<=[ \t]{3}))[ \t>|*•–-]{0,9}(?P<label>[^\W\d_](?:[\w&/'’ -]|\.(?! )){1,44}?)[ \t]*"
    r"(?:\([^()\n]{0,40}\))?[ \t]*(?::|[ \t]{3,}|\n)"
)
_KINDS = ("office", "staff", "outside", "members", "chair", "present")
_EMPTY = re.compile(r"\n[ \t]*\n")
_BRACKETS = re.compile(r"\([^()]*\)?")
_ENDS = re.compile(r"[!?:;]|(?<=[^\W\d_]{3})\.\s|\d{4}")
_LOWER = re.compile(r"(?<![\w'’.-])[a-zà-ÿ][\w-]*")
_BETWEEN = frozenset(
    """
    van de der den ten ter te tot op in 't en und et la le di du da von zu d v vd sr jr mw dhr mevr mevrouw heer dames
    heren drs mr ir ing dr prof vz plv lid wnd namens secr secretaris voorzitter notulist notulen verslag
    """.split()
)


def heading(text: str, start: int) -> str | None:
    """The class of the heading of the list in which a mention at `start` stands: `office`, `staff`, `outside`,
    `members`, `chair` or `present`; None where it stands in no list, or one with another heading."""
    before = _EMPTY.split(text[max(0, start - _REACH) : start])[-1]
    found = None
    for match in _LABEL.finditer(before):
        if _is_list(before[match.end() :]):
            kind = _class_of(match.group("label"))
            found = kind if kind or match.group(0).endswith(":") else found  # a name alone on its line is no heading
    if any(_is_list(before[match.end() :]) for match in _plural().finditer(before)):
        return "office"
    return found


def _is_list(between: str) -> bool:
    bare = _BRACKETS.sub("", between)
    return not _ENDS.search(bare) and _BETWEEN.issuperset(_LOWER.findall(bare))


def _class_of(label: str) -> str | None:
    match = _headings().fullmatch(label.strip())
    return match and ("office" if match.lastgroup == "party" else match.lastgroup)


@cache
def _headings() -> re.Pattern[str]:
    classes = words()
    groups = "|".join(f"(?P<{kind}>{classes[f'headed_{kind}']})" for kind in _KINDS)
    behind = f"(?: {classes['behind_heading']} .*)?"
    return re.compile(
        rf"{classes['before_heading']}*(?:{groups}|(?P<party>{classes['parties']})){behind}", re.IGNORECASE
    )


@cache
def _plural() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words()['headed_plural']} ?[( ]", re.IGNORECASE)
