"""Writes a small network with random weights and what PyTorch computes with it, for the tests of the package.

python models/scripts/reference.py tests/detect/names
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import network
import numpy as np
import torch

WORDS = ["jan", "van", "tasma", "zei", "dat", "minister", "tasma", "komt", "."]


def main(folder: Path) -> None:
    """Write `network_reference.npz` and `network_reference.json`."""
    torch.manual_seed(3)
    features = sorted({feature for word in WORDS for feature in _features(word)})
    net = network.Net(len(features), network.Parameters(vector=8, width=16, heads=2)).eval()
    for weight in net.parameters():
        torch.nn.init.normal_(weight, std=0.4)
    made = network.export(net, features)
    with torch.no_grad():
        net.vectors.weight[0] = 0
        # What the package will read: eight bits.
        net.vectors.weight[1:] = torch.as_tensor(made.embedding.steps * made.embedding.scales[:, None])
        numbers = torch.tensor([[features.index(feature) + 1 for feature in _features(word)] for word in WORDS])
        groups = torch.tensor([[WORDS.index(word) for word in WORDS]])
        output, _ = net(numbers, groups, torch.ones_like(groups, dtype=torch.bool))
    (folder / "network_reference.npz").write_bytes(made.to_bytes())
    expected = np.round(torch.softmax(output[0], -1).numpy().astype(float), 5).tolist()
    (folder / "network_reference.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")


def _features(word: str) -> list[str]:
    return [f"w={word}", f"l={len(word)}"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
