"""Figures and `held_out.json` again from the passes that cross_validate.py left, without training.

    python models/scripts/held_out.py [-o models/build]

For trying other thresholds or a temperature (woo_anon.detect.passes.Thresholds).
"""

from __future__ import annotations

from pathlib import Path

import corpus
import cross_validate
import material

from woo_anon.detect.chain import Chain
from woo_anon.detect.words import Words


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("-o", "--output", type=Path, default=material.MODELS / "build")
    arguments = parser.parse_args()
    prepared = material.gather(arguments)
    firsts, seconds = (
        [Chain.from_bytes((arguments.output / f"{which}{k}.npz").read_bytes()) for k in range(len(prepared.folds))]
        for which in ("first", "second")
    )
    documents = corpus.read(arguments.corpus)
    words = Words(prepared.lexicon)
    cross_validate.report(arguments.output, "second pass", documents, prepared, firsts, seconds, words)


if __name__ == "__main__":
    main()
