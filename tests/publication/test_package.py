"""`woo-anon inventory` over an output folder: what it writes, what it leaves out, what it refuses."""

from __future__ import annotations

import csv
import json
import stat
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from woo_anon.cli.app import main
from woo_anon.errors import ExitCode
from woo_anon.publication import diwoo

NUMBERS = {"10001": "dossier gelakt/brief-2", "10002": "dossier gelakt/nota gelakt-3", "10003": "verslag"}
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def own_settings_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def run(folder: Path, config: Path, *options: str) -> int:
    return main(["inventory", str(folder), "--config", str(config), *options])


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "publication/inventory.csv").open(encoding="utf-8", newline="") as file:
        return {row["ID"]: row for row in csv.DictReader(file)}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path) -> dict[str, bytes]:
    """What the command wrote for the public: all that is no output of `redact`."""
    public = files(folder / "publication")
    return {name: content for name, content in public.items() if ".anon." not in name}


def edited(folder: Path, path: Path, **cells: dict[str, str]) -> Path:
    """The inventory, with other cells in the rows that `cells` names by ID (after an underscore)."""
    now = rows(folder)
    for number, changes in cells.items():
        now.setdefault(number.lstrip("_"), {"ID": number.lstrip("_")}).update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(now["10001"]))
        writer.writeheader()
        writer.writerows(now.values())
    return path


def test_the_package_is_inventory_documents_metadata_and_sitemaps(folder: Path, config: Path) -> None:
    assert run(folder, config) == ExitCode.DONE
    assert sorted(written(folder)) == [
        *(f"documents/{number}.{suffix}" for number in NUMBERS for suffix in ("txt", "xml")),
        "inventory.csv",
        "inventory.xlsx",
        "sitemap-diwoo-1.xml",
        "sitemapindex-diwoo-infocat014.xml",
    ]


def test_a_document_is_copied_under_its_number(folder: Path, config: Path) -> None:
    run(folder, config)
    for number, place in NUMBERS.items():
        copy, original = (folder / f"publication/{name}" for name in (f"documents/{number}.txt", f"{place}.anon.txt"))
        assert copy.read_bytes() == original.read_bytes()


def test_the_judgement_follows_from_the_log(folder: Path, config: Path) -> None:
    run(folder, config)
    found = {number: (row["Beoordeling"], row["Beoordelingsgrond"]) for number, row in rows(folder).items()}
    assert found == {
        "10001": ("deels openbaar", "5.1.2e"),
        "10002": ("deels openbaar", "5.1.2e"),
        "10003": ("openbaar", ""),
    }


def test_the_workbook_says_what_the_csv_says(folder: Path, config: Path) -> None:
    run(folder, config)
    header, *lines = openpyxl.load_workbook(folder / "publication/inventory.xlsx").active.iter_rows(values_only=True)
    texts = [["" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in line] for line in lines]
    assert [dict(zip(header, line, strict=True)) for line in texts] == list(rows(folder).values())


def test_no_name_of_a_file_that_tells_and_no_name_of_a_folder_is_in_the_package(folder: Path, config: Path) -> None:
    run(folder, config)
    contents = written(folder)
    with zipfile.ZipFile(folder / "publication/inventory.xlsx") as workbook:
        contents |= {name: workbook.read(name) for name in workbook.namelist()}
    told = {name for name, content in contents.items() for word in (b"olvendaal", b"alfwerk") if word in content}
    assert told == set()


def test_documents_are_called_as_they_are_published(folder: Path, config: Path) -> None:
    run(folder, config)
    assert [row["Document"] for row in rows(folder).values()] == ["brief-2.txt", "nota gelakt-3.txt", "verslag.txt"]


