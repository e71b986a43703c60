"""Policy profiles: TOML files that map role and entity to an action and a ground.

A profile is a list of rules; the first that fits decides. Format: docs/policy.md. The two that come with the package
lie in `profiles/`; an organisation can write its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from woo_anon.document import Action, Entity, Role
from woo_anon.errors import SettingsError

# Art. 5.1 and 5.2 Woo in normal form; Wob codes do not occur in what we write.
GROUND = re.compile(r"5\.1\.1[a-e]|5\.1\.2[a-i]|5\.1\.5|5\.2\.[1-4]|5\.2")
# The ways in which people write one: 5.1.2e, 5.1.2.e, 5.1 lid 2 sub e, 5.1, tweede lid, aanhef en onder e.
_WRITTEN = re.compile(
    r"(?<![\d.])5\.(?P<article>[12])(?:\.(?P<number>\d)|,? (?:lid (?P<lid>\d)|(?P<ordinal>eerste|tweede|vijfde) lid))?"
    r"(?:\.?(?P<letter>[a-i])|,? (?:aanhef en )?(?:sub|onder) (?P<under>[a-i]))?(?![\w])",
    re.IGNORECASE,
)
_ORDINALS = {"eerste": "1", "tweede": "2", "vijfde": "5"}
BUILT_IN = ("beslisnota", "woo-besluit")


@dataclass(frozen=True)
class Rule:
    """One rule. Empty `roles` or `entities` fit all; `doubtful` None fits both. `ground` is None when kept."""

    id: str
    action: Action
    ground: str | None
    roles: frozenset[Role] = frozenset()
    entities: frozenset[Entity] = frozenset()
    doubtful: bool | None = None

    @property
    def fits_all(self) -> bool:
        return not self.roles and not self.entities and self.doubtful is None

    def fits(self, entity: Entity, role: Role, doubtful: bool) -> bool:
        return (
            (not self.entities or entity in self.entities)
            and (not self.roles or role in self.roles)
            and (self.doubtful is None or self.doubtful is doubtful)
        )


@dataclass(frozen=True)
class Profile:
    """A policy: its name, whether boxes carry the ground, its rules (the last one fits everything), and whether two
    people must have approved a document before there is a publication version of it."""

    name: str
    description: str
    ground_on_box: bool
    rules: tuple[Rule, ...]
    four_eyes: bool = False

    def rule_for(self, entity: Entity, role: Role, *, doubtful: bool = False) -> Rule:
        return next(rule for rule in self.rules if rule.fits(entity, role, doubtful))


def ground_in(text: str) -> str | None:
    """The first ground of the Woo that is written in `text`, in normal form (`5.1.2e`); None when there is none."""
    for found in _WRITTEN.finditer(text):
        paragraph = found["number"] or found["lid"] or _ORDINALS.get((found["ordinal"] or "").lower(), "")
        letter = (found["letter"] or found["under"] or "").lower()
        ground = f"5.{found['article']}" + (f".{paragraph}" if paragraph else "") + letter
        if GROUND.fullmatch(ground):
            return ground
    return None


def load(name: str) -> Profile:
    """The built-in profile of that name, or the one in the TOML file at that path.

    Raises SettingsError when there is none, it cannot be read, or it holds an unknown key or value.
    """
    if name in BUILT_IN:
        return _built_in(name)
    return parse(content(name), Path(name).name)


def content(name: str) -> str:
    """The TOML of the profile that `load` gives for `name`. Raises SettingsError when it is not there or unreadable."""
    if name in BUILT_IN:
        return (resources.files("woo_anon.policy") / "profiles" / f"{name}.toml").read_text("utf-8")
    path = Path(name)
    if path.suffix != ".toml":
        raise SettingsError(f"There is no profile {name}.", f"Choose {' or '.join(BUILT_IN)}, or give a .toml file.")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The profile {path.name} cannot be read.", "Check the path and its encoding.") from error


@cache
def _built_in(name: str) -> Profile:
    return parse(content(name), name)


def parse(text: str, origin: str) -> Profile:
    """Parse a profile's TOML. `origin` names it in errors. Raises SettingsError as `load` does."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The profile {origin} is no valid TOML: {error}.") from error
    _known_keys(data, {"name", "description", "ground_on_box", "four_eyes", "rule"}, origin)
    rules = tuple(_rule(item, f"{origin}, rule {number}") for number, item in enumerate(data.get("rule", []), 1))
    if not rules or not rules[-1].fits_all:
        raise SettingsError(
            f"The profile {origin} has no last rule that fits everything.",
            "Add one with only an id, an action and a ground.",
        )
    _distinct([rule.id for rule in rules], origin)
    return Profile(
        name=str(data.get("name", origin)),
        description=str(data.get("description", "")),
        ground_on_box=bool(data.get("ground_on_box", True)),
        rules=rules,
        four_eyes=bool(data.get("four_eyes", False)),
    )


def _rule(item: Mapping[str, object], where: str) -> Rule:
    _known_keys(item, {"id", "action", "ground", "role", "entity", "doubtful"}, where)
    try:
        action = Action(str(item["action"]))
        rule = Rule(
            id=str(item["id"]),
            action=action,
            ground=None if item.get("ground") is None else str(item["ground"]),
            roles=frozenset(Role(role) for role in _strings(item.get("role", []))),
            entities=frozenset(Entity(entity) for entity in _strings(item.get("entity", []))),
            doubtful=None if item.get("doubtful") is None else bool(item["doubtful"]),
        )
    except KeyError as error:
        raise SettingsError(f"{where}: the key {error} is missing.") from error
    except ValueError as error:
        raise SettingsError(f"{where}: {error}.") from error
    if action is Action.KEEP and rule.ground is not None:
        raise SettingsError(f"{where}: what is kept has no ground.", "Remove the ground.")
    if action is not Action.KEEP and not (rule.ground and GROUND.fullmatch(rule.ground)):
        raise SettingsError(f"{where}: a redaction needs a ground of the Woo.", "Write it as 5.1.2e.")
    return rule


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return (str(item) for item in value)
    raise ValueError("expected a text or a list of texts")


def _known_keys(data: Mapping[str, object], known: set[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise SettingsError(f"{where}: unknown key {key}.", f"Known keys: {', '.join(sorted(known))}.")


def _distinct(ids: list[str], origin: str) -> None:
    double = {rule_id for rule_id in ids if ids.count(rule_id) > 1}
    if double:
        raise SettingsError(f"The profile {origin} has two rules named {sorted(double)[0]}.")
