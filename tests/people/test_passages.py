"""What one document removes from a passage goes from the same passage of another."""

from __future__ import annotations

import pytest

from woo_anon.document import Action, Decision, Entity, Role
from woo_anon.people.dossier import Known, gather
from woo_anon.people.duplicates import trace
from woo_anon.people.passages import RULE, demanded
from woo_anon.spans import Span

MAIL = (
    "Van: Tjitske Oldeboom\nVerzonden: maandag 4 mei 10:33\nOnderwerp: de kade\n\nBeste allen,\n\nDe raming voor de"
    " kade is af. Ik stuur haar maandag naar het waterschap.\n\nGroet, Tjitske\n"
)
THREAD = "Dag Joris,\n\nZie hieronder, dit moet vandaag nog worden beantwoord.\n\n" + "".join(
    f"> {line}\n" for line in MAIL.replace("af. Ik", "af.\nIk").splitlines()
)


def removed(text: str, surface: str, action: Action = Action.REDACT) -> Decision:
    start = text.index(surface)
    span = Span(start, start + len(surface))
    return Decision(span, Entity.PERSON, action, Role.CIVIL_SERVANT, "5.1.2e", "5.1.2e", "test", 0.9, "ner")


def told(text: str, *documents: tuple[str, list[Decision]]) -> list[Decision]:
    """What a document of `text` must remove as well, beside these."""
    own = Known(trace=trace("own", text, []))
    others = [Known(trace=trace(str(number), other, made)) for number, (other, made) in enumerate(documents)]
    return list(demanded(text, gather([own, *others]).passages))


def surfaces(text: str, decisions: list[Decision]) -> list[str]:
    return [text[decision.span.start : decision.span.end] for decision in decisions]


@pytest.mark.parametrize(("text", "other"), [(MAIL, THREAD), (THREAD, MAIL)])
def test_what_goes_from_a_mail_goes_where_it_is_quoted(text: str, other: str) -> None:
    found = told(text, (other, [removed(other, "Tjitske Oldeboom"), removed(other, "Groet, Tjitske")]))
    assert surfaces(text, found) == ["Tjitske Oldeboom", "Groet, Tjitske"]


def test_it_goes_for_review_by_a_rule_of_its_own() -> None:
    (one,) = told(MAIL, (THREAD, [removed(THREAD, "Tjitske Oldeboom")]))
    assert (one.action, one.rule) == (Action.REVIEW, RULE)
    assert (one.entity, one.role, one.ground, one.label) == (Entity.PERSON, Role.CIVIL_SERVANT, "5.1.2e", "5.1.2e")


def test_what_a_document_keeps_asks_nothing_of_the_others() -> None:
    assert told(MAIL, (THREAD, [removed(THREAD, "Tjitske Oldeboom", Action.KEEP)])) == []


def test_the_same_name_in_another_sentence_is_another_passage() -> None:
    other = (
        "Gisteren heeft Tjitske Oldeboom met de gemeente gebeld over de kosten van het baggeren in de haven, en over"
        " de termijn waarbinnen dat moet gebeuren."
    )
    assert told(MAIL, (other, [removed(other, "Tjitske Oldeboom")])) == []


def test_another_name_in_the_same_sentence_is_another_passage() -> None:
    other = MAIL.replace("Tjitske Oldeboom", "Sjoerd Wortelboer")
    assert told(MAIL, (other, [removed(other, "Sjoerd Wortelboer")])) == []


def test_passages_on_which_all_agree_need_not_travel() -> None:
    middle = "Op verzoek van Tjitske Oldeboom is de raming van de kade opnieuw bezien"
    around = "en dat heeft geleid tot een lager bedrag dan eerder aan het waterschap was gemeld."
    texts = [f"{kind} {around} {middle} {around} {kind}" for kind in ("Nota", "Brief")]
    documents = [Known(trace=trace(text, text, [removed(text, "Tjitske Oldeboom")])) for text in texts]
    assert not gather(documents).passages


def test_passages_of_one_document_alone_need_not_travel() -> None:
    assert not gather([Known(trace=trace("a", MAIL, [removed(MAIL, "Tjitske Oldeboom")]))]).passages


def test_no_text_stands_in_a_repr() -> None:
    knows = Known(trace=trace("nota_oldeboom.txt", MAIL, [removed(MAIL, "Tjitske Oldeboom")]))
    assert "oldeboom" not in (repr(knows) + repr(gather([knows, knows]))).lower()
