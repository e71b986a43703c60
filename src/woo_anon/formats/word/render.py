"""Makes a PDF of the publication version, with LibreOffice: tagged (PDF/UA-1) and fit for the archive (PDF/A-2).

It is made from the file that was redacted and never from the source. LibreOffice runs by itself, with a time limit and
a profile of its own in a temporary folder, so that runs beside each other do not meet; it opens no connection, for the
document refers to nothing outside. Its metadata, which say when it ran, are replaced: the same document gives the same
PDF.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from woo_anon.errors import MissingError, RefusedError, UnreadableError
from woo_anon.formats import program
from woo_anon.formats.pdf.document.renewal import renew

_NAMES = ("soffice", "libreoffice")
_FILTER = (
    "pdf:writer_pdf_Export:{"
    + ",".join(
        f'"{name}":{{"type":"{kind}","value":"{value}"}}'
        for name, kind, value in (
            ("SelectPdfVersion", "long", "2"),  # PDF/A-2b
            ("PDFUACompliance", "boolean", "true"),
            ("UseTaggedPDF", "boolean", "true"),
            ("ExportBookmarks", "boolean", "true"),
            ("ExportNotes", "boolean", "false"),
            ("ExportFormFields", "boolean", "false"),
            ("UseLosslessCompression", "boolean", "true"),
            ("ReduceImageResolution", "boolean", "false"),
        )
    )
    + "}"
)
_KEPT_VARIABLES = ("PATH", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
_NO_PROXY = "http://127.0.0.1:9"  # nothing listens there: whatever asks for the network gets none
_EPOCH = "0"


def find_office() -> str | None:
    """The path of LibreOffice's program; None when there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def to_pdf(source: Path, target: Path, seconds: int, name: str = "") -> None:
    """Write the PDF of `source`, a Word document or OpenDocument text, to `target`; `seconds` at most. Raises as
    `convert`."""
    convert(source, target, _FILTER, seconds, name)


def to_opendocument(source: Path, target: Path, seconds: int) -> None:
    """Write `source` to `target` as OpenDocument text; `seconds` at most. Raises as `convert`."""
    convert(source, target, "odt:writer8", seconds)


def convert(source: Path, target: Path, kind: str, seconds: int, name: str = "") -> None:
    """Write what LibreOffice makes of `source`, by the filter `kind`, to `target`; `seconds` at most. `name` is what
    messages call the document, that of `source` when there is none.

    Raises MissingError when LibreOffice is missing, RefusedError when it takes longer than `seconds`, UnreadableError
    when it makes nothing of it, OutputError when the target cannot be written.
    """
    office = find_office()
    if office is None:
        raise MissingError("LibreOffice is needed for this document.", program.LIBREOFFICE)
    with tempfile.TemporaryDirectory(prefix="woo-anon-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        # LibreOffice names the result by it, and puts names of files into some.
        copy = work / f"document{source.suffix}"
        shutil.copyfile(source, copy)
        _run(_command(office, kind, work, copy), work, seconds, name or source.name)
        made = work / "out" / f"document.{kind.partition(':')[0]}"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableError(
                f"{name or source.name}: LibreOffice made nothing of it.", "Open it in Word and save it again."
            )
        if made.suffix == ".pdf":
            renew(made, target)
        else:
            shutil.copyfile(made, target)


def _command(office: str, kind: str, work: Path, source: Path) -> list[str]:
    return [
        office,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        kind,
        "--outdir",
        str(work / "out"),
        str(source),
    ]


def _environment(work: Path) -> Mapping[str, str]:
    """What LibreOffice needs of the environment; a home of its own, the same language and time everywhere."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NO_PROXY)
    time = {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", _EPOCH), "TZ": "UTC"}
    return {**kept, **proxies, **time, "HOME": str(work), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _run(command: list[str], work: Path, seconds: int, name: str) -> None:
    try:
        code = program.run(command, work, _environment(work), seconds)
    except subprocess.TimeoutExpired as error:
        raise RefusedError(
            f"{name}: LibreOffice took longer than {seconds} seconds.", "Allow it more time, or split the document."
        ) from error
    if code:
        raise UnreadableError(f"{name}: LibreOffice cannot read it.", "Open it in Word and save it again.")
