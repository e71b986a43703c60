"""Where the outputs of each document go, decided for all of them before anything is written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from woo_anon import storage
from woo_anon.discover import Source
from woo_anon.errors import UsageError
from woo_anon.record.examined import SUFFIX
from woo_anon.staging import Output
from woo_anon.trail.standing import UNTOUCHED, Standing

MARKED = (".marks.pdf", ".marks.xfdf")  # endings of the marked copy and of its marks


@dataclass(frozen=True)
class Work:
    """One document and where its outputs go.

    `root` is the output folder, None for outputs beside the source; `store` its address, where it is elsewhere. `base`
    are the folders and the stem of the outputs in it, as the source has them: names of people are taken out when the
    document has been examined. Then `number`, which says nothing of the source's name, tells apart what may have become
    the same. `replaces`: outputs that stand there are an earlier run's, and may be replaced. `standing` is what people
    decided on it. With `marks` the proposals are marked in a copy as well.
    """

    source: Source
    root: Path | None = None
    store: str = ""
    base: PurePath = field(default_factory=PurePath)
    number: int = 0
    replaces: bool = False
    family: tuple[int, str] | None = None  # number of the mail that it belongs to, and its place in that
    standing: Standing = UNTOUCHED
    thread: int | None = None  # number of a mail's conversation
    attachments: tuple[tuple[int, str], ...] = ()  # what became of a mail's attachments, by number
    marks: bool = False

    @property
    def public(self) -> Path:
        """The folder of what may leave the building."""
        return self._folder("publication")

    @property
    def internal(self) -> Path:
        """The folder of what may not."""
        return self._folder("internal")

    def _folder(self, kind: str) -> Path:
        if self.store:
            return Path(kind)
        return self.root / kind if self.root else self.source.path.parent

    @property
    def folder(self) -> str:
        """The location of the output folder; "" for outputs beside the source."""
        return self.store or str(self.root or "")

    def located(self, output: Output) -> str:
        """The location of an output."""
        return storage.joined(self.store, output.path) if self.store else str(output.path)

    def outputs(self, base: PurePath | None = None) -> tuple[Output, ...]:
        """The marked copy and its marks (`marks`), what the review needs (in an output folder), report, log, further
        versions and publication version, in the order in which they are placed; none for a source that failed. Their
        paths are absolute, or within `store`.

        ::

            beside the input            in an output folder
            nota.marks.pdf              internal/sub/nota.marks.pdf       with `marks`
            nota.marks.xfdf             internal/sub/nota.marks.xfdf
                                        internal/sub/nota.review.zip
            nota.review.html            internal/sub/nota.review.html
            nota.anon.json              publication/sub/nota.anon.json
            nota.anon.docx              publication/sub/nota.anon.docx    of a Word document
            nota.anon.pdf               publication/sub/nota.anon.pdf
        """
        if self.source.failure:
            return ()
        base = base or self.base
        public, internal = (folder / base.parent for folder in (self.public, self.internal))
        review = Output(internal / f"{base.name}{SUFFIX}", private=True)
        marked = (Output(internal / f"{base.name}{suffix}", private=True) for suffix in MARKED)
        return (
            *(marked if self.marks else ()),
            *((review,) if self.folder else ()),
            Output(internal / f"{base.name}.review.html", private=True),
            Output(public / f"{base.name}.anon.json"),
            *(Output(public / f"{base.name}.anon{suffix}") for suffix in self.source.suffixes),
        )


def is_marked(location: str) -> bool:
    """Whether an output is a marked copy or its marks, which people work on: by its name."""
    return location.endswith(MARKED)


def plan(sources: Iterable[Source], folder: Path | str | None, *, marks: bool = False) -> tuple[Work, ...]:
    """Where the outputs of all `sources` go (contract: redact); `folder` is that of `-o`, a path or an address. Pure:
    looks at no disk.

    Sources of one name that differ in their suffix get outputs with the suffix in their names: `nota-pdf`, `nota-txt`;
    a marked copy, `nota.marks.pdf`, gives those of `nota.pdf`. Raises UsageError when two sources would give the same
    output all the same, or an output would replace a source.
    """
    works = [replace(_work(source, folder), marks=marks) for source in sources]
    shared = Counter(_key(work, work.outputs()[0]) for work in works if work.outputs())
    works = [
        _with_suffix(work) if any(shared[_key(work, output)] > 1 for output in work.outputs()) else work
        for work in works
    ]
    _check_distinct(works)
    return tuple(works)


def _work(source: Source, folder: Path | str | None) -> Work:
    if source.address and folder is None:
        raise UsageError("There is no place beside an address.", "Choose an output folder with -o.")
    if folder is not None and storage.is_address(str(folder)):
        return Work(source, store=str(folder), base=_base(source.within))
    folder = Path(folder) if folder is not None else None
    if folder is None and source.folder is not None:
        if not source.folder.name:
            raise UsageError("There is no place beside the root folder.", "Choose an output folder with -o.")
        folder = source.folder.with_name(f"{source.folder.name}.woo")
    # Of a member its folder counts too: it is called after the mail.
    within = source.within if folder else PurePath(*source.within.parts[-2 if source.member else -1 :])
    return Work(source, folder, base=_base(within))


def _base(within: PurePath) -> PurePath:
    name = within.name.removesuffix(MARKED[0])
    return within.with_name(within.stem if name in ("", within.name) else name)


def _with_suffix(work: Work) -> Work:
    kind = work.source.within.suffix[1:]
    return replace(work, base=work.base.with_name(f"{work.base.name}-{kind}")) if kind else work


def _check_distinct(works: Sequence[Work]) -> None:
    taken: dict[str, Source] = {os.path.normcase(work.source.location): work.source for work in works}
    for work in works:
        for output in work.outputs():
            other = taken.setdefault(_key(work, output), work.source)
            if other is not work.source:
                raise UsageError(
                    f"{other.location} and {work.source.location} would both be written to {work.located(output)}.",
                    "Rename one of them, or handle them with different -o folders.",
                )


def _key(work: Work, output: Output) -> str:
    return work.located(output) if work.store else os.path.normcase(output.path)
