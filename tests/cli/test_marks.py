"""`redact --marks` and `--from-marks`: what people do with marks in other programs is what is published."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon.cli.app import main
from woo_anon.record import examined
from woo_anon.trail import trail
from woo_anon.trail.entry import Act, Kind

Captured = pytest.CaptureFixture[str]
SERIAL = ["--executor", "serial"]
NAME = "Tjitske Oldeboom"


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))


@pytest.fixture
def note() -> Path:
    """Two pages; on the second, turned and cropped, a red picture."""
    canvas = Canvas("nota.pdf", pagesize=(595, 842))
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate(
        (
            f"Opgesteld door: {NAME}, t.oldeboom@westerhaar.nl",
            "Aan: minister Hermans",
            f"Neem voor vragen contact op met {NAME} of met Roelof van Hezik.",
            "De heer Van Hezik heeft hierover gebeld met minister Hermans.",
        )
    ):
        canvas.drawString(70, 760 - 20 * at, line)
    canvas.showPage()
    canvas.setFont("Helvetica", 11)
    canvas.drawString(170, 660, f"Besproken met {NAME}.")
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    picture.seek(0)
    canvas.drawImage(ImageReader(picture), 200, 300, 80, 40)
    canvas.showPage()
    canvas.save()
    with pikepdf.open("nota.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.CropBox, pdf.pages[1].obj.Rotate = Array([100, 100, 500, 700]), 90
        pdf.save("nota.pdf")
    return Path("nota.pdf")


def redact(*arguments: str | Path) -> int:
    return main(["redact", *map(str, arguments), *SERIAL, "-q"])


def text(file: Path | str) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def red(file: Path | str) -> int:
    picture = pypdfium2.PdfDocument(file)[1].render(scale=1).to_pil().convert("RGB")
    return sum(r > 200 and g < 60 and b < 60 for r, g, b in picture.get_flattened_data())


def place(words: str) -> tuple[float, ...]:
    """Where words first stand on the first page, as programs mark selected text."""
    with pypdfium2.PdfDocument("nota.pdf") as pdf:
        page = pdf[0].get_textpage()
        page.count_rects(*page.search(words).get_next())
        return tuple(page.get_rect(0))


def log(folder: Path) -> dict:
    found: dict = json.loads((folder / "publication" / "nota.anon.json").read_text("utf-8"))
    return found


def published(folder: Path) -> Path:
    return folder / "publication" / "nota.anon.pdf"


def without_marks(file: Path, *said: str) -> None:
    """The marked copy, saved by somebody who removed the marks of which the text is one of `said`."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf, pypdfium2.PdfDocument(file) as seen:
        for page, shown in zip(pdf.pages, seen, strict=True):
            words = shown.get_textpage()
            page.obj.Annots = Array(
                [
                    mark
                    for mark in page.obj.Annots
                    if words.get_text_bounded(*(float(edge) for edge in mark.Rect)).strip() not in said
                ]
            )
        pdf.save(file)


