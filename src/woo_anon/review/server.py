"""Runs the review on this machine: on 127.0.0.1 alone, until it is told to stop."""

from __future__ import annotations

import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from woo_anon.errors import OutputError
from woo_anon.executors.processes import ProcessesExecutor
from woo_anon.review.app import application
from woo_anon.review.desk import Desk
from woo_anon.review.folder import Folder
from woo_anon.review.guard import Guard
from woo_anon.review.pictures import Pictures
from woo_anon.review.publishing import Publishing
from woo_anon.review.result import Results
from woo_anon.review.whole import Whole
from woo_anon.trail import trail

_WORKERS = 2  # children that draw pages and write previews


@dataclass(frozen=True)
class Opened:
    """An application that listens. `address` holds the one-time token."""

    address: str
    serve: Callable[[], None]
    stop: Callable[[], None]


@contextmanager
def opened(location: Path, who: str, port: int = 0) -> Iterator[Opened]:
    """The review of the output folder at `location` by `who`; port 0 takes a free one.

    Raises OutputError when the folder cannot be reviewed or the port is taken, SettingsError when the profile of its
    run is gone.
    """
    with (
        trail.opened(location) as decisions,
        tempfile.TemporaryDirectory(prefix="woo-anon-") as private,
        _listening(port) as listens,
    ):
        folder = Folder(location, who, decisions)
        port = listens.getsockname()[1]
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        folder.rows()  # what takes a second with ten thousand documents is done before anybody looks
        limits = folder.settings.limits
        with ProcessesExecutor(_WORKERS, limits) as executor, ProcessesExecutor(1, limits) as gatherer:
            pictures = Pictures(executor, Path(private))
            results = Results(executor, Path(private), folder.settings)
            desk = Desk(folder, pictures, results, Whole(folder, gatherer), Publishing(location), csrf)
            pictures.prepare(_WORKERS)
            desk.whole.start()
            server = _server(Guard(application(desk), port, token, csrf))

            def serve() -> None:
                server.run(sockets=[listens])

            def stop() -> None:
                server.should_exit = True

            yield Opened(f"http://127.0.0.1:{port}/?token={token}", serve, stop)


def _server(app: Guard) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    listens = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listens.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listens.bind(("127.0.0.1", port))
        listens.listen()  # a browser that comes before the application waits
    except OSError as error:
        listens.close()
        raise OutputError(f"Port {port} is taken ({error.strerror or 'error'}).", "Choose another --port.") from None
    try:
        yield listens
    finally:
        listens.close()