def test_a_document_that_was_refused_is_named(
    folder: Path, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leeg.pdf").write_bytes(b"")
    main(["redact", str(tmp_path / "leeg.pdf"), "-o", str(folder), "--executor", "serial"])
    assert run(folder, config) == ExitCode.SOME_FAILED
    assert "leeg.pdf: not in the inventory: the file is empty" in capsys.readouterr().err


def test_the_sitemap_says_where_each_document_will_be(folder: Path, config: Path) -> None:
    run(folder, config)
    found = ElementTree.parse(folder / "publication/sitemap-diwoo-1.xml").getroot().iter(f"{_SITEMAP}loc")
    assert [loc.text for loc in found] == [f"https://open.oudewater.example/woo/documents/{n}.txt" for n in NUMBERS]


def test_a_long_list_is_divided_over_sitemaps_that_the_index_names(
    folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diwoo, "ENTRIES", 2)
    run(folder, config)
    public = folder / "publication"
    parsed = [ElementTree.parse(public / name) for name in ("sitemap-diwoo-1.xml", "sitemap-diwoo-2.xml")]
    assert [len(list(tree.getroot())) for tree in parsed] == [2, 1]
    index = ElementTree.parse(public / "sitemapindex-diwoo-infocat014.xml").getroot()
    found = [loc.text for loc in index.iter(f"{_SITEMAP}loc")]
    assert found == [f"https://open.oudewater.example/woo/sitemap-diwoo-{number}.xml" for number in (1, 2)]


def test_the_index_of_an_earlier_category_goes(folder: Path, config: Path) -> None:
    run(folder, config)
    run(folder, config, "--category", "beschikkingen", "--force")
    assert [name for name in written(folder) if "index" in name] == ["sitemapindex-diwoo-infocat016.xml"]


def test_the_number_of_a_document_is_remembered_for_its_owner_alone(folder: Path, config: Path) -> None:
    run(folder, config)
    remembered = folder / "internal/document-ids.csv"
    assert remembered.read_text("utf-8") == "ID,place\n" + "".join(f"{key},{value}\n" for key, value in NUMBERS.items())
    assert stat.S_IMODE(remembered.stat().st_mode) == 0o600


def test_the_same_folder_gives_the_same_bytes(folder: Path, config: Path) -> None:
    run(folder, config)
    first = files(folder)
    assert run(folder, config, "--force") == ExitCode.DONE
    assert files(folder) == first


def test_a_document_that_comes_later_gets_a_number_above_the_others(folder: Path, config: Path) -> None:
    run(folder, config)
    for suffix in ("txt", "json"):
        path = folder / f"publication/verslag.anon.{suffix}"
        (folder / f"publication/aanvang.anon.{suffix}").write_bytes(path.read_bytes())
    run(folder, config, "--force")
    assert (folder / "internal/document-ids.csv").read_text("utf-8").splitlines()[-1] == "10004,aanvang"
    assert list(rows(folder)) == [*NUMBERS, "10004"]


def test_an_existing_package_is_refused_and_left_as_it_was(folder: Path, config: Path) -> None:
    run(folder, config)
    first = files(folder)
    assert run(folder, config, "--matter", "2025-02") == ExitCode.OUTPUT
    assert files(folder) == first


def test_a_document_that_is_not_the_verified_one_is_left_out_and_named(
    folder: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "publication/verslag.anon.txt").write_text("Iets anders.\n", encoding="utf-8")
    assert run(folder, config) == ExitCode.SOME_FAILED
    assert list(rows(folder)) == ["10001", "10002"]
    assert "verslag: not in the inventory: the publication version is not the one" in capsys.readouterr().err


@pytest.mark.parametrize("log", ["{", "[]", '{"schema": 99}', '{"schema": 1, "output": 3}'])
def test_a_log_that_makes_no_sense_leaves_its_document_out(folder: Path, config: Path, log: str) -> None:
    (folder / "publication/verslag.anon.json").write_text(log, encoding="utf-8")
    assert run(folder, config) == ExitCode.SOME_FAILED
    assert list(rows(folder)) == ["10001", "10002"]


def test_a_document_whose_verification_failed_is_left_out(folder: Path, config: Path) -> None:
    path = folder / "publication/verslag.anon.json"
    log = json.loads(path.read_text("utf-8"))
    log["verification"]["passed"] = False
    path.write_text(json.dumps(log), encoding="utf-8")
    assert run(folder, config) == ExitCode.SOME_FAILED
    assert list(rows(folder)) == ["10001", "10002"]


def test_when_the_only_document_cannot_be_published_its_own_code_comes_back(folder: Path, config: Path) -> None:
    for path in (folder / "publication/dossier gelakt").iterdir():
        path.unlink()
    (folder / "publication/verslag.anon.txt").unlink()
    assert run(folder, config) == ExitCode.UNREADABLE
    assert written(folder) == {}


def test_when_no_document_can_be_published_nothing_is_written(folder: Path, config: Path) -> None:
    for path in (folder / "publication").rglob("*.anon.txt"):
        path.write_text("Iets anders.\n", encoding="utf-8")
    assert run(folder, config) == ExitCode.REFUSED
    assert written(folder) == {}


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_without_logs_is_no_output_folder(tmp_path: Path, config: Path, there: bool) -> None:
    if there:
        (tmp_path / "leeg/publication").mkdir(parents=True)
    assert run(tmp_path / "leeg", config) == ExitCode.UNREADABLE


def test_everything_that_is_missing_is_said_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inventory", str(folder)]) == ExitCode.SETTINGS
    told = capsys.readouterr().err
    needed = "publisher publisher_name category handling handling_date matter base_url document_date".split()
    assert [name for name in needed if f"publication.{name} (--{name.replace('_', '-')})" not in told] == []
    assert written(folder) == {}


def test_an_option_goes_before_the_settings_file(folder: Path, config: Path) -> None:
    run(folder, config, "--matter", "2025-02")
    assert {row["Matter"] for row in rows(folder).values()} == {"2025-02"}


def test_stdout_stays_empty_and_stderr_says_what_was_written(
    folder: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, config)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"3 documents (2 deels openbaar, 1 openbaar) -> {folder}/publication/inventory.xlsx",
        "For robots.txt of the site: Sitemap: https://open.oudewater.example/woo/sitemapindex-diwoo-infocat014.xml",
    ]


