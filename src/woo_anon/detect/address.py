"""Addresses: street with house number, postcode with town, post-office boxes.

Finds a street by the word it ends or begins with (`…straat 12 II`, `Laan van Poot 391`), by a word for an address or a
home before it, or by the postcode behind it; the town that follows; postcodes; house numbers in words; what stands
below a column heading. Homes go; offices, visiting addresses and post-office boxes may stay, which is told by the
organisation named beside it, by known government buildings and by the words for a home.

Must find: `woont Kruitberg 2214`, `Anton de Komplein 240 hs, 1102 DR Amsterdam`.
Must leave: `artikel 12`, `nota 2024 AB`; `Postbus 20011, 2500 EA Den Haag` is found and may stay.
Misses: a street of an unusual name without a word for an address; a town alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon import blocks
from woo_anon.detect.dictionary import is_known, is_name, is_ordinary, is_place, may_name
from woo_anon.detect.office import evidence_of
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, belief, first_of, span_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_TOWN = (
    r"(?:(?:Den|De|Het|'t|'s|Sint|St\.|Oud|Oude|Nieuw|Nieuwe|Klein|Groot|Hoek|DEN|DE|SINT"
    r"|New) )?(?:'s-)?\p{Lu}[\p{L}'-]+"
    r"(?: (?:aan|op|a/d|bij|en|van|onder|in|AAN|OP|BIJ|VAN)(?: (?:de|den|het|'t|DE|DEN))? \p{Lu}[\p{L}'-]+"
    r"| (?:Zuidoost|Noord|Zuid|Fr|FR))?"
)
_ADDITION = (
    r"(?:[ -]{0,2}(?:[a-zA-Z](?!\w)|bis|hs|huis|rood|zwart|boven|beneden|ws|rd|RD|(?:I{1,3}|IV|V|VI)(?!\w)"
    r"|[A-Z]?\d{1,4}(?![\w.]|-\d)))?"
    r"(?:[ -](?:(?!u)[a-zA-Z]|[A-Z]{2}|I{1,3}|IV|hs|bis|links|rechts)(?!\w))?(?:,? (?:kamer|bus|app(?:artement)?\.?"
    r"|gebouw|unit|etage|toren) \w{1,5})*(?: \((?:caravan|boven|woonboot)\))?"
)
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_HOUSE = Pattern(
    # begins with what it needs first: the engine skips to that, and would try the look-behind at every character
    r"(?=[1-9]|nr|t\.o\.|l\d)"
    rf"(?:(?<=[\p{{L}}.'\])] {{1,3}}|[\p{{L}}.]\n[> ]{{0,8}}|_)(?:nr\.? ?"
    rf"|t\.o\. ?)?(?P<number>(?:[1-9][\dOlI]{{0,3}}|l\d{{1,2}}){_ADDITION})"
    rf"|(?<=\p{{Ll}}{{4}})(?P<joined>[1-9]\d{{0,2}})(?=te |\)|\n))(?![\w%]|[.,:/]\d|-\d{{2}}(?!\d)\d|\.\p{{Ll}})"
    rf"(?!-\d{{1,2}}-(?:19|20)?\d\d(?!\d)|(?:-\d\d?)? u(?:ur)?(?!\w)| en \d\d? {_MONTH}|\.?[\"”’]"
    rf"| {{1,2}}(?:{_MONTH}|ha|dB|km|m[23²³]|mm|kg|uur|procent|leden|jaar)(?!\w))"
)
_SUFFIX = (
    r"(?:straat|str\.?|straatje|laan|laantje|weg|wegje|plein|pleintje|kade|gracht|singel|dijk|pad|paadje|steeg"
    r"|hof|hofje|park|dreef|plantsoen|baan|brink|markt|poort|wal|haven"
    r"|hoeve|velden|oord|akker|akkers|zijde|zoom|weide|weiden|esch?|dam|brug|sluis|vaart|hoek|erf|dyk|leane"
    r"|strjitte|wei|gang|stein|horst|kamp|boulevard|allee|passage|promenade"
    r"|rak|burgwal|eind|einde|warande|schans|bolwerk|meent|kolk|werf|hallen|lei|rade|stede|hout|bosch?|kerkhof"
    r"|kwartier|gaarde|loo|tuin|tuinen|drift|vliet|kanaal|diep"
    r"|gaard|burcht|molen|kreek|zand|heem|hiem|duin|donk|vest|wetering|hoogte|stee|kaai|oever|polder|reed|sloot"
    r"|bocht|geer|heide|terp|streek|buurt|wegel|horn|boog|lengte)"
)
_CAPITAL = r"(?:\p{Lu}\p{L}{0,3}\.|\p{Lu}[\p{L}'-]+)"
_WORDS_BEFORE = (
    rf"(?:(?:{_CAPITAL}|'s|'t) "
    rf"(?:(?:{_CAPITAL}|'s|'t|van|de|den|der|het|ten|ter|(?:op|aan|in)(?! de | het )|en|la|du|des) ){{0,4}})?"
)
_STREET = Pattern(
    rf"(?<![\p{{L}}-]){_WORDS_BEFORE}\p{{Lu}}(?:[\p{{L}}'.-]*|[\p{{L}}'-]+ )(?i:{_SUFFIX})(?:[ -](?:Noord|Oost"
    rf"|West|Zuid|NZ|ZZ|WZ|OZ|N\.?Z\.?))?,?[ \n>_]{{0,10}}(?:nr\.? ?|t\.o\. ?)?\Z"
)
# `Arbeidsmarkt 2024`, `Jaargang 3`, a heading `Gereed` above a row's number.
_NO_HOUSE = Pattern(
    r"(?<!\p{L})(?:\p{L}*(?:arbeids|woning|huizen|energie|gas|wereld|aandelen|huur|koop)markt|(?:jaar|voort|leer|toe|in|uit|over"
    r"|om|voor|achter|vooruit|achteruit|rond|onder|ar|af|door|rechts)gang|(?:fiets|voet|wandel|ruiter)pad|(?:snel|auto|spoor|water"
    r"|uit|heir|om)weg|\p{L}*(?:sport|industrie|bedrijven|wind|zonne|vakantie)park|(?:loop|rij|start|lande?|trek)baan|gereed"
    r"|bekend|voortgang)[ \t]*\n?[ \t]*\Z",
    IGNORE_CASE,
)
_LEADING = Pattern(r"(\p{Lu}\p{L}{3,}) (?=\p{Lu})")
_OF_STREETS = Pattern(  # what streets are called by before their own word
    r"(?:Oude|Nieuwe|Lange|Korte|Grote|Groote|Kleine|Hoge|Lage|Brede|Smalle|Rode|Witte|Groene|Blauwe|Zwarte|Gele|Gouden"
    r"|Zilveren|Eerste|Tweede|Derde|Vierde|Vijfde|Achter|Voor|Onder|Boven|Buiten|Binnen|Midden|Noord\p{L}*|Zuid\p{L}*"
    r"|Oost\p{L}*|West\p{L}*|Burgemeester|Wethouder|Pastoor|Dokter|Professor|Meester|Dominee|Kapelaan|Deken|Koning\p{L}*"
    r"|Prins\p{L}*|Keizer\p{L}*|Graaf|Gravin|Hertog\p{L}*|Jonkheer|Admiraal|Generaal|Kapitein|Sergeant|Luitenant"
    r"|President|Minister|Gedempte|Sint|Heilige\p{L}*|Stations|Park|Laan|Plein|Weg|Hof|Rijks\p{L}*|Provinciale|Dorps)\Z",
)
_NAMED = r"(?: (?:de|het|den|der|van|'t|la|du|des|ter|ten|\p{Lu}[\p{L}.'-]+)){1,4} \Z"
_SURE_FIRST = Pattern(
    rf"(?<![\p{{L}}-])(?:Laan|Kaya|Caya|[Rr]ue|[Aa]venue|Hof van|Gedempte|Boulevard|Strada|Bulevardul|Carrera"
    rf"|Calle){_NAMED}"
)
_FIRST_WORD = Pattern(
    rf"(?<![\p{{L}}-])(?:Plein|Weg|Pad|Via|Singel|Kade|Brink|Haven|Dijk|Hof|Park|Plaza|Burg(?:emeester|\.)"
    rf"|Pastoor|Past\.|Dr\.|Prof\.|Aan (?:de|het|den)|Op (?:de|het|den)|De|It|Het|Oude|Nieuwe|Achter"
    rf"|Onder){_NAMED}"
)
_LOWER_STREET = Pattern(
    r"(?<![\p{L}-])\p{Ll}[\p{L}']{2,24}(?:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef"
    r"|plantsoen|hof|pad) \Z"
)
_PHRASE = Pattern(
    r"(?<![\p{L}-])(?:(?:Van|De|Het|Op|Aan|\p{Lu}[\p{L}.'-]*) (?:(?:van|de|den|der|het|'t|op"
    r"|\p{Lu}[\p{L}.'-]*) ){0,3})?"
    r"\p{Lu}[\p{L}.'-]{2,} ?\n?\Z"
)
_AFTER_NAME = Pattern(
    r"(?<!\w)(?:heer|mevrouw|mw|mevr|dhr|fam|familie|boer|boerin|wed|weduwe|broer|zus|buurvrouw|buurman|neef"
    r"|nicht|tante|oom)\.? [^\n\d]{2,36}[,(] {0,2}\Z"
)
_WOON = Pattern(r" (?:woon\w*|wonen|te \p{Lu})")
_ENDS = Pattern(r"[),;]|\s*\n|\Z|\. ")
_HOME = Pattern(
    r"(?<!\w)(?:adres(?:sen)?|adr\.?|huisadres|woonadres|thuisadres|logeeradres|verblijf(?:adres|plaats)"
    r"|verblijft|verblijf:|opgevangen op|post naar|brief gaat naar|ophaaladres|woon|woont|wonend[e]?|woonachtig"
    r"|woonde|bewoners?|bewoonster|slaapplaats|straat(?: en huisnummer| \+ nr)?"
    r"|verhuisd naar|verblijvend[e]?|p/a|thuis|ligplaats|woning|lives at|address|inwonend)(?!\w)[^\d\n]{0,36}\Z",
    IGNORE_CASE,
)
_PERSON_LINE = Pattern(
    r"(?:(?:^|\n)[ \t>]*(?:Aan )?(?:de |De )?(?:heer|dhr\.?|mevr(?:ouw|\.)?|Mevr(?:ouw|\.)?|Mw\.?|mw\.?"
    r"|fam(?:ilie|\.)?|Fam(?:ilie|\.)?|Erven|Dhr\.?|t\.a\.v\.)[^\n\d]{2,60}[,\n(]\s{0,12})\Z"
)
_POSTCODE_NEXT = Pattern(r",?[ \t]{0,3}[\n,;|]?[ \t>|]{0,40}\"?[1-9]\d{3} {0,2}[A-Z]{2}(?!\w)")
_POSTCODE = Pattern(
    rf"(?=\d)(?<![\w.,/-])(?:[1-9][\dIlO]{{2}}[\dIlO]|\d\d \d\d(?= [A-Z]{{2}} )) {{0,3}}(?!SA|SD|SS)[A-Z]{{2}}(?![\w-]"
    rf"|\d)(?P<town>,?[ \t]{{1,3}}{_TOWN})?"
)
_NEXT_LINE = Pattern(
    rf"(?<=[A-Z]{{2}}),?[ \t]*\n[ \t>]{{0,12}}(?P<town>{_TOWN}(?: \p{{Lu}}[\p{{L}}'-]+(?=[,.;)]|\s*\n|\Z))?)(?!\w)"
)
_CODED = Pattern(
    r"(?=[1-9])(?<![\w.,/-])[1-9]\d{3}[A-Z]{2}\d{1,4}(?!\w)"
)  # a mail sorting code: postcode with house number
_BEFORE_POSTCODE = Pattern(r"(?:\n|\A|[,;|(\"]|postcode\w*:?| te| in|\d\w?|\|)[ \t>\"_]*\Z", IGNORE_CASE)
_LOWER_POSTCODE = Pattern(r"(?<=\d\w?(?:,|\n)\s{0,3})[1-9]\d{3} ?[a-z]{2} \p{Ll}{3,25}(?=\n|\Z|[,.])")
_BOX = Pattern(
    rf"(?<!\w)(?:Post[- ]?bus|P\.?O\.? ?Box|Postbox|Postfach|Antwoordn(?:umme)?r"
    rf"|BP)\.? ?\d(?:[\d ]{{0,6}}\d)?(?:,?[ \t|]{{1,8}}(?:[1-9]\d{{3}} {{0,2}}[A-Za-z]{{2}}(?!\w))?(?:[ \t"
    rf"|]{{1,5}}{_TOWN})?)?",
    IGNORE_CASE,
)
_TOWN_BEHIND = Pattern(
    rf"(?:,?\s{{0,3}}\n?[ \t>|,]{{0,40}}"
    rf"(?P<town>[1-9]\d{{3}} {{0,2}}(?!SA|SD|SS)[A-Z]{{2}}(?!\w)(?:[ \t]{{1,3}}{_TOWN})?)"
    rf"|(?:,| te| in| \|)\s{{1,3}}"
    rf"(?P<town>(?:(?:[A-Z]{{1,2}}-)?\d{{4,5}} (?=\p{{Lu}}\p{{Ll}}))?{_TOWN})(?=[\s.,;:)|\"]|\Z)"
    rf"|,? (?=\p{{Lu}}\p{{Ll}})(?P<town>{_TOWN})(?=[.,;)|]|\s*\n|\Z)"
    rf"|\s*\n[ \t>]{{0,40}}(?P<town>\d{{4,5}} (?=\p{{Lu}}\p{{Ll}}{{2}}){_TOWN})(?=\s))"
)
_BESIDE = Pattern(r" {3}|\t")
_UNITS = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_NUMBER_WORD = (
    rf"(?:{_UNITS}?(?:honderd)?(?:{_UNITS}(?:en|ën))?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig"
    rf"|negentig)|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|tien|{_UNITS})"
)
_SPOKEN = Pattern(
    rf"(?:straat|laan|weg|plein|kade|dijk|steeg|dreef|plantsoen|hof|pad|singel|gracht)(?: nummer)?"
    rf"(?! een (?!in |te )\p{{L}}) {_NUMBER_WORD}(?: ?{_NUMBER_WORD}){{0,3}}(?!\p{{L}})"
)
_SPOKEN_NAME = Pattern(
    r"(?<!\p{L})(?:de )?(?:(?:oude|nieuwe|korte|lange|eerste|tweede|admiraal|burgemeester|pastoor|dokter) )?"
    r"\p{L}{3,25}\Z"
)
_HEADING = Pattern(
    r"(?<!\w)(?:(?:woon|verblijf)?adres|straat(?:naam)?(?: ?\+ ?nr)?|postcode(?:/plaats)?|pc(?:_plaats)?"
    r"|woonplaats|huisnummer|straat en nr)(?!\w)",
    IGNORE_CASE,
)
_TOWN_HEADING = Pattern(r"(?<!\w)(?:woonplaats|postcode/plaats)(?!\w)", IGNORE_CASE)
_CELL = Pattern(r"\"?(?:\p{Lu}[^;|]*\s\d{1,4}(?:[ -]?\w{1,4})?|[1-9]\d{3} ?[A-Z]{2}(?: .*)?)\"?\Z")
_NEIGHBOUR = Pattern(
    r"(?<!\w)(?:(?:heer|mevrouw|mw\.|dhr\.|meneer|fam\.) [\p{L} '.-]{2,30}(?: van)? \(?|(?:buren|mensen|klager"
    r"|bezwaarmaker|heg|bewoners?|wonen|zitten|meneer) (?:van|op)\s)(?P<number>(?:nr\.?|nummer)\s\d{1,3}(?: hs"
    r"|[a-z])?)(?![\w]|[.,]\d)"
)
_NO_STREET = Pattern(
    r"(?<!\w)(?:artikel|art|lid|nr|punt|bijlage|vak|pagina|pag|blad|blz|deel|fase|versie|week|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari|maart|april|mei|juni|juli"
    r"|augustus|september|oktober|november|december|ruim|circa|kamer|zaal|vergadering|zeegang|windkracht|tafel"
    r"|standpunt|kostenplaats|verordening|gate|verdieping|etage|perron|spoor|lijn|rij|team|groep|regel|hoofdstuk"
    r"|paragraaf|tabel|titel|motie|kamerstuk|code|plan|pas|dossier|zaak|boekdeel"
    r"|windpark|zonnepark|kavel|fort|sluis|gemaal|station|veiling|poort|haven|brug|knooppunt|afrit|km|hm|dijkvak"
    r"|vliegveld|rwzi|provinciale weg|antwoord|akkoord|bladzijde|gereed|kanaal|ingang|vraag|voortgang)[ ]\Z",
    IGNORE_CASE,
)

# somebody's street without its number: `woont aan de Hoogstraat te Ede`
_LIVES_IN = Pattern(
    rf"(?<!\w)(?i:woon|woont|woonde|wonend[e]?|woonachtig|ingeschreven|verhuisd|verhuist)(?: (?:sinds|nu|thans|al|daar"
    rf"|nog|in|aan|op|naar|de|het|te)){{0,4}} (?P<street>{_WORDS_BEFORE}\p{{Lu}}[\p{{L}}'-]{{2,24}}"
    rf"(?:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef|plantsoen|hof|pad|strjitte|leane)"
    rf"(?: (?:te|in) {_TOWN})?)(?!\w| \d)"
)
# where somebody lives, of whatever name: `Crombag (Holset 36)`, `Piet Ridderbos, Langeleegte 18;`
_BEHIND_NAME = Pattern(
    r"(?<![\p{L}'’-])(?P<name>\p{Lu}[\p{L}'’-]{2,30})(?:,| \() ?"
    r"(?P<address>(?P<street>(?:\p{Lu}[\p{L}'’]{1,30}[ -])?\p{Lu}\p{Ll}{3,30})"
    r" [1-9]\d{0,2}(?:[a-zA-Z]|-\d{1,3}| ?[IVX]{1,3})?)(?=[);]|,? ?\n|\. |, (?!\d)| {3})"
)
_NAME_WORD = Pattern(r"\p{L}[\p{L}'-]{2,}")
_YEAR = Pattern(r"\s*(?:nr\.? ?)?(?:19|20)\d\d(?![\w-])")
_BROKEN = Pattern(r"(?<!\p{L})\p{Lu}[\p{L} ]{2,24}-\n[> ]{0,8}\Z")
_FIELD = Pattern(r"(?:huisn(?:umme)?r|straat[^\n]{0,12}nr)\.?:? ?_{0,8}\Z", IGNORE_CASE)


def find(text: str) -> Iterator[Hit]:
    """All addresses of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for match in _BOX.finditer(text):
        yield Hit(*span_of(match), Entity.ADDRESS, 0.95, 0.99, (Evidence("office-address", 6.0),))
    for match in _HOUSE.finditer(text):
        if _NO_HOUSE.search(text, max(0, match.start() - 40), match.start()):
            continue
        found = _street_of(text, match.start())
        if found is None and not _in_form(text, match.start(), match.end()):
            continue
        start, code, score = found or (match.start(), "form:house-number", 0.6)
        yield _hit(text, start, _with_town(text, start, match.end()), code, score)
    for match in _LIVES_IN.finditer(text):
        yield _hit(text, *span_of(match, "street"), "cue:home", 0.8)
    for match in _NEIGHBOUR.finditer(text):
        yield _hit(text, *span_of(match, "number"), "cue:neighbour", 0.6)
    for match in _BEHIND_NAME.finditer(text):
        if may_name(match["name"]) and not is_known(match["street"]) and not _NO_STREET.search(match["street"] + " "):
            yield _hit(text, *span_of(match, "address"), "near:name", 0.6)
    for match in _POSTCODE.finditer(text):
        if match.group("town") or _BEFORE_POSTCODE.search(text, max(0, match.start() - 24), match.start()):
            yield _hit(text, match.start(), _with_next_line(text, match.start(), match.end()), "form:postcode", 0.85)
    for pattern, code in ((_CODED, "form:postcode"), (_LOWER_POSTCODE, "form:postcode")):
        for match in pattern.finditer(text):
            yield _hit(text, match.start(), match.end(), code, 0.6)
    yield from _spoken(text)
    yield from _in_columns(text)


