"""Running the pipeline over gold documents, each in a worker of the chosen executor."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future

from woo_anon.batch.border import UnexpectedError, unexpected
from woo_anon.batch.progress import SILENT, Progress
from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.evaluation.figures import Measurement, measure
from woo_anon.evaluation.gold import Gold
from woo_anon.executors import open_executor
from woo_anon.settings import Settings


def evaluate(golds: Sequence[Gold], settings: Settings, progress: Progress = SILENT) -> Generator[Measurement]:
    """Examine and measure every document; measurements come in the order of `golds`.

    What goes wrong with one document ends the run, for figures without it would be of other documents. Raises what the
    stages raise. Close the iterator when you leave it early: that ends the workers.
    """
    progress.begin("evaluate", len(golds))
    with open_executor(settings, len(golds)) as executor:
        futures: Iterable[Future[Measurement]] = (executor.submit(_measured, gold, settings) for gold in golds)
        if settings.executor != "serial":
            futures = list(futures)  # so that all workers have work; in this process it would all be done here
        for gold, future in zip(golds, futures, strict=True):
            measurement = _result(gold, future)
            progress.advance()
            yield measurement


def _result(gold: Gold, future: Future[Measurement]) -> Measurement:
    try:
        return future.result()
    except (RefusedError, UnreadableError, UnexpectedError) as error:  # those that are about the document
        error.message = f"{gold.name}: {error.message.removeprefix(f'{gold.name}: ')}"
        raise


def _measured(gold: Gold, settings: Settings) -> Measurement:
    """Runs in the worker; lets no error out that could quote the document."""
    from woo_anon import pipeline

    try:
        return measure(gold, pipeline.examine_document(gold.document, settings).decisions)
    except WooAnonError:
        raise
    except Exception as error:
        raise unexpected(error) from None
