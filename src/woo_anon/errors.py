"""What can go wrong, and with which exit code.

    WooAnonError                1  unexpected
    ├── UsageError              2  wrong arguments
    ├── UnreadableError         3  not a document we read, or a broken one
    ├── RefusedError            4  readable, but not to be handled as it is (encrypted, signed, a page without text)
    ├── OutputError             5  output exists or cannot be written
    ├── LeakError               6  verification found something that should be gone
    ├── MissingError            7  a model or a program is missing
    └── SettingsError           8  settings that make no sense

Every error carries a message that says what happened and a remedy that says what to do. Neither ever holds text of a
document: a message may name a file, a page, a kind of object, never what stands in it.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command line; public interface."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    UNREADABLE = 3
    REFUSED = 4
    OUTPUT = 5
    LEAK = 6
    MISSING = 7
    SETTINGS = 8
    SOME_FAILED = 9
    FOUND = 10
    INTERRUPTED = 130


class WooAnonError(Exception):
    """Base of all errors of this package.

    `message` says what happened, `remedy` what the user can do about it ("" when there is nothing to say). Picklable,
    so that it travels from a worker process.
    """

    exit_code: ExitCode = ExitCode.UNEXPECTED

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(WooAnonError):
    """Arguments that do not go together."""

    exit_code = ExitCode.USAGE


class UnreadableError(WooAnonError):
    """The input is missing, of no known format, or broken."""

    exit_code = ExitCode.UNREADABLE


class RefusedError(WooAnonError):
    """The input can be read but must not be handled as it is."""

    exit_code = ExitCode.REFUSED


class OutputError(WooAnonError):
    """The output exists already or cannot be written."""

    exit_code = ExitCode.OUTPUT


class LeakError(WooAnonError):
    """Verification of the written file failed; nothing was published."""

    exit_code = ExitCode.LEAK


class MissingError(WooAnonError):
    """A model or an external program is missing."""

    exit_code = ExitCode.MISSING


class SettingsError(WooAnonError):
    """A settings file or profile cannot be read or has an unknown key."""

    exit_code = ExitCode.SETTINGS
