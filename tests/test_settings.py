"""Settings: layers, origins, errors, and what the public hash tells."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.errors import SettingsError
from woo_anon.settings import COMMAND_LINE, KEYS, Layer, Settings, files_in_force, load, resolve

Load = Callable[..., Settings]


@pytest.fixture
def isolated(tmp_path: Path) -> Load:
    """`load` with nothing of this machine in it; the working folder is `tmp_path/work`."""
    (tmp_path / "work").mkdir()

    def loaded(command_line: dict[str, Any] | None = None, **given: Any) -> Settings:
        defaults = {"environment": {}, "working_folder": tmp_path / "work", "user_folder": tmp_path / "user"}
        return load(command_line, **{**defaults, **given})

    return loaded


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_without_any_layer_every_value_is_a_default(isolated: Load) -> None:
    settings = isolated()
    assert settings == Settings()
    assert {settings.origin(key) for key, _ in settings.items()} == {"default"}


def test_each_layer_gives_way_to_the_stronger_one(isolated: Load, tmp_path: Path) -> None:
    user = write(tmp_path / "user" / "woo-anon.toml", 'profile = "a"\njobs = 1\nreview = "keep"\n[limits]\nseconds = 1')
    near = write(tmp_path / "woo-anon.toml", 'profile = "b"\njobs = 2\nreview = "redact"')
    config = write(tmp_path / "own.toml", 'profile = "c"\njobs = 3')
    settings = isolated({"profile": "e"}, environment={"WOO_ANON_JOBS": "4", "WOO_ANON_PROFILE": "d"}, config=config)
    assert (settings.profile, settings.jobs, settings.review, settings.limits.seconds) == ("e", 4, "redact", 1)
    origins = [settings.origin(key) for key in ("profile", "jobs", "review", "limits.seconds")]
    assert origins == [COMMAND_LINE, "WOO_ANON_JOBS", str(near), str(user)]


def test_the_given_config_file_is_stronger_than_the_one_found(isolated: Load, tmp_path: Path) -> None:
    write(tmp_path / "work" / "woo-anon.toml", "jobs = 2")
    assert isolated(config=write(tmp_path / "own.toml", "jobs = 3")).jobs == 3


def test_only_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path / "woo-anon.toml", "")
    near = write(tmp_path / "a" / "woo-anon.toml", "")
    (tmp_path / "a" / "b").mkdir()
    assert files_in_force(working_folder=tmp_path / "a" / "b", user_folder=tmp_path / "none") == (near,)


def test_terms_add_up_over_the_layers(isolated: Load, tmp_path: Path) -> None:
    near = write(tmp_path / "woo-anon.toml", 'terms = ["Zandloper", "Boog"]')
    settings = isolated({"terms": ("Boog", "Pijl")})
    assert settings.terms == ("Boog", "Pijl", "Zandloper")
    assert settings.origin("terms") == f"command line, {near}"


def test_terms_of_a_file_are_read_one_a_line(isolated: Load, tmp_path: Path) -> None:
    listed = write(tmp_path / "terms.txt", "\ufeff# project names\n Zandloper \n\nPijl en Boog\n")
    assert isolated({"terms": ("Boog",), "terms_file": listed}).terms == ("Boog", "Zandloper", "Pijl en Boog")


def test_a_missing_terms_file_is_an_error(isolated: Load, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        isolated({"terms_file": tmp_path / "none.txt"})


def test_passwords_of_a_file_are_read_one_a_line_with_their_spaces(isolated: Load, tmp_path: Path) -> None:
    listed = write(tmp_path / "passwords.txt", "\ufeff# one \n\n two  words\n")
    settings = isolated({"password_file": listed})
    assert settings.passwords == ("# one ", " two  words")
    assert pickle.loads(pickle.dumps(settings)).passwords == settings.passwords


def test_passwords_show_nowhere(isolated: Load, tmp_path: Path) -> None:
    settings = isolated({"password_file": write(tmp_path / "passwords.txt", "Zandloper\n")})
    assert "Zandloper" not in repr(settings) + repr(dict(settings.items()))
    assert settings.settings_hash() == isolated().settings_hash()


def test_paths_in_a_file_count_from_its_folder(isolated: Load, tmp_path: Path) -> None:
    write(tmp_path / "terms.txt", "Zandloper")
    write(tmp_path / "woo-anon.toml", 'profile = "policy/own.toml"\nterms_file = "terms.txt"')
    settings = isolated()
    assert settings.profile == str(tmp_path / "policy" / "own.toml")
    assert settings.terms_file == tmp_path / "terms.txt"


def test_the_name_of_a_built_in_profile_is_no_path(isolated: Load, tmp_path: Path) -> None:
    write(tmp_path / "woo-anon.toml", 'profile = "woo-besluit"')
    assert isolated().profile == "woo-besluit"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profil = "x"', "unknown key profil. Did you mean profile?"),
        ("[limits]\nsecond = 3", "unknown key limits.second. Did you mean limits.seconds?"),
        ("[organization]\ndomains = []", "Did you mean organisation?"),
        ("qqqq = 1", "Known keys: "),
        ('limits = "x"', "unknown key limits"),
        ("force = true", "command line only"),
        ('jobs = "4"', "must be a whole number"),
        ("jobs = true", "must be a whole number"),
        ("jobs = -1", "too low"),
        ("terms = 'x'", "must be a list of texts"),
        ("terms = [1]", "must be a list of texts"),
        ("review = 'perhaps'", "Choose redact or keep"),
        ("executor = 'threads'", "Choose serial or processes or dask"),
        ("[limits]\nseconds = 0", "too low"),
        ("profile = ", "no valid TOML"),
    ],
)
def test_what_makes_no_sense_in_a_file_is_an_error_that_names_the_file(
    isolated: Load, tmp_path: Path, text: str, message: str
) -> None:
    file = write(tmp_path / "woo-anon.toml", text)
    with pytest.raises(SettingsError) as raised:
        isolated()
    assert message in str(raised.value)
    assert str(file) in str(raised.value)


def test_a_config_file_that_is_not_there_is_an_error(isolated: Load, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        isolated(config=tmp_path / "none.toml")


def test_a_config_file_that_is_not_utf8_is_an_error(isolated: Load, tmp_path: Path) -> None:
    (tmp_path / "woo-anon.toml").write_bytes(b'profile = "\xff"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        isolated()


def test_an_unknown_variable_is_an_error_with_the_likely_name(isolated: Load) -> None:
    with pytest.raises(SettingsError, match="Did you mean WOO_ANON_PROFILE"):
        isolated(environment={"WOO_ANON_PROFIEL": "x"})


def test_a_variable_that_is_no_number_is_an_error(isolated: Load) -> None:
    with pytest.raises(SettingsError, match="not a whole number"):
        isolated(environment={"WOO_ANON_JOBS": "many"})


def test_lists_in_variables_are_separated_by_semicolons(isolated: Load) -> None:
    settings = isolated(environment={"WOO_ANON_ORGANISATION_DOMAINS": "westerhaar.nl; gemeente-westerhaar.nl;"})
    assert settings.organisation.domains == ("westerhaar.nl", "gemeente-westerhaar.nl")


def test_other_variables_are_left_alone(isolated: Load) -> None:
    assert isolated(environment={"PATH": "/bin", "WOO_ANONYMOUS": "1"}) == Settings()


def test_names_do_not_show_in_the_repr(isolated: Load) -> None:
    settings = isolated({"terms": ("Zandloper",), "keep": ("Hagedoorn",), "organisation.kept_persons": ("Vlinder",)})
    assert not any(name in repr(settings) for name in ("Zandloper", "Hagedoorn", "Vlinder"))


def test_settings_travel_to_another_process_whole(isolated: Load) -> None:
    settings = isolated({"terms": ("Zandloper",), "jobs": 3})
    copy = pickle.loads(pickle.dumps(settings))
    assert copy == settings
    assert copy.origin("jobs") == COMMAND_LINE


def test_the_public_hash_does_not_depend_on_names(isolated: Load) -> None:
    named = {"terms": ("Zandloper",), "keep": ("Hagedoorn",), "organisation.kept_persons": ("Vlinder",)}
    assert isolated(named).settings_hash() == isolated().settings_hash()


def test_the_public_hash_does_not_depend_on_where_a_profile_lies(isolated: Load) -> None:
    hashes = {isolated({"profile": path}).settings_hash() for path in ("a/own.toml", "b/own.toml")}
    assert len(hashes) == 1


def test_the_public_hash_depends_on_what_shapes_the_output(isolated: Load) -> None:
    given = [{}, {"profile": "woo-besluit"}, {"review": "keep"}, {"organisation.domains": ("westerhaar.nl",)}]
    assert len({isolated(values).settings_hash() for values in given}) == len(given)


texts = st.lists(st.text(min_size=1).filter(str.strip), max_size=3).map(tuple)
layers = st.lists(st.fixed_dictionaries({}, optional={"jobs": st.integers(0, 99), "terms": texts, "keep": texts}))


@given(layers)
def test_the_strongest_layer_decides_and_no_term_is_lost(values: list[dict[str, Any]]) -> None:
    settings = resolve([Layer(str(number), value) for number, value in enumerate(values)])
    numbered = [(number, value["jobs"]) for number, value in enumerate(values) if "jobs" in value]
    origin, jobs = numbered[0] if numbered else ("default", 0)
    assert (settings.origin("jobs"), settings.jobs) == (str(origin), jobs)
    assert set(settings.terms) == {term.strip() for value in values for term in value.get("terms", ())}
    assert len(set(settings.terms)) == len(settings.terms)


def test_every_key_has_a_value_in_the_settings() -> None:
    assert {key for key, _ in Settings().items()} == KEYS.keys() - {"force", "dry_run", "from_marks"}
