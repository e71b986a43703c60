"""Trains the conditional random field with CRFsuite, in one pass or two.

The second pass sees what the first thought of each word elsewhere in the document. Its training data is made by first
passes that did not see the document (cross-fitting), so that it learns how far the first can be trusted.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from corpus import Gold, token_labels

from woo_anon.detect.chain import Chain
from woo_anon.detect.features import Channel, Key, belief_channel, channels, written_out
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.passes import LABELS, beliefs_of, sequences
from woo_anon.detect.tokens import Tokens, tokenise
from woo_anon.detect.words import Words
from woo_anon.detect.zones import find_zones


@dataclass(frozen=True)
class Parameters:
    """Of training: penalties on the sum of weights and of their squares, rarest feature kept, iterations."""

    c1: float = 0.02
    c2: float = 0.1
    least: int = 2
    iterations: int = 90


@dataclass(frozen=True)
class Example:
    """A document ready for training; `hidden` words count as unknown to the dictionary."""

    gold: Gold
    hidden: frozenset[str] = frozenset()


Beliefs = Callable[[Example], Sequence[Key]]


def seen(example: Example, lexicon: Lexicon, beliefs: Beliefs | None = None) -> tuple[Tokens, list[Channel]]:
    """Tokens and channels of a document."""
    text = example.gold.text
    tokens, words = tokenise(text), Words(lexicon, example.hidden)
    made = channels(text, tokens, find_zones(text), words)
    if beliefs is not None:
        made.append(belief_channel(tokens, words, beliefs(example)))
    return tokens, made


def opinion(chain: Chain, example: Example, lexicon: Lexicon) -> list[Key]:
    """What a first pass believes of each token's word over the document."""
    tokens, made = seen(example, lexicon)
    return beliefs_of(tokens, chain.marginals(chain.emissions(made), sequences(tokens)))


def fit(examples: Sequence[Example], lexicon: Lexicon, parameters: Parameters, beliefs: Beliefs | None = None) -> Chain:
    """Train one pass; `beliefs` gives the first pass's opinion for a second one."""
    trainer = pycrfsuite.Trainer(verbose=False)
    plain = Words(lexicon)
    for example in examples:
        tokens, made = seen(example, lexicon, beliefs)
        rows, labels = written_out(made), token_labels(example.gold, tokens, plain)
        borders = sequences(tokens)
        for first, end in itertools.pairwise(borders):
            trainer.append(pycrfsuite.ItemSequence(rows[first:end]), labels[first:end])
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": parameters.c1,
            "c2": parameters.c2,
            "feature.minfreq": parameters.least,
            "max_iterations": parameters.iterations,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "crf")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        dump = tagger.info()
    return Chain.from_weights(LABELS, dump.state_features, dump.transitions)


@dataclass(frozen=True)
class Material:
    """What a model is trained on: documents with their swapped copies, and folds of document names."""

    examples: tuple[Example, ...]
    folds: tuple[frozenset[str], ...]
    lexicon: Lexicon
    parameters: Parameters

    def without(self, fold: int | None) -> list[Example]:
        """All examples, or those whose document is not in `fold`."""
        unseen = frozenset() if fold is None else self.folds[fold]
        return [example for example in self.examples if example.gold.name not in unseen]

    def fold_of(self, name: str) -> int:
        """The fold that the document is in."""
        return next(number for number, fold in enumerate(self.folds) if name in fold)


def first_pass(material: Material, fold: int | None) -> Chain:
    """A first pass that did not see `fold`."""
    return fit(material.without(fold), material.lexicon, material.parameters)


def second_pass(material: Material, fold: int | None, firsts: Sequence[Chain]) -> Chain:
    """A second pass that did not see `fold`; `firsts[k]` is a first pass that did not see fold k."""

    def beliefs(example: Example) -> list[Key]:
        return opinion(firsts[material.fold_of(example.gold.name)], example, material.lexicon)

    return fit(material.without(fold), material.lexicon, material.parameters, beliefs)
