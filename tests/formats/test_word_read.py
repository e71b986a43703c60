"""Word documents as text: what readers see in their order, then what they do not."""

from __future__ import annotations

import zipfile

import docx
import pytest
from word_files import NAMESPACES, field, paragraph, picture, png, run, table, text_box, word

from woo_anon.document import Document, Hint
from woo_anon.formats.word.read import read


def seen(document: Document) -> str:
    return document.text[: document.pages[0].end]


def unseen(document: Document) -> str:
    return document.text[document.pages[0].end :]


def of(tmp_path, body, *args, **options) -> Document:
    return read(word(tmp_path / "nota.docx", body, *args, **options))


def test_a_name_in_several_runs_is_one_word(tmp_path):
    assert seen(of(tmp_path, paragraph(run("Wyt"), run("ske", "<w:b/>"), " Zandstra"))) == "Wytske Zandstra\n"


RAISED = '<w:vertAlign w:val="superscript"/>'


def test_a_raised_mark_is_no_part_of_the_word_at_it(tmp_path):
    body = paragraph(run("a", RAISED), "Zandstra", run("b", RAISED), " en Zandstra", run("1", RAISED), ", 30 km")
    body += paragraph("30 km", run("2", RAISED), ", de 10", run("e", RAISED), " keer")
    assert seen(of(tmp_path, body)) == "a Zandstra b en Zandstra 1, 30 km\n30 km2, de 10e keer\n"


