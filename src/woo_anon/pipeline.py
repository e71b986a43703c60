"""One document's way through the stages: the page to read first.

    read ──► detect ──► who is who ──► decide ──► redact ──► verify ──► record

`examine` goes as far as the decisions and writes nothing; `process` goes all the way and writes to staged names, to
which `batch` gives their final names once everything has been verified.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from woo_anon import beside, marking, recording, verify
from woo_anon.document import Action, Decision, Document, Function, Twin, Verification, Written
from woo_anon.errors import LeakError, MissingError, OutputError, RefusedError
from woo_anon.formats import by_key, recognise
from woo_anon.mark import Mark
from woo_anon.people import telling
from woo_anon.people.dossier import NO_DOSSIER, Dossier, Known, words_of
from woo_anon.people.duplicates import differences, trace
from woo_anon.people.passages import demanded
from woo_anon.people.pseudonyms import aliases, labelled, pseudonyms
from woo_anon.people.resolve import resolve
from woo_anon.policy import profile as profiles
from woo_anon.policy.areas import of_signatures, with_areas
from woo_anon.policy.decide import Terms, decide, with_demanded
from woo_anon.policy.marked import with_marks
from woo_anon.policy.rulings import Proposed, Ruling, overruled
from woo_anon.record import examined, naming
from woo_anon.stages import Examination, Plan, Redacted, redactions
from woo_anon.stopwatch import Stopwatch

if TYPE_CHECKING:
    from woo_anon.detect.engine import Detector
    from woo_anon.settings import Settings
    from woo_anon.trail.standing import Standing


@cache
def detector() -> Detector:
    """The detector of this process; loading the model takes a second, so it is done once and when first needed."""
    from woo_anon.detect.engine import Detector

    return Detector()


def examine(
    source: Path,
    settings: Settings,
    dossier: Dossier = NO_DOSSIER,
    watch: Stopwatch | None = None,
    rulings: Sequence[Ruling] = (),
) -> Examination:
    """Read, detect, tell who is who, decide. Writes nothing.

    `dossier` knows who goes in the documents beside this one, `rulings` are what people ruled on it. Raises
    UnreadableError, RefusedError, MissingError and SettingsError as the stages do.
    """
    seen = _with_beside(_on_pages(source, settings, dossier, watch, rulings), settings, dossier)
    seen = replace(seen, twin=_twin(seen, dossier))
    return _with_pseudonyms(seen, dossier) if settings.pseudonyms else seen


def _on_pages(
    source: Path, settings: Settings, dossier: Dossier, watch: Stopwatch | None, rulings: Sequence[Ruling]
) -> Examination:
    """What is on the pages, and what becomes of it."""
    watch = watch or Stopwatch()
    if settings.from_marks:
        marking.check(source, settings)
    document = recognise(source).read(source, marking.access(source, settings))
    marks = marking.read(source, document, settings)
    watch.lap("read")
    return examine_document(document, settings, dossier, watch, rulings, marks=marks)


def _twin(seen: Examination, dossier: Dossier) -> Twin | None:
    duplicate = dossier.duplicates.get(dossier.own)
    if duplicate is None:
        return None
    left = differences(duplicate, seen.document.text, seen.decisions)
    name = posixpath.relpath(_slashes(duplicate.location), posixpath.dirname(_slashes(dossier.own)))
    return Twin(name, duplicate.similarity, duplicate.others, left)


def _slashes(location: str) -> str:
    return location.replace(os.sep, "/")


def _with_beside(seen: Examination, settings: Settings, dossier: Dossier) -> Examination:
    """Knowing what goes of the strings beside the pages as well."""
    strings = beside.as_document(seen.document)
    if strings is None:
        return seen
    found = examine_document(strings, settings, dossier).decisions
    named = beside.named(strings, found, seen.document, seen.decisions)
    return replace(seen, document=replace(seen.document, named=named))


def _with_pseudonyms(seen: Examination, dossier: Dossier) -> Examination:
    """A document that is handled alone is a dossier by itself."""
    text = seen.document.text
    people = aliases(text, seen.persons, seen.decisions)
    names = dossier.pseudonyms or pseudonyms([(dossier.own, tuple(people.values()))])
    return replace(seen, decisions=labelled(text, seen.decisions, people, dossier.own, names))


def with_attachments(seen: Examination, attachments: tuple[tuple[int, str], ...]) -> Examination:
    """A mail that knows what became of its attachments, for its list of them; not where a word of that is redacted."""
    text = seen.document.text
    removed = " ".join(text[one.span.start : one.span.end] for one in seen.decisions if one.removes)
    gone = _words(removed)
    safe = tuple((number, said) for number, said in attachments if gone.isdisjoint(_words(said)))
    return replace(seen, document=replace(seen.document, attachments=safe))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def known(source: Path, settings: Settings, location: str = "", rulings: Sequence[Ruling] = ()) -> Known:
    """What a document knows of its people and its text, for the other documents of the dossier.

    `location` is where it comes from, when `source` is a copy of it. Raises as `examine`.
    """
    seen = _on_pages(source, settings, NO_DOSSIER, None, rulings)
    text = seen.document.text
    going = {decision.person for decision in seen.decisions if decision.removes and decision.person is not None}
    people = aliases(text, seen.persons, seen.decisions) if settings.pseudonyms else {}
    told, place = telling.known(text, seen.persons, going), location or str(source)
    return replace(
        told,
        trace=trace(place, text, seen.decisions),
        aliases=tuple(people.values()),
        words=" ".join(sorted({*told.words.split(), *words_of(place)})),  # whom its name could name
    )


def examine_document(
    document: Document,
    settings: Settings,
    dossier: Dossier = NO_DOSSIER,
    watch: Stopwatch | None = None,
    rulings: Sequence[Ruling] = (),
    *,
    marks: Sequence[Mark] | None = None,
) -> Examination:
    """Detect, tell who is who, decide, on a document that has been read.

    `marks` that people left or set take the place of the proposals. Raises RefusedError, MissingError and SettingsError
    as the stages do.
    """
    watch = watch or Stopwatch()
    profile = profiles.load(settings.profile)
    detection = detector().detect(document)
    watch.lap("detect")
    persons = resolve(
        document, detection.findings, detection.zones, domains=settings.organisation.domains, dossier=dossier
    )
    watch.lap("who is who")
    decisions = _settled(decide(document, detection.findings, persons, profile, _terms(settings)), settings)
    decisions = with_demanded(document.text, decisions, demanded(document.text, dossier.passages))
    signed = _settled(of_signatures(document, detection.signatures, profile), settings)
    decisions = with_areas(document, decisions, signed)
    proposed = Proposed(document, persons, decisions)
    if marks is not None:  # reviewers of the folder judge what the marks make of it
        decisions = overruled(proposed, with_marks(proposed, (), marks), profile).decisions
        rulings = with_marks(proposed, rulings, marks)
    ruled = overruled(proposed, rulings, profile)
    watch.lap("decide")
    return Examination(
        document, detection.findings, detection.zones, persons, decisions, ruled.decisions, ruled.unplaced
    )


def _terms(settings: Settings) -> Terms:
    organisation = settings.organisation
    return Terms(
        redact=settings.terms,
        keep=(
            *settings.keep,
            *organisation.kept_persons,
            *organisation.functional_mailboxes,
            *organisation.general_numbers,
        ),
        functions=frozenset(map(Function, organisation.kept_functions)),
    )


def _settled(decisions: Iterable[Decision], settings: Settings) -> tuple[Decision, ...]:
    """The decisions, those in doubt as the user wants them."""
    return tuple(
        replace(decision, action=Action.KEEP, ground=None, label="")
        if decision.action is Action.REVIEW and settings.review == "keep"
        else decision
        for decision in decisions
    )


def public_name(base: PurePath, seen: Examination, settings: Settings, dossier: Dossier = NO_DOSSIER) -> PurePath:
    """`base`, folders and stem of a document's outputs, without names of people (`naming.without_names`)."""
    path = naming.as_document(base)
    found = examine_document(path, settings, dossier).decisions
    return naming.without_names(base, found, seen.document, seen.decisions, dossier.surnames_at(path.text))


