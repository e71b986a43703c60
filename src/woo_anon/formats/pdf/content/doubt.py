"""What the writer says when it meets something that it does not understand."""

from __future__ import annotations


class NotUnderstoodError(Exception):
    """Something on a page cannot be followed with certainty; the page becomes an image.

    `reason` is a stable code such as `font:vertical` that may stand in the public log: it never holds document text.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
