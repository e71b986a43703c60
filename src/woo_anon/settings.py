"""Settings: frozen, layered, and every value remembers where it came from.

From strong to weak:

    command line > WOO_ANON_* > --config FILE > woo-anon.toml, upwards > user's configuration folder > defaults

The strongest layer that names a key decides, but for `terms` and `keep`: those add up over the layers, so that a
`--term` never silently switches off what the organisation always redacts. A path in a file counts from that file's
folder. A key that we do not know is an error: a misspelt setting that is silently ignored would publish what should go.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from woo_anon.document import Function
from woo_anon.errors import SettingsError

FILE_NAME = "woo-anon.toml"
ENVIRONMENT_PREFIX = "WOO_ANON_"
DEFAULT, COMMAND_LINE = "default", "command line"

_CHOICES = {
    "review": ("redact", "keep"),
    "comments": ("drop", "keep"),
    "to": ("any", "pdf"),
    "executor": ("serial", "processes", "dask"),
    "organisation.kept_functions": tuple(Function),
}
_SWITCH = {"true": True, "1": True, "false": False, "0": False}
_MINIMUM = {"jobs": 0, "limits.seconds": 1, "limits.memory_mb": 256}
_OF_ONE_RUN = frozenset({"force", "dry_run"})
_COMMAND_LINE_ONLY = _OF_ONE_RUN | {"from_marks"}
_ADD_UP = frozenset({"terms", "keep"})
# These hold names: a hash of them in a published log could be tried against a list of names until it fits.
_NOT_HASHED = frozenset({"terms", "terms_file", "keep", "organisation.kept_persons", "from_marks"})
_WITHOUT_EFFECT_ON_OUTPUT = frozenset(
    {
        "terms_file",
        "password_file",
        "accept_signed",
        "jobs",
        "executor",
        "scheduler",
        "limits.seconds",
        "limits.memory_mb",
    }
)


@dataclass(frozen=True)
class Organisation:
    """What an organisation knows of itself: none of it is personal, so it stays."""

    domains: tuple[str, ...] = ()  # own e-mail domains
    functional_mailboxes: tuple[str, ...] = ()
    general_numbers: tuple[str, ...] = ()
    kept_persons: tuple[str, ...] = field(default=(), repr=False)  # names that never go
    kept_functions: tuple[str, ...] = ()  # functions whose bearers' names stay: directeur, woordvoerder, mandaat


@dataclass(frozen=True)
class Limits:
    """What one document may take before its work is broken off. Held by `--executor processes`."""

    seconds: int = 300
    memory_mb: int = 2048  # MiB on top of what a worker takes by itself


@dataclass(frozen=True)
class Publication:
    """What only the organisation knows of a publication, as it was written; "" where nothing is said.

    `publication.facts` checks it.
    """

    publisher: str = ""  # TOOI identifier of the organisation
    publisher_name: str = ""
    category: str = ""  # information category of art. 3.3 Woo: label, code or identifier in TOOI
    document_kind: str = ""  # likewise
    language: str = "Nederlands"  # likewise
    handling: str = ""  # ondertekening, ontvangst or vaststelling
    handling_date: str = ""
    document_date: str = ""  # of documents for which none is given
    matter: str = ""
    case_number: str = ""
    base_url: str = ""  # where the content of publication/ will be found


@dataclass(frozen=True)
class Settings:
    """All settings of one run. `terms` holds the lines of `terms_file` too. Names are kept out of the `repr`."""

    profile: str = "beslisnota"  # name of a built-in profile, or path of a TOML file
    terms: tuple[str, ...] = field(default=(), repr=False)  # always redacted
    keep: tuple[str, ...] = field(default=(), repr=False)  # never redacted
    terms_file: Path | None = None
    password_file: Path | None = None  # passwords of encrypted documents
    passwords: tuple[str, ...] = field(default=(), repr=False, metadata={"key": False})  # the lines of `password_file`
    accept_signed: bool = False  # signed documents are redacted, and lose their signature
    ocr: bool = True  # pages without text are read by OCR; otherwise such a document is refused
    dossier: bool = True  # of several documents: what is certain of a person in one holds in the others
    review: str = "redact"  # what happens to doubtful findings: redact or keep
    pseudonyms: bool = False  # who is redacted gets a number, one in all of the dossier
    comments: str = "drop"  # of Word documents: drop, or keep (redacted)
    to: str = "any"  # of Word documents: what can be made on this machine, or pdf: that or nothing
    marks: bool = False  # PDF: the proposals also as marks for redaction, in a copy and as XFDF
    from_marks: Path | None = None  # the marks in this file take the place of the proposals
    keep_layout: bool = False  # boxes as wide as the text under them, and no text moves
    jobs: int = 0  # documents at once; 0: as many as there are processors, at most 8
    executor: str = "processes"
    scheduler: str = ""  # address of a Dask scheduler; "" starts a cluster in this process
    force: bool = False
    dry_run: bool = False
    organisation: Organisation = Organisation()
    limits: Limits = Limits()
    publication: Publication = Publication()
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False, metadata={"key": False})

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "origins": dict(self.origins)}

    def origin(self, key: str) -> str:
        """Where the value of `key` (dotted) came from."""
        return self.origins.get(key, DEFAULT)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key that can be configured, dotted, with its value."""
        return (item for item in self._every() if item[0] not in _COMMAND_LINE_ONLY)

    def _every(self) -> Iterator[tuple[str, Any]]:
        """Every key, dotted, with its value, but those that only say how one run is done."""
        for key in KEYS:
            if key in _OF_ONE_RUN:
                continue
            value: Any = self
            for part in key.split("."):
                value = getattr(value, part)
            yield key, value

    def shaping(self) -> Iterator[tuple[str, Any]]:
        """The keys that shape the output, with their values: names among them."""
        left_out = _WITHOUT_EFFECT_ON_OUTPUT | _OF_INVENTORY
        return (item for item in self._every() if item[0] not in left_out)

    def repeated(self) -> tuple[tuple[str, Any], ...]:
        """What was set, and not left as it was, by dotted key, in values that JSON knows: names among them.

        Paths are absolute. `resolve` makes the same settings of it, as a layer.
        """
        set_here = ((key, value) for key, value in self._every() if self.origin(key) != DEFAULT)
        return tuple((key, _lasting(key, value)) for key, value in set_here)

    def settings_hash(self) -> str:
        """SHA-256, as hexadecimal digits, of the settings that shape the output, fit for publication.

        Terms and names take no part, for their hash could be guessed from a list of names; of a profile only the file
        name does (its content has a hash of its own).
        """
        shaping = {key: value for key, value in self.shaping() if key not in _NOT_HASHED}
        shaping["profile"] = Path(self.profile).name
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def _lasting(key: str, value: Any) -> Any:
    if isinstance(value, Path) or (key == "profile" and value.endswith(".toml")):
        return str(Path(value).absolute())
    return value


