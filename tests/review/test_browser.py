"""The whole way in a real browser: by keyboard, with the mouse, by two people, to the published file."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from reviewing import NAMES, REVIEW_ALL, note, redacted, serving

pytest.importorskip("playwright.sync_api", reason="pip install playwright axe-playwright-python")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium")
expect.set_options(timeout=30_000)  # a machine may be busy
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of which every error is an error of the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: request.url.startswith("http://127.0.0.1") or wrong.append(request.url))
    yield page
    context.close()
    expected = ("409", "data:", "ERR_CONNECTION")  # refusals, the empty icon, and an application that has stopped
    assert [text for text in wrong if not any(sign in text for sign in expected)] == []


def open_document(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(page.locator("#sheet .sheet")).to_be_visible()
    page.wait_for_load_state("load")  # the script has run


def shown(page: Page, text: str) -> None:
    expect(page.locator("#live")).to_contain_text(text)


def check_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_from_opening_to_publishing_with_two_reviewers(page: Page, tmp_path: Path):
    (tmp_path / "streng.toml").write_text(f"four_eyes = true\n{REVIEW_ALL}", encoding="utf-8")
    (tmp_path / "in").mkdir()
    first = ["Opgesteld door: Tjitske Oldeboom", "Aan: minister Hermans", "Kenmerk Blauwbaard is intern"]
    second = ["Met vriendelijke groet,", "Roelof van Hezik", "Tjitske Oldeboom"]
    note(tmp_path / "in" / "nota.pdf", [first, second])
    out = redacted(tmp_path / "in", tmp_path / "out", "--profile", str(tmp_path / "streng.toml"))
    published = out / "publication" / "nota.anon.pdf"
    assert not published.exists()

    with serving(out, "anna") as address:
        page.goto(address)
        check_accessible(page)
        open_document(page, "nota.pdf")
        check_accessible(page)
        overrule_a_person_and_decide_the_next_doubt(page)
        correct_a_miss_undo_and_redo(page)
        expect(page.locator(".bar")).to_contain_text("2 van 2")
        page.get_by_role("button", name="Akkoord").click()
        shown(page, "wacht op tweede beoordelaar")
        check_accessible(page)
    with serving(out, "bert") as address:
        page.goto(address)
        expect(page.locator("tbody")).to_contain_text("Wacht op tweede beoordelaar")
        open_document(page, "nota.pdf")
        look_at_the_result(page)
        page.keyboard.press("PageDown")
        expect(page.locator(".bar")).to_contain_text("2 van 2")
        page.get_by_role("button", name="Akkoord").click()
        shown(page, "akkoord")
        page.get_by_role("link", name="woo-anon").click()
        page.get_by_role("button", name="Schrijf publicatieversies").click()
        expect(page.locator("#publishing")).to_contain_text("Klaar: 1 van 1", timeout=60_000)

    text = text_of(published)
    assert text.count("Tjitske Oldeboom") == 2 and "Hermans" in text
    assert "Blauwbaard" not in text and "Hezik" not in text
    assert b"Blauwbaard" not in published.read_bytes()


def overrule_a_person_and_decide_the_next_doubt(page: Page) -> None:
    """By keyboard: one person stays in the whole document, the next doubt, on the next page, goes."""
    expect(page.locator(".item[aria-pressed=true]")).to_contain_text("Tjitske Oldeboom")
    page.keyboard.press("2")
    expect(page.locator("#reach")).to_contain_text("2 vermeldingen op pagina 1, 2")
    page.keyboard.press("b")
    shown(page, "Behouden: 2 vermeldingen")
    expect(page.locator("#sheet .sheet")).to_have_attribute("data-page", "2")
    page.keyboard.press("l")
    shown(page, "Gelakt: 1 vermelding op pagina 2")
    expect(page.locator(".bar")).to_contain_text("0 te bezien")
    expect(page.locator(".bar")).to_have_attribute("data-seen", re.compile("2"))  # it was looked at


def correct_a_miss_undo_and_redo(page: Page) -> None:
    """By selecting the text with the mouse."""
    page.keyboard.press("PageUp")
    word = page.locator(".words text", has_text="Blauwbaard")
    expect(word).to_be_visible()
    box = word.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.up()
    expect(page.locator("#chosen")).to_contain_text("Blauwbaard")
    page.keyboard.press("l")
    shown(page, "Gelakt")
    missed = page.locator(".item", has_text="Blauwbaard").filter(has_text="Opgegeven term")
    expect(missed).to_have_count(1)
    page.keyboard.press("z")
    expect(missed).to_have_count(0)
    page.keyboard.press("y")
    expect(missed).to_have_count(1)


def look_at_the_result(page: Page) -> None:
    page.get_by_role("link", name="Voorbeeld").click()
    expect(page.locator("figure.page img")).to_have_count(2)
    check_accessible(page)
    page.get_by_role("link", name="Terug").click()
    expect(page.locator(".bar")).to_contain_text("1 van 2")
    page.wait_for_load_state("load")


@pytest.fixture
def fifty(tmp_path: Path) -> Path:
    """A folder of one document with 25 doubts on each of two pages."""
    (tmp_path / "alles.toml").write_text(REVIEW_ALL, encoding="utf-8")
    (tmp_path / "in").mkdir()
    lines = [f"Opgesteld door: {name}" for name in NAMES * 5]
    note(tmp_path / "in" / "nota.pdf", [lines, lines])
    return redacted(tmp_path / "in", tmp_path / "out", "--profile", str(tmp_path / "alles.toml"))


def test_a_slow_answer_that_a_page_was_seen_does_not_undo_what_was_decided_meanwhile(page: Page, fifty: Path):
    def late(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(1000)
        route.fulfill(response=answer)

    with serving(fifty, "anna") as address:
        page.goto(address)
        page.route("**/seen", late)
        with page.expect_response("**/seen") as answer:
            with page.expect_request("**/seen"):
                open_document(page, "nota.pdf")
            page.keyboard.press("l")
        answer.value.finished()
        page.wait_for_timeout(300)  # for the script to take it in
        expect(page.locator(".bar")).to_contain_text("49 te bezien", timeout=2000)


def test_fifty_doubts_are_decided_with_fifty_keys(page: Page, fifty: Path):
    with serving(fifty, "anna") as address:
        page.goto(address)
        open_document(page, "nota.pdf")
        expect(page.locator(".bar")).to_contain_text("50 te bezien")
        for left, key in zip(range(49, -1, -1), "lb" * 25, strict=True):
            page.keyboard.press(key)
            expect(page.locator(".bar")).to_contain_text(f"{left} te bezien")


def test_a_box_is_drawn_and_what_stands_there_goes(page: Page, folder: Path):
    with serving(folder, "anna") as address:
        page.goto(address)
        open_document(page, "nota.pdf")
        page.keyboard.press("t")
        box = page.locator(".words text", has_text="Blauwbaard").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] - 3, box["y"] - 3)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] + 3, box["y"] + box["height"] + 3, steps=4)
        page.mouse.up()
        shown(page, "Gelakt: 2 vermeldingen")
        expect(page.locator(".item", has_text="Aangewezen deel van de pagina")).to_have_count(1)


def test_a_searched_text_goes_everywhere(page: Page, folder: Path):
    with serving(folder, "anna") as address:
        page.goto(address)
        open_document(page, "a mail.txt")
        page.keyboard.press("/")
        page.keyboard.type("gebeld")
        expect(page.locator("#found")).to_contain_text("1 vermelding op pagina 1")
        page.get_by_role("button", name="Overal lakken").click()
        shown(page, "Gelakt: 1 vermelding")


def test_text_of_a_plain_document_is_selected_letter_by_letter(page: Page, folder: Path):
    with serving(folder, "anna") as address:
        page.goto(address)
        open_document(page, "b mail.txt")
        expect(page.locator(".item[aria-pressed=true]")).to_have_count(1)
        page.evaluate(
            """() => {
                const pieces = [...document.querySelectorAll("#sheet span")];
                const piece = pieces.find((one) => one.textContent.includes("bellen"));
                const node = piece.firstChild, at = node.textContent.indexOf("bellen");
                window.getSelection().setBaseAndExtent(node, at, node, at + 6);
            }"""
        )
        expect(page.locator("#chosen")).to_contain_text("bellen")
        page.keyboard.press("l")
        expect(page.locator(".item b", has_text=re.compile("^bellen$"))).to_have_count(1)


def test_shortcuts_of_one_letter_can_be_switched_off(page: Page, folder: Path):
    with serving(folder, "anna") as address:
        page.goto(address)
        open_document(page, "a mail.txt")
        expect(page.locator(".item[aria-pressed=true]")).to_have_count(1)
        doubts = page.locator(".bar b").inner_text()
        page.get_by_label("Sneltoetsen").uncheck()
        page.get_by_role("heading", name="Vondsten").click()
        page.keyboard.press("l")
        page.wait_for_timeout(300)
        assert page.locator(".bar b").inner_text() == doubts


def test_everything_is_reached_by_tab_and_enter(page: Page, folder: Path):
    with serving(folder, "anna") as address:
        page.goto(address)
        open_document(page, "a mail.txt")
        reached = set()
        for _ in range(80):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.dataset.do || document.activeElement.id"))
        wanted = {
            "redact",
            "keep",
            "next",
            "undo",
            "redo",
            "ground",
            "role",
            "why",
            "text",
            "approve",
            "refuse",
            "goto",
        }
        assert wanted <= reached
        page.locator(".item").first.focus()
        page.keyboard.press("Enter")
        page.locator("[data-do=keep]").focus()
        page.keyboard.press("Enter")
        shown(page, "Behouden")
