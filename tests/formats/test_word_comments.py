"""Comments of Word documents that are to be kept: read as a page of their own, redacted, and written without more than
their text, their author (redacted) and their date."""

from __future__ import annotations

import sys
from pathlib import Path

import docx

sys.path += [str(Path(__file__).parent)]

from word_files import NAMESPACES, comment, commented, run
from word_redacting import Redacted, redact

from woo_anon.detect.authors import unfound
from woo_anon.document import Entity, Finding
from woo_anon.formats.access import Access
from woo_anon.formats.word.answers import RELATIONSHIP
from woo_anon.formats.word.edition import open_edition
from woo_anon.formats.word.read import read
from woo_anon.spans import Span

KEEPING = Access(keep_comments=True)
OKKE = comment(
    1, "Okke Visser", "Vraag Wytske even", properties='w:initials="OV" w:date="2026-01-02T03:04:05Z" w:rsidR="00AB12CD"'
)


def kept(path: Path, *words: str) -> Redacted:
    return redact(path, words, keep_comments=True)


def comments(done: Redacted) -> str:
    return done.parts["word/comments.xml"].decode()


def test_comments_are_a_page_of_their_own_below_their_authors(tmp_path: Path) -> None:
    document = read(commented(tmp_path / "a.docx", OKKE), KEEPING)
    page = document.pages[1]
    assert document.text[page.start : page.end] == "Auteur: Okke Visser\nVraag Wytske even\n"
    assert page.unseen is None
    assert document.pages[2].unseen is not None


def test_without_comments_there_is_no_such_page(tmp_path: Path) -> None:
    document = read(commented(tmp_path / "a.docx"), KEEPING)
    assert [page.unseen is None for page in document.pages] == [True]


def test_a_comment_stays_with_its_date_and_without_the_names_in_it(tmp_path: Path) -> None:
    done = kept(commented(tmp_path / "a.docx", OKKE), "Okke Visser", "Wytske")
    assert done.failed == []
    (made,) = docx.Document(str(done.target)).comments
    assert (made.author, made.text) == ("[5.1.2e]", "Vraag [5.1.2e] even")
    assert made.timestamp.isoformat() == "2026-01-02T03:04:05+00:00"
    assert "comments" not in done.written.removed


def test_initials_and_marks_of_programs_go(tmp_path: Path) -> None:
    made = comments(kept(commented(tmp_path / "a.docx", OKKE)))
    assert "initials" not in made
    assert "rsid" not in made


def test_an_author_who_is_not_redacted_stays(tmp_path: Path) -> None:
    done = kept(commented(tmp_path / "a.docx", OKKE), "Wytske")
    assert 'w:author="Okke Visser"' in comments(done)
    assert done.failed == []


def test_a_comment_of_nobody_stays(tmp_path: Path) -> None:
    done = kept(commented(tmp_path / "a.docx", comment(1, "", "Vraag Wytske even")), "Wytske")
    assert "Vraag </w:t>" in comments(done)
    assert done.failed == []


def test_the_text_still_refers_to_its_comments_which_are_counted_anew(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.docx", comment(1, "Okke", "Een"), comment(2, "Okke", "Twee"))
    done = kept(path)
    assert all(f'<w:comment w:id="{number}"' in comments(done) for number in (0, 1))
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [number for number in range(5) if f'<w:{mark} w:id="{number}"' in done.body] == [0, 1]


def test_a_comment_to_which_nothing_refers_goes(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.docx", OKKE.replace('w:id="1"', 'w:id="9"'))
    done = kept(path)
    assert "word/comments.xml" not in done.parts
    assert "comment" not in done.body
    assert "unused-notes" in done.written.removed
    assert "Vraag Wytske even" in done.document.text


def test_all_of_a_name_in_several_runs_of_a_comment_goes(tmp_path: Path) -> None:
    done = kept(commented(tmp_path / "a.docx", comment(1, "Okke", run("Wyt", "<w:b/>"), run("ske belt"))), "Wytske")
    assert docx.Document(str(done.target)).comments.get(0).text == "[5.1.2e] belt"
    assert done.failed == []


def with_answers(path: Path, *pairs: tuple[str, str]) -> Path:
    """Comments 1 to 3 with the identifiers 0000000A to 0000000C, and which answers which of them."""
    made = (
        comment(at, "Okke", text).replace("<w:p>", f'<w:p w14:paraId="0000000{"ABC"[at - 1]}">')
        for at, text in enumerate(("Een", "Twee", "Drie"), 1)
    )
    entries = "".join(
        f'<w15:commentEx w15:paraId="{one}"{f" w15:paraIdParent={chr(34)}{to}{chr(34)}" if to else ""} w15:done="0"/>'
        for one, to in pairs
    )
    part = f"<w15:commentsEx {NAMESPACES}>{entries}</w15:commentsEx>"
    return commented(
        path,
        *made,
        parts={"word/commentsExtended.xml": part},
        rels=(("x", RELATIONSHIP, "commentsExtended.xml", False),),
    )


def test_answers_stay_answers(tmp_path: Path) -> None:
    path = with_answers(tmp_path / "a.docx", ("0000000A", ""), ("0000000B", "0000000A"), ("0000000C", "0000000A"))
    done = kept(path)
    assert done.failed == []
    assert open_edition(done.target).answers == {"1": "0", "2": "0"}
    assert docx.Document(str(done.target)).comments.get(1).text == "Twee"


def test_comments_that_answer_nothing_have_no_identifiers(tmp_path: Path) -> None:
    done = kept(with_answers(tmp_path / "a.docx", ("0000000A", ""), ("0000000B", "00000009")))
    assert "word/commentsExtended.xml" not in done.parts
    assert "paraId" not in comments(done)
    assert done.failed == []


def test_an_author_whom_nobody_takes_for_a_name_is_found_all_the_same(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.docx", comment(1, "ovisser", "Een"), comment(2, "Wytske", "Twee"))
    document = read(path, KEEPING)
    at = document.text.index("Wytske")
    found = Finding(Span(at, at + 6), Entity.PERSON, 0.9, "ner")
    assert [document.text[one.span.start : one.span.end] for one in unfound(document, [found])] == ["ovisser"]
