"""What stands in form fields is text of the page: read, redacted and verified; the fields themselves are gone."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from filled_forms import DRAWN, FLAGS, Form, make_annotation, sign, tag
from pikepdf import Array, Dictionary, Name, String
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.document import Hint
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.forms import likeness
from woo_anon.formats.pdf.opening import guard, prepare
from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify

NAME = "Zwartemans"
NO_TURN = 16  # the flag that keeps a field upright on a turned page
VALUE = f"Jan {NAME} te Delft"


def failed(done: Redacted) -> list[str]:
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    return [check.name for check in checks if not check.passed]


def flattened(path: Path, access: Access = Access()) -> pikepdf.Pdf:  # noqa: B008
    prepared = read(path, access).prepared
    assert prepared is not None
    return pikepdf.open(io.BytesIO(prepared.content))


def seen(source: bytes | Path) -> np.ndarray:
    """Grey values of page 1 as a reader shows it, its form fields included and no comments."""
    with pypdfium2.PdfDocument(source) as pdf:
        pdf.init_forms()
        return pdf[0].render(scale=2, grayscale=True, draw_annots=False).to_numpy().copy()


def every_kind(*, drawn: bool) -> Form:
    """A form with the name in fields of every kind; `drawn` gives them appearances."""
    form = Form()
    choices = Array([String("Anna"), String(NAME)])
    fields = [
        form.field(V=String(VALUE), bottom=740),
        form.field(V=String(f"{VALUE}\nen verder"), Ff=FLAGS["lines"], bottom=680, height=50),
        form.field("Ch", V=String(NAME), Opt=choices, Ff=FLAGS["combo"], bottom=640),
        form.field("Ch", V=String(NAME), Opt=choices, bottom=580, height=50),
        form.field(V=String(VALUE), Q=2, bottom=540),
    ]
    if drawn:
        for field in fields:
            field.AP = form.look(VALUE)
    return form


@pytest.mark.parametrize("drawn", [True, False], ids=["with appearances", "without"])
def test_values_are_read_redacted_and_gone(tmp_path: Path, drawn: bool) -> None:
    source = every_kind(drawn=drawn).saved(tmp_path / "form.pdf")
    done = redact(source, [NAME])
    assert len(done.redactions) >= 5
    assert places_of(NAME, done.target) == []
    assert done.written.pages_as_images == ()
    assert "Delft" in read(done.target).text
    assert failed(done) == []


def test_values_are_drawn_again_when_the_form_asks_for_it(tmp_path: Path) -> None:
    form = Form()
    form.field(V=String("nieuw")).AP = form.look("oud")
    form.pdf.Root.AcroForm.NeedAppearances = True
    assert read(form.saved(tmp_path / "form.pdf")).text == "Formulier\n\nnieuw\n"


@pytest.mark.parametrize("listed", [True, False], ids=["a form without fields", "no form"])
def test_fields_that_the_form_does_not_list_are_read(tmp_path: Path, listed: bool) -> None:
    form = Form()
    form.field(V=String("Delft")).AP = form.look("Delft")
    form.pdf.Root.AcroForm.Fields = Array()
    if not listed:
        del form.pdf.Root.AcroForm
    assert read(form.saved(tmp_path / "form.pdf")).text == "Formulier\n\nDelft\n"


def test_a_value_that_is_not_what_is_shown_goes(tmp_path: Path) -> None:
    form = Form()
    field = form.field(V=String(NAME), DV=String(NAME), TU=String(NAME), RV=String(f"<p>{NAME}</p>"))
    field.AP = form.look("iets anders")
    source = form.saved(tmp_path / "form.pdf")
    assert NAME not in read(source).text
    assert places_of(NAME, redact(source, []).target) == []


@pytest.mark.parametrize("flag", [2, 32], ids=["hidden", "not on screen"])
def test_what_a_field_hides_is_not_on_the_page(tmp_path: Path, flag: int) -> None:
    form = Form()
    form.field(V=String(NAME), F=flag).AP = form.look(NAME)
    source = form.saved(tmp_path / "form.pdf")
    assert read(source).text == "Formulier\n"
    assert places_of(NAME, redact(source, []).target) == []


def test_a_field_on_a_hidden_layer_goes(tmp_path: Path) -> None:
    form = Form()
    group = form.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Laag")))
    form.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    form.field(V=String(NAME), OC=group).AP = form.look(NAME)
    assert places_of(NAME, redact(form.saved(tmp_path / "form.pdf"), []).target) == []


def buttons(form: Form, on: str, value: object) -> None:
    for bottom, name in ((600, "Ja"), (570, "Nee")):
        box = form.field("Btn", Ff=FLAGS["radio"], V=value, bottom=bottom)
        looks = {"/Off": form.look("uit").N, f"/{name}": form.look(f"gekozen {name}").N}
        box.AP = Dictionary(N=Dictionary(looks))
        if on:
            box.AS = Name(f"/{name}") if name == on else Name.Off


@pytest.mark.parametrize("rotation", [0, 90])
def test_letters_in_the_cells_of_a_comb_are_one_word(tmp_path: Path, rotation: int) -> None:
    form = Form()
    form.page.obj.Rotate = rotation
    values = ["111222333", "2611 AB", NAME]
    for bottom, value in zip((700, 670, 640), values, strict=True):
        form.field(V=String(value), Ff=FLAGS["comb"], MaxLen=10, bottom=bottom)
    assert read(form.saved(tmp_path / "form.pdf")).text.split() == ["Formulier", "111222333", "2611", "AB", NAME]


@pytest.mark.parametrize("on", ["Ja", ""], ids=["by its state", "by its value alone"])
def test_of_buttons_what_is_chosen_is_shown(tmp_path: Path, on: str) -> None:
    form = Form()
    buttons(form, on, Name.Ja)
    text = read(form.saved(tmp_path / "form.pdf")).text
    assert "gekozen Ja" in text
    assert "gekozen Nee" not in text


def test_a_box_without_a_look_for_its_state_shows_nothing(tmp_path: Path) -> None:
    form = Form()
    box = form.field("Btn", AS=Name.Off)
    box.AP = Dictionary(N=Dictionary({"/Ja": form.look("gekozen").N}))
    assert read(form.saved(tmp_path / "form.pdf")).text == "Formulier\n"


LOOKS = {
    "shifted box": {"BBox": Array([-10, -5, 210, 25])},
    "matrix": {"Matrix": Array([2, 0, 0, 2, 7, 7])},
    "turned": {"Matrix": Array([0, 1, -1, 0, 0, 0])},
}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("look", LOOKS)
def test_a_page_looks_the_same_without_its_fields(tmp_path: Path, rotation: int, look: str) -> None:
    form = Form("q q 1 0 0 1 30 30 cm 2 w BT /F1 12 Tf 72 700 Td (Formulier) Tj ET")
    form.page.obj.Rotate = rotation
    form.field(V=String("Delft")).AP = form.look("Delft", **LOOKS[look])
    form.field(V=String("Breda"), bottom=500, height=60, F=NO_TURN).AP = form.look("Breda")
    source = form.saved(tmp_path / "form.pdf")
    prepared = read(source).prepared
    assert prepared is not None
    assert np.abs(seen(prepared.content).astype(int) - seen(source)).max() < 32


def test_content_that_ends_out_of_balance_does_not_move_the_fields(tmp_path: Path) -> None:
    form = Form("Q Q q 3 0 0 3 9 9 cm Q Q 2 0 0 2 50 50 cm q BT /F1 12 Tf 20 300 Td (Formulier) Tj ET")
    form.field(V=String("Delft")).AP = form.look("Delft")
    source = form.saved(tmp_path / "form.pdf")
    prepared = read(source).prepared
    assert prepared is not None
    assert np.abs(seen(prepared.content).astype(int) - seen(source)).max() < 32


def test_a_form_that_would_look_different_is_refused(tmp_path: Path) -> None:
    form = Form()
    form.field(V=String("Delft")).AP = form.look("Delft")
    before = form.saved(tmp_path / "form.pdf").read_bytes()
    form.page.obj.Annots[0].AP = form.look("Breda")
    after = prepare.prepare(form.pdf, "form.pdf")
    assert after is not None
    with pytest.raises(RefusedError, match=r"^form\.pdf: the form on page 1"):
        likeness.check_likeness(before, after.content, [0], "form.pdf")


def test_comments_do_not_become_part_of_the_page(tmp_path: Path) -> None:
    form = Form()
    form.field(V=String("Delft")).AP = form.look("Delft")
    make_annotation(form, "Stamp", (72, 400, 272, 420), AP=form.look(NAME), Contents=String(NAME), F=4)
    make_annotation(form, "FreeText", (72, 300, 272, 320), AP=form.look(NAME), DA=String("/F1 9 Tf"), F=4)
    make_annotation(form, "Highlight", (72, 700, 272, 720), QuadPoints=Array([72, 720, 272, 720, 72, 700, 272, 700]))
    source = form.saved(tmp_path / "form.pdf")
    document = read(source)
    assert document.text == "Formulier\n\nDelft\n"
    done = redact(source, [])
    assert places_of(NAME, done.target) == []
    assert "comments" in done.written.removed
    with pikepdf.open(done.target) as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_a_tagged_field_keeps_its_place_in_the_structure(tmp_path: Path) -> None:
    form = Form()
    field = form.field(V=String(VALUE))
    field.AP = form.look(VALUE)
    tag(form, field)
    done = redact(form.saved(tmp_path / "form.pdf"), [NAME])
    assert failed(done) == []
    with pikepdf.open(done.target) as pdf:
        _, element = pdf.Root.StructTreeRoot.K
        assert (element.S, element.A[0].O, element.A[0].Role) == (Name.Form, Name.PrintField, Name.tv)
        content, box = element.K
        assert (content.Type, content.MCID, content.Pg.objgen) == (Name.MCR, 1, pdf.pages[0].obj.objgen)
        assert box.ActualText is not None
        row = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].obj.StructParents)]
        assert row[1].objgen == element.objgen


def test_a_tagged_field_on_a_page_that_the_parent_tree_does_not_know_keeps_its_place_too(tmp_path: Path) -> None:
    form = Form()
    field = form.field(V=String(VALUE))
    field.AP = form.look(VALUE)
    tag(form, field)
    form.page.obj.StructParents = 7
    done = redact(form.saved(tmp_path / "form.pdf"), [NAME])
    assert failed(done) == []
    assert places_of(NAME, done.target) == []
    with pikepdf.open(done.target) as pdf:
        element = pdf.Root.StructTreeRoot.K[1]
        row = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].obj.StructParents)]
        assert row[1].objgen == element.objgen


def test_a_tagged_field_that_shows_nothing_leaves_no_widget_behind(tmp_path: Path) -> None:
    form = Form()
    field = form.field(V=String(NAME), F=2)
    field.AP = form.look(NAME)
    tag(form, field)
    done = redact(form.saved(tmp_path / "form.pdf"), [])
    assert places_of(NAME, done.target) == []
    with pikepdf.open(done.target) as pdf:
        _, element = pdf.Root.StructTreeRoot.K
        assert str(element.S) == "/NonStruct"  # PDF/UA: an element /Form holds a field


def test_the_look_of_a_signature_is_text_and_the_signature_goes(tmp_path: Path) -> None:
    form = Form()
    field = form.field("Sig")
    field.AP = form.look(VALUE)
    sign(form, field)
    source = form.saved(tmp_path / "form.pdf")
    document = read(source, Access(accept_signed=True))
    assert document.text == f"Formulier\n\n{VALUE}\n"
    assert Hint("signature:author", "Jan Zwartemans") in document.hints
    assert document.prepared is not None
    assert document.prepared.removed == ("flattened-forms", "signature")
    done = redact(source, [NAME], document=document)
    assert places_of(NAME, done.target) == []
    assert failed(done) == []


def test_a_field_on_an_empty_page_is_read(tmp_path: Path) -> None:
    form = Form()
    form.field(V=String("Delft")).AP = form.look("Delft")
    del form.page.obj.Contents, form.page.obj.Resources
    assert read(form.saved(tmp_path / "form.pdf")).text == "Delft\n"


@pytest.mark.parametrize("key", ["Rect", "AP", "F", "MK", "DA", "Parent", "FT"])
def test_a_broken_field_is_read_or_ends_with_a_clear_error(tmp_path: Path, key: str) -> None:
    form = Form()
    field = form.field(V=String("Delft"))
    field.AP = form.look("Delft")
    field[f"/{key}"] = String("kapot")
    form.field(V=String("Breda"), bottom=500)
    assert "Breda" in read(form.saved(tmp_path / "form.pdf")).text


def test_a_field_that_draws_a_billion_times_is_unreadable_soon(tmp_path: Path) -> None:
    form = Form()
    look = form.pdf.make_indirect(form.look("x").N)
    for _ in range(12):
        below = look
        look = form.pdf.make_indirect(form.look("x", "/Fm Do " * 10).N)
        look.Resources = Dictionary(XObject=Dictionary(Fm=below))
    form.field().AP = Dictionary(N=look)
    with pytest.raises(UnreadableError, match="expands"):
        read(form.saved(tmp_path / "form.pdf"))


def test_what_is_encrypted_is_looked_into_before_it_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_STREAM", 1 << 20)
    form = Form()
    look = form.look("x").N
    look.write(zlib.compress(b" " * (2 << 20)), filter=Name.FlateDecode)
    form.field().AP = Dictionary(N=look)
    locked = pikepdf.Encryption(owner="a", user="")
    with pytest.raises(UnreadableError, match="expands"):
        read(form.saved(tmp_path / "form.pdf", encryption=locked, compress_streams=False))


def test_a_field_that_draws_itself_is_unreadable(tmp_path: Path) -> None:
    form = Form()
    loop = form.look("x", DRAWN + " /Fm Do").N
    loop = form.pdf.make_indirect(loop)
    loop.Resources.XObject = Dictionary(Fm=loop)
    form.field().AP = Dictionary(N=loop)
    with pytest.raises(UnreadableError):
        read(form.saved(tmp_path / "form.pdf"))
