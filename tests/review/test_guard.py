"""Nobody but the reviewer's own browser gets anything, and nothing of a document runs in it."""

import http.client
from pathlib import Path

import pytest
from reviewing import HOSTILE, Reviewer, enter, serving


def test_the_token_works_once(folder: Path):
    with serving(folder, "anna") as address:
        assert address.startswith("http://127.0.0.1:")
        enter(address)
        stranger = Reviewer(int(address.split(":")[2].split("/")[0]))
        path = address[address.index("/?") :]
        assert stranger.get(path)[0] == 403
        assert stranger.get("/?token=x")[0] == 403


@pytest.mark.parametrize("path", ["/", "/document/1", "/document/1/picture/1", "/static/review.js", "/publishing"])
def test_without_a_session_there_is_nothing(reviewer: Reviewer, path: str):
    stranger = Reviewer(reviewer.port)
    status, text, _ = stranger.get(path)
    assert status == 403 and "Oldeboom" not in text
    assert Reviewer(reviewer.port, cookie=reviewer.cookie[:-1] + "x").get(path)[0] == 403


def test_another_host_name_gets_nothing(reviewer: Reviewer):
    assert reviewer.get("/", Host="evil.example")[0] == 421
    assert reviewer.get("/", Host=f"evil.example:{reviewer.port}")[0] == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"X-CSRF": "x"},
        {"X-CSRF": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_nothing_is_changed_from_another_page(reviewer: Reviewer, numbers, headers: dict):
    path = numbers("a mail")
    status, _ = reviewer.post(f"{path}/rule", {"scope": "text", "text": "gebeld", "action": "redact"}, **headers)
    assert status == 403
    assert "door anna" not in reviewer.get(path)[1]


def test_pages_load_nothing_from_elsewhere_and_run_no_script_of_a_document(reviewer: Reviewer, numbers):
    _, page, headers = reviewer.get("/")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    path = numbers("&lt;img")
    _, text, _ = reviewer.get(path)
    assert "<script>alert" not in text and HOSTILE.split(" ")[0] in text
    for scripted in (page, text):
        assert scripted.count("<script") == 1 and 'src="/static/review.js"' in scripted
        assert "style=" not in scripted and "onclick" not in scripted


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/document/../../etc/passwd",
        "/document/999",
        "/document/-1",
        "/document/1.0",
        "/document/1/picture/99",
        "/document/1/picture/..%2f1",
        "/static/report.js",
    ],
)
def test_paths_lead_nowhere_else(reviewer: Reviewer, path: str):
    status, text, _ = reviewer.get(path)
    assert status == 404 and "import" not in text and "root:" not in text


def test_it_listens_on_this_machine_alone(reviewer: Reviewer):
    import socket

    other = socket.socket()
    other.settimeout(2)
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        other.connect((own, reviewer.port))


def test_too_much_at_once_is_refused(reviewer: Reviewer, numbers):
    path = numbers("a mail")
    assert reviewer.post(f"{path}/rule", {"why": "x" * 100_000})[0] == 413


def test_other_methods_are_not_there(reviewer: Reviewer):
    connection = http.client.HTTPConnection("127.0.0.1", reviewer.port)
    connection.request("DELETE", "/", headers={"Cookie": reviewer.cookie})
    assert connection.getresponse().status == 403
