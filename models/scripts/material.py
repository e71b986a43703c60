"""Gathers what training needs: corpus, dictionary, swapped copies, parameters. Command-line options of all scripts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import augment
import build_lexicon
import corpus
from tensors import Example

from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.words import Words

MODELS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Material:
    """Documents, the number of each one's fold, dictionary and configuration."""

    documents: Sequence[corpus.Gold]
    fold_of: dict[str, int]
    lexicon: Lexicon
    config: dict[str, Any]

    @property
    def folds(self) -> int:
        """How many folds there are."""
        return max(self.fold_of.values()) + 1


def parser(description: str | None) -> argparse.ArgumentParser:
    """Options that say what to train on."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--corpus", type=Path, default=MODELS / "corpus")
    made.add_argument("--build", type=Path, default=MODELS / "build", help="folder of what the scripts hand on")
    made.add_argument("--config", type=Path, default=MODELS / "configs" / "training.json")
    made.add_argument("--jobs", type=int, default=2, help="processes at once")
    build_lexicon.add_source_arguments(made)
    return made


def gather(arguments: argparse.Namespace) -> Material:
    """What the options name."""
    config = json.loads(arguments.config.read_text(encoding="utf-8"))
    documents = corpus.read(arguments.corpus)
    folds = corpus.folds(documents, config["folds"])
    return Material(
        documents,
        {name: number for number, fold in enumerate(folds) for name in fold},
        Lexicon.from_bytes((arguments.build / "lexicon.bin").read_bytes()),
        config,
    )


def examples(material: Material, arguments: argparse.Namespace) -> list[Example]:
    """The documents, and behind them as many copies of each, with other names, as the configuration says."""
    names, words = augment.Names.read(arguments.names, arguments.faker), Words(material.lexicon)
    new = tuple(material.config["going_on"]["new"])
    made = [Example(gold, material.fold_of[gold.name], new=gold.name.startswith(new)) for gold in material.documents]
    for copy in range(material.config["copies"]):
        for number, gold in enumerate(material.documents):
            random = Random(f"{material.config['seed']} {copy} {number}")
            swapped, hidden = augment.swapped(gold, names, words, random)
            if random.random() < material.config["lowered"]:
                swapped = augment.lowered(swapped)
            made.append(Example(swapped, material.fold_of[gold.name], True, hidden, gold.name.startswith(new)))
    return made
