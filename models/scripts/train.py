"""Trains network and chain on the whole corpus and writes the pipeline to models/nl_woo_names.

python models/scripts/train.py [-o DIR]
python models/scripts/train.py --start models/nl_woo_names    # goes on from there, after documents were added

A pipeline to go on from has seen the documents of every fold: nothing is measured with what comes of it.
"""

from __future__ import annotations

from pathlib import Path

import material
import spacy
import training

from woo_anon.detect.labeller import Labeller, Thresholds
from woo_anon.detect.tagger import CONFIG, Tagger

VERSION = "0.10.0"


def save(labeller: Labeller, folder: Path) -> None:
    """Write the spaCy pipeline."""
    nlp = spacy.blank("nl", config=CONFIG)
    component = nlp.add_pipe("woo_anon_names", name="woo_anon_names")
    assert isinstance(component, Tagger)
    component.labeller = labeller
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
    parser.add_argument("-o", "--output", type=Path, default=material.MODELS / "nl_woo_names")
    parser.add_argument("--start", type=Path, help="pipeline whose network is trained further")
    parser.add_argument("--device", default="cpu", help="what PyTorch calls it, such as cuda")
    arguments = parser.parse_args()
    prepared = material.gather(arguments)
    course = training.course(prepared, arguments)
    if arguments.start:
        start = spacy.load(arguments.start).get_pipe("woo_anon_names").labeller
        trained = course.go_on(training.Trained(start.network, start.chain))
    else:
        trained = course.run(None)
    save(Labeller(prepared.lexicon, trained.network, trained.chain, Thresholds()), arguments.output)


if __name__ == "__main__":
    main()
