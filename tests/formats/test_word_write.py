"""The publication version of a Word document: labels for names, the rest as it was, and valid for other programs."""

from __future__ import annotations

import io

import docx
import pytest
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from word_files import (
    NAMESPACES,
    comment,
    commented,
    field,
    paragraph,
    picture,
    png,
    run,
    table,
    text_box,
    word,
)
from word_redacting import Redacted, redact

from woo_anon.errors import OutputError, UnreadableError
from woo_anon.formats.word.read import read
from woo_anon.formats.word.write import write

STYLES = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="HuisstijlOkke"><w:name w:val="Huisstijl Okke"/>'
    '<w:basedOn w:val="Kop1"/></w:style></w:styles>'
)
STYLES_REL = (("s", "styles", "styles.xml", False),)


def of(tmp_path, body, words, *args, **options) -> Redacted:
    return redact(word(tmp_path / "nota.docx", body, *args), words, **options)


def reopened(done: Redacted):
    return docx.Document(str(done.target))


def test_a_name_becomes_its_ground(tmp_path):
    done = of(tmp_path, paragraph("Beste Wytske, hierbij"), ["Wytske"])
    assert done.text == "Beste [5.1.2e], hierbij\n"


def test_a_name_without_a_ground_becomes_persoonsgegeven(tmp_path):
    done = of(tmp_path, paragraph("Beste Wytske"), ["Wytske"], label="")
    assert done.text == "Beste [persoonsgegeven]\n"


def test_a_name_in_several_runs_becomes_one_label_that_looks_like_the_first(tmp_path):
    body = paragraph("Beste ", run("Wyt", "<w:b/>"), run("ske", "<w:i/>"), run(" Zandstra, dag", "<w:i/>"))
    runs = reopened(of(tmp_path, body, ["Wytske Zandstra"])).paragraphs[0].runs
    assert [(item.text, item.bold, item.italic) for item in runs] == [
        ("Beste ", None, None),
        ("[5.1.2e]", True, None),
        (", dag", None, True),
    ]


