"""Compiles the dictionary from lists of names, places and word frequencies.

    python models/scripts/build_lexicon.py --names DIR --deduce DIR --faker DIR -o lexicon.bin

`--names` is the folder with the Meertens, Naamkunde and BAG lists, `--deduce` and `--faker` are unpacked distributions
of those packages (their data is read as files; nothing of them is imported). The environment variables WOO_NAMES,
WOO_DEDUCE and WOO_FAKER do the same. Own words: configs/words.toml. Sources and licences: models/LICENSES.md.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log10
from pathlib import Path

from woo_anon.detect.lexicon import Kind, Lexicon, fold

OWN_WORDS = {
    Kind[kind]: words.split()
    for kind, words in tomllib.loads(
        (Path(__file__).resolve().parent.parent / "configs" / "words.toml").read_text(encoding="utf-8")
    ).items()
}
INFIXES = frozenset(OWN_WORDS[Kind.INFIX])
# Assignments in faker's person providers that hold names in Latin script.
_FAKER_FIRST = re.compile(r"first_(romanized_)?names?")
_FAKER_LAST = re.compile(r"last_(romanized_)?names?")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _latin(word: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in word)


def faker_names(folder: Path) -> Iterator[tuple[str, Kind, str]]:
    """Names in Latin script of all locales: (locale, FIRST_ABROAD or SURNAME_ABROAD, name)."""
    for source in sorted(folder.glob("**/providers/person/*/__init__.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
            first, last = _FAKER_FIRST.match(name), _FAKER_LAST.match(name)
            if not first and not last:
                continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and _latin(leaf.value):
                    yield source.parent.name, Kind.FIRST_ABROAD if first else Kind.SURNAME_ABROAD, leaf.value


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for word in _WORD.findall(fold(name)):
            if word not in INFIXES:
                yield word


def _name_lists(names: Path, deduce: Path, faker: Path) -> Iterator[tuple[Kind, Iterable[str]]]:
    data = next(deduce.glob("**/data/lookup/src"))
    yield Kind.FIRST, _lines(names / "firstnames_naamkunde_9755.txt")
    yield Kind.FIRST, _lines(data / "names/lst_first_name/items.txt")
    yield Kind.SURNAME, _lines(names / "surnames_naamkunde_10000.txt")
    yield Kind.SURNAME_RARE, _lines(names / "surnames_meertens_2007_freq5plus.lst")
    yield Kind.SURNAME_RARE, _lines(data / "names/lst_surname/items.txt")
    abroad = list(faker_names(faker))
    for kind in (Kind.FIRST_ABROAD, Kind.SURNAME_ABROAD):
        yield kind, [name for _, which, name in abroad if which is kind]
    yield Kind.PLACE, [line.split("\t")[-1] for line in _lines(names / "bag_woonplaats.tsv")]
    yield Kind.PLACE, _lines(names / "bag_gemeente_2019.txt")
    yield Kind.PLACE, _lines(data / "locations/lst_placename/lst_residence/items.txt")


def _bucket(frequency: float) -> int:
    """0 for fewer than one in 10⁸ words, then steps of half a Zipf unit from 1 to 7."""
    zipf = log10(frequency) + 9
    return max(0, min(7, int((zipf - 2.0) * 2) + 1)) if zipf < 5 else 7


def gather(names: Path, deduce: Path, faker: Path) -> dict[str, tuple[int, int]]:
    """Folded word → (classes, frequency bucket)."""
    import wordfreq  # large, and not needed to read the lists of names

    kinds: dict[str, int] = defaultdict(int)
    for kind, listed in _name_lists(names, deduce, faker):
        for word in _words(listed):
            kinds[word] |= kind
    for kind, words in OWN_WORDS.items():
        for word in words:
            kinds[fold(word)] |= kind
    buckets: dict[str, int] = defaultdict(int)
    for word, frequency in wordfreq.get_frequency_dict("nl", "large").items():
        folded = fold(word)
        if _WORD.fullmatch(folded):
            buckets[folded] = max(buckets[folded], _bucket(frequency))
    known = set(kinds) | {word for word, bucket in buckets.items() if bucket}
    return {word: (kinds.get(word, 0), buckets.get(word, 0)) for word in known}


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    for option in ("names", "deduce", "faker"):
        variable = f"WOO_{option.upper()}"
        default = os.environ.get(variable)
        parser.add_argument(
            f"--{option}", type=Path, default=default, required=default is None, help=f"default: ${variable}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_source_arguments(parser)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    lexicon = Lexicon.compile(gather(arguments.names, arguments.deduce, arguments.faker))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_bytes(lexicon.to_bytes())
    print(f"{len(lexicon)} words, {arguments.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
