"""CMaps: codespaces, CIDs, notdef ranges and CMaps that build on others, embedded and Adobe's own."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Name, Pdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.fonts.cmap import CMap, embedded, parse_cmap, written
from woo_anon.formats.pdf.fonts.predefined import predefined

MIXED = b"""
2 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange
1 begincidrange <20> <7E> 100 endcidrange
2 begincidchar <8140> 7 <8141> 9 endcidchar
"""


def _parsed(data: bytes) -> CMap:
    return parse_cmap(data, predefined)


def test_codes_of_mixed_length_are_split_by_the_codespaces() -> None:
    assert list(_parsed(MIXED).split(b"A\x81\x40\x81\x41")) == [(b"A", 133), (b"\x81\x40", 7), (b"\x81\x41", 9)]


def test_bytes_outside_every_codespace_are_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="font:codespace"):
        list(_parsed(MIXED).split(b"\x81"))


def test_all_codes_of_a_notdef_range_mean_one_cid() -> None:
    cmap = _parsed(MIXED + b"1 beginnotdefrange <00> <1F> 1 endnotdefrange")
    assert [cid for _, cid in cmap.split(b"\x00\x1f\x7f")] == [1, 1, 0]


def test_a_cmap_overrides_single_codes_of_the_range_that_it_builds_on() -> None:
    with Pdf.new() as pdf:
        base = pdf.make_stream(MIXED)
        data = b"/Basis usecmap 1 begincidchar <41> 5 endcidchar"
        cmap = embedded(pdf.make_stream(data, UseCMap=base), predefined)
    assert [cid for _, cid in cmap.split(b"@ABC")] == [132, 5, 134, 135]


def test_an_embedded_cmap_may_build_on_a_predefined_one() -> None:
    cmap = _parsed(b"/90ms-RKSJ-H usecmap 1 begincidchar <41> 5 endcidchar")
    assert [cid for _, cid in cmap.split("A山B".encode("cp932"))] == [5, *_cids("90ms-RKSJ-H", "山B".encode("cp932"))]


def test_ranges_that_contradict_each_other_are_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="font:cmap"):
        _parsed(MIXED + b"1 begincidchar <41> 5 endcidchar")


def test_two_writing_modes_in_one_cmap_are_not_understood() -> None:
    with Pdf.new() as pdf, pytest.raises(NotUnderstoodError, match="font:cmap"):
        embedded(pdf.make_stream(MIXED + b"/WMode 1 def", WMode=0), predefined)


def test_a_cmap_that_builds_on_itself_is_not_understood() -> None:
    with Pdf.new() as pdf, pytest.raises(NotUnderstoodError, match="font:cmap"):
        stream = pdf.make_stream(MIXED)
        stream.UseCMap = stream
        embedded(stream, predefined)


def test_a_comment_is_no_part_of_a_cmap() -> None:
    assert not _parsed(MIXED + b"% /WMode 1 def").vertical


def _cids(name: str, data: bytes) -> list[int]:
    return [cid for _, cid in predefined(name).split(data)]


# CIDs as Adobe's cid2code.txt has them.
@pytest.mark.parametrize(
    ("name", "data", "cids"),
    [
        ("GB-EUC-H", b"A\xb0\xa1", [846, 940]),
        ("90ms-RKSJ-H", b"A\x82\xa0", [264, 843]),
        ("90ms-RKSJ-V", b"\x81\x41", [7887]),
        ("UniJIS-UTF16-H", "あ𠀋".encode("utf-16-be"), [843, 13839]),
        ("KSCms-UHC-H", b"\xb0\xa1", [1086]),
        ("ETen-B5-H", b"\xa4\x40", [595]),
    ],
)
def test_a_predefined_cmap_gives_adobes_cids(name: str, data: bytes, cids: list[int]) -> None:
    assert _cids(name, data) == cids


def test_the_vertical_cmaps_are_those_that_end_in_v() -> None:
    names = ["GBK-EUC", "UniCNS-UTF16", "EUC", "UniKS-UCS2", "Identity"]
    assert [predefined(f"{name}-{mode}").vertical for name in names for mode in "HV"] == [False, True] * len(names)


def test_an_unknown_name_is_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="font:predefined-cmap"):
        predefined("../README.md")


def test_a_cmap_that_was_written_reads_the_same() -> None:
    spaces = ((b"\0", b"\x7f"), (b"\x80\0", b"\xff\xff"))
    cmap = _parsed(written({b"A": 5, b"\x81\x40": 7}, spaces, vertical=True))
    assert cmap.spaces == spaces
    assert cmap.vertical
    assert list(cmap.split(b"A\x81\x40B")) == [(b"A", 5), (b"\x81\x40", 7), (b"B", 0)]


def test_the_name_of_the_cmap_below_may_stand_in_the_dictionary() -> None:
    with Pdf.new() as pdf:
        stream = pdf.make_stream(b"1 begincidchar <0041> 5 endcidchar", UseCMap=Name("/UniJIS-UCS2-H"))
        assert isinstance(stream, pikepdf.Stream)
        assert [cid for _, cid in embedded(stream, predefined).split(b"\0A\x30\x42")] == [5, 843]
