"""What the file itself knows: authors, makers of comments, custom properties such as `Opgesteld door, Naam`.

Such a name is that of somebody on the staff. It is looked for in the text, and a person who bears it goes unless an
office stands at the mention itself. An addressee (`Aan`) may be a minister and is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from woo_anon.document import Entity, Evidence, Finding, Hint
from woo_anon.people.group import Group
from woo_anon.people.name import Name, is_title, parse
from woo_anon.spans import Overlaps, Span

_KINDS = re.compile(r"author|creator|auteur|opgesteld|opsteller|behandel|contact|manager|last ?modified", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d@/\\]|ministerie|directie|afdeling|microsoft|office|user|admin|gebruiker", re.IGNORECASE)
EVIDENCE = Evidence("file:author", -3.0)
BELIEF = 0.1  # that a mention of an author may stay


def authors(hints: Iterable[Hint]) -> tuple[Name, ...]:
    """The full names among what the file says of who made it."""
    names = (parse(hint.value) for hint in hints if _KINDS.search(hint.kind) and not _NO_NAME.search(hint.value))
    return tuple(dict.fromkeys(name for name in names if name.full and not is_title(name.surname)))


def mentions(
    text: str, names: Sequence[Name], findings: Sequence[Finding], evidence: Evidence = EVIDENCE
) -> Iterator[Finding]:
    """Full names in the text that no finding overlaps: given name or initials, infix, surname."""
    taken = Overlaps(findings)
    for name in names:
        given = "|".join(map(re.escape, name.given)) or r"(?:[^\W\d_]\.\s?)+"
        infix = rf"(?:{re.escape(name.infix)}\s+)?" if name.infix else ""
        pattern = rf"(?<!\w)(?:{given})\s+{infix}{re.escape(name.surname)}(?!\w)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            span = Span(*match.span())
            if not taken.any(span):
                yield Finding(span, Entity.PERSON, 0.9, "file", evidence=(evidence,))


def bears(made: Group, names: Iterable[Name]) -> bool:
    """Whether the group can be one of those: a surname in common, and no other given name or initial."""
    return any(
        name.surname in made.surnames and (not made.first_letters() or name.first_letters[0] in made.first_letters())
        for name in names
    )
