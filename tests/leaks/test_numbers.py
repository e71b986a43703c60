"""Numbers that fonts hand out by first use do not tell which letters a redacted name was the first to use.

The law: two documents that differ in the redacted name alone give the same publication version, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import typst
from counted_fonts import MAKERS, Make, codes_of_mac, glyphs_by_number, set_in
from pikepdf import Array, Dictionary, Name, Pdf
from redacting import Redacted, redact

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify

NAMES = ["Ot", "Jansen", "Wim Quxo", "Zwartemans-Waggelink"]
LINES = ["Geachte {} en verder", "de nota over wijzigingen ligt bij {}"]


def _lines(name: str) -> list[str]:
    return [line.format(name) for line in LINES]


@pytest.mark.parametrize("make", MAKERS)
def test_the_output_is_the_same_whatever_the_name_was(make: Make, tmp_path: Path) -> None:
    outputs = []
    for number, name in enumerate(NAMES):
        done = redact(set_in(tmp_path / f"{number}.pdf", make, _lines(name)), [name])
        assert done.written.pages_as_images == ()
        assert "unused-glyphs" in done.written.removed
        outputs.append(done.target.read_bytes())
    assert len(set(outputs)) == 1


@pytest.mark.parametrize("make", MAKERS)
def test_what_stays_reads_and_looks_as_before(make: Make, tmp_path: Path) -> None:
    for name in NAMES[1:3]:
        done = redact(set_in(tmp_path / f"{name}.pdf", make, _lines(name)), [name])
        assert "".join(read(done.target).text.split()) == "".join("".join(_lines("5.1.2e")).split())
        checks = verify(done.source, done.target, done.document, done.redactions).checks
        assert [check for check in checks if not check.passed] == []


def test_what_typst_sets_tells_nothing_either(tmp_path: Path) -> None:
    def set_by_typst(name: str) -> bytes:
        source = tmp_path / f"{name}.typ"
        source.write_text(f"Geachte {name} en verder\n\n*De nota* over _wijzigingen_ ligt bij {name}", "utf-8")
        source.with_suffix(".pdf").write_bytes(typst.compile(str(source)))
        return redact(source.with_suffix(".pdf"), [name]).target.read_bytes()

    assert len(set(map(set_by_typst, NAMES))) == 1


Draw = Callable[[Pdf, pikepdf.Page, Callable[[str], bytes]], bytes]


def _drawn(path: Path, make: Make, name: str, draw: Draw) -> Redacted:
    """A page with the name in a line, and below it what `draw` draws in the same font."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font, written = make(pdf, f"Geachte {name} en verder zo")
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
        line = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET " % written(f"Geachte {name}").hex().encode()
        page.obj.Contents = pdf.make_stream(line + draw(pdf, page, written))
        pdf.save(path)
    return redact(path, [name])


def _form(pdf: Pdf, page: pikepdf.Page, content: bytes, resources: bool = True) -> None:
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    if resources:
        form.Resources = Dictionary(Font=page.obj.Resources.Font)
    page.obj.Resources.XObject.Fm = form


def _in_a_form(pdf: Pdf, page: pikepdf.Page, written: Callable[[str], bytes]) -> bytes:
    _form(pdf, page, b"BT /F1 12 Tf 72 650 Td <%s> Tj ET" % written("en verder").hex().encode())
    return b"/Fm Do q 1 0 0 1 0 -50 cm /Fm Do Q"


def _in_a_form_that_sets_no_font(pdf: Pdf, page: pikepdf.Page, written: Callable[[str], bytes]) -> bytes:
    _form(pdf, page, b"BT 72 650 Td <%s> Tj ET" % written("en verder").hex().encode(), resources=False)
    return b"/F1 12 Tf /Fm Do"


def _by_other_operators(pdf: Pdf, page: pikepdf.Page, written: Callable[[str], bytes]) -> bytes:
    en, verder = written("en ").hex().encode(), written("verder").hex().encode()
    return b"BT /F1 12 Tf 20 TL 72 670 Td <%s> ' 0 0 <%s> \" [<%s> -300 <%s>] TJ ET" % (en, verder, en, verder)


@pytest.mark.parametrize("draw", [_in_a_form, _in_a_form_that_sets_no_font, _by_other_operators])
@pytest.mark.parametrize("make", [glyphs_by_number, codes_of_mac])
def test_text_gets_its_new_codes_wherever_it_is_shown(make: Make, draw: Draw, tmp_path: Path) -> None:
    outputs = set()
    for name in NAMES:
        done = _drawn(tmp_path / f"{name}.pdf", make, name, draw)
        assert "unused-glyphs" in done.written.removed
        assert verify(done.source, done.target, done.document, done.redactions).passed
        expected = read(done.source).text.replace(name, "5.1.2e")
        assert "".join(read(done.target).text.split()) == "".join(expected.split())
        outputs.add(done.target.read_bytes())
    assert len(outputs) == 1


def test_a_form_that_is_shown_in_two_fonts_keeps_its_codes_and_the_log_does_not_claim_otherwise(tmp_path: Path) -> None:
    def draw(pdf: Pdf, page: pikepdf.Page, written: Callable[[str], bytes]) -> bytes:
        page.obj.Resources.Font.F2 = codes_of_mac(pdf, "nog een andere")[0]
        _form(pdf, page, b"BT 72 650 Td <030201> Tj ET", resources=False)
        return b"/F1 12 Tf /Fm Do q 1 0 0 1 0 -50 cm /F2 12 Tf /Fm Do Q"

    done = _drawn(tmp_path / "n.pdf", codes_of_mac, "Jansen", draw)
    assert "unused-glyphs" not in done.written.removed
    assert verify(done.source, done.target, done.document, done.redactions).passed
    expected = read(done.source).text.replace("Jansen", "5.1.2e")
    assert "".join(read(done.target).text.split()) == "".join(expected.split())


@pytest.mark.parametrize("spacing", [0, 5])
def test_a_space_with_word_spacing_keeps_its_code_and_its_width(spacing: int, tmp_path: Path) -> None:
    """The thirty-second letter gets the code of the space where no word spacing tells otherwise."""

    def draw(pdf: Pdf, page: pikepdf.Page, _: Callable[[str], bytes]) -> bytes:
        letters = "qwertyuiopasdfghjklzxcvbnmQWERT" + ("" if spacing else "Y")
        font, written = codes_of_mac(pdf, f"{letters} zo")
        page.obj.Resources.Font.F2 = font
        codes = [written(word).hex().encode() for word in ("wat er", "een zo" if spacing else "eeYzo")]
        return b"BT /F2 12 Tf %d Tw 72 650 Td <%s> Tj 0 -20 Td <%s> Tj ET" % (spacing, *codes)

    done = _drawn(tmp_path / "n.pdf", codes_of_mac, "Jansen", draw)
    assert "unused-glyphs" in done.written.removed
    assert verify(done.source, done.target, done.document, done.redactions).passed
    with pikepdf.open(done.target) as pdf:
        table = dict(to_unicode.read(pdf.pages[0].Resources.Font.F2.ToUnicode.read_bytes()))
    assert table.get(b" ") == (b"\0 " if spacing else None)
