"""The Dutch words of the review report for our codes. An unknown code is shown as it is, never hidden."""

from __future__ import annotations

import re
from datetime import datetime

from woo_anon.document import Action, Entity, Evidence, Role, ZoneKind

_MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()  # reads better

ENTITIES: dict[Entity, str] = {
    Entity.PERSON: "Naam",
    Entity.INITIALS: "Initialen of paraaf",
    Entity.EMAIL: "E-mailadres",
    Entity.PHONE: "Telefoonnummer",
    Entity.ADDRESS: "Adres",
    Entity.DOB: "Geboortedatum",
    Entity.BSN: "Burgerservicenummer",
    Entity.IBAN: "Rekeningnummer",
    Entity.PLATE: "Kenteken",
    Entity.IDDOC: "Identiteitsbewijs",
    Entity.PERSONNEL: "Personeelsnummer",
    Entity.USERNAME: "Gebruikersnaam",
    Entity.URL: "Persoonlijke link",
    Entity.TERM: "Opgegeven term",
    Entity.SIGNATURE: "Handtekening of paraaf",
    Entity.AREA: "Aangewezen deel van de pagina",
}

PART_OF_PAGE = "[beeld]"  # what stands for a finding without text

ROLES: dict[Role, str] = {
    Role.CIVIL_SERVANT: "Ambtenaar",
    Role.OFFICE_HOLDER: "Ambtsdrager",
    Role.TOP_OFFICIAL: "Ambtelijke top",
    Role.CITIZEN: "Burger",
    Role.EXTERNAL: "Extern",
    Role.AUTHOR: "Auteur van gepubliceerd werk",
    Role.EPONYM: "Naamgever of historisch persoon",
    Role.FUNCTIONAL: "Functioneel, niet persoonlijk",
    Role.UNKNOWN: "Onbekend",
}

ACTIONS: dict[Action, str] = {
    Action.REDACT: "Gelakt",
    Action.REVIEW: "Te beoordelen",
    Action.KEEP: "Blijft staan",
}

# Art. 5.1 and 5.2 Woo, in short.
GROUNDS: dict[str, str] = {
    "5.1.1a": "eenheid van de Kroon",
    "5.1.1b": "veiligheid van de Staat",
    "5.1.1c": "vertrouwelijke bedrijfs- en fabricagegegevens",
    "5.1.1d": "bijzondere en strafrechtelijke persoonsgegevens",
    "5.1.1e": "nationale identificatienummers",
    "5.1.2a": "internationale betrekkingen",
    "5.1.2b": "economische of financiële belangen van de Staat",
    "5.1.2c": "opsporing en vervolging van strafbare feiten",
    "5.1.2d": "inspectie, controle en toezicht",
    "5.1.2e": "eerbiediging van de persoonlijke levenssfeer",
    "5.1.2f": "concurrentiegevoelige bedrijfsgegevens",
    "5.1.2g": "bescherming van het milieu",
    "5.1.2h": "beveiliging van personen en bedrijven",
    "5.1.2i": "goed functioneren van de Staat",
    "5.1.5": "onevenredige benadeling",
    "5.2": "persoonlijke beleidsopvattingen in intern beraad",
}

_CODE = re.compile(r"(5\.[12])(?:\.([1-6])([a-i])?)?")
_PARAGRAPHS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde")

ZONES: dict[ZoneKind, str] = {
    ZoneKind.HEADER_BLOCK: "het kopblok",
    ZoneKind.AUTHOR: "het blok “Opgesteld door” of een contactregel",
    ZoneKind.ADDRESSEE: "de regel met geadresseerden",
    ZoneKind.PARAFEN: "de parafenlijst",
    ZoneKind.MAIL_HEADER: "de kop van een e-mail",
    ZoneKind.SIGNATURE: "een ondertekening",
    ZoneKind.ATTENDANCE: "een aanwezigheidslijst",
    ZoneKind.REFERENCES: "de literatuurlijst",
    ZoneKind.CHAT: "een chatregel",
}

