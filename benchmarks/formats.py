"""Annotated documents in other clothes: the same text as Word, OpenDocument and mail, and what is found in it.

    python benchmarks/formats.py GOLD_DIR      # as for `woo-anon evaluate`; needs LibreOffice and python-docx

Prints recall, precision and kept names for plain text and for each format, over the same marks. The Word documents
hold an author, a comment, a tracked change and a custom property that name people, as real ones do; OpenDocument is
what LibreOffice makes of them. Signs that are no white space are followed from the text into the document as read.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from woo_anon import pipeline
from woo_anon.document import Decision, Document, Page
from woo_anon.evaluation.figures import measure, summarise
from woo_anon.evaluation.gold import Gold, read
from woo_anon.formats import recognise
from woo_anon.settings import Settings
from woo_anon.spans import Span

# Fictitious.
OTHERS = "Nynke Zandloper", "Evert Halfwerk", "Tjitske Oldeboom"
_CUSTOM = (
    '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property'
    ' fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Behandelaar"><vt:lpwstr>%s</vt:lpwstr></property>'
    "</Properties>"
)
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def word(gold: Gold, folder: Path) -> Path:
    """The text as a Word document with all that names people beside it."""
    made = docx.Document()
    made.core_properties.author = OTHERS[0]
    for line in gold.text.split("\n"):
        made.add_paragraph(line)
    first = next(paragraph for paragraph in made.paragraphs if paragraph.runs)
    made.add_comment(first.runs, text=f"Graag nog langs {OTHERS[1]}.", author=OTHERS[1], initials="EH")
    inserted = OxmlElement("w:del")
    inserted.set(qn("w:author"), OTHERS[2])
    inserted.set(qn("w:id"), "900")
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = f"Volgens {OTHERS[2]} niet."
    run.append(text)
    inserted.append(run)
    first._p.append(inserted)
    part = Part(PackURI("/docProps/custom.xml"), _KIND, (_CUSTOM % OTHERS[0]).encode(), made.part.package)
    made.part.package.relate_to(part, _LINK)
    made.save(folder / f"{gold.name}.docx")
    return folder / f"{gold.name}.docx"


def opendocument(gold: Gold, folder: Path) -> Path:
    """What LibreOffice makes of the Word document."""
    source = word(gold, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return source.with_suffix(".odt")


def mail(gold: Gold, folder: Path) -> Path:
    """The text as the body of a mail."""
    message = EmailMessage()
    message["From"] = f"{OTHERS[0]} <n.zandloper@minvoorbeeld.example>"
    message["To"] = "griffie@minvoorbeeld.example"
    message["Date"] = "Thu, 7 Mar 2024 16:52:00 +0100"
    message["Subject"] = "Stukken"
    message.set_content(gold.text)
    path = folder / f"{gold.name}.eml"
    path.write_bytes(message.as_bytes())
    return path


def decided(gold: Gold, path: Path) -> tuple[Decision, ...]:
    """The decisions on the document at `path`, at the places of the plain text. Raises ValueError when that is not in
    the document, sign for sign."""
    document = recognise(path).read(path)
    seen = pipeline.examine_document(document, Settings())
    there, here = _signs(document.text), _signs(gold.text)
    at = "".join(document.text[place] for place in there).find("".join(gold.text[place] for place in here))
    if at < 0:
        raise ValueError(f"{gold.name}: its text is not in the document as it was read")
    places = {there[at + number]: place for number, place in enumerate(here)}
    return tuple(_moved(seen.decisions, places))


def _signs(text: str) -> list[int]:
    return [place for place, sign in enumerate(text) if not sign.isspace()]


def _moved(decisions: tuple[Decision, ...], places: dict[int, int]) -> Iterator[Decision]:
    for decision in decisions:
        inside = [places[place] for place in range(decision.span.start, decision.span.end) if place in places]
        if inside:
            yield replace(decision, span=Span(min(inside), max(inside) + 1))


def plain(gold: Gold) -> tuple[Decision, ...]:
    """The decisions on the plain text."""
    document = Document(f"{gold.name}.txt", "text", gold.text, (Page(1, 0, len(gold.text)),))
    return pipeline.examine_document(document, Settings()).decisions


def main(folder: Path) -> None:
    """Measure and print."""
    golds = read(folder)
    makers: dict[str, Callable[[Gold, Path], Path] | None] = {
        "text": None,
        "docx": word,
        "odt": opendocument,
        "eml": mail,
    }
    with tempfile.TemporaryDirectory() as work:
        for name, make in makers.items():
            measured, lost = [], 0
            for gold in golds:
                try:
                    measured.append(measure(gold, decided(gold, make(gold, Path(work))) if make else plain(gold)))
                except ValueError:
                    lost += 1
            figures = summarise(measured).figures
            part = sum(share.part for share in figures.by_label.values())
            whole = sum(share.whole for share in figures.by_label.values())
            print(
                f"{name:6}recall {part / whole:.4f}  precision {figures.precision.ratio:.4f}  kept"
                f" {figures.kept.ratio:.4f}  {len(measured)} documents, {lost} whose text was read otherwise"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
