"""A Dutch note with all that tags are for, set by typst in PDF/UA and PDF/A. People and numbers are made up."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import typst

TITLE = "Beslisnota herziening afstemming"
PARAGRAPH = "Deze hele alinea gaat over een bezwaar en moet weg."
BROKEN = "Ok-\nkerse"  # as the page shows it, over two lines

SOURCE = f"""
#set document(title: "{TITLE}", author: "Truus Zwartemans", keywords: ("afstemming", "Zwartemans"))
#set text(lang: "nl", region: "NL", hyphenate: true)
#set heading(numbering: "1.")
#set page(width: 14cm, height: 18cm, header: [Ter beslissing van Zwartemans], footer: [Kenmerk 2026-0417])
#outline(title: "Inhoud")
= {TITLE}
De nota van Zwartemans is af. Op verzoek van mevrouw Okkerse heeft Zwartemans de tabel herzien#footnote[Gesprek met
Okkerse, 3 maart.]. Zie #link("https://www.example.nl/afstemming")[de toelichting op de website] of schrijf aan
#link("mailto:t.zwartemans\\@example.nl")[t.zwartemans\\@example.nl].

== Gesprek met Okkerse
{PARAGRAPH}

+ Eerste punt, van Okkerse.
+ Tweede punt, van de gemeente.
  - Een onderdeel van Zwartemans.

#table(columns: 3, table.header([Naam], [Functie], [Besluit]),
  [Okkerse], [adviseur], [akkoord], [Zwartemans], [directeur], [niet akkoord])

#figure(image("plaatje.png", width: 2cm, alt: "Handtekening van Zwartemans"), caption: [Paraaf van Okkerse])
Zie ook @meer.
#pagebreak()
= Bijlage <meer>
Op de tweede bladzijde staat Zwartemans nog een keer, naast Okkerse Zwartemans.
"""


def note(path: Path, *standards: str, surname: str = "Zwartemans") -> Path:
    """The note in `standards` ("ua-1", "a-2b", …; none: a tagged file that claims nothing)."""
    (path.parent / "plaatje.png").write_bytes(_picture())
    (path.parent / "note.typ").write_text(SOURCE.replace("Zwartemans", surname), encoding="utf-8")
    typst.compile(str(path.parent / "note.typ"), output=str(path), pdf_standards=list(standards))
    return path


def _picture() -> bytes:
    """A grey PNG of 8×8 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(range(0, 256, 32)) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
