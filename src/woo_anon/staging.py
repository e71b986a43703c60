"""Placing the files of one document: all of them under their final names, or none.

Each file is first reserved under a temporary name in its final folder, readable by its owner alone, for what stands in
it is not verified yet. When the work is done they are flushed to disk and moved one by one, in the order given; give
the publication version last: where it stands, everything else stands.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from woo_anon.errors import OutputError, WooAnonError

PREFIX = ".woo-anon-"  # of temporary names: hidden, and skipped when a folder is read
_ONE_AT_A_TIME = threading.Lock()
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


@dataclass(frozen=True)
class Output:
    """One file to be: its final name, and whether only its owner may read it."""

    path: Path
    private: bool = False


def check_free(outputs: Sequence[Output], *, force: bool) -> None:
    """Raise OutputError when one of `outputs` exists (unless `force`) or cannot exist where it is meant to."""
    for output in outputs:
        try:
            found = output.path.lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _cannot_write(output.path, error) from None
        if stat.S_ISDIR(found.st_mode):
            raise OutputError(f"{output.path}: there is a folder of that name.", "Move it, or choose another -o.")
        if not force:
            raise OutputError(f"{output.path}: exists already.", "Use --force to replace it, or choose another -o.")


@contextmanager
def staged(outputs: Sequence[Output], *, force: bool, run: str = "") -> Iterator[tuple[Path, ...]]:
    """Reserve a temporary file for each of `outputs`; place them when the block ends well, remove them when it fails.

    Yields the temporary paths, in the order of `outputs`; `run` stands in their names (`sweep`). Raises OutputError
    when a file exists, or cannot be reserved or placed; then no file and no new folder is left, and an older file that
    `force` would replace is there still.
    """
    check_free(outputs, force=force)
    made: list[Path] = []
    reserved: list[Path] = []
    try:
        for output in outputs:
            with _ONE_AT_A_TIME:  # nobody clears away a folder between its making and its first file
                made += _make_folders(output.path.parent, private=output.private)
                reserved.append(_reserve(output.path, run))
        yield tuple(reserved)
        _place(reserved, outputs, force=force)
    except BaseException:
        _remove(reserved)
        with _ONE_AT_A_TIME:
            for folder in reversed(made):
                with contextlib.suppress(OSError):  # another document may have put a file in it
                    folder.rmdir()
        raise


@contextmanager
def working_copy(folder: Path, *, run: str = "") -> Iterator[Path]:
    """A file in `folder`, readable by its owner alone, that is there for the time of the block and never placed.

    Raises OutputError when it cannot be reserved.
    """
    path = _reserve(folder / "copy.tmp", run)
    try:
        yield path
    finally:
        _remove([path])


def sweep(folder: Path, run: str = "", *, below: bool = True) -> None:
    """Remove the temporary files that killed workers of a run (of any run: "") left in `folder`.

    With `below` those in the folders below it too, and folders in which then nothing is left, `folder` itself included.
    """
    for path in (folder.rglob if below else folder.glob)(f"{PREFIX}{run}*"):
        with contextlib.suppress(OSError):
            path.unlink()
    if not below:
        return
    for at, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):  # it is not empty
            Path(at).rmdir()


def _make_folders(folder: Path, *, private: bool) -> list[Path]:
    """Make `folder` and what is missing above it. Returns the folders made, outermost first."""
    missing = [at for at in (folder, *folder.parents) if not at.exists()]
    made = []
    for at in reversed(missing):
        try:
            at.mkdir(mode=_PRIVATE_FOLDER if private and at == folder else 0o777)
            made.append(at)
        except FileExistsError:
            if not at.is_dir():
                raise OutputError(f"{at}: is no folder.", "Choose another -o.") from None
        except OSError as error:
            for new in reversed(made):
                new.rmdir()
            raise _cannot_write(at, error) from None
    return made


def _beside(final: Path, run: str = "") -> Path:
    """A name that nobody uses, in the same folder."""
    return final.with_name(f"{PREFIX}{run}{secrets.token_hex(8)}{final.suffix}")


def _reserve(final: Path, run: str) -> Path:
    temporary = _beside(final, run)
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))
    except OSError as error:
        raise _cannot_write(final, error) from None
    return temporary


def _place(reserved: Sequence[Path], outputs: Sequence[Output], *, force: bool) -> None:
    for temporary, output in zip(reserved, outputs, strict=True):
        _finish(temporary, output)
    check_free(outputs, force=force)  # once more: the work took a while
    moves = [
        (temporary, output.path, _beside(output.path)) for temporary, output in zip(reserved, outputs, strict=True)
    ]
    try:
        for temporary, path, older in moves:
            with contextlib.suppress(FileNotFoundError):
                path.rename(older)
            temporary.replace(path)
        for folder in {path.parent for _, path, _ in moves}:
            _flush_folder(folder)
    except BaseException as error:
        _take_back(moves)
        if isinstance(error, OSError):
            raise _cannot_write(outputs[-1].path, error) from None
        raise
    _remove([older for _, _, older in moves])


def _take_back(moves: Sequence[tuple[Path, Path, Path]]) -> None:
    for temporary, path, older in moves:
        if older.exists():
            older.replace(path)
        elif not temporary.exists():  # it was moved, and there was nothing before it
            path.unlink(missing_ok=True)


def _finish(temporary: Path, output: Output) -> None:
    """Flush to disk and give the final permissions. A file that nobody wrote to is an error, not an output."""
    try:
        with temporary.open("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            os.fsync(file.fileno())
        temporary.chmod(_PRIVATE_FILE if output.private else 0o666 & ~_umask())
    except OSError as error:
        raise _cannot_write(output.path, error) from None
    if size == 0:
        raise WooAnonError(f"{output.path.name}: nothing was written.", "Please report this.")


def _flush_folder(folder: Path) -> None:
    """Make the new names durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _umask() -> int:
    # The mask can only be read by setting it: for a moment the strictest, and by one thread at a time.
    with _ONE_AT_A_TIME:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror or 'output error'}).",
        "Check the folder's permissions, the space on the disk and the length of the name.",
    )
