"""Whether an address is that of an office or of somebody's home.

Evidence is gathered from the address itself and from the words beside and above it, and added up as log odds; the
weights were set by hand and checked against the annotated notes in models/corpus.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon import blocks
from woo_anon.detect.pattern import IGNORE_CASE, Pattern
from woo_anon.document import Evidence

# Buildings of the State and of public bodies, as they stand in the colophon of their letters.
_BUILDINGS = Pattern(
    r"(?<!\w)(?:Turfmarkt 147|Rijnstraat (?:8|50)|Bezuidenhoutseweg (?:20|30|67|73)|Korte Voorhout (?:7|8)"
    r"|Parnassusplein 5|Korte Vijverberg 3|Catharijnesingel 59|(?:Prinses )?Beatrixlaan (?:2|512)"
    r"|Kempkensberg 12|Smallepad 5|Antonie van Leeuwenhoeklaan 9|Binnenhof \d+|Prinses Irenestraat 6"
    r"|Kalvermarkt 32|Plein (?:2|4|2813)|Wilhelmina van Pruisenweg (?:52|104)|Croeselaan 15"
    r"|Laan van Westenenk (?:490|501)|Griffioenlaan 2|Koningskade 4|Oranjebuitensingel 25"
    r"|Koning Albert II-laan \d+|Buitenhof 34|Anna van Saksenlaan 10|Lange Voorhout 8|Kneuterdijk 22"
    r"|Europaweg 205"
    r"|Hanzelaan 310|Graadt van Roggenweg 500|Rademarkt 12|Henri Faasdreef 312|Leidschendamseweg"
    r"|Schedeldoekshaven 100|Zuid-Hollandplein 1|Abdij 6|Park Voorn 4|2511 (?:DP|EM|CW|CV)|2515 XP|2594 A[CV]"
    r"|2513 AA|2595 BD|Oldehoofsterkerkhof 2"
    r"|Plesmanweg 1(?:-6)?|Anna van Hannoverstraat 4|Herengracht 21|Bezuidenhoutseweg 60|Kneuterdijk 1"
    r"|Lange Voorhout 34|Laan van Ypenburg 6|Europaweg 4|John F\. Kennedylaan 8|La Guardiaweg 94"
    r"|Moreelsepark [23]|Boompjes 200"
    r"|Wilhelminalaan 10|Zuidersingel 3|Poelendaelesingel 18|Eusebiusbuitensingel 66|Avenue C[eé]ramique 125"
    r"|Houtplein 33|Dreef 3|Visarenddreef 1|Brabantlaan 1|Limburglaan 10|Luttenbergstraat 2|Tweebaksmarkt 52"
    r"|Westerbrink 1|Archimedeslaan 6)(?!\d)",
    IGNORE_CASE,
)
_SAYS_SO = Pattern(r"(?:Bezoekadres|Postadres|(?:Bestuurs)?[Kk]antoor|(?:Vergader)?[Ll]ocatie|Office)(?!\w)")
_OFFICE = Pattern(
    r"(?<![\w@.])(?:ministerie|min\.|gemeente(?:huis)?|directie|directoraat|dienst|\w*kantoor\w*|bezoek(?:adres"
    r"|ers\w*)?|postadres|gevestigd|b\.?v\.?|v\.?o\.?f\.?|n\.?v\.?|stichting|vereniging|raadhuis"
    r"|stadhuis|provincie|waterschap|hoogheemraadschap|advoca\w+|notaris\w*|ambassade|bank|hotel|restaurant"
    r"|\w*caf[eé]|bistro|autodemontage|maatschap|balie|receptie|vergader\w*|vertrek|chauffeur|beveiliging|rivm"
    r"|school"
    r"|ziekenhuis|retouradres|college|raad van|inspectie|rechtbank|kantongerecht|tweede kamer|eerste kamer"
    r"|griffie|zaal|reserveringen|parkeren|instituut\w*|azc|universiteit|belastingdienst|agentschap|rijks\w+"
    r"|postbus|\w*bureau|logius|duo|svb|uwv|coa|nvwa|rvo|dji|p\.i\.|politie\w*|museum|studio|department|departement"
    r"|spf|bhv|paleis|voorlichting|woo|www|(?<!/)(?<!code, )(?<!code en |code & )plaats:|zitting|gehoord op|kazerne"
    r"|www\.\w+|loket"
    r"|wooncorporatie|afdeling|afd\.|team|unit|projectgroep|firma|fa\.|gebr\.|\w*(?:fabriek|praktijk"
    r"|kliniek|apotheek|spuiterij|drukkerij|bakkerij|slagerij|kwekerij|brouwerij|slachthuis|makelaar\w*"
    r"|bibliotheek|academie|synagoge)|(?-i:\p{Ll}*(?:winkel|kerk)))(?!\w)",
    IGNORE_CASE,
)
_HOME = Pattern(
    r"(?<!\w)(?:woon\w*|woont|wonend\w*|(?-i:wonen)|huisbezoek|zorgmelding|overlast|ontruiming|eigenaar|huisadres|thuis\w*|priv[eé]\w*|adres(?:sen)?|bewo\w+|mevr\w*|mevrouw"
    r"|de heer|dhr|mw|fam|familie|geb|geboren|bsn|verblij\w+|logeer\w*|p/a|erven|cliënte?|mijn|perceel|ouder"
    r"|zoon|dochter|moeder"
    r"|vader|slaap\w*|aanvrager|ophaaladres|melder|klacht|huis|woning|buur\w+|betrokkene|wed|straat|postcode"
    r"|naam|ontvanger|gezin|bij zus)(?!\w)",
    IGNORE_CASE,
)
_PERSON_ABOVE = Pattern(
    r"(?:^|\n)[ \t>]*(?:Aan )?(?:t\.a\.v\. )?(?:p/a|(?:[Dd]e )?(?:[Hh]eer|[Dd]hr)\.?|[Mm]evr(?:ouw|\.)?|[Mm]w\.?"
    r"|[Ff]am\w*\.?|[Ff]amilie|[Ee]rven|\p{Lu}\.(?:\p{Lu}\.)*) ?[^\n]{2,60}\n[ \t>]*(?:[^\n]{3,40}\n[ \t>]*)?\Z"
)
# An organisation, and somebody to whose attention a letter to it is sent. Clubs have the address of their secretary.
_ATTENTION = Pattern(
    r"(?:\A|\n)(?P<organisation>[^\n]+)\n(?:[Tt]\.a\.v\.|(?:[Dd]e )?(?:[Hh]eer|[Dd]hr|[Mm]evr|[Mm]w))"
    r"[^\n]{2,60}\n(?:[^\n]{3,40}\n)?\Z"
)
_CLUB = Pattern(
    r"(?<!\w)(?:\w*comit[eé]|vereniging|\w*club|werkgroep|\w*groep|\w*bewoners|buurt\w*|wijk\w*|wbe|vve|maatschap)(?!\w)",
    IGNORE_CASE,
)
_FIRM = Pattern(r"\w*(?:bedrijf|vastgoed|flex|groothandel|handel|techniek|bouw)(?!\w)", IGNORE_CASE)
_OFFICE_ABOVE = Pattern(
    r"(?:^|\n)[ \t>]*(?:\p{Lu}[\p{L}-]* ){0,2}"
    r"(?:(?i:gemeente|provincie|waterschap|hoogheemraadschap|ombudsman|brandweer|veiligheidsregio|omgevingsdienst|ggd"
    r"|ministerie)(?!\w)|Ministerie|Gemeente|Directie|Dienst|Stichting|Provincie"
    r"|Waterschap|Rijks\w+|Inspectie|Bureau|Raad|Advocatuur|ADVOCATUUR|B\.?V\.?|N\.?V\.?|Universiteit|Postbus"
    r"|Bezoekadres"
    r"|Postadres|Kantoor|Burgemeester|College|Tweede Kamer|Eerste Kamer|Belasting\w+"
    r"|Immigratie\w*)(?:(?!heer |mevrouw )[^\n]){0,60}\n[ \t>]*(?:[^\n]{0,30}\d[^\n]{0,5}\n[ \t>]*)?\Z"
    r"|(?<!\w)(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?)[ \t]*\n[ \t>]*\Z"
)
# The line above an address in a signature: a function or a unit, and nothing that only stands above a home.
_FUNCTION_ABOVE = Pattern(
    r"(?:^|\n)[ \t>]*(?=[^\n\d]{4,70}\n)[^\n]*(?<!\p{L})(?:\p{L}*(?:manager|adviseur|medewerker|secretaris|jurist"
    r"|onderzoeker|directeur|controller|woordvoerder|toezichthouder|inspecteur|coördinator|coordinator|leider|specialist"
    r"|bestuurder|voorlichter|griffier|officer)|[Aa]fdeling|[Tt]eam|[Uu]nit|[Zz]aken|hoofd)(?!\p{L})[^\n]*\n[ \t>]*\Z"
)
_SIGNATURE_LINE = Pattern(r"[^\n]{0,40}?[|] ?(?:T|tel\.?|Tel\.?)?:? ?(?:\(?0(?!6)\d{1,3}\)?[ -]|\+31 (?!6))\d")
# Where people meet: between the hour and who was there.
_MEETING_BEHIND = Pattern(
    r"[^\n]{0,40}\n\s{0,4}(?:Aanwezig|Tegenwoordig|Voorzitter|Present|Deelnemers|Afwezig)(?!\p{Ll})"
)
_MEETING_BEFORE = Pattern(
    r"(?:\d{1,2}[.:]\d\d(?: ?[-–] ?\d{1,2}[.:]\d\d)? uur, ?|(?<!\w)(?:[Ll]ocatie|[Rr]aadzaal)[:,]?[ \t]{1,20})\Z"
)
# The day and the place at the head of minutes; nobody of whom such a thing is said was born in this century.
_HEAD = 600
_MEETING_DAY = Pattern(
    r"(?<!\d)\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
    r" 20\d\d,?[ \t]{1,40}(?:\p{Lu}[\p{L}-]+, )?\Z"
)
_COLOPHON = Pattern(
    r"Postbus \d|www\.|(?:ministerie|gemeente) van",
    IGNORE_CASE,
)
# The postcode of a box on the line below it is nobody's, whoever stands above.
_UNDER_BOX = Pattern(
    r"(?<!\w)(?:Post[- ]?bus|P\.?O\.? ?Box|Antwoordn(?:umme)?r)\.? ?\d[\d ]{0,7}[ \t]*\n[ \t>]*\Z", IGNORE_CASE
)
_BOX_CODE = Pattern(r"[1-9]\d00 [A-Z]{2}")  # postcodes that end in 00 are those of post-office boxes
_OFFICE_STREET = Pattern(r"(?:Raadhuis|Stadhuis|Gemeentehuis|Provinciehuis|Stations|Gerechts)\w*", IGNORE_CASE)


def evidence_of(text: str, start: int, end: int) -> Iterator[Evidence]:
    """What speaks for (positive) or against (negative) the address at `[start, end)` being that of an office."""
    above = blocks.above(text, start)
    if _BUILDINGS.search(text, start, end) or _UNDER_BOX.search(above):
        yield Evidence("office-address", 8.0)
        return
    yield from _of_itself(text, start, end)
    line = text.rfind("\n", max(0, start - 200), start) + 1
    low = max(line, start - 50, text.rfind(";", line, start) + 1)
    cell, cell_end = blocks.cell_at(text, start)
    office, home = _last(_OFFICE, text, low, start), _last(_HOME, text, low, start)
    if office > home:
        yield Evidence("office-address", 4.0)
    elif home >= 0:
        yield Evidence("cue:home", -3.0)
    elif text[start].isdigit() and _is_in_a_building(text, start, line):
        yield Evidence("office-address", 6.0)
    elif start == cell and (told := _told_above(above)):
        yield told
    elif _COLOPHON.search(text, end, max(end, cell_end)) or _COLOPHON.search(blocks.below(text, start)):
        yield Evidence("office-address:colophon", 2.5)
    elif _is_of_a_meeting(text, start, end):
        yield Evidence("office-address:meeting", 3.0)
    elif _SIGNATURE_LINE.match(text, end):
        yield Evidence("office-address:signature", 2.5)


def _of_itself(text: str, start: int, end: int) -> Iterator[Evidence]:
    """What the address says itself."""
    if _SAYS_SO.match(text, start, end):
        yield Evidence("office-address", 4.0)
    if _OFFICE_STREET.match(text, start, end):
        yield Evidence("office-address:street", 2.5)
    if _BOX_CODE.match(text, start, end):
        yield Evidence("office-address:box", 3.0)


def _is_in_a_building(text: str, start: int, line: int) -> bool:
    """Whether the postcode at `start` goes with a known building, before it on the line or above it."""
    return _BUILDINGS.search(blocks.above(text, start, 1) + text[max(line, start - 60) : start]) is not None


def _told_above(above: str) -> Evidence | None:
    """What the lines above an address in its block say of it."""
    if _is_of_an_organisation(above):
        return Evidence("office-address:organisation", 3.0)
    if _PERSON_ABOVE.search(above):
        return Evidence("near:name", -3.0)
    if _OFFICE_ABOVE.search(above):
        return Evidence("office-address:above", 3.0)
    return Evidence("office-address:signature", 3.0) if _FUNCTION_ABOVE.search(above) else None


def _is_of_an_organisation(above: str) -> bool:
    """Whether the lines above are those of an organisation and of somebody there."""
    match = _ATTENTION.search(above)
    if match is None or _CLUB.search(match["organisation"]) or "penningmeester" in above:
        return False
    return bool(_OFFICE.search(match["organisation"]) or _FIRM.search(match["organisation"]))


def _is_of_a_meeting(text: str, start: int, end: int) -> bool:
    low = max(0, start - 60)
    return bool(
        _MEETING_BEHIND.match(text, end)
        or _MEETING_BEFORE.search(text, low, start)
        or (start < _HEAD and _MEETING_DAY.search(text, low, start))
    )


def _last(pattern: Pattern, text: str, start: int, end: int) -> int:
    return max((match.start() for match in pattern.finditer(text, start, end)), default=-1)
