"""Office files behind a password ([MS-OFFCRYPTO]; [MS-DOC], 2.2.6): unlocked with one that the user gives."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.compound import DAMAGED, opened

_BROKEN = (*DAMAGED, DecryptionError, FileFormatError, ParseError, ExpatError)
_GIVE_IT = "Write its password in a file and name that with --password-file."
_TAKE_IT_OFF = "Open it in the program that made it, take the password off and save it."


@contextmanager
def _office_file(path: Path) -> Iterator[Any]:
    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL)  # it tells passwords to whoever listens
    with opened(path), path.open("rb") as stream:
        yield msoffcrypto.OfficeFile(stream)


def is_locked(path: Path) -> bool:
    """Whether the OLE file at `path` is an Office file behind a password; not where that cannot be told."""
    try:
        with _office_file(path) as file:
            return bool(file.is_encrypted())
    except _BROKEN:
        return False


def unlocked(path: Path, access: Access) -> bytes:
    """The content of the locked Office file at `path`, with the first of the passwords in `access` that fits.

    Raises RefusedError when none does, or it is locked in another way.
    """
    for password in access.passwords:
        content = _content(path, password)
        if content is not None:
            return content
    tried = " that is not among those given" if access.passwords else ""
    raise RefusedError(f"{path.name}: the document needs a password{tried}.", _GIVE_IT)


def _content(path: Path, password: str) -> bytes | None:
    """None when the password does not fit."""
    content = io.BytesIO()
    try:
        with _office_file(path) as file:
            # Of old Word documents every password is tried anyway.
            file.load_key(password=password, **({"verify_password": True} if file.format == "ooxml" else {}))
            file.decrypt(content)
    except InvalidKeyError:
        return None
    except _BROKEN as error:
        message = f"{path.name}: is locked in a way that no password opens, or broken."
        raise RefusedError(message, _TAKE_IT_OFF) from error
    return content.getvalue()
