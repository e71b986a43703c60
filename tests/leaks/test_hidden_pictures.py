"""Pictures and parts of pictures that nobody sees are not in the publication version; what is seen of them stays."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import make
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image
from redacting import Redacted, redact

from woo_anon.verify import verify

NAME = "Zwaluwstaart"
SIDE = 240
LINE = "BT /F1 12 Tf 72 780 Td (Bijlage bij de brief) Tj ET"
WHOLE = "q 300 0 0 300 100 300 cm /Im Do Q"

Way = Callable[[Pdf, pikepdf.Page], None]


def _pixels() -> np.ndarray:
    """Noise, of which every part can be told from every other."""
    return np.random.default_rng(7).integers(40, 215, (SIDE, SIDE), dtype=np.uint8)


def _picture(pdf: Pdf, **entries: object) -> Stream:
    data = zlib.compress(_pixels().tobytes())
    image = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=SIDE, Height=SIDE, **entries)
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.FlateDecode
    return image


def _mask(pdf: Pdf, shown: np.ndarray) -> Stream:
    """A soft mask that shows a part."""
    data = (shown * 255).astype(np.uint8).tobytes()
    mask = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=SIDE, Height=SIDE)
    mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
    return mask


def _stencil(pdf: Pdf, shown: np.ndarray) -> Stream:
    data = np.packbits(~shown, axis=1).tobytes()
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=SIDE, Height=SIDE, ImageMask=True, BitsPerComponent=1
    )


def _left() -> np.ndarray:
    return np.repeat(np.arange(SIDE)[None, :] < SIDE // 2, SIDE, axis=0)


def _drawn(content: str, state: Dictionary | None = None, box: list[int] | None = None) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(Im=_picture(pdf))
        page.obj.Resources.ExtGState = Dictionary(G=state or Dictionary())
        page.obj.Contents = pdf.make_stream(f"{LINE} {content}".encode())
        if box:
            page.obj.CropBox = Array(box)

    return way


def _under_a_black_picture(state: Dictionary) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        black = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
        black.ColorSpace = Name.DeviceGray
        _drawn(f"{WHOLE} /G gs q 400 0 0 400 50 250 cm /Black Do Q", state)(pdf, page)
        page.obj.Resources.XObject.Black = black

    return way


def _masked(key: str, build: Callable[[Pdf, np.ndarray], Stream], shown: np.ndarray) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(Im=_picture(pdf, **{key: build(pdf, shown)}))
        page.obj.Contents = pdf.make_stream(f"{LINE} {WHOLE}".encode())

    return way


def _in_a_form(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(WHOLE.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 240, 842])
    form.Resources = Dictionary(XObject=Dictionary(Im=_picture(pdf)))
    page.obj.Resources.XObject = Dictionary(Fm=form)
    page.obj.Contents = pdf.make_stream(f"{LINE} /Fm Do".encode())


def _turned(pdf: Pdf, shown: np.ndarray) -> Stream:
    """A soft mask that means the contrary of what its samples say."""
    mask = _mask(pdf, ~shown)
    mask.Decode = Array([1, 0])
    return mask


def _turned_jpeg(pdf: Pdf, shown: np.ndarray) -> Stream:
    target = io.BytesIO()
    Image.fromarray((~shown * 255).astype(np.uint8)).save(target, "JPEG", quality=95)
    mask = _turned(pdf, shown)
    mask.write(target.getvalue(), filter=Name.DCTDecode)
    return mask


def _masking_by_transparency(pdf: Pdf, page: pikepdf.Page) -> None:
    """A picture that is the soft mask of a rectangle, by where it is and not by how light it is; clipped a little."""
    group = pdf.make_stream(f"q 100 300 280 300 re W n {WHOLE} Q".encode(), Type=Name.XObject, Subtype=Name.Form)
    group.BBox, group.Group = Array([0, 0, 595, 842]), Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    group.Resources = Dictionary(XObject=Dictionary(Im=_picture(pdf)))
    state = Dictionary(SMask=Dictionary(S=Name.Alpha, G=group))
    page.obj.Resources.ExtGState = Dictionary(G=state)
    page.obj.Resources.XObject = Dictionary(Im=_picture(pdf, Interpolate=True))
    page.obj.Contents = pdf.make_stream(f"{LINE} q 0.5 0 0 0.5 500 20 cm {WHOLE} Q /G gs 0 0 595 842 re f".encode())


def _under_a_layer_that_is_off(pdf: Pdf, page: pikepdf.Page) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("laag 1")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.obj.Resources.Properties = Dictionary(M=layer)
    page.obj.Resources.XObject = Dictionary(Im=_picture(pdf))
    page.obj.Contents = pdf.make_stream(f"{LINE} {WHOLE} /OC /M BDC 90 290 320 320 re f EMC".encode())


SEEN: dict[str, Way] = {
    "through narrow gaps": _drawn(f"{WHOLE} 1 g " + " ".join(f"{90 + 22 * at} 290 20.5 320 re f" for at in range(15))),
    "by its hue alone": _drawn(f"1 0.4 0 rg 90 290 320 320 re f /G gs {WHOLE}", Dictionary(BM=Name.Saturation)),
    "as a soft mask": _masking_by_transparency,
    "under a layer that is off": _under_a_layer_that_is_off,
}

UNSEEN: dict[str, Way] = {
    "clipped away": _drawn(f"q 0 0 20 20 re W n {WHOLE} Q"),
    "covered": _drawn(f"{WHOLE} 1 g 90 290 320 320 re f"),
    "transparent": _drawn(f"/G gs {WHOLE}", Dictionary(ca=0)),
    "beside the page": _drawn("q 300 0 0 300 1000 300 cm /Im Do Q"),
    "beside what is shown of the page": _drawn(WHOLE, box=[0, 640, 595, 842]),
    "without extent": _drawn("q 0 0 0 0 100 300 cm /Im Do Q"),
    "a dot": _drawn("q 1.5 0 0 1.5 100 300 cm /Im Do Q"),
    "under another": _drawn(f"{WHOLE} q 400 0 0 400 50 250 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"),
    "under a black one": _under_a_black_picture(Dictionary()),
    "under a black one that multiplies": _under_a_black_picture(Dictionary(BM=Name.Multiply)),
    "masked": _masked("SMask", _mask, np.zeros((SIDE, SIDE), dtype=bool)),
    "cut out": _masked("Mask", _stencil, np.zeros((SIDE, SIDE), dtype=bool)),
}

# Ways to see the left half alone.
HALF: dict[str, Way] = {
    "cropped": _drawn(f"q 100 300 150 300 re W n {WHOLE} Q"),
    "half under a rectangle": _drawn(f"{WHOLE} 1 g 250 300 150 300 re f"),
    "half out of the page": _drawn("q 300 0 0 300 445 300 cm /Im Do Q"),
    "half out of what is shown": _drawn(WHOLE, box=[0, 0, 250, 842]),
    "half masked": _masked("SMask", _mask, _left()),
    "half masked by the contrary": _masked("SMask", _turned, _left()),
    "half masked by the contrary, in a JPEG": _masked("SMask", _turned_jpeg, _left()),
    "half cut out": _masked("Mask", _stencil, _left()),
    "in a form that is narrower": _in_a_form,
}


def _redacted(way: Way, folder: Path) -> Redacted:
    """A letter to somebody on page 1, and page 2 with the picture."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        other = pdf.add_blank_page(page_size=(595, 842))
        other.obj.Resources = Dictionary(Font=Dictionary(F1=page.obj.Resources.Font.F1))
        way(pdf, other)

    return redact(make(folder / "note.pdf", attack, f"BT /F1 12 Tf 72 700 Td (Beste {NAME}) Tj ET"), [NAME])


