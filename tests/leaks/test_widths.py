"""The width of a box, the gap, and all that stands on the line tell nothing of the text that was there.

The law: two documents that differ in the redacted name alone give the same publication version, byte for byte.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import make
from pikepdf import Array, Dictionary, Name, Pdf, String
from redacting import Redacted, redact
from reportlab.pdfbase.pdfmetrics import stringWidth

from woo_anon.formats.pdf.boxes.geometry import glyphs_of
from woo_anon.formats.pdf.content.targets import Targets
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.verify import verify

NAMES = ["Ot", "Jansen", "Wim Lijftinck", "Zwartemans-Waggelink", "Marieke van Zwammerdam"]

# A line of text with a name in it, as programs write it: the argument is the name, the width that it takes in 12 pt.
Way = Callable[[str, float], str]


def _width(text: str) -> float:
    return float(stringWidth(text, "Helvetica", 12))


BESTE, SPACE, REST = _width("Beste "), _width(" "), _width(" tot ziens")


def _chained(name: str, width: float) -> str:
    moves = f"72 700 Td (Beste ) Tj {BESTE:.3f} 0 Td ({name}) Tj {width:.3f} 0 Td ( tot ziens) Tj"
    return f"BT /F1 12 Tf {moves} {-BESTE - width:.3f} -14 Td (Onder) Tj ET"


def _word_by_word(name: str, width: float) -> str:
    behind = 72 + BESTE + width
    words = [("Beste", 72.0), (name, 72 + BESTE), ("tot", behind + SPACE), ("ziens", behind + _width(" tot "))]
    return " ".join(f"q 1 0 0 1 {x:.3f} 700 cm BT /F1 12 Tf ({word}) Tj ET Q" for word, x in words)


def _placed(name: str, width: float) -> str:
    words = [("Beste ", 72.0), (name, 72 + BESTE), (" tot ziens ", 72 + BESTE + width)]
    return " ".join(f"BT /F1 12 Tf 1 0 0 1 {x:.3f} 700 Tm ({word}) Tj ET" for word, x in words)


def _kerned(name: str, _: float) -> str:
    pieces = " ".join(f"({letter}) {-7 * (ord(letter) % 5)}" for letter in name)
    return f"BT /F1 12 Tf 72 700 Td [(Beste ) 11 {pieces} ( tot) 20 ( ziens)] TJ ET"


def _underlined(name: str, width: float) -> str:
    return f"{_placed(name, width)} 72 698 {BESTE + width + REST:.3f} 0.6 re f"


def _marked(name: str, width: float) -> str:
    """Each run with its own background, as word processors draw a highlight."""
    runs = [(72.0, BESTE), (72 + BESTE, width), (72 + BESTE + width, REST)]
    return " ".join(f"1 1 0 rg {x:.3f} 697 {w:.3f} 13 re f" for x, w in runs) + " 0 g " + _placed(name, width)


def _framed(name: str, width: float) -> str:
    """A frame of four lines, as word processors draw the border of words."""
    x, w = 72 + BESTE - 1, width + 2
    lines = [(x, 697, 0.5, 13), (x + w, 697, 0.5, 13), (x, 697, w, 0.5), (x, 709.5, w, 0.5)]
    return " ".join("{:.3f} {} {:.3f} {} re f".format(*line) for line in lines) + " " + _placed(name, width)


def _two(name: str, _: float, between: str) -> str:
    """Twice, with what stands between them; the space before the second is a piece of its own, which PDFium does not
    list."""
    at, pieces = 72.0, []
    for piece in ("Aan ", name, *([between] if between else []), " ", name, " en Kim"):
        pieces.append(f"BT /F1 12 Tf 1 0 0 1 {at:.3f} 700 Tm ({piece}) Tj ET")
        at += _width(piece)
    return " ".join(pieces)


def _rounded(x: float, width: float) -> str:
    """A label of a colour with round corners."""
    r, y, top, end = 5.0, 697.0, 711.0, x + width
    corners = (
        f"{x + r:.3f} {y} m {end - r:.3f} {y} l {end - 2:.3f} {y} {end:.3f} {y + 2} {end:.3f} {y + r} c "
        f"{end:.3f} {top - r} l {end:.3f} {top - 2} {end - 2:.3f} {top} {end - r:.3f} {top} c "
        f"{x + r:.3f} {top} l {x + 2:.3f} {top} {x:.3f} {top - 2} {x:.3f} {top - r} c "
        f"{x:.3f} {y + r} l {x:.3f} {y + 2} {x + 2:.3f} {y} {x + r:.3f} {y} c"
    )
    return f"0.6 0.8 1 rg {corners} f 0 g "


def _clipped(name: str, width: float) -> str:
    """Each run within a rectangle of its own, as word processors clip text boxes."""
    runs = [("Beste ", 72.0, BESTE), (name, 72 + BESTE, width), (" tot ziens ", 72 + BESTE + width, REST)]
    text = "q {1:.3f} 697 {2:.3f} 13 re W n BT /F1 12 Tf 1 0 0 1 {1:.3f} 700 Tm ({0}) Tj ET Q"
    return " ".join(text.format(*run) for run in runs)


def _each(pattern: str, *, letters: bool = False) -> Way:
    """Every word, or every letter, written by itself: {0} is what it says, {1} where, {2} how wide, {3} that in ems."""

    def way(name: str, _: float) -> str:
        text = f"Beste {name} tot ziens"
        at, pieces = 72.0, []
        for piece in text if letters else text.split():
            pieces.append(pattern.format(piece, f"{at:.3f}", f"{_width(piece):.3f}", f"{_width(piece) / 12:.4f}"))
            at += _width(piece if letters else f"{piece} ")
        return " ".join(pieces)

    return way


_CM = "q 1 0 0 1 {1} 700 cm BT /F1 12 Tf ({0}) Tj ET"

WAYS: dict[str, Way] = {
    "one string": lambda name, _: f"BT /F1 12 Tf 72 700 Td (Beste {name} tot ziens) Tj ET",
    "strings one after the other": lambda n, _: f"BT /F1 12 Tf 72 700 Td (Beste ) Tj ({n}) Tj ( tot ziens) Tj ET",
    "chained by Td": _chained,
    "a matrix for every piece": _placed,
    "coordinates for every word": _word_by_word,
    "kerned": _kerned,
    "next line operators": lambda n, _: f"BT /F1 12 Tf 14 TL 72 714 Td (Beste {n} tot) ' 1 0.5 (met {n} en) \" ET",
    "scaled and spaced": lambda n, _: f"BT /F1 12 Tf 80 Tz 1 Tc 2 Tw 72 700 Td (Beste {n} tot ziens) Tj ET",
    "name at the start": lambda name, _: f"BT /F1 12 Tf 72 700 Td ({name} zegt tot ziens) Tj ET",
    "name at the end": lambda name, _: f"BT /F1 12 Tf 72 700 Td (Beste {name}) Tj ET",
    "trailing space": lambda n, w: f"BT /F1 12 Tf 72 700 Td (Van {n}) Tj {_width('Van ') + w:.3f} 0 Td ( ) Tj ET",
    "upwards": lambda name, _: f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm (Beste {name} tot ziens) Tj ET",
    "upside down": lambda name, _: f"BT /F1 12 Tf -1 0 0 -1 500 300 Tm (Beste {name} tot ziens) Tj ET",
    "mirrored page": lambda n, _: f"q 1 0 0 -1 0 842 cm BT /F1 12 Tf 1 0 0 -1 72 142 Tm (Beste {n} tot) Tj ET Q",
    "scaled coordinates": lambda n, _: f"q 12 0 0 12 72 700 cm BT /F1 1 Tf (Beste {n} tot ziens) Tj ET Q",
    "underlined": _underlined,
    "marked with a colour": _marked,
    "framed": _framed,
    "clipped run by run": _clipped,
    "raised reference": lambda n, _: f"BT /F1 12 Tf 72 700 Td (Beste {n}) Tj 5 Ts /F1 7 Tf (1) Tj 0 Ts ET",
    "a text object for every word": _each("BT /F1 12 Tf 1 0 0 1 {1} 700 Tm ({0}) Tj ET"),
    "a text object for every letter": _each("BT /F1 12 Tf 1 0 0 1 {1} 700 Tm ({0}) Tj ET", letters=True),
    "a colour for every letter": _each(
        "/DeviceRGB cs 0 0 1 sc BT 0 Tc /F1 12 Tf 1 0 0 1 {1} 700 Tm ({0}) Tj ET", letters=True
    ),
    "marked content for every word": _each("/Span <<>> BDC BT /F1 12 Tf 1 0 0 1 {1} 700 Tm ({0}) Tj ET EMC"),
    "coordinates for every word of the name": _each(f"{_CM} Q"),
    "coordinates and a rectangle below": _each(f"{_CM} 0 -2 {{2}} 0.6 re f Q"),
    "coordinates and a line below": _each(f"{_CM} 0.6 w 0 -2 m {{2}} -2 l S Q"),
    "coordinates and a mark behind": _each(f"{_CM.replace('BT', '1 1 0 rg 0 -3 {2} 13 re f 0 g BT')} Q"),
    "coordinates and a clip": _each(f"{_CM.replace('BT', '0 -3 {2} 13 re W n BT')} Q"),
    "scaled coordinates and a rectangle below": _each(
        "q 12 0 0 -12 {1} 700 cm BT /F1 1 Tf 1 0 0 -1 0 0 Tm ({0}) Tj ET 0 0.2 {3} -0.05 re f Q"
    ),
    "two names with a space of its own between them": lambda n, w: _two(n, w, ""),
    "two names with a comma and a space of its own": lambda n, w: _two(n, w, ","),
    "two names with a word and a space of its own": lambda n, w: _two(n, w, " en"),
    "in a label with round corners": lambda n, w: _rounded(72 + BESTE - 5, w + 10) + _placed(n, w),
    "before a label with round corners": lambda n, w: (
        _rounded(72 + BESTE + w + SPACE - 0.5, _width("tot") + 1) + _placed(n, w)
    ),
    "under a watermark that runs askew": lambda n, w: (
        "0.9 g BT /F1 60 Tf 0.866 0.5 -0.5 0.866 290 650 Tm (CONCEPT) Tj ET 0 g " + _placed(n, w)
    ),
    "under sideways text": lambda n, w: f"BT /F1 10 Tf 0 1 -1 0 400 650 Tm (AFSCHRIFT 12345) Tj ET {_placed(n, w)}",
    "no room": lambda n, _: f"BT /F1 12 Tf 440 700 Td (Aan {n}) Tj ET BT /F1 12 Tf 1 0 0 1 560 700 Tm (x) Tj ET",
}


def _redacted(path: Path, name: str, way: str) -> Redacted:
    return redact(make(path / f"{NAMES.index(name)}.pdf", content=WAYS[way](name, _width(name))), [name])


def _drawing(path: Path) -> bytes:
    """The first page's content, the forms that it draws, and its links."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        forms = [form.read_bytes() for form in page.obj.Resources.get("/XObject", Dictionary()).as_dict().values()]
        links = [link.Rect.unparse() for link in page.obj.get("/Annots", ())]
        page.contents_coalesce()
        return b"\n".join([page.Contents.read_bytes(), *forms, *links])