def test_a_document_that_an_officer_withholds_is_listed_but_not_published(
    folder: Path, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, config)
    changes = {"Beoordeling": "niet openbaar", "Beoordelingsgrond": "5.2.1", "Toelichting": "Concept."}
    path = edited(folder, tmp_path / "edited.csv", _10003=changes)
    capsys.readouterr()
    assert run(folder, config, "--edited", str(path), "--force") == ExitCode.DONE
    assert rows(folder)["10003"].items() >= changes.items()
    assert [name for name, content in written(folder).items() if "10003" in name or b"documents/10003" in content] == []
    assert "verslag: not published by this inventory. Take it out" in capsys.readouterr().err


def test_a_document_that_is_suspended_is_not_published_yet(folder: Path, config: Path, tmp_path: Path) -> None:
    run(folder, config)
    path = edited(folder, tmp_path / "edited.csv", _10001={"Opgeschort": "ja"})
    run(folder, config, "--edited", str(path), "--force")
    assert rows(folder)["10001"]["Opgeschort"] == "Ja"
    assert "documents/10001.txt" not in written(folder)


def test_a_document_that_is_withheld_whole_is_added_by_the_officer(folder: Path, config: Path, tmp_path: Path) -> None:
    run(folder, config)
    row = {
        "Document": "advies.docx",
        "Datum": "2025-01-09",
        "Beoordeling": "niet openbaar",
        "Beoordelingsgrond": "5.2.1",
    }
    path = edited(folder, tmp_path / "edited.csv", _10099=row)
    assert run(folder, config, "--edited", str(path), "--force") == ExitCode.DONE
    assert rows(folder)["10099"].items() >= {**row, "Matter": "2025-01"}.items()


