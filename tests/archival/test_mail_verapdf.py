"""A mail's PDF meets PDF/UA-1 and PDF/A-2, by veraPDF, whatever the mail says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from verapdf import VeraPdf

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]

from mail_files import compound, html, mail, of_parts, outlook_mail, part, saved
from mails import redact_mail

MAILS = {
    "plain": mail("Dag Vlot,\n\nAkkoord.\n\n> > Ouder\n> Oud").as_bytes(),
    "html": html("<p>Dag <b>Vlot</b></p><ul><li>een</ul><table><tr><td>a<td>b</table><blockquote>oud</blockquote>"),
    "attachments": of_parts("multipart/mixed", part("text/plain", "Dag"), part("application/pdf; name=a.pdf", b"x")),
    "odd characters": mail("😀 漢 שלום Ж ✓ ﬁ ½ \u200b").as_bytes(),
    "long": mail("Vlot schreef " + "x" * 400 + "\n\nregel" * 300).as_bytes(),
    "without text": mail("").as_bytes(),
    "outlook": compound(outlook_mail()),
}  # fmt: skip


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_meets_both_standards(tmp_path: Path, vera: VeraPdf, kind: str) -> None:
    done = redact_mail(saved(tmp_path, MAILS[kind], "mail"), ["Vlot"])
    assert vera.broken("ua1", done.target) == []
    assert vera.broken("2a", done.target) == []