@pytest.mark.parametrize("way", WAYS)
def test_the_output_is_the_same_whatever_the_name_was(way: str, tmp_path: Path) -> None:
    # A label no wider than a letter might be one, and goes.
    names = {"no room": NAMES[:3], "in a label with round corners": NAMES[1:]}.get(way, NAMES)
    outputs = {name: _redacted(tmp_path, name, way) for name in names}
    assert {done.written.pages_as_images for done in outputs.values()} == {()}
    assert len({_drawing(done.target) for done in outputs.values()}) == 1
    assert len({done.target.read_bytes() for done in outputs.values()}) == 1


def test_a_pseudonym_has_the_box_that_any_label_has(tmp_path: Path) -> None:
    source = make(tmp_path / "nota.pdf", content=WAYS["chained by Td"]("Jansen", _width("Jansen")))
    labels = ("", "persoon 1", "ambtenaar 1234")
    done = [redact(source, ["Jansen"], label=label) for label in labels]
    assert len({redaction.places for one in done for redaction in one.redactions}) == 1
    assert "ambtenaar 1234" in read(done[-1].target).text


@pytest.mark.parametrize("way", WAYS)
def test_what_stays_is_readable_and_verified(way: str, tmp_path: Path) -> None:
    for name in NAMES[:3]:
        done = _redacted(tmp_path, name, way)
        # The label reads along the page, so that in text which does not it stands elsewhere in the order.
        expected = read(done.source).text.replace(name, "5.1.2e")
        assert sorted("".join(read(done.target).text.split())) == sorted("".join(expected.split()))
        checks = verify(done.source, done.target, done.document, done.redactions).checks
        assert [check for check in checks if not check.passed] == []


