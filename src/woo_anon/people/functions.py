"""Functions of staff that an organisation may be open about: director, spokesperson, one who signs under mandate.

Looked for directly before and behind a mention; a signature under mandate is the name below `namens deze`, `voor deze`
or the like (art. 10:10 Awb: a decision by mandate says on whose behalf it is taken). Whether their names stay is the
organisation's choice (`organisation.kept_functions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from woo_anon.document import Function
from woo_anon.spans import Span

_BEFORE, _BEHIND = 200, 60  # characters
_POLITE = r"(?:(?:de heer|mevrouw|dhr|mevr|mw|drs|mr|ir|dr|ing|prof)\.?\s+)*"
_WORDS = {
    Function.DIRECTOR: r"(?:plv\.?\s|plaatsvervangend\s|adjunct-?|waarnemend\s)?(?:\w+)?directeur(?!-generaal)",
    Function.SPOKESPERSON: r"(?:\w+)?(?:woordvoerder|voorlichter)",
}
_OF = r"(?:\s(?:van|voor|bij|der)?\s?[\w&'’.-]+){0,6}?"
_SIGNED = re.compile(
    r"(?:namens\s(?:deze|dezen|hem|haar|de|het|burgemeester|gedeputeerde|onze)\b|voor\sdeze\b|in\smandaat|krachtens\smandaat"
    r"|\bb/a\b|\bo/l\b)[^\n]{0,80}\n(?:[^\n]{0,80}\n){0,4}[ \t]*" + _POLITE + r"\Z",
    re.IGNORECASE,
)


def _patterns() -> Iterator[tuple[Function, re.Pattern[str], re.Pattern[str]]]:
    for function, words in _WORDS.items():
        yield (
            function,
            re.compile(rf"(?<!\w){words}{_OF}[:,(]?\s+{_POLITE}\Z", re.IGNORECASE),
            re.compile(rf"\s*[,(–-]?\s*(?:onze |de |onze |een )?{words}\b", re.IGNORECASE),
        )


_PATTERNS = tuple(_patterns())
# Something that every pattern above needs: most mentions have none of it around them, and this tells it sooner.
_HINT = re.compile(r"directeur|woordvoerder|voorlichter|namens|voor\sdeze|mandaat|b/a|o/l")


def functions_at(text: str, span: Span) -> Iterator[Function]:
    """The functions that stand at the mention at `span`."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    behind = text[span.end : span.end + _BEHIND]
    if not _HINT.search(f"{before}\n{behind}".lower()):
        return
    for function, in_front, after in _PATTERNS:
        if in_front.search(before) or after.match(behind):
            yield function
    if _SIGNED.search(before):
        yield Function.MANDATE
