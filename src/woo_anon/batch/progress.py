"""How far a run is, for whoever wants to show it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told how far a run is; from several threads."""

    def begin(self, step: str, documents: int) -> None:
        """A step over so many documents begins."""

    def advance(self) -> None:
        """The step is done with one document."""


class Silent:
    """Progress that nobody looks at."""

    def begin(self, step: str, documents: int) -> None:
        """Say nothing."""

    def advance(self) -> None:
        """Say nothing."""


SILENT = Silent()
