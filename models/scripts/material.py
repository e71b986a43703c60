"""Gathers what training needs: corpus, dictionary, swapped copies, parameters. Command-line options of all scripts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

import augment
import build_lexicon
import corpus
import training

from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.words import Words

MODELS = Path(__file__).resolve().parent.parent


def parser(description: str | None) -> argparse.ArgumentParser:
    """Options that say what to train on."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--corpus", type=Path, default=MODELS / "corpus")
    made.add_argument("--lexicon", type=Path, default=MODELS / "build" / "lexicon.bin")
    made.add_argument("--config", type=Path, default=MODELS / "configs" / "training.json")
    made.add_argument("--jobs", type=int, default=2, help="models trained at once")
    build_lexicon.add_source_arguments(made)
    return made


def gather(arguments: argparse.Namespace) -> training.Material:
    """Documents, each with as many swapped copies as the configuration says."""
    config = json.loads(arguments.config.read_text(encoding="utf-8"))
    lexicon = Lexicon.from_bytes(arguments.lexicon.read_bytes())
    documents = corpus.read(arguments.corpus)
    names = augment.Names.read(arguments.names, arguments.faker)
    words = Words(lexicon)
    examples = [training.Example(gold) for gold in documents]
    for copy in range(config["copies"]):
        for number, gold in enumerate(documents):
            random = Random(f"{config['seed']} {copy} {number}")
            examples.append(augment.swapped(gold, names, words, random))
    folds = tuple(frozenset(fold) for fold in corpus.folds(documents, config["folds"]))
    return training.Material(tuple(examples), folds, lexicon, training.Parameters(**config["parameters"]))
