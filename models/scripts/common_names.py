"""Whether a name such as many people bear passes for an office holder's: how many stay where nothing says an office.

    python models/scripts/common_names.py
    python models/scripts/common_names.py --which     # and which

Who invents people for a corpus avoids such names, and office holders have them; so a pipeline may learn the names in
place of the sentences. In these pieces nothing says that the name is an office holder's: every one has to go.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from woo_anon.document import Document, Page
from woo_anon.pipeline import examine_document
from woo_anon.settings import Settings

SURNAMES = {
    "common": (
        "Jansen|De Vries|Bakker|Visser|Smit|Meijer|De Boer|Mulder|De Groot|Bos|Peters|Kok|Van Leeuwen|Van Dijk|Hoekstra"
        "|Koster|Verhoeven|Dekker|Brouwer|De Wit|Van den Berg|Willems|Kuipers|Van der Meer"
    ).split("|"),
    "rare": (
        "Terpstra|Oldenziel|Kloppenburg|Wolthuis|Roelfsema|Hagenaars|Boekhorst|Van Schaijk|Ruitenbeek|Nijenkamp|Drenth"
        "|Asante|Yıldırım|Slagboom|Van Eerden|Uijtdewilligen|Spoelstra|Zonderland|Haverkate|Meeuwsen|Ploegmakers"
        "|Van Tilborg|Krabbenborg|Oosting"
    ).split("|"),
}
MEMOS = (
    "Memo\n\nAan: college\nVan: team Verkeer\nDatum: 12 maart 2021\n\nOp verzoek van de wijkraad heeft {} de "
    "tellingen opnieuw laten uitvoeren. De uitkomst wijkt weinig af.\n",
    "Gemeente Hoorn\nVerslag projectoverleg kade, 4 juni 2019\n\nDe opmerkingen van {} zijn verwerkt. De planning "
    "wordt gehaald.\n",
    "Ministerie van Infrastructuur en Waterstaat\nMemo\n\n{} licht de stand van zaken toe. De aanbesteding loopt "
    "volgens planning.\n",
    "Beste allemaal,\n\nMevrouw {} belt morgen de aannemer. De stukken volgen.\n\nGroet,\nSanne\n",
    "Actielijst\n1  tellingen opvragen   {}   12-3\n2  brief concept   Sanne   14-3\n",
)
FULL_NAMES = {
    "common": (
        "Pieter Boonstra|Karin de Groot|Jan Bakker|Sanne Vermeulen|Ruud Kuipers|Wim Jansen|Els Hofman|Kees de Vries"
        "|Anouk Peters|Rob Willems|Henk Dijkstra|Linda Smit|Tom van Dijk|Marloes Veenstra|Joost van den Berg"
        "|Saskia Postma|Erik Mulder|Annemarie Bos|Bart Visser|Ineke Hendriks|Frank de Jong|Peter Scholten"
        "|Willem van der Meer|Anja de Wit"
    ).split("|"),
    "rare": (
        "Wiebrand Oldenziel|Fatma Yildiz|Mohamed El Idrissi|Priya Ramdin|Aukje Roelfsema|Evert-Jan Haverkate"
        "|Joëlle Uijtdewilligen|Kofi Asante|Tjitske Zonderland|Hein Ploegmakers|Agnieszka Wójcik|Lonneke Slagboom"
        "|Ottoline Krabbenborg|Siemen Nijenkamp|Renske Kloppenburg|Anil Soekhai|Duco Ruitenbeek|Mei Ling Tan"
        "|Geesje Wolthuis|Floris Boekhorst|Zeynep Karataş|Ludo Meeuwsen|Marit van Eerden|Bouke Spoelstra"
    ).split("|"),
}
SENTENCES = (
    "Beleidsmedewerker Marieke Terwolde heeft met mevrouw Faassen, de heer J. Wiersema en {} gesproken over het "
    "voorstel.\nDaarna sprak Hilde Kamminga.\n",
    "Op 3 maart is met {} gesproken over de planning. Daarna is de notitie aangepast.\n",
    "{} gaf aan dat de gemeente eerst wil weten wat het kost. De provincie betaalt mee.\n",
    "De bijdrage van {} is verwerkt in paragraaf 3. De wethouder is akkoord.\n",
    "Bij de bespreking waren de wethouder, {} en de projectleider aanwezig. Het college beslist in mei.\n",
    "{} heeft gevraagd of de begroting klopt. Het antwoord volgt per mail.\n",
    "- {}: vraagt aandacht voor de verkeersveiligheid in de wijk.\n- Mevrouw Terpstra: sluit zich daarbij aan.\n",
)


def stays(piece: str, name: str) -> bool:
    """Whether a letter of `name` is left in `piece`."""
    text, start = piece.format(name), piece.index("{}")
    document = Document("memo.txt", "text", text, (Page(1, 0, len(text)),))
    removed = [decision.span for decision in examine_document(document, Settings()).decisions if decision.removes]
    gone = {at for span in removed for at in range(span.start, span.end)}
    return any(text[at].isalpha() and at not in gone for at in range(start, start + len(name)))


def rows(which: bool) -> Iterator[str]:
    """A line for each kind of name."""
    for form, names_of, pieces in (("surname", SURNAMES, MEMOS), ("full name", FULL_NAMES, SENTENCES)):
        for kind, names in names_of.items():
            left = [(at, name) for at, piece in enumerate(pieces, 1) for name in names if stays(piece, name)]
            yield f"{form:10} {kind:8} {len(left)} of {len(pieces) * len(names)} stay"
            if which:
                yield "  " + ", ".join(f"{at} {name}" for at, name in left)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--which", action="store_true", help="and which")
    print("\n".join(rows(parser.parse_args().which)))
