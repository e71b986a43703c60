"""The Dutch words of the review report for our codes. An unknown code is shown as it is, never hidden."""

from __future__ import annotations

from woo_anon.document import Action, Entity, Evidence, Role, ZoneKind

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
}

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

_EVIDENCE: dict[str, str] = {
    "register": "staat in het register van ambtsdragers",
    "term": "door de gebruiker opgegeven",
    "checksum": "het controlegetal klopt",
    "context": "woorden eromheen wijzen erop",
    "pattern": "heeft de vorm ervan",
    "alias": "hoort bij een eerder genoemde naam",
    "hint": "staat in de eigenschappen van het bestand",
    "model": "herkend door het taalmodel",
    "ner": "herkend door het taalmodel",
    "stays": "het taalmodel leest dit als openbare rol",
}
_EVIDENCE_OF: dict[str, str] = {
    "title": "aangeduid als “{}”",
    "function": "functie “{}”",
    "role": "rol “{}”",
    "word": "woord “{}” erbij",
    "context": "woord “{}” in de buurt",
    "register": "staat in het register: {}",
    "lexicon": "staat in de lijst: {}",
    "list": "staat in de lijst: {}",
    "domain": "domein van {}",
    "pattern": "heeft de vorm van {}",
    "checksum": "controlegetal klopt: {}",
    "hint": "staat in de eigenschappen van het bestand: {}",
    "eponym": "iets is ernaar genoemd: {}",
    "alias": "hoort bij een eerder genoemde naam ({})",
}

_DETECTORS: dict[str, str] = {
    "ner": "taalmodel",
    "names": "taalmodel",
    "term": "opgegeven term",
    "alias": "herhaling van een naam",
    "people": "herhaling van een naam",
}

REMOVED: dict[str, str] = {
    "xmp": "XMP-metagegevens",
    "info": "documenteigenschappen",
    "attachments": "bijlagen in het bestand",
    "comments": "opmerkingen",
    "annotations": "annotaties",
    "forms": "formulieren",
    "scripts": "scripts",
    "javascript": "scripts",
    "thumbnails": "miniaturen",
    "revisions": "eerdere versies",
    "hidden_layers": "verborgen lagen",
    "layers": "lagen",
    "pieceinfo": "gegevens van het bewerkingsprogramma",
    "outlines": "bladwijzers",
    "links": "koppelingen",
    "signatures": "digitale handtekeningen",
    "structure": "structuur",
}

_REASONS: dict[str, str] = {
    "cmap": "lettertype met een onbekende codering",
    "vertical": "verticaal schrift",
    "pattern": "patroon onder een vlak",
    "image": "afbeelding die niet kon worden bewerkt",
    "widths": "tekenbreedtes die niet kloppen",
    "geometry": "plaats van de tekens niet zeker",
    "check": "een controle slaagde niet",
}


def evidence(item: Evidence) -> str:
    """A piece of evidence in readable Dutch."""
    kind, _, value = item.code.partition(":")
    if kind == "zone" and value in set(ZoneKind):
        return f"staat in {ZONES[ZoneKind(value)]}"
    if value and kind in _EVIDENCE_OF:
        return _EVIDENCE_OF[kind].format(value.replace("_", " "))
    if not value and kind in _EVIDENCE:
        return _EVIDENCE[kind]
    return item.code.replace("_", " ")


def ground(code: str | None) -> str:
    """`5.1.2e` as `art. 5.1.2e (eerbiediging van de persoonlijke levenssfeer)`; "" without a ground."""
    if code is None:
        return ""
    known = GROUNDS.get(code) or GROUNDS.get(code[:3], "")
    return f"{code} – {known}" if known else code


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
    """Why a page was made an image."""
    return _REASONS.get(code, code.replace("_", " "))