def with_mark(file: Path, page: int, *rectangle: float, **keys: object) -> None:
    """The marked copy, saved by somebody who set a mark by hand."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array(rectangle), T=String("Anna"), **keys)
        own = pdf.pages[page].obj
        own.Annots = Array([*own.get("/Annots", ()), pdf.make_indirect(mark)])
        pdf.save(file)


@pytest.fixture
def first(note: Path) -> Path:
    """The output folder of a run with --marks."""
    assert redact(note, "-o", "first", "--marks", "--profile", "woo-besluit") == 0
    return Path("first")


COPY, EXCHANGE = Path("first/internal/nota.marks.pdf"), Path("first/internal/nota.marks.xfdf")


def again(*arguments: str | Path) -> Path:
    assert redact(*arguments, "-o", "second", "--profile", "woo-besluit") == 0
    return Path("second")


def test_marks_are_written_beside_the_publication_version_and_are_for_their_owner_alone(first: Path) -> None:
    assert NAME not in text(published(first)) and NAME in text(COPY)
    for file in (COPY, EXCHANGE):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert NAME not in EXCHANGE.read_text("utf-8")
    with pikepdf.open(COPY) as pdf:
        assert not pdf.check_pdf_syntax()
        marks = [mark for page in pdf.pages for mark in page.obj.Annots]
    assert len(marks) == len(log(first)["redactions"]) > 5
    assert {str(mark.T) for mark in marks} == {"woo-anon"} and len({str(mark.NM) for mark in marks}) == len(marks)
    assert {str(mark.OverlayText) for mark in marks} == {"5.1.2e"}


@pytest.mark.parametrize("arguments", [["nota.pdf", "--from-marks", COPY], ["nota.pdf", "--from-marks", EXCHANGE]])
def test_marks_that_nobody_changed_give_the_same_publication_version(first: Path, arguments: list[str | Path]) -> None:
    second = again(*arguments)
    assert published(second).read_bytes() == published(first).read_bytes()
    before, after = log(first)["redactions"], log(second)["redactions"]
    changed = ("action", "rule", "decided_by", "score")
    assert [{k: v for k, v in one.items() if k not in changed} for one in before] == [
        {k: v for k, v in one.items() if k not in changed} for one in after
    ]
    assert {one["decided_by"] for one in after} == {"reviewer"} and {one["rule"] for one in after} == {"reviewer:mark"}


def test_a_marked_copy_alone_gives_the_same_publication_version_and_nothing_of_the_marks(first: Path) -> None:
    second = again("--from-marks", COPY)
    assert published(second).read_bytes() == published(first).read_bytes()


@pytest.mark.parametrize("alone", [True, False])
def test_what_people_unmark_stays_and_what_they_mark_goes(first: Path, alone: bool) -> None:
    without_marks(COPY, "Roelof van Hezik")
    with_mark(COPY, 0, *place("minister Hermans"), OverlayText=String("5.1.2.i"))
    with_mark(COPY, 1, 195, 295, 285, 345)
    assert red(published(first)) > 500
    second = again(*([] if alone else ["nota.pdf"]), "--from-marks", COPY)
    left = text(published(second))
    assert "Roelof van Hezik" in left and NAME not in left and left.count("Hermans") == 1
    assert red(published(second)) == 0
    entries = log(second)["redactions"]
    assert [one["label"] for one in entries if one["entity"] == "TERM"] == ["5.1.2i"]
    assert [one["page"] for one in entries if one["entity"] == "AREA"] == [2]
    assert b"Anna" not in published(second).read_bytes()


def test_a_mark_that_is_removed_from_xfdf_lets_its_text_stay(first: Path) -> None:
    from lxml import etree

    tree = etree.parse(EXCHANGE)
    marks = tree.findall(".//{*}redact")
    for mark in marks:
        if mark.get("page") == "1":
            mark.getparent().remove(mark)
    tree.write(EXCHANGE)
    left = text(published(again("nota.pdf", "--from-marks", EXCHANGE)))
    assert left.count(NAME) == 1


def test_a_copy_of_which_every_mark_was_removed_gives_a_document_without_redactions(first: Path) -> None:
    with pikepdf.open(COPY, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            del page.obj["/Annots"]
        pdf.save(COPY)
    second = again("nota.pdf", "--from-marks", COPY, "--term", "Besproken")
    assert text(published(second)).count(NAME) == 3 and "Besproken" not in text(published(second))


def test_a_document_marked_by_hand_from_the_start_is_redacted_by_its_marks(note: Path) -> None:
    with_mark(note, 1, 195, 295, 285, 345, Contents=String("privé"))
    assert redact(note) == 4
    assert redact("--from-marks", note) == 0
    assert NAME in text("nota.anon.pdf") and red("nota.anon.pdf") == 0
    assert sorted(path.name for path in Path().iterdir()) == [
        "nota.anon.json", "nota.anon.pdf", "nota.pdf", "nota.review.html",
    ]  # fmt: skip


def test_without_a_folder_all_files_stand_beside_the_document(note: Path) -> None:
    assert redact(note, "--marks") == 0
    assert sorted(path.name for path in Path().iterdir()) == [
        "nota.anon.json", "nota.anon.pdf", "nota.marks.pdf", "nota.marks.xfdf", "nota.pdf", "nota.review.html",
    ]  # fmt: skip
    before = Path("nota.anon.pdf").read_bytes()
    assert redact("--from-marks", "nota.marks.pdf") == 5
    assert redact("--from-marks", "nota.marks.pdf", "--force") == 0
    assert Path("nota.anon.pdf").read_bytes() == before


def test_a_run_that_applies_marks_into_the_same_folder_leaves_them_there(first: Path) -> None:
    without_marks(COPY, NAME)
    marked = COPY.read_bytes()
    assert redact("nota.pdf", "-o", "first", "--profile", "woo-besluit", "--from-marks", COPY) == 0
    assert NAME in text(published(first)) and COPY.read_bytes() == marked
    assert redact("nota.pdf", "-o", "first", "--profile", "woo-besluit") == 0
    assert NAME not in text(published(first)) and COPY.read_bytes() == marked


def test_marks_that_people_changed_are_not_written_over(first: Path, capsys: Captured) -> None:
    without_marks(COPY, NAME)
    marked = COPY.read_bytes()
    for _ in range(2):
        assert redact("nota.pdf", "-o", "first", "--marks") == 5
        assert "was changed" in capsys.readouterr().err and COPY.read_bytes() == marked
    assert redact("nota.pdf", "-o", "first", "--marks", "--force") == 0
    assert COPY.read_bytes() != marked


def test_other_marks_make_the_document_due(first: Path, capsys: Captured) -> None:
    command = ["nota.pdf", "-o", "second", "--from-marks", COPY, "--json"]
    for change, unchanged in ((None, False), (None, True), (NAME, False)):
        if change:
            without_marks(COPY, change)
        assert redact(*command) == 0
        assert json.loads(capsys.readouterr().out)["unchanged"] is unchanged


def test_json_names_the_files(note: Path, capsys: Captured) -> None:
    assert redact(note, "--marks", "--json") == 0
    outputs = json.loads(capsys.readouterr().out)["outputs"]
    assert {role: Path(path).name for role, path in outputs.items()} == {
        "marks": "nota.marks.pdf",
        "xfdf": "nota.marks.xfdf",
        "report": "nota.review.html",
        "log": "nota.anon.json",
        "publication": "nota.anon.pdf",
    }


def test_pseudonyms_and_the_plain_profile_come_back_the_same(note: Path) -> None:
    for profile in (["--profile", "woo-besluit", "--pseudonyms"], []):
        assert redact(note, "-o", "first", "--marks", "--force", *profile) == 0
        assert redact(note, "-o", "second", "--force", "--from-marks", EXCHANGE, *profile) == 0
        assert published(Path("first")).read_bytes() == published(Path("second")).read_bytes()


def test_a_filled_in_form_and_a_locked_document_are_marked_as_they_are_handled(note: Path) -> None:
    with pikepdf.open(note) as pdf:
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array([72, 600, 300, 620]))
        field.T, field.V, field.DA = String("naam"), String(NAME), String("/Helv 11 Tf 0 g")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        field = pdf.make_indirect(field)
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)))
        pdf.pages[0].obj.Annots = Array([field])
        pdf.save("nota-form.pdf", encryption=pikepdf.Encryption(owner="beheer", user="sesam"))
    Path("sesam.txt").write_text("sesam")
    secret = ["--password-file", "sesam.txt"]
    copy = Path("first/internal/nota-form.marks.pdf")
    assert redact("nota-form.pdf", "-o", "first", "--marks", *secret) == 0
    assert redact("nota-form.pdf", "-o", "second", "--from-marks", copy, *secret) == 0
    assert redact("--from-marks", copy, "-o", "third") == 0
    versions = [Path(folder, "publication/nota-form.anon.pdf") for folder in ("first", "second", "third")]
    assert NAME in text(copy) and NAME not in text(versions[0])
    assert len({version.read_bytes() for version in versions}) == 1


def test_what_was_applied_is_applied_again_with_the_folder(first: Path, capsys: Captured) -> None:
    without_marks(COPY, NAME)
    second = again("nota.pdf", "--from-marks", COPY)
    assert redact(second, "--apply", "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"]
    assert redact(second, "--apply", "--force") == 0
    assert text(published(second)).count(NAME) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["nota.pdf", "--marks", "--from-marks", "nota.pdf"], 2),
        (["first", "--apply", "--from-marks", "nota.pdf"], 2),
        (["nota.pdf", "memo.txt", "--from-marks", "nota.pdf"], 2),
        (["memo.txt", "--marks"], 4),
        (["memo.txt", "--from-marks", "nota.pdf"], 4),
        (["--from-marks", "memo.txt"], 4),
        (["nota.pdf", "--from-marks", "nota.pdf"], 4),
        (["nota.pdf", "--from-marks", "weg.pdf"], 3),
        (["nota.pdf", "--from-marks", "memo.txt"], 3),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code_and_leaves_nothing(
    note: Path, capsys: Captured, arguments: list[str], code: int
) -> None:
    Path("memo.txt").write_text("Een memo zonder namen.")
    before = sorted(path.name for path in Path().iterdir())
    assert redact(*arguments) == code
    assert capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == before


def test_with_four_eyes_two_people_approve_what_the_marks_made(note: Path, capsys: Captured) -> None:
    Path("streng.toml").write_text(
        'four_eyes = true\nname = "streng"\n[[rule]]\nid = "alles"\naction = "redact"\nground = "5.1.2e"\n'
    )
    profile = ["--profile", "streng.toml"]
    assert redact(note, "-o", "first", "--marks", *profile) == 0
    assert COPY.exists() and EXCHANGE.exists() and not published(Path("first")).exists()
    without_marks(COPY, NAME)
    assert redact(note, "-o", "first", "--from-marks", COPY, *profile) == 0
    assert not published(Path("first")).exists()
    shown = examined.read(Path("first/internal/nota.review.zip"))
    kept = [one for one in shown.decisions if shown.document.text[one.span.start : one.span.end] == NAME]
    assert kept and not any(one.removes for one in kept)
    source = str(note.absolute())
    with trail.opened(Path("first")) as opened:
        opened.add(*(Act(who, Kind.APPROVED, source, proposal=shown.proposal) for who in ("anna", "bert")))
    assert redact("first", "--apply") == 0
    assert text(published(Path("first"))).count(NAME) == 3
