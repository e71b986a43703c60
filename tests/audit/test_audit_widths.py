"""Box widths: what leaves few names, and what leaves many."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited import NAMES, audited, drawn, found

from woo_anon.audit.widths import is_quantised


def line(width: float) -> str:
    """A line of text with a box of this width in it, a space of Helvetica (3.34 pt at 12 pt) on both sides."""
    left = 72 + 12 * (0.5 + 0.556 + 0.5 + 0.278 + 0.556) + 3.34  # "door" is narrower; the place needs not be exact
    right = left + width + 3.34
    return (
        f"BT /F1 12 Tf 72 700 Td (Beste) Tj ET 0.5 g {left:.2f} 697 {width:.2f} 12 re f 0 g "
        f"BT /F1 12 Tf {right:.2f} 700 Td (tot ziens) Tj ET"
    )


def test_a_box_as_wide_as_a_name_is_a_risk(tmp_path: Path) -> None:
    (issue,) = [issue for issue in audited(drawn(tmp_path, line(88.3)), NAMES) if issue.code == "box-width"]
    assert "of 90 names" in issue.detail
    assert issue.place.page == 1


@pytest.mark.parametrize("width", [50.0, 75.0, 100.0])
def test_a_box_whose_width_is_a_multiple_of_25_is_fine(tmp_path: Path, width: float) -> None:
    assert found(drawn(tmp_path, line(width)), NAMES) == set()


def test_without_names_nothing_is_said_of_widths(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, line(88.3))) == set()


def test_a_heading_on_a_dark_ground_is_no_redaction(tmp_path: Path) -> None:
    content = (
        "0 g 72 697 88.3 12 re f 1 g BT /F1 10 Tf 75 700 Td (Deel een) Tj ET 0 g BT /F1 12 Tf 165 700 Td (Naam) Tj ET"
    )
    assert found(drawn(tmp_path, content), NAMES) == set()


def test_a_box_without_text_beside_it_is_left(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, "0.5 g 72 697 88.3 12 re f"), NAMES) == set()


def test_three_boxes_of_one_width_tell_nothing_and_two_do() -> None:
    assert is_quantised([61.3, 61.3, 61.4], [12, 10, 11])
    assert not is_quantised([61.3, 61.3], [12, 12])


def test_all_boxes_must_be_multiples_of_a_step_in_points() -> None:
    assert is_quantised([75.0, 25.0], [9.3, 9.3])
    assert not is_quantised([75.0, 61.3], [9.3, 9.3])


def test_most_boxes_must_be_multiples_of_a_step_in_ems() -> None:
    assert is_quantised([57.0, 63.0, 50.2], [9.5, 10.5, 9.5])
    assert is_quantised([57.0, 63.0, 50.2, 31.4], [9.5, 10.5, 9.5, 9.5])
    assert not is_quantised([57.0, 61.3, 50.2, 47.1, 33.3], [9.5, 10.5, 9.5, 9.5, 9.5])
