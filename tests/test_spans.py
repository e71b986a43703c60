"""The index of spans agrees with looking at all of them."""

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Zone, ZoneKind
from woo_anon.spans import Overlaps, Span

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 30))
ZONES = st.lists(st.builds(Zone, st.sampled_from(ZoneKind), SPANS), max_size=15)


@given(ZONES, SPANS)
def test_what_overlaps_is_found_in_order_and_nothing_else(zones, span):
    ordered = sorted(zones, key=lambda zone: zone.span)
    assert Overlaps(zones).of(span) == [zone for zone in ordered if zone.span.overlaps(span)]


@given(ZONES, SPANS)
def test_any_says_whether_there_is_one(zones, span):
    index = Overlaps(zones)
    assert index.any(span) is bool(index.of(span))