def _pictures(path: Path) -> list[np.ndarray]:
    with pikepdf.open(path) as pdf:
        images = [one for one in pdf.objects if isinstance(one, Stream) and one.get("/Subtype") == Name.Image]
        images = [one for one in images if one.get("/Filter") != Name.DCTDecode]  # a mask
        samples = [one.read_bytes() for one in images if int(one.Width) == SIDE and one.get("/ImageMask") is None]
        return [np.frombuffer(one, np.uint8).reshape(SIDE, SIDE) for one in samples if len(one) == SIDE * SIDE]


def _alike(picture: np.ndarray, part: tuple[slice, slice]) -> float:
    """Which share of a part of the picture is as it was."""
    return float((picture[part] == _pixels()[part]).mean())


def _looks_the_same(done: Redacted) -> bool:
    before, after = (pypdfium2.PdfDocument(path)[1].render(scale=1).to_numpy() for path in (done.source, done.target))
    return bool((np.abs(before.astype(int) - after) <= 8).mean() > 0.999)


@pytest.mark.parametrize("way", UNSEEN)
def test_a_picture_that_nobody_sees_is_gone(way: str, tmp_path: Path) -> None:
    done = _redacted(UNSEEN[way], tmp_path)
    assert done.written.pages_as_images == ()
    assert all(_alike(picture, (slice(None), slice(None))) < 0.02 for picture in _pictures(done.target))
    assert "hidden-pictures" in done.written.removed
    assert _looks_the_same(done)
    assert verify(done.source, done.target, done.document, done.redactions).passed