def test_a_large_first_letter_belongs_to_the_word_that_it_begins(tmp_path):
    initial = paragraph("Z", properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert seen(of(tmp_path, initial + paragraph("andstra opent"))) == "Zandstra opent\n"


def test_what_separates_runs_without_a_sign_parts_no_word(tmp_path):
    inner = '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="1" w:name="_x"/>', "<w:r><w:softHyphen/></w:r>"
    assert seen(of(tmp_path, paragraph("Wyt", *inner, "ske"))) == "Wytske\n"


def test_tabs_breaks_and_hyphens_are_read(tmp_path):
    signs = "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>"
    assert seen(of(tmp_path, paragraph("x", signs))) == "x\ta\nb-c\n"


def test_spaces_at_the_ends_count_only_where_word_shows_them(tmp_path):
    body = "<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b\n</w:t></w:r></w:p>"
    assert seen(of(tmp_path, body)) == "a b \n"


def test_cells_of_one_line_are_parted_by_tabs(tmp_path):
    assert seen(of(tmp_path, table(("Van", "Wytske"), ("Aan", "")))) == "Van\tWytske\nAan\t\n"


def test_cells_of_several_lines_are_parted_by_lines(tmp_path):
    cell = paragraph("Auteur") + paragraph("Wytske Zandstra")
    assert seen(of(tmp_path, table((cell, "Datum")))) == "Auteur\nWytske Zandstra\nDatum\n"


def test_a_table_in_a_table_is_read_where_it_stands(tmp_path):
    assert seen(of(tmp_path, table((table(("a", "b")) + "<w:p/>", "c")))) == "a\tb\n\nc\n"


def test_a_text_box_is_read_once_and_behind_its_paragraph(tmp_path):
    assert seen(of(tmp_path, paragraph("Wyt", text_box(paragraph("Colofon")), "ske"))) == "Wytske\nColofon\n"


def test_an_older_version_of_a_text_box_that_says_more_is_evidence(tmp_path):
    document = of(tmp_path, paragraph("x", text_box(paragraph("Colofon"), paragraph("Durkje"))))
    assert seen(document) == "x\nColofon\n"
    assert "Durkje" in unseen(document)


def test_headers_come_before_the_body_and_notes_and_footers_after_it(tmp_path):
    parts = {
        f"word/{kind}.xml": f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
        for kind, tag, content in (
            ("header", "hdr", paragraph("Kop")),
            ("footer", "ftr", paragraph("Voet")),
            ("footnotes", "footnotes", f'<w:footnote w:id="1">{paragraph("Noot")}</w:footnote>'),
            ("endnotes", "endnotes", f'<w:endnote w:id="1">{paragraph("Eindnoot")}</w:endnote>'),
        )
    }
    body = paragraph("Tekst", '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/></w:r>') + (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default"'
        ' r:id="footer"/></w:sectPr>'
    )
    rels = tuple((kind, kind, f"{kind}.xml", False) for kind in ("header", "footer", "footnotes", "endnotes"))
    assert seen(of(tmp_path, body, parts, rels)) == "Kop\nTekst\nNoot\nEindnoot\nVoet\n"


def test_notes_and_headers_to_which_nothing_refers_are_evidence(tmp_path):
    parts = {
        "word/header.xml": f"<w:hdr {NAMESPACES}>{paragraph('Durkje')}</w:hdr>",
        "word/footnotes.xml": (
            f'<w:footnotes {NAMESPACES}><w:footnote w:id="9">{paragraph("Okke")}</w:footnote></w:footnotes>'
        ),
    }
    rels = (("a", "header", "header.xml", False), ("b", "footnotes", "footnotes.xml", False))
    document = of(tmp_path, paragraph("Tekst"), parts, rels)
    assert seen(document) == "Tekst\n"
    assert {"Durkje", "Okke"} <= set(unseen(document).split())


def test_tracked_changes_are_read_as_accepted(tmp_path):
    document = of(
        tmp_path,
        paragraph(
            "Beste ",
            f'<w:del w:author="Okke"><w:r><w:delText>Wyt</w:delText></w:r></w:del>'
            f'<w:del w:author="Okke"><w:r><w:delText>ske</w:delText></w:r></w:del><w:ins>{run("Durkje")}</w:ins>',
            f"<w:moveFrom>{run('weg')}</w:moveFrom><w:moveTo>{run(' hier')}</w:moveTo>",
        ),
    )
    assert seen(document) == "Beste Durkje hier\n"
    assert "Wytske" in unseen(document)


def test_the_paragraph_of_a_deleted_mark_goes_on_in_the_next(tmp_path):
    mark = '<w:rPr><w:del w:author="Okke"/></w:rPr>'
    assert seen(of(tmp_path, paragraph("Wyt", properties=mark) + paragraph("ske"))) == "Wytske\n"


def test_deleted_rows_and_cells_are_gone(tmp_path):
    rows = (
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('weg')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('weg')}</w:tc><w:tc>{paragraph('hier')}</w:tc></w:tr>"
    )
    assert seen(of(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == "hier\n"


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:sz w:val="1"/>'])
def test_hidden_text_is_evidence(tmp_path, properties):
    document = of(tmp_path, paragraph("Beste", run(" Wytske", properties)))
    assert seen(document) == "Beste\n"
    assert "Wytske" in unseen(document)


def test_text_that_is_said_to_be_shown_is_shown(tmp_path):
    assert seen(of(tmp_path, paragraph(run("Wytske", '<w:vanish w:val="0"/>')))) == "Wytske\n"


def test_styles_hide_text_and_hand_that_on(tmp_path):
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    body = paragraph("a", run("b", '<w:rStyle w:val="B"/>')) + paragraph("c", properties='<w:pStyle w:val="B"/>')
    document = of(tmp_path, body, {"word/styles.xml": styles}, (("s", "styles", "styles.xml", False),))
    assert seen(document) == "a\n\n"


def test_a_field_shows_its_result(tmp_path):
    document = of(tmp_path, paragraph("Van ", field(' MERGEFIELD "Wytske" ', "Durkje")))
    assert seen(document) == "Van Durkje\n"
    assert "MERGEFIELD" in unseen(document)


def test_a_field_in_the_instruction_of_another_is_not_shown(tmp_path):
    inner = field(" FILENAME ", "Wytske.docx")
    outer = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>{inner}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("ja")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = of(tmp_path, paragraph(outer))
    assert seen(document) == "ja\n"
    assert "Wytske" in unseen(document)


def test_what_follows_a_field_without_an_end_is_shown(tmp_path):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTHOR </w:instrText></w:r>'
    assert seen(of(tmp_path, paragraph(begin, "Wytske"))) == "Wytske\n"


def test_fields_of_old_forms_show_their_state(tmp_path):
    def form(kind: str, content: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/>{content}</w:ffData></w:fldChar></w:r>'
            f"<w:r><w:instrText> {kind} </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )

    box = form("FORMCHECKBOX", "<w:checkBox><w:checked/></w:checkBox>")
    choice = form(
        "FORMDROPDOWN",
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Okke"/><w:listEntry w:val="Durkje"/></w:ddList>',
    )
    document = of(tmp_path, paragraph(box, choice))
    assert seen(document) == "☒Durkje\n"
    assert "Okke" in unseen(document)


def test_content_controls_show_their_content_and_their_names_are_evidence(tmp_path):
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="Behandelaar Okke"/><w:tag w:val="Durkje"/><w:dropDownList>'
        '<w:listItem w:displayText="Wytske Zandstra" w:value="wz"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{run('Tjeerd')}</w:sdtContent></w:sdt>"
    )
    document = of(tmp_path, paragraph(control))
    assert seen(document) == "Tjeerd\n"
    assert all(name in unseen(document) for name in ("Behandelaar Okke", "Durkje", "Wytske Zandstra"))


def test_addresses_and_tips_of_links_are_evidence(tmp_path):
    link = f'<w:hyperlink r:id="h" w:tooltip="Mail Okke">{run("mail")}</w:hyperlink>'
    document = of(tmp_path, paragraph(link), None, (("h", "hyperlink", "mailto:wytske@example.nl", True),))
    assert seen(document) == "mail\n"
    assert "mailto:wytske@example.nl" in unseen(document)
    assert "Mail Okke" in unseen(document)


def test_alternative_texts_follow_their_paragraph(tmp_path):
    document = of(
        tmp_path,
        paragraph("Kijk", picture("i", alternative="Portret van Wytske")),
        {"word/media/a.png": png()},
        (("i", "image", "media/a.png", False),),
    )
    assert seen(document) == "Kijk\nPortret van Wytske\n"


def test_comments_are_evidence_and_their_authors_hints(tmp_path):
    comments = (
        f'<w:comments {NAMESPACES}><w:comment w:id="1" w:author="Okke Visser" w:initials="OV">'
        f"{paragraph('Vraag Wytske')}</w:comment></w:comments>"
    )
    document = of(
        tmp_path,
        paragraph("Tekst"),
        {"word/comments.xml": comments},
        (("c", "comments", "comments.xml", False),),
    )
    assert seen(document) == "Tekst\n"
    assert "Vraag Wytske" in unseen(document)
    assert Hint("comment:author", "Okke Visser") in document.hints


def test_objects_leave_words_in_their_place(tmp_path):
    body = paragraph('<w:r><w:object><o:OLEObject ProgID="Excel"/></w:object></w:r>') + '<w:altChunk r:id="x"/>'
    assert seen(of(tmp_path, body)) == "[ingesloten bestand verwijderd]\n[ingevoegd document verwijderd]\n"


def test_text_where_no_reader_looks_is_evidence(tmp_path):
    document = of(tmp_path, paragraph("Tekst") + "</w:body><w:body>" + paragraph("Wytske"))
    assert seen(document) == "Tekst\n"
    assert "Wytske" in unseen(document)


def test_characters_that_nobody_sees_part_no_name(tmp_path):
    assert seen(of(tmp_path, paragraph("Wyt\u00ads\u200bke\ufeff"))) == "Wytske\n"


def test_words_in_tag_characters_are_evidence(tmp_path):
    hidden = "".join(chr(0xE0000 + ord(character)) for character in "Okke")
    document = of(tmp_path, paragraph(f"Beste{hidden} lezer"))
    assert seen(document) == "Beste lezer\n"
    assert "Okke" in unseen(document)


def test_signs_of_dingbat_fonts_are_no_letters(tmp_path):
    sign = '<w:r><w:sym w:font="{}" w:char="F041"/></w:r>'
    assert seen(of(tmp_path, paragraph(sign.format("Wingdings"), sign.format("Arial")))) == "▪A\n"


def test_strict_documents_are_read_alike(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste Wytske"))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, data)
    assert read(strict).text == read(path).text


def test_python_docx_and_we_read_the_same_paragraphs(tmp_path):
    path = tmp_path / "a.docx"
    made = docx.Document()
    for text in ("Beste Wytske,", "", "Met vriendelijke groet,\nOkke\tVisser"):
        made.add_paragraph(text)
    made.save(str(path))
    assert seen(read(path)) == "".join(f"{item.text}\n" for item in docx.Document(str(path)).paragraphs)


def test_reading_twice_gives_the_same(tmp_path):
    path = word(tmp_path / "a.docx", table(("a", "b")) + paragraph("c", field("AUTHOR", "d")))
    assert read(path) == read(path)


def test_the_repr_of_a_document_holds_no_text(tmp_path):
    assert "Wytske" not in repr(of(tmp_path, paragraph("Wytske"), package_rels=()))
