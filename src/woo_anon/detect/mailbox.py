"""Whose mailbox an address is: a person's, or that of an office, desk, list or system.

    k.de.vries        initials and a surname            personal
    persvoorlichting  a word for a task                 functional
    dgmi-stoffen      an abbreviation and a subject     functional
    zorgakkoord       a word that is nobody's name      functional
    popa              unknown: a person, unless the name shown before the address is that of an office

Evidence is added up as log odds; the weights were set by hand and checked against the notes in models/corpus.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.detect.dictionary import is_first_name, is_name, is_ordinary, is_place
from woo_anon.detect.lexicon import fold
from woo_anon.detect.pattern import IGNORE_CASE, Pattern
from woo_anon.document import Evidence

# Words that a functional mailbox is called by, whole or as the first or last part of a compound.
_WORDS = frozenset(
    """
    aanmelden aanmelding aanvraag aanvragen academie account accounts admin administratie administrator adres
    advies afd afdeling agenda alert algemeen app arbeid arbo archief asiel balie bedrijf bedrijfsvoering
    begroting beheer beheerder belasting beleid bericht beroep bestjoer bestuur bestuurs bestuursbureau
    beveiliging bevolking bezoek bezoeker bezwaar bibliotheek bijeenkomst bijeenkomsten binnenland boekhouding
    bouw brandweer brief buitenland bureau burgemeester burger burgerzaken cabinet calamiteit calamiteiten
    catering centrum changes chauffeur cie cliënt cliënten cm college commissie communicatie congres consulaat
    consultatie contact contactcenter controller coordinatie coreper corporate coördinatie crediteuren crisis
    cultuur daemon data datalek debiteuren declaratie declaraties defensie demonstraties derdenbeslag desk dg
    dienst diensten dier dieren digitaal directeur directie dl documenten dossier duurzaam economie educatie
    energie erfgoed europa evenement evenementen examen expertise facilitair facturen factuur fez fg finance
    financieel financien financiën formulier functionaris gegevens gegevensbescherming gemeente gezondheid griffie
    grondzaken handhaving haven helpdesk herdenking herstel hoofd horeca hr hrm huisvesting huur ict incident
    incidenten infectieziekten info informatie ingang inkoop innovatie inschrijving inspectie inspraak instroom
    intake integriteit international internetconsultatie jeugd juridisch jurist justitie kabinet kamer kcc
    kamerdebatten kamervragen kanselarij kinderopvang klacht klachten klant klantcontact klimaat koppelvlak kunst
    kwaliteit lab laboratorium landbouw leden leerplicht legal lijst lijsten list lobby logistiek loket luchtvaart
    mail mailbox mailer mailing management marketing media mediation melding meldingen meldkamer meldpunt
    microdata milieu minister ministerraad mobiliteit monitor museum natuur netwerk nieuws nieuwsbrief no-reply
    noreply nota oefenen ombudsman ondermijning ondernemer ondernemers ondersteuning onderwijs onderzoek
    opdrachtgever openbaar openbarewerken opleiding opscentre order organisatie ouder ouderpanel overleg owner
    panel parket parlement parlementair parlementairezaken participatie pensioen pers persbureau persdienst
    personeel personeelszaken persvoorlichting perszaken planning politie politiek post postbus postkamer
    postmaster poststelle press presse preventie privacy programma project projectbureau projecten protocol
    publicaties publiek publieksvoorlichting raad raadsgriffie reactie receptie recht rechtbank redactie
    regelingen regio registratie reizen rekenkamer relatie relaties reply reservering rijk rooster ruimte rvb
    salaris samenleving scholen school secr secretariaat secretary security service servicecenter servicecentrum
    servicedesk services sollicitatie spoed spoedzaken sport staf stas statistiek storing stormnamen stormteam
    strategie studenten stukken subsidie subsidies support systeem team tech tender tenders terugbellen thesaurie
    toegang toerisme toetsing toezeggingen toezicht training tribunaal uitkering uitvoering unit unity vacature
    vacatures veiligheid vergadercentrum vergadering vergunning vergunningen verkeer verkoop vertalen
    vertrouwensinspectie vertrouwenspersoon verzoek verzoeken verzuim vip visa visserij vluchtelingen voorlichting
    voorraad voorzitter vragen vrijwilligers waarneming warmte water web webmaster weekbericht welkom welzijn werk
    werkgever werkplek werving wetenschap wetgeving wethouder wijk windpark wjz wmo wob wonen woning woningbouw woo
    woordvoering ynfo zaak zaal zaken zonnepark zorg zorgkantoor
    """.split()
)
# Parts that only compounds for tasks begin or end with: `water` is left out for the sake of Onderwater.
_PREFIXES = tuple(sorted(word for word in _WORDS if len(word) >= 6))
_SUFFIXES = (
    "secretariaat", "bureau", "desk", "loket", "punt", "team", "zaken", "dienst", "diensten", "centrum", "voorlichting",
    "vragen", "postbus", "panel", "impuls", "lijst", "lijsten", "mailbox", "balie", "handel", "bestuur", "griffie",
    "namen", "debatten", "behandelaar", "teken", "zoeken", "nieuws", "beheer", "administratie",
)  # fmt: skip
# A project is called by the street, the harbour or the motorway it is about: `parkweg`, `a27houten`.
_PLACES = ("straat", "weg", "plein", "laan", "kade", "brug", "tunnel", "haven", "havens", "park", "polder", "dijk")
_OF_SURNAMES = ("van", "den", "der", "ter", "ten")
_ROAD = Pattern(r"[an]\d{1,3}(?:\p{L}{3,})?\Z")
_SHORTEST = 7  # letters of such a name, and of each half of a compound of compounds
_ABBREVIATED = Pattern(
    r"dg[\p{L}]{1,6}(?:[._-][\p{L}\d]+)?\Z|(?=[^.]+\Z)(?:\p{L}{2,4}-[\p{L}\d]+|[\p{L}]+-\p{L}{1,4}\d{0,4})\Z"
)
_AUTHORITY = Pattern(
    r"(?:[\w-]+\.)?(?:min\p{L}+|rijksoverheid|rvo|rws|rivm|nvwa|ilent|uwv|svb|duo|ind|cjib|coa|dji|om|politie"
    r"|belastingdienst|toeslagen"
    r"|logius|kadaster|cbs|pbl|cpb|scp|acm|afm|dnb|nctv|rdw|knmi|tweedekamer|eerstekamer|raadvanstate|rekenkamer"
    r"|vng|ggd\w*|vr\w+|europa)\.\w{2,}(?:\.\w+)?\Z",
    IGNORE_CASE,
)
_INITIALS = Pattern(
    r"\p{L}{1,3}(?:[._-]?\p{L}{1,2})?[._-](?:(?:van|vd|v|de|der|den|ten|ter|el|al|in|op|t|la"
    r"|le)[._-]?){0,3}\p{L}{3,}\d{0,4}\Z"
)
_ONE_INITIAL = Pattern(r"(?:\p{L}[._])+\p{L}[\p{L}'-]{2,}\d{0,2}\Z")
_WITH_INFIX = Pattern(r"\p{L}[\p{L}.]*[._-](?:van|vd|de|der|den|ten|ter)[._-]\p{L}")
_FIRST_LAST = Pattern(
    r"\p{L}{3,}(?:[._-](?:van|vd|v|de|der|den|ten|ter|el|al|in|op|t|la|le))*[._-]\p{L}[\p{L}'._-]+\d{0,4}\Z"
)
_FIRST_WORD = Pattern(
    r"(?P<first>\p{L}{3,})[._](?:(?:van|vd|v|de|der|den|ten|ter|el|al|in|op|t|la|le)[._-]?)*\p{L}[\p{L}'-]+\d{0,4}\Z"
)
_LAST_INITIAL = Pattern(r"\p{L}{4,}\.\p{L}{1,2}\Z")
_NO_REPLY = Pattern(r"(?:no-?reply|do-?not-?reply|niet-?beantwoorden|mailer-daemon|postmaster|bounce)", IGNORE_CASE)
_PRIVATE = Pattern(
    r"(?:gmail|gmial|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|mac|proton(?:mail)?|gmx|aol|ziggo"
    r"|kpnmail|kpnplanet|planet|hetnet|home"
    r"|xs4all|upcmail|casema|chello|tele2|telfort|online|quicknet|solcon|zeelandnet|skynet|telenet|freedom|onet"
    r"|wp|web|t-online|student\S*)\.\w{2,4}\Z",
    IGNORE_CASE,
)
_SHOWN = Pattern(r"(?:^|[\n;,:>]|\t)[ \t\"'>_]*(?P<name>[^\n;:<>@\"]{2,60}?)[\"' ]*[<(\[]\Z")
_PERSON = Pattern(
    r"(?:\p{Lu}\.|(?<!\p{L})(?:heer|[Mm]evrouw|[Mm]evr\.|[Mm]w\.|[Dd]hr\.|[Mm]r\.|[Dd]rs\.|[Dd]r\.|[Ii]r\.|[Pp]rof\.))"
    r" ?(?:(?:van|de|den|der|ter|ten|el|al) ){0,2}(?P<name>\p{Lu}[\p{L}'-]{3,})"
)
_WORD = Pattern(r"\p{L}{2,}")


def evidence_of(text: str, start: int, local: str, domain: str) -> Iterator[Evidence]:
    """What speaks for (positive) or against (negative) the address at `start` being a functional mailbox."""
    plain = fold(local.strip())
    yield Evidence("mailbox:unknown", -1.0)
    if _NO_REPLY.match(plain):
        yield Evidence("functional-mailbox", 9.0)
        return
    functional, private = is_functional(plain), _PRIVATE.match(domain) is not None
    if functional:
        yield Evidence("functional-mailbox", 5.0)
    elif _is_of_words(plain) and not private:
        functional = True
        yield Evidence("functional-mailbox:word", 4.0)
    if private:
        yield Evidence("domain:private", -3.0)
        if functional and any(is_name(part) and not is_ordinary(part) for part in _WORD.findall(plain)):
            yield Evidence("domain:private-name", -3.0)  # `mts.nijland@hetnet.nl`, `pers.lucas@proton.me`
    form = tuple(_form(plain, domain, functional))
    yield from form
    if functional:
        yield from _somebodys(text, start, plain)
    else:
        yield from _surroundings(text, start, plain, any(each.weight < 0 for each in form))


def is_functional(local: str) -> bool:
    """Whether a local part is called by a task or a place, and not by a person."""
    return any(
        part in _WORDS or (len(part) > 6 and (part.startswith(_PREFIXES) or part.endswith(_SUFFIXES)))
        for part in _WORD.findall(local)
    )


def _is_office(shown: str) -> bool:
    return is_functional(shown) or _is_of_words(shown)


def _is_of_words(local: str) -> bool:
    """Whether a part is an ordinary word and none a first name: `zorgakkoord`, not `anna.water`."""
    parts = _WORD.findall(local)
    if _ROAD.match(local):
        return True
    if any(is_name(part) for part in parts):
        return False
    return any(is_ordinary(part) or _is_compound(part) for part in parts) or _is_of_place(local)


def _is_compound(word: str) -> bool:
    """Whether a long word is made of an ordinary one and a compound: `vervoer|gevaarlijkestoffen`."""
    return any(is_ordinary(word[:at]) and is_ordinary(word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1))


def _is_of_place(local: str) -> bool:
    return (
        local.isalpha() and len(local) >= _SHORTEST and local.endswith(_PLACES) and not local.startswith(_OF_SURNAMES)
    )


def _form(local: str, domain: str, functional: bool) -> Iterator[Evidence]:
    if _ONE_INITIAL.match(local) or _WITH_INFIX.match(local):
        yield Evidence("form:initial-surname", -6.0 if functional else -4.0)
    elif functional and _is_named_first(local):
        yield Evidence("form:first-last", -6.0)
    elif functional:
        return
    elif _ABBREVIATED.match(local):
        yield Evidence("form:abbreviation", 3.0)
    elif _is_unit_of_place(local) and not _PRIVATE.match(domain):
        yield Evidence("form:unit-place", 4.0)
    elif _INITIALS.match(local):
        yield Evidence("form:initials-surname", -3.0 if local[2:3] in "._-" else -1.0)
    elif _FIRST_LAST.match(local) or _LAST_INITIAL.match(local):
        yield Evidence("form:first-last", -3.0)
    elif local.isalpha() and len(local) <= 5 and _AUTHORITY.match(domain):
        yield Evidence("form:abbreviation", 2.0)


def _is_named_first(local: str) -> bool:
    """A first name and one word: `anna.water`, `wim.de.raad`."""
    found = _FIRST_WORD.match(local)
    return found is not None and found.group("first") not in _WORDS and is_first_name(found.group("first"))


def _is_unit_of_place(local: str) -> bool:
    """`bsd.zwolle`, `rtic.noord-nederland`: an abbreviation that is nobody's name and where it works."""
    parts = _WORD.findall(local)
    return (
        len(parts) > 1
        and 3 <= len(parts[0]) <= 4
        and local.startswith(parts[0])
        and not is_name(parts[0])
        and all(map(is_place, parts[1:]))
    )


def _somebodys(text: str, start: int, local: str) -> Iterator[Evidence]:
    """A desk that is called after the person it works for: `secretariaat.halvorsen` beside `mr. J. Halvorsen`."""
    parts = [part for part in _WORD.findall(local) if len(part) >= 5 and not is_ordinary(part) and part not in _WORDS]
    if not parts:
        return
    near = text[max(0, start - 200) : start + 200]
    if any(fold(match.group("name")) in parts for match in _PERSON.finditer(near)):
        yield Evidence("near:same-name", -6.0)


def _surroundings(text: str, start: int, local: str, personal: bool) -> Iterator[Evidence]:
    """The name shown before the address, and names nearby that the local part is made of."""
    shown = _SHOWN.search(text, max(0, start - 80), start)
    if shown and not personal and _is_office(fold(shown.group("name"))):
        yield Evidence("shown:office", 3.0)
        return
    near = text[max(0, start - 90) : start + len(local) + 60]
    for match in _WORD.finditer(near):
        word = fold(match.group())
        if match.group()[0].isupper() and len(word) >= 4 and word in local and not is_functional(word):
            yield Evidence("near:same-name", -3.0)
            return