def test_a_form_that_draws_the_line_tells_nothing_either(tmp_path: Path) -> None:
    def in_a_form(name: str) -> bytes:
        def attack(pdf: Pdf, page: pikepdf.Page) -> None:
            content = WAYS["chained by Td"](name, _width(name)).encode()
            form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
            form.Resources = Dictionary(Font=page.obj.Resources.Font)
            page.obj.Resources.XObject = Dictionary(Fm=form)
            page.obj.Contents = pdf.make_stream(b"q 1 0 0 1 5 5 cm /Fm Do Q")

        return _drawing(redact(make(tmp_path / f"{name}.pdf", attack), [name]).target)

    assert len({in_a_form(name) for name in NAMES}) == 1


@pytest.mark.parametrize("clips", [True, False])
def test_a_form_for_every_word_keeps_its_place_and_the_log_says_so(clips: bool, tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        at, content, forms = 72.0, "", Dictionary()
        for word in "Beste Jansen tot ziens".split():
            box = [0, -3, _width(word), 12] if clips else [-600, -800, 600, 800]
            form = pdf.make_stream(f"BT /F1 12 Tf ({word}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form)
            form.BBox, form.Resources = Array(box), Dictionary(Font=page.obj.Resources.Font)
            forms[f"/{word}"] = form
            content += f" q 1 0 0 1 {at:.3f} 700 cm /{word} Do Q"
            at += _width(word + " ")
        page.obj.Resources.XObject = forms
        page.obj.Contents = pdf.make_stream(content.encode())

    done = redact(make(tmp_path / "n.pdf", attack), ["Jansen"])
    assert done.redactions[0].places[0].exact
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_a_line_whose_thickness_the_coordinates_scale_keeps_its_place_and_the_log_says_so(tmp_path: Path) -> None:
    way = _each("q 2 0 0 1 {1} 700 cm BT /F1 12 Tf 0.5 0 0 1 0 0 Tm ({0}) Tj ET 0.6 w 0 -2 m 5 -2 l S Q")
    done = redact(make(tmp_path / "n.pdf", content=way("Jansen", 0)), ["Jansen"])
    assert done.redactions[0].places[0].exact
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_a_mark_behind_words_follows_their_line_and_not_the_one_above(tmp_path: Path) -> None:
    lines = " ".join(
        _placed(name, _width(name)).replace(" 700 Tm", f" {y} Tm") for name, y in (("Marieke", 714), ("Jo", 700))
    )
    mark = f"1 1 0 rg {72 + BESTE:.3f} 697 {_width('Jo') + REST:.3f} 15 re f 0 g"
    done = redact(make(tmp_path / "n.pdf", content=f"{mark} {lines}"), ["Marieke", "Jo"])
    place = done.redactions[1].places[0]
    drawn = re.search(rb"(\S+) 697 (\S+) 15 re", _drawing(done.target))
    assert drawn is not None
    assert float(drawn[1]) == pytest.approx(place.box.left, abs=0.01)
    assert float(drawn[1]) + float(drawn[2]) == pytest.approx(place.box.right + REST, abs=0.01)


@pytest.mark.parametrize("low", [695.5, 697, 699])
def test_a_mark_on_the_next_line_stays_where_it_is_when_the_line_above_moves(low: float, tmp_path: Path) -> None:
    mark = f"1 1 0 rg 90 {low} 60 15 re f 0 g"
    first = _placed("Marieke", _width("Marieke")).replace(" 700 Tm", " 714 Tm")
    second = "BT /F1 12 Tf 72 700 Td (Bekend is dat deze woorden) Tj ET"
    done = redact(make(tmp_path / "n.pdf", content=f"{mark} {first} {second}"), ["Marieke"])
    assert not done.redactions[0].places[0].exact
    assert mark.encode() in b" ".join(_drawing(done.target).split())


def test_the_widest_cell_of_a_table_keeps_its_box_and_the_log_says_so(tmp_path: Path) -> None:
    """The column is as wide as the name, so that a narrower box would tell it too."""
    side = 78 + _width("Wim Bos")
    borders = "0.5 w " + " ".join(f"72 {y} m 72 {y + 16} l S {side} {y} m {side} {y + 16} l S" for y in (700, 684, 668))
    words = " ".join(
        f"BT /F1 12 Tf 75 {y + 4} Td ({name}) Tj ET BT /F1 12 Tf {side + 3} {y + 4} Td (Utrecht) Tj ET"
        for y, name in ((700, "Ad Smits"), (684, "Wim Bos"), (668, "Piet"))
    )
    done = redact(make(tmp_path / "n.pdf", content=f"{borders} {words}"), ["Wim Bos"])
    assert done.redactions[0].places[0].exact


def test_a_ground_that_is_clipped_to_words_stays_with_them(tmp_path: Path) -> None:
    x = 72 + BESTE + _width("Jansen") + SPACE
    ground = f"q {x - 2:.3f} 697 24 14 re W n 1 0.5 0.5 rg 0 600 595 200 re f Q 0 g"
    done = redact(make(tmp_path / "n.pdf", content=f"{ground} {_placed('Jansen', _width('Jansen'))}"), ["Jansen"])
    assert not done.redactions[0].places[0].exact
    document = pypdfium2.PdfDocument(done.target)
    red, green, *_ = document[0].render(scale=1, rev_byteorder=True).to_numpy()[842 - 704].astype(int).transpose()
    assert 10 < np.count_nonzero(red - green > 60) < 26  # less the letters


def _end(name: str) -> float:
    return 72 + BESTE + _width(name)


TELLS: dict[str, Callable[[str], str]] = {
    "a picture drawn right behind it": lambda n: f"{_end(n) + 3:.3f} 699 8 8 re f",
    "a line that begins where it ends": lambda n: f"{_end(n):.3f} 699 {400 - _end(n):.3f} 0.6 re f",
    "a dotted line up to a number": lambda n: f"{_end(n) + 3:.3f} 702 m 400 702 l S BT /F1 12 Tf 402 700 Td (12) Tj ET",
    "dots up to a number": lambda n: f"BT /F1 12 Tf {_end(n):.3f} 700 Td ({'.' * int((400 - _end(n)) / 3.3)} 12) Tj ET",
    "a line below as wide as it": lambda n: f"72 692 {_end(n) - 72:.3f} 1 re f",
    "the ground of its paragraph": lambda n: f"0.9 g 66 680 {_end(n) - 60:.3f} 40 re f 0 g",
    "borders around the next words": lambda n: (
        f"{_end(n) + 6:.3f} 693 30 1 re f {_end(n) + 6:.3f} 712 30 1 re f "
        f"BT /F1 12 Tf {_end(n) + 10:.3f} 700 Td (spoed) Tj ET"
    ),
    "a column of which it is the widest cell": lambda n: (
        " ".join(
            f"BT /F1 12 Tf {x:.3f} {y} Td ({word}) Tj ET"
            for y, cell in ((686, "Jo"), (672, "Ad Smit"), (658, "Bo"), (644, "An"), (630, "Piet"))
            for x, word in ((72, cell), (_end(n) + 10, "Utrecht"))
        )
        + f" BT /F1 12 Tf {_end(n) + 10:.3f} 700 Td (Leiden) Tj ET"
    ),
}


@pytest.mark.parametrize("way", TELLS)
@pytest.mark.parametrize("name", ["Wim Bos", "Marieke van Zwammerdam-Waggelink"])
def test_where_something_tells_the_width_the_box_has_it_and_the_log_says_so(
    way: str, name: str, tmp_path: Path
) -> None:
    line = f"BT /F1 12 Tf 72 700 Td (Beste {name}) Tj ET"
    ground = way == "the ground of its paragraph"
    content = f"{TELLS[way](name)} {line}" if ground else f"{line} {TELLS[way](name)}"
    done = redact(make(tmp_path / "n.pdf", content=content), [name])
    assert done.redactions[0].places[0].exact
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_the_widest_cell_is_none_where_another_row_reaches_as_far(tmp_path: Path) -> None:
    rows = ((700, "Wim Bos"), (686, "Jan Bos"), (672, "Kim Vos"))
    content = " ".join(
        f"BT /F1 12 Tf {x} {y} Td ({word}) Tj ET" for y, cell in rows for x, word in ((72, cell), (128, "Utrecht"))
    )
    done = redact(make(tmp_path / "n.pdf", content=content), ["Wim Bos"])
    assert not done.redactions[0].places[0].exact


def test_text_half_a_line_off_in_the_next_column_stays_free(tmp_path: Path) -> None:
    """A row in which everything is centred: one line beside two."""
    content = (
        "BT /F1 12 Tf 72 700 Td (Aan Ot en Sien van het kantoor) Tj ET "
        "BT /F1 12 Tf 260 707 Td (links boven) Tj 0 -14 Td (rechts onder) Tj ET"
    )
    done = redact(make(tmp_path / "n.pdf", content=content), ["Ot"])
    document = pypdfium2.PdfDocument(done.target)
    glyphs = glyphs_of(document[0])
    line = glyphs.take(abs(glyphs.origins[:, 1] - 700) < 0.1)
    assert line.boxes[:, 2].max() < 260
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_the_next_column_stays_where_it_is_when_the_gutter_is_narrow(tmp_path: Path) -> None:
    left = [
        "de brief die wij gisteren",
        "Geachte Ad Jansen, en u",
        "hebt de brief gelezen met",
        "veel genoegen hoor ik nu",
        "de",
    ]
    end = 72 + max(map(_width, left)) + 10
    content = " ".join(
        f"BT /F1 12 Tf 72 {y} Td ({words}) Tj ET BT /F1 12 Tf {end:.2f} {y} Td (rechts staat iets) Tj ET"
        for y, words in zip(range(700, 600, -14), left, strict=False)
    )
    done = redact(make(tmp_path / "n.pdf", content=content), ["Ad Jansen"])
    place = done.redactions[0].places[0]
    assert place.rest is None or place.rest.right < end
    assert _drawing(done.target).count(b"(rechts staat iets)") == 5
    assert verify(done.source, done.target, done.document, done.redactions).passed


BORDERS = {
    "rectangles": "72 {y} 58 15 re S 130 {y} 80 15 re S",
    "filled lines": "72 {y} 0.5 15 re f 130 {y} 0.5 15 re f 210 {y} 0.5 15 re f",
    "lines": "72 {y} m 72 {top} l S 130 {y} m 130 {top} l S 210 {y} m 210 {top} l S",
}


@pytest.mark.parametrize("way", BORDERS)
def test_borders_and_words_of_the_next_cell_stay_where_they_are(way: str, tmp_path: Path) -> None:
    borders = "0.5 w " + " ".join(BORDERS[way].format(y=y, top=y + 15) for y in (710, 695, 680))
    words = " ".join(
        f"BT /F1 11 Tf 74 {y + 4} Td ({name}) Tj ET BT /F1 11 Tf 132 {y + 4} Td (Utrecht) Tj ET"
        for y, name in ((710, "Piet Smits"), (695, "Oosterveld"), (680, "Ad van Dijk"))
    )
    done = redact(make(tmp_path / "n.pdf", content=f"{borders} {words}"), ["Oosterveld"])
    drawn = b" ".join(_drawing(done.target).split())
    assert borders.encode() in drawn
    assert done.redactions[0].places[0].box.right < 132
    assert verify(done.source, done.target, done.document, done.redactions).passed


@pytest.mark.parametrize(("start", "end"), [(0.3, 2.0), (0.4, 2.0), (-0.8, 0.3), (-0.8, 0.7)])
def test_an_underline_that_ends_within_the_name_ends_at_its_box(start: float, end: float, tmp_path: Path) -> None:
    """As one that leaves out a descender; both ends are in parts of the name's width."""
    name, width = "Jansen", _width("Jansen")
    left, right = (72 + BESTE + part * width for part in (start, end))
    line = f"{left:.3f} 698 m {right:.3f} 698 l S"
    done = redact(make(tmp_path / "n.pdf", content=f"{_placed(name, width)} {line}"), [name])
    drawn = re.search(rb"(\S+) 698 m\s+(\S+) 698 l", _drawing(done.target))
    box = done.redactions[0].places[0].box
    assert drawn is not None
    assert float(drawn[1]) == pytest.approx(box.right if start > 0 else left, abs=0.01)
    assert float(drawn[2]) == pytest.approx(box.left if end < 1 else right + box.width - width, abs=0.01)


def test_a_link_behind_the_name_moves_with_its_text(tmp_path: Path) -> None:
    def linked(name: str) -> bytes:
        def attack(pdf: Pdf, page: pikepdf.Page) -> None:
            left = 72 + BESTE + _width(name)
            link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([left + 3, 698, left + 52, 710]))
            link.A = Dictionary(S=Name.URI, URI=String("https://www.rijksoverheid.nl"))
            page.obj.Annots = Array([pdf.make_indirect(link)])

        source = make(tmp_path / f"{name}.pdf", attack, content=_placed(name, _width(name)))
        return _drawing(redact(source, [name]).target)

    assert len({linked(name) for name in NAMES}) == 1


def test_boxes_tell_no_ascenders_and_descenders(tmp_path: Path) -> None:
    boxes = {
        redact(make(tmp_path / "note.pdf", content=f"BT /F1 12 Tf 72 700 Td (Aan {name} nog) Tj ET"), [name]).redactions
        for name in ("oma", "bil", "gyp")
    }
    assert len({done[0].places[0].box for done in boxes}) == 1


def test_moved_text_stays_on_the_page_and_out_of_the_next_column(tmp_path: Path) -> None:
    words = f"BT /F1 10 Tf 72 700 Td (Aan {'Jo'} en nog veel andere woorden die de regel vullen tot de rand) Tj ET"
    column = "BT /F1 10 Tf 1 0 0 1 420 700 Tm (kolom) Tj ET 410 600 m 410 800 l S"
    done = redact(make(tmp_path / "note.pdf", content=f"{words} {column}"), ["Jo"])
    document = pypdfium2.PdfDocument(done.target)
    glyphs = glyphs_of(document[0])
    line = glyphs.take(glyphs.boxes[:, 0] < 410)
    assert line.boxes[:, 2].max() < 410
    assert "rand" in "".join(map(chr, line.codes))
    assert abs(glyphs.origins[glyphs.codes == ord("k")][-1][0] - 420) < 0.01


@pytest.mark.parametrize("clip", ["60 690 250 30 re W n", "60 690 m 310 690 l 310 720 l 60 720 l h W n"])
def test_moved_text_stays_within_what_it_is_clipped_to(clip: str, tmp_path: Path) -> None:
    words = "BT /F1 12 Tf 72 700 Td (Aan Jo en nog wat woorden meer) Tj ET"
    done = redact(make(tmp_path / "note.pdf", content=f"q {clip} {words} Q"), ["Jo"])
    document = pypdfium2.PdfDocument(done.target)
    glyphs = glyphs_of(document[0])
    assert glyphs.boxes[:, 2].max() <= 310.1
    assert not done.redactions[0].places[0].exact
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    assert [check for check in checks if not check.passed] == []


def test_a_box_leaves_the_letters_of_close_lines_free(tmp_path: Path) -> None:
    lines = "BT /F1 20 Tf 16 TL 72 700 Td (gpq van boven) Tj T* (Jansen) Tj T* (bdk van onder) Tj ET"
    done = redact(make(tmp_path / "note.pdf", content=lines), ["Jansen"])
    box = done.redactions[0].places[0].box
    assert box.top < 700 - 0.2 * 20
    assert box.bottom > 668 + 0.7 * 20


def _table(names: list[str], y: float = 700, gap: float = 10) -> str:
    """Rows of two columns without rules; the second stands where the widest name lets it."""
    column = 72 + max(map(_width, names)) + gap
    return " ".join(
        f"BT /F1 12 Tf 72 {y - 16 * row} Td ({name}) Tj ET BT /F1 12 Tf {column:.2f} {y - 16 * row} Td (Utrecht) Tj ET"
        for row, name in enumerate(names)
    )


WIDEST = ["Ad", "Wim Lijftinck", "Piet", "Jo", "Els", "Bea"]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [(72.0, 300, "Beste Wim Lijf"), (72 + _width("Wim Lijftinck") - _width("ook hier"), 716, "ook hier")],
)
def test_text_far_below_or_in_another_column_explains_no_width(x: float, y: int, words: str, tmp_path: Path) -> None:
    text = f"BT /F1 12 Tf {x:.2f} {y} Td ({words}) Tj ET"
    done = redact(make(tmp_path / "n.pdf", content=f"{_table(WIDEST)} {text}"), ["Wim Lijftinck"])
    assert done.redactions[0].places[0].exact


