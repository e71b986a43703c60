"""The reading resolves what no reader sees, and every span in it leads back to the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.reading import read


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("tele\u00adfoon", "telefoon"),
        ("06\u20111234\u20115678", "06-1234-5678"),
        ("06\u00a012", "06 12"),
        ("Caf=C3=A9 op de hoe=\nk, =C3=A9=C3=A9n", "Café op de hoek, één"),
        ("a&amp;b &#8209; c", "a&b - c"),
        ('{"x": "06\\u20111234"}', '{"x": "06-1234"}'),
        ("C:\\u1234\\nota", "C:\\u1234\\nota"),
    ],
)
def test_what_is_not_seen_is_resolved(text: str, seen: str) -> None:
    assert read(text).text == seen


def test_a_span_covers_the_escapes_within_it() -> None:
    text = "mail a.stok\u00advis@x.nl nu"
    reading = read(text)
    start = reading.text.index("a.stokvis")
    span = reading.span(start, start + len("a.stokvis"))
    assert text[span.start : span.end] == "a.stok\u00advis"


@given(st.text(alphabet="ab\u00ad\u200b&amp;=\n0C3A9 -\u2013", max_size=60))
def test_spans_of_a_reading_are_in_order_and_inside_the_document(text: str) -> None:
    reading = read(text)
    end = 0
    for offset in range(len(reading.text)):
        span = reading.span(offset, offset + 1)
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(st.text(max_size=80).filter(lambda text: "&" not in text and "=" not in text and "(" not in text))
def test_text_without_escapes_keeps_its_offsets(text: str) -> None:
    plain = "".join(char for char in text if char not in "\u00ad\ufeff" and not 0x200B <= ord(char) <= 0x2064)
    assert len(read(plain).text) == len(plain)
