"""What the sample documents say. Every person, number and event in them is made up for this project.

The texts carry the marks of the gold format (`{{LABEL|surface text}}`, see docs/detection.md), so that one source gives
the documents as well as what should happen to them. Mr Van Haga was a member of the House of Representatives, in whose
name a real note was published; what the samples say of him is fiction like the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Block:
    """A piece of a document: a heading, a paragraph, a list, or a table of rows of cells."""

    kind: Literal["heading", "paragraph", "bullets", "fields", "parafen", "colofon"]
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sample:
    """One sample document: its blocks in reading order, and the metadata that the file is to carry."""

    name: str
    kind: str
    ministry: str
    note: str
    title: str
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)


def _heading(text: str) -> Block:
    return Block("heading", (text,))


def _paragraph(text: str) -> Block:
    return Block("paragraph", (text,))


def _bullets(*items: str) -> Block:
    return Block("bullets", items)


NOTA = Sample(
    name="nota",
    kind="nota",
    ministry="Binnenlandse Zaken en Koninkrijksrelaties",
    note="a state secretary and an official share a surname; parafen; a functional mailbox; names in the metadata",
    title="Nota beantwoording Kamervragen over informatiepunten in de bibliotheek",
    blocks=(
        Block(
            "fields",
            rows=(
                ("Aan", "de staatssecretaris Digitalisering, mevrouw {{KEEP|Lagerwey}}"),
                ("Van", "DG Digitalisering en Overheid\nDirectie Dienstverlening"),
                ("Datum", "3 oktober 2023"),
                ("Onze referentie", "2023-0000618842"),
                (
                    "Opgesteld door",
                    "drs. {{PERSON|M.E. (Maaike) Abbenhuis}}\nT {{PHONE|(070) 426 71 83}}\nM {{PHONE|+31 6 5299 0417}}\n"
                    "E {{EMAIL|maaike.abbenhuis@minbzk.nl}}",
                ),
                ("Samengewerkt met", "{{PERSON|Ruben Kortooms}} (CIO Rijk)\n{{PERSON|F. Lagerwey}} (FEZ)"),
                ("Bijlagen", "2"),
            ),
        ),
        Block(
            "parafen",
            rows=(
                ("Parafenroute", "Paraaf", "Datum", "Opmerking"),
                ("Opsteller", "{{INITIALS|MEA}}", "03-10", ""),
                ("Afdelingshoofd", "{{INITIALS|JvB}}", "03-10", "akkoord"),
                ("FEZ", "{{INITIALS|FLa}}", "04-10", "zie toelichting"),
                ("Directeur", "{{INITIALS|HS}}", "04-10", "spoed, debat 12-10"),
            ),
        ),
        _heading("Aanleiding"),
        _paragraph(
            "Het lid {{KEEP|Van Haga}} (Groep {{KEEP|van Haga}}) heeft op 14 september 2023 vragen gesteld over de "
            "bereikbaarheid van de Informatiepunten Digitale Overheid in bibliotheken. Met deze nota leggen wij u de "
            "beantwoording voor. De termijn voor beantwoording loopt af op 9 oktober."
        ),
        _heading("Geadviseerd besluit"),
        _paragraph("U wordt geadviseerd:"),
        _bullets(
            "in te stemmen met de beantwoording en de brief te ondertekenen;",
            "in te stemmen met openbaarmaking van deze nota bij verzending naar de Tweede Kamer;",
            "de minister van Onderwijs, Cultuur en Wetenschap een afschrift te sturen.",
        ),
        _heading("Kern"),
        _bullets(
            "De heer {{KEEP|Van Haga}} vraagt waarom in elf gemeenten geen informatiepunt open is en of ouderen daardoor "
            "hun toeslag mislopen.",
            "In de antwoorden staat dat de punten in acht van deze gemeenten voor 1 januari opengaan. Voor de overige drie "
            "is met wethouder {{KEEP|Nieboer}} van Westerhaar afgesproken dat een bus rijdt.",
            "De leden {{KEEP|Sprokkereef}} en {{KEEP|Ravenhorst}} vroegen eerder hetzelfde. De antwoorden sluiten aan bij "
            "wat u hun schreef.",
            "Over de bezoekcijfers is vooraf gebeld met de Koninklijke Bibliotheek. {{PERSON|Yusuf Uzun}}, daar "
            "programmaleider, levert de definitieve aantallen op 6 oktober.",
        ),
        _heading("Toelichting"),
        _paragraph(
            "De cijfers in antwoord 4 komen uit de meting van dit voorjaar. {{PERSON|Kortooms}} heeft ze nagerekend en kwam "
            "op 2,1 procent meer bezoekers uit dan in de vorige rapportage staat. Dat verschil is verklaarbaar: {{KEEP|Boermans}} "
            "en {{KEEP|Holleman}} (2021) laten zien dat bezoekers in een gemeente zonder balie uitwijken naar een buurgemeente "
            "en daar twee keer worden geteld."
        ),
        _paragraph(
            "Voor de bus is € 340.000 nodig. {{PERSON|Femke Lagerwey}} (FEZ) wijst erop dat dit bedrag nog niet op artikel 6 "
            "staat. Staatssecretaris {{KEEP|Lagerwey}} heeft in het commissiedebat van 28 juni toegezegd dat gemeenten de "
            "kosten niet zelf dragen; mevrouw {{PERSON|Lagerwey}} van FEZ stelt daarom een kasschuif voor. {{PERSON|Maaike}} "
            "werkt die met haar uit. Vragen over de dekking kunnen naar {{EMAIL|f.lagerwey@minbzk.nl}}."
        ),
        _paragraph(
            "Het onderzoek is uitgevoerd volgens de aanbevelingen van de commissie-{{KEEP|Steenblik}}. De Wet {{KEEP|Mulder}} "
            "en de Wet digitale overheid staan aan het voorstel niet in de weg."
        ),
        _heading("Politieke context"),
        _paragraph(
            "De motie-{{KEEP|Brinkhof}} c.s. (Kamerstuk 26 643, nr. 1061) vraagt om een loket op hoogstens vijftien kilometer "
            "van iedere inwoner. De motie is aangenomen met steun van de Groep {{KEEP|Van Haga}}. Minister {{KEEP|Zwiers}} "
            "liet in het vragenuur weten de motie te zien als steun voor het beleid. Het is denkbaar dat het lid "
            "{{KEEP|Brinkhof}} in het debat op 12 oktober naar de bus vraagt."
        ),
        _heading("Communicatie"),
        _paragraph(
            "Er wordt geen persbericht verstuurd. Woordvoerder {{PERSON|Iris van Roosmalen}} ({{PHONE|06-4187 5520}}) neemt "
            "vragen van media aan. Inwoners kunnen terecht bij {{KEEP|informatiepunten@minbzk.nl}} en op het algemene nummer "
            "{{KEEP|(070) 426 64 26}}."
        ),
        _heading("Informatie die niet openbaar gemaakt kan worden"),
        _paragraph(
            "In de openbaar gemaakte versie van deze nota zijn alle persoonsgegevens van ambtenaren geanonimiseerd."
        ),
    ),
    metadata={
        "Title": "Nota beantwoording Kamervragen over informatiepunten in de bibliotheek",
        "Author": "Abbenhuis, Maaike",
        "Subject": "Beantwoording Kamervragen",
        "Keywords": "Abbenhuis; informatiepunten; Kamervragen",
        "Opgesteld door, Naam": "Maaike Abbenhuis",
        "Opgesteld door, Telefoonnummer": "(070) 426 71 83",
        "Opgesteld door, E-mail": "maaike.abbenhuis@minbzk.nl",
        "Aan": "Staatssecretaris Digitalisering",
        "Van": "Directie Dienstverlening",
    },
)

COLOFON = Sample(
    name="nota-colofon",
    kind="nota",
    ministry="Infrastructuur en Waterstaat",
    note="a colofon in a column of its own beside the body; a citizen with an address; untagged",
    title="Nota fietsbrug Westerhaar",
    blocks=(
        Block(
            "colofon",
            rows=(
                (
                    "Bestuurskern",
                    "Dir. Openbaar Vervoer en Fiets\nAfd. Fiets\n{{KEEP|Rijnstraat 8}}\n{{KEEP|2515 XP Den Haag}}",
                ),
                ("Algemeen", "T {{KEEP|070-456 0000}}"),
                (
                    "Contactpersoon",
                    "ir. {{PERSON|D.W. (Daan) Okkerse}}\nsenior beleidsmedewerker\nT {{PHONE|070-456 33 81}}\n"
                    "M {{PHONE|+31(0)6-4410 9276}}\n{{EMAIL|daan.okkerse}}\n@minienw.nl",
                ),
                ("Datum", "21 mei 2024"),
                ("Ons kenmerk", "IENW/BSK-2024/118207"),
                ("Opgesteld door", "{{PERSON|Okkerse}}, {{PERSON|Aleid Wortelboer}}"),
                ("Lijnparaaf", "{{INITIALS|DWO}} / {{INITIALS|PvE}}"),
                ("Medeparaaf", "{{INITIALS|AWo}}"),
                ("Bijlage(n)", "1"),
            ),
        ),
        Block(
            "fields",
            rows=(
                ("Aan", "de staatssecretaris van Infrastructuur en Waterstaat"),
                ("Onderwerp", "Fietsbrug over het Haarkanaal bij Westerhaar"),
            ),
        ),
        _heading("Aanleiding"),
        _paragraph(
            "Gedeputeerde {{KEEP|Van Essenburg}} heeft u gevraagd om een bijdrage aan de fietsbrug over het Haarkanaal. In het "
            "tweeminutendebat van 16 mei drong het lid {{KEEP|Ravenhorst}} aan op een besluit voor de zomer."
        ),
        _heading("Geadviseerd besluit"),
        _bullets(
            "In te stemmen met een bijdrage van ten hoogste € 2,4 miljoen.",
            "Bijgaande brief aan gedeputeerde {{KEEP|Van Essenburg}} te ondertekenen.",
        ),
        _heading("Kernpunten"),
        _bullets(
            "De brug sluit de doorfietsroute tussen Westerhaar en het station; zonder brug fietsen scholieren twee kilometer om.",
            "{{PERSON|Wortelboer}} heeft de raming van het ingenieursbureau laten toetsen. Volgens {{PERSON|Guus Bruintjes}} van het "
            "bureau blijft de onzekerheid onder de vijftien procent.",
            "De raming gaat uit van een vaste brug. Burgemeester {{KEEP|Halfwerk}} van Westerhaar wil een beweegbare brug voor "
            "de bruine vloot; dat kost € 1,9 miljoen meer.",
        ),
        _heading("Toelichting"),
        _paragraph(
            "Aan de noordoever staat één woning. De bewoner, de heer {{PERSON|H. Pronkhorst}} ({{ADDRESS|Kanaaldijk 14}}, "
            "{{ADDRESS|7676 XB Westerhaar}}), heeft op 2 april een zienswijze ingediend. {{PERSON|Daan Okkerse}} heeft hem op "
            "30 april thuis gesproken. De heer {{PERSON|Pronkhorst}} vreest voor inkijk en vraagt om een scherm aan de kant van "
            "zijn tuin. Hij is bereikbaar op {{PHONE|0546 - 68 21 93}}."
        ),
        _paragraph(
            "Rijkswaterstaat heeft geen bezwaar tegen een vaste brug, omdat de {{KEEP|Prins Willem-Alexandersluis}} de doorvaart al "
            "beperkt. De adviescommissie-{{KEEP|Steenblik}} noemde de route in 2022 als voorbeeld van een ontbrekende schakel."
        ),
        _heading("Krachtenveld"),
        _paragraph(
            "De provincie, de gemeente en de Fietsersbond zijn voor. De schippersvereniging is tegen een vaste brug en heeft dat "
            "bij {{KEEP|ov-fiets@minienw.nl}} gemeld. {{PERSON|Pieter van Essenstam}} (afdelingshoofd) voert het gesprek met de "
            "vereniging; wie daarover wil overleggen kan mailen naar {{EMAIL|p.van.essenstam@minienw.nl}}."
        ),
        _heading("Informatie die niet openbaar gemaakt wordt"),
        _paragraph("Persoonsgegevens van ambtenaren en van de bewoner worden niet openbaar gemaakt."),
    ),
    metadata={
        "Title": "Nota fietsbrug Westerhaar",
        "Author": "Okkerse, D.W. (Daan) - DGMo",
        "Subject": "IENW/BSK-2024/118207",
        "Keywords": "",
    },
)

# The citizen's identifiers pass the checks that real ones pass and were made up: a BSN from the range 9999…, where test
# numbers lie by custom, an account number and a plate picked at random. Nothing is known of anyone who might hold them.
MAIL = Sample(
    name="mailwisseling",
    kind="email",
    ministry="gemeente Westerhaar",
    note="mail thread with signatures, a chat in lower case, identifiers of a citizen; the mayor and a councillor stay",
    title="Mailwisseling parkeervergunning",
    blocks=(),
)
MAIL_TEXT = """\
Van: {{PERSON|Groeneboom, Sanne}} <{{EMAIL|s.groeneboom@westerhaar.nl}}>
Verzonden: donderdag 7 maart 2024 16:52
Aan: {{PERSON|Zandbergen, T. (Tijmen)}} <{{EMAIL|t.zandbergen@westerhaar.nl}}>
CC: {{KEEP|vergunningen@westerhaar.nl}}; {{PERSON|El Idrissi, N.}} <{{EMAIL|n.elidrissi@westerhaar.nl}}>
Onderwerp: RE: Bezwaar parkeervergunning Z2024-03117

