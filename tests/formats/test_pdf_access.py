"""Locked, signed and foreign kinds of PDF: which are opened, which are refused, and what opens them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pdf_files import changed, drawn, lines
from pikepdf import Array, Dictionary, Name, Pdf, String

from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.write import write

Change = Callable[[Pdf], object]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return drawn(tmp_path / "a.pdf", lines("Nota"))


def locked(path: Path, user: str, revision: int = 6) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        strong = revision >= 4
        pdf.save(
            path, encryption=pikepdf.Encryption(owner="beheer", user=user, R=revision, aes=strong, metadata=strong)
        )
    return path


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_file_that_is_only_protected_against_changes_is_read_and_written_unlocked(note: Path, revision: int) -> None:
    document = read(locked(note, "", revision))
    assert document.text == "Nota\n"
    assert document.prepared is not None
    assert document.prepared.removed == ("encryption",)
    copy, target = note.with_name("copy.pdf"), note.with_name("out.pdf")
    copy.write_bytes(document.prepared.content)
    write(copy, target, document, [])
    with pikepdf.open(target) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize("password", ["geheim", "beheer", "één ☃"], ids=["the user's", "the owner's", "with accents"])
def test_a_password_of_several_opens_the_file(note: Path, password: str) -> None:
    locked(note, "één ☃" if password == "één ☃" else "geheim")
    assert read(note, Access(("fout", password))).text == "Nota\n"


def test_a_password_with_accents_opens_an_older_file(note: Path) -> None:
    assert read(locked(note, "één", 4), Access(("één",))).text == "Nota\n"


@pytest.mark.parametrize("access", [Access(), Access(("fout",))], ids=["none", "another"])
def test_without_the_password_the_file_is_refused_and_the_remedy_named(note: Path, access: Access) -> None:
    with pytest.raises(RefusedError, match=r"^a\.pdf: the PDF needs a password.* --password-file") as caught:
        read(locked(note, "geheim"), access)
    assert "fout" not in str(caught.value)


def test_passwords_stand_in_no_repr() -> None:
    assert "geheim" not in repr(Access(("geheim",)))


def test_a_file_locked_for_holders_of_a_certificate_is_refused(note: Path) -> None:
    data = locked(note, "").read_bytes()
    note.write_bytes(data.replace(b"/Filter /Standard", b"/Filter /Adobe.Ps"))
    with pytest.raises(RefusedError, match="no password opens"):
        read(note)


def test_an_unchanged_file_needs_no_prepared_copy(note: Path) -> None:
    assert read(note).prepared is None


# ── Signed ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _signature(kind: str = "Sig") -> Dictionary:
    return Dictionary(Type=Name(f"/{kind}"), ByteRange=Array([0, 1, 2, 3]), Contents=String(b"\0\0"))


def _in_a_field(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, V=pdf.make_indirect(_signature())))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def _in_a_kid(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, V=pdf.make_indirect(_signature("DocTimeStamp"))))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(T="a", Kids=Array([field])))]))


def _on_a_page_alone(pdf: Pdf) -> None:
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=Array([0, 0, 0, 0]), V=_signature())
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(widget)])


def _of_usage_rights(pdf: Pdf) -> None:
    pdf.Root.Perms = Dictionary(UR3=pdf.make_indirect(_signature()))


SIGNED = [_in_a_field, _in_a_kid, _on_a_page_alone, _of_usage_rights]


@pytest.mark.parametrize("sign", SIGNED)
def test_a_signed_file_is_refused_and_the_option_named(note: Path, sign: Change) -> None:
    with pytest.raises(RefusedError, match=r"signed.*--accept-signed"):
        read(changed(note, sign))


@pytest.mark.parametrize("sign", SIGNED)
def test_a_signed_file_that_is_accepted_loses_its_signature(note: Path, sign: Change) -> None:
    document = read(changed(note, sign), Access(accept_signed=True))
    assert document.text == "Nota\n"
    assert document.prepared is not None
    assert "signature" in document.prepared.removed
    assert b"/ByteRange" not in document.prepared.content


# ── XFA forms and portfolios ──────────────────────────────────────────────────────────────────────────────────────────


def _static(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("template"), pdf.make_stream(b"<template/>")]))


def _dynamic(pdf: Pdf) -> None:
    _static(pdf)
    pdf.Root.NeedsRendering = True


def _indirect(pdf: Pdf) -> None:
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(XFA=pdf.make_stream(b"<x/>")))


def _in_a_stream(pdf: Pdf) -> None:
    pdf.Root.AcroForm = pdf.make_stream(b"", XFA=pdf.make_stream(b"<x/>"))


def _without_a_form(pdf: Pdf) -> None:
    pdf.Root.NeedsRendering = True


@pytest.mark.parametrize("make", [_static, _dynamic, _indirect, _in_a_stream, _without_a_form])
def test_an_xfa_form_is_refused_wherever_it_stands(note: Path, make: Change) -> None:
    with pytest.raises(RefusedError, match="XFA"):
        read(changed(note, make), Access(accept_signed=True))


@pytest.mark.parametrize("make", [Dictionary, lambda: Dictionary(View=Name.H, D=String("a.pdf"))])
def test_a_portfolio_is_refused(note: Path, make: Callable[[], Dictionary]) -> None:
    with pytest.raises(RefusedError, match="portfolio"):
        read(changed(note, lambda pdf: pdf.Root.__setitem__("/Collection", make())))