def check_wanted(source: Path, settings: Settings) -> None:
    """Raise MissingError when a PDF is asked for that needs a program which is not there; UnreadableError as
    `recognise`."""
    render = recognise(source).render
    if settings.to == "pdf" and render is not None and not render.available():
        raise MissingError(f"{source.name}: no PDF can be made of it without LibreOffice.", render.remedy)


def may_be_published(seen: Examination, settings: Settings, standing: Standing) -> bool:
    """Whether there may be a publication version of an examined document, by what people decided on it."""
    four_eyes = profiles.load(settings.profile).four_eyes
    return standing.may_be_published(examined.proposal_of(seen.document, seen.proposed), four_eyes=four_eyes)


def propose(
    source: Path, staged: Sequence[Path], copy: Path, seen: Examination, settings: Settings, *, name: str
) -> None:
    """Write what the reviewers of an examined document need to its staged names: its report; before it, in an output
    folder, what the review shows; and before that the marked copy, to be called `name`, and its marks, when they are
    asked for. `copy` is the place for a prepared copy. Raises OutputError."""
    if settings.marks:
        going = redactions(seen.document, seen.decisions)
        marking.write(source, seen.document, going, settings, staged=(staged[0], staged[1]), name=name)
        staged = staged[2:]
    *before, report_file = staged
    for_review = before[0] if before else None
    handled = _handled(source, seen.document, copy)
    recording.propose(seen, handled, report_file, for_review, settings)


