"""Cues: what stands before and behind a mention and tells whose name it is.

A cue has a code `side:class`, such as `before:office` for `minister Jansen` or `behind:party` for `Jansen (D66)`. Classes:

    office   title of a public office holder         minister, Kamerlid, wethouder, de leden X en Y
    top      title of the civil-service top          secretaris-generaal, DG
    staff    function or unit of somebody on the staff   beleidsmedewerker, collega, (DGMo)
    citizen  part played by a private person         bewoner, verzoeker, appellante
    outside  somebody of another organisation        advocaat, journalist, namens bureau X
    thing    something named after a person          motie-X, Wet X, commissie-X, X-straat, kabinet-X
    party    a political party in brackets
    polite   de heer, mevrouw: says nothing by itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from woo_anon.document import Span

_REACH = 70  # characters of context on either side; titles stand close to the name

PARTIES = ["VVD", "PVV", "CDA", "D66", "SP", "PvdA", "GroenLinks", "GL", "GL-PvdA", "GroenLinks-PvdA", "PvdA-GroenLinks", "CU", "ChristenUnie", "SGP", "PvdD", "DENK", "50PLUS", "FvD", "FVD", "JA21", "Volt", "BBB", "BVNL", "BIJ1", "NSC", "LPF", "VNL", "GrKÖ", "GrBvK", "OSF", "50Plus", "Omtzigt", "LN", "AOV", "RPF", "GPV", "PPR", "CPN", "PSP", "EVP", "DS70", "HvA"]

_OFFICE = (
    r"(?:oud-?|ex-?|voormalig\w* |toenmalig\w* |demissionair\w* |waarnemend\w* |loco-?|vice-?|vicepremier )*(?:"
    r"minister(?:-president)?|ministers|min|mp|premiers?|vicepremier|vpm|staatssecretaris(?:sen)?|stas|stass?en|bewindspersoon|bewindsman|bewindsvrouw|"
    r"kamerlid|kamerleden|het lid|de leden|leden|lid|oud-leden|senator(?:en)?|statenlid|statenleden|raadslid|raadsleden|"
    r"burgerraadslid|duoraadslid|steunfractielid|burgemeester|wethouders?|gedeputeerden?|deputearre|eilandgedeputeerde|gezaghebber|boargemaster|"
    r"commissaris(?: van de koning(?:in)?)?|cdk|kdk|dijkgraaf|dykgraaf|watergraaf|heemraad|heemraden|hoogheemraad|eurocommissaris|"
    r"europarlementariër|mep|koning(?:in)?|prins(?:es)?|president|bondskanselier|kanselier|fractievoorzitter|fractieleider|"
    r"lijsttrekker|informateur|formateur|ombudsman|kinderombudsman|kamervoorzitter|commissievoorzitter|rapporteur|woordvoerders? van de fractie|gouverneur|"
    r"ambtsgenoot|ambtgenoot|ambtsvoorganger|voorganger|partijleider|staatsraad|premier|excellentie|zkh|hkh|zm|zijne majesteit|hare majesteit|wnd burgemeester"
    r")"
)
_TOP = r"(?:plv\.?|plaatsvervangend|waarnemend|wnd\.?)?\s*(?:sg|secretaris-generaal|secretaris generaal|psg|dg|directeur-generaal|directeur generaal|pdg|ig|inspecteur-generaal|inspecteur generaal|dg['’]?s?|thesaurier-generaal)"
_STAFF = (
    r"(?:senior |sr\.? |junior |jr\.? |strategisch |coördinerend |plv\.? |adjunct-?)*(?:\w*(?:medewerk(?:er|ster)|adviseur|adviseuse|jurist|juriste|coördinator|"
    r"manager|projectleider|directeur|hoofd|afdelingshoofd|teamleider|secretaris|secretaresse|woordvoerder|inspecteur|griffier|collega|collega's|"
    r"ambtenaar|opsteller|auteur|contactpersoon|behandelaar|notulist|notuliste|stagiaire?|trainee|medewerkers|controller|analist|onderzoeker|"
    r"planner|specialist|deskundige|programmamanager|rijksinspecteur|officier|kolonel|majoor|kapitein|chauffeur|bode|beheerder|ontwikkelaar|tester)s?)"
)
_CITIZEN = (
    r"(?:\w*(?:bewoner|bewoonster|verzoeker|verzoekster|aanvrager|aanvraagster|appellant|appellante|eiser|eiseres|klager|klaagster|belanghebbende|bezwaarmaker|"
    r"bezwaarmaakster|cliënt|cliënte|patiënt|burger|inwoner|inspreker|inspreekster|melder|meldster|betrokkene|zoon|dochter|moeder|vader|echtgenoot|echtgenote|buurman|buurvrouw|"
    r"leerling|student|studente|huurder|eigenaar|ondernemer|familie|fam|gedupeerde|vreemdeling|verdachte|slachtoffer|getuige|mantelzorger|ouder|erven)s?)"
)
_OUTSIDE = (
    r"(?:\w*(?:advocaat|mr|notaris|journalist|journaliste|redacteur|verslaggever|consultant|bestuurder|lobbyist|hoogleraar|professor|prof|"
    r"voorzitter|accountant|architect|makelaar|tolk|arts|huisarts|dokter))"
)
_THING = (
    r"(?:motie|amendement|wet|wetsvoorstel|initiatiefwet|initiatiefnota|commissie|kabinet|adviescommissie|stichting|regeling|rapport|lijn|norm|plan|fonds|prijs|"
    r"brug|tunnel|kazerne|zaal|school|college|huis|plein|laan|straat|ziekenhuis|universiteit|instituut|arrest|akkoord|criteria|methode|toets|formule|storm|schip|"
    r"taskforce|werkgroep|beurs|leerstoel|gemaal|polder|sluis|haven|park|bos|hal|bv|b\.v\.|fa|firma|café|restaurant|aannemer|bouwbedrijf|kwekerij)(?:en|s)?"
)
_GAP = r"(?:[ \t]+|[ \t]*\r?\n[ \t>]*)"  # white space with at most one line end
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("thing", rf"\b{_THING}[-‐ ]['‘]?$"),
        (
            "office",
            rf"(?<!\w)(?<!namens )(?<!namens de )(?<!en ){_OFFICE}[:.]?{_GAP}(?:(?:mr|drs|ir|dr|ing|prof)\.?\s+)*$",
        ),
        ("office", rf"(?<!\w){_OFFICE}\s+(?:van|voor)\s+[\w&,'’ -]{{2,45}}[,:]\s$"),
        ("top", rf"(?<!\w){_TOP}[:,]?{_GAP}$"),
        ("staff", rf"(?<!\w)(?!staats){_STAFF}[:,]?{_GAP}$"),
        ("citizen", rf"(?<!\w){_CITIZEN}[:,.]?{_GAP}$"),
        ("outside", rf"(?<!\w){_OUTSIDE}[:,.]?{_GAP}$"),
        ("polite", r"(?<!\w)(?:de heer|dhr\.?|hr\.?|heer|mevrouw|mevr\.?|mw\.?|meneer|mijnheer|mej\.?)\s+$"),
        (
            "greeting",
            r"(?:^|\n)[>\s]*(?:beste|hoi|hallo|dag|ha|hi|geachte|goedemorgen|goedemiddag|lieve|dear|hey|moarn|he)[,!]?\s+$",
        ),
        (
            "regards",
            r"(?:groet(?:en|jes)?|gr\.?|mvg|vriendelijk\w*|groetnis|regards|best|thanks|dank|bedankt)[,.!]?\s*[\r\n]+\s*$",
        ),
        (
            "author",
            r"(?:opgesteld door|opsteller|auteur|contactpersoon|behandeld door|behandelaar|inlichtingen|steller|van|from|notulist|verslag)\s*:?\s+$",
        ),
        ("cited", r"(?:vgl\.|zie|cf\.)\s+$"),
    )
)
_BEHIND: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE if name != "unit" else 0))
    for name, pattern in (
        ("party", rf"^\s?[(\[/,–-]\s?(?:lid )?(?:{'|'.join(map(re.escape, PARTIES))})\b"),
        ("party", r"^\s?\((?:groep|lid|fractie)\b"),
        ("office", rf"^\s?[,(]\s?(?:de |onze |zijn |haar |oud-)?{_OFFICE}\b"),
        ("top", rf"^\s?[,(]\s?(?:de )?{_TOP}\b"),
        ("staff", rf"^\s?[,(–-]\s?(?:onze |de |een )?{_STAFF}\b"),
        ("staff", rf"^[ \t]*\r?\n[ \t>]*{_STAFF}\b"),
        ("citizen", rf"^\s?[,(]\s?(?:een |de )?{_CITIZEN}\b"),
        ("outside", rf"^\s?[,(]\s?(?:een |de )?{_OUTSIDE}\b"),
        (
            "unit",
            rf"^\s?[(/,]\s?(?!(?:{'|'.join(map(re.escape, PARTIES))})\b)(?:[A-Z]{{2,}}[\w&/.-]*|[Dd]irectie|[Aa]fdeling|[Tt]eam|[Cc]luster)\b",
        ),
        ("mail", r"^\s?[<(\[]\s?(?:mailto:)?[\w.+-]+@"),
        ("cited", r"^,?\s*(?:et al\.?|e\.a\.|\(?(?:19|20)\d\d[a-z]?\)?|& )"),
        (
            "clause",
            r"^-(?:criteri|norm|toets|methode|debat|motie|wet|doctrine|fonds|prijs|beurs|akkoord|verdeling|arrest|kabinet|zaal|straat)",
        ),
        ("says", r"^(?:\s+\d{1,2}:\d\d|\s?:\s)"),
    )
)
# `de leden Omtzigt, Van Waveren (NSC) en ⟨name⟩`, `ministers X en ⟨name⟩`: the title reaches over the list.
_LIST = re.compile(
    r"(?<!\w)(?:de leden|leden|kamerleden|raadsleden|statenleden|ministers|wethouders|gedeputeerden|heemraden|senatoren|staatssecretarissen|heren|motie|amendement)[ -]"
    r"(?:[^.;:!?\n]|\n(?!\n)){2,65}(?:,|en|/|&)\s*(?:van |de |het )*$",
    re.IGNORECASE,
)


def around(text: str, span: Span) -> Iterator[str]:
    """Codes of the cues that stand directly before and behind the mention at `span`."""
    before = text[max(0, span.start - _REACH) : span.start]
    behind = text[span.end : span.end + _REACH]
    seen = set()
    for side, table, context in (("before", _BEFORE, before), ("behind", _BEHIND, behind)):
        for name, pattern in table:
            code = f"{side}:{name}"
            if code not in seen and pattern.search(context):
                seen.add(code)
                yield code
    if _LIST.search(before):
        yield "listed:office"