def _spoken(text: str) -> Iterator[Hit]:
    """Streets with a house number in words."""
    for match in _SPOKEN.finditer(text):
        name = _SPOKEN_NAME.search(text, max(0, match.start() - 50), match.start())
        if name:
            yield _hit(text, name.start(), match.end(), "form:spoken", 0.6)


def _in_columns(text: str) -> Iterator[Hit]:
    """What stands below the headings of a table."""
    for start, end in columns(text, _TOWN_HEADING):
        if _has_town(text[start:end]):
            yield _hit(text, start, end, "column:town", 0.6)
    for start, end in columns(text, _HEADING):
        if end - start < 50 and _CELL.match(text, start, end):
            yield _hit(text, start, end, "column:address", 0.8)


def _has_town(cell: str) -> bool:
    """Whether a cell where a town is expected holds one or a postcode, and not the label of the next field."""
    words = _NAME_WORD.findall(cell)
    return not cell.rstrip().endswith(":") and (cell[:4].isdigit() or any(map(is_place, words)))


def _street_of(text: str, house: int) -> tuple[int, str, float] | None:
    """Where the street before the house number begins, the evidence and the belief; None when it is no street."""
    low = max(0, house - 60)
    if _NO_STREET.search(text, low, house):
        return None
    for pattern in (_STREET, _SURE_FIRST, _FIRST_WORD):
        match = pattern.search(text, low, house)
        if match and _is_town(match.group()):  # `Rotterdam 321, Almere 108` ends as a street may
            continue
        if match and (pattern is not _FIRST_WORD or _is_announced(text, match.start(), house)):
            return _unbroken(text, _without_words(text, match.start(), match.end())), "form:street", 0.8
    match = _PHRASE.search(text, low, house)
    if match and _is_announced(text, match.start(), house) and not _YEAR.match(text, house):
        return match.start(), "cue:home", 0.75
    match = _LOWER_STREET.search(text, low, house)
    return (match.start(), "form:street", 0.6) if match else None


