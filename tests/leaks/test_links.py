"""Links, outlines, named destinations and page labels: they survive where they name nobody, and lead where they led."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest
from attacks import BOX_OF_MARKER, CONTENT, MARKER, make, structure_tree
from pikepdf import Array, Dictionary, Name, Pdf, String
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.geometry import Box
from woo_anon.verify import verify

BESIDE = (300, 300, 400, 320)
SHOWN = f"{CONTENT} BT /F1 12 Tf 72 500 Td (Mail j.bakker@westerhaar.nl of bel 070 123 45 67) Tj ET"


def uri(address: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(address))


def with_links(*links: Dictionary) -> Callable[[Pdf, pikepdf.Page], None]:
    """Two more pages, and `links` on the first."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        for _ in range(2):
            pdf.add_blank_page(page_size=(595, 842))
        page.obj.Annots = Array([pdf.make_indirect(link) for link in links])

    return attack


def link(rectangle: tuple[float, ...] = BESIDE, **entries: object) -> Dictionary:
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rectangle))
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def addresses(path: Path) -> list[str]:
    """The addresses of the links on page 1, read with pypdf."""
    annotations = pypdf.PdfReader(path).pages[0].get("/Annots", [])
    return [annotation.get_object()["/A"]["/URI"] for annotation in annotations]


def checked(done: Redacted) -> Redacted:
    """The same, when its output passes verification and says the marker nowhere."""
    assert places_of(MARKER, done.target) == []
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    assert [check.name for check in checks if not check.passed] == []
    return done


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        "https://www.rijksoverheid.nl/a?b=c#d",
        "http://wetten.nl",
        "mailto:j.bakker@westerhaar.nl",
        "mailto:J.Bakker@westerhaar.nl?subject=Vraag",
        "mailto:info@westerhaar.nl",
        "mailto:woo-verzoeken@westerhaar.nl",
        "tel:+31701234567",
        "tel:14070",
    ],
)
def test_a_link_to_an_address_that_names_nobody_keeps_working(tmp_path: Path, address: str) -> None:
    source = make(tmp_path / "note.pdf", with_links(link(A=uri(address))), SHOWN)
    assert addresses(checked(redact(source, [MARKER])).target) == [address]


@pytest.mark.parametrize(
    "address",
    [
        f"mailto:{MARKER}@westerhaar.nl",
        f"https://westerhaar.nl/wie/{MARKER.lower()}",
        f"https://westerhaar.nl/?q=j%2E%5A{MARKER[1:]}",
        f"mailto:info@westerhaar.nl?cc=j.{MARKER}@westerhaar.nl",
        "mailto:p.visser@westerhaar.nl",
        "mailto:info@westerhaar.nl?cc=p.visser@westerhaar.nl",
        "mailto:",
        "tel:+31612345678",
        "https://bakker@westerhaar.nl/",
        "file:///c:/map/nota.docx",
        "javascript:alert(1)",
        "nota.docx",
    ],
)
def test_a_link_to_an_address_that_may_name_somebody_goes(tmp_path: Path, address: str) -> None:
    source = make(tmp_path / "note.pdf", with_links(link(A=uri(address))), SHOWN)
    done = checked(redact(source, [MARKER]))
    assert addresses(done.target) == []
    assert "links" in done.written.removed


def test_a_short_name_in_an_address_is_known_by_what_is_left_of_the_text(tmp_path: Path) -> None:
    content = f"{CONTENT} BT /F1 12 Tf 72 500 Td (Mail pv@westerhaar.nl) Tj ET"
    source = make(tmp_path / "note.pdf", with_links(link(A=uri("mailto:pv@westerhaar.nl"))), content)
    assert addresses(checked(redact(source, [MARKER, "pv"])).target) == []


@pytest.mark.parametrize("kind", ["Launch", "SubmitForm", "JavaScript", "Rendition", "GoToR", "GoToE", "Named", "Hide"])
def test_other_actions_go(tmp_path: Path, kind: str) -> None:
    action = Dictionary(S=Name(f"/{kind}"), F=String(f"{MARKER}.pdf"), JS=String(MARKER), D=Array([0, Name.Fit]))
    source = make(tmp_path / "note.pdf", with_links(link(A=action)))
    assert addresses(checked(redact(source, [MARKER])).target) == []