def test_a_label_whose_padding_keeps_it_from_following_keeps_the_box_exact(tmp_path: Path) -> None:
    width = _width("Wim Lijftinck")
    label = f"0.8 g 64 696 {width + 16:.2f} 18 re f 0 g"
    words = [("Wim Lijftinck", 72.0), ("komt ook", 72 + width + 16)]
    text = " ".join(f"BT /F1 12 Tf {x:.2f} 700 Td ({word}) Tj ET" for word, x in words)
    done = redact(make(tmp_path / "n.pdf", content=f"{label} {text}"), ["Wim Lijftinck"])
    assert done.redactions[0].places[0].exact


def test_the_ground_of_another_row_tells_how_wide_the_widest_cell_is(tmp_path: Path) -> None:
    ground = f"0.8 g 68 716 {_width('Wim Lijftinck') + 12:.2f} 16 re f 0 g"
    done = redact(
        make(tmp_path / "n.pdf", content=f"{ground} {_table(['Wim Lijftinck', 'Ad'], gap=20)}"), ["Wim Lijftinck"]
    )
    assert done.redactions[0].places[0].exact


def test_a_rule_that_reaches_a_little_beyond_the_name_keeps_its_box_exact(tmp_path: Path) -> None:
    rule = f"0.5 w 66 694 m {72 + _width('Wim Lijftinck') + 6:.2f} 694 l S"
    text = "BT /F1 12 Tf 72 700 Td (Wim Lijftinck) Tj ET"
    done = redact(make(tmp_path / "n.pdf", content=f"{rule} {text}"), ["Wim Lijftinck"])
    assert done.redactions[0].places[0].exact


