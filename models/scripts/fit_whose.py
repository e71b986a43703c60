"""Fit the weights of `woo_anon.people.whose` on tagger scores of held-out folds.

    python models/scripts/fit_whose.py models/corpus HELD_OUT.json src/woo_anon/people/whose.json

HELD_OUT.json (made by cross_validate.py) maps a document's name to `[start, end, label, score, stays]` of every
mention that a tagger found which was not trained on that document. What overlaps a mention that gold keeps, or none,
may stay; what overlaps one that gold redacts must go. Prints the figures of a cross-validation by document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from corpus import SEAM, Gold, read
from held_out import names
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from woo_anon.detect.zones import find_zones
from woo_anon.document import Entity, Finding, Span
from woo_anon.people.group import GROUPED, group
from woo_anon.people.lines import over_line_ends
from woo_anon.people.register import load
from woo_anon.people.spread import spread
from woo_anon.people.whose import features, survey

STRENGTH = 1.0  # inverse of the L2 penalty; chosen by cross-validation
NO_NAME_WEIGHT = 0.3


def examples(document: Gold, found: Sequence[Sequence[object]]) -> Iterator[tuple[dict[str, float], int, float, Span]]:
    """Features, whether it may stay, weight and span of every mention of a document."""
    findings = [finding for finding in names(document.text, found) if finding.entity in GROUPED]
    findings += [
        Finding(Span(mention.start, mention.end), Entity.EMAIL, 1.0, "gold", 0.0)
        for mention in document.mentions
        if mention.label == "EMAIL"
    ]
    findings = list(spread(document.text, over_line_ends(document.text, findings)))
    groups = group(document.text, findings)
    seen = survey(document.text, findings, find_zones(document.text), groups, load())
    for made in groups:
        for index in made.mentions:
            stays, weight = _truth(document, findings[index].span)
            yield features(index, made, seen), stays, weight, findings[index].span


def _truth(document: Gold, span: Span) -> tuple[int, float]:
    for mention in document.mentions:
        if mention.start < span.end and span.start < mention.end:
            return (1, 1.0) if mention.label in ("KEEP", "TOP") else (0, 1.0)
    return 1, NO_NAME_WEIGHT


def main(corpus: Path, held_out: Path, target: Path) -> None:
    """Fit, print the figures, write the weights."""
    predictions: Mapping[str, list[list[object]]] = json.loads(held_out.read_text())
    rows, labels, sample_weights, documents = [], [], [], []
    for document in read(corpus):
        for row, stays, weight, _ in examples(document, predictions[document.name]):
            rows.append(row)
            labels.append(stays)
            sample_weights.append(weight)
            documents.append(document.name)
    vectoriser = DictVectorizer()
    matrix, truth = vectoriser.fit_transform(rows), np.array(labels)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    beliefs = cross_val_predict(
        model,
        matrix,
        truth,
        groups=documents,
        cv=GroupKFold(5),
        method="predict_proba",
        params={"sample_weight": np.array(sample_weights)},
    )[:, 1]
    _report(truth, beliefs, np.array(sample_weights))
    model.fit(matrix, truth, sample_weight=sample_weights)
    weights = dict(zip(vectoriser.feature_names_, model.coef_[0], strict=True))
    # The weights are taught by all slices; but how often a name is an office holder's, only ordinary documents tell.
    ordinary = np.array([name[0] not in SEAM for name in documents])
    weights["bias"] += _shift((matrix @ model.coef_[0])[ordinary], truth[ordinary], np.array(sample_weights)[ordinary])
    kept = {name: round(float(value), 4) for name, value in sorted(weights.items()) if abs(value) >= 0.01}
    target.write_text(json.dumps({"weights": kept}, indent=1, ensure_ascii=False) + "\n")


def _shift(logits: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> float:
    """What to add to the bias so that beliefs are right on average (Newton's method)."""
    shift = 0.0
    for _ in range(20):
        beliefs = 1 / (1 + np.exp(-np.clip(logits + shift, -30, 30)))
        shift += float(np.sum(weights * (truth - beliefs)) / np.sum(weights * beliefs * (1 - beliefs)))
    return shift


def _report(truth: np.ndarray, beliefs: np.ndarray, weights: np.ndarray) -> None:
    names = weights == 1.0
    stay, go = names & (truth == 1), names & (truth == 0)
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(
            f"from {threshold:.1f} on it stays: must go and goes {np.mean(beliefs[go] < threshold):.4f}, "
            f"may stay and stays {np.mean(beliefs[stay] >= threshold):.4f}, "
            f"no name and stays {np.mean(beliefs[~names] >= threshold):.4f}"
        )


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
