"""Fit the weights of `woo_anon.people.whose` anew on documents that the shipped pipeline has not seen.

    python models/scripts/refit_whose.py E [--share 0.7] [--misses 0.8]

`E` are first letters of names in `corpus/` and `unseen/`. The findings are those of the pipeline as it is, and the new
weights are mixed with those of before, which were fitted on more kinds of documents. The bias is set so that of the
mentions that must go fewer stay than with the weights of before: how often a name is an office holder's is not to be
learnt from documents that were written to confuse, and better weights are to save names first.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import material
import numpy as np
from fit_whose import Example, examples, fit, logit

from woo_anon import pipeline
from woo_anon.evaluation.gold import read
from woo_anon.people.resolve import STAYS
from woo_anon.people.whose import weights

WEIGHTS = Path(__file__).parents[2] / "src" / "woo_anon" / "people" / "whose.json"


def mixed(old: Mapping[str, float], new: Mapping[str, float], share: float) -> dict[str, float]:
    """`share` of the new weights and the rest of the old ones."""
    names = sorted({*old, *new})
    return {name: round((1 - share) * old.get(name, 0.0) + share * new.get(name, 0.0), 4) for name in names}


def too_much(given: Sequence[Example], old: Mapping[str, float], made: Mapping[str, float], misses: float) -> float:
    """What to take from the bias of `made` so that of the mentions that must go only the share `misses` of those stay
    that do with `old`."""
    going = [example for example in given if not example.stays]
    before, after = (np.array([logit(these, example.features) for example in going]) for these in (old, made))
    least = math.log(STAYS / (1 - STAYS))
    return float(np.quantile(after, 1 - misses * np.mean(before >= least))) - least


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slices", help="first letters of the names of the documents")
    parser.add_argument("--share", type=float, default=0.7, help="of the new weights")
    parser.add_argument("--misses", type=float, default=0.8, help="of those with the old weights, how many may be left")
    arguments = parser.parse_args()
    detector = pipeline.detector()
    folders = (material.MODELS / "corpus", material.MODELS / "unseen")
    documents = [gold for folder in folders for gold in read(folder) if gold.name[0] in arguments.slices]
    given = [example for gold in documents for example in examples(gold, detector.detect(gold.document).findings)]
    old = weights()
    made = mixed(old, fit(given), arguments.share)
    made["bias"] = round(made["bias"] - too_much(given, old, made, arguments.misses), 4)
    WEIGHTS.write_text(json.dumps({"weights": made}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(given)} mentions of {len(documents)} documents")


if __name__ == "__main__":
    main()
