"""Measures the tagger by cross-validation over the documents of the corpus.

    python models/scripts/cross_validate.py

Writes into the build folder: network and chain of every fold (`network0.npz`, `chain0.npz` …), `held_out.json` (per
document `[start, end, label, score, stays, thing]` of what a tagger found that did not see it), and the misses. Prints
the figures. With `--measure` it does not train but takes the taggers that are there: for trying thresholds or a
temperature (woo_anon.detect.labeller.Thresholds).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import material
import measure

from woo_anon.detect.chain import Chain
from woo_anon.detect.labeller import Labeller, Thresholds
from woo_anon.detect.network import Network
from woo_anon.detect.words import Words


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("--measure", action="store_true", help="take the taggers that are there")
    parser.add_argument("--device", default="cpu", help="what PyTorch calls it, such as cuda")
    arguments = parser.parse_args()
    prepared = material.gather(arguments)
    if not arguments.measure:
        train(prepared, arguments)
    report(prepared, labellers(prepared, arguments.build), arguments.build)


def train(prepared: material.Material, arguments: argparse.Namespace) -> None:
    """Train and write the taggers of every fold."""
    import training

    made = training.course(prepared, arguments)
    for fold, trained in enumerate(training.run_all(made, range(prepared.folds), arguments.jobs)):
        (arguments.build / f"network{fold}.npz").write_bytes(trained.network.to_bytes())
        (arguments.build / f"chain{fold}.npz").write_bytes(trained.chain.to_bytes())


def labellers(prepared: material.Material, folder: Path) -> list[Labeller]:
    """One for each fold, which did not see its documents."""
    return [
        Labeller(
            prepared.lexicon,
            Network.from_bytes((folder / f"network{fold}.npz").read_bytes()),
            Chain.from_bytes((folder / f"chain{fold}.npz").read_bytes()),
            Thresholds(),
        )
        for fold in range(prepared.folds)
    ]


def report(prepared: material.Material, taggers: Sequence[Labeller], folder: Path) -> None:
    """Print the figures and write what was found and missed."""
    result, rows, words = measure.Figures(), {}, Words(prepared.lexicon)
    for gold in prepared.documents:
        found = taggers[prepared.fold_of[gold.name]].entities(gold.text)
        result.add(gold, found, words)
        rows[gold.name] = [[e.start, e.end, e.label, e.score, e.stays, e.thing] for e in found]
    print(result.report())
    (folder / "misses.txt").write_text("\n".join(result.misses), encoding="utf-8")
    (folder / "held_out.json").write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
