"""Digits as they come out of typing and scanning: `O` for 0, `I` and `l` for 1, parted by spaces or points."""

from __future__ import annotations

DIGIT = "[0-9OoIl]"
_LOOKALIKE = str.maketrans("OoIl|", "00111")


def digits(number: str) -> str:
    """The digits of `number`, look-alike letters read as digits, everything else left out."""
    return "".join(char for char in number.translate(_LOOKALIKE) if char in "0123456789")


def is_digits(number: str, of_three: int = 2) -> bool:
    """Whether at least two in three (or `of_three`) of the letters and digits of `number` are true digits."""
    signs = [char for char in number if char.isalnum()]
    return 3 * sum(char in "0123456789" for char in signs) >= of_three * len(signs)
