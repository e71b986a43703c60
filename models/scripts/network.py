"""The network in PyTorch, its training, and its way into `woo_anon.detect.network`, which says what it is made of.

Beside the output there is a second one before the memory, in training only: it makes the first layers learn names by
what stands around them, not only by what the rest of the document says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tensors import Tensors
from torch import Tensor, nn
from torch.nn import functional

from woo_anon.detect.embedding import Embedding
from woo_anon.detect.labeller import LABELS
from woo_anon.detect.network import REACH, Network, bucket


@dataclass(frozen=True)
class Parameters:
    """Of the network and its training.

    originals, copies  share of the documents, and of their copies with other names, that an epoch sees
    replay  share of the documents that are not new that an epoch sees, when training goes on from a pipeline
    block   tokens that attend to each other; use has wider windows
    """

    vector: int = 64
    width: int = 160
    dilations: tuple[int, ...] = (1, 1, 2)
    layers: int = 2
    heads: int = 4
    block: int = 256
    dropout: float = 0.3
    feature_dropout: float = 0.4
    decay: float = 0.1
    rate: float = 1e-3
    epochs: int = 8
    batch: int = 8000
    originals: float = 1.0
    copies: float = 0.2
    replay: float = 1.0
    smoothing: float = 0.02
    second_output: float = 0.3
    seed: int = 0


class _Convolution(nn.Module):
    def __init__(self, width: int, size: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, 2 * width, size, padding=dilation * (size // 2), dilation=dilation)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        value, gate = self.conv((self.norm(x) * mask[..., None]).transpose(1, 2)).chunk(2, 1)
        return self.dropout((value * torch.sigmoid(gate)).transpose(1, 2))


class _Attention(nn.Module):
    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value, self.merge = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.distance = nn.Embedding(2 * REACH + 1, heads)
        self.same = nn.Parameter(torch.ones(heads))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, distances: Tensor, same: Tensor) -> Tensor:
        normed = self.norm(x)
        query, key, value = (
            part(normed).unflatten(2, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        bias = self.distance(distances).permute(2, 0, 1)[None] + same[:, None] * self.same[None, :, None, None]
        bias = bias.masked_fill(~mask[:, None, None, :], -1e4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        x = x + self.dropout(self.merge(mixed.transpose(1, 2).flatten(2)))
        return x + self.dropout(self.narrow(self.dropout(functional.relu(self.wide(self.norm2(x))))))


class Net(nn.Module):
    """Logits of tokens: documents × tokens × labels, of the output and of the second output."""

    def __init__(self, features: int, parameters: Parameters) -> None:
        super().__init__()
        p = self.parameters_ = parameters
        self.vectors = nn.Embedding(features + 1, p.vector, padding_idx=0)
        nn.init.normal_(self.vectors.weight[1:], std=0.1)
        self.input = nn.Linear(p.vector, p.width)
        self.input_norm = nn.LayerNorm(p.width)
        self.before = nn.ModuleList(_Convolution(p.width, 5, dilation, p.dropout) for dilation in p.dilations)
        self.memory = nn.Linear(2 * p.width, p.width)
        self.attention = nn.ModuleList(_Attention(p.width, p.heads, p.dropout) for _ in range(p.layers))
        self.after = _Convolution(p.width, 3, 1, p.dropout)
        self.output_norm = nn.LayerNorm(p.width)
        self.output, self.second = nn.Linear(p.width, len(LABELS)), nn.Linear(p.width, len(LABELS))
        self.dropout = nn.Dropout(p.dropout)

    def forward(self, features: Tensor, groups: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`features`: tokens × features of all documents; `groups`, `mask`: documents × tokens."""
        if self.training:
            features = features * (
                torch.rand(features.shape, device=features.device) > self.parameters_.feature_dropout
            )
        given = functional.embedding_bag(features, self.vectors.weight, mode="sum", padding_idx=0)
        made = self.input_norm(self.input(self.dropout(given)))
        x = made.new_zeros(*mask.shape, made.shape[1])
        x[mask] = made
        x = self.dropout(x)
        for convolution in self.before:
            x = x + convolution(x, mask)
        second = self.second(self.output_norm(x))
        x = (
            x
            + self.dropout(functional.relu(self.memory(torch.cat([x, _elsewhere(x, groups, mask)], 2))))
            * mask[..., None]
        )
        x = self._attend(x, groups, mask)
        x = x + self.after(x, mask)
        return self.output(self.output_norm(x)), second

    def _attend(self, x: Tensor, groups: Tensor, mask: Tensor) -> Tensor:
        """All layers of attention, within blocks."""
        documents, tokens, width = x.shape
        size = min(self.parameters_.block, tokens)
        x, groups, mask = _blocks(x, size), _blocks(groups, size), _blocks(mask, size)
        places = np.arange(size)
        distances = torch.as_tensor(bucket(places[None] - places[:, None]), device=x.device)
        same = (groups[:, :, None] == groups[:, None, :]).to(x.dtype)
        for layer in self.attention:
            x = layer(x, mask, distances, same)
        return x.reshape(documents, -1, width)[:, :tokens]


