"""Ways to hide a text from the reader of a page, and looks of text that a reader does see.

`HIDDEN` hides the marker beside a visible line; `SEEN` shows it, in ways that resemble hiding.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pikepdf
from attacks import MARKER, Attack
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont

LINE = "BT /F1 12 Tf 72 700 Td (Beste lezer, tot ziens) Tj ET"


def text(size: float = 12, x: float = 72, y: float = 600, before: str = "", shown: str = MARKER) -> str:
    return f"BT {before} /F1 {size} Tf {x} {y} Td ({shown}) Tj ET"


def with_content(content: str, line: str = LINE, **resources: object) -> Attack:
    """A page with `line` and `content`; `resources` are dictionaries, or made for the document."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        for key, value in resources.items():
            page.obj.Resources[f"/{key}"] = value(pdf) if callable(value) else value
        page.obj.Contents = pdf.make_stream(f"{line} {content}".encode("latin-1"))

    return attack


def _states(**states: Dictionary) -> Dictionary:
    return Dictionary({f"/{name}": state for name, state in states.items()})


def picture(pdf: Pdf, pixels: np.ndarray) -> pikepdf.Stream:
    """A grey image of these pixels."""
    image = pikepdf.Stream(pdf, pixels.astype(np.uint8).tobytes())
    image.Type, image.Subtype, image.ColorSpace, image.BitsPerComponent = Name.XObject, Name.Image, Name.DeviceGray, 8
    image.Width, image.Height = pixels.shape[1], pixels.shape[0]
    return pdf.make_indirect(image)


def printed(words: str = MARKER, ground: int = 255, ink: int = 20) -> np.ndarray:
    """A scan of 200×40 points at 144 dpi with `words` at 12 points, their base line 15 points from below."""
    canvas = Image.new("L", (400, 80), ground)
    font = ImageFont.load_default(size=24)
    ImageDraw.Draw(canvas).text((24, 50), words, fill=ink, font=font, anchor="ls")
    return np.asarray(canvas)


def with_images(**images: np.ndarray) -> Callable[[Pdf], Dictionary]:
    """Grey images, by the names under which a page draws them."""

    def build(pdf: Pdf) -> Dictionary:
        return Dictionary({f"/{name}": picture(pdf, pixels) for name, pixels in images.items()})

    return build


DRAW = "q 200 0 0 40 60 585 cm /Im Do Q"
BLANK = np.full((80, 400), 255)


def drawn_as_paths(words: str = MARKER) -> str:
    """What `printed` prints, at the place of `DRAW`, as one filled path."""
    pixels = np.pad(printed(words) < 128, ((0, 0), (1, 1))).astype(np.int8)
    rows, starts = np.nonzero(np.diff(pixels, axis=1) == 1)
    ends = np.nonzero(np.diff(pixels, axis=1) == -1)[1]
    rectangles = (
        f"{60 + start / 2} {624.5 - row / 2} {(end - start) / 2} 0.5 re"
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    )
    return f"{' '.join(rectangles)} f"


