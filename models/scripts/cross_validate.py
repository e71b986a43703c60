"""Measures the tagger by cross-validation over the documents of the corpus.

    python models/scripts/cross_validate.py [-o models/build]

Writes into the output folder: the passes of all folds (`first0.npz` …; train.py takes the first ones over),
`held_out.json` (per document `[start, end, label, score, stays]` of what a tagger found that did not see it), and the
misses. Prints the figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import corpus
import material
import measure
import training

from woo_anon.detect.chain import Chain
from woo_anon.detect.passes import Entity, Passes, Thresholds
from woo_anon.detect.words import Words


def held_out(prepared: training.Material, passes: Sequence[Passes]) -> dict[str, list[Entity]]:
    """What each fold's passes find in the documents of the fold."""
    plain = prepared.examples[: sum(map(len, prepared.folds))]
    return {
        example.gold.name: passes[prepared.fold_of(example.gold.name)].entities(example.gold.text) for example in plain
    }


def figures(documents: Sequence[corpus.Gold], found: dict[str, list[Entity]], words: Words) -> measure.Figures:
    """Figures over all documents that something was found for."""
    result = measure.Figures()
    for gold in documents:
        if gold.name in found:
            result.add(gold, found[gold.name], words)
    return result


def main() -> None:
    parser = material.parser(__doc__)
    parser.add_argument("-o", "--output", type=Path, default=material.MODELS / "build")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    prepared = material.gather(arguments)
    documents, words, count = corpus.read(arguments.corpus), Words(prepared.lexicon), len(prepared.folds)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        firsts = list(pool.map(training.first_pass, [prepared] * count, range(count)))
        for fold, first in enumerate(firsts):
            (arguments.output / f"first{fold}.npz").write_bytes(first.to_bytes())
        report(arguments.output, "first pass", documents, prepared, firsts, [None] * count, words)
        seconds = list(pool.map(training.second_pass, [prepared] * count, range(count), [firsts] * count))
    for fold, second in enumerate(seconds):
        (arguments.output / f"second{fold}.npz").write_bytes(second.to_bytes())
    report(arguments.output, "second pass", documents, prepared, firsts, seconds, words)


def _as_shipped(chain: Chain) -> Chain:
    """The chain in the precision that it is shipped in."""
    return Chain.from_bytes(chain.to_bytes())


def report(  # noqa: PLR0917
    folder: Path,
    title: str,
    documents: Sequence[corpus.Gold],
    prepared: training.Material,
    firsts: Sequence[Chain],
    seconds: Sequence[Chain | None],
    words: Words,
) -> None:
    """Print the figures and write what was found and missed."""
    passes = [
        Passes(prepared.lexicon, _as_shipped(first), None if second is None else _as_shipped(second), Thresholds())
        for first, second in zip(firsts, seconds, strict=True)
    ]
    found = held_out(prepared, passes)
    result = figures(documents, found, words)
    print(title, result.report(), sep="\n", flush=True)
    (folder / f"{title.replace(' ', '_')}_misses.txt").write_text("\n".join(result.misses), encoding="utf-8")
    rows = {name: [[e.start, e.end, e.label, e.score, e.stays] for e in items] for name, items in found.items()}
    (folder / "held_out.json").write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