def test_a_much_larger_title_beside_the_line_is_not_run_into(tmp_path: Path) -> None:
    x = 72 + _width("Wim") + 20
    text = f"BT /F1 12 Tf 72 700 Td (Wim) Tj ET BT /F1 30 Tf {x:.2f} 694 Td (Besluit) Tj ET"
    done = redact(make(tmp_path / "n.pdf", content=text), ["Wim"])
    assert done.redactions[0].places[0].box.right < x


def test_destinations_do_not_tell_where_text_stood_before_it_moved(tmp_path: Path) -> None:
    def jumps(pdf: Pdf, page: pikepdf.Page) -> None:
        ways = [Array([page.obj, Name.XYZ, 144.1, 712, 0]), Array([page.obj, Name.FitR, 140, 700, 190, 715])]
        ways.append(Array([page.obj, Name.FitV, 144.1]))
        names = [entry for at, way in enumerate(ways) for entry in (String(f"plaats {at}"), way)]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))

    done = redact(make(tmp_path / "n.pdf", jumps), ["Zwartemans"])
    with Pdf.open(done.target) as pdf:
        kept = [[str(one) for one in list(way)[1:]] for way in list(pdf.Root.Names.Dests.Names)[1::2]]
    assert kept == [["/XYZ", "None", "712", "0"], ["/FitH", "715"], ["/FitV", "None"]]


