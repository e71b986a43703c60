"""`woo-anon evaluate --decisions`: how far reviewers agreed with the machine, and what they approved as gold files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from woo_anon.cli import figures as shown

if TYPE_CHECKING:
    from woo_anon.evaluation.agreement import Agreement, Verdict, Verdicts
    from woo_anon.evaluation.figures import Evaluation, Share
    from woo_anon.evaluation.marking import Marked


def measured(given: str, gold: Path | None, *, force: bool, json: bool, misses: bool, quiet: bool) -> Evaluation:
    """Compare, write gold files where they are wanted, and print. Returns the figures."""
    from woo_anon.batch.again import output_folder
    from woo_anon.cli.output import put_json
    from woo_anon.evaluation import agreement as agreements
    from woo_anon.evaluation import export, reviewed
    from woo_anon.evaluation.figures import summarise
    from woo_anon.evaluation.marking import marked

    folder = output_folder(given)
    if gold is not None:
        export.check_place(gold, folder)
    compared, documents = [], []
    for each in reviewed.read(folder):
        compared.append(agreements.compare(each))
        if gold is not None:
            documents.append((each.number, marked(each)))
    if gold is not None:
        export.write(gold, documents, force=force)
        _say_written(gold, [one for _, one in documents], quiet=quiet)
    evaluation, agreement = summarise([one.measurement for one in compared]), agreements.summarise(compared)
    if json:
        put_json({**shown.record(evaluation, misses=misses), "agreement": record(agreement)})
    else:
        show(agreement)
        shown.show(evaluation, misses=misses)
    return evaluation


def _say_written(gold: Path, documents: list[Marked], *, quiet: bool) -> None:
    """What was written, and what of it could not be: that is said also under -q, for it is missing."""
    from woo_anon.cli.output import complain, say

    if not quiet:
        say(f"{len(documents)} documents with their full text -> {gold}")
    left_out = sum(one.left_out for one in documents)
    if left_out:
        within = sum(one.left_out > 0 for one in documents)
        complain(f"{left_out} lines in {within} documents cannot be written in the gold format and were left out.")


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def record(agreement: Agreement) -> dict[str, Any]:
    """The agreement as JSON (docs/accountability.md)."""
    paired = agreement.paired
    return {
        "documents": agreement.documents,
        "verdicts": _counts(agreement.verdicts),
        "by_entity": {entity: _counts(found) for entity, found in agreement.by_entity.items()},
        "by_role": {role: _counts(found) for role, found in agreement.by_role.items()},
        "changed": {name: agreement.changed.get(name, 0) for name in ("ground", "role", "entity")},
        "beside": agreement.beside,
        "reviewers": {
            "documents": agreement.twice_reviewed,
            "both_gone": paired.both_gone,
            "first_only": paired.first_only,
            "second_only": paired.second_only,
            "both_stay": paired.both_stay,
            "kappa": paired.kappa,
        },
    }


def _counts(found: Verdicts) -> dict[str, int]:
    from woo_anon.evaluation.agreement import Verdict

    return {verdict.value: found.get(verdict, 0) for verdict in Verdict}


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def show(agreement: Agreement) -> None:
    """The agreement as tables on stdout."""
    from woo_anon.evaluation.agreement import Verdict

    columns = [*(verdict.value.replace("_", " ") for verdict in Verdict), "found"]
    title = f"{agreement.documents} approved documents: what reviewers made of what was proposed"
    shown.table(title, ["", *columns], [("all", *_row(agreement.verdicts))])
    for name, parts in (("entity", agreement.by_entity), ("role", agreement.by_role)):
        shown.table(f"Per {name} that was approved", [name, *columns], _rows(parts))
    rest = [(f"{name} changed", str(agreement.changed.get(name, 0))) for name in ("ground", "role", "entity")]
    shown.table("And", ["", "decisions"], [*rest, ("redacted for other reasons", str(agreement.beside))])
    if agreement.twice_reviewed:
        _show_reviewers(agreement)


def _show_reviewers(agreement: Agreement) -> None:
    paired = agreement.paired
    kappa = "–" if paired.kappa is None else f"{paired.kappa:.4f}"
    title = f"{agreement.twice_reviewed} documents approved by two reviewers"
    columns = ["", "both redact", "first only", "second only", "both keep", "kappa"]
    counts = (paired.both_gone, paired.first_only, paired.second_only, paired.both_stay)
    shown.table(title, columns, [("decisions", *map(str, counts), kappa)])


def _rows(parts: Mapping[str, Verdicts]) -> list[tuple[str, ...]]:
    return [(name, *_row(found)) for name, found in parts.items()]


def _row(found: Verdicts) -> tuple[str, ...]:
    from woo_anon.evaluation.agreement import Verdict

    return (*(str(found.get(verdict, 0)) for verdict in Verdict), shown.ratio(_found(found, Verdict)))


def _found(found: Verdicts, verdict: type[Verdict]) -> Share:
    """Of what must go, what the machine proposed to remove."""
    from woo_anon.evaluation.figures import Share

    part = found.get(verdict.CONFIRMED, 0)
    return Share(part, part + found.get(verdict.MISSED, 0) + found.get(verdict.WRONGLY_KEPT, 0))