@pytest.mark.parametrize("way", HALF)
def test_the_part_of_a_picture_that_nobody_sees_is_gone(way: str, tmp_path: Path) -> None:
    done = _redacted(HALF[way], tmp_path)
    assert done.written.pages_as_images == ()
    unseen, seen = (slice(None), slice(SIDE // 2 + 8, None)), (slice(None), slice(SIDE // 2 - 8))
    shown = [picture for picture in _pictures(done.target) if _alike(picture, seen) > 0.99]
    assert len(shown) == 1
    assert all(_alike(picture, unseen) < 0.02 for picture in _pictures(done.target))
    assert _looks_the_same(done)
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_a_picture_that_is_seen_stays_as_it_is(tmp_path: Path) -> None:
    done = _redacted(_drawn(f"{WHOLE} BT /F1 9 Tf 150 400 Td (een bijschrift) Tj ET 100 290 300 1 re f"), tmp_path)
    assert [_alike(picture, (slice(None), slice(None))) for picture in _pictures(done.target)] == [1.0]
    assert "hidden-pictures" not in done.written.removed


@pytest.mark.parametrize("way", SEEN)
def test_a_picture_that_is_seen_in_an_odd_way_stays(way: str, tmp_path: Path) -> None:
    done = _redacted(SEEN[way], tmp_path)
    assert _looks_the_same(done)
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_a_layer_of_colour_under_a_finer_mask_stays(tmp_path: Path) -> None:
    """Programs for scans make print so: its colour, and a mask with its strokes."""

    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        strokes = np.zeros((4 * SIDE, 4 * SIDE), dtype=bool)
        strokes[:, ::40] = strokes[::40, :] = True
        mask = _mask(pdf, strokes)
        mask.Width = mask.Height = 4 * SIDE
        page.obj.Resources.XObject = Dictionary(Im=_picture(pdf, SMask=mask))
        page.obj.Contents = pdf.make_stream(f"{LINE} {WHOLE}".encode())

    done = _redacted(way, tmp_path)
    assert [_alike(picture, (slice(None), slice(None))) for picture in _pictures(done.target)] == [1.0]
    assert _looks_the_same(done)


def test_one_picture_in_two_places_loses_in_each_what_is_not_seen_there(tmp_path: Path) -> None:
    done = _redacted(_drawn(f"{WHOLE} q 100 100 150 100 re W n q 300 0 0 100 100 100 cm /Im Do Q Q"), tmp_path)
    shares = sorted(_alike(picture, (slice(None), slice(SIDE // 2 + 8, None))) for picture in _pictures(done.target))
    assert shares[-1] == 1.0
    assert _looks_the_same(done)


def test_a_page_with_too_many_such_pictures_becomes_one(tmp_path: Path) -> None:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary({f"/Im{at}": _picture(pdf) for at in range(70)})
        drawn = " ".join(f"q 6 0 0 6 {590 if at == 0 else 8 * at} 300 cm /Im{at} Do Q" for at in range(70))
        page.obj.Contents = pdf.make_stream(f"{LINE} {drawn}".encode())

    assert _redacted(way, tmp_path).written.pages_as_images == ((2, "hidden:pictures"),)
