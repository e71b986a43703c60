"""The codes of issues: what each means, in English for the command line and in Dutch for the report. Public interface.

leak    text or a picture that somebody meant to take away, and that is still there
risk    something that readers do not see and that may name somebody: to be looked at before publication
note    worth knowing; does not count as found (exit code 0)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad an issue is, worst first."""

    LEAK = "leak"
    RISK = "risk"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """What one code means. `dutch` is the title in the report and `advice` the sentence below it."""

    severity: Severity
    english: str
    dutch: str
    advice: str


_LEAK, _RISK, _NOTE = Severity

CODES: dict[str, Code] = {
    # ── On the pages ──────────────────────────────────────────────────────────────────────────────────────────────────
    "text-under-box": Code(
        _LEAK,
        "text that a box covers is still there",
        "Tekst onder een vlak",
        "De tekst is afgedekt en niet verwijderd: wie het vlak selecteert en kopieert, leest hem.",
    ),
    "text-under-image": Code(
        _LEAK,
        "text that an image covers is still there",
        "Tekst onder een afbeelding",
        "De tekst is met een afbeelding afgedekt en niet verwijderd.",
    ),
    "text-under-annotation": Code(
        _LEAK,
        "text that an annotation covers is still there",
        "Tekst onder een aantekening",
        "De tekst is met een aantekening afgedekt. Een aantekening is met één klik te verplaatsen.",
    ),
    "redaction-not-applied": Code(
        _LEAK,
        "marked for redaction, but the redaction was never applied",
        "Lakmarkering niet toegepast",
        "De passage is gemarkeerd om gelakt te worden, maar het lakken zelf is niet uitgevoerd.",
    ),
    "text-in-box-colour": Code(
        _LEAK,
        "text in the colour of the box behind it",
        "Tekst in de kleur van het vlak",
        "De tekst is onzichtbaar doordat hij dezelfde kleur heeft als het vlak erachter.",
    ),
    "scan-text-under-box": Code(
        _LEAK,
        "text recognised in a scan at a place where the picture is blacked out",
        "Herkende tekst onder een lakvlak in een scan",
        "In de scan is gelakt, maar de onzichtbare tekstlaag van de tekstherkenning is blijven staan.",
    ),
    "picture-under-box": Code(
        _LEAK,
        "a box covers part of a picture whose pixels are still there",
        "Beeld onder een vlak",
        "Het vlak ligt los op de afbeelding: onder het vlak zijn de beeldpunten er nog.",
    ),
    "panel-over-picture": Code(
        _NOTE,
        "a large area covers part of a picture",
        "Groot vlak over een afbeelding",
        "Waarschijnlijk opmaak, zoals een titelvlak op een omslagfoto.",
    ),
    "invisible-text": Code(
        _RISK,
        "text in invisible ink, with no picture of it",
        "Onzichtbare tekst",
        "De tekst wordt niet getoond, maar is wel te selecteren en te doorzoeken.",
    ),
    "text-in-ground-colour": Code(
        _RISK,
        "text that does not stand out from the ground",
        "Tekst in de kleur van de achtergrond",
        "Bijvoorbeeld wit op wit: niet te zien, wel te kopiëren.",
    ),
    "text-off-page": Code(
        _RISK,
        "text outside the visible page",
        "Tekst buiten de pagina",
        "De tekst staat buiten het zichtbare deel van de pagina en is er nog.",
    ),
    "tiny-text": Code(
        _RISK,
        "text too small to be read",
        "Onleesbaar kleine tekst",
        "De tekst is te klein om te zien, maar wel te kopiëren.",
    ),
    "clipped-text": Code(
        _RISK,
        "text that is cut away by a clipping path",
        "Weggesneden tekst",
        "De tekst valt buiten het uitsnijpad: niet te zien, wel te kopiëren.",
    ),
    "hidden-layer": Code(
        _RISK,
        "text on a layer that is switched off",
        "Tekst in een verborgen laag",
        "De laag staat uit, maar iedereen kan hem aanzetten.",
    ),
    "box-width": Code(
        _RISK,
        "the width of the gap leaves few names",
        "Breedte van het vlak verraadt de naam",
        "De ruimte is precies zo breed als wat er stond. Met een lijst van namen blijven er weinig over.",
    ),
    # ── Beside the pages ──────────────────────────────────────────────────────────────────────────────────────────────
    "author": Code(
        _RISK,
        "the properties name an author",
        "Auteur in de eigenschappen",
        "De documenteigenschappen noemen iemand.",
    ),
    "custom-property": Code(
        _RISK,
        "a property of the maker's own",
        "Eigen documenteigenschap",
        "Eigenschappen die een programma of sjabloon toevoegt, noemen vaak namen, nummers of mappen.",
    ),
    "description": Code(
        _NOTE,
        "subject or keywords are filled in",
        "Onderwerp of trefwoorden ingevuld",
        "Lees na of er niemand in genoemd wordt.",
    ),
    "producer": Code(
        _NOTE,
        "names the program that made the file",
        "Programma in de eigenschappen",
        "Noemt het programma waarmee het bestand is gemaakt.",
    ),
    "earlier-revision": Code(
        _LEAK,
        "an earlier state of the file holds text that the last one lacks",
        "Eerdere versie in het bestand",
        "Het bestand bewaart een eerdere stand, met tekst die in de laatste niet meer staat.",
    ),
    "revisions": Code(
        _NOTE,
        "saved in several steps; nothing was taken away",
        "In stappen opgeslagen",
        "Het bestand bewaart eerdere standen; daarin staat geen tekst die nu ontbreekt.",
    ),
    "orphaned-text": Code(
        _LEAK,
        "an object that nothing refers to holds page content with text",
        "Losgeraakte pagina-inhoud",
        "Inhoud die van een pagina is gehaald, staat nog in het bestand.",
    ),
    "orphaned-string": Code(
        _RISK,
        "an object that nothing refers to holds text",
        "Losgeraakte gegevens",
        "Gegevens die niet meer gebruikt worden, staan nog in het bestand.",
    ),
    "comment": Code(
        _RISK,
        "a comment",
        "Opmerking",
        "Opmerkingen zijn meestal niet voor publicatie bedoeld.",
    ),
    "comment-author": Code(
        _RISK,
        "an annotation names its author",
        "Auteur van een aantekening",
        "De aantekening noemt wie haar maakte.",
    ),
    "mail-link": Code(
        _RISK,
        "a link leads to a mail address that the page does not show",
        "Koppeling naar een e-mailadres",
        "Achter de koppeling zit een e-mailadres dat niet op de pagina staat.",
    ),
    "attachment": Code(
        _RISK,
        "a file is attached",
        "Bijlage in het bestand",
        "In het bestand zit een ander bestand.",
    ),
    "form-value": Code(
        _RISK,
        "a form field is filled in",
        "Ingevuld formulierveld",
        "Het veld bewaart wat er is ingevuld, ook als dat niet te zien is.",
    ),
    "form-field": Code(
        _NOTE,
        "form fields that are not filled in",
        "Lege formuliervelden",
        "Het formulier is niet ingevuld.",
    ),
    "xfa": Code(
        _RISK,
        "an XFA form",
        "XFA-formulier",
        "Het bestand bewaart een tweede, eigen versie van het formulier.",
    ),
    "javascript": Code(
        _RISK,
        "JavaScript",
        "JavaScript",
        "Een script hoort niet in een te publiceren document en kan gegevens bevatten.",
    ),
    "action": Code(
        _RISK,
        "an action that starts a program or sends data",
        "Actie",
        "Het bestand bevat een actie die iets start, verstuurt of elders ophaalt.",
    ),
    "thumbnail": Code(
        _RISK,
        "small pictures of pages, which may show an earlier state",
        "Paginaminiaturen",
        "Een miniatuur kan de pagina tonen zoals die vóór het lakken was.",
    ),
    "private-data": Code(
        _RISK,
        "private data of an application",
        "Eigen gegevens van een programma",
        "Een programma bewaart hier gegevens voor zichzelf, soms het hele bronbestand.",
    ),
    "signature": Code(
        _RISK,
        "a digital signature, which names who signed",
        "Digitale handtekening",
        "De handtekening en het certificaat noemen de ondertekenaar.",
    ),
    "actual-text": Code(
        _LEAK,
        "a replacement text says what the page does not show",
        "Vervangende tekst zegt meer dan de pagina",
        "Een schermlezer leest hier woorden voor die niet op de pagina staan.",
    ),
    "alternative-text": Code(
        _NOTE,
        "a description says what the page does not show",
        "Omschrijving zegt meer dan de pagina",
        "Meestal de omschrijving van een figuur; lees na of er niemand in genoemd wordt.",
    ),
    "outline": Code(
        _RISK,
        "an outline entry, a destination or a page label says what the pages do not show",
        "Bladwijzer zegt meer dan de pagina’s",
        "De bladwijzer bevat woorden die niet in de tekst staan.",
    ),
    "stray-string": Code(
        _RISK,
        "text under a key that readers do not show",
        "Tekst op een plaats die niemand ziet",
        "Een programma heeft tekst bewaard op een plaats die geen lezer toont.",
    ),
    # ── Quality, and the audit itself ─────────────────────────────────────────────────────────────────────────────────
    "untagged": Code(_NOTE, "not tagged", "Geen codes voor toegankelijkheid", "Een schermlezer kent de opbouw niet."),
    "no-language": Code(_NOTE, "no language", "Geen taal", "De taal van het document is niet vastgelegd."),
    "no-title": Code(_NOTE, "no title", "Geen titel", "Het document heeft geen titel in zijn eigenschappen."),
    "not-checked": Code(
        _RISK,
        "a check could not be done",
        "Controle niet uitgevoerd",
        "Dit deel van het bestand kon niet worden gelezen. Beschouw het als niet gecontroleerd.",
    ),
}
