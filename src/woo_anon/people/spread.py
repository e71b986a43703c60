"""Spreading: a name found once is found everywhere.

The words of the names that detection found (surname with its infix, halves of a double surname, given names) are
looked for in the rest of the text. A word counts where it is written as a name: with a capital, or in lower case
where detection itself found it so. A word that the text also uses in lower case as an ordinary word counts only
inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from woo_anon.document import Entity, Evidence, Finding
from woo_anon.hyphens import HYPHENS, SPACED, closed, halves
from woo_anon.people.name import INFIXES, fold, is_title, parse
from woo_anon.spans import Overlaps, Span

# Letters; accents may be set apart, and what no reader sees may stand between. The digit of a note is none.
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u2079]"
_LETTERS = rf"{_LETTER}(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*{_LETTER}|[\u0300-\u036f])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:•\n])[\s>\"'‘“(•–-]*$")
_BROKEN = re.compile(rf"([^\W\d_]+)[{HYPHENS}][ \t]*\r?\n[ \t>]*([^\W\d_]+)")  # over a line end
_CUT = re.compile(r"(?<![^\W_])([^\W\d_]{2,})[ \t]*\r?\n[ \t]*([a-zß-öø-ÿ]+)(?![^\W_])")  # in a narrow cell
_LEAST_CUT = 6  # letters of a name that a line cuts without a hyphen
_SURE = 0.5  # only names believed in are spread
_SHORTEST = 3
SCORE = 0.6


def spread(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """`findings` and, in order of their spans, the mentions that they lead to."""
    names = _name_words(text, findings)
    if not names:
        return tuple(findings)
    broken = [_mention(text, span, names) for span in _broken(text, Overlaps(findings), names)]
    broken += [_found(span) for span in _in_halves(text, Overlaps(findings), names)]
    added = [_mention(text, span, names) for span in _occurrences(text, [*findings, *broken], names)]
    joined = _joined(text, sorted((*broken, *added), key=lambda finding: finding.span))
    return tuple(sorted((*findings, *joined), key=lambda finding: finding.span))


def _mention(text: str, span: Span, names: dict[str, tuple[str, bool]]) -> Finding:
    return _found(_with_infix(text, span, names))


def _found(span: Span) -> Finding:
    return Finding(span, Entity.PERSON, SCORE, "spread", evidence=(Evidence("found-elsewhere"),))


def _name_words(text: str, findings: Iterable[Finding]) -> dict[str, tuple[str, bool]]:
    """Folded word → (infix of the name it is from, whether it was found in lower case)."""
    words: dict[str, tuple[str, bool]] = {}
    for finding in findings:
        if finding.entity is not Entity.PERSON or finding.score < _SURE or _names_a_thing(finding):
            continue
        surface = text[finding.span.start : finding.span.end]
        name = parse(surface)
        for word in name.words:
            if len(word) < _SHORTEST or word in INFIXES or is_title(word):
                continue
            infix, lower = words.get(word, ("", False))
            own = name.infix if word not in name.given else ""
            words[word] = (infix or own, lower or surface.islower())
    return words


def _names_a_thing(finding: Finding) -> bool:
    return any(evidence.code == "ner:thing" for evidence in finding.evidence)


def _occurrences(text: str, findings: Sequence[Finding], names: dict[str, tuple[str, bool]]) -> Iterator[Span]:
    taken = Overlaps(findings)
    tokens = [match for match in _WORD.finditer(text) if _key(match.group(), names)]
    free = [match for match in tokens if not taken.any(Span(*match.span()))]
    ordinary = {fold(match.group()) for match in free if match.group().islower()}
    for match in free:
        word = match.group()
        key = _key(word, names)
        if word[0].isupper():
            if fold(word) in ordinary and not names[key][1] and _starts_sentence(text, match.start()):
                continue
        elif not names[key][1]:
            continue
        yield Span(match.start(), match.end())


def _broken(text: str, taken: Overlaps[Finding], names: dict[str, tuple[str, bool]]) -> Iterator[Span]:
    """Names that are hyphenated at the end of a line, cut there by a narrow cell, or spaced out; also those of which a
    part was found."""
    for pattern, least in ((_BROKEN, 0), (SPACED, 0), (_CUT, _LEAST_CUT)):
        for match in pattern.finditer(text):
            span, word = Span(*match.span()), _whole(match.group())
            known = len(word) >= least and text[span.start].isupper() and _key(word, names)
            if known and not any(finding.span.contains(span) for finding in taken.of(span)):
                yield span


def _in_halves(text: str, taken: Overlaps[Finding], names: dict[str, tuple[str, bool]]) -> Iterator[Span]:
    """Halves of names that stand far from each other, at the end of a page and the begin of the next: of names known
    from elsewhere, and the second of one whose first was found."""
    for first, second in halves(text):
        found = any(finding.entity is Entity.PERSON and finding.score >= _SURE for finding in taken.of(first))
        if found or _key(text[first.start : first.end - 1] + text[second.start : second.end], names):
            yield from (span for span in (first, second) if not taken.any(span))


def _whole(word: str) -> str:
    """A word without its hyphen at the end of a line, the line end, or the spaces between its letters."""
    return closed(_CUT.sub(r"\1\2", _BROKEN.sub(r"\1\2", word)))


def _key(word: str, names: dict[str, tuple[str, bool]]) -> str:
    """The name word that `word` is, also in the genitive; "" when none."""
    folded = fold(word)
    for form in (folded, folded.removesuffix("'s"), folded.removesuffix("s")):
        if form in names and (form == folded or len(form) > _SHORTEST):
            return form
    return ""


def _starts_sentence(text: str, at: int) -> bool:
    return bool(_SENTENCE_START.search(text[max(0, at - 12) : at]))


def _with_infix(text: str, span: Span, names: dict[str, tuple[str, bool]]) -> Span:
    """The span with the infix of its name, where that stands before it."""
    infix = names[_key(_whole(text[span.start : span.end]), names)][0]
    if not infix:
        return span
    before = text[max(0, span.start - 20) : span.start]
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, infix.split())) + r"\s+$"
    match = re.search(pattern, before, re.IGNORECASE)
    return Span(span.start - (len(before) - match.start()), span.end) if match else span


def _joined(text: str, added: Sequence[Finding]) -> Iterator[Finding]:
    """Neighbouring words as one mention: a given name and a surname, the halves of a double name."""
    current: Finding | None = None
    for finding in added:
        if current and text[current.span.end : finding.span.start] in (" ", "-", "\n", "-\n"):
            current = Finding(
                Span(current.span.start, finding.span.end), Entity.PERSON, SCORE, "spread", evidence=current.evidence
            )
            continue
        if current:
            yield current
        current = finding
    if current:
        yield current
