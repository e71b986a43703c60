"""What is drawn where people sign may be a signature; elsewhere it is left."""

from __future__ import annotations

from array import array

import pytest

from woo_anon.detect.signature import DETECTOR, signatures
from woo_anon.detect.zones import find_zones
from woo_anon.document import Document, Page, Signature
from woo_anon.geometry import Box

WIDTH, HEIGHT, LINE, LETTER = 595.0, 842.0, 14.0, 6.0  # points
TOP, LEFT = 780.0, 72.0


def document(*lines: str, drawn: tuple[Box, ...], rotation: int = 0) -> Document:
    """A page with these lines of letters of one width, from the top; as it is seen, and turned back by `rotation`."""
    text = "\n".join(lines)
    boxes = array("d")
    for row, line in enumerate(lines):
        bottom = TOP - row * LINE
        for column in range(len(line)):
            left = LEFT + column * LETTER
            boxes.extend(turned_back(Box(left, bottom, left + LETTER, bottom + 10), rotation))
        boxes.extend([float("nan")] * 4)
    boxes = boxes[:-4]
    own = tuple(Box(*turned_back(box, rotation)) for box in drawn)
    return Document("a.pdf", "pdf", text, (Page(1, 0, len(text), WIDTH, HEIGHT, rotation, boxes, drawn=own),))


def turned_back(box: Box, rotation: int) -> tuple[float, float, float, float]:
    """A box on the page as it is seen, on the page before its rotation (of an A4 sheet)."""
    return {
        0: (box.left, box.bottom, box.right, box.top),
        90: (HEIGHT - box.top, box.left, HEIGHT - box.bottom, box.right),
        180: (WIDTH - box.right, HEIGHT - box.top, WIDTH - box.left, HEIGHT - box.bottom),
        270: (box.bottom, WIDTH - box.right, box.top, WIDTH - box.left),
    }[rotation]


def found(note: Document) -> list[Signature]:
    return list(signatures(note, find_zones(note.text)))


def beside(row: int, left: float = 200, width: float = 90, height: float = 30) -> Box:
    """A drawing that begins at the height of a line."""
    top = TOP - row * LINE + 12
    return Box(left, top - height, left + width, top)


FILLING = ("Nota over de voortgang van het programma", "De aanpak van de wegen is besproken.", "")


@pytest.mark.parametrize(
    "line",
    ["Paraaf:", "Handtekening", "Voor akkoord", "Handtekening aanvrager", "Ondertekend te Zwolle", "Lijnparaaf hoofd"],
)
def test_what_stands_beside_or_below_a_word_for_signing_is_found(line: str) -> None:
    note = document(*FILLING, line, "", "", drawn=(beside(3), beside(6, left=LEFT)))
    assert [one.place.area for one in found(note)] == [beside(3), beside(6, left=LEFT)]
    assert {one.detector for one in found(note)} == {DETECTOR}


def test_what_stands_above_the_word_on_a_line_to_sign_is_found() -> None:
    note = document(*FILLING, "", "", "", "(handtekening)", drawn=(beside(4, left=LEFT),))
    assert len(found(note)) == 1


@pytest.mark.parametrize("closing", ["Met vriendelijke groet,", "Hoogachtend,", "De minister van Financiën,"])
def test_what_stands_below_a_closing_is_found(closing: str) -> None:
    below = beside(5, left=LEFT, height=80)
    note = document(*FILLING, closing, "", "", "", "", "", "", "Janneke Zandvoort", drawn=(below,))
    assert [one.place.area for one in found(note)] == [below]


def test_what_stands_in_a_table_of_parafen_is_found() -> None:
    table = (
        "Parafen",
        "Afdeling        datum",
        "Wegen           3 mei",
        "Water           4 mei",
        "Juridisch       6 mei",
    )
    cells = tuple(beside(row, left=300, width=40, height=13) for row in range(4, 8))
    assert [one.place.area for one in found(document(*FILLING, *table, drawn=cells))] == list(cells)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_beside_and_below_are_meant_as_the_page_is_seen(rotation: int) -> None:
    near, far = beside(3, left=300), beside(45, left=300)
    note = document(*FILLING, "Handtekening:", drawn=(near, far), rotation=rotation)
    assert [one.place.area for one in found(note)] == [Box(*turned_back(near, rotation))]


def test_what_stands_elsewhere_is_left() -> None:
    logo, chart, stain = beside(-3, left=260), beside(20), Box(480, 60, 560, 140)
    note = document(*FILLING, "Wij zijn akkoord gegaan met het voorstel van de raad.", drawn=(logo, chart, stain))
    assert found(note) == []


def test_a_logo_above_a_word_for_signing_is_left() -> None:
    note = document("", "", "", "", "", "", "Ter ondertekening", drawn=(Box(270, 760, 300, 842),))
    assert found(note) == []


def test_without_drawings_nothing_is_found() -> None:
    assert found(document("Paraaf:", "Met vriendelijke groet,", drawn=())) == []
