"""Whether a surname that many people bear passes for an office holder's: how many stay in plain memos.

    python models/scripts/common_surnames.py

Who invents people for a corpus avoids such surnames, and office holders have them; so a pipeline may learn the names in
place of the sentences. Nothing in these memos says an office: every name has to go.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.document import Document, Page
from woo_anon.pipeline import examine_document
from woo_anon.settings import Settings

COMMON = (
    "Jansen|De Vries|Bakker|Visser|Smit|Meijer|De Boer|Mulder|De Groot|Bos|Peters|Kok|Van Leeuwen|Van Dijk|Hoekstra"
    "|Koster|Verhoeven|Dekker|Brouwer|De Wit|Van den Berg|Willems|Kuipers|Van der Meer"
).split("|")
RARE = (
    "Terpstra|Oldenziel|Kloppenburg|Wolthuis|Roelfsema|Hagenaars|Boekhorst|Van Schaijk|Ruitenbeek|Nijenkamp|Drenth"
    "|Asante|Yıldırım|Slagboom|Van Eerden|Uijtdewilligen|Spoelstra|Zonderland|Haverkate|Meeuwsen|Ploegmakers"
    "|Van Tilborg|Krabbenborg|Oosting"
).split("|")
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


def stays(memo: str, name: str) -> bool:
    """Whether a letter of `name` is left in `memo`."""
    text, start = memo.format(name), memo.index("{}")
    document = Document("memo.txt", "text", text, (Page(1, 0, len(text)),))
    removed = [decision.span for decision in examine_document(document, Settings()).decisions if decision.removes]
    gone = {at for span in removed for at in range(span.start, span.end)}
    return any(text[at].isalpha() and at not in gone for at in range(start, start + len(name)))


def rows() -> Iterator[str]:
    """A line for each kind of surname."""
    for kind, names in (("common", COMMON), ("rare", RARE)):
        left = sum(stays(memo, name) for memo in MEMOS for name in names)
        yield f"{kind:8} {left} of {len(MEMOS) * len(names)} stay"


if __name__ == "__main__":
    print("\n".join(rows()))
