"""Ink that neither words nor rules explain comes in groups; print, filled blocks and dust do not."""

from __future__ import annotations

import numpy as np
import pytest
from paper import Pen, signature
from PIL import Image, ImageDraw

from woo_anon.formats.pdf.handwriting.strokes import Sheet, strokes
from woo_anon.formats.pdf.scans.words import Words

WIDTH, HEIGHT = 800, 1100  # pixels, 100 an inch
Frame = tuple[int, int, int, int]  # left, top, right, bottom
LINE = tuple((x, 300, x + 60, 312) for x in range(100, 700, 64))  # words of print, 12 pixels high


def found(*pens: Pen, words: tuple[Frame, ...] = LINE, sure: tuple[float, ...] = ()) -> list[Frame]:
    """The groups on a sheet on which all `words` are printed; OCR is as `sure` of the last ones."""
    page = Image.new("1", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(page)
    for left, top, right, bottom in words:
        for x in range(left, right, 6):
            draw.line((x, top, x + 3, bottom), fill=1, width=2)
    for pen in pens:
        pen(draw)
    shares = np.array(words, dtype=float).reshape(-1, 4) / (WIDTH, HEIGHT, WIDTH, HEIGHT)
    confidences = np.array([95.0] * (len(words) - len(sure)) + list(sure))
    sheet = Sheet(np.asarray(page), Words(shares, confidences, np.full(len(words), 6.0)), 100 / 72)
    groups = strokes(sheet) * (WIDTH, HEIGHT, WIDTH, HEIGHT)
    return [tuple(group) for group in np.rint(groups).astype(int).tolist()]


def rule(left: int, top: int, right: int, bottom: int) -> Pen:
    return lambda page: page.line((left, top, right, bottom), fill=1, width=2)


def block(left: int, top: int, right: int, bottom: int) -> Pen:
    return lambda page: page.rectangle((left, top, right, bottom), fill=1)


def near(group: Frame, frame: Frame) -> bool:
    return max(abs(a - b) for a, b in zip(group, frame, strict=True)) <= 9


def test_print_is_no_group() -> None:
    assert found() == []


def test_strokes_are_one_group() -> None:
    (group,) = found(signature(200, 500, 150, 60))
    assert near(group, (200, 500, 350, 560))


@pytest.mark.parametrize("climb", [0, 3, 8])
def test_rules_are_no_group_and_a_stroke_across_one_stays_whole(climb: int) -> None:
    pens = [rule(100, 530 + climb, 600, 530 - climb), rule(100, 430, 100, 800), rule(600, 430, 600, 800)]
    assert found(*pens) == []
    (group,) = found(*pens, signature(200, 500, 150, 60))
    assert near(group, (200, 500, 350, 560))


def test_a_stroke_through_words_that_are_read_leaves_the_words() -> None:
    groups = found(signature(200, 280, 150, 90))
    assert groups and all(bottom <= 300 or top >= 312 for _, top, _, bottom in groups)


def test_what_is_filled_is_no_group() -> None:
    assert found(block(200, 500, 300, 560)) == []


def test_dust_is_no_group() -> None:
    chance = np.random.default_rng(1)
    specks = [(x, y) for x, y in chance.integers(0, 800, (300, 2)).tolist()]
    assert found(lambda page: page.point(specks, fill=1)) == []


def test_a_word_that_ocr_is_unsure_of_is_print_when_it_is_as_high_as_print() -> None:
    assert found(words=(*LINE, (100, 500, 160, 512)), sure=(10.0,)) == []
    (group,) = found(words=(*LINE, (100, 500, 160, 540)), sure=(10.0,))
    assert near(group, (100, 500, 160, 540))


def test_where_ocr_found_no_words_all_ink_is_left() -> None:
    (group,) = found(signature(200, 500, 150, 60), words=())
    assert near(group, (200, 500, 350, 560))
