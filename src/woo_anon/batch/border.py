"""The document border: whatever goes wrong with one document, in our code or a library, is told without its text."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woo_anon.errors import MissingError, RefusedError, WooAnonError


class UnexpectedError(WooAnonError):
    """An error that no stage foresaw, told without its text, for that could quote the document."""

    def __init__(self, message: str, remedy: str = "", frames: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, frames)
        self.frames = frames


@contextmanager
def border() -> Iterator[None]:
    """Let no error out that could quote the document."""
    try:
        yield
    except WooAnonError:
        raise
    except ImportError as error:
        raise MissingError(f"a part of the installation is missing ({error.name}).", "Run woo-anon doctor.") from None
    except MemoryError:
        raise RefusedError("takes more memory than there is.", "Split the document.") from None
    except Exception as error:
        raise unexpected(error) from None


def unexpected(error: BaseException) -> UnexpectedError:
    """An error that nobody foresaw, told by its type and place alone."""
    trace = traceback.extract_tb(error.__traceback__)
    frames = tuple(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in trace)
    ours = [number for number, frame in enumerate(trace) if "woo_anon" in Path(frame.filename).parts]
    where = f" at {frames[ours[-1] if ours else -1]}" if frames else ""
    return UnexpectedError(
        f"Unexpected error ({type(error).__name__}{where}).",
        "Export or print the document anew. Should that not help, please report this, with the output of -v;"
        " the document itself need not be sent.",
        frames,
    )
