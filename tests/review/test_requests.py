"""What reviewers ask for is stored, shown, taken back, and shapes what is published."""

import re
import threading
import time
from pathlib import Path

import pytest
from reviewing import MAIL, Reviewer, enter, serving

from woo_anon.trail import trail
from woo_anon.trail.entry import Kind


def see_all(reviewer: Reviewer, path: str) -> None:
    _, page, _ = reviewer.get(path)
    pages = list(map(int, re.search(r'data-pages="([^"]+)"', page)[1].split(",")))
    reviewer.ask(f"{path}/seen", {"pages": pages})


def test_the_folder_lists_its_documents_and_finds_them(reviewer: Reviewer):
    _, page, _ = reviewer.get("/")
    assert page.count("<tr>") == 5  # with the head
    _, page, _ = reviewer.get("/?q=NOTA&order=twijfel")
    assert "nota.pdf" in page and "a mail.txt" not in page
    _, page, _ = reviewer.get("/?state=done")
    assert "0 documenten" in page


def test_a_mention_is_kept_and_the_decision_shown(reviewer: Reviewer, numbers):
    path = numbers("a mail")
    key = reviewer.key(path, "Roelof van Hezik")
    said = reviewer.ask(f"{path}/rule", {"scope": "mention", "key": key, "action": "keep", "why": "gepubliceerd"})
    assert said["message"] == "Behouden: 1 vermelding op pagina 1."
    assert "door anna" in said["people"]
    assert key not in [one for one, _ in said["doubts"]]


def test_a_person_is_decided_for_all_mentions_with_the_reach_told_before(reviewer: Reviewer, numbers):
    path = numbers("a mail")
    key = reviewer.key(path, "Tjitske Oldeboom")
    asked = {"scope": "person", "key": key, "action": "keep"}
    assert reviewer.ask(f"{path}/count", asked) == {"mentions": 2, "pages": [1]}
    reviewer.ask(f"{path}/rule", asked)
    assert len(re.findall("Blijft staan · door anna", reviewer.get(path)[1])) == 2


def test_a_person_is_decided_for_the_whole_dossier(reviewer: Reviewer, numbers):
    path, other = numbers("a mail"), numbers("b mail")
    asked = {"scope": "dossier", "key": reviewer.key(path, "Tjitske Oldeboom"), "action": "keep"}
    while not (told := reviewer.ask(f"{path}/count", asked))["searched"]:
        time.sleep(0.1)
    assert told["documents"] == 4 and told["all"] >= 5
    reviewer.ask(f"{path}/rule", asked)
    assert "Blijft staan · door anna" in reviewer.get(other)[1]


def test_a_missed_text_goes_everywhere_or_at_one_place(reviewer: Reviewer, numbers):
    path = numbers("a mail")
    reviewer.ask(f"{path}/rule", {"scope": "text", "text": "GEBELD", "action": "redact", "ground": "5.2.1"})
    at = MAIL.index("hierover")
    said = reviewer.ask(
        f"{path}/rule", {"scope": "passage", "start": at - 1, "end": at + 8, "action": "redact", "ground": "5.1.1d"}
    )
    assert "<b>gebeld</b>" in said["people"] and "<b>hierover</b>" in said["people"]
    assert "5.1.1d" in said["people"] and "5.2.1" in said["people"]


def test_another_role_decides_by_the_policy(reviewer: Reviewer, numbers):
    path = numbers("a mail")
    key = reviewer.key(path, "Tjitske Oldeboom")
    said = reviewer.ask(f"{path}/rule", {"scope": "person", "key": key, "role": "ambtsdrager"})
    assert said["people"].count("Blijft staan · door anna") == 2


def test_undo_and_redo_go_back_and_forth_without_end(reviewer: Reviewer, numbers, folder: Path):
    path = numbers("a mail")

    def ruled() -> int:
        return reviewer.get(path)[1].count("door anna")

    for word in ("gebeld", "contact"):
        reviewer.ask(f"{path}/rule", {"scope": "text", "text": word, "action": "redact"})
    counts = [ruled()]
    for step in ("undo", "undo", "redo", "redo", "undo", "redo"):
        reviewer.ask(f"{path}/{step}", {})
        counts.append(ruled())
    assert counts == [2, 1, 0, 1, 2, 1, 2]
    assert reviewer.post(f"{path}/redo", {})[0] == 409
    reviewer.ask(f"{path}/undo", {})
    reviewer.ask(f"{path}/rule", {"scope": "text", "text": "Neem", "action": "redact"})
    assert reviewer.post(f"{path}/redo", {})[0] == 409  # what was taken back before something new stays so
    entries = trail.entries(str(folder))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))


def test_a_drawn_box_goes_with_its_text(reviewer: Reviewer, numbers):
    path = numbers("nota")
    said = reviewer.ask(
        f"{path}/rule", {"scope": "area", "page": 1, "box": [60, 110, 300, 140], "action": "redact", "shown": 1}
    )
    assert "Blauwbaard" in said["people"] and "Aangewezen deel" in said["people"]
    status, text, _ = reviewer.get(f"{path}/preview")
    assert status == 200 and f"{path}/preview/3" in text, text
    assert reviewer.get(f"{path}/preview/1")[2]["content-type"] == "image/png"


