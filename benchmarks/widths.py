"""Prints how many names stay possible for a box: each name is redacted in the same line, and outputs are compared.

python benchmarks/widths.py NAMES.txt --names 400        one full name a line

Names whose outputs are the same, byte for byte, cannot be told apart by anybody who has the output.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

sys.path.append(str(Path(__file__).parents[1] / "tests" / "leaks"))

from redacting import redact


def output(folder: Path, name: str, size: float) -> bytes:
    """The publication version of a page on which `name` stands in a line of text."""
    source = folder / "note.pdf"
    canvas = Canvas(str(source), invariant=True)
    canvas.setFont("Helvetica", size)
    canvas.drawString(72, 700, f"Dit voorstel is voorbereid door {name} van de directie.")
    canvas.drawString(72, 680, "Het wordt op maandag besproken.")
    canvas.save()
    return redact(source, [name]).target.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures what the width of a box tells.")
    parser.add_argument("list", type=Path)
    parser.add_argument("--names", type=int, default=400)
    parser.add_argument("--size", type=float, default=10.5)
    arguments = parser.parse_args()
    names = sorted({line.strip() for line in arguments.list.read_text("utf-8").splitlines() if line.strip()})
    names = random.Random(1).sample(names, min(arguments.names, len(names)))
    with tempfile.TemporaryDirectory() as folder:
        outputs = [hash(output(Path(folder), name, arguments.size)) for name in names]
    alike = Counter(outputs)
    shares = sorted(alike[one] / len(names) for one in outputs)
    staff = [Counter(random.Random(turn).sample(outputs, min(200, len(outputs)))) for turn in range(50)]
    alone = sum(count == 1 for seen in staff for count in seen.values()) / sum(map(Counter.total, staff))
    print(f"{len(names)} names, {len(alike)} different outputs")
    print(f"for the median redaction {shares[len(shares) // 2]:.1%} of the names stay possible")
    print(f"of 200 members of staff {alone:.2%} are singled out")


if __name__ == "__main__":
    main()
