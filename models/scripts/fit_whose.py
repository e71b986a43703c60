"""Fit the weights of `woo_anon.people.whose` on tagger scores of held-out folds.

    python models/scripts/fit_whose.py [models/corpus] [models/build/held_out.json] [src/woo_anon/people/whose.json]

The findings are what the package's recognisers find, with names from a tagger that was not trained on the document
(see held_out.py). What overlaps a mention that gold keeps, or none, may stay; what overlaps one that gold redacts must
go. Prints the figures of a cross-validation by document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import held_out
import numpy as np
from corpus import SLICES
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from woo_anon.detect.zones import find_zones
from woo_anon.document import Finding
from woo_anon.evaluation.gold import KEEP, TOP, Gold, read
from woo_anon.people.group import group
from woo_anon.people.register import load
from woo_anon.people.resolve import completed
from woo_anon.people.survey import survey
from woo_anon.people.whose import features
from woo_anon.spans import Span

STRENGTH = 1.0  # inverse of the L2 penalty; chosen by cross-validation
NO_NAME_WEIGHT = 0.3
HARD_WEIGHT = 0.5  # of the slices that were written to be hard
FOLDS = 5
_LEAST = 0.01  # weights below it are left out


@dataclass(frozen=True)
class Example:
    """One mention: its features, whether it may stay, and whether gold marks it at all."""

    document: str
    features: Mapping[str, float]
    stays: bool
    named: bool

    @property
    def ordinary(self) -> bool:
        """Whether it is of a slice that was not written to be hard."""
        return self.document[0] in SLICES["ordinary"]

    @property
    def weight(self) -> float:
        """What it counts in fitting."""
        return (1.0 if self.named else NO_NAME_WEIGHT) * (1.0 if self.ordinary else HARD_WEIGHT)


def examples(gold: Gold, findings: Sequence[Finding]) -> Iterator[Example]:
    """Every mention that `findings` hold or lead to."""
    zones = find_zones(gold.text)
    found = completed(gold.text, findings, zones)
    groups = group(gold.text, found)
    seen = survey(gold.text, found, zones, groups, load())
    for made in groups:
        for index in made.mentions:
            label = _label(gold, found[index].span)
            yield Example(gold.name, features(index, made, seen), label in {KEEP, TOP, None}, label is not None)


def _label(gold: Gold, span: Span) -> str | None:
    return next((mention.label for mention in gold.mentions if mention.span.overlaps(span)), None)


def fit(given: Sequence[Example]) -> dict[str, float]:
    """The weights of the features."""
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform([example.features for example in given])
    truth = np.array([example.stays for example in given])
    counts = np.array([example.weight for example in given])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False).fit(matrix, truth, sample_weight=counts)
    weights = dict(zip(vectoriser.feature_names_, map(float, model.coef_[0]), strict=True))
    # The weights are taught by all slices; but how often a name is an office holder's, only ordinary documents tell.
    ordinary = np.array([example.ordinary for example in given])
    if ordinary.any():
        weights["bias"] += _shift((matrix @ model.coef_[0])[ordinary], truth[ordinary], counts[ordinary])
    return {name: round(weight, 4) for name, weight in sorted(weights.items()) if abs(weight) >= _LEAST}


def fit_folds(given: Sequence[Example], fold_of: Mapping[str, int]) -> list[dict[str, float]]:
    """For each fold the weights that the documents of the others give."""
    return [fit([example for example in given if fold_of[example.document] != fold]) for fold in range(FOLDS)]


def folds(documents: Sequence[Gold]) -> dict[str, int]:
    """The fold of each document: that of the tagger which did not see it."""
    return {gold.name: number % FOLDS for number, gold in enumerate(documents)}


def _shift(logits: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> float:
    """What to add to the bias so that beliefs are right on average (Newton's method)."""
    shift = 0.0
    for _ in range(20):
        beliefs = 1 / (1 + np.exp(-np.clip(logits + shift, -30, 30)))
        shift += float(np.sum(weights * (truth - beliefs)) / np.sum(weights * beliefs * (1 - beliefs)))
    return shift


def _report(title: str, given: Sequence[Example], beliefs: np.ndarray) -> None:
    stays = np.array([example.stays for example in given])
    named = np.array([example.named for example in given])
    stay, go = named & stays, ~stays
    print(f"{title}: area under the curve {_area(beliefs[go], beliefs[stay]):.4f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(
            f"  from {threshold:.1f} on it stays: must go and goes {np.mean(beliefs[go] < threshold):.4f}, "
            f"may stay and stays {np.mean(beliefs[stay] >= threshold):.4f}, "
            f"no name and stays {np.mean(beliefs[~named] >= threshold):.4f}"
        )


def _area(low: np.ndarray, high: np.ndarray) -> float:
    return float(np.mean(np.searchsorted(np.sort(low), high, side="left")) / len(low))


def main(folder: Path, names: Path, target: Path) -> None:
    """Fit, print the figures, write the weights."""
    rows = json.loads(names.read_text(encoding="utf-8"))
    documents = read(folder)
    given = [example for gold in documents for example in examples(gold, held_out.findings(gold.text, rows[gold.name]))]
    fold_of = folds(documents)
    fitted = fit_folds(given, fold_of)
    logits = np.array([logit(fitted[fold_of[example.document]], example.features) for example in given])
    ordinary = np.array([example.ordinary for example in given])
    for title, chosen in (("ordinary", ordinary), ("hard", ~ordinary)):
        part = [example for example, taken in zip(given, chosen, strict=True) if taken]
        _report(title, part, 1 / (1 + np.exp(-logits[chosen])))
    target.write_text(json.dumps({"weights": fit(given)}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def logit(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """Log-odds of the belief that a mention with these features may stay."""
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


if __name__ == "__main__":
    defaults = ["models/corpus", "models/build/held_out.json", "src/woo_anon/people/whose.json"]
    arguments = sys.argv[1:] + defaults[len(sys.argv) - 1 :]
    main(*map(Path, arguments))
