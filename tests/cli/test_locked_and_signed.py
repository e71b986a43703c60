"""Encrypted and signed documents, and forms: options, settings, exit codes, what is left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from woo_anon.cli.app import main

Captured = pytest.CaptureFixture[str]
SERIAL = ["--executor", "serial"]
PASSWORD = "open sesam 42"


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))


def note(*, signed: bool = False, filled: bool = False, user: str | None = None) -> None:
    """nota.pdf: signed, with the name of a civil servant in a form field, or encrypted."""
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        fonts = Dictionary(F1=pdf.make_indirect(font))
        page.obj.Resources = Dictionary(Font=fonts)
        page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 720 Td (Opgesteld door) Tj 0 -80 Td (De minister) Tj ET")
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array([72, 695, 300, 715]))
        field.T, field.V, field.DA = String("naam"), String("Janneke Zandvoort"), String("/F1 12 Tf 0 g")
        if signed:
            field = Dictionary(FT=Name.Sig, T=String("naam"), V=Dictionary(Type=Name.Sig, ByteRange=Array([0, 1])))
        if signed or filled:
            field = pdf.make_indirect(field)
            pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=fonts))
            page.obj.Annots = Array([field] if filled else [])
        encryption = pikepdf.Encryption(owner="beheer", user=user) if user is not None else False
        pdf.save("nota.pdf", encryption=encryption)


def listing() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def passwords(*lines: str) -> list[str]:
    Path("passwords.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return ["--password-file", "passwords.txt"]


def removed() -> list[str]:
    kinds: list[str] = json.loads(Path("nota.anon.json").read_text("utf-8"))["removed"]
    return kinds


def published() -> str:
    import pypdfium2

    with pypdfium2.PdfDocument("nota.anon.pdf") as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def test_a_name_in_a_form_field_is_redacted_and_no_copy_is_left(capsys: Captured) -> None:
    note(filled=True)
    assert main(["redact", "nota.pdf"]) == 0
    assert "Zandvoort" not in published()
    assert "De minister" in published()
    assert "flattened-forms" in removed()
    assert "formuliervelden" in Path("nota.review.html").read_text("utf-8")
    assert listing() == ["nota.anon.json", "nota.anon.pdf", "nota.pdf", "nota.review.html"]


def test_a_name_in_a_form_field_is_found_by_a_scan(capsys: Captured) -> None:
    note(filled=True)
    assert main(["scan", "nota.pdf", "--json", "--text", *SERIAL]) == 0
    assert "Janneke Zandvoort" in [found["text"] for found in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize("command", [["redact", "-o", "out"], ["scan"]])
def test_a_signed_document_is_refused_unless_that_is_accepted(command: list[str], capsys: Captured) -> None:
    note(signed=True)
    assert main([*command, "nota.pdf", *SERIAL]) == 4
    assert "--accept-signed" in capsys.readouterr().err
    assert main([*command, "nota.pdf", "--accept-signed", *SERIAL]) == 0


def test_the_log_says_that_the_signature_went() -> None:
    note(signed=True)
    assert main(["redact", "nota.pdf", "--accept-signed", *SERIAL]) == 0
    assert "signature" in removed()


def test_accepting_signed_documents_can_be_a_setting() -> None:
    note(signed=True)
    Path("woo-anon.toml").write_text("accept_signed = true\n", "utf-8")
    assert main(["scan", "nota.pdf", *SERIAL]) == 0


def test_a_document_that_is_only_protected_against_changes_is_redacted() -> None:
    note(user="")
    assert main(["redact", "nota.pdf", *SERIAL]) == 0
    assert "encryption" in removed()


def test_without_a_password_an_encrypted_document_is_refused(capsys: Captured) -> None:
    note(user=PASSWORD)
    assert main(["redact", "nota.pdf", *SERIAL]) == 4
    assert "--password-file" in capsys.readouterr().err
    assert listing() == ["nota.pdf"]


def test_the_passwords_of_a_file_are_tried_in_turn() -> None:
    note(user=PASSWORD)
    assert main(["redact", "nota.pdf", *passwords("een ander", "", PASSWORD)]) == 0
    assert "encryption" in removed()
    with pikepdf.open("nota.anon.pdf") as pdf:
        assert not pdf.is_encrypted


def test_a_wrong_password_is_code_4_and_shown_nowhere(capsys: Captured) -> None:
    note(user=PASSWORD)
    assert main(["redact", "nota.pdf", "-v", "--json", *passwords("een ander"), *SERIAL]) == 4
    out, err = capsys.readouterr()
    assert "een ander" not in out + err


@pytest.mark.parametrize("content", [None, b"caf\xe9\n"], ids=["missing", "no UTF-8"])
def test_a_password_file_that_cannot_be_read_is_code_8(content: bytes | None, capsys: Captured) -> None:
    note(user=PASSWORD)
    if content is not None:
        Path("passwords.txt").write_bytes(content)
    assert main(["redact", "nota.pdf", "--password-file", "passwords.txt", *SERIAL]) == 8
    assert "caf" not in capsys.readouterr().err


def test_the_password_file_can_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    note(user=PASSWORD)
    passwords(PASSWORD)
    monkeypatch.setenv("WOO_ANON_PASSWORD_FILE", "passwords.txt")
    assert main(["scan", "nota.pdf", *SERIAL]) == 0


def test_a_password_itself_can_stand_in_no_setting(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("WOO_ANON_PASSWORDS", PASSWORD)
    assert main(["config", "show"]) == 8
    monkeypatch.delenv("WOO_ANON_PASSWORDS")
    Path("woo-anon.toml").write_text(f'passwords = ["{PASSWORD}"]\n', "utf-8")
    assert main(["config", "show"]) == 8
    assert PASSWORD not in "".join(capsys.readouterr())


def test_the_settings_shown_hold_no_password(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    passwords(PASSWORD)
    Path("woo-anon.toml").write_text('password_file = "passwords.txt"\n', "utf-8")
    assert main(["config", "show"]) == 0
    out = capsys.readouterr().out
    assert "passwords.txt" in out
    assert PASSWORD not in out
