"""HTML of mails as text: what is seen and what is not."""

from __future__ import annotations

import pytest

from woo_anon.errors import RefusedError
from woo_anon.formats.mail.hypertext import Hypertext, read_html


def _read(html: str) -> Hypertext:
    return read_html(html, "mail.eml")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>een</p><p>twee</p>", "een\n\ntwee"),
        ("<div>een</div><div>twee</div>", "een\ntwee"),
        ("<div>een</div><div><br></div><div>twee<br></div><div>drie</div>", "een\n\ntwee\ndrie"),
        ("<p class=MsoNormal>een</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>twee</p>", "een\n\ntwee"),
        ("een <b>vet</b>,\n  twee", "een vet, twee"),
        ("<ul><li>een<li>twee<ol><li>a<li>b</ol></ul>", "- een\n- twee\n  1. a\n  2. b"),
        ("<table><tr><th>Naam<th>Bsn<tr><td>Vlot<td>123</table>", "Naam | Bsn\nVlot | 123"),
        ("<table><tr><td><p>een<p>twee<td>drie</table>", "een\n\ntwee\ndrie"),
        ("<blockquote>een<blockquote>twee</blockquote></blockquote>na", "> een\n>\n>> twee\n\nna"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<a href="https://x.example/a">hier</a>', "hier <https://x.example/a>"),
        ('<a href="mailto:s@x.example">s@x.example</a>', "s@x.example"),
        ('<a href="javascript:alert(1)">hier</a>', "hier"),
        ('<img src="cid:1" alt="Logo">', "[afbeelding: Logo]"),
        ("Jan&shy;sen Vl&#8203;ot", "Jansen Vlot"),
        ("<script>weg</script><style>p{}</style>blijft", "blijft"),
        ("&lt;b&gt; &amp; &euro;", "<b> & €"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert _read(html).text == text


@pytest.mark.parametrize(
    "html",
    [
        '<p style="display:none">Okkerse</p>',
        '<p style="display: none !important;">Okkerse</p>',
        "<p hidden>Okkerse</p>",
        '<p style="visibility:hidden">Okkerse</p>',
        '<p style="mso-hide:all">Okkerse</p>',
        '<p style="opacity:0">Okkerse</p>',
        '<p style="max-height:0;overflow:hidden">Okkerse</p>',
        '<p style="font-size:1px">Okkerse</p>',
        '<p style="font:0/0 a">Okkerse</p>',
        '<p style="color:#fff">Okkerse</p>',
        '<font color="white">Okkerse</font>',
        '<p style="color:rgb(254, 254, 254)">Okkerse</p>',
        '<div style="background:#333"><p style="color:#333333">Okkerse</p></div>',
        "<style>.voor { display:none }</style><p class=voor>Okkerse</p>",
        "<style>/* x */ @import 'a'; div p.voor { color: white }</style><div><p class='a voor'>Okkerse</p></div>",
    ],
)
def test_what_no_reader_sees_is_no_text(html: str) -> None:
    read = _read(f"zichtbaar {html}")
    assert read.text == "zichtbaar"
    assert read.hidden
    assert any("Okkerse" in piece for piece in read.unseen)


@pytest.mark.parametrize(
    "html",
    [
        '<td style="background:#000;color:#fff">Okkerse',
        "<table bgcolor=navy><tr><td><font color=white>Okkerse</font></table>",
        '<div style="background-image:url(a.png)"><span style="color:white">Okkerse</span></div>',
        '<div style="background:url(a.png) #fff"><span style="color:white">Okkerse</span></div>',
        '<div style="font-size:0"><span style="font-size:14px">Okkerse</span></div>',
        '<div style="visibility:hidden"><b style="visibility:visible">Okkerse</b></div>',
        '<p style="color:var(--kleur)">Okkerse</p>',
        "<style>@media print { p { display:none } }</style><p>Okkerse</p>",
    ],
)
def test_what_is_seen_or_may_be_stays(html: str) -> None:
    assert "Okkerse" in _read(html).text


@pytest.mark.parametrize(
    "html",
    ["<!-- Okkerse -->", "<title>Okkerse</title>", '<b title="Okkerse">a</b>', '<a href="#Okkerse">a</a>',
     "<!--[if mso]><p>Okkerse</p><![endif]-->", '<input value="Okkerse">'],
)  # fmt: skip
def test_what_stands_beside_the_text_is_evidence(html: str) -> None:
    read = _read(html)
    assert "Okkerse" not in read.text
    assert any("Okkerse" in piece for piece in read.unseen)
    assert not read.hidden


def test_lists_nested_without_sense_stay_short() -> None:
    text = _read("<ul><li>x" * 900).text
    assert text.count("x") == 900
    assert max(map(len, text.split("\n"))) < 200


def test_html_nested_without_end_is_refused() -> None:
    with pytest.raises(RefusedError):
        _read("<div>" * 30_000)
