"""Measures whether names of all origins are found alike.

    python models/scripts/origins.py [--folds models/build]

Every document of the corpus is read once per origin, with all names of its people swapped for names of that origin, by
a tagger that did not see it. Prints the share of names found. The documents are the same for all origins, so that a
difference is one of the names.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import augment
import corpus
import material
import measure

from woo_anon.detect.chain import Chain
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.passes import Passes
from woo_anon.detect.words import Words


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("--folds", type=Path, default=material.MODELS / "build")
    parser.add_argument("--every", type=int, default=4, help="read one document in so many")
    arguments = parser.parse_args()
    lexicon = Lexicon.from_bytes(arguments.lexicon.read_bytes())
    names, words = augment.Names.read(arguments.names, arguments.faker), Words(lexicon)
    documents = corpus.read(arguments.corpus)
    folds = corpus.folds(documents)
    passes = [
        Passes(
            lexicon,
            *(Chain.from_bytes((arguments.folds / f"{which}{k}.npz").read_bytes()) for which in ("first", "second")),
        )
        for k in range(len(folds))
    ]
    print(f"{'origin':14}{'names':>8}{'found':>8}{'goes':>8}")
    for origin in names.first:
        figures = measure.Figures()
        for number, gold in enumerate(documents[:: arguments.every]):
            other = augment.swapped(gold, names, words, Random(f"{origin} {number}"), origin).gold
            tagger = next(made for made, fold in zip(passes, folds, strict=True) if gold.name in fold)
            figures.add(other, tagger.entities(other.text), words)
        count = figures.total["PERSON"]
        print(
            f"{origin:14}{count:8}{figures.found['PERSON'] / count:8.4f}{figures.goes['PERSON'] / count:8.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