def _without_words(text: str, start: int, end: int) -> int:
    """Where a street begins behind ordinary words with a capital: `Bezwaar Kerkstraat`; not `Lange Kerkstraat`."""
    while word := _LEADING.match(text, start, end):
        if not is_ordinary(word[1]) or is_name(word[1]) or _OF_STREETS.match(word[1]):
            break
        start = word.end()
    return start


def _is_town(street: str) -> bool:
    """Whether what ends as a street does is but the name of a town."""
    word = street.strip()
    return word.isalpha() and word.endswith(("dam", "haven")) and is_place(word)


def _is_announced(text: str, start: int, house: int) -> bool:
    """Whether a word for a home or a person stands before, or a postcode behind."""
    number = _HOUSE.match(text, house)
    if number is None:
        return False
    behind_name = _AFTER_NAME.search(text, max(0, start - 40), start) and _ENDS.match(text, number.end())
    if (
        behind_name
        or _WOON.match(text, number.end())
        or _HOME.search(text, max(0, start - 60), start)
        or _PERSON_LINE.search(blocks.above(text, start) + text[blocks.cell_at(text, start)[0] : start])
    ):
        return True
    return bool(_POSTCODE_NEXT.match(text, number.end()) or _POSTCODE_NEXT.match(blocks.below(text, start)))


