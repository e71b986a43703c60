"""The samples are what the README says they are, and are what their generator makes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("nota", "nota-colofon", "mailwisseling")
MARK = re.compile(r"\{\{([A-Z]+)\|([^}]+)\}\}")


def gold(name: str) -> str:
    """The annotated text of a sample, without its header."""
    return (SAMPLES / "gold" / f"{name}.gold.txt").read_text("utf-8").split("\n\n", 1)[1]


def squeezed(text: str) -> str:
    """`text` without white space: line ends of a PDF fall elsewhere than those of the gold file."""
    return re.sub(r"\s", "", text)


def pdf(name: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(SAMPLES / f"{name}.pdf")


@pytest.mark.parametrize("name", ["nota", "nota-colofon"])
def test_every_marked_text_stands_in_the_pdf(name: str) -> None:
    text = squeezed("".join(page.extract_text() for page in pdf(name).pages))
    missing = [surface for _, surface in MARK.findall(gold(name)) if squeezed(surface) not in text]
    assert not missing


def test_the_mail_sample_is_its_gold_file_without_marks() -> None:
    assert MARK.sub(r"\2", gold("mailwisseling")) == (SAMPLES / "mailwisseling.txt").read_text("utf-8")


def test_the_generator_makes_the_committed_texts(tmp_path: Path) -> None:
    command = [sys.executable, str(SAMPLES / "make_samples.py"), "--texts-only", "--into", str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    made = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.txt")}
    assert len(made) == 4
    assert made == {path: (SAMPLES / path).read_text("utf-8") for path in made}


def test_the_note_is_tagged_dutch_and_two_pages_long() -> None:
    catalog = pdf("nota").trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-NL"
    assert len(pdf("nota").pages) == 2


def test_the_note_with_a_colofon_is_untagged() -> None:
    assert "/StructTreeRoot" not in pdf("nota-colofon").trailer["/Root"]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("nota", "/Author", "Abbenhuis, Maaike"),
        ("nota", "/Keywords", "Abbenhuis; informatiepunten; Kamervragen"),
        ("nota", "/Opgesteld door, Naam", "Maaike Abbenhuis"),
        ("nota", "/Opgesteld door, Telefoonnummer", "(070) 426 71 83"),
        ("nota-colofon", "/Author", "Okkerse, D.W. (Daan) - DGMo"),
    ],
)
def test_the_metadata_names_the_author(name: str, key: str, value: str) -> None:
    information = pdf(name).metadata
    assert information is not None
    assert information[key] == value


@pytest.mark.parametrize("name", ["nota", "nota-colofon"])
def test_all_fonts_are_embedded(name: str) -> None:
    fonts = [font.get_object() for page in pdf(name).pages for font in page["/Resources"]["/Font"].values()]
    embedded = [font for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})]
    assert len(embedded) >= 2
    assert all(font["/BaseFont"] in ("/Helvetica", "/ZapfDingbats") for font in fonts if font not in embedded)


def test_a_state_secretary_and_an_official_share_a_surname() -> None:
    labels = {label for label, surface in MARK.findall(gold("nota")) if surface == "Lagerwey"}
    assert labels == {"KEEP", "PERSON"}
