"""Figures of the whole pipeline on the corpus, with the tagger's findings of held-out folds.

    python models/scripts/whole_pipeline.py [models/corpus] [models/build/held_out.json]

Every other stage is the package's own: recognisers, who is who, policy. The weights of `woo_anon.people.whose` are
fitted anew for each fold on the documents of the others. Prints the figures of `woo-anon evaluate`, and how often a
decision on a person with a given score was right.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import held_out
from corpus import SLICES
from fit_whose import examples, fit_folds, folds

from woo_anon.detect.zones import find_zones
from woo_anon.document import Decision, Document, Finding, Page
from woo_anon.evaluation.figures import Figures, measure, summarise
from woo_anon.evaluation.gold import KEEP, TOP, Gold, read
from woo_anon.people import whose
from woo_anon.people.resolve import resolve
from woo_anon.policy.decide import decide
from woo_anon.policy.profile import load


def decided(gold: Gold, findings: Sequence[Finding]) -> tuple[Decision, ...]:
    """The decisions on a document in which detection found `findings`."""
    document = Document(f"{gold.name}.txt", "text", gold.text, (Page(1, 0, len(gold.text)),))
    persons = resolve(document, findings, find_zones(gold.text))
    return decide(document, findings, persons, load("beslisnota"))


def _line(figures: Figures) -> str:
    shares = {
        "recall": figures.recall,
        "clean": figures.clean,
        "precision": figures.precision,
        "kept": figures.kept,
        "top kept": figures.top_kept,
        "persons protected": figures.persons,
    }
    return "  ".join(f"{name} {share.ratio:.4f}" for name, share in shares.items())


def _right(gold: Gold, decision: Decision) -> bool:
    labels = {mention.label for mention in gold.mentions if mention.span.overlaps(decision.span)}
    return decision.removes is bool(labels - {KEEP, TOP})


def main(corpus: Path, names: Path) -> None:
    """Measure and print."""
    rows = json.loads(names.read_text(encoding="utf-8"))
    documents = read(corpus)
    found = {gold.name: held_out.findings(gold.text, rows[gold.name]) for gold in documents}
    fold_of = folds(documents)
    fitted = fit_folds([example for gold in documents for example in examples(gold, found[gold.name])], fold_of)
    measurements, bins = [], defaultdict(list)
    for gold in documents:
        with patch.object(whose, "weights", lambda weights=fitted[fold_of[gold.name]]: weights):
            decisions = decided(gold, found[gold.name])
        measurements.append(measure(gold, decisions))
        for decision in decisions:
            if decision.person is not None:
                bins[int(decision.score * 10) / 10].append(_right(gold, decision))
    for title, slices in SLICES.items():
        group = [measurement for measurement in measurements if measurement.document[0] in slices]
        print(f"{title:10}{_line(summarise(group).figures)}")
    for score, right in sorted(bins.items()):
        print(f"score from {score:.1f}: {len(right):6} decisions, right {sum(right) / len(right):.3f}")


if __name__ == "__main__":
    arguments = sys.argv[1:] + ["models/corpus", "models/build/held_out.json"][len(sys.argv) - 1 :]
    main(*map(Path, arguments))
