"""Which mails of a run are one conversation: those that share an identifier, and answers that name none by subject."""

from __future__ import annotations

from collections.abc import Iterable

from woo_anon.formats.member import Thread


def numbered(mails: Iterable[tuple[int, Thread]]) -> dict[int, int]:
    """The number of each mail's conversation, by the mail's own: the lowest number of its mails."""
    mails = list(mails)
    orphans = {thread.subject for _, thread in mails if thread.follows}
    joined = _Sets()
    sharing: dict[str, int] = {}
    for number, thread in mails:
        subject = {f"subject {thread.subject}"} if thread.subject and thread.subject in orphans else set()
        for shared in thread.identifiers | subject:
            joined.join(number, sharing.setdefault(shared, number))
    return {number: joined.of(number) for number, _ in mails}


class _Sets:
    """Disjoint sets of numbers, each called by its lowest."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def of(self, number: int) -> int:
        while (above := self._above.get(number, number)) != number:
            self._above[number] = self._above.get(above, above)
            number = above
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low
