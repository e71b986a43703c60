"""Notes for timing: made-up sentences with made-up names, the same on every run."""

from __future__ import annotations

import math
import random
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LINES_PER_PAGE = 46
OPENINGS = ("Bron", "Kals", "Veer", "Horst", "Lind", "Maar", "Nieuw", "Ooster", "Rijks", "Wester")
ENDINGS = ("beek", "camp", "daal", "geest", "houten", "kerk", "laar", "meer", "stede", "veld")
GIVEN = ("Aagje", "Bouke", "Carmen", "Derya", "Evert", "Fenna", "Gijs", "Hanna", "Ilse", "Joris")
SENTENCES = (
    "De directie heeft de raming getoetst; {given} {surname} rekende de bedragen na en zag geen bezwaar.",
    "Het lid {surname} (D66) vroeg in het debat naar de planning voor het volgende voorjaar.",
    "Vragen over dit onderdeel kunnen naar {mail} of naar toestel {number} van de afdeling.",
    "Volgens mevrouw {surname} is het bedrag al verwerkt op artikel 14 van de begroting.",
    "In de motie-{surname} (Kamerstuk 29 398, nr. {number}) wordt om een afwegingskader gevraagd.",
    "De gemeenten hebben de voorgestelde fasering besproken en stemmen op hoofdlijnen in.",
    "Voor de uitvoering is aanvullend budget nodig, waarvan de dekking nog wordt uitgewerkt.",
    "De planning gaat uit van een besluit voor de zomer; uitstel kost naar schatting drie maanden.",
)


def lines(count: int, seed: int = 20220920) -> list[str]:
    """`count` lines of text. The seed is fixed, so that two runs time the same text."""
    choose = random.Random(seed)
    return [_line(choose) for _ in range(count)]


def _line(choose: random.Random) -> str:
    surname = choose.choice(OPENINGS) + choose.choice(ENDINGS)
    given = choose.choice(GIVEN)
    mail = f"{given[0]}.{surname}@minvoorbeeld.nl".lower()
    sentence = choose.choice(SENTENCES)
    return sentence.format(surname=surname, given=given, mail=mail, number=choose.randint(1000, 9999))


def write_long_note(target: Path, pages: int, seed: int = 20220920) -> Path:
    """Writes a PDF of `pages` pages to `target` and returns it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(target), pagesize=A4, invariant=1)
    text = lines(pages * LINES_PER_PAGE, seed)
    for page in range(pages):
        canvas.setFont("Helvetica", 9.5)
        for row, line in enumerate(text[page * LINES_PER_PAGE : (page + 1) * LINES_PER_PAGE]):
            canvas.drawString(60, A4[1] - 70 - 15 * row, line)
        canvas.showPage()
    canvas.save()
    return target


def sizes(notes: int, seed: int = 441) -> list[int]:
    """Pages of `notes` notes, drawn like those of published notes: median 2, and one of 441 that makes the mean 2.8.

    The others follow a lognormal distribution with median 2 and mean 2.36.
    """
    choose = random.Random(seed)
    spread = math.sqrt(2 * math.log(2.36 / 2))
    drawn = [max(1, round(choose.lognormvariate(math.log(2), spread))) for _ in range(notes)]
    drawn[notes // 3] = 441
    return drawn


def write_folder(folder: Path, notes: int, most_pages: int = 441) -> int:
    """Writes `notes` notes of drawn sizes into `folder`, none longer than `most_pages`; returns their pages."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [min(pages, most_pages) for pages in sizes(notes)]
    for number, pages in enumerate(drawn):
        write_long_note(folder / f"{number // 100:02}" / f"nota-{number:04}.pdf", pages, seed=number)
    return sum(drawn)
