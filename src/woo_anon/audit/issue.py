"""What an audit says: issues, each with a code, a place and a severity. Light: the parent process imports it too."""

from __future__ import annotations

from dataclasses import dataclass, field

from woo_anon.audit.codes import CODES, Severity
from woo_anon.geometry import Box


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page from 1, box in points (origin lower left, before rotation), kind of object.

    `what` names the kind of object and its number ("Info", "object 12", "revision 1 of 2"); "" for what is simply on
    the page. It never holds text of the document.
    """

    page: int | None = None
    box: Box | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong with a file.

    `code` is a key of `CODES`. `characters` counts what was found, without spaces; 0 where nothing can be counted.
    `detail` adds figures and kinds, never text of the document; `text` is what was found, kept out of every `repr`.
    """

    code: str
    place: Place
    characters: int = 0
    detail: str = ""
    text: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown code: {self.code}")

    @property
    def severity(self) -> Severity:
        """Leak, risk or note; fixed for every code."""
        return CODES[self.code].severity


@dataclass(frozen=True, slots=True)
class Audit:
    """The issues of one file, leaks first, then in order of pages."""

    pages: int
    issues: tuple[Issue, ...]

    @property
    def found(self) -> bool:
        """Whether there is a leak or a risk; notes do not count (exit code 10)."""
        return any(issue.severity is not Severity.NOTE for issue in self.issues)


def issue_with_text(code: str, place: Place, text: str, detail: str = "") -> Issue:
    """An issue about a text that was found; counts its characters."""
    shown = " ".join(text.split())
    return Issue(code, place, len("".join(shown.split())), detail, shown)


def in_order(issues: list[Issue]) -> tuple[Issue, ...]:
    """Leaks, risks, notes; within each by page, then by code, then from the top of the page down."""

    def key(issue: Issue) -> tuple[int, int, str, float, float]:
        box = issue.place.box
        rank = list(Severity).index(issue.severity)
        return rank, issue.place.page or 1 << 30, issue.code, -box.top if box else 0.0, box.left if box else 0.0

    return tuple(sorted(issues, key=key))
