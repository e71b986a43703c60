"""Reading order: lines, spaces, columns, tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import at_places, drawn, lines, typeset
from reportlab.pdfgen.canvas import Canvas

from woo_anon.formats.pdf.read import read

Cells = list[tuple[float, float, str]]

PROSE = [
    "De minister heeft de Kamer toegezegd dat",
    "de brief voor de zomer zal worden gestuurd",
    "met daarin een overzicht van alle stukken",
    "die bij de voorbereiding zijn gebruikt en",
    "een tijdlijn van de besluiten die daarover",
    "zijn genomen door de betrokken directies.",
]
COLOFON = ["Directie Zaken", "Turfmarkt 147", "Contactpersoon", "Pieter Jansen"]


def test_a_gap_between_words_is_a_space(tmp_path: Path) -> None:
    def spaced(canvas: Canvas) -> None:
        text = canvas.beginText(30, 200)
        text.textOut("Jan")
        text.moveCursor(20, 0)
        text.textOut("Jansen")
        canvas.drawText(text)

    assert read(drawn(tmp_path / "a.pdf", spaced)).text == "Jan Jansen\n"


def test_letters_set_apart_stay_one_word(tmp_path: Path) -> None:
    def apart(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "NOTA", charSpace=2.5)

    assert read(drawn(tmp_path / "a.pdf", apart)).text == "NOTA\n"


def test_words_of_letters_set_apart_are_parted_by_their_spaces(tmp_path: Path) -> None:
    def apart(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Aan de NOTA", charSpace=2.5)

    assert read(drawn(tmp_path / "a.pdf", apart)).text == "Aan de NOTA\n"


def test_a_gap_between_slanted_words_is_a_space(tmp_path: Path) -> None:
    def slanted(canvas: Canvas) -> None:
        canvas.transform(1, 0, 0.3, 1, 0, 0)
        canvas.drawString(30, 200, "of")
        canvas.drawString(30 + canvas.stringWidth("of") + 2.2, 200, "Jansen")

    assert read(drawn(tmp_path / "a.pdf", slanted)).text == "of Jansen\n"


def test_a_word_drawn_in_pieces_is_joined(tmp_path: Path) -> None:
    text = read(drawn(tmp_path / "a.pdf", at_places((30, 200, "Jan"), (30, 100, "x"), (45.56, 200, "sen")))).text
    assert text == "Jansen\n\nx\n"


def test_bold_words_drawn_after_the_rest_come_into_their_line(tmp_path: Path) -> None:
    text = read(drawn(tmp_path / "a.pdf", at_places((30, 200, "Van"), (85, 200, "aan Piet"), (50, 200, "Jansen")))).text
    assert text == "Van Jansen aan Piet\n"


def test_a_raised_figure_stays_in_its_line(tmp_path: Path) -> None:
    def raised(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Jansen")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(63, 204, "1")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(69, 200, "schrijft")

    assert read(drawn(tmp_path / "a.pdf", raised)).text.replace(" ", "") == "Jansen1schrijft\n"


@pytest.mark.parametrize("mark", ["1", "a", "a,b"])
def test_the_mark_of_a_note_is_no_part_of_the_word_before_it(tmp_path: Path, mark: str) -> None:
    def noted(canvas: Canvas) -> None:
        text = canvas.beginText(30, 200)
        text.textOut("Aan Oldeboom")
        text.setFont("Helvetica", 6)
        text.setRise(4)
        text.textOut(mark)
        text.setFont("Helvetica", 10)
        text.setRise(0)
        text.textOut(" en H")
        text.setFont("Helvetica", 6)
        text.setRise(-2)
        text.textOut("2")
        text.setFont("Helvetica", 10)
        text.setRise(0)
        text.textOut("O")
        canvas.drawText(text)

    assert read(drawn(tmp_path / "a.pdf", noted)).text == f"Aan Oldeboom {mark} en H2O\n"


def test_a_sign_of_a_formula_keeps_what_is_raised_at_it(tmp_path: Path) -> None:
    def formula(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Oberfl")
        left = 30 + canvas.stringWidth("Oberfl") + 3
        canvas.drawString(left, 200, "S")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(left + canvas.stringWidth("S", "Helvetica", 10), 204, "2")

    assert read(drawn(tmp_path / "a.pdf", formula)).text == "Oberfl S2\n"


def test_a_mark_before_a_word_is_no_part_of_it(tmp_path: Path) -> None:
    def noted(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.drawString(30, 204, "a")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(30 + canvas.stringWidth("a", "Helvetica", 6), 200, "Oldeboom schrijft")

    assert read(drawn(tmp_path / "a.pdf", noted)).text == "a Oldeboom schrijft\n"


@pytest.mark.parametrize(("size", "base"), [(32, 197), (36, 196), (52, 184)])
def test_a_large_letter_before_several_lines_begins_the_first(tmp_path: Path, size: float, base: float) -> None:
    def dropped(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(30, base, "O")
        left = 30 + canvas.stringWidth("O", "Helvetica", size) + 2
        canvas.setFont("Helvetica", 12)
        for line, text in enumerate(["ldeboom opent om tien uur", "de vergadering van het"]):
            canvas.drawString(left, 212 - 14 * line, text)
        canvas.drawString(30, 184 - 14, "college, dat akkoord gaat")

    text = read(drawn(tmp_path / "a.pdf", dropped)).text
    assert text.split("\n")[:2] == ["Oldeboom opent om tien uur", "de vergadering van het"]


@pytest.mark.parametrize("degrees", [1, 3, 15, 45])
def test_words_of_an_oblique_line_are_parted(tmp_path: Path, degrees: float) -> None:
    def oblique(canvas: Canvas) -> None:
        canvas.translate(30, 60)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, "Aan")
        canvas.drawString(canvas.stringWidth("Aan") + 3, 0, "Oldeboom")
        canvas.drawString(canvas.stringWidth("AanOldeboom") + 6, 0, "ter inzage")

    assert read(drawn(tmp_path / "a.pdf", oblique)).text == "Aan Oldeboom ter inzage\n"


def test_a_wide_space_between_lines_is_an_empty_line(tmp_path: Path) -> None:
    page = at_places((30, 270, "een"), (30, 258, "twee"), (30, 246, "drie"), (30, 216, "vier"))
    assert read(drawn(tmp_path / "a.pdf", page)).text == "een\ntwee\ndrie\n\nvier\n"


def test_pages_are_parted_by_an_empty_line(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("een"), lines("twee")))
    assert document.text == "een\n\ntwee\n"
    assert [(page.start, page.end) for page in document.pages] == [(0, 5), (5, 10)]


def columns(*, by_line: bool, shift: float = 0.0) -> Cells:
    left = [(10.0, 280.0 - 12 * at, text[:28]) for at, text in enumerate(PROSE)]
    right = [(160.0, 280.0 - shift - 12 * at, text[::-1][:28]) for at, text in enumerate(PROSE)]
    return [cell for pair in zip(left, right, strict=True) for cell in pair] if by_line else left + right


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = read(drawn(tmp_path / "a.pdf", at_places(*columns(by_line=False)))).text
    assert text.split("\n")[:6] == [line[:28] for line in PROSE]


def test_two_columns_drawn_line_by_line_are_not_mixed(tmp_path: Path) -> None:
    text = read(drawn(tmp_path / "a.pdf", at_places(*columns(by_line=True)))).text
    assert text.split("\n")[:6] == [line[:28] for line in PROSE]


def indented(placed: Cells) -> Cells:
    """The lines with every third a little further right, as the first lines of paragraphs are."""
    return [(x + (8 if at % 3 == 0 else 0), y, text) for at, (x, y, text) in enumerate(placed)]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ([], [(10.0, 206.0, "Pagina 1 van 2")]),
        ([], [(10.0, 206.0, "Ministerie"), (10.0, 194.0, "Pagina 1 van 2")]),
        ([], [(10.0, 206.0, "Ministerie"), (240.0, 206.0, "Pagina 1")]),
        ([(240.0, 294.0, "Pagina 1")], []),
        ([(10.0, 294.0, "Ministerie"), (240.0, 294.0, "Pagina 1")], [(10.0, 206.0, "Vertrouwelijk")]),
    ],
)
def test_a_head_or_foot_that_fits_a_column_does_not_mix_the_columns(tmp_path: Path, head: Cells, foot: Cells) -> None:
    body = indented(columns(by_line=False))
    text = read(drawn(tmp_path / "a.pdf", at_places(*head, *body, *foot))).text
    assert "\n".join(line for _, _, line in body) in text
    assert text.endswith([*body, *foot][-1][2] + "\n")


def test_a_row_with_a_gap_of_its_own_below_two_columns_does_not_mix_them(tmp_path: Path) -> None:
    body = [(left, 280.0 - 7 * at, text) for left in (10.0, 140.0) for at, text in enumerate(PROSE)]
    row = [
        (10.0, 238.0, "Naam van wie de stukken heeft, van wie ze leest en van wie ze nog moet krijgen"),
        (270.0, 238.0, "Op"),
    ]

    def small(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 6)
        at_places(*body, *row)(canvas)

    text = read(drawn(tmp_path / "a.pdf", small)).text
    assert text.count("\n".join(PROSE)) == 2


def test_a_foot_below_three_columns_does_not_mix_them(tmp_path: Path) -> None:
    body = indented([(left, 280.0 - 12 * at, text[:17]) for left in (10, 105, 200) for at, text in enumerate(PROSE)])
    text = read(drawn(tmp_path / "a.pdf", at_places(*body, (10, 206, "Pagina 1 van 2")))).text
    assert [line for line in text.split("\n") if line] == [*(line for _, _, line in body), "Pagina 1 van 2"]


def test_a_colofon_on_its_own_base_lines_is_not_mixed_into_the_body(tmp_path: Path) -> None:
    body = [(10.0, 280.0 - 12 * at, text[:30]) for at, text in enumerate(PROSE)]
    block = [(200.0, 277.0 - 9 * at, text) for at, text in enumerate(COLOFON)]
    by_height = sorted(body + block, key=lambda cell: -cell[1])
    for order in (body + block, block + body, by_height):
        text = read(drawn(tmp_path / "a.pdf", at_places(*order))).text
        assert "\n".join(COLOFON) in text
        assert "\n".join(line[:30] for line in PROSE) in text


def test_labels_and_values_drawn_as_two_columns_are_read_row_by_row(tmp_path: Path) -> None:
    labels = [(30.0, 270.0 - 12 * at, text) for at, text in enumerate(["Van", "Aan", "Opgesteld door"])]
    values = [(150.0, 270.0 - 12 * at, text) for at, text in enumerate(["Directie", "Minister", "Jan Jansen"])]
    text = read(drawn(tmp_path / "a.pdf", at_places(*labels, *values))).text
    assert text == "Van  Directie\nAan  Minister\nOpgesteld door  Jan Jansen\n"


def test_a_cell_of_several_lines_stays_whole(tmp_path: Path) -> None:
    cells = at_places(
        (30, 270, "1"), (60, 270, "Stuurt de brief"), (60, 258, "aan de Kamer"), (180, 270, "Pieter van der"),
        (180, 258, "Berg"), (30, 240, "2"), (60, 240, "Belt terug"), (180, 240, "Karel"),
    )  # fmt: skip
    text = read(drawn(tmp_path / "a.pdf", cells)).text
    assert "Stuurt de brief\naan de Kamer\n" in text
    assert "Pieter van der\nBerg\n" in text
    assert "2  Belt terug  Karel\n" in text


def test_a_cell_of_centred_lines_stays_whole(tmp_path: Path) -> None:
    cells = at_places(
        (45, 270, "Stuurt de"), (40, 258, "brief voor de"), (30, 246, "zomer aan de Kamer"), (180, 270, "Pieter van"),
        (190, 258, "der Berg"), (45, 228, "Belt terug"), (185, 228, "Karel"),
    )  # fmt: skip
    text = read(drawn(tmp_path / "a.pdf", cells)).text
    assert text == "Stuurt de\nbrief voor de\nzomer aan de Kamer\nPieter van\nder Berg\n\nBelt terug  Karel\n"


def test_a_title_over_two_columns_comes_first(tmp_path: Path) -> None:
    source = (
        "#set page(paper: 'a4')\n= Nota over de openbaarmaking van documenten\n"
        "Deze inleiding loopt over de volle breedte. #lorem(40)\n#columns(2)[EERSTE #lorem(150) TWEEDE #lorem(140)]"
    ).replace("'", '"')
    text = read(typeset(tmp_path / "a.pdf", source)).text
    assert text.index("Nota over") < text.index("Deze inleiding") < text.index("EERSTE") < text.index("TWEEDE")
    longest = max(len(line) for line in text[text.index("EERSTE") :].splitlines())
    assert longest < 60


def test_text_below_the_columns_comes_last(tmp_path: Path) -> None:
    source = '#set page(paper: "a4")\n#columns(2)[#lorem(150)]\nSLOT #lorem(60)'
    source = source.replace("#columns(2)[", "#block(height: 9cm, columns(2)[").replace("]\nSLOT", "])\nSLOT")
    text = read(typeset(tmp_path / "a.pdf", source)).text
    assert text.rstrip().count("\n", text.index("SLOT")) <= 8


def test_a_space_that_is_taken_back_is_none(tmp_path: Path) -> None:
    def broken(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(30, 230, "Beste heer,")
        canvas._code.append("BT /F1 12 Tf 1 0 0 1 30 200 Tm [(Terp ) 278 (stra en Vos)] TJ ET")

    assert "Terpstra en Vos" in read(drawn(tmp_path / "a.pdf", broken)).text


def test_a_text_that_begins_over_the_end_of_another_is_another_word(tmp_path: Path) -> None:
    def over(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Beste Terpstram")
        canvas.drawString(30 + canvas.stringWidth("Beste Terpstram") - 6, 200, "Joost de Wit")

    assert read(drawn(tmp_path / "a.pdf", over)).text == "Beste Terpstram Joost de Wit\n"
