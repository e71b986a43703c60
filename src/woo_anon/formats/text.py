"""UTF-8 text: the smallest format, and the reference for the others.

Offsets are those of the file's own text, unchanged: line ends are not translated and a byte order mark stays the first
character. Redacted spans are replaced by `[label]` through Presidio's AnonymizerEngine with an operator of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult
from presidio_anonymizer.operators import Operator, OperatorType

from woo_anon.document import Document, Page, Redaction, Written
from woo_anon.errors import OutputError, RefusedError, UnreadableError

LARGEST = 4_000_000  # bytes: some 1,500 pages; detection needs a few hundred times that in memory
PLAIN_LABEL = "persoonsgegeven"  # stands where the profile puts no ground on a redaction


def read(path: Path) -> Document:
    """Read a UTF-8 text as one page.

    Raises UnreadableError when it is missing, empty, holds NUL or is not UTF-8, and RefusedError when it is too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise RefusedError(
                f"{path.name}: larger than {LARGEST // 1_000_000} MB of text.", "Split it and handle the parts."
            )
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{path.name}: not UTF-8 (byte {error.start}).", "Save the text as UTF-8 and try again."
        ) from error
    if "\0" in text:
        raise UnreadableError(f"{path.name}: holds NUL characters, so it is no text.", "Save the text as UTF-8.")
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableError(f"{path.name}: holds no text.", "Check the export that made it.")
    return Document(path.name, "text", text, (Page(1, 0, len(text)),))


class _LabelOperator(Operator):
    """Replaces a span by its label in square brackets; the label travels as the result's entity type."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        return f"[{(params or {})['entity_type']}]"

    def validate(self, params: dict[str, Any] | None = None) -> None:
        if not (params or {}).get("entity_type"):
            raise ValueError("a redaction without a label")

    def operator_name(self) -> str:
        return "woo_label"

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


def write(source: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Written:
    """Write the text with every redacted span replaced by its label. Raises OutputError when that fails."""
    try:
        target.write_bytes(replace(document.text, redactions).encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
    return Written(redactions=tuple(redactions))


def replace(text: str, redactions: Sequence[Redaction]) -> str:
    """`text` with the (disjoint) spans of `redactions` replaced by `[label]`."""
    engine: Any = AnonymizerEngine()  # type: ignore[no-untyped-call]
    engine.add_anonymizer(_LabelOperator)
    results = [
        RecognizerResult(
            entity_type=redaction.decision.label or PLAIN_LABEL,
            start=redaction.decision.span.start,
            end=redaction.decision.span.end,
            score=redaction.decision.score,
        )
        for redaction in redactions
    ]
    replaced = engine.anonymize(
        text,
        results,
        operators={"DEFAULT": OperatorConfig("woo_label")},
        # Neighbours stay apart: every redaction of the log is one label in the text.
        merge_entities_with_spaces=False,
    )
    return str(replaced.text)