def test_what_follows_an_action_goes(tmp_path: Path) -> None:
    action = uri("https://www.rijksoverheid.nl")
    action.Next = Dictionary(S=Name.JavaScript, JS=String(MARKER))
    made = link(A=action, PA=uri(f"https://{MARKER}.nl"), NM=String(MARKER), T=String(MARKER), TU=String(MARKER))
    source = make(tmp_path / "note.pdf", with_links(made))
    assert addresses(checked(redact(source, [MARKER])).target) == ["https://www.rijksoverheid.nl"]


def test_the_look_of_a_link_says_nothing(tmp_path: Path) -> None:
    style = Dictionary(W=2, S=Name.U, Wie=String(MARKER))
    look = {"C": Array([1, 0, 0]), "Border": Array([0, 0, String(MARKER)]), "H": Name(f"/{MARKER}"), "BS": style}
    source = make(tmp_path / "note.pdf", with_links(link(A=uri("https://www.rijksoverheid.nl"), **look)))
    with pikepdf.open(checked(redact(source, [MARKER])).target) as pdf:
        (kept,) = pdf.pages[0].obj.Annots
        assert [int(part) for part in kept.C] == [1, 0, 0]
        assert (int(kept.BS.W), kept.BS.S) == (2, Name.U)
        assert "/Border" not in kept and "/H" not in kept


# ── Over redacted text ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("subtype", ["Link", "Highlight", "Underline", "StrikeOut", "Squiggly", "Stamp", "Popup"])
def test_an_annotation_over_redacted_text_goes(tmp_path: Path, subtype: str) -> None:
    x1, y1, x2, y2 = BOX_OF_MARKER
    made = link(BOX_OF_MARKER, A=uri("https://www.rijksoverheid.nl"), Contents=String(MARKER))
    made.Subtype, made.QuadPoints = Name(f"/{subtype}"), Array([x1, y2, x2, y2, x1, y1, x2, y1])
    source = make(tmp_path / "note.pdf", with_links(made))
    assert addresses(checked(redact(source, [MARKER])).target) == []


def test_of_a_link_over_several_lines_its_quadrilaterals_count(tmp_path: Path) -> None:
    quads = [72, 740, 500, 740, 72, 725, 500, 725, 72, 660, 100, 660, 72, 645, 100, 645]
    around = (72, 645, 500, 740)  # the marker lies in it, and in none of the two
    made = link(around, A=uri("https://www.rijksoverheid.nl"), QuadPoints=Array(quads))
    source = make(tmp_path / "note.pdf", with_links(made))
    assert len(addresses(checked(redact(source, [MARKER])).target)) == 1
    assert addresses(checked(redact(source, [MARKER], boxes=[Box(200, 728, 240, 738)])).target) == []


def test_a_link_without_a_place_goes(tmp_path: Path) -> None:
    made = link(A=uri("https://www.rijksoverheid.nl"))
    made.Rect = String("kapot")
    source = make(tmp_path / "note.pdf", with_links(made))
    assert addresses(checked(redact(source, [MARKER])).target) == []


# ── Inside the document ───────────────────────────────────────────────────────────────────────────────────────────────


