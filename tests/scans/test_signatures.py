"""Signatures and parafen in a scan are boxed and marked for review; what stands where nobody signs is left."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from paper import DPI, LINE, MARGIN, NOTE, SIZE, Pen, needs_ocr, scan, sheet, signature
from PIL import Image, ImageDraw

from woo_anon.document import Action, Decision, Entity
from woo_anon.formats.pdf.read import read
from woo_anon.pipeline import Plan, examine, examine_document, process
from woo_anon.settings import Settings

pytestmark = needs_ocr

PT = 72 / DPI
LETTER = (*NOTE, "", "", "Met vriendelijke groet,", "", "", "", "", "mw. J. Zandvoort")
BELOW = MARGIN + 8 * LINE  # pixels: below the greeting of LETTER

Frame = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the sheet


def found(path: Path) -> list[Decision]:
    """What is decided about parts of the pages of a PDF."""
    return [one for one in examine_document(read(path), Settings()).decisions if one.area]


def framed(decision: Decision) -> tuple[float, ...]:
    assert decision.area
    box = decision.area.area
    return (box.left / PT, SIZE[1] - box.top / PT, box.right / PT, SIZE[1] - box.bottom / PT)


def about(decision: Decision, frame: Frame) -> bool:
    """Whether a decision is about this frame, give or take two millimetres."""
    return bool(np.abs(np.subtract(framed(decision), frame)).max() < 15)


def of(left: int, top: int, width: int = 260, height: int = 80) -> Frame:
    """Where `signature` draws."""
    return (left, top, left + width, top + height)


def line(left: int, top: int, right: int, bottom: int, width: int = 3) -> Pen:
    return lambda page: page.line([(left, top), (right, bottom)], fill=30, width=width)


def filled(left: int, top: int, right: int, bottom: int) -> Pen:
    return lambda page: page.rectangle((left, top, right, bottom), fill=60)


def stain(left: int, top: int, side: int) -> Pen:
    """The ring of a cup."""

    def draw(page: ImageDraw.ImageDraw) -> None:
        for step in range(70):
            at = step / 10 * math.pi / 3.5
            x, y = left + side / 2 * (1 + math.cos(at)), top + side / 2 * (1 + math.sin(at))
            page.ellipse((x, y, x + 9 + step % 5, y + 7 + step % 4), fill=130)

    return draw


def chart(left: int, top: int) -> list[Pen]:
    heights = (120, 190, 90, 240, 160)
    bars = [filled(left + 80 * at, top + 260 - high, left + 80 * at + 50, top + 260) for at, high in enumerate(heights)]
    return [*bars, line(left - 20, top, left - 20, top + 262), line(left - 20, top + 262, left + 420, top + 262)]


def grid(left: int, top: int, columns: int, rows: int) -> list[Pen]:
    """The lines of a table."""
    across, down = 240, 2 * LINE
    right, bottom = left + columns * across, top + rows * down
    lying = [line(left, top + at * down, right, top + at * down) for at in range(rows + 1)]
    return [*lying, *(line(left + at * across, top, left + at * across, bottom) for at in range(columns + 1))]


@pytest.mark.parametrize("turned", [0.0, 0.7, -0.7])
def test_a_signature_below_a_closing_is_marked_for_review(tmp_path: Path, turned: float) -> None:
    path = scan(tmp_path / "a.pdf", sheet(*LETTER, turned=turned, pens=[signature(MARGIN, BELOW + 10)]))
    (own,) = found(path)
    assert (own.entity, own.action, own.detector) == (Entity.SIGNATURE, Action.REVIEW, "signature")
    assert about(own, of(MARGIN, BELOW + 10))


@pytest.mark.parametrize("word", ["Paraaf:", "Handtekening:"])
def test_a_signature_beside_a_word_for_signing_is_marked_for_review(tmp_path: Path, word: str) -> None:
    top = MARGIN + 7 * LINE - 25
    path = scan(tmp_path / "a.pdf", sheet(*NOTE, "", "", word, pens=[signature(MARGIN + 240, top, 180, 70, 2.5)]))
    (own,) = found(path)
    assert about(own, of(MARGIN + 240, top, 180, 70))


@pytest.mark.parametrize("turned", [0.0, 0.7])
def test_parafen_in_the_cells_of_a_table_are_marked_for_review(tmp_path: Path, turned: float) -> None:
    top = MARGIN + 7 * LINE - 4
    rows = ("Directie", "", "Wegen", "", "Water", "", "Juridisch")
    parafen = [signature(MARGIN + 280, top + 2 * LINE * row + 12, 90, 48, row + 0.7) for row in (1, 2, 3)]
    pens = [*grid(MARGIN - 10, top, 2, 4), *parafen]
    path = scan(tmp_path / "a.pdf", sheet(*NOTE, "", "Parafen", *rows, turned=turned, pens=pens))
    marked = found(path)
    assert len(marked) == 3
    for row, one in enumerate(marked, 1):
        assert about(one, of(MARGIN + 280, top + 2 * LINE * row + 12, 90, 48))


def test_what_stands_where_nobody_signs_is_left(tmp_path: Path) -> None:
    logo = [filled(600, 30, 640, 150), stain(660, 60, 50)]
    pens = [*logo, *chart(300, 700), *grid(MARGIN, 1100, 3, 3), stain(900, 1500, 150), signature(700, 1350)]
    assert found(scan(tmp_path / "a.pdf", sheet("", "", *NOTE, pens=pens))) == []


def test_words_and_rules_where_people_sign_are_left(tmp_path: Path) -> None:
    form = ("Naam: mw. J. Zandvoort", "", "Handtekening: ....................................", "", "Datum: 3 mei 2024")
    pens = [line(MARGIN, MARGIN + 12 * LINE, MARGIN + 500, MARGIN + 12 * LINE), *grid(MARGIN, MARGIN + 13 * LINE, 2, 2)]
    assert found(scan(tmp_path / "a.pdf", sheet(*NOTE, "", "", *form, pens=pens))) == []


@pytest.mark.parametrize("turned", [0.0, 0.7])
def test_the_published_picture_has_no_ink_where_a_signature_was(tmp_path: Path, turned: float) -> None:
    path = scan(tmp_path / "a.pdf", sheet(*LETTER, turned=turned, pens=[signature(MARGIN, BELOW + 10)]))
    plan = Plan(path, tmp_path / "out.pdf", tmp_path / "log", tmp_path / "report", tmp_path / "prepared.pdf")
    done = process(plan, plan, examine(path, Settings()), Settings())
    assert done.verification.passed and not done.written.pages_as_images
    frame = (MARGIN - 30, BELOW, MARGIN + 290, BELOW + 110)
    assert darkest(path, frame) < 60
    assert darkest(plan.publication, frame) > 120  # the edge of a box has 140
    report = (tmp_path / "report").read_text("utf-8")
    assert "Mogelijke handtekeningen of parafen" in report and '"entity": "SIGNATURE"' in (tmp_path / "log").read_text()


def darkest(path: Path, frame: Frame) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    return int(np.asarray(picture.crop(frame)).min())


def test_a_signature_on_a_page_on_its_side_is_found(tmp_path: Path) -> None:
    upright = sheet(*NOTE * 4, *LETTER[5:], pens=[signature(MARGIN, MARGIN + 23 * LINE + 10)])
    path = scan(tmp_path / "a.pdf", upright.transpose(Image.Transpose.ROTATE_90))
    assert len(found(path)) == 1


def test_in_a_scan_with_a_text_layer_signatures_are_found_too(tmp_path: Path) -> None:
    top = MARGIN + 7 * LINE - 4
    parafen = [signature(MARGIN + 280, top + 2 * LINE * row + 12, 90, 48, row + 0.7) for row in (1, 2)]
    table = sheet(*NOTE, "", "Parafen", "", "", "Wegen", "", "Water", pens=[*grid(MARGIN - 10, top, 2, 3), *parafen])
    closing = sheet(*LETTER, pens=[signature(MARGIN, BELOW + 10)])
    source = scan(tmp_path / "a.pdf", closing, table)
    command = ["-m", "ocrmypdf", "--language", "nld", "--output-type", "pdf", "--quiet", str(source)]
    subprocess.run([sys.executable, *command, str(tmp_path / "b.pdf")], check=True)
    assert read(tmp_path / "b.pdf").recognised_pages == ()
    frames = [of(MARGIN, BELOW + 10), *(of(MARGIN + 280, top + 2 * LINE * row + 12, 90, 48) for row in (1, 2))]
    marked = found(tmp_path / "b.pdf")
    assert [about(one, frame) for one, frame in zip(marked, frames, strict=True)] == [True, True, True]
