"""Trains the pipeline and writes it to models/nl_woo_names.

    python models/scripts/train.py [--corpus DIR] [--lexicon FILE] [--copies N] [-o DIR]

Names are swapped in `--copies` copies of every document (augment.py). The lists of names are read as build_lexicon.py
reads them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy

import corpus
import training
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.passes import Passes, Thresholds
from woo_anon.detect.tagger import Tagger

MODELS = Path(__file__).resolve().parent.parent


def save(passes: Passes, folder: Path) -> None:
    """Write the spaCy pipeline."""
    nlp = spacy.blank("nl")
    component = nlp.add_pipe("woo_anon_crf", name="woo_anon_crf")
    assert isinstance(component, Tagger)
    component.passes = passes
    nlp.meta.update(
        {
            "name": "woo_names",
            "version": "0.1.0",
            "description": "Names, initials, account names and addresses in documents of Dutch authorities",
            "license": "EUPL-1.2",
            "url": "",
        }
    )
    nlp.to_disk(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=MODELS / "corpus")
    parser.add_argument("--lexicon", type=Path, default=MODELS / "build" / "lexicon.bin")
    parser.add_argument("-o", "--output", type=Path, default=MODELS / "nl_woo_names")
    arguments = parser.parse_args()
    lexicon = Lexicon.from_bytes(arguments.lexicon.read_bytes())
    examples = [training.Example(gold) for gold in corpus.read(arguments.corpus)]
    first = training.fit(examples, lexicon, training.Parameters())
    save(Passes(lexicon, first, None, Thresholds()), arguments.output)


if __name__ == "__main__":
    main()
