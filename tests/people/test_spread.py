"""Spreading: a name found once is found everywhere, an ordinary word is left."""

import pytest

from woo_anon.document import Entity, Finding
from woo_anon.people.spread import spread
from woo_anon.spans import Span


def added(text: str, *surfaces: str) -> list[str]:
    findings = [
        Finding(Span(text.index(surface), text.index(surface) + len(surface)), Entity.PERSON, 1.0, "ner")
        for surface in surfaces
    ]
    return [text[f.span.start : f.span.end] for f in spread(text, findings) if f.detector == "spread"]


@pytest.mark.parametrize(
    ("text", "found", "more"),
    [
        ("Jelle Terpstra belde. Later zei Terpstra niets.", "Jelle Terpstra", ["Terpstra"]),
        ("Jelle Terpstra belde. Dank aan Jelle.", "Jelle Terpstra", ["Jelle"]),
        ("W. van der Meulen. Mevrouw Van der Meulen belt.", "W. van der Meulen", ["Van der Meulen"]),
        ("Osman Yıldırım. Uit Yıldırıms analyse blijkt", "Osman Yıldırım", ["Yıldırıms"]),
        ("Tuğba Çelikkanat. CELIKKANAT tekent", "Tuğba Çelikkanat", ["CELIKKANAT"]),
        ("Thea Hoekema-Yntema. Vraag Yntema.", "Thea Hoekema-Yntema", ["Yntema"]),
        ("Jelle Terpstra. Nota_Terpstra_v2.docx", "Jelle Terpstra", ["Terpstra"]),
        ("Jelle Terpstra. Aan Jelle Terpstra.", "Jelle Terpstra", ["Jelle Terpstra"]),
        ("Jelle Terpstra. Wat zei Terp-\nstra daarvan?", "Jelle Terpstra", ["Terp-\nstra"]),
        ("Jelle Terpstra. De heer T e r p s t r a, hier", "Jelle Terpstra", ["T e r p s t r a"]),
        ("Jelle Terpstra. Volgens Jelle Terp\u00ad\nstra wel.", "Jelle Terpstra", ["Jelle Terp\u00ad\nstra"]),
        ("Jelle Terpstra. Aan Terps\ntra daarvan", "Jelle Terpstra", ["Terps\ntra"]),
        ("Jelle Terpstra. Aan Terp-\nPagina 3\nstra, en", "Jelle Terpstra", ["Terp-", "stra"]),
        ("Aan Jelle Zwaluw-\nPagina 3\nstaart, en", "Jelle Zwaluw", ["staart"]),
        ("Jelle Terpstra. Het stuk van Terp\u00adstra", "Jelle Terpstra", ["Terp\u00adstra"]),
        ("Anke M\u00adülenaar. Het stuk van Mülenaar", "Anke M\u00adülenaar", ["Mülenaar"]),
        ("Anke Mülenaar. Het stuk van Mu\u0308lenaar", "Anke Mülenaar", ["Mu\u0308lenaar"]),
        ("Jelle Terpstra². Het stuk van Terpstra³", "Jelle Terpstra²", ["Terpstra"]),
        (
            "W. van der Meulen. Mevrouw Van der Meu\u2010\n> lens hond",
            "W. van der Meulen",
            ["Van der Meu\u2010\n> lens"],
        ),
    ],
)
def test_other_mentions_are_found(text, found, more):
    assert added(text, found) == more


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kees Bakker kwam. Haal brood bij de bakker.", "Kees Bakker"),
        ("Kees Bakker kwam. Bakkerij De Korenaar.", "Kees Bakker"),
        ("Jan de Wit. De witte vlag.", "Jan de Wit"),
    ],
)
def test_ordinary_words_are_left(text, found):
    assert added(text, found) == []


def test_a_doubtful_finding_is_not_spread():
    text = "Hoop is er. De Hoop vroeg het."
    doubtful = Finding(Span(0, 4), Entity.PERSON, 0.2, "ner")
    assert len(spread(text, [doubtful])) == 1
