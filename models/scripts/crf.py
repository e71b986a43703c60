"""Trains the conditional random field with CRFsuite."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite
from corpus import token_labels
from tensors import Example

from woo_anon.detect.chain import Chain
from woo_anon.detect.features import channels, written_out
from woo_anon.detect.labeller import LABELS, sequences
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.tokens import tokenise
from woo_anon.detect.words import Words
from woo_anon.detect.zones import find_zones


def fit(examples: Sequence[Example], lexicon: Lexicon, parameters: dict[str, float]) -> Chain:
    """Train on all examples. `parameters` are those of CRFsuite's L-BFGS."""
    trainer = pycrfsuite.Trainer(verbose=False)
    plain = Words(lexicon)
    for example in examples:
        text = example.gold.text
        tokens = tokenise(text)
        rows = written_out(channels(text, tokens, find_zones(text), Words(lexicon, example.hidden)))
        labels = token_labels(example.gold, tokens, plain)
        for first, end in itertools.pairwise(sequences(tokens)):
            trainer.append(pycrfsuite.ItemSequence(rows[first:end]), labels[first:end])
    trainer.select("lbfgs")
    trainer.set_params({**parameters, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "crf")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        dump = tagger.info()
    return Chain.from_weights(LABELS, dump.state_features, dump.transitions)
