"""Hostile and broken documents on the command line: one clear line, the right exit code, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

Captured = pytest.CaptureFixture[str]
SAMPLES = Path(__file__).parents[2] / "samples"
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"
SECONDS = 120  # a machine that runs many tests at once is slow; alone these take one or two
TEXT = b"BT /F1 12 Tf 50 50 Td (Opgesteld door Janneke Zandvoort) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))


def woo_anon(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "woo_anon.cli.app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)


def files() -> list[str]:
    """Those below the working folder, but for those of a journal."""
    return sorted(str(path) for path in Path().rglob("*") if path.is_file() and "journal." not in path.name)


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; object 1 is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (size, table, size, len(out))


def one_page(
    content: bytes, keys: bytes = b"", catalog: bytes = b"", kids: bytes = b"[3 0 R]", more: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF with a page that draws `content`, a stream with these `keys`."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count 1/Kids" + kids + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>\nstream\n%s\nendstream" % (keys, len(content), content),
        FONT,
        *more,
    )


def truncated() -> bytes:
    content = (SAMPLES / "nota.pdf").read_bytes()
    return content[: len(content) * 7 // 10]


def with_password() -> bytes:
    with pikepdf.open(SAMPLES / "nota.pdf") as pdf:
        pdf.save("made.pdf", encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return taken("made.pdf")


def scanned() -> bytes:
    Image.new("L", (600, 800), 255).save("made.pdf")
    return taken("made.pdf")


def partly_scanned() -> bytes:
    Image.new("L", (600, 800), 255).save("scan.pdf")
    with pikepdf.open(SAMPLES / "nota.pdf") as pdf, pikepdf.open("scan.pdf") as scan:
        pdf.pages.extend(scan.pages)
        pdf.save("made.pdf")
    taken("scan.pdf")
    return taken("made.pdf")


def taken(name: str) -> bytes:
    content = Path(name).read_bytes()
    Path(name).unlink()
    return content


def bomb() -> bytes:
    """A page of 2 GB that takes 2 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(2048)) + packer.flush()
    assert len(packed) < 3 << 20
    return one_page(packed, b"/Filter/FlateDecode")


def bomb_in_a_bomb() -> bytes:
    return one_page(zlib.compress(zlib.compress(bytes(1 << 29), 9), 9), b"/Filter[/FlateDecode/FlateDecode]")


def loop() -> bytes:
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", *[b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % at for at in (3, 2)])


def signed() -> bytes:
    return one_page(
        TEXT,
        catalog=b"/AcroForm<</Fields[6 0 R]/SigFlags 3>>",
        more=(b"<</FT/Sig/T(s)/V 7 0 R>>", b"<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>"),
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (truncated, 3),
        (with_password, 4),
        (lambda: one_page(TEXT, kids=b"[" * 10_000 + b"3 0 R" + b"]" * 10_000), 3),
        (loop, 3),
        (bomb, 3),
        (bomb_in_a_bomb, 3),
        (scanned, 4),
        (partly_scanned, 4),
        (signed, 4),
        (lambda: one_page(TEXT, catalog=b"/Collection<</View/D>>"), 4),
        (lambda: NOTA.encode("utf-16-le"), 3),
        (lambda: NOTA.encode() * 200 + b"\0" + NOTA.encode(), 3),
        (lambda: NOTA.encode() * 250_000, 4),
    ],
    ids=[
        "truncated",
        "password",
        "nested-kids",
        "loop",
        "bomb",
        "bomb-in-a-bomb",
        "scan",
        "partly-scan",
        "signed",
        "portfolio",
        "utf-16-le",
        "late-nul",
        "20-MB",
    ],
)
def test_it_ends_within_seconds_with_one_line_and_leaves_nothing(made: Callable[[], bytes], code: int) -> None:
    Path("nota.x").write_bytes(made())
    ended = woo_anon("redact", "nota.x", "-o", "out", "--no-ocr")
    assert (ended.returncode, ended.stdout) == (code, ""), ended.stderr
    assert ended.stderr.startswith("woo-anon: nota.x: ")
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" not in ended.stderr
    assert files() == ["nota.x"]


