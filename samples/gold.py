"""The gold marks in the sample texts: taking them away, and writing the annotated files beside the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from content import MAIL, MAIL_TEXT, Block, Sample

MARK = re.compile(r"\{\{([A-Z]+)\|([^}]+)\}\}")


def plain(text: str) -> str:
    """`text` as the reader sees it, without marks."""
    return MARK.sub(r"\2", text)


def lines(sample: Sample) -> Iterator[str]:
    """The annotated lines of a sample in reading order: one a paragraph, a list item, or a line of a table cell."""
    if sample is MAIL:
        yield from MAIL_TEXT.splitlines()
        return
    for block in sample.blocks:
        yield from _block_lines(block)
        yield ""


def _block_lines(block: Block) -> Iterator[str]:
    yield from block.items
    for row in block.rows:
        if block.kind == "parafen":
            yield "   ".join(row).rstrip()
        else:
            for number, line in enumerate(row[1].split("\n")):
                yield f"{row[0] if number == 0 else '':<20}{line}"


def gold(sample: Sample) -> str:
    """The gold file of a sample: header, blank line, annotated text."""
    header = f"# kind: {sample.kind}\n# ministry: {sample.ministry}\n# note: {sample.note}\n\n"
    return header + "\n".join(lines(sample)).rstrip("\n") + "\n"


def write_gold(sample: Sample, folder: Path) -> None:
    """Writes `folder/NAME.gold.txt`."""
    (folder / f"{sample.name}.gold.txt").write_text(gold(sample), encoding="utf-8")