# Codes of people/ (cues, zones, register) and of the recognisers in detect/.
_EVIDENCE: dict[str, str] = {
    "own": "het taalmodel leest de vermelding zo",
    "own*others": "het taalmodel leest alle vermeldingen zo",
    "going": "het taalmodel leest de vermelding zo",
    "certainty": "zekerheid van het taalmodel dat het een naam is",
    "own*certainty": "zekerheid van het taalmodel over de vermelding",
    "near": "het taalmodel leest de vermeldingen ernaast zo",
    "ner:thing": "iets is ernaar genoemd",
    "thing": "iets is ernaar genoemd",
    "document": "aard van het document",
    "column:staff": "staat in een kolom voor wie eraan werkt",
    "column:office": "staat in een kolom voor ambtsdragers",
    "document:no-office": "nergens in het document staat een ambt bij een naam",
    "firm:elsewhere": "elders in het document staat dat het een bedrijf is",
    "beside:office": "er staat een ambt naast dat van een ander is",
    "list": "staat in een opsomming met anderen",
    "list:office": "staat in een opsomming met een ambtsdrager",
    "list:staff": "staat in een opsomming met een medewerker",
    "list:register": "staat in een opsomming met namen uit het register van ambtsdragers",
    "listed:office": "staat in een opsomming achter de titel van een ambtsdrager",
    "listed:polite": "staat in een opsomming van heren",
    "headed:office": "staat in een lijst onder een kop voor ambtsdragers",
    "headed:staff": "staat in een lijst onder een kop voor medewerkers",
    "headed:outside": "staat in een lijst onder een kop voor buitenstaanders",
    "headed:members": "staat in een lijst van leden",
    "headed:chair": "staat achter ‘voorzitter’",
    "headed:present": "staat in een lijst van aanwezigen",
    "line": "plaats op de regel",
    "line:reference": "regel met een literatuurverwijzing",
    "office:sole": "draagt in het document de titel van een ambtsdrager",
    "office:mixed": "draagt soms de titel van een ambtsdrager",
    "shape": "vorm van de letters",
    "inside": "iets is ernaar genoemd",
    "inside:firm": "naam van een onderneming",
    "before:firm": "naam van een onderneming",
    "behind:firm": "naam van een onderneming",
    "before:judge": "aangeduid als rechter",
    "before": "woord of teken ervoor",
    "behind": "woord of teken erachter",
    "behind:contact": "contactgegevens erachter",
    "behind:year": "jaartal van een publicatie erachter",
    "others:full-name": "de volledige naam elders gaat zeker",
    "account-of-a-name": "accountnaam die uit een naam volgt",
    "others": "wordt vaker genoemd",
    "others:mean": "het taalmodel leest de andere vermeldingen zo",
    "others:most": "een andere vermelding is openbaarder van aard",
    "others:least": "een andere vermelding is minder openbaar van aard",
    "ambiguous": "kan van meer dan één persoon zijn",
    "term": "door de gebruiker opgegeven",
    "found-elsewhere": "dezelfde naam staat elders in het document",
    "ocr:like-a-name": "lijkt op een naam die elders in de scan staat",
    "ocr:unsure": "onzeker herkend woord dat een naam kan zijn",
    "near:signature": "beeld bij een woord als “paraaf” of “handtekening”",
    "near:signatory": "beeld onder de functie van wie ondertekent",
    "file:author": "staat in de eigenschappen van het bestand als maker",
    "passage": "dezelfde passage is in een ander document gelakt",
    "dossier": "wordt elders in het dossier gelakt",
    "dossier:office": "bekleedt elders in het dossier een ambt",
    "dossier:disputed": "elders in het dossier zowel ambtsdrager als gelakt",
    "before:thing": "iets is ernaar genoemd",
    "behind:thing": "iets is ernaar genoemd",
    "before:office": "titel van een ambtsdrager ervoor",
    "behind:office": "titel van een ambtsdrager erachter",
    "before:top": "titel uit de ambtelijke top ervoor",
    "behind:top": "titel uit de ambtelijke top erachter",
    "before:staff": "functie van een medewerker ervoor",
    "behind:staff": "functie van een medewerker erachter",
    "behind:unit": "organisatieonderdeel erachter",
    "before:citizen": "aangeduid als burger",
    "behind:citizen": "aangeduid als burger",
    "before:outside": "aangeduid als iemand van buiten",
    "behind:outside": "aangeduid als iemand van buiten",
    "behind:party": "politieke partij erachter",
    "before:polite": "aanspreekvorm ervoor",
    "before:greeting": "aanhef ervoor",
    "before:regards": "groet ervoor",
    "before:author": "kopje dat een naam aankondigt",
    "behind:mail": "e-mailadres erachter",
    "before:work": "uitspraak of werk van iemand",
    "behind:cited": "verwijzing naar een publicatie",
    "behind:says": "spreekt in het gesprek",
    "mail:parliament": "e-mailadres van het parlement",
    "mail:other": "eigen e-mailadres",
    "register:full": "volledige naam staat in het register van ambtsdragers",
    "register:initial": "voorletter en achternaam staan in het register van ambtsdragers",
    "register:surname": "achternaam staat in het register van ambtsdragers",
    "register:given": "koninklijke voornaam",
    "register:contradicted": "achternaam staat in het register, de voornaam niet",
    "register": "staat in het register van ambtsdragers",
    "register:given name": "voornaam van een ambtsdrager die elders wordt genoemd",
    "form": "vorm van de naam",
    "form:lettered": "voorletters met achternaam",
    "register:none": "staat niet in het register van ambtsdragers",
    "form:full": "volledige naam",
    "form:initials": "voorletters of paraaf",
    "form:infix": "achternaam met tussenvoegsel",
    "form:single": "één naamdeel",
    "number:mobile": "mobiel nummer",
    "number:landline": "vast nummer",
    "number:extension": "toestelnummer",
    "number:foreign": "buitenlands nummer",
    "number:masked": "gedeeltelijk afgeschermd nummer",
    "number:round": "rond nummer, zoals van een centrale",
    "number:service": "servicenummer",
    "number:switchboard": "algemeen nummer",
    "cue:general": "aangeduid als algemeen",
    "cue:direct": "aangeduid als rechtstreeks",
    "cue:phone": "aangeduid als telefoonnummer",
    "cue:bsn": "aangeduid als burgerservicenummer",
    "cue:account": "aangeduid als rekening",
    "column:phone": "staat in een kolom met telefoonnummers",
    "column:bsn": "staat in een kolom met burgerservicenummers",
    "column:account": "staat in een kolom met rekeningnummers",
    "near:name": "staat bij een naam",
    "owner:authority": "van een overheidsorganisatie",
    "checksum:eleven": "voldoet aan de elfproef",
    "shape:iban": "heeft de vorm van een IBAN",
    "shape:masked-iban": "gedeeltelijk afgeschermd IBAN",
    "shape:part-of-iban": "deel van een IBAN",
}