@pytest.mark.parametrize(
    "asked",
    [
        {},
        [],
        {"scope": "mention", "key": "1-2", "action": "redact"},
        {"scope": "mention", "key": "0-0"},
        {"scope": "passage", "start": -1, "end": 4, "action": "redact"},
        {"scope": "passage", "start": 4, "end": 10**9, "action": "redact"},
        {"scope": "passage", "start": "x", "end": 4, "action": "redact"},
        {"scope": "text", "text": "  ", "action": "redact"},
        {"scope": "text", "text": "staat er niet", "action": "redact"},
        {"scope": "text", "text": "gebeld", "action": "review"},
        {"scope": "text", "text": "gebeld", "action": "redact", "ground": "10.2.e"},
        {"scope": "text", "text": "gebeld", "action": "redact", "role": "koning"},
        {"scope": "area", "page": 1, "box": [0, 0, 1e9, 3], "action": "redact"},
        {"scope": "area", "page": 9, "box": [0, 0, 10, 30], "action": "redact"},
        {"scope": "elders", "action": "redact"},
    ],
)
def test_what_makes_no_sense_is_refused_and_not_stored(reviewer: Reviewer, numbers, folder: Path, asked: object):
    status, said = reviewer.post(f"{numbers('a mail')}/rule", asked)
    assert status == 409 and said["error"]
    assert trail.entries(str(folder)) == ()


def test_every_page_must_be_seen_before_approval(reviewer: Reviewer, numbers):
    path = numbers("nota")
    reviewer.ask(f"{path}/seen", {"pages": [1, 3]})
    status, said = reviewer.post(f"{path}/outcome", {"outcome": "approve"})
    assert status == 409 and "1 nog niet gezien" in said["error"]
    reviewer.ask(f"{path}/seen", {"pages": [2]})
    assert reviewer.ask(f"{path}/outcome", {"outcome": "approve"})["message"] == "Stand van het document: akkoord."
    reviewer.ask(f"{path}/rule", {"scope": "text", "text": "Niets", "action": "redact"})
    assert "dat akkoord geldt niet meer" in reviewer.get(path)[1]


def test_refusing_needs_a_reason_and_can_be_taken_back(reviewer: Reviewer, numbers):
    path = numbers("nota")
    assert reviewer.post(f"{path}/outcome", {"outcome": "refuse"})[0] == 409
    assert "geweigerd" in reviewer.ask(f"{path}/outcome", {"outcome": "refuse", "why": "milieu"})["message"]
    assert "in beoordeling" in reviewer.ask(f"{path}/outcome", {"outcome": "reopen"})["message"]


def test_two_reviewers_and_two_tabs_at_once_lose_nothing(folder: Path):
    with serving(folder, "anna") as first, serving(folder, "bert") as second:
        anna, bert = enter(first), enter(second)
        path = re.search(r'<a href="(/document/\d+)">a mail', anna.get("/")[1])[1]
        words = {"anna": ["gebeld", "contact", "heeft"], "bert": ["hierover", "Neem", "met"]}

        def decide(reviewer: Reviewer, word: str) -> None:
            reviewer.ask(f"{path}/rule", {"scope": "text", "text": word, "action": "redact"})

        tabs = [threading.Thread(target=decide, args=(anna, word)) for word in words["anna"]]
        tabs += [threading.Thread(target=decide, args=(bert, word)) for word in words["bert"]]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join()
        for reviewer in (anna, bert):
            shown = reviewer.get(path)[1]
            assert all(f"<b>{word}</b>" in shown for own in words.values() for word in own)
    entries = [entry for entry in trail.entries(str(folder)) if entry.kind is Kind.RULING]
    assert sorted(entry.act.who for entry in entries) == ["anna"] * 3 + ["bert"] * 3


def test_what_another_took_away_is_told_and_not_overruled(folder: Path):
    with serving(folder, "anna") as first, serving(folder, "bert") as second:
        anna, bert = enter(first), enter(second)
        path = re.search(r'<a href="(/document/\d+)">a mail', anna.get("/")[1])[1]
        anna.ask(f"{path}/rule", {"scope": "text", "text": "gebeld", "action": "redact"})
        key = bert.key(path, "gebeld")
        anna.ask(f"{path}/undo", {})
        status, said = bert.post(f"{path}/rule", {"scope": "mention", "key": key, "action": "keep"})
        assert status == 409 and "iemand anders" in said["error"]


def test_a_source_that_changed_is_not_shown_as_if_it_had_not(reviewer: Reviewer, numbers, made: Path):
    source = made / "in" / "nota.pdf"
    kept = source.read_bytes()
    try:
        source.write_bytes(kept + b"\n")
        status, text, _ = reviewer.get(numbers("nota"))
        assert status == 409 and "was changed" in text
    finally:
        source.write_bytes(kept)
