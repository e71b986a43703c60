"""The account of a dossier as PDF meets PDF/UA-1 and PDF/A-2, by veraPDF, whatever the documents are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from verapdf import VeraPdf

from woo_anon.accountability.account import Account, Accounted, Judgement, Redactions
from woo_anon.accountability.paper import as_paper

REDACTIONS = tuple(
    Redactions(page, ground, entity, decided_by, tuple(range(page * 3, page * 3 + 3)))
    for page in range(1, 60)
    for ground, entity, decided_by in (("5.1.2e", "PERSON", "programma"), ("5.2.1", "TERM", "beoordelaar 1"))
)
DOCUMENTS = {
    "nobody": (),
    "one": (Accounted("10001", "nota.pdf", Judgement.PUBLIC, 1),),
    "many pages": (
        Accounted("10001", "nota.pdf", Judgement.PARTIAL, 59, REDACTIONS, {"ambtsdrager": 3}, ("beoordelaar 1",)),
        Accounted("3", "document 3", Judgement.NONE, remark="niet te lezen"),
    ),
    "odd names": (
        Accounted("10001", "😀 漢 שלום #let x = [*a*] $x$ @b <c>.pdf", Judgement.PUBLIC, 1),
        Accounted("10002", "x" * 300, Judgement.OPEN, 2, remark="y" * 200),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_an_account_meets_both_standards(tmp_path: Path, vera: VeraPdf, kind: str) -> None:
    target = tmp_path / "verantwoording.pdf"
    target.write_bytes(as_paper(Account(DOCUMENTS[kind], (), "2026-03-31T10:00:00Z")))
    assert vera.broken("ua1", target) == []
    assert vera.broken("2a", target) == []
