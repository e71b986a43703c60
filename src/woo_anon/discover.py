"""Finding the documents behind the arguments, and recognising what they are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path, PurePath, PurePosixPath

from woo_anon import storage
from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.formats import HEAD_BYTES, Format, may_hold, recognise, recognise_head
from woo_anon.formats.member import Thread
from woo_anon.staging import PREFIX

_OWN_FILES = ("*.anon.*", "*.review.html", "*.review.zip", "*.marks.pdf", "*.marks.xfdf", f"{PREFIX}*")
_OWN_FOLDERS = ("*.woo",)
# Hidden files, lock files of office suites, and what file managers leave behind.
_NO_DOCUMENTS = (".*", "~$*", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Source:
    """One document as found.

    `within` is its path inside the folder that was given, or its bare name. `suffixes` are those of what will
    be published of it, the publication version last. `failure` says why it cannot be handled; then there are none.
    """

    path: Path  # absolute; of a file elsewhere its bare name
    within: PurePath
    folder: Path | None = None  # the folder that was given, absolute; None when the file itself was
    suffixes: tuple[str, ...] = ()
    failure: WooAnonError | None = None
    address: str = ""  # of a file elsewhere
    holder: bool = False  # other documents may hang from it
    member: tuple[int, ...] = ()  # where it is within that file; () for the file itself
    family: str = ""  # location of the mail that it hangs from, or that others hang from
    thread: Thread | None = None  # of a mail

    @property
    def file(self) -> str:
        """The file that it is or is in: an absolute path or an address."""
        return self.address or str(self.path)

    @property
    def location(self) -> str:
        """Where it is: that of its file, and its place in it."""
        return f"{self.file}#{'.'.join(map(str, self.member))}" if self.member else self.file

    @property
    def name(self) -> str:
        """How it is called in what users and scripts read: `within`, with slashes."""
        return self.within.as_posix()


def discover(inputs: Iterable[Path | str], skip: Path | str | None = None, *, only: str = "") -> tuple[Source, ...]:
    """The documents behind `inputs`, files and folders (read recursively), each once, in a fixed order. An input is a
    path, or an address (`storage`).

    With `only`, a suffix, files of that format alone are taken from folders, and our own outputs among them. Otherwise
    our own outputs, hidden files and the folder `skip` (that of `-o`) are left out where a folder is read. A file that
    cannot be read or is of no known format stands in the result with its failure: it is not passed over in silence.
    Raises UnreadableError when a folder holds no documents.
    """
    found: dict[str, Source] = {}
    away = Path(os.path.abspath(skip)) if skip and not storage.is_address(str(skip)) else None  # noqa: PTH100
    for location in inputs:
        given = storage.given(str(location))
        if storage.is_address(given):
            for source in _elsewhere(given, str(skip or ""), only):
                found.setdefault(source.location, source)
            continue
        path = Path(os.path.abspath(given))  # noqa: PTH100  # `resolve` would follow links, and names count here
        if os.path.isdir(path):  # noqa: PTH112  # `Path.is_dir` raises on a name that is too long
            walked = _walk(path, away, own=bool(only))
            sources = tuple(source for source in walked if not only or _is_of_kind(source, only))
            if not sources:
                raise UnreadableError(f"{given}: the folder holds no documents.", "Check the path.")
        else:
            sources = (Source(path, PurePath(path.name)),)
        for source in sources:
            found.setdefault(source.location, source)
    return tuple(_recognised(source) for source in found.values())


def _elsewhere(address: str, skip: str, only: str) -> Iterator[Source]:
    """The files at or below an address; those that we made ourselves only with `only`."""
    if storage.is_file(address):
        yield Source(Path(PurePosixPath(address).name), PurePath(PurePosixPath(address).name), address=address)
        return
    no_files, no_folders = (_NO_DOCUMENTS, ()) if only else ((*_OWN_FILES, *_NO_DOCUMENTS), _OWN_FOLDERS)
    any_found = False
    for name in storage.files(address):
        own = bool(skip) and storage.joined(address, name).startswith(f"{skip.rstrip('/')}/")
        if own or _matches(name.name, *no_files) or any(_matches(part, *no_folders, ".*") for part in name.parts[:-1]):
            continue
        if only and name.suffix.casefold() != only:
            continue
        any_found = True
        yield Source(Path(name.name), PurePath(name), address=storage.joined(address, name))
    if not any_found:
        raise UnreadableError(f"{address}: the folder holds no documents.", "Check the address.")


def _walk(folder: Path, skip: Path | None, *, own: bool) -> Iterator[Source]:
    """The files below a folder, those that we made ourselves only with `own`."""
    failed: list[OSError] = []
    no_files, no_folders = (_NO_DOCUMENTS, ()) if own else ((*_OWN_FILES, *_NO_DOCUMENTS), _OWN_FOLDERS)
    for at, folders, files in os.walk(folder, onerror=failed.append):
        here = Path(at)
        within = here.relative_to(folder)
        folders[:] = sorted(name for name in folders if not _matches(name, *no_folders, ".*") and here / name != skip)
        for name in folders:
            if (here / name).is_symlink() and not _inside(here / name, folder):
                yield Source(here / name, within / name, folder, failure=_link(name))
        for name in sorted(files):
            if not _matches(name, *no_files):
                yield Source(here / name, within / name, folder)
    for error in failed:
        path = Path(error.filename)
        yield Source(path, path.relative_to(folder), folder, failure=_unreadable(path, error))


def _is_of_kind(source: Source, suffix: str) -> bool:
    """Whether a file is called or turns out to be of a kind; what cannot be read is not passed over in silence."""
    if source.failure or source.path.suffix.casefold() == suffix:
        return True
    try:
        return stat.S_ISREG(source.path.stat().st_mode) and recognise(source.path).key == suffix[1:]
    except (WooAnonError, OSError):
        return False


def _matches(name: str, *patterns: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _inside(link: Path, folder: Path) -> bool:
    """Whether a link leads to a folder that is read anyway: links to folders are not followed, so that loops end."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder))


def _recognised(source: Source) -> Source:
    if source.failure:
        return source
    try:
        if source.address:
            head = storage.head(source.address, HEAD_BYTES)
            # Of some files the beginning does not tell whether they are mail; they are not fetched to find out.
            return replace(_as(recognise_head(head, source.path.name), source), holder=may_hold(head))
        if not stat.S_ISREG(source.path.stat().st_mode):  # opening a pipe or a device would wait for ever
            raise UnreadableError(f"{source.path.name}: is no regular file.", "Copy its content to a file first.")
        source.name.encode("utf-8")
        return _as(recognise(source.path), source)
    except UnicodeEncodeError:  # log and report name the file, and they are UTF-8
        failure = UnreadableError(f"{source.path.name}: the file's name is no valid text.", "Rename it.")
        return replace(source, failure=failure)
    except WooAnonError as error:
        return replace(source, failure=error)
    except OSError as error:
        return replace(source, failure=_unreadable(source.path, error))


def _as(recognised: Format, source: Source) -> Source:
    return replace(source, suffixes=recognised.suffixes, holder=recognised.holds is not None)


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    return UnreadableError(
        f"{path.name}: cannot be read ({error.strerror or 'input error'}).", "Check that it exists and may be read."
    )


def _link(name: str) -> RefusedError:
    return RefusedError(
        f"{name}: is a link to a folder elsewhere; it is not followed.", "Give that folder as an input."
    )
