"""Trains both passes on the whole corpus and writes the pipeline to models/nl_woo_names.

    python models/scripts/train.py [--folds models/build] [-o DIR]

`--folds` is where cross_validate.py left the first passes of the folds: the second pass learns from what they say of
documents that they did not see.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import material
import spacy
import training

from woo_anon.detect.chain import Chain
from woo_anon.detect.passes import Passes, Thresholds
from woo_anon.detect.tagger import CONFIG, Tagger

VERSION = "0.2.0"


def save(passes: Passes, folder: Path) -> None:
    """Write the spaCy pipeline."""
    nlp = spacy.blank("nl", config=CONFIG)
    component = nlp.add_pipe("woo_anon_crf", name="woo_anon_crf")
    assert isinstance(component, Tagger)
    component.passes = passes
    nlp.meta.update(
        {
            "name": "woo_names",
            "version": VERSION,
            "description": "Names, initials, account names and addresses in documents of Dutch authorities",
            "license": "EUPL-1.2",
        }
    )
    nlp.to_disk(folder)


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("--folds", type=Path, default=material.MODELS / "build")
    parser.add_argument("-o", "--output", type=Path, default=material.MODELS / "nl_woo_names")
    arguments = parser.parse_args()
    prepared = material.gather(arguments)
    firsts = [
        Chain.from_bytes((arguments.folds / f"first{fold}.npz").read_bytes()) for fold in range(len(prepared.folds))
    ]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        first = pool.submit(training.first_pass, prepared, None)
        second = pool.submit(training.second_pass, prepared, None, firsts)
        passes = Passes(prepared.lexicon, first.result(), second.result(), Thresholds())
    save(passes, arguments.output)


if __name__ == "__main__":
    main()
