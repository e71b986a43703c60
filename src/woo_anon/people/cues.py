"""Cues: what stands before and behind a mention and tells whose name it is.

A cue has a code `side:class`, such as `before:office` for `minister Jansen` or `behind:party` for `Jansen (D66)`.
The words of the classes stand in `cues.toml`.

    office   title of a public office holder         minister, Kamerlid, wethouder, de leden X en Y
    top      title of the civil-service top          secretaris-generaal, DG
    staff    function of somebody on the staff       beleidsmedewerker, collega
    unit     a unit of an organisation               (DGMo), (directie Wonen)
    citizen  part played by a private person         bewoner, verzoeker, appellante
    outside  somebody of another organisation        advocaat, journalist
    thing    something named after a person          motie-X, Wet X, commissie-X, X-norm
    party    a political party in brackets
    author   a label that announces a name           Opgesteld door, Van:
    polite, greeting, regards, mail, cited, says     forms of address, and marks of mails, literature and chats
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex

from woo_anon.document import Span

_REACH = 70  # characters of context on either side; titles stand close to the name
_GAP = r"(?:[ \t]{1,3}|[ \t]*\r?\n[ \t>]{0,3})"  # white space with at most one line end; a column begins further
_DEGREES = r"(?:(?:mr|drs|ir|dr|ing|prof)\.?\s+)*"

_Table = tuple[tuple[str, regex.Pattern[str]], ...]


def around(text: str, span: Span) -> Iterator[str]:
    """Codes of the cues that stand directly before and behind the mention at `span`, each once."""
    before = text[max(0, span.start - _REACH) : span.start]
    behind = text[span.end : span.end + _REACH]
    seen = set()
    for code, pattern in _before():
        if code not in seen and pattern.search(before):
            seen.add(code)
            yield code
    for code, pattern in _behind():
        if code not in seen and pattern.match(behind):
            seen.add(code)
            yield code


@cache
def _words() -> dict[str, str]:
    """Each class of `cues.toml` as one alternation."""
    text = (resources.files("woo_anon.people") / "cues.toml").read_text("utf-8")
    classes = tomllib.loads(text)
    classes["parties"] = [re.escape(party) for party in classes["parties"]]
    words = {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in classes.items()}
    for name in ("office", "top", "staff"):
        words[name] = f"(?:{words[f'before_{name}']})*{words[name]}"
    return words


def _table(*rows: tuple[str, str], flags: int = 0) -> _Table:
    return tuple((code, regex.compile(pattern, regex.IGNORECASE | flags)) for code, pattern in rows)


@cache
def _before() -> _Table:
    w = _words()
    return _table(
        ("before:thing", rf"\b{w['thing']}[-‐ ]['‘]?(?:[^\W\d_]+/)?$"),
        ("before:office", rf"(?<!\w)(?<!namens )(?<!namens de )(?<!en ){w['office']}\.?{_GAP}{_DEGREES}$"),
        ("before:office", rf"(?<!\w){w['office']}\s+(?:van|voor)\s+[\w&,'’ -]{{2,45}}[,:]\s{w['polite']}?\.?\s?$"),
        (
            "before:office",
            rf"(?<!\w)(?:minister|staatssecretaris|stas|wethouder)\s+[\w&,'’ -]{{2,45}},\s{w['polite']}\.?\s$",
        ),
        ("before:office", rf"(?<!\w){w['office']}(?: [\w&'’-]+){{0,6}} \((?:{w['polite']}\.?\s)?$"),
        ("before:top", rf"(?<!\w){w['top']}[:,]?{_GAP}(?:{w['polite']}\.?\s+)?{_DEGREES}$"),
        (
            "before:top",
            rf"(?<!\w){w['top']}(?: [\w&'’-]+){{1,6}}(?:,\s| \(){_DEGREES}(?:{w['polite']}\.?\s)?{_DEGREES}$",
        ),
        ("before:staff", rf"(?<!\w){w['staff']}[:,]?{_GAP}$"),
        ("before:citizen", rf"(?<!\w){w['citizen']}[:,.]?{_GAP}$"),
        ("before:outside", rf"(?<!\w){w['outside']}[:,.]?{_GAP}$"),
        ("before:polite", rf"(?<!\w){w['polite']}\.?\s+$"),
        ("before:greeting", rf"(?:^|\n)[>\s]*{w['greeting']}[,!]?\s+$"),
        ("before:regards", rf"{w['regards']}[,.!]?\s*[\r\n]+\s*$"),
        ("before:author", rf"(?<!\w){w['author']}\s*:?\s+$"),
        # `de leden Omtzigt, Van Waveren (NSC) en ⟨name⟩`: the title reaches over the list.
        ("listed:office", rf"(?<!\w){w['lists']}[ -](?:[^.;:!?\n]|\n(?!\n)){{2,65}}(?:,|en|/|&)\s*(?:van |de |het )*$"),
        flags=regex.REVERSE,  # from the name backwards: forwards, every character of the context would be a start
    )


@cache
def _behind() -> _Table:
    w = _words()
    return _table(
        ("behind:party", rf"\s?[(\[/,–-]\s?(?:lid )?{w['parties']}\b"),
        ("behind:party", r"\s?\((?:groep|lid|fractie)\b"),
        ("behind:office", rf"\s?[,(]\s?(?:de |onze |zijn |haar )?{w['office']}\b"),
        ("behind:top", rf"\s?[,(]\s?(?:de )?{w['top']}\b"),
        ("behind:staff", rf"\s?[,(–-]\s?(?:onze |de |een )?{w['staff']}\b"),
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
    )
