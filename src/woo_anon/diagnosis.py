"""What the tool needs and whether it is there: Python, libraries, the model, optional programs."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "woo-anon"
# Program, what it is for, and how to get it on Debian; none of them is needed for PDF with text, mail and UTF-8 text.
_PROGRAMS = (
    ("soffice", "PDFs of Word documents, OpenDocument, .doc and RTF", "apt install libreoffice-writer-nogui"),
    ("tesseract", "scans", "apt install tesseract-ocr tesseract-ocr-nld"),
)
_TRIAL = "Opgesteld door\nmw. J. Zandvoort (j.zandvoort@minwes.nl, 06 12345678)\n"  # fictitious


@dataclass(frozen=True)
class Part:
    """One thing that was looked for. `version` is "" when it is absent or has none."""

    name: str
    needed: bool
    present: bool
    version: str = ""
    detail: str = ""


def examine_installation() -> tuple[Part, ...]:
    """Look at everything; runs detection on a trial text, to see that the model can be used."""
    return (_python(), *_libraries(), _model(), *_programs())


def _python() -> Part:
    return Part("python", True, sys.version_info >= (3, 11), platform.python_version(), sys.executable)


def _libraries() -> Iterator[Part]:
    for name in _requirements():
        try:
            yield Part(name, True, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Part(name, True, False, detail=f"install it with: pip install {name}")


def _requirements() -> list[str]:
    """Names of the distributions that this one cannot do without, from its own metadata (extras left out)."""
    import re

    lines = metadata.requires(DISTRIBUTION) or []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra ==" not in line]


def _model() -> Part:
    """Whether the stages up to the decisions work, model and data included; why not is told by an error's type."""
    try:
        from woo_anon.detect.location import model_version
        from woo_anon.pipeline import examine
        from woo_anon.settings import Settings

        with tempfile.TemporaryDirectory() as folder:
            nota = Path(folder) / "nota.txt"
            nota.write_text(_TRIAL, "utf-8")
            version = model_version()
            redacted = any(decision.removes for decision in examine(nota, Settings()).decisions)
    except Exception as error:
        return Part("model", True, False, detail=f"cannot be used ({type(error).__name__}); install woo-anon again")
    if not redacted:
        return Part("model", True, False, detail="finds nothing in a trial text; install woo-anon again")
    return Part("model", True, True, detail=f"{version}; works on a trial text")


def _programs() -> Iterator[Part]:
    for program, purpose, remedy in _PROGRAMS:
        found = shutil.which(program)
        yield Part(
            program,
            False,
            found is not None,
            detail=found or f"needed for {purpose}: {remedy}",
        )
    yield _recognition()
    yield _review()


def _review() -> Part:
    """Whether the review in the browser can be opened."""
    lacking = [name for name in ("starlette", "uvicorn") if importlib.util.find_spec(name) is None]
    detail = (
        f"{lacking[0]} is missing; pip install 'woo-anon[review]'" if lacking else "judges proposals in the browser"
    )
    return Part("review", False, not lacking, detail=detail)


def _recognition() -> Part:
    """Whether pages without text can be read: OCRmyPDF, Tesseract and its Dutch."""
    from woo_anon.formats.pdf.scans.ocr import INSTALL, missing

    lacking = missing()
    detail = f"{lacking} is missing; {INSTALL}" if lacking else "reads pages without text"
    return Part("ocr", False, lacking is None, detail=detail)