Dag {{PERSON|Tijmen}},

Dank, zo kan het naar het college. Twee dingen nog:
- Burgemeester {{KEEP|Halfwerk}} wil weten of raadslid {{KEEP|De Wildt}} al antwoord heeft op haar vragen.
- {{PERSON|Naima}} heeft de meneer gisteren teruggebeld. Hij wacht de brief af.

Wil jij de gegevens van hem uit het zaaksysteem halen als het klaar is? {{PERSON|Naima}} doet dat anders vrijdag, zij zit op
toestel {{PHONE|2417}}.

Groet,
{{PERSON|Sanne}}

Met vriendelijke groet,

{{PERSON|Sanne Groeneboom}}
Teamleider Vergunningen
Gemeente Westerhaar
{{KEEP|Raadhuisplein 1}}, {{KEEP|7676 AA Westerhaar}}
T {{KEEP|14 0546}} | M {{PHONE|06 2093 5518}}
{{EMAIL|s.groeneboom@westerhaar.nl}} | www.westerhaar.nl
Aanwezig: ma, di, do

Van: {{PERSON|Zandbergen, T. (Tijmen)}} <{{EMAIL|t.zandbergen@westerhaar.nl}}>
Verzonden: donderdag 7 maart 2024 11:08
Aan: {{PERSON|Groeneboom, Sanne}} <{{EMAIL|s.groeneboom@westerhaar.nl}}>
Onderwerp: Bezwaar parkeervergunning Z2024-03117