_DETECTORS: dict[str, str] = {
    "ner": "het taalmodel",
    "names": "het taalmodel",
    "term": "een opgegeven term",
    "ocr": "tekenherkenning in een scan",
    "spread": "herhaling van een naam",
    "signature": "herkenning van handtekeningen",
    "passage": "vergelijking met andere documenten",
    "phone": "herkenning van telefoonnummers",
    "mail": "herkenning van e-mailadressen",
    "email": "herkenning van e-mailadressen",
    "address": "herkenning van adressen",
    "bsn": "herkenning van burgerservicenummers",
    "iban": "herkenning van rekeningnummers",
}

REMOVED: dict[str, str] = {
    "xmp": "XMP-metagegevens",
    "info": "documenteigenschappen",
    "page-metadata": "metagegevens van pagina’s",
    "picture-metadata": "metagegevens van afbeeldingen",
    "attachments": "bijlagen in het bestand",
    "comments": "opmerkingen",
    "forms": "formuliervelden",
    "flattened-forms": "formuliervelden (wat erin stond, is tekst van de pagina geworden)",
    "broken-forms": "onleesbare onderdelen",
    "links": "koppelingen",
    "scripts": "scripts",
    "actions": "automatische handelingen",
    "open-action": "handeling bij het openen",
    "thumbnails": "miniaturen",
    "layers": "lagen",
    "hidden-content": "verborgen inhoud",
    "hidden-text": "tekst die op de pagina niet te zien is",
    "hidden-pictures": "(delen van) afbeeldingen die op de pagina niet te zien zijn",
    "piece-info": "gegevens van het bewerkingsprogramma",
    "encryption": "versleuteling en beperkingen op het gebruik",
    "signature": "digitale handtekening",
    "portfolio": "portfolio",
    "threads": "artikelverwijzingen",
    "spider-info": "gegevens over de herkomst van webpagina’s",
    "uri-base": "basisadres van koppelingen",
    "outline-titles": "bladwijzers",
    "page-labels": "paginalabels",
    "unused-glyphs": "tekens in lettertypen die nergens meer voorkomen",
    "notices": "vermeldingen in lettertypen en kleurprofielen",
    "outlines": "als tekening opgenomen tekst onder vlakken",
    "pixels": "beeldpunten onder vlakken",
    "alternative-texts": "alternatieve teksten",
    "names": "namen van onderdelen",
    "unknown-catalog-key": "onbekende gegevens van het bestand",
    # of Word documents
    "revisions": "bijgehouden wijzigingen (aanvaard)",
    "fields": "veldcodes (wat zij toonden, bleef als tekst)",
    "content-controls": "inhoudsbesturingselementen (wat erin stond, bleef als tekst)",
    "embedded-objects": "ingesloten bestanden",
    "inserted-documents": "ingevoegde documenten",
    "charts": "grafieken",
    "drawings": "schema’s en tekeningen",
    "free-forms": "getekende vormen (vervangen door een rechthoek)",
    "hidden-objects": "verborgen voorwerpen",
    "pictures": "afbeeldingen die niet zeker te lezen zijn (vervangen door een grijs vlak)",
    "unused-notes": "voetnoten en opmerkingen waarnaar niets verwijst",
    "custom-xml": "gegevens van andere programma’s (aangepaste XML)",
    "custom-properties": "eigen documenteigenschappen",
    "properties": "documenteigenschappen",
    "glossary": "bouwstenen",
    "people": "lijst van personen",
    "macros": "macro’s",
    "controls": "ActiveX-besturingselementen",
    "printer-settings": "printerinstellingen",
    "thumbnail": "miniatuur",
    "embedded-fonts": "ingesloten lettertypen",
    "font-names": "namen van lettertypen",
    "customisations": "aanpassingen van Word",
    "mail-merge": "bron van een verzendlijst",
    "template": "verwijzing naar een sjabloon",
    "web-extensions": "webonderdelen",
    "mail:headers": "kopregels die een mailprogramma niet toont",
    "mail:hidden-html": "tekst die in de mail niet te zien is",
    "mail:between-parts": "tekst tussen de onderdelen van de mail",
    "mail:alternative": "een andere versie van de tekst, met woorden die in de getoonde ontbreken",
    "mail:signature": "digitale handtekening van de mail",
    "mail:charset": "tekst in een andere tekenset dan de mail zegt (gelezen zo goed als het kon)",
    "mail:encoding": "beschadigde codering (gelezen zo goed als het kon)",
    "mail:structure": "fouten in de opbouw van de mail (gelezen zo goed als het kon)",
    "mail:nesting": "te diep geneste onderdelen (niet gelezen)",
    "mail:tnef": "winmail.dat (niet gelezen)",
    "mail:external": "bijlagen waar de mail alleen naar verwijst (niet gelezen)",
    "mail:ole-object": "een object van een ander programma (niet gelezen)",
    "mail:characters": "tekens zonder letterbeeld (als nummer geschreven)",
    "mail:rtf": "opmaak (de tekst komt uit RTF)",
    "mail:class": "velden van een taak, contact of afspraak van Outlook (niet gelezen)",
    "mail:damaged": "beschadigde gegevens of bijlagen (niet gelezen)",
}

