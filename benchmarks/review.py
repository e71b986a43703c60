"""The review on a document of 441 pages and on a folder of ten thousand: how long a reviewer waits.

    python benchmarks/review.py
    python benchmarks/review.py --pages 60 --documents 500

Redacts a long note and a short one, and enters the short one in the journal under many names. Then it asks the running
application what a browser asks: the folder, pages all over the document with their pictures, and decisions; each is
timed from request to the last byte. Prints the median and the slowest of each.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from long_note import write_long_note

from woo_anon.review import server


class Browser:
    """Asks the application at `address`, and times each answer in milliseconds."""

    def __init__(self, address: str) -> None:
        self._port = int(re.search(r":(\d+)/", address)[1])  # type: ignore[index]
        self._cookie = self._csrf = ""
        self.times: dict[str, list[float]] = {}
        connection = self._connection()
        connection.request("GET", address.partition(str(self._port))[2])
        self._cookie = connection.getresponse().headers["set-cookie"].partition(";")[0]
        self._csrf = re.search(r'name="csrf" content="([^"]+)"', self.ask("first opening of the folder", "/"))[1]  # type: ignore[index]

    def ask(self, what: str, path: str, body: object = None) -> str:
        connection = self._connection()
        headers = {"Cookie": self._cookie, "X-CSRF": self._csrf, "Origin": f"http://127.0.0.1:{self._port}"}
        began = time.perf_counter()
        connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.times.setdefault(what, []).append((time.perf_counter() - began) * 1000)
        connection.close()
        assert answer.status == 200, (path, answer.status, content[:300])
        return content.decode("utf-8", "replace")

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)


def multiply(journal: Path, documents: int) -> None:
    """Enter the short note under other names, so that the folder lists as many."""
    with sqlite3.connect(journal) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM document WHERE name = 'kort.pdf'").fetchone())
        for number in range(3, documents + 1):
            other = {**row, "number": number, "name": f"nota-{number:05}.pdf", "source": f"{row['source']}-{number}"}
            places = ", ".join("?" * len(other))
            connection.execute(f"INSERT INTO document ({', '.join(other)}) VALUES ({places})", list(other.values()))


def walk(browser: Browser, pages: int) -> None:
    """What a reviewer does."""
    listed = browser.ask("the folder, again", "/?q=nota.pdf")
    document = re.search(r'<a href="(/document/\d+)">nota.pdf', listed)[1]  # type: ignore[index]
    for query in ("", "?page=7", "?q=nota-00", "?order=twijfel", "?state=to_do"):
        browser.ask("the folder, again", f"/{query}")
    browser.ask("first opening of the document", f"{document}?page=1")
    for page in range(1, pages + 1, max(1, pages // 40)):
        browser.ask("a page with its findings", f"{document}/part?page={page}")
        browser.ask("picture of a page", f"{document}/picture/{page}?scale=2")
        browser.ask("that a page was seen", f"{document}/seen", {"pages": [page], "shown": page})
        shown = browser.ask("the whole document page", f"{document}?page={page}")
        found = re.findall(r'class="item [^"]*" data-key="([^"]+)"', shown)
        for key, action in zip(found[:2], ("keep", "redact"), strict=False):
            body = {"scope": "mention", "key": key, "action": action, "shown": page}
            browser.ask("a decision, stored and shown", f"{document}/rule", body)
        for key in found[2:3] if page % 4 == 1 else ():
            body = {"scope": "person", "key": key, "action": "keep", "shown": page}
            browser.ask("what a decision on a person meets", f"{document}/count", body)
            browser.ask("a decision on a person", f"{document}/rule", body)
    for word in ("planning", "gemeenten"):  # thousands of times each
        body = {"scope": "text", "text": word, "action": "redact", "shown": 1}
        browser.ask("a text on every page, redacted", f"{document}/rule", body)
    browser.ask("undo", f"{document}/undo", {"shown": 1})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=441)
    parser.add_argument("--documents", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in" / "nota.pdf", Path(folder) / "out"
        source.parent.mkdir()
        write_long_note(source, arguments.pages)
        write_long_note(source.with_name("kort.pdf"), 3)
        command = [sys.executable, "-m", "woo_anon.cli.app", "redact", str(source.parent), "-o", str(out), "-q"]
        subprocess.run(command, check=True)
        multiply(out / "internal" / "journal.sqlite", arguments.documents)
        began = time.perf_counter()
        with server.opened(out, "anna") as opened:
            print(f"{arguments.documents} documents, one of {arguments.pages} pages")
            print(f"{'start':32} {(time.perf_counter() - began) * 1000:7.0f} ms")
            thread = threading.Thread(target=opened.serve)
            thread.start()
            try:
                browser = Browser(opened.address)
                walk(browser, arguments.pages)
            finally:
                opened.stop()
                thread.join()
    for what, times in browser.times.items():
        print(f"{what:32} {statistics.median(times):7.0f} ms   slowest {max(times):5.0f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