def _unbroken(text: str, start: int) -> int:
    """The begin of a street's name that was broken at a hyphen on the line above."""
    match = _BROKEN.search(text, max(0, start - 40), start)
    return match.start() if match else start


def _in_form(text: str, start: int, end: int) -> bool:
    """A house number with a field of its own: `nr. __88__ toev. bis`."""
    return (
        False
        if start < 4
        else _FIELD.search(text, start - 14, start) is not None and text[end : end + 1] in ("_", "\n", " ")
    )


def _with_town(text: str, start: int, end: int) -> int:
    """Where an address ends that goes on with a town in its cell, or with a postcode and town there or below it."""
    match = _TOWN_BEHIND.match(text, end)
    if match is None or not _goes_on(text, start, end, match.start("town")):
        return end
    return _with_next_line(text, start, match.end())


def _with_next_line(text: str, start: int, end: int) -> int:
    """Where an address ends whose postcode ends a line, with the town at the head of the next line."""
    match = _NEXT_LINE.match(text, end)
    known = match is not None and any(map(is_place, _NAME_WORD.findall(match.group("town"))))
    return match.end() if match and known and _goes_on(text, start, end, match.start("town")) else end


def _goes_on(text: str, start: int, end: int, at: int) -> bool:
    """Whether what stands at `at`, behind the address `[start, end)`, stands in its block: not in one beside that."""
    return blocks.is_below(text, start, at) if "\n" in text[end:at] else _BESIDE.search(text, end, at) is None


def _hit(text: str, start: int, end: int, code: str, score: float) -> Hit:
    evidence = (Evidence(code, -1.0), *evidence_of(text, start, end))
    return Hit(start, end, Entity.ADDRESS, score, belief(evidence), evidence)