def test_a_label_around_a_short_name_stays(tmp_path: Path) -> None:
    left, right = 70.0, 72 + _width("Bo") + 4
    curve = f"{left + 4} 696 m {right - 4} 696 l {right} 696 {right} 714 {right - 4} 714 c {left + 4} 714 l"
    label = f"0.8 g {curve} {left} 714 {left} 696 {left + 4} 696 c f 0 g"
    done = redact(make(tmp_path / "n.pdf", content=f"{label} BT /F1 12 Tf 72 700 Td (Bo) Tj ET"), ["Bo"])
    assert b"0.8 g" in _drawing(done.target)
    assert b" c" in _drawing(done.target)


@pytest.mark.parametrize(
    "placed", ["q 500 0 0 200 50 600 cm", f"q 15 0 0 12 {72 + _width('Beste Jansen '):.2f} 698 cm"]
)
def test_a_line_over_a_picture_or_with_one_behind_its_text_keeps_its_place(placed: str, tmp_path: Path) -> None:
    def picture(pdf: Pdf, page: pikepdf.Page) -> None:
        image = pdf.make_stream(bytes(range(256)) * 4, Type=Name.XObject, Subtype=Name.Image, Width=32, Height=32)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        page.obj.Resources.XObject = Dictionary(Im=image)
        words = ("Beste Jansen", 72.0), ("tot ziens", 72 + _width("Beste Jansen ") + 20)
        text = " ".join(f"BT /F1 12 Tf {x:.2f} 700 Td ({word}) Tj ET" for word, x in words)
        page.obj.Contents = pdf.make_stream(f"{placed} /Im Do Q {text}".encode())

    done = redact(make(tmp_path / "note.pdf", picture), ["Jansen"])
    assert done.redactions[0].places[0].exact