def jump(way: str) -> Callable[[Pdf, pikepdf.Page], None]:
    """A link on page 1 to page 3, in one of the ways that the standard knows."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        with_links()(pdf, page)
        target = Array([pdf.pages[2].obj, Name.XYZ, 0, 800, 0])
        names = {"named": "hoofdstuk.2", "named after somebody": f"over {MARKER}", "old style": "bijlage"}
        entries = {
            "explicit": {"Dest": target},
            "action": {"A": Dictionary(S=Name.GoTo, D=target)},
            "by number": {"Dest": Array([2, Name.Fit])},
            "old style": {"Dest": Name.bijlage},
            "named action": {"A": Dictionary(S=Name.GoTo, D=String("hoofdstuk.2"))},
        }.get(way, {"Dest": String(names.get(way, ""))})
        if way == "old style":
            pdf.Root.Dests = Dictionary(bijlage=Dictionary(D=target))
        else:
            name = names.get(way, "hoofdstuk.2")
            pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(name), Dictionary(D=target)])))
        page.obj.Annots = Array([pdf.make_indirect(link(**entries))])

    return attack


WAYS = ["explicit", "action", "by number", "old style", "named", "named action", "named after somebody"]


@pytest.mark.parametrize("way", WAYS)
def test_a_jump_inside_the_document_leads_where_it_led(tmp_path: Path, way: str) -> None:
    done = checked(redact(make(tmp_path / "note.pdf", jump(way)), [MARKER]))
    reader = pypdf.PdfReader(done.target)
    (annotation,) = (one.get_object() for one in reader.pages[0]["/Annots"])
    target = annotation.get("/Dest") or annotation["/A"]["/D"]
    place = target if isinstance(target, list) else reader.named_destinations[target].dest_array
    assert place[0].get_object() == reader.pages[2].get_object()


def test_the_name_of_a_clean_destination_stays(tmp_path: Path) -> None:
    done = checked(redact(make(tmp_path / "note.pdf", jump("named")), [MARKER]))
    assert list(pypdf.PdfReader(done.target).named_destinations) == ["hoofdstuk.2"]


def test_a_jump_to_nowhere_goes(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", with_links(link(Dest=String("nergens")), link(Dest=Array([9, Name.Fit]))))
    assert addresses(checked(redact(source, [MARKER])).target) == []


# ── Outlines and page labels ──────────────────────────────────────────────────────────────────────────────────────────


def outlined(pdf: Pdf, page: pikepdf.Page) -> None:
    """Items in two levels, one of them with a name, one closed, one with an action, one with a script."""
    with_links()(pdf, page)
    with pdf.open_outline() as outline:
        chapter = pikepdf.OutlineItem("Hoofdstuk 1", 0)
        chapter.children += [pikepdf.OutlineItem(f"Gesprek met {MARKER}", 1), pikepdf.OutlineItem("Besluit", 2)]
        outline.root += [chapter, pikepdf.OutlineItem("Website", 0), pikepdf.OutlineItem("Script", 0)]
    website = pdf.Root.Outlines.First.Next
    website.A, website.C, website.F = uri("https://www.rijksoverheid.nl"), Array([1, 0, 0]), 2
    website.Next.A = Dictionary(S=Name.JavaScript, JS=String(MARKER))
    website.Next.SE = Dictionary(T=String(MARKER))
    del website.Dest, website.Next.Dest


def test_an_outline_survives_without_the_titles_that_name_somebody(tmp_path: Path) -> None:
    done = checked(redact(make(tmp_path / "note.pdf", outlined), [MARKER]))
    assert "outline-titles" in done.written.removed
    reader = pypdf.PdfReader(done.target)
    chapter, inside, website, script = reader.outline
    assert [chapter.title, website.title, script.title] == ["Hoofdstuk 1", "Website", "Script"]
    assert [item.title for item in inside] == ["[gelakt]", "Besluit"]
    assert [reader.get_destination_page_number(item) for item in (chapter, *inside)] == [0, 1, 2]
    with pikepdf.open(done.target) as pdf:
        kept = pdf.Root.Outlines.First.Next
        assert (str(kept.A.URI), kept.F) == ("https://www.rijksoverheid.nl", 2)
        assert set(kept.Next.keys()) <= {"/Title", "/Parent", "/Prev"}


def test_a_name_that_the_page_says_in_two_lines_is_gone_from_outline_and_links(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Annots = Array([pdf.make_indirect(link(A=uri("https://www.westerhaar.nl/team/terpstra")))])
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem(title, 0) for title in ("Gesprek mevrouw Terpstra", "Besluit")]

    lines = "BT /F1 12 Tf 72 700 Td (Beste mevrouw Terp-) Tj 0 -14 Td (stra tot ziens) Tj ET"
    done = checked(redact(make(tmp_path / "note.pdf", attack, lines), ["Terp-", "stra"]))
    assert [item["/Title"] for item in pypdf.PdfReader(done.target).outline] == ["[gelakt]", "Besluit"]
    assert addresses(done.target) == []


def test_items_that_hang_in_an_outline_by_odd_ways_are_gone(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        outlined(pdf, page)
        stray = pdf.make_indirect(Dictionary(Title=String(MARKER), Wie=String(MARKER)))
        first = pdf.Root.Outlines.First
        pdf.Root.Outlines.Last = first.Prev = first.Parent = first.First.Next.Last = stray
        first.Next.Next.Next = first  # in a circle

    assert len(pypdf.PdfReader(checked(redact(make(tmp_path / "n.pdf", attack), [MARKER])).target).outline) == 4


def test_an_outline_deeper_than_anybody_reads_is_cut_off(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        item = pdf.make_indirect(Dictionary(Title=String(MARKER)))
        for _ in range(3000):
            item = pdf.make_indirect(Dictionary(Title=String("a"), First=item))
        pdf.Root.Outlines = Dictionary(First=item)

    checked(redact(make(tmp_path / "note.pdf", attack), [MARKER]))


def test_page_labels_survive_without_prefixes_that_name_somebody(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        with_links()(pdf, page)
        labels = [Dictionary(S=Name.r), Dictionary(S=Name.D, P=String(f"{MARKER}-")), Dictionary(P=String("A-"), St=4)]
        labels[2][f"/{MARKER}"], labels[2].S = True, Name(f"/{MARKER}")
        pdf.Root.PageLabels = Dictionary(Nums=Array([entry for pair in enumerate(labels) for entry in pair]))

    done = checked(redact(make(tmp_path / "note.pdf", attack), [MARKER]))
    assert pypdf.PdfReader(done.target).page_labels == ["i", "1", "A-"]
    assert "page-labels" in done.written.removed


def _names_in_a_circle(pdf: Pdf) -> None:
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    pdf.Root.Names = Dictionary(Dests=tree)


def _names_of_no_kind(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(MARKER), String(MARKER), 3])))


def _labels_of_no_kind(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, String(MARKER), 1, Dictionary(P=3, S=4), String(MARKER)]))


def _labels_in_a_circle(pdf: Pdf) -> None:
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    pdf.Root.PageLabels = tree


def _names_that_are_no_dictionary(pdf: Pdf) -> None:
    pdf.Root.Names, pdf.Root.Outlines = String(MARKER), String(MARKER)
    pdf.Root.Dests, pdf.Root.PageLabels = Array([String(MARKER)]), String(MARKER)


def _titles_of_no_kind(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=3, Count=String(MARKER), Dest=3, A=String(MARKER), F=String(MARKER)))
    pdf.Root.Outlines = Dictionary(First=item)


BROKEN = [_names_in_a_circle, _names_of_no_kind, _labels_of_no_kind, _labels_in_a_circle,
          _names_that_are_no_dictionary, _titles_of_no_kind]  # fmt: skip


@pytest.mark.parametrize("make_broken", BROKEN)
def test_what_is_broken_goes_and_the_rest_is_written(tmp_path: Path, make_broken: Callable[[Pdf], None]) -> None:
    checked(redact(make(tmp_path / "note.pdf", lambda pdf, page: make_broken(pdf)), [MARKER]))


def test_a_field_that_only_the_structure_knows_is_gone(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        structure_tree(pdf, page)
        stray = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(BESIDE), FT=Name.Tx, V=String("Visser"))
        stray.Parent = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("Visser")))
        element = pdf.Root.StructTreeRoot.K[0]
        element.K = Array([0, Dictionary(Type=Name.OBJR, Obj=pdf.make_indirect(stray), Pg=page.obj)])

    done = checked(redact(make(tmp_path / "note.pdf", attack), [MARKER]))
    assert places_of("Visser", done.target) == []


def test_viewer_preferences_survive_without_unknown_keys(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.ViewerPreferences = Dictionary({"/DisplayDocTitle": True, f"/{MARKER}": True})

    with pikepdf.open(checked(redact(make(tmp_path / "note.pdf", attack), [MARKER])).target) as pdf:
        assert dict(pdf.Root.ViewerPreferences.items()) == {"/DisplayDocTitle": True}