def _keys(kind: type, prefix: str = "") -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(kind)
    for item in fields(kind):
        if is_dataclass(hints[item.name]):
            yield from _keys(hints[item.name], f"{prefix}{item.name}.")
        elif item.metadata.get("key", True):
            yield f"{prefix}{item.name}", hints[item.name]


KEYS: Mapping[str, Any] = MappingProxyType(dict(_keys(Settings)))
"""Every key, dotted, with its type."""

_OF_INVENTORY = frozenset(key for key in KEYS if key.startswith("publication."))
_VARIABLES = {ENVIRONMENT_PREFIX + key.replace(".", "_").upper(): key for key in KEYS}


@dataclass(frozen=True)
class Layer:
    """Settings from one place: dotted keys with raw values. `folder` is where relative paths count from."""

    origin: str
    values: Mapping[str, Any] = field(repr=False)
    folder: Path | None = None


def load(
    command_line: Mapping[str, Any] | None = None,
    *,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
    user_folder: Path | None = None,
) -> Settings:
    """Settings from all layers.

    `command_line` maps dotted keys to values; None and empty tuples in it mean "not given". `environment`,
    `working_folder` and `user_folder` default to the process's own. Raises SettingsError when a file cannot be read,
    a key is unknown, or a value is of the wrong type or out of range.
    """
    given = {key: value for key, value in (command_line or {}).items() if value is not None and value != ()}
    strong = [
        Layer(COMMAND_LINE, given),
        *_environment_layer(os.environ if environment is None else environment),
    ]
    files = [read_file(path) for path in files_in_force(config, working_folder, user_folder)]
    return resolve([*strong, *files])


def files_in_force(
    config: Path | None = None, working_folder: Path | None = None, user_folder: Path | None = None
) -> tuple[Path, ...]:
    """The configuration files that count, strong to weak. `config` is in it whether it exists or not."""
    if user_folder is None:
        from platformdirs import user_config_path

        user_folder = user_config_path("woo-anon", appauthor=False)
    folder = (working_folder or Path.cwd()).absolute()
    found = next((at / FILE_NAME for at in (folder, *folder.parents) if (at / FILE_NAME).is_file()), None)
    users = user_folder / FILE_NAME
    candidates = [config, found, users if users.is_file() else None]
    return tuple(dict.fromkeys(path for path in candidates if path is not None))


