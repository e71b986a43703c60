"""Figures of the whole pipeline on the corpus, with the tagger's findings of held-out folds.

    python models/scripts/whole_pipeline.py [models/corpus] [models/build/held_out.json]

Every other stage is the package's own: recognisers, who is who, policy. The weights of `woo_anon.people.whose` were
fitted on the same held-out findings, 136 of them on 42,000 mentions, so that what they gain by it is small. Prints
the figures of `woo-anon evaluate`, and how often a decision on a person with a given score was right.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import SEAM
from held_out import names

from woo_anon import pipeline
from woo_anon.detect.zones import find_zones
from woo_anon.document import Decision, Document, Page
from woo_anon.evaluation.figures import Figures, measure, summarise
from woo_anon.evaluation.gold import KEEP, TOP, Gold, read
from woo_anon.people.resolve import resolve
from woo_anon.policy.decide import decide
from woo_anon.policy.profile import load


def decided(gold: Gold, held_out: Sequence[Sequence[object]]) -> tuple[Decision, ...]:
    """The decisions on a document, with names from a tagger that has not seen it."""
    document = Document(f"{gold.name}.txt", "text", gold.text, (Page(1, 0, len(gold.text)),))
    others = [finding for finding in pipeline.detector().detect(document).findings if finding.detector != "ner"]
    findings = sorted([*others, *names(gold.text, held_out)], key=lambda finding: finding.span)
    persons = resolve(document, findings, find_zones(gold.text))
    return decide(document, findings, persons, load("beslisnota"))


def _line(figures: Figures) -> str:
    part = sum(share.part for share in figures.by_label.values())
    whole = sum(share.whole for share in figures.by_label.values())
    shares = {
        "clean": figures.clean,
        "precision": figures.precision,
        "kept": figures.kept,
        "top kept": figures.top_kept,
        "persons protected": figures.persons,
    }
    return f"recall {part / whole:.4f}  " + "  ".join(f"{name} {share.ratio:.4f}" for name, share in shares.items())


def _right(gold: Gold, decision: Decision) -> bool:
    labels = {mention.label for mention in gold.mentions if mention.span.overlaps(decision.span)}
    return decision.removes is bool(labels - {KEEP, TOP})


def main(corpus: Path, held_out: Path) -> None:
    """Measure and print."""
    found: Mapping[str, list[list[object]]] = json.loads(held_out.read_text(encoding="utf-8"))
    measurements, bins = [], defaultdict(list)
    for gold in read(corpus):
        decisions = decided(gold, found[gold.name])
        measurements.append(measure(gold, decisions))
        for decision in decisions:
            if decision.person is not None:
                bins[int(decision.score * 10) / 10].append(_right(gold, decision))
    seam = [measurement for measurement in measurements if measurement.document[0] in SEAM]
    ordinary = [measurement for measurement in measurements if measurement.document[0] not in SEAM]
    for title, group in (("ordinary", ordinary), ("seam", seam)):
        print(f"{title:10}{_line(summarise(group).figures)}")
    for score, right in sorted(bins.items()):
        print(f"score from {score:.1f}: {len(right):6} decisions, right {sum(right) / len(right):.3f}")


if __name__ == "__main__":
    arguments = sys.argv[1:] + ["models/corpus", "models/build/held_out.json"][len(sys.argv) - 1 :]
    main(*map(Path, arguments))
