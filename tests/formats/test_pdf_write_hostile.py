"""Sources made to keep the writer or the verification busy, or to fill memory: each ends soon, and nothing leaks."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from attacks import CONTENT, MARKER, make
from redacting import redact
from scanner import places_of

from woo_anon.errors import WooAnonError
from woo_anon.verify import verify

PLENTY_S = 60.0


def outline_in_a_circle(pdf: Pdf, page: pikepdf.Page) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("een"), Dest=Array([page.obj, Name.Fit])))
    item.First = item.Next = item
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


def names_in_a_circle(pdf: Pdf, page: pikepdf.Page) -> None:
    node = pdf.make_indirect(Dictionary())
    node.Kids = Array([node])
    pdf.Root.Names = Dictionary(Dests=node)


def labels_in_a_circle(pdf: Pdf, page: pikepdf.Page) -> None:
    node = pdf.make_indirect(Dictionary())
    node.Kids = Array([node])
    pdf.Root.PageLabels = node


def structure_in_a_circle(pdf: Pdf, page: pikepdf.Page) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page.obj))
    element.K = Array([element, 0])
    root.K = element
    root.RoleMap = Dictionary(A=Name.B, B=Name.A)
    root.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot = root
    page.obj.StructParents = 0
    page.obj.Contents = pdf.make_stream(f"/P <</MCID 0>> BDC {CONTENT} EMC".encode())


def structure_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owner = root
    for _ in range(20_000):
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=owner))
        owner.K = element
        owner = element
    pdf.Root.StructTreeRoot = root


def soft_mask_in_a_circle(pdf: Pdf, page: pikepdf.Page) -> None:
    group = pdf.make_stream(b"/Gs gs 0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    states = Dictionary(Gs=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)))
    group.Resources = Dictionary(ExtGState=states)
    page.obj.Resources.ExtGState = states
    page.obj.Contents = pdf.make_stream(f"q /Gs gs {CONTENT} Q".encode())


def glyph_that_draws_itself(pdf: Pdf, page: pikepdf.Page) -> None:
    glyph = pdf.make_stream(b"500 0 d0 BT /T 1 Tf (A) Tj ET")
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FirstChar=65, LastChar=65)
    )
    font.FontMatrix, font.Widths = Array([0.001, 0, 0, 0.001, 0, 0]), Array([500])
    font.Encoding, font.CharProcs = Dictionary(Differences=Array([65, Name.A])), Dictionary(A=glyph)
    font.Resources = Dictionary(Font=Dictionary(T=font))
    page.obj.Resources.Font.T = font
    page.obj.Contents = pdf.make_stream(f"{CONTENT} BT /T 9 Tf 300 99 Td (A) Tj ET".encode())


def pattern_that_paints_itself(pdf: Pdf, page: pikepdf.Page) -> None:
    tile = pdf.make_stream(b"/Pattern cs /P scn 0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1)
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 9, 9]), 9, 9
    page.obj.Resources.Pattern = Dictionary(P=tile)
    tile.Resources = Dictionary(Pattern=Dictionary(P=tile))
    page.obj.Contents = pdf.make_stream(f"q /Pattern cs /P scn 300 300 99 99 re f Q {CONTENT}".encode())


def image_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    image = pdf.make_stream(b"\0", Subtype=Name.Image, Width=200_000, Height=200_000, BitsPerComponent=1)
    image.ColorSpace = Name.DeviceGray
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"q 400 0 0 400 50 400 cm /Im Do Q {CONTENT}".encode())


def mask_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    mask = pdf.make_stream(b"\0", Subtype=Name.Image, Width=100_000, Height=100_000, BitsPerComponent=8)
    mask.ColorSpace = Name.DeviceGray
    image = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, SMask=mask)
    image.ColorSpace = Name.DeviceGray
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"q 400 0 0 400 50 400 cm /Im Do Q {CONTENT}".encode())


def page_as_large_as_a_field(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.MediaBox = Array([0, 0, 14_400, 14_400])


def widths_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    composite(pdf, page).DescendantFonts[0].W = Array([0, 2_000_000_000, 500] * 20)


def characters_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    table = (
        b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0041>"
    )
    composite(pdf, page).ToUnicode = pdf.make_stream(table + b" endbfrange endcmap")


def codes_without_end(pdf: Pdf, page: pikepdf.Page) -> None:
    table = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange"
    ranges = b" 1 begincidrange <00000000> <ffffffff> 0 endcidrange endcmap"
    composite(pdf, page).Encoding = pdf.make_stream(table + ranges)


def composite(pdf: Pdf, page: pikepdf.Page) -> Dictionary:
    """A composite font that shows two characters below the text."""
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.X, CIDSystemInfo=system)
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"))
    )
    font.DescendantFonts = Array([pdf.make_indirect(below)])
    page.obj.Resources.Font.C = font
    page.obj.Contents = pdf.make_stream(f"{CONTENT} BT /C 9 Tf 72 200 Td <00410042> Tj ET".encode())
    return font


HOSTILE = [
    outline_in_a_circle, names_in_a_circle, labels_in_a_circle, structure_in_a_circle, structure_without_end,
    soft_mask_in_a_circle, glyph_that_draws_itself, pattern_that_paints_itself, image_without_end, mask_without_end,
    page_as_large_as_a_field, widths_without_end, characters_without_end, codes_without_end,
]  # fmt: skip


@pytest.mark.parametrize("attack", HOSTILE)
def test_it_ends_soon_in_a_clean_file_or_a_clear_error(tmp_path: Path, attack) -> None:
    source = make(tmp_path / "note.pdf", attack)
    start = time.monotonic()
    try:
        done = redact(source, [MARKER])
    except WooAnonError as error:
        assert MARKER not in str(error)
    else:
        if verify(source, done.target, done.document, done.redactions).passed:
            assert places_of(MARKER, done.target) == []
    assert time.monotonic() - start < PLENTY_S


def test_a_tagged_page_that_does_not_know_its_place_in_the_tree_is_redacted(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        structure_in_a_circle(pdf, page)
        del page.obj.StructParents
        pdf.Root.StructTreeRoot.K.K = 0

    done = redact(make(tmp_path / "note.pdf", attack), [MARKER])
    assert places_of(MARKER, done.target) == []