def read_file(path: Path) -> Layer:
    """The layer in the TOML file at `path`. Raises SettingsError."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: no valid TOML ({error}).", "Mend the file; see docs/settings.md.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8.", "Save the file as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror or 'input error'}).", "Check the path and its permissions."
        ) from error
    values = dict(_flatten(data, str(path)))
    for key in _COMMAND_LINE_ONLY & values.keys():
        raise SettingsError(f"{path}: {key} can be given on the command line only.", "Remove it from the file.")
    return Layer(str(path), values, path.absolute().parent)


def resolve(layers: Iterable[Layer]) -> Settings:
    """One Settings from `layers`, strong to weak. Raises SettingsError."""
    values: dict[str, Any] = {}
    origins: dict[str, list[str]] = {}
    for layer in layers:
        for key, raw in layer.values.items():
            value = _checked(key, raw, layer)
            if key not in values:
                values[key] = value
                origins[key] = [layer.origin]
            elif key in _ADD_UP:
                values[key] = (*values[key], *value)
                origins[key].append(layer.origin)
    if values.get("terms_file"):
        values["terms"] = (*values.get("terms", ()), *read_terms(values["terms_file"]))
        origins["terms"] = [*origins.get("terms", ()), str(values["terms_file"])]
    if values.get("password_file"):
        values["passwords"] = read_passwords(values["password_file"])
    for key in _ADD_UP & values.keys():
        values[key] = tuple(dict.fromkeys(values[key]))
    return _build(values, {key: ", ".join(names) for key, names in origins.items()})


def read_terms(path: Path) -> tuple[str, ...]:
    """The terms in a UTF-8 file: one a line; empty lines and lines that begin with `#` do not count.

    Raises SettingsError when it cannot be read.
    """
    lines = _lines(path, "--terms")
    return tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def read_passwords(path: Path) -> tuple[str, ...]:
    """The passwords in a UTF-8 file: one a line, with its spaces; empty lines do not count.

    Raises SettingsError when it cannot be read.
    """
    return tuple(line for line in _lines(path, "--password-file") if line)


def _lines(path: Path, option: str) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror or 'input error'}).", f"Check the path given to {option}."
        ) from error
    except UnicodeDecodeError:  # the error itself would hold what stands in the file
        raise SettingsError(f"{path}: not UTF-8.", "Save the file as UTF-8.") from None


def _environment_layer(environment: Mapping[str, str]) -> Iterator[Layer]:
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX):
            continue
        if name not in _VARIABLES:
            raise SettingsError(f"Unknown environment variable {name}.", _did_you_mean(name, _VARIABLES))
        key = _VARIABLES[name]
        if key in _COMMAND_LINE_ONLY:
            raise SettingsError(f"{name}: {key} can be given on the command line only.", "Unset the variable.")
        yield Layer(name, {key: _from_text(key, environment[name], name)})


def _from_text(key: str, text: str, name: str) -> Any:
    if KEYS[key] is int:
        try:
            return int(text)
        except ValueError as error:
            raise SettingsError(f"{name}: not a whole number.", f"Give a number, such as {name}=4.") from error
    if KEYS[key] is bool and text.lower() in _SWITCH:
        return _SWITCH[text.lower()]
    if KEYS[key] == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text


def _flatten(data: Mapping[str, Any], where: str, prefix: str = "") -> Iterator[tuple[str, Any]]:
    tables = {key.rpartition(".")[0] for key in KEYS}
    for name, value in data.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and key in tables:
            yield from _flatten(value, where, f"{key}.")
        elif key in KEYS:
            yield key, value
        else:
            raise SettingsError(f"{where}: unknown key {key}.", _did_you_mean(key, [*KEYS, *sorted(tables - {""})]))


def _did_you_mean(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(known))}."


def _checked(key: str, raw: Any, layer: Layer) -> Any:
    if key not in KEYS:
        raise SettingsError(f"{layer.origin}: unknown key {key}.", _did_you_mean(key, KEYS))
    value = _typed(key, raw, layer)
    for choice in value if isinstance(value, tuple) else (value,):
        if key in _CHOICES and choice not in _CHOICES[key]:
            raise SettingsError(f"{layer.origin}: {key} cannot be {choice!r}.", f"Choose {' or '.join(_CHOICES[key])}.")
    if key in _MINIMUM and value < _MINIMUM[key]:
        raise SettingsError(f"{layer.origin}: {key} is too low.", f"Give {_MINIMUM[key]} or more.")
    if key == "profile" and value.endswith(".toml") and layer.folder is not None:
        return str(layer.folder / value)
    return value


def _typed(key: str, raw: Any, layer: Layer) -> Any:
    kind = KEYS[key]
    if kind is int and isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if kind in (str, bool) and isinstance(raw, kind):
        return raw
    if kind is str and isinstance(raw, date):  # TOML has dates without quotes
        return raw.isoformat()
    if kind == tuple[str, ...] and isinstance(raw, list | tuple) and all(isinstance(item, str) for item in raw):
        return tuple(item.strip() for item in raw if item.strip())
    if kind == (Path | None) and isinstance(raw, str | Path) and str(raw):
        return (layer.folder or Path()) / raw
    wanted = {int: "a whole number", str: "a text", bool: "true or false"}.get(kind, "a list of texts")
    wanted = "a path" if kind == (Path | None) else wanted
    raise SettingsError(f"{layer.origin}: {key} must be {wanted}.", "See docs/settings.md.")


def _build(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    arguments: dict[str, Any] = {key: value for key, value in values.items() if "." not in key}
    for table, kind in (("organisation", Organisation), ("limits", Limits), ("publication", Publication)):
        prefix = f"{table}."
        inner: dict[str, Any] = {key.removeprefix(prefix): values[key] for key in values if key.startswith(prefix)}
        arguments[table] = kind(**inner)
    return Settings(**arguments, origins=MappingProxyType(dict(origins)))