Hoi {{PERSON|Sanne}},

Hieronder wat ik van de bezwaarmaker heb, uit het formulier:

    Naam:            {{PERSON|Gerrit Jan Pronkhorst}}
    Geboortedatum:   {{DOB|17 augustus 1958}}
    BSN:             {{BSN|999900158}}
    Adres:           {{ADDRESS|Lindelaan 203}}, {{ADDRESS|7676 CD Westerhaar}}
    Kenteken:        {{PLATE|G-482-TX}}
    IBAN:            {{IBAN|NL37 INGB 0006 3198 74}}
    E-mail:          {{EMAIL|gjpronkhorst58@example.nl}}

De heer {{PERSON|Pronkhorst}} betaalde leges voor een vergunning die hij niet kreeg. Volgens {{PERSON|Naima el Idrissi}} is dat
onze fout: de aanvraag stond op naam van zijn vrouw. Terugbetalen dus (€ 61,50, op bovenstaande rekening).

In de raad van 21 februari vroeg mevrouw {{KEEP|De Wildt}} (fractie {{KEEP|De Wildt}}) naar precies zo'n geval. Wethouder
{{KEEP|Nieboer}} zei toen toe dat wij binnen vier weken terugbetalen. Dat halen we nog.

De stukken staan op G:\\Vergunningen\\{{USERNAME|zandbet}}\\Z2024-03117.

{{PERSON|T. Zandbergen}}
Juridisch medewerker | Gemeente Westerhaar
{{KEEP|Postbus 60}}, {{KEEP|7676 ZG Westerhaar}}
T {{PHONE|0546-68 24 09}}

--- Bijlage: export chat 'bezwaren', 6 maart 2024 ---
[09:14] {{PERSON|sanne}}: heeft {{PERSON|tijmen}} al iets gehoord van {{PERSON|pronkhorst}}?
[09:15] {{PERSON|naima}}: {{PERSON|tijmen}} niet, ik wel. belde net, boos. vroeg naar {{PERSON|groeneboom}} persoonlijk
[09:15] {{PERSON|sanne}}: geef mn mobiel maar, {{PHONE|0620935518}}
[09:17] {{PERSON|naima}}: doe ik. en {{KEEP|nieboer}} zit er ook bovenop, die vroeg er vanochtend naar bij de koffie
[09:21] {{PERSON|tijmen}}: ben er weer. pak het op. link voor vanmiddag: {{URL|https://meet.westerhaar.nl/j/88215563?pwd=r4Kq}}
[09:22] {{PERSON|sanne}}: top. dank {{PERSON|tijm}}
"""
