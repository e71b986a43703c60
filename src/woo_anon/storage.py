"""Files elsewhere: at any address that fsspec knows, such as `s3://bucket/folder`, beside those of this machine.

A location is a text: an absolute path, or an address with `://`. What opens an address (keys, endpoints) comes from the
environment alone, as the library of that kind of address reads it; never from an address, a setting or an option.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from woo_anon.errors import MissingError, OutputError, UnreadableError, UsageError, WooAnonError

_SIGN = "://"
_CHECKSUMS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")  # as stores call them


def is_address(location: str) -> bool:
    """Whether a location is an address, and no path."""
    return _SIGN in location


def given(location: str) -> str:
    """A location as somebody gave it: `file://` addresses become paths, others lose a slash at their end.

    Raises UsageError for an address that holds a password or a key, or of a kind that nobody knows, and MissingError
    when the library for that kind is not installed.
    """
    if not is_address(location):
        return location
    parts = urlsplit(location)
    if parts.scheme in ("file", "local"):
        return unquote(parts.path)
    if "@" in parts.netloc:
        raise UsageError("An address must not hold credentials.", "Put them in the environment; see docs/batch.md.")
    _opened(location)
    return location.rstrip("/")


def joined(folder: str, name: PurePosixPath | Path) -> str:
    """The location of `name` in a folder."""
    return f"{folder}/{name.as_posix()}" if is_address(folder) else str(Path(folder) / name)


def files(folder: str) -> Iterator[PurePosixPath]:
    """Every file below the address `folder`, as it is called in it, in order. None when there is no such folder.

    Raises UnreadableError.
    """
    with _told(folder, UnreadableError, "read"):
        filesystem, path = _opened(folder)
        found = sorted(filesystem.find(path))
    for file in found:
        yield PurePosixPath(str(file).lstrip("/")).relative_to(path.lstrip("/"))


def is_file(address: str) -> bool:
    """Whether there is a file, and no folder. Raises UnreadableError."""
    with _told(address, UnreadableError, "read"):
        filesystem, path = _opened(address)
        return bool(filesystem.isfile(path))


def head(address: str, length: int) -> bytes:
    """The first bytes of a file. Raises UnreadableError."""
    with _told(address, UnreadableError, "read"):
        filesystem, path = _opened(address)
        return bytes(filesystem.read_block(path, 0, length))


@contextmanager
def at_hand(location: str) -> Iterator[Path]:
    """The file on this machine: itself, or a copy, readable by its owner alone, for the time of the block.

    Raises UnreadableError.
    """
    if not is_address(location):
        yield Path(location)
        return
    with tempfile.TemporaryDirectory(prefix="woo-anon-") as folder:
        copy = Path(folder) / PurePosixPath(location).name
        fetch(location, copy)
        yield copy


def fetch(address: str, target: Path) -> None:
    """Copy a file to this machine. Raises UnreadableError."""
    with _told(address, UnreadableError, "read"):
        filesystem, path = _opened(address)
        filesystem.get_file(path, str(target))


def send(source: Path, address: str) -> None:
    """Copy a file of this machine to an address; what stands there is replaced. Raises OutputError."""
    with _told(address, OutputError, "written"):
        filesystem, path = _opened(address)
        filesystem.makedirs(filesystem._parent(path), exist_ok=True)
        filesystem.put_file(str(source), path)


def exists(location: str) -> bool:
    """Whether something stands there. Raises OutputError when that cannot be told."""
    if not is_address(location):
        return Path(location).exists()
    with _told(location, OutputError, "looked at"):
        filesystem, path = _opened(location)
        return bool(filesystem.exists(path))


def remove(location: str) -> None:
    """Remove a file, if it is there. Raises OutputError."""
    with _told(location, OutputError, "removed"):
        filesystem, path = _opened(location)
        if filesystem.exists(path):
            filesystem.rm_file(path)


def move(location: str, target: str) -> None:
    """Move a file within one store; of a path the owner alone can read it then. Raises OutputError."""
    with _told(target, OutputError, "written"):
        if not is_address(location):
            Path(target).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            Path(location).replace(target)
            Path(target).chmod(0o600)
            return
        filesystem, path = _opened(location)
        _, there = _opened(target)
        filesystem.makedirs(filesystem._parent(there), exist_ok=True)
        filesystem.mv(path, there)


def digest(location: str) -> str:
    """SHA-256 of a file's bytes, as hexadecimal digits. Raises UnreadableError."""
    with _told(location, UnreadableError, "read"), _reading(location) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(location: str) -> str:
    """What changes when a file changes, without reading it where it is elsewhere: its SHA-256, or what its store says
    of it, a checksum or its size and time, as a hash. Raises UnreadableError."""
    if not is_address(location):
        return digest(location)
    with _told(location, UnreadableError, "read"):
        filesystem, path = _opened(location)
        known = filesystem.info(path)
    # A store tells more or less of a file as it is listed or asked for; `ukey` would then differ.
    told = [str(known[key]) for key in _CHECKSUMS if known.get(key)][:1] or [
        str(known[key]) for key in ("size", "LastModified", "mtime", "created") if known.get(key)
    ]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


def _reading(location: str) -> BufferedReader:
    if not is_address(location):
        return Path(location).open("rb")
    filesystem, path = _opened(location)
    return cast(BufferedReader, filesystem.open(path, "rb"))


def _opened(location: str) -> tuple[Any, str]:
    """The file system of a location and the path in it."""
    from fsspec.core import url_to_fs

    try:
        filesystem, path = url_to_fs(location)
    except ImportError as error:
        raise MissingError(
            f"{location.partition(_SIGN)[0]}:// needs a library that is not installed ({error.name or 'see fsspec'}).",
            "For s3:// pip install 'woo-anon[s3]'; for others see the documentation of fsspec.",
        ) from None
    except ValueError:
        raise UsageError(
            f"Addresses that begin with {location.partition(_SIGN)[0]}:// are not known.", "Check the address."
        ) from None
    return filesystem, str(path)


@contextmanager
def _told(location: str, kind: type[WooAnonError], done: str) -> Iterator[None]:
    """Errors of all these libraries as one of ours, without their texts, which may hold keys."""
    try:
        yield
    except WooAnonError:
        raise
    except OSError as error:
        raise kind(f"{location}: cannot be {done} ({error.strerror or type(error).__name__}).", _REMEDY) from None
    except Exception as error:
        raise kind(f"{location}: cannot be {done} ({type(error).__name__}).", _REMEDY) from None


_REMEDY = "Check the address, the rights and the keys in the environment."
