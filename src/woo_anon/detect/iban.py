"""Bank accounts: IBAN of any country, and the old Dutch account number after the word for it.

Finds IBANs written together or in groups, over a line end, in lower case, with O for 0; the check digits (ISO 13616,
mod 97-10) raise the belief, but a Dutch-shaped number that fails them is found too. A part of an account that stands
behind a redaction is found after a word for an account.

Must find: `NL76RABO0792298276`, `rekening BE98 3637 7958\\n4693`.
Must leave: `NL86 INGB 0705 0035 90 ten name van CJIB` is found, but may stay (an authority's own account);
`NL2024ABCD12345` (a reference).
Misses: an account number of the old kind without a word for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import iban as iso13616

from woo_anon.detect.digits import DIGIT, digits, is_digits
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, belief, first_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_GAP = r"(?:[ ._-]{1,2}|\s{0,8}\n[> ]{0,16})?"
_BORDER = r"(?<![^\W_])"
_CANDIDATE = Pattern(rf"{_BORDER}[A-Z][ _]?[A-Z][ _]?{DIGIT}[ _]?{DIGIT}(?:{_GAP}[0-9A-Zlo]){{11,30}}(?![^\W_])")
_LOWER = Pattern(rf"{_BORDER}(?:nl|be|de)\d\d(?:{_GAP}[0-9a-z]){{11,18}}(?!\w)")
# Lengths of the SWIFT registry, for numbers whose check digits fail: a typing error does not make an account public.
_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22,
    "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
_BROKEN_OFF = Pattern(rf"{_BORDER}NL ?\d\d ?[A-Z]{{4}}(?:{_GAP}[0-9*xX.]){{4,10}}")
_WORD = (
    r"(?<!\w)(?:iban|(?:bank|giro|spaar|privé)?rek(?:ening)?(?:\.|[- ]?n(?:umme)?r\.?|nummer)?|acc?ount(?: number)?"
    r"|banknr)"
)
_CUED = Pattern(
    rf"{_WORD}(?!\w)[^\d\n]{{0,25}}?(?P<redacted>NL ?\[[^\]\n]{{0,12}}\] ?)?(?<![\w.,])"
    r"(?P<number>\d{2,4}(?:[ .]\d{2,4}){2,4}|\d{9,10})(?![\w/-]|[.,]\d)",
    IGNORE_CASE,
)
_MASKED = Pattern(r"(?<!\w)[A-Z]{2}\d\d ?(?:[A-Z]{4} ?)?[*xX•.]{2,}[*xX•. ]*\d{2,4}(?!\w)")
_OWNER = Pattern(
    r"(?<!\w)(?:ons|onze) (?:bank)?rekening|(?:t\.?n\.?v\.?|ten name van|naam van|van|aan) (?:het |de )?"
    r"(?:cjib|belastingdienst|gemeente|provincie|waterschap|ministerie|rijk|svb|uwv|duo|min\.|politie|staat)",
    IGNORE_CASE,
)
# Banks of public bodies alone: BNG Bank and NWB Bank.
_OF_AUTHORITIES = Pattern(r"(?<=\d)[ ._-]?(?:BNGH|NWAB)(?=[ ._-]?\d)", IGNORE_CASE)
_HEADING = Pattern(r"(?<!\w)(?:iban|rekening(?:nummer|nr)?|banknr)(?!\w)", IGNORE_CASE)


def find(text: str) -> Iterator[Hit]:
    """All bank accounts of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for pattern in (_CANDIDATE, _LOWER):
        for match in pattern.finditer(text):
            yield from _account(text, match.start(), match.end())
    for pattern, code in ((_BROKEN_OFF, "shape:part-of-iban"), (_MASKED, "shape:masked-iban")):
        for match in pattern.finditer(text):
            yield _hit(text, match.start(), match.end(), code, 0.8)
    for match in _CUED.finditer(text):
        start, end = match.span("number")
        if match.group("redacted") or len(digits(match.group("number"))) in (9, 10):
            yield _hit(text, start, end, "cue:account", 0.75)
    yield from _under_heading(text)


def _under_heading(text: str) -> Iterator[Hit]:
    for start, end in columns(text, _HEADING):
        plain = text[start:end].replace(" ", "")
        if len(plain) >= 9 and "-" not in plain and sum(char.isdigit() for char in plain) >= 8:
            yield _hit(text, start, end, "column:account", 0.9)


def _account(text: str, start: int, end: int) -> Iterator[Hit]:
    """The longest valid IBAN in `text[start:end]`, for words may follow it; else what has the length of one."""
    country = "".join(char for char in text[start : start + 3].upper() if char.isalpha())[:2]
    length = _LENGTHS.get(country, 0)
    ends = [at + 1 for at in range(start, end) if text[at].isalnum()]
    for count in range(len(ends), 14, -1):
        stop = ends[count - 1]
        plain = "".join(char for char in text[start:stop].upper() if char.isalnum())
        if iso13616.is_valid(plain):
            yield _hit(text, start, stop, "checksum:mod97", 0.99)
            return
    if 0 < length <= len(ends) and is_digits(text[start + 2 : ends[length - 1]].replace("O", "0")):
        yield _hit(text, start, ends[length - 1], "shape:iban", 0.85)


def _hit(text: str, start: int, end: int, code: str, score: float) -> Hit:
    evidence = [Evidence(code, -4.0)]
    if _OF_AUTHORITIES.search(text, start, end) or _OWNER.search(text, max(0, start - 45), min(len(text), end + 40)):
        evidence.append(Evidence("owner:authority", 6.0))
    return Hit(start, end, Entity.IBAN, score, belief(tuple(evidence)), tuple(evidence))
