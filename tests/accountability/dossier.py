"""A dossier that was redacted, for tests to decide on. Everybody in it is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from woo_anon.batch import journal_file
from woo_anon.batch.journal import Entry
from woo_anon.cli.app import main
from woo_anon.document import Action
from woo_anon.errors import ExitCode
from woo_anon.policy.rulings import Passage, Ruling, Wording
from woo_anon.record import examined
from woo_anon.spans import Span
from woo_anon.trail import trail
from woo_anon.trail.entry import Act, Kind

NOTE = """Aan: de minister
Opgesteld door: Tjitske Oldeboom, t.oldeboom@oudewater.example

Roelof van Hezik heeft hierover gebeld met minister Hermans. Neem contact op met Tjitske Oldeboom.
De dakgoot lekt nog.
"""
REPORT = "Verslag van het overleg over de brug.\n\nDe brug gaat in mei open.\n"


class Dossier:
    """A folder of documents and its output folder."""

    def __init__(self, folder: Path, **documents: str) -> None:
        self.folder, self.out = folder, folder / "out"
        (folder / "in").mkdir()
        for name, text in documents.items():
            (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")

    def redact(self, *more: str, code: ExitCode = ExitCode.DONE) -> Dossier:
        assert main(["redact", str(self.folder / "in"), "-o", str(self.out), *more, *_SERIAL]) == code
        return self

    def apply(self) -> None:
        assert main(["redact", str(self.out), "--apply", *_SERIAL]) == ExitCode.DONE

    def source(self, name: str = "nota") -> str:
        return str(self.folder / "in" / (name if "." in name else f"{name}.txt"))

    def entry(self, name: str = "nota") -> Entry:
        with journal_file.read(str(self.out)) as journal:
            return next(entry for entry in journal.entries() if entry.source == self.source(name))

    def log(self, name: str = "nota") -> dict[str, Any]:
        log: dict[str, Any] = json.loads((self.out / "publication" / f"{name}.anon.json").read_text("utf-8"))
        return log

    def examined(self, name: str = "nota") -> examined.Examined:
        return examined.read(self.out / "internal" / f"{name}.review.zip")

    def rule(self, who: str, text: str, action: Action, *, name: str = "nota", **more: Any) -> None:
        """A ruling on the first place where a document says `text`."""
        start = (document := self.examined(name).document.text).index(text)
        where = Passage.of(document, Span(start, start + len(text)))
        self.decide(Act(who, Kind.RULING, self.source(name), ruling=Ruling(0, where, action, **more)))

    def rule_everywhere(self, who: str, text: str, action: Action, *, name: str = "nota") -> None:
        self.decide(Act(who, Kind.RULING, self.source(name), ruling=Ruling(0, Wording(text), action)))

    def approve(self, *reviewers: str, name: str = "nota") -> None:
        proposal = self.examined(name).proposal
        self.decide(*(Act(who, Kind.APPROVED, self.source(name), proposal=proposal) for who in reviewers))

    def refuse(self, who: str, name: str = "nota") -> None:
        self.decide(Act(who, Kind.REFUSED, self.source(name)))

    def decide(self, *acts: Act) -> None:
        with trail.opened(self.out) as opened:
            opened.add(*acts)


_SERIAL = ["--executor", "serial", "-q"]