_REASONS: dict[str, str] = {
    "scan:nothing": "wel beeld, geen of nauwelijks herkende tekst",
    "scan:beside": "veel beeld naast de herkende tekst, zoals handschrift of een foto",
    "scan:askew": "tekst die schuin loopt in een patroon",
    "scan:picture": "een afbeelding met tekst, die niet is herkend",
    "scan:unsure": "tekst die onzeker is herkend",
    "font": "lettertype dat niet met zekerheid te lezen is",
    "cmap": "lettertype met een onbekende codering",
    "image": "afbeelding die niet kon worden bewerkt",
    "pattern": "patroon onder een vlak",
    "geometry": "plaats van de tekens niet zeker",
    "text": "tekst die niet met zekerheid te volgen is",
    "content": "inhoud die niet met zekerheid te volgen is",
    "hidden": "onzichtbare tekst die niet los te maken is van zichtbare",
    "check": "een controle slaagde niet",
}


def evidence(item: Evidence) -> str:
    """A piece of evidence in readable Dutch; of a code without words of its own that of its family."""
    code = item.code
    if code in _EVIDENCE:
        return _EVIDENCE[code]
    if code.startswith("others:"):
        return f"elders: {evidence(Evidence(code.removeprefix('others:')))}"
    kind, _, value = code.partition(":")
    if kind == "zone" and value in set(ZoneKind):
        return f"staat in {ZONES[ZoneKind(value)]}"
    family = code.rpartition(":")[0]
    while family and family not in _EVIDENCE:
        family = family.rpartition(":")[0]
    return _EVIDENCE.get(family, code.replace("_", " "))