def _mode_3_in_a_form(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(text(before="3 Tr").encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    form.Resources = Dictionary(Font=page.obj.Resources.Font)
    with_content("/Fm Do", XObject=Dictionary(Fm=form))(pdf, page)


def _outside_the_box_of_a_form(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(text().encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50])
    form.Resources = Dictionary(Font=page.obj.Resources.Font)
    with_content("/Fm Do", XObject=Dictionary(Fm=form))(pdf, page)


def _in_a_form_that_is_cropped(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(text().encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    form.Resources = Dictionary(Font=page.obj.Resources.Font)
    with_content("q 0 0 40 40 re W n /Fm Do Q", XObject=Dictionary(Fm=form))(pdf, page)


def _under_blocks(shown: str) -> Callable[[Pdf, pikepdf.Page], None]:
    """Drawn over by `shown`, in a font of which the letters A are black blocks."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        block = pdf.make_stream(b"1000 0 0 -300 1000 1000 d1 0 -300 1000 1300 re f")
        page.obj.Resources.Font.F2 = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, -300, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65, LastChar=65, Widths=[1000], Encoding=Dictionary(Differences=Array([65, Name.block])),
            CharProcs=Dictionary(block=block), Resources=Dictionary(),
        )  # fmt: skip
        with_content(f"{text()} BT /F2 {shown} Tj ET")(pdf, page)

    return attack


def _outside_the_crop_box(pdf: Pdf, page: pikepdf.Page) -> None:
    with_content(text(y=780))(pdf, page)
    page.obj.CropBox = Array([0, 0, 595, 760])


def _transparent_form(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(text().encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    form.Resources, form.Group = Dictionary(Font=page.obj.Resources.Font), Dictionary(S=Name.Transparency)
    with_content("q /G gs /Fm Do Q", XObject=Dictionary(Fm=form), ExtGState=_states(G=Dictionary(ca=0)))(pdf, page)


def _turned_page(pdf: Pdf, page: pikepdf.Page) -> None:
    with_content(f"1 g {text()}")(pdf, page)
    page.obj.Rotate = 90


HIDDEN: dict[str, Attack] = {
    "white on white": with_content(f"1 g {text()}"),
    "nearly white": with_content(f"0.98 g {text()}"),
    "white in RGB": with_content(f"1 1 1 rg {text()}"),
    "white in CMYK": with_content(f"0 0 0 0 k {text()}"),
    "colour of its ground": with_content(f"q 0 0 0.4 rg 60 590 200 30 re f Q 0 0 0.4 rg {text()}"),
    "black on black": with_content(f"60 590 200 30 re f {text()}"),
    "black on a thick black line": with_content(f"30 w 60 605 m 260 605 l S {text()}"),
    "invisible mode": with_content(text(before="3 Tr")),
    "invisible mode in a form": _mode_3_in_a_form,
    "fully transparent": with_content(f"q /G gs {text()} Q", ExtGState=_states(G=Dictionary(ca=0))),
    "in a fully transparent form": _transparent_form,
    "covered by a white rectangle": with_content(f"{text()} 1 g 60 590 200 30 re f"),
    "covered by a black bar": with_content(f"{text()} 0 g 60 590 200 30 re f"),
    "covered by a black bar just as high": with_content(f"{text()} 0 g 70 597 80 14 re f"),
    "covered by a black bar with round corners": with_content(
        f"{text()} 0 g 72 597 m 152 597 l 154 597 154 599 154 600 c 154 612 l "
        "72 612 l 70 612 70 611 70 610 c 70 597 l f"
    ),
    "covered by a hatched bar": with_content(
        f"{text()} 0 g 70 597 80 15 re f q 70 597 80 15 re W n 0.4 G "
        + " ".join(f"{70 + 8 * n} 597 m {85 + 8 * n} 612 l" for n in range(10))
        + " S Q"
    ),
    "covered by a bar with the ground on it": with_content(
        f"{text()} 0 g 60 590 200 30 re f 1 g {text(size=8, x=90, y=601, shown='5.1.2e')}"
    ),
    "covered by block letters, a little lower and larger": _under_blocks("14 Tf 70 599 Td (AAAAAA)"),
    "covered by large block letters, far lower": _under_blocks("24 Tf 70 592 Td (AAAA)"),
    "covered by block letters that run askew": _under_blocks("30 Tf 0.996 0.087 -0.087 0.996 70 590 Tm (AAAA)"),
    "white in a cell with borders": with_content(f"1 g {text()} 0.5 w 70 597 90 13 re S"),
    "white over a rule": with_content(f"1 g {text()} 0.5 w 60 598 m 260 598 l S"),
    "invisible mode over a rule": with_content(f"{text(before='3 Tr')} 0.5 w 60 598 m 260 598 l S"),
    "covered by a thick line": with_content(f"{text()} 30 w 60 605 m 260 605 l S"),
    "covered by many thin lines": with_content(
        text() + "".join(f" 60 {590 + n / 2} m 260 {590 + n / 2} l S" for n in range(60))
    ),
    "covered by an image": with_content(f"{text()} {DRAW}", XObject=with_images(Im=BLANK)),
    "clipped away": with_content(f"q 0 0 40 40 re W n {text()} Q"),
    "clipped away by a triangle": with_content(f"q 60 590 m 300 650 l 60 650 l h W n {text(x=200, y=592)} Q"),
    "outside the box of its form": _outside_the_box_of_a_form,
    "in a form that is cropped": _in_a_form_that_is_cropped,
    "beside the page": with_content(text(x=700)),
    "left of the page": with_content(text(x=-200)),
    "under the page": with_content(text(y=-40)),
    "outside the crop box": _outside_the_crop_box,
    "tiny": with_content(text(size=0.5)),
    "tiny by the matrix": with_content(f"q 0.05 0 0 0.05 72 600 cm {text(x=0, y=0)} Q"),
    "of size nothing": with_content(text(size=0)),
    "scaled to no width": with_content(text(before="0 Tz")),
    "scaled to hardly any width": with_content(text(before="0.1 Tz")),
    "invisible mode, squeezed": with_content(text(before="3 Tr 4 Tz")),
    "flat": with_content(f"BT /F1 12 Tf 1 0 0 0 72 600 Tm ({MARKER}) Tj ET"),
    "over a blank scan": with_content(f"{DRAW} {text(before='3 Tr')}", XObject=with_images(Im=BLANK)),
    "white on a turned page": _turned_page,
    "white among visible words": with_content(
        f"BT /F1 12 Tf 72 600 Td (voor ) Tj 1 g ({MARKER}) Tj 0 g ( achter) Tj ET"
    ),
    "clipping mode": with_content(f"q {text(before='7 Tr')} Q"),
}

SHADING = Dictionary(
    ShadingType=2,
    ColorSpace=Name.DeviceGray,
    Coords=Array([60, 0, 260, 0]),
    Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([0.5]), N=1),
)

# Drawn by what is painted through its letters.
CUT_OUT: dict[str, Attack] = {
    "cut out of a colour": with_content(f"q {text(before='7 Tr')} 0 0 1 rg 60 590 200 30 re f Q"),
    "cut out of a shading": with_content(f"q {text(before='7 Tr')} /Sh sh Q", Shading=Dictionary(Sh=SHADING)),
    "cut out of a picture": with_content(
        f"q {text(before='7 Tr')} {DRAW} Q", XObject=with_images(Im=np.full((80, 400), 90))
    ),
    "filled white and cut out of a shading": with_content(
        f"q 1 g {text(before='4 Tr')} /Sh sh Q", Shading=Dictionary(Sh=SHADING)
    ),
}

SEEN: dict[str, Attack] = {
    **CUT_OUT,
    "grey": with_content(f"0.53 g {text()}"),
    "light grey": with_content(f"0.73 g {text()}"),
    "pale yellow on white": with_content(f"1 1 0.6 rg {text(size=20)}"),
    "white in a dark cell": with_content(f"q 0.1 0.2 0.5 rg 60 590 200 30 re f Q 1 g {text()}"),
    "white on an image": with_content(f"{DRAW} 1 g {text()}", XObject=with_images(Im=np.full((80, 400), 90))),
    "black on a pale image": with_content(f"{DRAW} {text()}", XObject=with_images(Im=np.full((80, 400), 230))),
    "white on a shading": with_content(
        f"q 60 590 200 30 re W n /Sh sh Q 1 g {text()}",
        Shading=Dictionary(Sh=SHADING),
    ),
    "on a highlight": with_content(f"q 1 1 0 rg 60 590 200 30 re f Q {text()}"),
    "under a highlight that multiplies": with_content(
        f"{text()} q /G gs 1 1 0 rg 60 590 200 30 re f Q", ExtGState=_states(G=Dictionary(BM=Name.Multiply))
    ),
    "under a box that lets light through": with_content(
        f"{text()} q /G gs 0.2 0.4 0.8 rg 60 590 200 30 re f Q", ExtGState=_states(G=Dictionary(ca=0.4))
    ),
    "watermark": with_content(f"q /G gs {text(size=40)} Q", ExtGState=_states(G=Dictionary(ca=0.1))),
    "small print": with_content(text(size=4)),
    "small grey print": with_content(f"0.53 g {text(size=4)}"),
    "struck through": with_content(f"{text()} 1 w 70 604 m 150 604 l S"),
    "underlined": with_content(f"{text()} 72 597 70 1 re f"),
    "partly under a line": with_content(f"{text()} 1 g 60 602 200 2 re f"),
    "in a frame drawn later": with_content(f"{text()} 0.5 w 60 590 200 30 re S"),
    "clipped by a rectangle around it": with_content(f"q 60 590 200 30 re W n {text()} Q"),
    "outlined": with_content(text(size=30, before="1 Tr 1 w")),
    "outlined in black, filled white": with_content(f"1 g {text(size=30, before='2 Tr 1 w')}"),
    "fake bold": with_content(f"{text()} {text(x=72.2)}"),
    "printed twice, white below": with_content(f"1 g {text()} 0 g {text()}"),
    "printed twice, invisible below": with_content(f"{text(before='3 Tr')} {text(before='0 Tr')}"),
    "with a white rim": with_content(f"1 G 1 g {text(size=20, before='2 Tr 2 w')} 0 g {text(size=20, before='0 Tr')}"),
    "with a shadow on an image": with_content(
        f"{DRAW} 0 g {text(x=72.5, y=599.5)} 1 g {text()}", XObject=with_images(Im=np.full((80, 400), 128))
    ),
    "reaching over the edge of the page": with_content(text(x=532)),
    "text of a scan": with_content(f"{DRAW} {text(before='3 Tr')}", XObject=with_images(Im=printed())),
    "text of a faint scan": with_content(
        f"{DRAW} {text(before='3 Tr')}", XObject=with_images(Im=printed(ground=225, ink=140))
    ),
    "text under a scan": with_content(f"{text()} {DRAW}", XObject=with_images(Im=printed())),
    "text of a scan, wider than the print": with_content(
        f"{DRAW} {text(before='3 Tr 125 Tz')}", XObject=with_images(Im=printed())
    ),
}
