"""The corpus as arrays: what the network is trained on, with numbers for features, keys and words.

Tokens of all examples stand one behind the other; `bounds[k]` to `bounds[k + 1]` are those of example k.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from corpus import Gold, token_labels
from numpy.typing import NDArray

from woo_anon.detect.features import channels
from woo_anon.detect.labeller import LABELS, same_words
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.tokens import tokenise
from woo_anon.detect.words import Words
from woo_anon.detect.zones import find_zones

Numbers = NDArray[np.integer]


@dataclass(frozen=True)
class Example:
    """A document, or a copy of one with other names; `hidden` words count as unknown to the dictionary, and `new` says
    that no pipeline to go on from has seen it."""

    gold: Gold
    fold: int
    copy: bool = False
    hidden: frozenset[str] = frozenset()
    new: bool = False


@dataclass(frozen=True)
class Tensors:
    """The arrays of all examples.

    features    feature k of them has the number k + 1
    table       rows of feature numbers, one row for each key of any channel, filled up with 0
    keys        channel × token: row of `table`
    groups      token: number of its word in the document (woo_anon.detect.labeller.same_words)
    labels      token: number of its label
    bounds, folds, copies, new   per example: first token; fold of its document; whether it is a copy, and of a new one
    """

    features: tuple[str, ...]
    table: Numbers
    keys: Numbers
    groups: Numbers
    labels: Numbers
    bounds: Numbers
    folds: Numbers
    copies: NDArray[np.bool_]
    new: NDArray[np.bool_]


@dataclass(frozen=True)
class _Read:
    """An example's keys (per channel and token: the key's features), groups and labels."""

    keys: list[list[tuple[str, ...]]]
    groups: Numbers
    labels: list[int]


def _read(lexicon: Lexicon, examples: Sequence[Example]) -> list[_Read]:
    plain = Words(lexicon)
    read = []
    for example in examples:
        text = example.gold.text
        tokens = tokenise(text)
        made = channels(text, tokens, find_zones(text), Words(lexicon, example.hidden))
        keys = []
        for channel in made:
            features = [tuple(sorted(set(channel.features(key, 0)))) for key in channel.keys]
            keys.append([features[at] for at in channel.index])
        labels = [LABELS.index(label) for label in token_labels(example.gold, tokens, plain)]
        read.append(_Read(keys, same_words(tokens), labels))
    return read


def build(examples: Sequence[Example], lexicon: Lexicon, least: int, jobs: int) -> Tensors:
    """Arrays of `examples`; features that fewer than `least` tokens have are left out."""
    examples = [example for example in examples if example.gold.text.strip()]
    rows: dict[tuple[str, ...], int] = {(): 0}
    counts: Counter[int] = Counter()
    keys, groups, labels = [], [], []
    with ProcessPoolExecutor(jobs) as pool:
        for read in _flat(pool.map(partial(_read, lexicon), _portions(examples, 100))):
            numbers = np.array([[rows.setdefault(key, len(rows)) for key in channel] for channel in read.keys])
            counts.update(numbers.ravel().tolist())
            keys.append(numbers.astype(np.int32))
            groups.append(read.groups)
            labels.append(np.array(read.labels))
    vocabulary = _vocabulary(rows, counts, least)
    return Tensors(
        features=tuple(vocabulary),
        table=_table(rows, vocabulary),
        keys=np.concatenate(keys, axis=1),
        groups=np.concatenate(groups).astype(np.int32),
        labels=np.concatenate(labels).astype(np.int8),
        bounds=np.cumsum([0, *map(len, labels)]),
        folds=np.array([example.fold for example in examples], np.int8),
        copies=np.array([example.copy for example in examples]),
        new=np.array([example.new for example in examples]),
    )


def _portions(examples: Sequence[Example], size: int) -> list[Sequence[Example]]:
    return [examples[at : at + size] for at in range(0, len(examples), size)]


def _flat(portions: Iterable[list[_Read]]) -> Iterator[_Read]:
    for portion in portions:
        yield from portion


def _vocabulary(rows: dict[tuple[str, ...], int], counts: Counter[int], least: int) -> list[str]:
    tokens: Counter[str] = Counter()
    for key, row in rows.items():
        for feature in key:
            tokens[feature] += counts[row]
    return sorted(feature for feature, count in tokens.items() if count >= least)


def _table(rows: dict[tuple[str, ...], int], vocabulary: Sequence[str]) -> Numbers:
    numbers = {feature: at for at, feature in enumerate(vocabulary, 1)}
    known = [[numbers[feature] for feature in key if feature in numbers] for key in rows]
    table = np.zeros((len(known), max(map(len, known))), np.int32)
    for row, features in zip(table, known, strict=True):
        row[: len(features)] = features
    return table
