"""Account names that follow from names: of somebody the document names in full, the name as systems shorten it.

    Danilo Bertogna       bertognad, d.bertogna, dbertogna, bertogna02
    Mbeki-Looijenga, N.   mbekin

Detection finds accounts by what stands beside them; these stand in running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from woo_anon.document import Entity, Evidence, Finding
from woo_anon.people.name import Name, fold, parse
from woo_anon.spans import Overlaps, Span

_TOKEN = re.compile(r"(?<![\w.@-])[a-zA-Z][a-zA-Z.]{3,}\d{0,4}(?![\w@-])")
_DIGITS = re.compile(r"\d*$")
_SURE = 0.5  # only names believed in lead to more
_LEAST_OF_SURNAME = 4
_SHORTEST = 6  # letters of an account without a point or a digit
SCORE = 0.8


def accounts(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """`findings` and, in order of their spans, the accounts that the full names among them lead to."""
    forms, taken = _forms(text, findings), Overlaps(findings)
    if not forms:
        return tuple(sorted(findings, key=lambda finding: finding.span))
    added = [
        Finding(Span(*match.span()), Entity.USERNAME, SCORE, "spread", evidence=(Evidence("account-of-a-name"),))
        for match in _TOKEN.finditer(text)
        if _is_account(match.group(), forms) and not taken.any(Span(*match.span()))
    ]
    return tuple(sorted((*findings, *added), key=lambda finding: finding.span))


def _is_account(token: str, forms: frozenset[str]) -> bool:
    if not (token.islower() or token.isupper()):
        return False
    plain = _DIGITS.sub("", fold(token))
    marked = plain != token.lower() or "." in plain
    return plain in forms and (marked or len(plain) >= _SHORTEST)


def _forms(text: str, findings: Iterable[Finding]) -> frozenset[str]:
    names = {
        parse(text[finding.span.start : finding.span.end])
        for finding in findings
        if finding.entity is Entity.PERSON and finding.score >= _SURE
    }
    words = {word for name in names for word in name.words}
    return frozenset(form for name in names if name.full for form in _shortened(name) if form not in words)


def _shortened(name: Name) -> Iterator[str]:
    """The surname, or its beginning, with the first letters of a given name before or behind it."""
    surname = re.sub(r"[^a-z]", "", name.surname.split("-")[0])
    letters = {name.first_letters[:1], name.initials[:2], *(given[:2] for given in name.given)} - {""}
    for size in range(_LEAST_OF_SURNAME, len(surname) + 1):
        part = surname[:size]
        for front in letters:
            if not (surname.startswith(part + front) or front == "s"):  # `Bakkers` is a genitive
                yield part + front
            yield front[0] + part
    if len(surname) >= _LEAST_OF_SURNAME:
        yield f"{name.first_letters[0]}.{surname}"
