"""Reviewers at a running application, and the documents that they review."""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from woo_anon.cli.app import app
from woo_anon.review import server

MAIL = """Van: Tjitske Oldeboom
Aan: minister Hermans

Roelof van Hezik heeft hierover gebeld. Neem contact op met Tjitske Oldeboom.
"""
SECOND = "Aan: Roelof van Hezik\n\nWil je Tjitske Oldeboom bellen?\n"
HOSTILE = "Opgesteld door: Tjitske Oldeboom <script>alert(1)</script>\n"
HOSTILE_NAME = "<img src=x onerror=alert(1)>.txt"
REVIEW_ALL = """name = "alles"
[[rule]]
id = "minister"
role = "ambtsdrager"
action = "keep"
[[rule]]
id = "twijfel"
action = "review"
ground = "5.1.2e"
"""
NAMES = ["Tjitske Oldeboom", "Roelof van Hezik", "Nynke Poelwijk", "Sybren Wiarda", "Hatice Yildirim"]


@dataclass
class Reviewer:
    """Somebody with a session at the application at `port`."""

    port: int
    cookie: str = ""
    csrf: str = ""
    sent: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> tuple[int, dict]:
        own = {"Origin": f"http://127.0.0.1:{self.port}", "X-CSRF": self.csrf, "Content-Type": "application/json"}
        status, text, _ = self._ask("POST", path, json.dumps(body), {**own, **headers})
        return status, json.loads(text) if text.startswith("{") else {"error": text}

    def ask(self, path: str, body: object) -> dict:
        status, said = self.post(path, body)
        assert status == 200, said
        return said

    def key(self, path: str, surface: str) -> str:
        """The key of the first mention that shows `surface`."""
        _, page, _ = self.get(path)
        found = re.search(rf'data-key="([^"]+)"[^>]*>(?:(?!</button>).)*?<b>{re.escape(surface)}</b>', page, re.DOTALL)
        assert found, surface
        return found[1]

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {"Cookie": self.cookie, **headers})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text, answer.headers


def enter(address: str) -> Reviewer:
    """Follow the address that the application shows."""
    port = int(re.search(r":(\d+)/", address)[1])
    reviewer = Reviewer(port)
    status, _, headers = reviewer.get(address.partition(str(port))[2])
    assert status == 303
    reviewer.cookie = headers["set-cookie"].partition(";")[0]
    _, page, _ = reviewer.get("/")
    reviewer.csrf = re.search(r'name="csrf" content="([^"]+)"', page)[1]
    return reviewer


@contextmanager
def serving(folder: Path, who: str) -> Iterator[str]:
    """The address of an application over `folder`."""
    with server.opened(folder, who) as opened:
        thread = threading.Thread(target=opened.serve)
        thread.start()
        try:
            yield opened.address
        finally:
            opened.stop()
            thread.join()


def redacted(source: Path, target: Path, *more: str) -> Path:
    result = CliRunner().invoke(app, ["redact", str(source), "-o", str(target), "--executor", "serial", "-q", *more])
    assert result.exit_code == 0, result.output
    return target


def note(file: Path, pages: list[list[str]]) -> None:
    canvas = Canvas(str(file), pagesize=A4)
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(70, 760 - 24 * at, line)
        canvas.showPage()
    canvas.save()
