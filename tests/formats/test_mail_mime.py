"""Reading MIME: which text is shown, what hangs from it, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_files import HEADER, html, mail, of_parts, part, saved

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.mail.message import Message
from woo_anon.formats.mail.parse import parse
from woo_anon.formats.mail.read import LARGEST_TEXT, read

Parsed = Callable[[EmailMessage | bytes | str], Message]


@pytest.fixture
def parsed(tmp_path: Path) -> Parsed:
    def parsed(content: EmailMessage | bytes | str) -> Message:
        return parse(saved(tmp_path, content))

    return parsed


def test_plain_text_goes_before_html(parsed: Parsed) -> None:
    message = mail("Dag Tijmen, akkoord.")
    message.add_alternative("<p>Dag <b>Tijmen</b>, akkoord.</p>", subtype="html")
    assert parsed(message).body == "Dag Tijmen, akkoord."
    assert parsed(message).notes == ("mail:headers",)


def test_html_goes_before_a_text_that_only_says_so(parsed: Parsed) -> None:
    message = mail("Bekijk deze mail in HTML.")
    message.add_alternative("<p>Dag Tijmen, wij gaan akkoord met de vergunning voor mevrouw Vlot.</p>", subtype="html")
    found = parsed(message)
    assert found.body.startswith("Dag Tijmen")
    assert "mail:alternative" in found.notes
    assert "Bekijk deze mail in HTML." in found.unseen


def test_what_only_the_other_version_says_is_evidence(parsed: Parsed) -> None:
    message = mail("Dag Tijmen, akkoord met de vergunning.")
    message.add_alternative("<p>Dag Tijmen, akkoord met de vergunning.</p><p>Fleur Zandstra</p>", subtype="html")
    found = parsed(message)
    assert found.unseen == ("Fleur Zandstra",)
    assert "mail:alternative" in found.notes


def test_texts_between_attachments_are_all_shown(parsed: Parsed) -> None:
    found = parsed(
        of_parts("multipart/mixed", part("text/plain", "een"), part("image/png", b"x"), part("text/plain", "twee"))
    )
    assert found.body == "een\n\ntwee"
    assert [(one.name, one.path, one.size) for one in found.attachments] == [("bijlage-1", (0,), 1)]


def test_an_image_of_the_text_is_listed_as_such(parsed: Parsed) -> None:
    image = part("image/png; name=logo.png", b"x", "Content-ID: <1>")
    found = parsed(of_parts("multipart/related", part("text/html", "<img src=cid:1 alt=Logo>"), image))
    assert found.body == "[afbeelding: Logo]"
    assert found.attachments[0].inline


def test_names_of_files_are_decoded_and_lose_their_folder(parsed: Parsed) -> None:
    names = ["attachment; filename*=utf-8''bes%C3%A9.pdf", 'attachment; filename="=?utf-8?q?bes=C3=A9.pdf?="',
             r'attachment; filename="C:\\Users\\okkerse\\besé.pdf"']  # fmt: skip
    parts = [part("application/pdf", b"x", f"Content-Disposition: {name}") for name in names]
    assert {one.name for one in parsed(of_parts("multipart/mixed", *parts)).attachments} == {"besé.pdf"}


def test_a_text_with_a_name_is_an_attachment(parsed: Parsed) -> None:
    found = parsed(of_parts("multipart/mixed", part("text/plain", "dag"), part("text/plain; name=log.txt", "regel")))
    assert found.body == "dag"
    assert found.attachments[0].content == b"regel"


def test_a_mail_in_a_mail_is_an_attachment_with_its_subject_for_a_name(parsed: Parsed) -> None:
    message = mail("zie bijlage")
    message.add_attachment(mail("Dag", subject="Eerdere mail"))
    one = parsed(message).attachments[0]
    assert (one.name, one.media_type) == ("Eerdere mail", "message/rfc822")
    assert b"Subject: Eerdere mail" in one.content


def test_an_appointment_is_text(parsed: Parsed) -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VEVENT\r\nSUMMARY:Overleg\\, kort\r\n"
        'ORGANIZER;CN="Okkerse, S.":mailto:s.okkerse@x.example\r\n'
        "ATTENDEE;CN=Ties Vlot;ROLE=REQ:\r\n mailto:t@x.example\r\n"
        "DTSTART;TZID=Europe/Amsterdam:20240307T140000\r\nDTEND:20240307T140000Z\r\nLOCATION:Kamer 3\r\n"
        "DESCRIPTION:Dag\\nallen\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = parsed(
        of_parts("multipart/alternative", part("text/plain", "Dag\r\nallen"), part("text/calendar", calendar))
    )
    assert found.body == (
        "Dag\nallen\n\nAfspraak: Overleg, kort\nOrganisator: Okkerse, S. <s.okkerse@x.example>\n"
        "Deelnemers: Ties Vlot <t@x.example>\nWaar: Kamer 3\n"
        "Wanneer: donderdag 7 maart 2024 14:00 (Europe/Amsterdam)\nTot: donderdag 7 maart 2024 14:00 (UTC)"
    )
    assert "PRODID:x" in found.unseen


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (HEADER + "Content-Type: text/plain; charset=us-ascii\r\n\r\nRenée", "mail:charset"),
        (HEADER + "Content-Type: text/plain; charset=klingon\r\n\r\nRenée", "mail:charset"),
        (HEADER + "Content-Transfer-Encoding: base64\r\n\r\nUmVuw6ll*", "mail:charset"),
        (HEADER + "Content-Transfer-Encoding: rot13\r\n\r\nRenée", "mail:encoding"),
        (HEADER + "Content-Type: multipart/mixed\r\n\r\nRenée", "mail:structure"),
        (HEADER + "Content-Type: multipart/mixed; boundary=a\r\n\r\n--b\r\n\r\nRenée", "mail:structure"),
        (HEADER + "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nRenée", "mail:structure"),
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes_and_says_so(parsed: Parsed, content: str, note: str) -> None:
    found = parsed(content)
    assert "Renée" in found.body
    assert note in found.notes


def test_text_before_the_first_part_is_evidence(parsed: Parsed) -> None:
    content = of_parts("multipart/mixed", part("text/plain", "dag")).replace(
        b"\r\n\r\n--grens", b"\r\n\r\nVlot\r\n--grens", 1
    )
    assert parsed(content).unseen == ("Vlot",)
    assert "mail:between-parts" in parsed(content).notes


def test_a_signature_is_taken_off(parsed: Parsed) -> None:
    signature = part("application/pkcs7-signature; name=smime.p7s", b"x")
    found = parsed(of_parts("multipart/signed", part("text/plain", "dag"), signature))
    assert found.body == "dag"
    assert found.attachments == ()
    assert "mail:signature" in found.notes


def test_a_signature_within_the_text_is_taken_off(parsed: Parsed) -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\ndag\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n"
        "-----END PGP SIGNATURE-----\r\nna"
    )
    found = parsed(f"{HEADER}\r\n{signed}")
    assert found.body == "dag\nna"
    assert "mail:signature" in found.notes


@pytest.mark.parametrize(
    "content",
    [
        of_parts("multipart/encrypted; protocol=x", part("application/pgp-encrypted", "Version: 1")),
        (HEADER + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx").encode(),
        (HEADER + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx").encode(),
        (HEADER + "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n").encode(),
        of_parts("multipart/mixed", part("application/x-microsoft-rpmsg-message; name=message.rpmsg", b"x")),
    ],
)
def test_an_encrypted_mail_is_refused(parsed: Parsed, content: bytes) -> None:
    with pytest.raises(RefusedError):
        parsed(content)


def test_winmail_is_listed_as_unread(parsed: Parsed) -> None:
    found = parsed(
        of_parts("multipart/mixed", part("text/plain", "dag"), part("application/ms-tnef; name=winmail.dat", b"x"))
    )
    assert found.attachments[0].unread
    assert "mail:tnef" in found.notes


def test_hidden_html_is_evidence_and_a_note(parsed: Parsed) -> None:
    found = parsed(html('dag<p style="display:none">Vlot</p>'))
    assert (found.body, found.unseen) == ("dag", ("Vlot",))
    assert "mail:hidden-html" in found.notes


def test_parts_nested_too_deep_are_an_attachment(parsed: Parsed) -> None:
    content = part("text/plain", "diep")
    for level in range(60):
        content = part(f"multipart/mixed; boundary=g{level}", b"--g%d\r\n%b\r\n--g%d--\r\n" % (level, content, level))
    found = parsed(HEADER.encode() + content)
    assert "mail:nesting" in found.notes
    assert b"diep" in found.attachments[0].content


def test_the_document_has_what_is_seen_on_page_one_and_evidence_on_page_two(tmp_path: Path) -> None:
    document = read(saved(tmp_path, html('Dag<p style="display:none">Vlot</p>')))
    seen, unseen = (document.text[page.start : page.end] for page in document.pages)
    assert seen.endswith("Onderwerp: Vergunning\n\nDag\n")
    assert "Vlot" in unseen
    assert document.pages[1].unseen is not None
    assert "Vlot" not in seen


def test_a_mail_without_subject_says_so(tmp_path: Path) -> None:
    assert (
        "Onderwerp: (geen onderwerp)\n"
        in read(saved(tmp_path, HEADER.replace("Subject: Vergunning\r\n", "") + "\r\nx")).text
    )


def test_a_mail_with_too_much_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        read(saved(tmp_path, HEADER + "\r\n" + "woord " * (LARGEST_TEXT // 6 + 1)))


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"\r\n\r\n"])
def test_what_is_no_mail_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(saved(tmp_path, content))
