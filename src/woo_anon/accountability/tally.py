"""The figures of a dossier, as tables: the same in the workbook and in the PDF. Dutch, for they are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from woo_anon.accountability.account import PROGRAM, Account, Accounted, Judgement, Redactions
from woo_anon.document import Entity, Role
from woo_anon.record import wording

Cell = str | int
NO_GROUND = "(geen grond)"
_MOST_RUNS = 200  # of numbers in a cell: Excel leaves out texts of more than 32,767 characters
_DESIGNATED = "Aangewezen tekst"  # given with the settings, or by a reviewer who did not say what it is
_APPROVED_BY = ("door niemand", "door één beoordelaar", "door twee of meer beoordelaars")


@dataclass(frozen=True)
class Table:
    """A table with the heading that stands above it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(account: Account) -> tuple[Table, ...]:
    """What the documents of a dossier have together; tables without rows are left out."""
    documents = account.documents
    made = (_judgements(documents), _grounds(documents), _entities(documents), _deciders(documents),
            _kept(documents), _approvals(documents))  # fmt: skip
    return tuple(table for table in made if table.rows)


def ground(code: str) -> str:
    """A ground in full: article, paragraph and letter."""
    return wording.article(code) if code else NO_GROUND


def entity(code: str) -> str:
    """A kind of data in Dutch."""
    return _DESIGNATED if code == Entity.TERM else wording.ENTITIES[Entity(code)] if code in set(Entity) else code


def role(code: str) -> str:
    """A role in Dutch."""
    return wording.ROLES[Role(code)] if code in set(Role) else code


def numbers(found: Sequence[int]) -> str:
    """`1–3, 7` for 1, 2, 3 and 7; of very many the first, and that there are more."""
    runs: list[list[int]] = []
    for number in sorted(found):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_RUNS])
    return f"{told} en verder" if len(runs) > _MOST_RUNS else told


def per_ground(document: Accounted) -> dict[str, int]:
    """How many redactions of a document have each ground, in order of the grounds' codes."""
    return _sorted(_count(document.redactions, "ground"))


def by_program(document: Accounted) -> int:
    """How many redactions of a document no reviewer decided on."""
    return _count(document.redactions, "decided_by")[PROGRAM]


def _judgements(documents: Sequence[Accounted]) -> Table:
    rows = [(each.value, *_size([one for one in documents if one.judgement is each])) for each in Judgement]
    total = ("totaal", *_size(documents))
    return Table("Documenten", ("Beoordeling", "Documenten", "Bladzijden"), (*(row for row in rows if row[1]), total))


def _size(documents: Sequence[Accounted]) -> tuple[int, int]:
    return len(documents), sum(one.pages or 0 for one in documents)


def _grounds(documents: Sequence[Accounted]) -> Table:
    found = [(code, count) for one in documents for code, count in per_ground(one).items()]
    redactions, within = Counter[str](), Counter(code for code, _ in found)
    for code, count in found:
        redactions[code] += count
    rows = ((ground(code), wording.matter(code), redactions[code], within[code]) for code in sorted(redactions))
    return Table("Gronden", ("Grond", "Belang", "Gelakte plaatsen", "Documenten"), tuple(rows))


def _entities(documents: Sequence[Accounted]) -> Table:
    counts = _count(_all(documents), "entity")
    return Table(
        "Wat is gelakt", ("Soort gegeven", "Gelakte plaatsen"), _most_first({entity(c): n for c, n in counts.items()})
    )


def _deciders(documents: Sequence[Accounted]) -> Table:
    return Table(
        "Wie besliste", ("Beslist door", "Gelakte plaatsen"), _most_first(_count(_all(documents), "decided_by"))
    )


def _kept(documents: Sequence[Accounted]) -> Table:
    counts = Counter[str]()
    for document in documents:
        counts.update(document.kept_names)
    rows = _most_first({role(code): count for code, count in counts.items()})
    return Table("Namen die blijven staan", ("Rol", "Vermeldingen"), rows)


def _approvals(documents: Sequence[Accounted]) -> Table:
    published = [one for one in documents if one.judgement in (Judgement.PUBLIC, Judgement.PARTIAL)]
    counts = Counter(min(len(one.approved_by), 2) for one in published)
    rows = [(_APPROVED_BY[many], counts[many]) for many in sorted(counts)]
    return Table("Goedkeuring van wat openbaar wordt", ("Goedgekeurd", "Documenten"), tuple(rows))


def _all(documents: Sequence[Accounted]) -> Iterator[Redactions]:
    return (each for one in documents for each in one.redactions)


def _count(redactions: Iterator[Redactions] | Sequence[Redactions], name: str) -> Counter[str]:
    counts = Counter[str]()
    for each in redactions:
        counts[getattr(each, name)] += len(each.numbers)
    return counts


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts)}


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
