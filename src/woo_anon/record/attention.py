"""What the reviewer must still judge: the tool's own doubts, and what it cannot see or may not decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from woo_anon.document import Action, Decision, Document, Entity, Redaction, Twin, Written
from woo_anon.record import wording
from woo_anon.record.secrets import Secrets

LOW_SCORE = 0.7  # below this a finding is worth a second look; shown as such, it decides nothing
_MOST_FUNCTIONS = 40
_SAME_PASSAGE = "zelfde-passage"  # the rule of people/passages.py

# Functions that often one person in an organisation has. A name is not needed: "de projectdirecteur Zuidasdok" is one.
_FUNCTION = re.compile(
    r"\b(?:(?:plaatsvervangend|waarnemend|hoofd|senior|project|programma|regio|afdelings|team|unit|bureau)[ -]?)?"
    r"(?:directeur(?!-generaal)|manager|leider|hoofd(?= van| bureau| afdeling)|coördinator|woordvoerder"
    r"|bestuursadviseur|kwartiermaker|griffier|gemeentesecretaris|kabinetschef|chef[ -]kabinet|politiek assistent"
    r"|landsadvocaat|vertrouwenspersoon|ambassadeur|attaché|commandant|bedrijfsarts|functionaris gegevensbescherming)"
    r"(?:[ \t]+(?:van(?: de| het)?|bij(?: de| het)?)?[ \t]*[A-Z][\w&-]+(?:[ \t]+(?:en[ \t]+)?[A-Z][\w&-]+){0,3})?",
)


@dataclass(frozen=True)
class Point:
    """One thing to judge. `spans` of decisions it is about; `lines` are examples; both may be empty."""

    key: str
    title: str
    explanation: str
    decisions: tuple[Decision, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    always: bool = False  # holds for every document, whatever was found


def points(
    document: Document,
    decisions: Sequence[Decision],
    written: Written,
    profile: str,
    *,
    twin: Twin | None = None,
) -> tuple[Point, ...]:
    """All points that hold for this document, those about its own findings first."""
    return (
        *_not_read(document),
        *_reviews(decisions),
        *_signatures(decisions),
        *_same_passages(decisions),
        *_twin(twin),
        *_low_scores(decisions),
        *_recognised(document),
        *_image_pages(written),
        *_exact_widths(written),
        *_hidden_text(written),
        *_file_name(document, decisions),
        *_functions(document),
        *_always(document, profile),
    )


def _not_read(document: Document) -> Iterator[Point]:
    if document.pages_not_read:
        yield Point(
            "not-read",
            "Pagina’s die niet zijn gelezen",
            "Op deze pagina’s herkende het programma te weinig tekst om ze als gelezen te beschouwen. Namen die er"
            " staan zijn mogelijk niet gelakt. Publiceer het document niet voordat iemand deze pagina’s heeft bekeken.",
            lines=tuple(f"Pagina {page}: {wording.reason(reason)}" for page, reason in document.pages_not_read),
        )


def _recognised(document: Document) -> Iterator[Point]:
    if document.recognised_pages:
        yield Point(
            "recognised",
            "Tekst die uit een scan of afbeelding is herkend",
            "Op deze pagina’s is tekst met tekenherkenning (OCR) gelezen, die fouten maakt. Kijk of alle namen, ook"
            " de verkeerd gelezen, onder een vlak staan. Handschrift wordt niet gelezen.",
            lines=(f"Pagina {_listed(set(document.recognised_pages))}",),
        )


def _reviews(decisions: Sequence[Decision]) -> Iterator[Point]:
    found = tuple(one for one in decisions if one.action is Action.REVIEW and one.entity is not Entity.SIGNATURE)
    if found:
        yield Point(
            "review",
            "Gelakt, maar te beoordelen",
            "Deze vondsten zijn gelakt omdat het programma twijfelt. Beslis per vondst of ze gelakt blijven.",
            found,
        )


def _signatures(decisions: Sequence[Decision]) -> Iterator[Point]:
    found = tuple(one for one in decisions if one.entity is Entity.SIGNATURE and not one.by_reviewer)
    if found:
        yield Point(
            "signatures",
            "Mogelijke handtekeningen of parafen",
            "Hier staat beeld waar mensen tekenen: bij een woord als “paraaf” of “handtekening”, in een parafenlijst of"
            " onder een groet. Het kan ook een stempel, een logo of een aantekening zijn. Beslis per vlak.",
            found,
        )


def _same_passages(decisions: Sequence[Decision]) -> Iterator[Point]:
    found = tuple(decision for decision in decisions if decision.rule == _SAME_PASSAGE)
    if found:
        yield Point(
            "same-passage",
            "In een ander document van het dossier gelakt",
            "Dezelfde passage staat in een ander document, en daar zijn deze gegevens gelakt. Beslis voor beide"
            " gelijk.",
            found,
        )


def _twin(twin: Twin | None) -> Iterator[Point]:
    if twin is None:
        return
    same = "hetzelfde" if twin.similarity == 1 else f"voor {wording.percent(twin.similarity)} hetzelfde"
    others = f" Ook {twin.others} andere documenten lijken erop." if twin.others else ""
    differ = (
        f" Wat daar is gelakt, staat hier {twin.differences} keer nog te lezen: vergelijk ze."
        if twin.differences
        else ""
    )
    yield Point("twin", f"Dit document is {same} als een ander", f"Het gaat om {twin.name}.{others}{differ}")


def is_doubtful(decision: Decision) -> bool:
    """Whether a person should look at it: the machine is in doubt or not sure, or what was decided no longer fits."""
    return decision.action is Action.REVIEW or (not decision.by_reviewer and decision.score < LOW_SCORE)


def _low_scores(decisions: Sequence[Decision]) -> Iterator[Point]:
    found = tuple(
        decision for decision in decisions if decision.score < LOW_SCORE and decision.action is not Action.REVIEW
    )
    if found:
        yield Point(
            "low",
            f"Lage zekerheid (onder {wording.percent(LOW_SCORE)})",
            "Het programma is van deze vondsten minder zeker. Kijk of het werkelijk persoonsgegevens zijn.",
            found,
        )


def _image_pages(written: Written) -> Iterator[Point]:
    if written.pages_as_images:
        yield Point(
            "images",
            "Pagina’s die een afbeelding zijn geworden",
            "Op deze pagina’s stond iets dat niet veilig kon worden bewerkt. De tekst is er niet meer doorzoekbaar of"
            " voorleesbaar: zorg zo nodig voor een toegankelijk alternatief.",
            lines=tuple(f"Pagina {page}: {wording.reason(reason)}" for page, reason in written.pages_as_images),
        )


def _exact_widths(written: Written) -> Iterator[Point]:
    if written.pages_with_exact_widths:
        yield Point(
            "widths",
            "Vakken die zo breed zijn als de tekst eronder",
            "Op deze pagina’s kon de tekst niet verschuiven. Wie een lijst met mogelijke namen heeft, kan uit de"
            " breedte afleiden welke passen.",
            lines=(f"Pagina {_listed(set(written.pages_with_exact_widths))}",),
        )


def _hidden_text(written: Written) -> Iterator[Point]:
    if written.hidden_text_pages:
        pages = _listed(set(written.hidden_text_pages))
        where = f"pagina {pages}" if len(written.hidden_text_pages) == 1 else f"de pagina’s {pages}"
        yield Point(
            "hidden-text",
            "Tekst die niet te zien was, is verwijderd",
            f"Op {where} stond tekst die een lezer niet ziet: in de kleur van de achtergrond, onzichtbaar, bedekt,"
            " buiten de pagina of veel te klein. Die tekst staat niet in de publicatieversie. Kijk in het brondocument"
            " of zij er had moeten staan.",
        )


def _file_name(document: Document, decisions: Sequence[Decision]) -> Iterator[Point]:
    removed = [Redaction(number, decision) for number, decision in enumerate(decisions, 1) if decision.removes]
    if Secrets.of(document, removed).in_text(document.name):
        yield Point(
            "file-name",
            "De bestandsnaam bevat een gelakt woord",
            "De publicatieversie, het logboek en dit verslag heten daarom anders dan het brondocument.",
        )


def _functions(document: Document) -> Iterator[Point]:
    pages: dict[str, set[int]] = defaultdict(set)
    for match in _FUNCTION.finditer(document.text):
        pages[" ".join(match.group().split())].add(document.page_at(match.start()).number)
    if pages:
        named = [f"{title} (pagina {_listed(numbers)})" for title, numbers in pages.items()]
        more = len(named) - _MOST_FUNCTIONS
        yield Point(
            "functions",
            "Functies die naar één persoon kunnen wijzen",
            "Functienamen blijven staan. Lak ze zelf wanneer eruit blijkt wie de gelakte persoon is.",
            lines=(*named[:_MOST_FUNCTIONS], *([f"… en nog {more} andere"] if more > 0 else [])),
        )


def _always(document: Document, profile: str) -> Iterator[Point]:
    if document.format != "text":
        yield Point(
            "unread",
            "Afbeeldingen, handschrift en handtekeningen",
            "Het programma leest alleen tekst, en zoekt handtekeningen en parafen alleen waar de tekst zegt dat er"
            " wordt getekend. Bekijk op elke pagina foto’s, schermafdrukken, stempels, geschreven opmerkingen, parafen"
            " en handtekeningen.",
            always=True,
        )
    grounds = [f"{code} – {words}" for code, words in wording.GROUNDS.items() if code not in ("5.1.1e", "5.1.2e")]
    opinions = (
        " In beslisnota’s worden persoonlijke beleidsopvattingen van ambtenaren in beginsel niet gelakt."
        if profile == "beslisnota"
        else ""
    )
    yield Point(
        "grounds",
        "Inhoudelijke gronden",
        "Het programma zoekt persoonsgegevens. Of een passage op een van deze gronden niet openbaar mag worden,"
        f" beoordeelt u zelf.{opinions}",
        lines=tuple(grounds),
        always=True,
    )
    yield Point(
        "indirect",
        "Indirecte herkenbaarheid",
        "Ook zonder naam kan een combinatie van gegevens (een gebeurtenis, een plaats, een datum, een unieke situatie)"
        " naar één persoon leiden. Let vooral op burgers in voorbeelden en casussen.",
        always=True,
    )


def _listed(numbers: set[int]) -> str:
    ordered = [str(number) for number in sorted(numbers)]
    return ", ".join(ordered[:6]) + (" …" if len(ordered) > 6 else "")
