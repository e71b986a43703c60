"""Comments and links."""

from __future__ import annotations

from pathlib import Path

import attacks
import pikepdf
from attacks import make
from audited import found, only
from pikepdf import Array, Dictionary, Name, Pdf, String


def link(address: str) -> attacks.Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        action = Dictionary(S=Name.URI, URI=String(address))
        rect = Array([72, 695, 200, 712])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=action)])

    return attack


def test_a_link_to_a_mail_address_that_the_page_does_not_show_is_a_risk(tmp_path: Path) -> None:
    path = make(tmp_path / "file.pdf", link("mailto:j.zandvoort@minwes.nl?subject=x"))
    assert only(path, "mail-link").text == "j.zandvoort@minwes.nl"


def test_a_link_to_a_mail_address_that_the_page_shows_is_none(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 700 Td (j.zandvoort@minwes.nl) Tj ET"
    assert found(make(tmp_path / "file.pdf", link("mailto:j.zandvoort@minwes.nl"), content)) == set()


def test_a_link_to_a_web_page_is_none(tmp_path: Path) -> None:
    assert found(make(tmp_path / "file.pdf", link("https://www.rijksoverheid.nl"))) == set()
