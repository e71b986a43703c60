"""The output folder as reviewers see it: its documents, and where each stands.

What is read from the journal and the trail is kept until either changes, so that a folder of ten thousand documents
answers at once.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from woo_anon.batch import again, journal_file
from woo_anon.batch.journal import Entry as Listed
from woo_anon.errors import UnreadableError
from woo_anon.policy import profile as profiles
from woo_anon.policy.profile import Profile
from woo_anon.record import examined
from woo_anon.record.examined import Examined
from woo_anon.settings import Settings
from woo_anon.trail import standing
from woo_anon.trail.entry import Act, Entry
from woo_anon.trail.standing import Standing, State
from woo_anon.trail.trail import Trail

_MOST_OPEN = 4  # documents whose text and findings are held


@dataclass(frozen=True)
class Row:
    """A document of the folder: as the journal lists it, and where its review stands."""

    listed: Listed
    standing: Standing
    state: State

    @property
    def number(self) -> int:
        return self.listed.number

    @property
    def reviewable(self) -> bool:
        """Whether there is something to review: a refused or failed document has none."""
        return bool(self.listed.figures and self.review_file)

    @property
    def review_file(self) -> str:
        """Where what the review shows of it stands; "" when it does not."""
        return next((one.path for one in self.listed.outputs if one.path.endswith(examined.SUFFIX)), "")

    @property
    def changed(self) -> bool:
        """Whether a run since the last decisions proposes something else, or they no longer fit."""
        figures = self.listed.figures
        if figures is None:
            return False
        given = (*self.standing.approvals, *self.standing.lapsed)
        return bool(figures.unplaced) or any(entry.act.proposal != figures.proposal for entry in given)


class Folder:
    """The output folder at `location`, reviewed by `who`. Its methods may be called from any thread."""

    def __init__(self, location: Path, who: str, trail: Trail) -> None:
        self.location, self.who, self.trail = location, who, trail
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        self._standings: dict[str, Standing] = {}
        self._listed: tuple[tuple[int, int], dict[int, Listed]] | None = None
        self._read = lru_cache(_MOST_OPEN)(_read)
        self.settings = self._settings()
        self.profile: Profile = profiles.load(self.settings.profile)

    def _settings(self) -> Settings:
        """The settings of the last run into the folder."""
        return again.settings_of(again.requests(str(self.location))[-1])

    def rows(self) -> Sequence[Row]:
        """All documents of the last runs, by name."""
        listed, standings = self._documents(), self._refreshed()
        return [self._row(one, standings) for one in listed.values()]

    def row(self, number: int) -> Row:
        """The document with this number in the journal. Raises KeyError when there is none."""
        return self._row(self._documents()[number], self._refreshed())

    def examined(self, row: Row) -> Examined:
        """What the review shows of a document. Raises UnreadableError when there is nothing, or it is damaged."""
        place = next((one for one in row.listed.outputs if one.path.endswith(examined.SUFFIX)), None)
        if place is None:
            raise UnreadableError(f"{row.listed.name}: there is nothing to review.", "Run woo-anon redact again.")
        return self._read(place.path, place.sha256)

    def entries(self, source: str) -> tuple[Entry, ...]:
        """The trail of one document, and of the whole dossier."""
        self._refreshed()
        with self._lock:
            return tuple(entry for entry in self._entries if entry.act.source in (source, ""))

    def add(self, *acts: Act) -> tuple[Entry, ...]:
        """Add to the trail; it is on the disk when this returns."""
        added = self.trail.add(*acts)
        self._refreshed()
        return added

    def _row(self, listed: Listed, standings: Mapping[str, Standing]) -> Row:
        stands = standing.of(listed.source, standings)
        proposal = listed.figures.proposal if listed.figures else ""
        return Row(listed, stands, stands.state(proposal, four_eyes=self.profile.four_eyes))

    def _documents(self) -> dict[int, Listed]:
        journal = self.location / "internal" / journal_file.NAME
        with self._lock:
            stamp = _stamp(journal)
            if self._listed is None or self._listed[0] != stamp:
                with journal_file.read(str(self.location)) as opened:
                    found = {entry.number: entry for entry in opened.entries() if entry.current}
                self._listed = stamp, found
            return self._listed[1]

    def _refreshed(self) -> Mapping[str, Standing]:
        """Where the documents stand, with what others added meanwhile."""
        with self._lock:
            last = self._entries[-1].number if self._entries else 0
            new = self.trail.entries(after=last)
            if new:
                self._entries += new
                sources = {entry.act.source for entry in new}
                # A ruling on the whole dossier concerns all; anything else its own document.
                if "" in sources:
                    self._standings = dict(standing.standings(self._entries))
                else:
                    for source in sources:
                        own = [entry for entry in self._entries if entry.act.source in (source, "")]
                        self._standings[source] = standing.standing(source, own)
            return self._standings


def _stamp(journal: Path) -> tuple[int, int]:
    """Changes with every write, which SQLite puts in a file beside the database first."""
    files = (journal, journal.with_name(f"{journal.name}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    return max((stat.st_mtime_ns for stat in stats), default=0), sum(stat.st_size for stat in stats)


def _read(path: str, sha256: str) -> Examined:
    made = examined.read(Path(path))
    gc.freeze()  # a hundred thousand objects that stay and hold no cycles: to go through them takes 45 ms each time
    return made
