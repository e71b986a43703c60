"""Makes the sample documents and their gold annotations from `content.py`.

    python samples/make_samples.py                # everything, into this folder
    python samples/make_samples.py --texts-only   # the text sample and the gold files: no program or font is needed

`nota.pdf` is made as most notes are: an office document that LibreOffice (`soffice`) exports to tagged PDF.
`nota-colofon.pdf` is drawn with reportlab and has no tags. Debian packages: libreoffice-writer-nogui, fonts-liberation,
fonts-crosextra-carlito; both fonts are under the SIL Open Font License, which allows embedding. The text is the same on
every run; the bytes of `nota.pdf` are not, since LibreOffice writes a date and identifiers of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from content import COLOFON, MAIL, MAIL_TEXT, NOTA
from gold import plain, write_gold

HERE = Path(__file__).parent


def make(folder: Path, *, texts_only: bool = False) -> None:
    """Writes the samples into `folder` and their gold files into `folder/gold`, over what stands there."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    for sample in (NOTA, COLOFON, MAIL):
        write_gold(sample, folder / "gold")
    (folder / f"{MAIL.name}.txt").write_text(plain(MAIL_TEXT), encoding="utf-8")
    if not texts_only:
        from drawn import draw
        from office import export

        export(NOTA, folder / f"{NOTA.name}.pdf")
        draw(COLOFON, folder / f"{COLOFON.name}.pdf")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes the sample documents.")
    parser.add_argument("--texts-only", action="store_true", help="only what needs no program and no font")
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to")
    arguments = parser.parse_args()
    make(arguments.into, texts_only=arguments.texts_only)
