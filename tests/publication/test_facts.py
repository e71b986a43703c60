"""What the organisation says of its publication: what is taken, and what is refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from organisation import SETTINGS, settings

from woo_anon.errors import SettingsError
from woo_anon.publication.facts import facts
from woo_anon.settings import load


def test_what_is_given_comes_back_with_its_identifiers() -> None:
    known = facts(settings())
    assert known.category.uri.endswith("/c_3baef532")
    assert known.kind is not None
    assert known.kind.uri.endswith("/c_2977c34f")
    assert known.handling.uri.endswith("/c_641ecd76")
    assert known.language.uri.endswith("/NLD")
    assert known.publisher.label == "gemeente Oudewater"
    assert (known.document_date, known.base_url) == (date(2025, 2, 14), "https://open.oudewater.example/woo/")


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2025-03-31", "2025-03-31T00:00:00"),
        ("2025-03-31T14:30:00+02:00", "2025-03-31T14:30:00+02:00"),
    ],
)
def test_the_moment_of_handling_is_a_date_or_a_time(given: str, moment: str) -> None:
    assert facts(settings(handling_date=given)).handled_at == moment


def test_a_date_without_quotes_is_a_date_in_toml(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(SETTINGS, encoding="utf-8")
    read = load(config=tmp_path / "own.toml", environment={}, working_folder=tmp_path, user_folder=tmp_path)
    assert read.publication.document_date == "2025-02-14"


def test_kind_case_and_date_of_documents_may_be_left_out() -> None:
    known = facts(settings(document_kind=None, case_number=None, document_date=None))
    assert (known.kind, known.case_number, known.document_date) == (None, "", None)


def test_the_date_of_documents_is_needed_where_none_is_known() -> None:
    with pytest.raises(SettingsError, match=r"missing: publication\.document_date \(--document-date\)"):
        facts(settings(document_date=None), dates_needed=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("publisher", "gemeente Oudewater"),
        ("category", "beslisnota"),
        ("document_kind", "Woo-verzoeken en -besluiten"),
        ("language", "nl"),
        ("handling", "publicatie"),
        ("handling_date", "31 maart 2025"),
        ("document_date", "14-02-2025"),
        ("matter", "zaak 1"),
        ("base_url", "http://open.oudewater.example"),
        ("base_url", "https://open.oudewater.example/?map=1"),
        ("base_url", "https://open.oudewater.example/een map"),
        ("base_url", "open.oudewater.example"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_its_key_and_origin(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^publication\.{name} .* \(command line\)"):
        facts(settings(**{name: value}))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        facts(settings(category="beslisnota", matter=None, handling="publicatie"))
    told = caught.value.message
    assert [name for name in ("category", "matter", "handling") if f"publication.{name}" not in told] == []


def test_a_line_break_in_a_name_is_a_space() -> None:
    assert facts(settings(publisher_name="gemeente\nOudewater")).publisher.label == "gemeente Oudewater"


def test_nothing_of_a_publication_changes_the_hash_of_the_settings() -> None:
    assert settings().settings_hash() == settings(matter="2025-02").settings_hash()
