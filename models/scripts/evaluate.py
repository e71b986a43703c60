"""Figures of a trained pipeline on gold documents.

    python models/scripts/evaluate.py models/nl_woo_names GOLD_DIR [--misses]

On documents that it was trained on the figures only show that it loads; cross_validate.py measures.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import corpus
import measure
import spacy

from woo_anon.detect.tagger import Tagger
from woo_anon.detect.words import Words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every miss in its context")
    arguments = parser.parse_args()
    tagger = spacy.load(arguments.pipeline).get_pipe("woo_anon_names")
    assert isinstance(tagger, Tagger) and tagger.labeller is not None
    words, figures = Words(tagger.labeller.lexicon), measure.Figures()
    documents = corpus.read(arguments.gold)
    start = time.perf_counter()
    found = [tagger.labeller.entities(gold.text) for gold in documents]
    seconds = time.perf_counter() - start
    for gold, entities in zip(documents, found, strict=True):
        figures.add(gold, entities, words)
    print(figures.report())
    print(f"{sum(len(gold.text.split()) for gold in documents) / seconds:.0f} words/s")
    if arguments.misses:
        print(*figures.misses, sep="\n")


if __name__ == "__main__":
    main()