def process(
    plan: Plan, staged: Plan, seen: Examination, settings: Settings, watch: Stopwatch | None = None
) -> Redacted:
    """Take an examined document the rest of the way; write its files under the names of `staged`.

    Raises what the stages raise, and LeakError when the written file does not pass verification. On an error files
    under staged names may be left: the caller removes them.
    """
    watch = watch or Stopwatch()
    done = redact(plan.source, staged, seen, keep_layout=settings.keep_layout, watch=watch)
    if not done.verification.passed:
        raise _leak(plan, done.verification)
    if plan.marked and staged.marked:
        going = redactions(seen.document, seen.decisions)
        name = plan.marked[0].name
        marking.write(plan.source, seen.document, going, settings, staged=staged.marked, name=name)
    recording.record(plan, staged, seen, done, settings)
    watch.lap("record")
    return done


def redact(
    source: Path, staged: Plan, seen: Examination, *, keep_layout: bool, watch: Stopwatch | None = None
) -> Redacted:
    """Write the publication version of `source`, or of its prepared copy, to its staged name and verify it.

    Raises what the writer raises.
    """
    watch = watch or Stopwatch()
    handled = _handled(source, seen.document, staged.prepared)
    target = staged.also[-1] if staged.also else staged.publication
    done = _written(handled, target, seen, keep_layout=keep_layout, watch=watch)
    if not done.verification.passed and not keep_layout:
        # Text that moved may collide with something: then it must not move.
        done = _written(handled, target, seen, keep_layout=True, watch=watch)
    return _rendered(done, target, staged.publication, seen, watch) if staged.also else done


def tried(
    source: Path, text: str, decisions: tuple[Decision, ...], settings: Settings, target: Path
) -> tuple[str, int]:
    """Write to `target` what would be published of `source`, of which `text` was read, with these decisions.

    Returns its suffix and its number of pages. Raises RefusedError when another text is read now, LeakError when it
    does not pass verification, and what the stages raise.
    """
    read = recognise(source)
    document = read.read(source, marking.access(source, settings))
    if document.text != text:
        raise RefusedError(f"{source.name}: reads otherwise than when it was redacted.", "Run woo-anon redact again.")
    also = (target.with_suffix(".first"),) if len(read.suffixes) > 1 else ()
    staged = Plan(source, target, target, target, target.with_suffix(".prepared"), also)
    seen = Examination(document, (), (), (), decisions, decisions)
    done = redact(source, staged, seen, keep_layout=settings.keep_layout)
    if not done.verification.passed:
        raise _leak(staged, done.verification)
    return read.suffixes[-1], len(document.pages)


def _rendered(done: Redacted, first: Path, target: Path, seen: Examination, watch: Stopwatch) -> Redacted:
    """The publication version, made of the version that was written `first`, and verified as well."""
    render = by_key(seen.document.format).render
    assert render is not None
    render.make(first, target, seen.document.name)
    watch.lap("render")
    checks = verify.verify_rendered(first, target, seen.document, done.written.redactions).checks
    watch.lap("verify")
    return replace(done, verification=Verification((*done.verification.checks, *checks)))


def _written(source: Path, target: Path, seen: Examination, *, keep_layout: bool, watch: Stopwatch) -> Redacted:
    document, removals = seen.document, redactions(seen.document, seen.decisions)
    written = by_key(document.format).write(source, target, document, removals, keep_layout=keep_layout)
    written = _with_prepared(written, document)
    watch.lap("redact")
    verification = verify.verify(source, target, document, written.redactions)
    watch.lap("verify")
    return Redacted(source, written, verification)


def _handled(source: Path, document: Document, place: Path | None) -> Path:
    """The file to redact: the source itself, or the copy that was prepared of it, written to its place."""
    if document.prepared is None:
        return source
    if place is None:
        raise OutputError(f"{source.name}: there is no place for a prepared copy.")
    try:
        place.write_bytes(document.prepared.content)
    except OSError as error:
        raise OutputError(f"{source.name}: no copy can be written ({error.strerror or 'output error'}).") from error
    return place


def _with_prepared(written: Written, document: Document) -> Written:
    """What the writer did, and what preparing the document took away before."""
    before = document.prepared.removed if document.prepared is not None else ()
    return replace(written, removed=tuple(sorted({*written.removed, *before})))


def _leak(plan: Plan, verification: Verification) -> LeakError:
    failed = ", ".join(check.name for check in verification.checks if not check.passed)
    return LeakError(
        f"{plan.source.name}: verification of the output failed ({failed}); nothing was written.",
        "Please report this with the log of `-v`; the document itself need not be sent.",
    )