def _blocks(x: Tensor, size: int) -> Tensor:
    """Documents × tokens × … as blocks × `size` × …, filled up with zeros."""
    missing = -x.shape[1] % size
    filled = torch.cat([x, x.new_zeros(len(x), missing, *x.shape[2:])], 1) if missing else x
    return filled.reshape(-1, size, *x.shape[2:])


def _elsewhere(x: Tensor, groups: Tensor, mask: Tensor) -> Tensor:
    """For each token the mean of the other tokens with its word."""
    documents, tokens, width = x.shape
    number = (groups + torch.arange(documents, device=x.device)[:, None] * (tokens + 1))[mask]
    own = x[mask].float()
    sums = own.new_zeros(documents * (tokens + 1), width).index_add(0, number, own)
    counts = own.new_zeros(documents * (tokens + 1)).index_add(0, number, torch.ones_like(own[:, 0]))
    others = (counts[number] - 1)[:, None]
    mean = ((sums[number] - own) / others.clamp(min=1)).masked_fill(others <= 0, 0)
    result = x.new_zeros(x.shape)
    result[mask] = mean.to(x.dtype)
    return result


class _Material:
    """The arrays as tensors of a device."""

    def __init__(self, tensors: Tensors, device: str) -> None:
        self.tensors, self.device = tensors, device
        self.table = torch.as_tensor(tensors.table, device=device)
        self.keys = torch.as_tensor(tensors.keys, device=device)
        self.groups = torch.as_tensor(tensors.groups.astype(np.int64), device=device)
        self.labels = torch.as_tensor(tensors.labels.astype(np.int64), device=device)

    def batch(self, examples: list[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Features, groups, mask and labels of some examples."""
        starts, lengths = self.tensors.bounds[examples], np.diff(self.tensors.bounds)[examples]
        places = np.arange(lengths.max())[None]
        mask = places < lengths[:, None]
        tokens = torch.as_tensor((places + starts[:, None])[mask], device=self.device)
        groups = torch.full(mask.shape, int(lengths.max()), dtype=torch.int64, device=self.device)
        on_device = torch.as_tensor(mask, device=self.device)
        groups[on_device] = self.groups[tokens]
        features = self.table[self.keys[:, tokens].long()].movedim(0, 1).flatten(1)
        return features[:, (features > 0).any(0)].long(), groups, on_device, self.labels[tokens]


def fit(
    tensors: Tensors,
    fold: int | None,
    parameters: Parameters,
    device: str = "cpu",
    start: Network | None = None,
) -> Net:
    """Train on all examples but those of `fold`; from `start` on, when there is one of the same shape."""
    torch.manual_seed(parameters.seed)
    random = np.random.default_rng(parameters.seed)
    material = _Material(tensors, device)
    net = Net(len(tensors.features), parameters)
    if start is not None:
        _take_over(net, tensors.features, start)
    net.to(device)
    plans = [list(_batches(tensors, fold, parameters, random)) for _ in range(parameters.epochs)]
    steps = sum(map(len, plans))
    decayed = [weight for weight in net.parameters() if weight.dim() > 1]
    plain = [weight for weight in net.parameters() if weight.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": parameters.decay}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=parameters.rate, betas=(0.9, 0.98), fused=True)
    net.train()
    for step, batch in enumerate(batch for plan in plans for batch in plan):
        for group in optimiser.param_groups:
            group["lr"] = parameters.rate * _schedule(step / steps)
        features, words, mask, labels = material.batch(batch)
        with torch.autocast(device.partition(":")[0], torch.bfloat16, enabled=_halves_are_fast(device)):
            output, second = net(features, words, mask)
        loss = _loss(output[mask], labels, parameters) + parameters.second_output * _loss(
            second[mask], labels, parameters
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
    return net.eval()


def _halves_are_fast(device: str) -> bool:
    """Whether numbers of half the width save time: without instructions for them they take forty times as long."""
    return device != "cpu" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _take_over(net: Net, features: Sequence[str], start: Network) -> None:
    """Weights of `start`, and its vectors for the features that it has; what is new stays as it was made."""
    weights = {_in_training(name): torch.as_tensor(weight) for name, weight in start.weights.items()}
    net.load_state_dict(weights, strict=False)
    rows = {feature: row for row, feature in enumerate(start.embedding.features)}
    known = [at for at, feature in enumerate(features) if feature in rows]
    vectors = start.embedding.take(np.array([rows[features[at]] for at in known]))
    with torch.no_grad():
        net.vectors.weight[1:][known] = torch.as_tensor(vectors)


def _loss(logits: Tensor, labels: Tensor, parameters: Parameters) -> Tensor:
    return functional.cross_entropy(logits.float(), labels, label_smoothing=parameters.smoothing)


def _schedule(done: float) -> float:
    """Up in the first twentieth of the steps, then down along a cosine."""
    return min(1.0, done / 0.05 + 0.01) * (0.02 + 0.49 * (1 + math.cos(math.pi * done)))


def _batches(
    tensors: Tensors, fold: int | None, parameters: Parameters, random: np.random.Generator
) -> Iterator[list[int]]:
    """Examples of about one length together, so that little is filled up."""
    lengths = np.diff(tensors.bounds)
    shares = np.where(tensors.copies, parameters.copies, parameters.originals)
    taken = random.random(len(lengths)) < shares
    if parameters.replay < 1:
        taken &= tensors.new | (random.random(len(lengths)) < parameters.replay)
    taken &= tensors.folds != (-1 if fold is None else fold)
    order = sorted(np.flatnonzero(taken).tolist(), key=lambda at: lengths[at] + random.integers(0, 80))
    batches: list[list[int]] = [[]]
    for at in order:
        if batches[-1] and (len(batches[-1]) + 1) * max(lengths[at], *lengths[batches[-1]]) > parameters.batch:
            batches.append([])
        batches[-1].append(at)
    for number in random.permutation(len(batches)).tolist():
        yield batches[number]


def export(net: Net, features: Sequence[str]) -> Network:
    """The network as the package runs it."""
    state = {name: value.detach().float().cpu().numpy() for name, value in net.state_dict().items()}
    vectors = state.pop("vectors.weight")[1:]
    renamed = {_in_use(name): value for name, value in state.items() if not name.startswith("second.")}
    p = net.parameters_
    return Network(Embedding.quantised(features, vectors), renamed, tuple(p.dilations), p.heads)


def averaged(one: Network, other: Network, share: float) -> Network:
    """A network with the mean weights of two that were trained from one on: `share` of `other`, the rest of `one`
    (Wortsman et al. 2022, arXiv 2203.05482). A feature that one of them lacks counts as nothing there."""
    features = sorted({*one.embedding.features, *other.embedding.features})
    rows = {feature: row for row, feature in enumerate(features)}
    vectors = np.zeros((len(features), one.embedding.take(np.arange(1)).shape[1]), np.float32)
    for network, part in ((one, 1 - share), (other, share)):
        places = [rows[feature] for feature in network.embedding.features]
        vectors[places] += np.float32(part) * network.embedding.take(np.arange(len(places)))
    weights = {name: (1 - share) * weight + share * other.weights[name] for name, weight in one.weights.items()}
    return Network(Embedding.quantised(features, vectors), weights, one.dilations, one.heads)


def _in_use(name: str) -> str:
    """What the package calls a weight."""
    return name.replace("_norm.", ".norm.")


def _in_training(name: str) -> str:
    """What `Net` calls a weight of the package."""
    return re.sub(r"^(input|output)\.norm\.", r"\1_norm.", name)
