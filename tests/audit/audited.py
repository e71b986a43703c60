"""Audits small PDFs and picks issues by code. Names in them are fictitious, made for these tests."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from attacks import MARKER, Attack, make
from pikepdf import Array, Dictionary, Name, Pdf, String

from woo_anon.audit import audit_file
from woo_anon.audit.codes import Severity
from woo_anon.audit.issue import Issue

# Fictitious: all pairs of made-up given names and surnames.
NAMES = tuple(
    f"{given} {surname}"
    for given in ("An", "Bram", "Cornelia", "Dirk-Jan", "Eva", "Ferdinand", "Guus", "Hilde", "Ilse", "Johannes")
    for surname in ("Aker", "Brokkel", "Dwarsligger", "Entenaar", "Fluit", "Gruttebroek", "Ham", "Ijzerdraat", "Kwak")
)


def audited(path: Path, names: tuple[str, ...] = ()) -> tuple[Issue, ...]:
    """All issues of a file."""
    return audit_file(path.read_bytes(), path.name, names).issues


def found(path: Path, names: tuple[str, ...] = ()) -> set[str]:
    """The codes of its leaks and risks."""
    return {issue.code for issue in audited(path, names) if issue.severity is not Severity.NOTE}


def drawn(tmp_path: Path, content: str, attack: Attack | None = None) -> Path:
    """A page with this content; font F1 is Helvetica."""
    return make(tmp_path / "file.pdf", attack, content)


def only(path: Path, code: str) -> Issue:
    """The one issue with this code."""
    (issue,) = [issue for issue in audited(path) if issue.code == code]
    return issue


def field(**values: object) -> Attack:
    """A page with one form field that has these entries."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String("naam"), Rect=Array([72, 500, 200, 520]))
        for key, value in values.items():
            widget[f"/{key}"] = value
        page.obj.Annots = Array([pdf.make_indirect(widget)])
        pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots)

    return attack


__all__ = ["MARKER", "NAMES", "audited", "drawn", "field", "found", "only"]
