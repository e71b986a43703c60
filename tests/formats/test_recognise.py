"""Recognising what a file is: by its content, and where its beginning is not enough by a look inside."""

from __future__ import annotations

import subprocess
from pathlib import Path

import fsspec
import openpyxl
import pytest
from mail_files import attached, compound, outlook_mail

from woo_anon.batch.members import with_members
from woo_anon.discover import discover
from woo_anon.errors import UnreadableError
from woo_anon.formats import recognise
from woo_anon.formats.word.render import find_office
from woo_anon.settings import Settings


def test_a_mail_of_outlook_is_a_mail_though_old_word_files_begin_so_too(tmp_path: Path) -> None:
    path = tmp_path / "bericht.msg"
    path.write_bytes(compound(outlook_mail()))
    assert recognise(path).key == "mail"


@pytest.mark.skipif(find_office() is None, reason="LibreOffice makes the file")
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_what_libreoffice_reads_is_for_libreoffice(tmp_path: Path, kind: str) -> None:
    (tmp_path / "nota.txt").write_text("Er is geen bezwaar.\n", encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = "doc:MS Word 97" if kind == "doc" else kind
    command = [str(find_office()), profile, "--headless", "--convert-to", made, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "nota.txt")], check=True, capture_output=True, timeout=120)
    document = recognise(tmp_path / f"nota.{kind}")
    assert document.key == "office"
    assert "Er is geen bezwaar." in document.read(tmp_path / f"nota.{kind}").text


def test_a_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "lijst.xlsx")
    with pytest.raises(UnreadableError) as raised:
        recognise(tmp_path / "lijst.xlsx").read(tmp_path / "lijst.xlsx")
    assert "PDF" in raised.value.remedy


def test_what_hangs_from_a_mail_of_outlook_at_an_address_is_found() -> None:
    store = fsspec.filesystem("memory")
    mail = compound(outlook_mail(attached(0, "plan.txt", b"De brug gaat open.")))
    store.pipe({"/post/a.txt": b"Er is geen bezwaar.", "/post/b.msg": mail})
    sources = with_members(discover(["memory://post"]), Settings(executor="serial"))
    store.rm("/post", recursive=True)
    assert [source.name for source in sources] == ["a.txt", "b.msg", "b.bijlagen/1 plan.txt"]
