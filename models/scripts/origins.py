"""Measures whether names of all origins are found alike.

    python models/scripts/origins.py

Every document of the corpus is read once per origin, with all names of its people swapped for names of that origin, by
a tagger that did not see it. Prints the share of names found. The documents are the same for all origins, so that a
difference is one of the names.
"""

from __future__ import annotations

from random import Random

import augment
import cross_validate
import material
import measure

from woo_anon.detect.words import Words


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("--every", type=int, default=4, help="read one document in so many")
    arguments = parser.parse_args()
    prepared = material.gather(arguments)
    names, words = augment.Names.read(arguments.names, arguments.faker), Words(prepared.lexicon)
    taggers = cross_validate.labellers(prepared, arguments.build)
    print(f"{'origin':14}{'names':>8}{'found':>8}{'goes':>8}")
    for origin in names.first:
        figures = measure.Figures()
        for number, gold in enumerate(prepared.documents[:: arguments.every]):
            other = augment.swapped(gold, names, words, Random(f"{origin} {number}"), origin)[0]
            tagger = taggers[prepared.fold_of[gold.name]]
            figures.add(other, tagger.entities(other.text), words)
        count = figures.total["PERSON"]
        print(
            f"{origin:14}{count:8}{figures.found['PERSON'] / count:8.4f}{figures.goes['PERSON'] / count:8.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
