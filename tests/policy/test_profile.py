"""Profiles: what comes with the package, and what a user's own may not hold."""

import pytest

from woo_anon.document import Action, Entity, Role
from woo_anon.errors import SettingsError
from woo_anon.policy.profile import BUILT_IN, load, parse

LAST = '[[rule]]\nid = "rest"\naction = "redact"\nground = "5.1.2e"\n'


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("role", [Role.OFFICE_HOLDER, Role.AUTHOR, Role.EPONYM, Role.TOP_OFFICIAL, Role.FUNCTIONAL])
def test_public_roles_stay(name, role):
    assert load(name).rule_for(Entity.PERSON, role).action is Action.KEEP


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("role", [Role.CIVIL_SERVANT, Role.CITIZEN, Role.EXTERNAL, Role.UNKNOWN])
def test_other_roles_go_on_the_ground_of_privacy(name, role):
    rule = load(name).rule_for(Entity.PERSON, role)
    assert (rule.action, rule.ground) == (Action.REDACT, "5.1.2e")


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("role", list(Role))
def test_a_citizen_service_number_always_goes(name, role):
    assert load(name).rule_for(Entity.BSN, role).ground == "5.1.1e"


@pytest.mark.parametrize("name", BUILT_IN)
def test_doubt_about_an_office_holder_is_for_review(name):
    assert load(name).rule_for(Entity.PERSON, Role.OFFICE_HOLDER, doubtful=True).action is Action.REVIEW


def test_an_own_profile_is_read_from_its_file(tmp_path):
    path = tmp_path / "eigen.toml"
    path.write_text('name = "eigen"\n' + LAST, encoding="utf-8")
    assert load(str(path)).name == "eigen"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("kleur = 'grijs'\n" + LAST, "unknown key kleur"),
        ('[[rule]]\nid = "a"\naction = "redact"\nground = "9.9"\n', "ground of the Woo"),
        ('[[rule]]\nid = "a"\naction = "keep"\nground = "5.1.2e"\n', "has no ground"),
        ('[[rule]]\nid = "a"\nrole = "keizer"\naction = "keep"\n' + LAST, "keizer"),
        ('[[rule]]\nid = "a"\nrole = "burger"\naction = "keep"\n', "fits everything"),
        (LAST + LAST, "two rules"),
        ("[[rule]\n", "no valid TOML"),
        ('[[rule]]\nid = "a"\n', "action"),
    ],
)
def test_a_faulty_profile_is_refused_with_the_reason(text, complaint):
    with pytest.raises(SettingsError, match=complaint):
        parse(text, "eigen.toml")


def test_an_unknown_profile_is_named_with_the_choices():
    with pytest.raises(SettingsError, match="beslisnota or woo-besluit"):
        load("besluitnota")
