"""Pictures and drawings of the size of handwriting are told, and put to review where people sign."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon.cli.app import main
from woo_anon.document import Action, Entity
from woo_anon.formats.pdf.handwriting.cells import groups
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.pipeline import Plan, examine, process
from woo_anon.settings import Settings

LETTER = (
    "Aan: de gemeenteraad van Westerhaar",
    "De aanpak van de wegen is besproken met de gemeente en de provincie.",
    "Wij verwachten het besluit voor de zomer, en sturen dan een nieuwe nota.",
    "Met vriendelijke groet,",
)
NAME = "Janneke Zandvoort, beleidsmedewerker"
SIGNED = Box(72, 600, 192, 640)

Draw = Callable[[Canvas], None]


def letter(path: Path, *draws: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    for row, line in enumerate(LETTER):
        canvas.drawString(72, 720 - 20 * row, line)
    canvas.drawString(72, 580, NAME)
    for draw in draws:
        draw(canvas)
    canvas.save()
    return path


def curve(width: int, height: int) -> list[tuple[float, float]]:
    return [(width * at / 60, height * (0.5 + 0.25 * math.sin(at / 2) + 0.2 * math.cos(at / 7))) for at in range(61)]


def picture(box: Box, colour: str = "white") -> Draw:
    """A picture of a signature."""
    image = Image.new("RGB", (240, 80), colour)
    ImageDraw.Draw(image).line(curve(240, 80), fill="navy", width=4)
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    return lambda canvas: canvas.drawImage(ImageReader(data), box.left, box.bottom, box.width, box.height)


def drawing(box: Box) -> Draw:
    """A signature drawn as lines."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        points = [(box.left + x, box.bottom + y) for x, y in curve(int(box.width), int(box.height))]
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        canvas.setStrokeColorRGB(0, 0, 0.5)
        canvas.drawPath(path)

    return draw


def table(canvas: Canvas) -> None:
    """Cells, each a rectangle, and one with round corners."""
    for row in range(3):
        for column in range(3):
            canvas.rect(220 + 60 * column, 600 + 12 * row, 60, 12)
    canvas.roundRect(72, 600, 120, 36, 4)


@pytest.mark.parametrize("draw", [picture(SIGNED), drawing(SIGNED)])
def test_a_picture_or_drawing_below_a_closing_goes_for_review(tmp_path: Path, draw: Draw) -> None:
    source = letter(tmp_path / "a.pdf", draw)
    seen = examine(source, Settings())
    (own,) = [one for one in seen.decisions if one.area]
    assert (own.entity, own.action, own.ground) == (Entity.SIGNATURE, Action.REVIEW, "5.1.2e")
    plan = Plan(source, tmp_path / "out.pdf", tmp_path / "log", tmp_path / "report", tmp_path / "prepared.pdf")
    done = process(plan, plan, seen, Settings())
    assert not done.written.pages_as_images
    assert blue(source) > 100 and blue(plan.publication) == 0


def blue(path: Path) -> int:
    """How many pixels of the first page are blue."""
    with pypdfium2.PdfDocument(path) as pdf:
        pixels = np.asarray(pdf[0].render(scale=2).to_pil().convert("RGB")).astype(int)
    return int(((pixels[..., 2] - pixels[..., 0]) > 60).sum())


def test_what_is_drawn_is_told_with_its_place(tmp_path: Path) -> None:
    high = Box(300, 400, 380, 430)
    document = read(letter(tmp_path / "a.pdf", picture(high), picture(SIGNED)))
    assert document.pages[0].drawn == (SIGNED, high)


def test_tables_frames_and_pages_of_text_hold_nothing_drawn(tmp_path: Path) -> None:
    assert read(letter(tmp_path / "a.pdf", table)).pages[0].drawn == ()
    assert read(Path("samples/nota.pdf")).pages[0].drawn == ()


def test_a_background_is_no_signature_and_a_signature_in_it_is_one(tmp_path: Path) -> None:
    paper = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(paper).line([(150 + x, 425 + y) for x, y in curve(250, 70)], fill=40, width=4)
    document = read(letter(tmp_path / "a.pdf"))
    assert document.pages[0].drawn == ()
    canvas = Canvas(str(tmp_path / "b.pdf"), pagesize=(595, 842))
    canvas.drawImage(ImageReader(paper), 0, 0, 595, 842)
    for row, line in enumerate(LETTER):
        canvas.drawString(72, 720 - 20 * row, line)
    canvas.save()
    (own,) = read(tmp_path / "b.pdf").pages[0].drawn
    assert 70 < own.left < 76 and 185 < own.right < 196 and own.top < 642


def test_names_beside_a_signature_still_have_boxes_of_one_width(tmp_path: Path) -> None:
    source = letter(tmp_path / "a.pdf", picture(SIGNED))
    plan = Plan(source, tmp_path / "out.pdf", tmp_path / "log", tmp_path / "report", tmp_path / "prepared.pdf")
    done = process(plan, plan, examine(source, Settings()), Settings())
    assert done.written.pages_with_exact_widths == ()


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=8))
def test_every_cell_is_in_a_group_and_groups_reach_no_further_than_their_cells(rows: list[list[bool]]) -> None:
    cells = np.array(rows)
    inside = np.zeros_like(cells)
    for group in groups(cells):
        assert cells[group][[0, -1]].any(axis=1).all() and cells[group][:, [0, -1]].any(axis=0).all()
        inside[group] = True
    assert (inside | ~cells).all()


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (["##.#", "..#.", "#..."], 2),
        (["#.#", "#.#", "###"], 1),
        (["#.#.#", ".....", "#.#.#"], 6),
        (["#..#", ".##.", "#..#"], 1),
    ],
)
def test_cells_that_touch_are_one_group(drawn: list[str], count: int) -> None:
    assert len(groups(np.array([[sign == "#" for sign in row] for row in drawn]))) == count


def test_a_signature_goes_through_marks_as_it_was_proposed_and_stays_without_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    letter(tmp_path / "brief.pdf", picture(SIGNED))
    copy = "first/internal/brief.marks.pdf"
    ways = [["-o", "first", "--marks"], ["-o", "second", "--from-marks", copy]]
    for way in ways:
        assert main(["redact", "brief.pdf", *way, "--executor", "serial", "-q"]) == 0
    first, second = (Path(folder, "publication/brief.anon.pdf") for folder in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    log = json.loads(Path("second/publication/brief.anon.json").read_text("utf-8"))
    assert [(one["entity"], one["decided_by"]) for one in log["redactions"]].count(("SIGNATURE", "reviewer")) == 1
    with pikepdf.open(copy, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Annots = pikepdf.Array([mark for mark in page.Annots if "Handtekening" not in str(mark.Contents)])
        pdf.save(copy)
    assert main(["redact", "brief.pdf", "-o", "third", "--from-marks", copy, "--executor", "serial", "-q"]) == 0
    log = json.loads(Path("third/publication/brief.anon.json").read_text("utf-8"))
    assert log["redactions"] and not [one for one in log["redactions"] if one["entity"] == "SIGNATURE"]