def test_dates_in_the_edited_inventory_stand_in_for_the_setting(folder: Path, config: Path, tmp_path: Path) -> None:
    run(folder, config)
    path = edited(folder, tmp_path / "edited.csv", _10001={"Datum": "3-2-2025"})
    config.write_text(config.read_text("utf-8").replace("document_date", "# document_date"), encoding="utf-8")
    assert run(folder, config, "--edited", str(path), "--force") == ExitCode.DONE
    assert [row["Datum"] for row in rows(folder).values()] == ["2025-02-03", "2025-02-14", "2025-02-14"]
    assert b"<diwoo:creatiedatum>2025-02-03<" in written(folder)["documents/10001.xml"]


def test_an_edited_inventory_that_makes_no_sense_changes_nothing(folder: Path, config: Path, tmp_path: Path) -> None:
    run(folder, config)
    first = files(folder)
    path = edited(folder, tmp_path / "edited.csv", _10001={"Beoordeling": "openbaar"})
    assert run(folder, config, "--edited", str(path), "--force") == ExitCode.UNREADABLE
    assert files(folder) == first


def test_a_list_of_numbers_that_cannot_be_read_stops_the_run(folder: Path, config: Path) -> None:
    (folder / "internal/document-ids.csv").write_text("10001;verslag\n", encoding="utf-8")
    assert run(folder, config) == ExitCode.UNREADABLE
    assert written(folder) == {}


def test_attachments_carry_the_id_of_their_mail(tmp_path: Path, config: Path) -> None:
    mail = (
        "From: Kornelis Wolvendaal <k.wolvendaal@oudewater.example>\r\nTo: griffie@oudewater.example\r\n"
        "Date: Thu, 7 Mar 2024 16:52:00 +0100\r\nSubject: De brug\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nZie de bijlage.\r\n"
        "--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\n"
        "De brug gaat open.\r\n"
        "--x--\r\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in/z.eml").write_bytes(mail.encode())
    (tmp_path / "in/los.txt").write_text("De brug gaat in mei open.\n", encoding="utf-8")
    out = tmp_path / "uit"
    assert main(["redact", str(tmp_path / "in"), "-o", str(out), "--executor", "serial", "-q"]) == ExitCode.DONE
    run(out, config)
    families = {row["Document"]: row["Family ID"] for row in rows(out).values()}
    ids = {row["Document"]: row["ID"] for row in rows(out).values()}
    assert families == {"los.txt": "", "z.pdf": ids["z.pdf"], "1 plan.txt": ids["z.pdf"]}
    assert {row["File type"] for row in rows(out).values() if row["Document"] == "z.pdf"} == {"email"}


def test_mails_of_one_conversation_carry_the_id_of_its_first(tmp_path: Path, config: Path) -> None:
    def mail(name: str, *fields: str) -> None:
        header = ("From: griffie@oudewater.example", "To: bestuur@oudewater.example", "MIME-Version: 1.0", *fields)
        (tmp_path / "in" / name).write_bytes("\r\n".join([*header, "", "De brug gaat open.", ""]).encode())

    (tmp_path / "in").mkdir()
    mail("a.eml", "Subject: De brug", "Message-ID: <zandloper@oudewater.example>")
    mail("b.eml", "Subject: RE: De brug", "In-Reply-To: <zandloper@oudewater.example>")
    mail("c.eml", "Subject: Het plan")
    (tmp_path / "in/los.txt").write_text("De brug gaat in mei open.\n", encoding="utf-8")
    out = tmp_path / "uit"
    assert main(["redact", str(tmp_path / "in"), "-o", str(out), "--executor", "serial", "-q"]) == ExitCode.DONE
    run(out, config)
    ids = {row["Document"]: row["ID"] for row in rows(out).values()}
    threads = {row["Document"]: row["Email Thread ID"] for row in rows(out).values()}
    assert threads == {"a.pdf": ids["a.pdf"], "b.pdf": ids["a.pdf"], "c.pdf": ids["c.pdf"], "los.txt": ""}
    logs = "".join(path.read_text("utf-8") for path in (out / "publication").glob("*.anon.json"))
    assert "zandloper" not in logs.lower()
