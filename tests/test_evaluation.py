"""Evaluation: reading gold documents, and the figures. All figures were computed by hand; all names are invented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Entity, Role
from woo_anon.errors import UnreadableError
from woo_anon.evaluation.figures import Evaluation, Fault, Measurement, Share, figures, measure, summarise
from woo_anon.evaluation.gold import LABELS, MUST_GO, Gold, parse, read
from woo_anon.spans import Span

HEADER = "# kind: nota\n# ministry: gemeente Westerhaar\n# note: made for a test\n\n"


def gold(body: str, header: str = HEADER, name: str = "note") -> Gold:
    return parse(f"{name}.gold.txt", header + body)


def decided(start: int, end: int, action: Action = Action.REDACT, role: Role = Role.UNKNOWN) -> Decision:
    return Decision(Span(start, end), Entity.PERSON, action, role, None, "", "rule", 1.0, "test")


def removing(document: Gold, *surfaces: str, role: Role = Role.UNKNOWN) -> list[Decision]:
    """A redaction for every occurrence of every surface in the plain text."""
    found = (match.span() for surface in surfaces for match in re.finditer(re.escape(surface), document.text))
    return [decided(start, end, role=role) for start, end in sorted(found)]


def measured(body: str, *surfaces: str) -> Measurement:
    document = gold(body)
    return measure(document, removing(document, *surfaces))


def summarised(body: str, *surfaces: str) -> Evaluation:
    return summarise([measured(body, *surfaces)])


# ── Gold documents ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_its_marks_a_gold_document_is_the_plain_text() -> None:
    document = gold("Van {{PERSON|Sem Ruigrok}} aan\n{{KEEP|Halfwerk}}.\n")
    assert document.text == "Van Sem Ruigrok aan\nHalfwerk.\n"
    assert [(document.text[m.span.start : m.span.end], m.label) for m in document.mentions] == [
        ("Sem Ruigrok", "PERSON"),
        ("Halfwerk", "KEEP"),
    ]
    assert document.header == {"kind": "nota", "ministry": "gemeente Westerhaar", "note": "made for a test"}


def test_a_value_in_the_header_may_hold_a_colon() -> None:
    assert gold("x", "# note: heading: in capitals\n\n").header == {"note": "heading: in capitals"}


def test_blank_lines_and_hashes_in_the_text_are_text() -> None:
    assert gold("\n# kop\n\nslot\n").text == "\n# kop\n\nslot\n"


def test_single_braces_are_text() -> None:
    assert gold("{a} {{{PERSON|Ruigrok}}}").text == "{a} {Ruigrok}"


def test_lines_are_counted_in_the_file_header_included() -> None:
    document = gold("een\ntwee {{PERSON|Ruigrok}}\n")
    assert document.line(document.mentions[0].span.start) == 6


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("# kind: nota\n\nVan {{PERSON|Ruigrok}\n", 3, "broken mark"),
        ("# kind: nota\n\nregel\nVan PERSON|Ruigrok}}\n", 4, "broken mark"),
        ("# kind: nota\n\n{{PERSON|Sem\nRuigrok}}\n", 3, "broken mark"),
        ("# kind: nota\n\n{{PERSON|{{INITIALS|SR}}uigrok}}\n", 3, "broken mark"),
        ("# kind: nota\n\n{{PERSON|}}\n", 3, "broken mark"),
        ("# kind: nota\n\n\n{{RUIGROK|x}}\n", 4, "unknown label"),
        ("# kind: nota\n\n{{TERM|Ruigrok}}\n", 3, "unknown label"),
        ("# kind: nota\n\n{{PERSON|Ruigrok }}\n", 3, "white space"),
        ("# kind: nota\nVan Ruigrok\n\ntekst\n", 2, "not a header line"),
        ("# kind Ruigrok\n\ntekst\n", 1, "not a header line"),
        ("Van Ruigrok\n\ntekst\n", 1, "not a header line"),
        ("# kind: nota\n# note: Ruigrok", 2, "no blank line"),
    ],
)
def test_what_is_broken_is_told_by_file_and_line_without_its_text(content: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse("note.gold.txt", content)
    assert caught.value.message.startswith(f"note.gold.txt, line {line}: {what}")
    assert "ruigrok" not in str(caught.value).lower()


def test_a_folder_is_read_by_name_and_other_files_are_left(tmp_path: Path) -> None:
    for name in ("b.gold.txt", "a.gold.txt", "c.txt"):
        (tmp_path / name).write_text(HEADER + "tekst\n", "utf-8")
    assert [document.name for document in read(tmp_path)] == ["a", "b"]


def test_a_byte_order_mark_and_line_ends_of_windows_are_read_as_they_are_meant(tmp_path: Path) -> None:
    content = (HEADER + "Van {{PERSON|Ruigrok}}\naan\n").replace("\n", "\r\n")
    (tmp_path / "note.gold.txt").write_bytes(b"\xef\xbb\xbf" + content.encode())
    (document,) = read(tmp_path)
    assert (document.header["kind"], document.text) == ("nota", "Van Ruigrok\naan\n")


def test_a_folder_without_gold_documents_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"\.gold\.txt"):
        read(tmp_path)


def test_a_folder_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read(tmp_path / "absent")


def test_a_gold_document_that_is_not_utf_8_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "note.gold.txt").write_bytes(HEADER.encode() + b"Ren\xe9")
    with pytest.raises(UnreadableError, match="not UTF-8"):
        read(tmp_path)


# ── Recall, clean documents, kept ─────────────────────────────────────────────────────────────────────────────────────


def test_a_mention_counts_as_found_only_when_no_letter_of_it_is_left() -> None:
    whole = summarised("{{PERSON|Sem Ruigrok}}", "Sem", "Ruigrok").figures
    part = summarised("{{PERSON|Sem Ruigrok}}", "Ruigrok").figures
    assert (whole.recall, part.recall) == (Share(1, 1), Share(0, 1))


def test_points_and_hyphens_may_be_left() -> None:
    assert summarised("{{PERSON|S.-R. Ruigrok}}", "S", "R", "uigrok").figures.recall == Share(1, 1)


def test_recall_is_told_per_label() -> None:
    body = "{{PERSON|Ruigrok}} {{PERSON|Naber}} {{PHONE|06 1122 3344}} {{KEEP|Halfwerk}} {{TOP|Egberink}}"
    found = summarised(body, "Ruigrok", "06 1122 3344").figures
    assert found.by_label == {"PERSON": Share(1, 2), "PHONE": Share(1, 1)}
    assert found.recall == Share(2, 3)


def test_what_is_marked_for_review_is_removed_and_what_is_kept_is_not() -> None:
    document = gold("{{PERSON|Ruigrok}} {{PERSON|Naber}}")
    decisions = [decided(0, 7, Action.REVIEW), decided(8, 13, Action.KEEP)]
    assert figures([measure(document, decisions)]).recall == Share(1, 2)


def test_a_document_is_clean_when_nothing_was_missed_whatever_was_removed_too_much() -> None:
    assert measured("{{PERSON|Ruigrok}} {{KEEP|Halfwerk}}", "Ruigrok", "Halfwerk").clean == Share(1, 1)
    assert measured("{{PERSON|Ruigrok}} {{PHONE|2417}}", "Ruigrok").clean == Share(0, 1)


def test_a_document_with_nothing_to_remove_takes_no_part_in_clean_documents() -> None:
    assert measured("{{KEEP|Halfwerk}} en tekst").clean == Share(0, 0)


def test_kept_and_top_kept_are_mentions_of_which_nothing_went() -> None:
    body = "{{KEEP|Halfwerk}} {{KEEP|De Wildt}} {{KEEP|Tuinstra}} {{TOP|Egberink}} {{TOP|Zuur}}"
    found = summarised(body, "Wildt", "Zuur").figures
    assert (found.kept, found.top_kept) == (Share(2, 3), Share(1, 2))


# ── Precision ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_precision_is_the_share_of_redacted_letters_and_digits_that_must_go() -> None:
    # Redacted: Ruigrok 7, `de nota` 6, Halfwerk 8. Must go: 7 of these 21.
    assert measured(
        "{{PERSON|Ruigrok}} las de nota van {{KEEP|Halfwerk}}", "Ruigrok", "de nota", "Halfwerk"
    ).precision == (Share(7, 21))


def test_names_of_the_top_neither_help_nor_harm_precision() -> None:
    assert measured("{{PERSON|Ruigrok}} {{TOP|Egberink}}", "Ruigrok", "Egberink").precision == Share(7, 7)


def test_spaces_and_brackets_neither_help_nor_harm_precision() -> None:
    assert measured("({{PERSON|Ruigrok}}), tekst", " (Ruigrok), ", "(Ruigrok), ").precision == Share(7, 7)


# ── E-mail addresses ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_domain_of_an_address_may_stay() -> None:
    found = measured("{{EMAIL|s.ruigrok@westerhaar.nl}}", "s.ruigrok")
    assert (figures([found]).recall, found.precision) == (Share(1, 1), Share(8, 8))


def test_the_domain_of_an_address_may_go() -> None:
    found = measured("{{EMAIL|s.ruigrok@westerhaar.nl}}", "s.ruigrok@westerhaar.nl")
    assert (figures([found]).recall, found.precision) == (Share(1, 1), Share(8, 8))


def test_what_stands_before_the_at_must_go() -> None:
    assert figures([measured("{{EMAIL|s.ruigrok@westerhaar.nl}}", "westerhaar.nl")]).recall == Share(0, 1)


def test_a_domain_that_a_line_end_broke_off_is_no_mention_of_its_own() -> None:
    found = measured("{{EMAIL|s.ruigrok@}}\n{{EMAIL|westerhaar.nl}}", "s.ruigrok")
    assert (figures([found]).recall, found.precision) == (Share(1, 1), Share(8, 8))


def test_an_address_that_a_line_end_broke_before_the_at_counts_its_first_half() -> None:
    found = measured("{{EMAIL|s.ruigrok}}\n{{EMAIL|@westerhaar.nl}}")
    assert figures([found]).recall == Share(0, 1)


# ── Persons ───────────────────────────────────────────────────────────────────────────────────────────────────────────

TWO_PEOPLE = "{{PERSON|Sem Ruigrok}} en {{PERSON|Hanna Naber}}. {{PERSON|Ruigrok}} tekende ({{INITIALS|SR}})."


def test_a_person_is_protected_only_when_all_mentions_are() -> None:
    assert measured(TWO_PEOPLE, "Ruigrok", "Sem", "Hanna Naber").persons == Share(1, 2)  # the initials are left
    assert measured(TWO_PEOPLE, "Ruigrok", "Sem", "Hanna Naber", "SR").persons == Share(2, 2)


def test_people_who_may_stay_are_not_counted_among_the_protected() -> None:
    assert measured("{{PERSON|Sem Ruigrok}} {{KEEP|Lot Halfwerk}} {{TOP|Jip Egberink}}").persons == Share(0, 1)


def test_people_of_different_documents_are_different_people() -> None:
    both = figures([measured("{{PERSON|Sem Ruigrok}}", "Sem Ruigrok"), measured("{{PERSON|Sem Ruigrok}}")])
    assert both.persons == Share(1, 2)


# ── Misses ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_fault_is_listed_with_its_line_and_context() -> None:
    body = "Van: {{PERSON|Ruigrok}}\nAan {{KEEP|Halfwerk}}\nCC {{TOP|Egberink}}\nde nota van gisteren"
    misses = measured(body, "Halfwerk", "Egberink", "nota").misses
    assert [(miss.line, miss.fault, miss.label, miss.text) for miss in misses] == [
        (5, Fault.MISSED, "PERSON", "Ruigrok"),
        (6, Fault.REMOVED, "KEEP", "Halfwerk"),
        (7, Fault.REMOVED, "TOP", "Egberink"),
        (8, Fault.STRAY, "PERSON", "nota"),
    ]
    assert (misses[0].before, misses[0].after) == ("Van: ", "\nAan Halfwerk\nCC Egberink\nde n")


def test_a_document_without_faults_has_no_misses() -> None:
    assert measured("({{PERSON|Ruigrok}}) aan {{KEEP|Halfwerk}}", "(Ruigrok)").misses == ()


def test_the_repr_of_a_miss_holds_no_text_of_the_document() -> None:
    assert "Ruigrok" not in repr(measured("aan {{PERSON|Ruigrok}}"))


# ── Parts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_figures_are_told_per_kind_and_per_origin_where_the_header_has_them() -> None:
    found = gold("{{PERSON|Ruigrok}}", "# kind: nota\n# origin: Dutch\n\n")
    missed = gold("{{PERSON|Naber}}", "# kind: email\n\n")
    parts = summarise([measure(found, removing(found, "Ruigrok")), measure(missed, [])]).by_header
    recalls = {
        key: {value: (part.documents, part.recall) for value, part in values.items()} for key, values in parts.items()
    }
    assert recalls == {
        "kind": {"email": (1, Share(0, 1)), "nota": (1, Share(1, 1))},
        "origin": {"Dutch": (1, Share(1, 1))},
    }


def test_per_role_it_is_told_what_went_and_what_stayed() -> None:
    document = gold("{{PERSON|Ruigrok}} {{PERSON|Naber}} {{KEEP|Halfwerk}} {{TOP|Egberink}} {{PERSON|Veld}}")
    decisions = [
        decided(0, 7, role=Role.CIVIL_SERVANT),
        decided(8, 13, Action.KEEP, role=Role.OFFICE_HOLDER),
        decided(14, 22, Action.KEEP, role=Role.OFFICE_HOLDER),
        decided(23, 31, role=Role.CIVIL_SERVANT),
    ]
    by_role = summarise([measure(document, decisions)]).by_role
    assert {role: (part.gone, part.kept, part.top_kept) for role, part in by_role.items()} == {
        "": (Share(0, 1), Share(0, 0), Share(0, 0)),
        "ambtenaar": (Share(1, 1), Share(0, 0), Share(0, 1)),
        "ambtsdrager": (Share(0, 1), Share(1, 1), Share(0, 0)),
    }


# ── Laws ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.text("abcXYZ019 .-\n", max_size=12)
SURFACES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9@. -]{0,8}[A-Za-z0-9])?", fullmatch=True)
MARKS = st.builds("{{{{{}|{}}}}}".format, st.sampled_from(sorted(LABELS)), SURFACES)
GOLDS = st.lists(st.one_of(WORDS, MARKS), max_size=12).map(lambda parts: gold(" ".join(parts)))


def spans_of(document: Gold, labels: Iterable[str]) -> list[Decision]:
    return [decided(m.span.start, m.span.end) for m in document.mentions if m.label in labels]


@given(GOLDS)
def test_removing_exactly_what_must_go_makes_every_figure_one(document: Gold) -> None:
    measurement = measure(document, spans_of(document, MUST_GO))
    found = figures([measurement])
    shares = (found.recall, found.clean, found.precision, found.kept, found.top_kept, found.persons)
    assert {share.ratio for share in shares} == {1.0}
    assert measurement.misses == ()


@given(GOLDS)
def test_removing_nothing_finds_nothing_and_keeps_all(document: Gold) -> None:
    found = figures([measure(document, [])])
    assert (found.recall.part, found.clean.part, found.persons.part, found.precision) == (0, 0, 0, Share(0, 0))
    assert (found.kept.ratio, found.top_kept.ratio) == (1.0, 1.0)


@given(GOLDS)
def test_removing_all_finds_all_and_keeps_nothing(document: Gold) -> None:
    found = figures([measure(document, [decided(0, len(document.text))] if document.text else [])])
    assert (found.recall.ratio, found.clean.ratio, found.persons.ratio) == (1.0, 1.0, 1.0)
    assert (found.kept.part, found.top_kept.part) == (0, 0)


@given(st.lists(GOLDS, max_size=4), st.data())
def test_shares_of_several_documents_are_the_sums_of_each(documents: list[Gold], data: st.DataObject) -> None:
    labels = data.draw(st.sets(st.sampled_from(sorted(LABELS))))
    each = [measure(document, spans_of(document, labels)) for document in documents]
    together, apart = figures(each), [figures([one]) for one in each]
    for name in ("recall", "clean", "precision", "kept", "top_kept", "persons"):
        assert getattr(together, name) == sum((getattr(one, name) for one in apart), Share())


def test_of_nothing_all_is_well() -> None:
    assert Share(0, 0).ratio == 1.0
