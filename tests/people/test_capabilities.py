"""What must work through detection, who is who and policy together, each on a document of its own.

In the texts `{…}` marks what must go and `«…»` what must stay; all people are made up but office holders.
"""

from __future__ import annotations

import re

import pytest

from woo_anon.document import Document, Hint, Page
from woo_anon.pipeline import examine_document
from woo_anon.settings import Organisation, Settings

_MARK = re.compile(r"\{([^}]*)\}|«([^»]*)»")
_DEFAULT = Settings()
_AUTHOR = "Opgesteld door\nWillemijn van der Meulen, beleidsmedewerker\nw.vandermeulen@minienw.nl\n\n"


def faults(marked: str, settings: Settings = _DEFAULT, hints: tuple[Hint, ...] = ()) -> list[str]:
    """What was marked `{…}` and is left in part, and what was marked `«…»` and went in part."""
    text, spans, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        surface = mark[1] or mark[2]
        spans.append((len(text), len(text) + len(surface), mark[1] is not None))
        text += surface
        last = mark.end()
    text += marked[last:]
    document = Document("nota.txt", "text", text, (Page(1, 0, len(text)),), hints)
    seen = examine_document(document, settings)
    removed = [made.span for made in seen.decisions if made.removes]
    gone = {at for span in removed for at in range(span.start, span.end)}
    wrong = []
    for start, end, goes in spans:
        letters = {at for at in range(start, end) if text[at].isalnum()}
        if (letters - gone) if goes else (letters & gone):
            wrong.append(text[start:end])
    return wrong


@pytest.mark.parametrize(
    "form",
    [
        "Collega {Willemijn van der Meulen} rekent dat na.",
        "Aan: {Meulen, Willemijn van der}; {Meulen, W. van der}",
        "Vraag het {W. van der Meulen} of {W.J. van der Meulen}.",
        "{Willemijn} heeft de brief gelezen.",
        "Volgens {Willemijns} berekening klopt het.",
        "De notitie van {Van der Meulen} is klaar.",
        "CONTACT: {WILLEMIJN VAN DER MEULEN}",
        "[09:02] Joke: is {willemijn} er vandaag?\n[09:03] Joke: {van der meulen} bedoel ik",
        "Parafen      {WvdM}  3/2",
        "Mail naar {willemijn.van.der.meulen}@minienw.nl voor vragen.",
        r"G:\DGMo\{wvdmeulen}\nota.docx",
        "De scan leest {Willemijn van der Meu1en} als naam.",
        "Mevrouw {Van der\nMeulen} belde.",
    ],
)
def test_a_civil_servant_goes_in_every_form(form: str) -> None:
    assert not faults(_AUTHOR.replace("Willemijn van der Meulen", "{Willemijn van der Meulen}") + form + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "Opgesteld door\n{Ingeborg Thevissen}\n\nDank aan {Inge} voor de cijfers.\n",
        "Opgesteld door\n{W. Hoekema-Yntema}\n\nMevrouw {Yntema} stemt dit af met {Hoekema} thuis.\n",
        "Opgesteld door: {Danilo Bertogna}, beheerder\n\nIn het systeem staat {bertognad} als eigenaar.\n",
        "Beste {Tuğba},\n\nKun jij dit nalopen?\n\nGroet,\n{Naima}\n",
    ],
)
def test_a_nickname_a_half_of_a_double_name_and_an_account_go(text: str) -> None:
    assert not faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "De «minister» «Harbers» tekent de brief. {Jorrit Harbers}, beleidsmedewerker, heeft die opgesteld.",
        "Gedeputeerde «Brongersma» sprak met bewoner {Klaas Brongersma} over de dijk.",
    ],
)
def test_two_people_with_one_surname_are_told_apart(text: str) -> None:
    assert not faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het lid «Van Haga» (Groep van Haga) vroeg ernaar; later zei «Van Haga» het weer.",
        "De leden «Omtzigt», «Podt» en «Ceder» dienden de motie in.",
        "De commissie-«Remkes» bracht advies uit over de «Balkenende»norm.",
        "Op het «Prins Clausplein» staat file; Zr.Ms. «Tromp» ligt in de haven.",
        "Literatuur\n\n«Verhoeven, K.» (2019). Lucht in de klas. Assen: Veldboek.\n",
        "Tekst: de Algemene wet bestuursrecht volgt uit het arrest «Lindenbaum»/«Cohen» (HR 31 januari 1919).",
    ],
)
def test_office_holders_authors_and_what_is_named_after_people_stay(text: str) -> None:
    assert not faults(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Op verzoek van de wijkraad heeft {} de tellingen opnieuw laten uitvoeren.",
        "De opmerkingen van {} zijn verwerkt. De planning wordt gehaald.",
        "{} licht de stand van zaken toe. De aanbesteding loopt volgens planning.",
    ],
)
def test_a_surname_that_many_people_bear_makes_no_office_holder(sentence: str) -> None:
    common = ["Jansen", "De Vries", "Bakker", "Visser", "Smit", "Mulder", "Bos", "Peters", "Kok", "Van Dijk", "Dekker"]
    texts = [f"Memo\n\nAan: college\nVan: team Verkeer\n\n{sentence.format(f'{{{name}}}')}\n" for name in common]
    assert sum(bool(faults(text)) for text in texts) <= 1


def test_the_author_that_the_file_names_goes() -> None:
    hint = Hint("custom:Opgesteld door, Naam", "Sybren Wiersma")
    assert not faults("De brief is nagekeken door {Sybren Wiersma} en besproken.", hints=(hint,))


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        (("woordvoerder",), "Vragen aan woordvoerder «Marije Kootstra», tel. {06-41875520}."),
        ((), "Vragen aan woordvoerder {Marije Kootstra}, tel. {06-41875520}."),
    ],
)
def test_a_function_stays_only_where_the_organisation_is_open_about_it(kept: tuple[str, ...], text: str) -> None:
    assert not faults(text, Settings(organisation=Organisation(kept_functions=kept)))


def test_what_must_always_go_goes_and_what_must_never_go_stays() -> None:
    settings = Settings(terms=("project Zilvervis",), keep=("Kortooms",))
    assert not faults("Over {project Zilvervis} belt «Kortooms» met de dienst.", settings)
