"""A name beside the pages goes, also when it stands nowhere on them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from attacks import Attack, make
from pikepdf import Array, Dictionary, Name, Pdf, String
from scanner import places_of

from woo_anon import pipeline
from woo_anon.formats.pdf.reading.beside import find_beside
from woo_anon.formats.pdf.write import write
from woo_anon.settings import Settings
from woo_anon.stages import redactions

SURNAME = "Knipscheer"
SAID = f"Behandeld door: mevrouw Wubbo {SURNAME}, beleidsmedewerker"
MAIL = f"w.{SURNAME.lower()}@minbzk.nl"


def _outline(pdf: Pdf, page: pikepdf.Page) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SAID, 0))


def _alternative(pdf: Pdf, page: pikepdf.Page) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Figure, P=root, Pg=page.obj, K=0, Alt=String(f"Foto: {SAID}"))
    )
    root.K = Array([element])
    root.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    page.obj.StructParents = 0
    page.obj.Contents = pdf.make_stream(b"/Figure <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Een foto) Tj ET EMC")


def _inline(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents = pdf.make_stream(
        f"/Span <</Alt ({SAID})>> BDC BT /F1 12 Tf 72 700 Td (Een foto) Tj ET EMC".encode()
    )


def _link(pdf: Pdf, page: pikepdf.Page) -> None:
    address = f"https://overleg.example/mail?aan={MAIL.replace('@', '%40')}"
    page.obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([300, 300, 400, 320]), Contents=String(SAID),
                A=Dictionary(S=Name.URI, URI=String(address)),
            )
        ]
    )  # fmt: skip


def _destination(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(MAIL), Array([page.obj, Name.Fit])])))


def _old_destination(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.Root.Dests = Dictionary({f"/{SAID}": Array([page.obj, Name.Fit])})


def _labels(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(f"{SAID} "), S=Name.D)]))


def published(path: Path, settings: Settings) -> Path:
    seen = pipeline.examine(path, settings)
    target = path.with_suffix(".anon.pdf")
    removals = redactions(seen.document, seen.decisions)
    write(path, target, seen.document, removals, keep_layout=False)
    return target


@pytest.mark.parametrize("attack", [_outline, _alternative, _inline, _link, _destination, _old_destination, _labels])
def test_a_name_that_stands_beside_the_pages_only_is_gone(tmp_path: Path, attack: Attack) -> None:
    source = make(tmp_path / "x.pdf", attack, "BT /F1 12 Tf 72 700 Td (Een nota over riolering) Tj ET")
    assert places_of(SURNAME.lower(), source) or places_of(SURNAME, source)
    target = published(source, Settings())
    assert places_of(SURNAME, target) == places_of(SURNAME.lower(), target) == []


def test_a_term_that_stands_beside_the_pages_only_is_gone(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Over project Zandloper", 0))

    source = make(tmp_path / "x.pdf", attack, "BT /F1 12 Tf 72 700 Td (Een nota over riolering) Tj ET")
    assert places_of("Zandloper", published(source, Settings(terms=("Zandloper",)))) == []


def test_a_title_that_names_nobody_stays(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Aanleiding en kernpunten", 0))

    source = make(tmp_path / "x.pdf", attack, "BT /F1 12 Tf 72 700 Td (Een nota over riolering) Tj ET")
    assert places_of("kernpunten", published(source, Settings()))


def test_a_name_that_readers_of_the_page_may_see_stays_beside_it(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Brief van Hermans over gas", 0))

    source = make(tmp_path / "x.pdf", attack, "BT /F1 12 Tf 72 700 Td (Aan minister Hermans, over riolering) Tj ET")
    assert places_of("Hermans", published(source, Settings()))


def test_each_string_is_read_once(tmp_path: Path) -> None:
    with Pdf.open(make(tmp_path / "x.pdf", _link)) as pdf:
        assert sorted(find_beside(pdf)) == sorted([SAID, f"https://overleg.example/mail?aan={MAIL}"])