def ground(code: str | None) -> str:
    """`5.1.2e` as `5.1.2e – eerbiediging van de persoonlijke levenssfeer`; "" without a ground."""
    if code is None:
        return ""
    known = matter(code)
    return f"{code} – {known}" if known else code


def article(code: str) -> str:
    """`5.1.2e` as a decision writes it: `artikel 5.1, tweede lid, aanhef en onder e, Woo`. A code of another form is
    given as it is."""
    parts = _CODE.fullmatch(code)
    if parts is None:
        return code
    paragraph = f", {_PARAGRAPHS[int(parts[2]) - 1]} lid," if parts[2] else ""
    letter = f" aanhef en onder {parts[3]}," if parts[3] else ""
    return f"artikel {parts[1]}{paragraph}{letter} Woo"


def matter(code: str) -> str:
    """What the ground `code` protects, in a few words; "" when that is not known."""
    return GROUNDS.get(code) or GROUNDS.get(code[:3], "")


def detector(name: str) -> str:
    """What found it, in Dutch where we have a word for it."""
    return _DETECTORS.get(name, name.replace("_", " "))


def removed(kind: str) -> str:
    """A kind of thing that was taken from the file."""
    return REMOVED.get(kind, kind.replace("_", " "))


def percent(score: float) -> str:
    """0.974 as `97%`."""
    return f"{round(score * 100)}%"


def reason(code: str) -> str:
    """Why a page was made an image, or was not read: `font:vertical` by its family and the code itself, for whoever
    reports it."""
    family = _REASONS.get(code) or _REASONS.get(code.partition(":")[0])
    return f"{family} ({code})" if family else code


def moment(created: str) -> str:
    """An RFC 3339 moment as `5 nov 2024, 09:30`; what cannot be read is shown as it is."""
    try:
        at = datetime.fromisoformat(created)
    except ValueError:
        return created
    zone = " UTC" if at.tzinfo is not None and not at.utcoffset() else ""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}{zone}"
