"""Detection and decisions on the samples, which nothing was trained on, do not get worse."""

from pathlib import Path

import pytest

from woo_anon.evaluation.figures import Evaluation, summarise
from woo_anon.evaluation.gold import read
from woo_anon.evaluation.run import evaluate
from woo_anon.settings import Settings

GOLD = Path(__file__).parent.parent / "samples" / "gold"


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    return summarise(list(evaluate(read(GOLD), Settings(executor="serial"))))


def test_recall_on_the_samples_does_not_fall(measured):
    shares = measured.figures.by_label.values()
    assert sum(share.part for share in shares) / sum(share.whole for share in shares) >= 0.97


def test_precision_on_the_samples_does_not_fall(measured):
    assert measured.figures.precision.ratio >= 0.96


def test_every_public_name_in_the_samples_is_kept(measured):
    assert measured.figures.kept.ratio == 1.0