@pytest.mark.parametrize(
    "content",
    [
        one_page(TEXT + b" " + b"[" * 10_000 + b"]" * 10_000 + b" TJ"),
        one_page(TEXT + b" /P " + b"<</A " * 10_000 + b"1" + b">>" * 10_000 + b" BDC EMC"),
        one_page(b"q " * 200_000 + TEXT + b" Q" * 200_000),
        one_page(TEXT, b"/X " + b"[" * 10_000 + b"]" * 10_000),
    ],
    ids=["arrays", "dictionaries", "states", "stream-keys"],
)
def test_deep_nesting_in_a_page_hides_nothing(content: bytes) -> None:
    Path("nota.pdf").write_bytes(content)
    ended = woo_anon("redact", "nota.pdf", "-o", "out")
    assert "Traceback" not in ended.stderr
    if ended.returncode:
        assert files() == ["nota.pdf"]
    else:
        assert b"Zandvoort" not in Path("out/publication/nota.anon.pdf").read_bytes()


def test_a_long_text_on_one_line_is_handled() -> None:
    Path("nota.txt").write_text(NOTA.replace("\n", " ") * 500, "utf-8")
    assert woo_anon("redact", "nota.txt").returncode == 0
    published = Path("nota.anon.txt").read_text("utf-8")
    assert "Zandvoort" not in published
    assert published.count("De minister verzoekt om een besluit.") == 500


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission_to_read_is_code_3() -> None:
    Path("nota.txt").write_text(NOTA, "utf-8")
    Path("nota.txt").chmod(0)
    ended = woo_anon("redact", "nota.txt")
    assert ended.returncode == 3
    assert "cannot be read" in ended.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission_to_write_is_code_5() -> None:
    Path("nota.txt").write_text(NOTA, "utf-8")
    Path("out").mkdir(mode=0o555)
    ended = woo_anon("redact", "nota.txt", "-o", "out")
    assert ended.returncode == 5
    assert "cannot be written" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files")
def test_an_output_folder_that_takes_no_files_is_code_5() -> None:
    Path("nota.txt").write_text(NOTA, "utf-8")
    ended = woo_anon("redact", "nota.txt", "-o", "/proc/out")
    assert ended.returncode == 5
    assert "cannot be written" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="children are found through /proc")
def test_a_worker_that_is_killed_costs_its_document_and_no_other() -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(NOTA * 3000, "utf-8")
    Path("in/b.txt").write_text(NOTA, "utf-8")
    command = [sys.executable, "-m", "woo_anon.cli.app", "redact", "in", "--jobs", "1", "--json"]
    once = {**os.environ, "WOO_ANON_DOSSIER": "false"}  # each document is handled once, so that it is clear which dies
    tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=once)
    os.kill(worker_of(tool.pid), signal.SIGKILL)
    out, err = tool.communicate(timeout=SECONDS)
    first, second = map(json.loads, out.splitlines())
    assert (tool.returncode, first["status"], first["exit_code"], second["status"]) == (9, "failed", 3, "done")
    assert "SIGKILL" in err
    assert "Traceback" not in err
    left = [Path(name).name for name in files() if name.startswith("in.woo")]
    assert sorted(left) == ["b.anon.json", "b.anon.txt", "b.review.html", "b.review.zip"]


def worker_of(parent: int) -> int:
    """The child of the process `parent`, once there is one."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    for _ in range(400):
        # A worker is started by a thread, and stands with that.
        for listed in Path(f"/proc/{parent}/task").glob("*/children"):
            if found := listed.read_text().split():
                return int(found[0])
        time.sleep(0.025)
    raise AssertionError(f"no worker in {children}")


def test_a_folder_with_good_and_bad_documents_publishes_the_good_ones() -> None:
    Path("in").mkdir()
    Path("in/goed.txt").write_text(NOTA, "utf-8")
    Path("in/leeg.pdf").write_bytes(b"")
    Path("in/scan.pdf").write_bytes(scanned())
    ended = woo_anon("redact", "in", "--json", "--no-ocr")
    described = {line["source"]: line["exit_code"] for line in map(json.loads, ended.stdout.splitlines())}
    assert (ended.returncode, described) == (9, {"goed.txt": 0, "leeg.pdf": 3, "scan.pdf": 4})
    published = [str(path) for path in Path("in.woo/publication").iterdir()]
    assert sorted(published) == ["in.woo/publication/goed.anon.json", "in.woo/publication/goed.anon.txt"]


@pytest.mark.parametrize(("text", "code"), [(NOTA, 10), ("De vergadering stemt in met het voorstel.\n", 0)])
def test_scan_check_says_by_its_code_whether_something_is_to_be_redacted(text: str, code: int) -> None:
    Path("nota.txt").write_text(text, "utf-8")
    ended = woo_anon("scan", "--check", "--json", "nota.txt")
    assert ended.returncode == code
    assert json.loads(ended.stdout)["source"] == "nota.txt"
    assert ended.stderr == ""