def test_a_group_around_the_name_keeps_it_in_its_place_and_the_log_says_so(tmp_path: Path) -> None:
    """As browsers print words that are half transparent."""

    def group(pdf: Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(b"BT /F1 12 Tf (Jansen) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Resources = Array([0, -3, _width("Jansen"), 12]), Dictionary(Font=page.obj.Resources.Font)
        form.Group = Dictionary(S=Name.Transparency)
        page.obj.Resources.XObject = Dictionary(Fm=form)
        behind = 72 + BESTE + _width("Jansen ")
        text = f"BT /F1 12 Tf 72 700 Td (Beste) Tj ET BT /F1 12 Tf {behind:.2f} 700 Td (tot ziens) Tj ET"
        page.obj.Contents = pdf.make_stream(f"{text} q 1 0 0 1 {72 + BESTE:.2f} 700 cm /Fm Do Q".encode())

    done = redact(make(tmp_path / "note.pdf", group), ["Jansen"])
    assert done.redactions[0].places[0].exact
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_pixels_go_under_all_of_a_box_for_print_reaches_further_than_its_text() -> None:
    area, drawn = Box(100, 703, 140, 708), Box(100, 698, 140, 710)
    picture = (500.0, 0.0, 0.0, 5.0, 50.0, 698.0)  # its top is at 703: under the box, and not under the area
    assert Targets([area], ()).over(picture) == []
    assert Targets([area], (), [drawn]).over(picture) == [drawn]


def test_no_box_singles_out_one_of_two_hundred_and_half_of_twenty_thousand_stay_possible() -> None:
    from woo_anon.formats.pdf.boxes.arrangement import BOX_EM, LONGEST_NAME_EM

    chance = random.Random(7)
    syllables = "ba de fi go ku la me ni ol pa ra sa ti ver wil zan berg dijk huis man stra".split()

    def word() -> str:
        return "".join(chance.choice(syllables) for _ in range(chance.randint(1, 4))).title()

    size = 10.5
    names = {f"{word()} {word()}" for _ in range(26_000)}
    widths = [stringWidth(name, "Helvetica", size) for name in sorted(names)][:20_000]
    assert len(widths) == 20_000
    assert max(widths) - min(widths) > 100
    boxes = [1 if width <= LONGEST_NAME_EM * size else 1 + int(width // (BOX_EM * size)) for width in widths]
    alike = Counter(boxes)
    assert sorted(alike[box] for box in boxes)[10_000] >= 10_000
    staff = [Counter(chance.sample(boxes, 200)) for _ in range(50)]
    assert sum(count == 1 for seen in staff for count in seen.values()) == 0


@pytest.mark.parametrize("degrees", [30, 48, 72])
def test_where_a_name_runs_across_the_page_nothing_goes_but_under_a_box(degrees: int, tmp_path: Path) -> None:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    lines = " ".join(
        f"BT /F1 10 Tf 72 {760 - 14 * at} Td (regel{at} over de begroting van dit jaar) Tj ET" for at in range(40)
    )
    stamp = f"BT /F1 30 Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} 110 300 Tm (van Zwartemans) Tj ET"
    done = redact(make(tmp_path / "a.pdf", content=f"{lines} {stamp}"), ["Zwartemans"])
    left = read(done.target)
    gone = [f"regel{at} " for at in range(40) if f"regel{at} " not in left.text]
    boxes = [place.drawn or place.area for redaction in done.redactions for place in redaction.places]
    assert "Zwartemans" not in left.text
    for word in gone:
        at = done.document.text.index(word)
        letters = [done.document.pages[0].box(offset) for offset in range(at, at + len(word) - 1)]
        assert any(box.intersects(letter) for box in boxes for letter in letters if letter), word
    whole = sum(box.width * box.height for box in boxes)
    assert whole < 12 * 30 * 30 * 1.7  # of a dozen letters, each in an upright box
    assert verify(done.source, done.target, done.document, done.redactions).passed
