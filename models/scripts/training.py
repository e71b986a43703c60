"""Trains the network and the chain on the same examples.

The chain takes fewer copies with other names: CRFsuite keeps all examples in memory, as text.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import crf
import material
import network
import tensors

from woo_anon.detect.chain import Chain
from woo_anon.detect.network import Network


@dataclass(frozen=True)
class Trained:
    """Both taggers."""

    network: Network
    chain: Chain


@dataclass(frozen=True)
class Course:
    """What is trained on."""

    prepared: material.Material
    examples: Sequence[tensors.Example]
    arrays: tensors.Tensors
    device: str

    def run(self, fold: int | None) -> Trained:
        """Train on all but `fold`."""
        config = self.prepared.config
        net = network.fit(self.arrays, fold, network.Parameters(**config["network"]), self.device)
        count = len(self.prepared.documents) * (1 + config["chain_copies"])
        seen = [example for example in self.examples[:count] if example.fold != fold]
        chain = crf.fit(seen, self.prepared.lexicon, config["chain"])
        return Trained(network.export(net, self.arrays.features), chain)

    def go_on(self, start: Trained) -> Trained:
        """Train the network of `start` further, most on the documents that are new, and take the mean of both; the
        chain stays as it is."""
        config = self.prepared.config
        further = {key: value for key, value in config["going_on"].items() if key not in {"new", "mix"}}
        parameters = network.Parameters(**config["network"] | further)
        net = network.fit(self.arrays, None, parameters, self.device, start.network)
        made = network.export(net, self.arrays.features)
        return Trained(network.averaged(start.network, made, config["going_on"]["mix"]), start.chain)


def course(prepared: material.Material, arguments: argparse.Namespace) -> Course:
    """Make examples and arrays."""
    examples = material.examples(prepared, arguments)
    arrays = tensors.build(examples, prepared.lexicon, prepared.config["least"], arguments.jobs)
    return Course(prepared, examples, arrays, arguments.device)


def run_all(made: Course, folds: Sequence[int | None], jobs: int) -> list[Trained]:
    """Train once for each of `folds`, `jobs` at once."""
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(made.run, folds))
