"""`woo-anon officials`: list, find and import. Imported names are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from woo_anon.cli.app import main
from woo_anon.errors import ExitCode
from woo_anon.people.register import user_file


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def councillors(tmp_path: Path) -> Path:
    path = tmp_path / "raad.csv"
    path.write_text("surname,given,office,body\nWolvendaal,Katelijne,raadslid,Oudewater\n", encoding="utf-8")
    return path


def test_find_shows_the_offices_of_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["officials", "find", "Mark Rutte"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert "Mark Rutte · minister-president · Algemene Zaken · 2010-10-14–2024-07-02" in out.splitlines()
    assert err == ""


def test_find_of_somebody_unknown_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["officials", "find", "Katelijne Wolvendaal"]) == ExitCode.DONE
    assert capsys.readouterr().out == ""


def test_json_is_one_object_a_line_under_the_columns_of_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    main(["officials", "find", "Femke Halsema", "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["office"] for row in rows} == {"burgemeester", "kamerlid"}
    assert list(rows[0]) == ["surname", "infix", "given", "initials", "office", "body", "from", "until", "source"]


def test_list_can_be_narrowed_to_one_office(capsys: pytest.CaptureFixture[str]) -> None:
    main(["officials", "list", "--office", "ombudsman"])
    rows = [line.split(" · ") for line in capsys.readouterr().out.splitlines()]
    assert {row[1] for row in rows} == {"ombudsman"}


def test_list_shows_everybody(capsys: pytest.CaptureFixture[str]) -> None:
    main(["officials", "list"])
    assert len(capsys.readouterr().out.splitlines()) > 2000


def test_an_unknown_office_is_a_mistake_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["officials", "list", "--office", "tsaar"]) == ExitCode.USAGE
    assert "burgemeester" in capsys.readouterr().err


def test_import_says_how_many_are_new(councillors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["officials", "import", str(councillors)])
    main(["officials", "import", str(councillors)])
    assert capsys.readouterr().out.splitlines() == ["1 new of 1", "0 new of 1"]


def test_what_was_imported_is_found(councillors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["officials", "import", str(councillors)])
    capsys.readouterr()
    main(["officials", "find", "Wolvendaal"])
    assert capsys.readouterr().out == "Katelijne Wolvendaal · raadslid · Oudewater\n"


def test_a_file_that_is_no_register_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("naam;functie\n", encoding="utf-8")
    assert main(["officials", "import", str(path)]) == ExitCode.SETTINGS
    assert not user_file().exists()
    assert "columns" in capsys.readouterr().err
