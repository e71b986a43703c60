"""What hangs from a mail, and the mails of a mailbox, as documents of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from woo_anon.batch import task
from woo_anon.batch.pool import opened_pool
from woo_anon.batch.progress import SILENT, Progress
from woo_anon.discover import Source
from woo_anon.errors import WooAnonError
from woo_anon.settings import Settings


def with_members(sources: Sequence[Source], settings: Settings, progress: Progress = SILENT) -> tuple[Source, ...]:
    """`sources`, each with what hangs from it behind it; a mailbox gives way to its mails.

    A mail that cannot be taken apart stands alone, and says why in its own turn; a mailbox says so at once.
    """
    holders = [source for source in sources if source.holder and not source.failure]
    if not holders:
        return tuple(sources)
    with opened_pool(len(holders), settings, progress) as pool:

        def taken_apart(source: Source) -> tuple[Source, ...]:
            try:
                return pool.call(task.members, source)
            except WooAnonError as error:
                return (source if source.suffixes else replace(source, failure=error),)

        found = dict(zip(holders, pool.each("unpack", taken_apart, holders), strict=True))
    return tuple(one for source in sources for one in found.get(source, (source,)))