def test_a_label_is_black_on_grey_whatever_its_word_was(tmp_path):
    body = paragraph(run("Wytske", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'))
    done = of(tmp_path, body, ["Wytske"])
    assert reopened(done).paragraphs[0].runs[0].font.color.rgb == RGBColor(0, 0, 0)
    assert 'w:fill="D9D9D9"' in done.body
    assert 'w:fill="000000"' not in done.body


def test_a_name_over_a_line_break_is_gone_from_both_lines(tmp_path):
    done = of(tmp_path, paragraph("<w:r><w:t>Beste Wytske</w:t><w:br/><w:t>Zandstra dag</w:t></w:r>"),
              ["Wytske\nZandstra"])  # fmt: skip
    assert done.text == "Beste [5.1.2e] dag\n"


def test_a_name_over_two_paragraphs_leaves_both_paragraphs(tmp_path):
    done = of(tmp_path, paragraph("Beste Wytske") + paragraph("Zandstra dag"), ["Wytske\nZandstra"])
    assert done.text == "Beste [5.1.2e]\n dag\n"


def test_neighbouring_names_stay_two_labels(tmp_path):
    assert of(tmp_path, paragraph("Wytske Okke"), ["Wytske", "Okke"]).text == "[5.1.2e] [5.1.2e]\n"


def test_names_go_from_cells_text_boxes_and_alternative_texts(tmp_path):
    box = text_box(paragraph("Wytske"), alternative="Colofon van Wytske")
    done = of(tmp_path, table(("Van", "Wytske")) + paragraph("x", box), ["Wytske"])
    assert done.text == "Van\t[5.1.2e]\nx\nColofon van [5.1.2e]\n[5.1.2e]\n"
    assert done.failed == []


def test_without_redactions_the_text_stays(tmp_path):
    body = table(("Van", "Wytske")) + paragraph("Tekst", field(" PAGE ", "1"))
    assert of(tmp_path, body, []).text == "Van\tWytske\nTekst1\n"


def test_fields_that_number_stay_fields(tmp_path):
    done = of(tmp_path, paragraph(field(" PAGE   \\* MERGEFORMAT ", "1"), field(" AUTHOR ", "Wytske")), [])
    assert "> PAGE \\* MERGEFORMAT <" in done.body
    assert "AUTHOR" not in done.body
    assert done.text == "1Wytske\n"


def test_a_simple_field_that_numbers_stays_one(tmp_path):
    body = f'<w:p><w:fldSimple w:instr=" NUMPAGES ">{run("3")}</w:fldSimple></w:p>'
    done = of(tmp_path, body, [])
    assert "NUMPAGES" in done.body
    assert done.text == "3\n"
    assert done.failed == []


def test_a_place_to_which_a_field_refers_gets_another_name(tmp_path):
    place = '<w:bookmarkStart w:id="7" w:name="Wytske"/><w:bookmarkEnd w:id="7"/>'
    done = of(tmp_path, paragraph(place, "Kop") + paragraph(field(" PAGEREF Wytske \\h ", "2")), [])
    assert "PAGEREF plaats1" in done.body
    assert 'w:name="plaats1"' in done.body
    assert "Wytske" not in done.body
    assert done.failed == []


def test_a_field_that_refers_to_no_place_becomes_text(tmp_path):
    done = of(tmp_path, paragraph(field(" PAGEREF _Toc12345 \\h ", "2")), [])
    assert "PAGEREF" not in done.body
    assert done.text == "2\n"


def test_a_link_to_a_public_page_stays(tmp_path):
    link = f'<w:hyperlink r:id="h">{run("rijksoverheid")}</w:hyperlink>'
    done = of(tmp_path, paragraph(link), [], None, (("h", "hyperlink", "https://www.rijksoverheid.nl/", True),))
    assert [item.address for item in reopened(done).paragraphs[0].hyperlinks] == ["https://www.rijksoverheid.nl/"]


@pytest.mark.parametrize(
    "address",
    ["mailto:wytske@example.nl", "https://example.nl/wytske", "file:///H:/stukken/nota.docx", "tel:0612345678"],
)
def test_a_link_to_somebody_goes_and_its_text_stays(tmp_path, address):
    link = f'<w:hyperlink r:id="h">{run("hier")}</w:hyperlink>'
    done = of(tmp_path, paragraph("Zie ", link, " Wytske"), ["Wytske"], None, (("h", "hyperlink", address, True),))
    assert done.text == "Zie hier [5.1.2e]\n"
    assert "links" in done.written.removed
    assert done.failed == []


def test_a_link_under_a_name_goes(tmp_path):
    link = f'<w:hyperlink r:id="h">{run("Wytske")}</w:hyperlink>'
    done = of(tmp_path, paragraph(link), ["Wytske"], None, (("h", "hyperlink", "https://example.nl/p/33", True),))
    assert reopened(done).paragraphs[0].hyperlinks == []


def test_headings_keep_the_names_that_programs_know_and_lose_those_of_authors(tmp_path):
    body = paragraph("Kop", properties='<w:pStyle w:val="Kop1"/>') + paragraph(
        "Tekst", properties='<w:pStyle w:val="HuisstijlOkke"/>'
    )
    done = of(tmp_path, body, [], {"word/styles.xml": STYLES}, STYLES_REL)
    assert [item.style.name for item in reopened(done).paragraphs] == ["Heading 1", "Stijl 1"]


def test_a_style_that_is_not_defined_is_not_named(tmp_path):
    done = of(tmp_path, paragraph("Tekst", properties='<w:pStyle w:val="Okke"/>'), [])
    assert "Okke" not in done.body


def test_the_language_is_dutch_where_the_document_does_not_say(tmp_path):
    done = of(tmp_path, paragraph("Tekst"), [])
    assert b'w:lang w:val="nl-NL"' in done.parts["word/styles.xml"]


def core(title: str) -> tuple[dict[str, str], tuple[tuple[str, str, str, bool], ...]]:
    part = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Okke</dc:creator>'
        "</cp:coreProperties>"
    )
    type_ = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return {"docProps/core.xml": part}, (("rId2", type_, "docProps/core.xml", False),)


@pytest.mark.parametrize(
    ("title", "kept"),
    [("Nota stikstof", "Nota stikstof"), ("Nota Wytske", "Publicatieversie"), ("Concept 3", "Publicatieversie")],
)
def test_a_title_stays_when_the_text_shows_it_and_it_names_nobody(tmp_path, title, kept):
    parts, rels = core(title)
    path = word(tmp_path / "a.docx", paragraph("Nota stikstof") + paragraph("Nota Wytske"), parts, package_rels=rels)
    properties = reopened(redact(path, ["Wytske"])).core_properties
    assert properties.title == kept
    assert properties.author == "woo-anon"
    assert properties.last_modified_by == ""


def test_comments_go(tmp_path):
    dropped = redact(commented(tmp_path / "a.docx", comment(1, "Okke", "Vraag Wytske even")), [])
    assert "word/comments.xml" not in dropped.parts
    assert "comment" not in dropped.body
    assert "comments" in dropped.written.removed


def pixels(done: Redacted) -> Image.Image:
    name = next(name for name in done.parts if "media" in name)
    return Image.open(io.BytesIO(done.parts[name]))


def with_picture(tmp_path, data: bytes, **options) -> Redacted:
    body = paragraph("Kijk", picture("i", **options))
    return of(tmp_path, body, [], {"word/media/Okke.png": data}, (("i", "image", "media/Okke.png", False),))


def test_pictures_stay(tmp_path):
    done = with_picture(tmp_path, png())
    assert pixels(done).getpixel((5, 5)) == (255, 0, 0)
    assert len(reopened(done).inline_shapes) == 1


def test_what_lies_outside_a_crop_goes(tmp_path):
    image = Image.new("RGB", (40, 40), "red")
    image.paste((0, 0, 255), (20, 0, 40, 40))
    done = with_picture(tmp_path, png(image), crop='<a:srcRect l="50000"/>')
    assert pixels(done).size == (20, 40)
    assert pixels(done).getcolors() == [(800, (0, 0, 255))]
    assert "srcRect l=" not in done.body


def test_colours_under_full_transparency_go(tmp_path):
    done = with_picture(tmp_path, png(Image.new("RGBA", (8, 8), (200, 10, 10, 0))))
    assert pixels(done).getpixel((0, 0)) == (255, 255, 255, 0)


@pytest.mark.parametrize("data", [b"\x01\x00\x00\x00 EMF", b"<svg>Wytske</svg>", b"", png()[:60]])
def test_pictures_of_other_kinds_become_grey(tmp_path, data):
    done = with_picture(tmp_path, data)
    assert pixels(done).getpixel((0, 0)) == (191, 191, 191)
    assert "pictures" in done.written.removed


def test_the_same_source_gives_the_same_bytes(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Wytske", field(" PAGE ", "1")), {"word/styles.xml": STYLES}, STYLES_REL)
    assert redact(path, ["Wytske"]).target.read_bytes() == redact(path, ["Wytske"]).target.read_bytes()


def test_two_documents_that_differ_in_the_name_alone_give_the_same_bytes(tmp_path):
    outputs = []
    for name in ("Wytske van der Zandstra", "Bo"):
        body = table(("Van", name)) + paragraph("Beste ", run(name[:1], "<w:b/>"), run(name[1:]), ", dag")
        path = word(tmp_path / f"{len(name)}.docx", body)
        outputs.append(redact(path, [name]).target.read_bytes())
    assert outputs[0] == outputs[1]


def test_a_source_that_changed_is_not_written(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste Wytske"))
    document = read(path)
    word(path, paragraph("Beste Durkje"))
    with pytest.raises(UnreadableError, match="changed"):
        write(path, tmp_path / "uit.docx", document, [])


def test_a_target_that_cannot_be_written_gets_a_clear_error(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste Wytske"))
    with pytest.raises(OutputError):
        write(path, tmp_path / "weg" / "uit.docx", read(path), [])


PIECES = st.lists(st.text("ab Wytske.", min_size=1, max_size=6), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(pieces=PIECES, data=st.data())
def test_however_the_text_is_cut_into_runs_exactly_the_redacted_characters_go(tmp_path_factory, pieces, data):
    folder = tmp_path_factory.mktemp("cut")
    text = "x" + "".join(pieces) + "x"
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    path = word(folder / "a.docx", paragraph(*(run(piece) for piece in ("x", *pieces, "x"))))
    document = read(path)
    from word_redacting import Redaction, Span, _decision

    redaction = Redaction(1, _decision(Span(first, last), "g"))
    write(path, folder / "b.docx", document, [redaction])
    assert docx.Document(str(folder / "b.docx")).paragraphs[0].text == f"{text[:first]}[g]{text[last:]}"
