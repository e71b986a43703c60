"""The three samples through the whole pipeline on the command line, held against their gold files in every reading."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from jsonschema import Draft202012Validator

from woo_anon.evaluation import gold
from woo_anon.record.log import schema

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("nota.pdf", "nota-colofon.pdf", "mailwisseling.txt")
TELLING = 4  # letters and digits; shorter texts stand in fonts and images by chance
ENCODINGS = ("utf-8", "latin-1", "utf-16-be", "utf-16-le")


@dataclass(frozen=True)
class Run:
    """One sample with what was made of it and what `scan` says about it."""

    source: Path
    folder: Path
    gold: gold.Gold
    findings: list[dict[str, str]]

    @property
    def publication(self) -> Path:
        return self.folder / "publication" / f"{self.source.stem}.anon{self.source.suffix}"

    @property
    def log(self) -> Path:
        return self.folder / "publication" / f"{self.source.stem}.anon.json"

    @property
    def report(self) -> Path:
        return self.folder / "internal" / f"{self.source.stem}.review.html"

    def surfaces(self, *labels: str) -> set[str]:
        marked = (mention for mention in self.gold.mentions if mention.label in labels)
        return {self.gold.text[mention.span.start : mention.span.end] for mention in marked}

    def decided(self, *actions: str) -> list[str]:
        return [finding["text"] for finding in self.findings if finding["action"] in actions]


def woo_anon(*arguments: str) -> str:
    command = [sys.executable, "-m", "woo_anon.cli.app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture(scope="module", params=NAMES)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    source, folder = SAMPLES / request.param, tmp_path_factory.mktemp("out")
    woo_anon("redact", str(source), "-o", str(folder), "-q")
    findings = json.loads(woo_anon("scan", "--json", "--text", str(source)))["findings"]
    content = (SAMPLES / "gold" / f"{source.stem}.gold.txt").read_text("utf-8")
    return Run(source, folder, gold.parse(f"{source.stem}.gold.txt", content), findings)


# ── Readings of the written file ──────────────────────────────────────────────────────────────────────────────────────


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pdfium_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pypdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def objects_of(path: Path) -> Iterator[bytes]:
    """Every string, name and stream of the file, decoded."""
    with pikepdf.open(path) as pdf:
        for value in [*pdf.objects, pdf.trailer]:
            yield from _bytes_of(value)


def _bytes_of(value: object) -> Iterator[bytes]:
    if isinstance(value, pikepdf.Stream):
        yield value.read_bytes() if value.get("/Subtype") != "/Image" else value.read_raw_bytes()
    if isinstance(value, (pikepdf.Stream, pikepdf.Dictionary)):
        for key, item in value.items():
            yield key.encode()
            if not getattr(item, "is_indirect", False):
                yield from _bytes_of(item)
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if not getattr(item, "is_indirect", False):
                yield from _bytes_of(item)
    elif isinstance(value, (pikepdf.String, pikepdf.Name, str)):
        yield bytes(value) if isinstance(value, pikepdf.String) else str(value).encode()


def texts_of(path: Path) -> str:
    if path.suffix == ".txt":
        return path.read_text("utf-8")
    return "\n".join([pdfium_text(path), pypdf_text(path)])


def stands_in(surface: str, text: str) -> bool:
    """Whether `surface` stands in `text` as whole words, however its white space is."""
    words = r"\s*".join(map(re.escape, surface.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text) is not None


def telling(surfaces: set[str]) -> set[str]:
    return {surface for surface in surfaces if sum(map(str.isalnum, surface)) >= TELLING}


# ── What must hold ────────────────────────────────────────────────────────────────────────────────────────────────────


def gone(run: Run) -> set[str]:
    """What the gold file redacts, the decisions cover and nothing keeps; of a mail address the part before the @."""
    kept = " ".join([*run.decided("keep"), *run.surfaces(gold.KEEP, gold.TOP)])
    marked = {surface.partition("@")[0] for surface in run.surfaces(*gold.MUST_GO)}
    removed = squeezed(" ".join(run.decided("redact", "review")))
    return {text for text in marked if squeezed(text) in removed and not stands_in(text, kept)}


def test_most_of_what_the_gold_file_redacts_is_covered(run: Run) -> None:
    assert len(gone(run)) >= 0.9 * len({text.partition("@")[0] for text in run.surfaces(*gold.MUST_GO)}) - 1


def test_what_was_redacted_is_in_no_reading_of_the_publication(run: Run) -> None:
    text = texts_of(run.publication)
    assert [surface for surface in gone(run) if stands_in(surface, text)] == []


def test_what_was_redacted_is_in_no_byte_of_the_publication(run: Run) -> None:
    blobs = [run.publication.read_bytes(), run.log.read_bytes()]
    blobs += objects_of(run.publication) if run.publication.suffix == ".pdf" else []
    for surface in telling(gone(run)):
        forms = {surface.encode(encoding, "ignore") for encoding in ENCODINGS}
        forms |= {form.hex().encode() for form in forms} | {form.hex().upper().encode() for form in forms}
        assert not any(form in blob for form in forms for blob in blobs), run.source.name


def test_kept_names_can_still_be_read(run: Run) -> None:
    text = squeezed(texts_of(run.publication))
    kept = [surface for surface in run.surfaces(gold.KEEP, gold.TOP) if surface in run.decided("keep")]
    assert kept
    assert [surface for surface in kept if squeezed(surface) not in text] == []


def test_the_log_is_valid_and_names_every_redaction(run: Run) -> None:
    log = json.loads(run.log.read_text("utf-8"))
    Draft202012Validator(schema()).validate(log)
    assert len(log["redactions"]) == len(run.decided("redact", "review"))
    assert log["verification"]["passed"] is True


def test_the_report_shows_every_finding(run: Run) -> None:
    shown = squeezed(html.unescape(re.sub(r"<[^>]*>", "", run.report.read_text("utf-8"))))
    assert [text for text in run.decided("redact", "review", "keep") if squeezed(text) not in shown] == []


def test_no_file_name_or_folder_holds_what_was_redacted(run: Run) -> None:
    names = " ".join(str(path.relative_to(run.folder)) for path in run.folder.rglob("*"))
    assert [surface for surface in telling(gone(run)) if surface in names] == []
