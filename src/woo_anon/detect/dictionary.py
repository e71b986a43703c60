"""Whether a single word is somebody's name or an ordinary word: the pipeline's dictionary, for the other recognisers.

    zorgakkoord   in no list, but `zorg` and `akkoord` are common words, no names   ordinary
    bakker        a common word and a common surname                                 not ordinary
    hamoen        in no list                                                         not ordinary

It is that of the pipeline that comes with the package, whichever pipeline tags the text.
"""

from __future__ import annotations

from functools import cache, lru_cache

from woo_anon.detect.lexicon import Kind, Lexicon, fold
from woo_anon.detect.location import locate_model
from woo_anon.errors import MissingError

_FILE = ("woo_anon_names", "lexicon.bin")  # as the tagger writes it
_NAMES = int(Kind.FIRST | Kind.FIRST_ABROAD | Kind.SURNAME | Kind.SURNAME_RARE | Kind.SURNAME_ABROAD)
_SURE_NAMES = int(Kind.FIRST | Kind.FIRST_ABROAD | Kind.SURNAME | Kind.INFIX)
_PLACE, _STREET = int(Kind.PLACE), int(Kind.STREET)
_FIRST = int(Kind.FIRST | Kind.FIRST_ABROAD)
_DOINGS = int(Kind.FUNCTION | Kind.OFFICE | Kind.ORGANISATION)
_KNOWN, _COMMON, _EVERYDAY = 3, 4, 6  # buckets of frequency: no rare name; good for a compound; in every text
_SHORTEST, _LONG, _LONGEST = 4, 6, 40  # letters of a word; the first also of each half of a compound


@cache
def dictionary() -> Lexicon:
    """The dictionary, read once. Raises MissingError when it is not there: without it, towns would be left in."""
    file = locate_model().joinpath(*_FILE)
    if not file.is_file():
        raise MissingError(
            "The dictionary of the language model is missing.",
            "Install the wheel again, or train the model as models/README.md says.",
        )
    return Lexicon.from_bytes(file.read_bytes())


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Whether `word` is a known word and no name, or a compound of two such words (`verkeers|loket`)."""
    folded = fold(word)
    kinds, frequency = dictionary().look_up(folded)
    if len(folded) < _SHORTEST or len(folded) > _LONGEST or kinds & _NAMES:
        return False
    return frequency >= _KNOWN or any(
        _are_halves(folded[:at], folded[at:]) or (folded[at] == "s" and _are_halves(folded[:at], folded[at + 1 :]))
        for at in range(_SHORTEST, len(folded) - _SHORTEST + 1)
    )


def is_name(word: str) -> bool:
    """Whether `word` is a first name, a common surname or the `van` of one."""
    return bool(dictionary().look_up(fold(word))[0] & _SURE_NAMES)


def is_first_name(word: str) -> bool:
    """Whether `word` is a first name that is common in the Netherlands."""
    return bool(dictionary().look_up(fold(word))[0] & Kind.FIRST)


def may_name(word: str) -> bool:
    """Whether a capitalised word may be somebody's name: in the lists and no common word, or in no list at all."""
    kinds, frequency = dictionary().look_up(fold(word))
    if kinds & _FIRST:
        return frequency < _EVERYDAY and not kinds & _DOINGS
    if kinds & _NAMES:
        return frequency < _COMMON
    return not kinds and not frequency and len(word) >= _SHORTEST and not word.isupper() and not is_ordinary(word)


def is_known(word: str) -> bool:
    """Whether `word`, as it stands, is known from ordinary text and no first name; a surname may be one (`termijn`)."""
    kinds, frequency = dictionary().look_up(fold(word))
    return not kinds & _FIRST and frequency >= (_COMMON if kinds & _NAMES else _KNOWN)


def is_common(word: str) -> bool:
    """Whether `word` is one of the words that every text has, and no first name."""
    kinds, frequency = dictionary().look_up(fold(word))
    return frequency >= _EVERYDAY and not kinds & _FIRST


def is_place(word: str) -> bool:
    """Whether `word` is a town or the end of a street's name, and no first name; surnames that are towns count."""
    kinds = dictionary().look_up(fold(word))[0]
    return bool(kinds & (_PLACE | _STREET)) and not kinds & _FIRST


def _are_halves(first: str, second: str) -> bool:
    """Whether two words make a compound that is no name; before a long word a surname will do (`sluis|bediening`)."""
    if not _is_half(second):
        return False
    return _is_half(first) or (len(second) >= _LONG and dictionary().look_up(first)[1] >= _KNOWN)


def _is_half(folded: str) -> bool:
    """Whether a compound may be made of this word; a rare surname that is a common word (`woon`) will do."""
    kinds, frequency = dictionary().look_up(folded)
    rare = kinds & _NAMES == Kind.SURNAME_RARE and frequency > _COMMON
    return len(folded) >= _SHORTEST and frequency >= _COMMON and (rare or not kinds & _NAMES)
