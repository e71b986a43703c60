"""The whole publication package: every file of it placed together, or none.

::

    DIR/publication/inventory.csv, inventory.xlsx
    DIR/publication/documents/10001.pdf, 10001.xml          a copy under its number, and its metadata
    DIR/publication/sitemap-diwoo-1.xml, sitemapindex-diwoo-infocat014.xml
    DIR/internal/document-ids.csv                            which number is whose

Numbers are the only names in it: the name of a file or a folder may be somebody's.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from woo_anon.errors import OutputError, RefusedError, WooAnonError
from woo_anon.publication import diwoo, edited, numbering, outputs, tables
from woo_anon.publication.diwoo import Entry
from woo_anon.publication.facts import Facts, facts
from woo_anon.publication.inventory import Row, row
from woo_anon.publication.outputs import INTERNAL, PUBLICATION, Fault, Published
from woo_anon.publication.tooi import find, lists
from woo_anon.settings import Settings
from woo_anon.staging import Output, check_free, staged

DOCUMENTS = "documents"
_OURS = re.compile(r"documents/\d+\.[a-z]+|sitemap-diwoo-\d+\.xml|sitemapindex-diwoo-infocat\d{3}\.xml")


@dataclass(frozen=True)
class Package:
    """What was written, and what was not."""

    inventory: Path
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    withheld: tuple[str, ...]  # places of documents in publication/ that are not published by this inventory
    index: str | None  # address of the sitemap index


@dataclass(frozen=True)
class _File:
    """One file to be: its content, or the file to copy it from with the hash that this must have."""

    output: Output
    content: bytes = b""
    source: Path | None = None
    sha256: str = ""


def write(folder: Path, settings: Settings, *, edits: Path | None = None) -> Package:
    """Write the publication package of the output folder `folder`; `edits` is an inventory that somebody edited.

    Documents that cannot be published as they stand are left out, and are in the result. Raises RefusedError, or
    the error of the only one, when there are no others; UnreadableError for a folder or an edited inventory that makes
    no sense, SettingsError, and OutputError when a file exists (unless `settings.force`) or cannot be written.
    """
    documents, faults = outputs.read(folder)
    if not documents:
        raise _nothing(faults)
    remembered = folder / INTERNAL / numbering.FILE_NAME
    said = edited.read(edits) if edits else {}
    numbers = numbering.number((document.place for document in documents), numbering.read(remembered), taken=said)
    documents = tuple(sorted(documents, key=lambda document: int(numbers[document.place])))
    ours = [numbers[document.place] for document in documents]
    about = facts(settings, dates_needed=any("date" not in said.get(number, {}) for number in ours))
    rows = _rows(documents, ours, about, said, edits)
    offered = [(document, line) for document, line in zip(documents, rows, strict=False) if line.offered]
    files = _files(folder / PUBLICATION, rows, offered, about)
    check_free([file.output for file in files], force=settings.force)
    _place([_File(Output(remembered, private=True), numbering.as_csv(numbers)), *files])
    _remove_older(folder / PUBLICATION, {file.output.path for file in files})
    published = {document.place for document, _ in offered}
    return Package(
        inventory=files[-1].output.path,
        rows=rows,
        faults=faults,
        withheld=tuple(document.place for document in documents if document.place not in published),
        index=about.base_url + diwoo.index_name(about.category) if offered else None,
    )


def _nothing(faults: Sequence[Fault]) -> WooAnonError:
    """What to say when no document can be published."""
    if len(faults) == 1:
        error = faults[0].error
        return type(error)(f"{faults[0].place}: {error.message}", error.remedy)
    told = "; ".join(f"{fault.place}: {fault.error.message.rstrip('.')}" for fault in faults)
    return RefusedError(f"None of {len(faults)} documents can be published. {told}.", "Redact them again.")


def _rows(
    documents: Sequence[Published],
    numbers: Sequence[str],
    about: Facts,
    said: Mapping[str, Mapping[str, Any]],
    edits: Path | None,
) -> tuple[Row, ...]:
    """The rows of `documents`, in their order, and behind them those that were added by hand."""
    numbered = list(zip(documents, numbers, strict=True))
    families, threads = _families(numbered), _threads(numbered)
    rows = [
        row(
            document,
            number,
            about,
            family=families[document.family[0]] if document.family else "",
            thread=threads[document.thread] if document.thread is not None else "",
        )
        for document, number in numbered
    ]
    return edited.merge(rows, said, about.matter, edits) if edits else tuple(rows)


def _families(numbered: Iterable[tuple[Published, str]]) -> dict[int, str]:
    """The ID of each family by its number: that of the mail itself, or of its first attachment when it is not there."""
    found: dict[int, str] = {}
    for document, number in sorted(numbered, key=lambda pair: pair[0].family or (0, "")):
        if document.family:
            found.setdefault(document.family[0], number)
    return found


def _threads(numbered: Iterable[tuple[Published, str]]) -> dict[int, str]:
    """The ID of each conversation by its number: that of its first mail in the inventory."""
    found: dict[int, str] = {}
    for document, number in numbered:
        if document.thread is not None:
            found.setdefault(document.thread, number)
    return found


def _files(public: Path, rows: Sequence[Row], offered: Sequence[tuple[Published, Row]], about: Facts) -> list[_File]:
    """Every file of the package, the inventory last: where it stands, everything stands."""
    files, entries = [], []
    for document, line in offered:
        name = f"{DOCUMENTS}/{line.id}{document.file.suffix}"
        kind = find(lists().formats, document.file.suffix.removeprefix("."))
        entry = Entry(line, kind, about.base_url + name, document.written)
        entries.append(entry)
        files.append(_File(Output(public / name), source=document.file, sha256=document.sha256))
        files.append(_File(Output(public / DOCUMENTS / f"{line.id}.xml"), diwoo.metadata(entry, about)))
    return [
        *files,
        *_sitemaps(public, entries, about),
        _File(Output(public / "inventory.csv"), tables.as_csv(rows)),
        _File(Output(public / "inventory.xlsx"), tables.as_workbook(rows)),
    ]


def _sitemaps(public: Path, entries: Sequence[Entry], about: Facts) -> list[_File]:
    files, addresses = [], []
    for number, start in enumerate(range(0, len(entries), diwoo.ENTRIES), start=1):
        name = f"sitemap-diwoo-{number}.xml"
        content = diwoo.sitemap(entries[start : start + diwoo.ENTRIES], about)
        files.append(_File(Output(public / name), content))
        addresses.append(about.base_url + name)
    if addresses:
        files.append(_File(Output(public / diwoo.index_name(about.category)), diwoo.sitemap_index(addresses)))
    return files


def _place(files: Sequence[_File]) -> None:
    """All files, or none. What may not be replaced was asked before."""
    with staged([file.output for file in files], force=True) as temporary:
        for file, path in zip(files, temporary, strict=True):
            try:
                content = file.source.read_bytes() if file.source else file.content
                path.write_bytes(content)
            except OSError as error:
                raise OutputError(
                    f"{file.output.path}: cannot be written ({error.strerror or 'output error'}).",
                    "Check the folder's permissions and the space on the disk.",
                ) from None
            if file.source and hashlib.sha256(content).hexdigest() != file.sha256:
                raise RefusedError(f"{file.source.name}: changed meanwhile.", "Run again when nothing writes to it.")


def _remove_older(public: Path, placed: set[Path]) -> None:
    """Take away what an earlier run wrote for documents that are not published any more."""
    for path in (*public.glob("*.xml"), *(public / DOCUMENTS).glob("*")):
        if path not in placed and _OURS.fullmatch(path.relative_to(public).as_posix()):
            with contextlib.suppress(OSError):
                path.unlink()
