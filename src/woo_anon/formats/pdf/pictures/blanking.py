"""Images under a box: the pixels go, in the image itself and in its soft mask or stencil mask.

    unit square of the image        pixels
    (0,1) ┌──────┐                  row 0     A box reaches the image through the inverse of the matrix that draws
          │  ▒▒  │                  ▒▒        it; a pixel that it touches at all is blanked.
    (0,0) └──────┘ (1,0)            row h-1

Samples are changed where qpdf can decode them (Flate, LZW, RunLength, JPEG); grey and RGB JPEG is compressed again with
its own quantisation tables. JPX, CCITT and JBIG2 are decoded by PDFium, and leave as JPX and CCITT. What neither
decodes raises NotUnderstoodError.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Name
from PIL import Image, ImageDraw, JpegImagePlugin

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.matrix import Matrix, apply, inverse
from woo_anon.formats.pdf.pictures.bare import unpacked
from woo_anon.formats.pdf.pictures.codecs import fax_image, jpeg2000
from woo_anon.geometry import Box

MAX_PIXELS = 400_000_000  # an image larger than this is an attack or a mistake
_KEPT = ("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/ImageMask", "/Decode", "/Interpolate", "/Intent",
         "/StructParent", "/Matte", "/OC")  # fmt: skip

UNDECODABLE = (
    pikepdf.PdfError,
    pikepdf.UnsupportedImageTypeError,
    pikepdf.DependencyError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    NotImplementedError,
    Image.DecompressionBombError,
)

Mask = NDArray[np.bool_]  # height × width, true where the pixel goes


def blank(pdf: pikepdf.Pdf, image: Any, boxes: Sequence[Box], matrix: Matrix) -> Any:
    """A copy of `image`, drawn with `matrix`, without the pixels under `boxes` (points on the page).

    Raises NotUnderstoodError when the image, or a mask of it, cannot be decoded.
    """
    try:
        result = _blank_one(pdf, image, boxes, matrix)
        for key in ("/SMask", "/Mask"):
            mask = image.get(key)
            if isinstance(mask, pikepdf.Stream):
                result[key] = pdf.make_indirect(_blank_one(pdf, mask, boxes, matrix, soft=key == "/SMask"))
            elif mask is not None:
                result[key] = mask
    except UNDECODABLE as error:
        raise NotUnderstoodError("image:undecodable") from error
    return pdf.make_indirect(result)


def _blank_one(pdf: pikepdf.Pdf, image: Any, boxes: Sequence[Box], matrix: Matrix, *, soft: bool = False) -> Any:
    width, height = int(image.Width), int(image.Height)
    if width < 1 or height < 1 or width * height > MAX_PIXELS:
        raise NotUnderstoodError("image:size")
    return without_pixels(pdf, image, _mask(width, height, boxes, matrix), soft=soft)


def without_pixels(pdf: pikepdf.Pdf, image: Any, mask: Mask, *, soft: bool = False) -> Any:
    """A copy of the image without the pixels of the mask; `soft` for a soft mask. Raises one of UNDECODABLE or
    NotUnderstoodError."""
    filters = filters_of(image)
    if filters[-1:] == ["/DCTDecode"]:
        recompressed = _jpeg(pdf, image, mask)
        if recompressed is not None:
            return recompressed
    if {"/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"} & set(filters):
        return _through_pdfium(pdf, image, mask, soft=soft)
    return _samples(pdf, image, mask, soft=soft)


def filters_of(image: Any) -> list[str]:
    """The names of the filters, outermost first."""
    filters = image.get("/Filter", pikepdf.Array())
    return [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _mask(width: int, height: int, boxes: Sequence[Box], matrix: Matrix) -> Mask:
    """Which pixels the boxes touch."""
    back = inverse(matrix)
    if back is None:
        raise NotUnderstoodError("image:flat")
    canvas = Image.new("1", (width, height))
    draw = ImageDraw.Draw(canvas)
    for box in boxes:
        corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
        points = [(u * width, (1 - v) * height) for u, v in (apply(back, x, y) for x, y in corners)]
        if _upright(points):
            xs, ys = zip(*points, strict=True)
            draw.rectangle((int(min(xs) // 1), int(min(ys) // 1), int(max(xs) // 1), int(max(ys) // 1)), fill=1)
        else:
            draw.polygon([(x - 0.5, y - 0.5) for x, y in points], fill=1, outline=1, width=3)
    return np.asarray(canvas, dtype=bool)


def _upright(points: list[tuple[float, float]]) -> bool:
    (x1, y1), (x2, y2), (x3, y3), _ = points
    level, steep = abs(y1 - y2) < 0.5 and abs(x2 - x3) < 0.5, abs(x1 - x2) < 0.5 and abs(y2 - y3) < 0.5
    return level or steep


def _samples(pdf: pikepdf.Pdf, image: Any, mask: Mask, *, soft: bool) -> Any:
    """Blank samples as they stand in the decoded stream, whatever their colours mean."""
    data = image.read_bytes(decode_level=pikepdf.StreamDecodeLevel.all)
    bits = 1 if _is_stencil(image) else int(image.get("/BitsPerComponent", 8))
    row_bytes, rest = divmod(len(data), mask.shape[0])
    components = row_bytes * 8 // (bits * mask.shape[1])
    if rest or components < 1 or -(-components * bits * mask.shape[1] // 8) != row_bytes:
        expected = _components(image)
        row_bytes = -(-expected * bits * mask.shape[1] // 8)
        components = expected
        data = data[: row_bytes * mask.shape[0]].ljust(row_bytes * mask.shape[0], b"\0")
    rows = np.frombuffer(data, dtype=np.uint8).reshape(mask.shape[0], row_bytes)
    fill = _ones(image, soft=soft, components=components)
    return _stream(pdf, image, _filled(rows, mask, bits * components, fill))


def _filled(rows: NDArray[np.uint8], mask: Mask, pixel_bits: int, ones: bool) -> bytes:
    if pixel_bits % 8 == 0:
        filled = rows.copy()
        filled[np.repeat(mask, pixel_bits // 8, axis=1)] = 255 if ones else 0
        return filled.tobytes()
    bits = np.unpackbits(rows, axis=1)
    spread = np.repeat(mask, pixel_bits, axis=1)
    bits[:, : spread.shape[1]][spread] = ones
    return np.packbits(bits, axis=1).tobytes()


def _is_stencil(image: Any) -> bool:
    return bool(image.get("/ImageMask", False))


def is_inverted(image: Any) -> bool:
    """Whether /Decode turns samples round."""
    decode = image.get("/Decode")
    return decode is not None and float(decode[0]) > float(decode[1])


def _ones(image: Any, *, soft: bool, components: int) -> bool:
    """Whether blank samples are all ones: white, an unpainted stencil; a soft mask becomes transparent."""
    if soft:
        return is_inverted(image)
    if _is_stencil(image):
        return not is_inverted(image)
    return components in {1, 3} and not _is_indexed(image) and not is_inverted(image)


def _is_indexed(image: Any) -> bool:
    space = image.get("/ColorSpace")
    return isinstance(space, pikepdf.Array) and str(space[0]) in {"/Indexed", "/I", "/Separation"}


def _components(image: Any) -> int:
    """Components of the colour space (ISO 32000-2, 8.6); a stencil has one."""
    space = image.get("/ColorSpace")
    if _is_stencil(image) or space is None:
        return 1
    family = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if family == "/ICCBased":
        return int(space[1].N)
    if family == "/DeviceN":
        return len(space[1])
    known = {"/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4}
    return known.get(family, 1)


def _jpeg(pdf: pikepdf.Pdf, image: Any, mask: Mask) -> Any:
    """A grey or RGB JPEG compressed again as it was; None when it is another one."""
    if not _says_nothing(image.get("/DecodeParms")):
        return None
    with Image.open(io.BytesIO(unpacked(image))) as picture:
        if picture.mode not in {"L", "RGB"} or picture.size != (mask.shape[1], mask.shape[0]):
            return None
        tables = picture.quantization  # type: ignore[attr-defined]
        sampling = JpegImagePlugin.get_sampling(picture)
        pixels = np.asarray(picture).copy()
        mode = picture.mode
    pixels[mask] = 0 if is_inverted(image) else 255
    target = io.BytesIO()
    Image.fromarray(pixels, mode).save(target, "JPEG", qtables=tables, subsampling=max(sampling, 0), optimize=True)
    return _stream(pdf, image, target.getvalue(), Name.DCTDecode)


def _says_nothing(parameters: Any) -> bool:
    """Whether parameters of filters are those of none, or such as change nothing: Tesseract writes those of a predictor
    beside a JPEG, which has none."""
    each = parameters if isinstance(parameters, pikepdf.Array) else (parameters,)
    return all(one is None or (isinstance(one, pikepdf.Dictionary) and "/ColorTransform" not in one) for one in each)


def _through_pdfium(pdf: pikepdf.Pdf, image: Any, mask: Mask, *, soft: bool) -> Any:
    """Samples as PDFium decodes them: one bit stays one bit, the rest becomes 8-bit grey or RGB."""
    if int(image.get("/SMaskInData", 0)):
        raise NotUnderstoodError("image:jpx-alpha")
    bilevel = bool({"/CCITTFaxDecode", "/JBIG2Decode"} & set(filters_of(image)))
    picture = _decoded(image, bilevel=bilevel)
    if picture.size != (mask.shape[1], mask.shape[0]):
        raise NotUnderstoodError("image:undecodable")
    if bilevel:
        ones = np.asarray(picture.convert("L")) > 127
        ones[mask] = _ones(image, soft=soft, components=1)
        return _fax(pdf, image, ones)
    mode = "L" if soft or picture.mode == "L" else "RGB"
    pixels = np.asarray(picture.convert(mode)).copy()
    pixels[mask] = 0 if soft else 255
    result = _stream(pdf, image, jpeg2000(pixels, len(image.read_raw_bytes())), Name.JPXDecode)
    result.ColorSpace = Name.DeviceGray if mode == "L" else Name.DeviceRGB
    result.BitsPerComponent = 8
    if "/Decode" in result:
        del result.Decode
    return result


def _fax(pdf: pikepdf.Pdf, image: Any, ones: Mask) -> Any:
    result = _kept(fax_image(pdf, ones), image)
    result.BitsPerComponent = 1
    return result


def _decoded(image: Any, *, bilevel: bool) -> Image.Image:
    """The image as PDFium decodes it, without masks and Decode, in a document of its own."""
    import pypdfium2 as pdfium

    with pikepdf.new() as single:
        page = single.add_blank_page(page_size=(100, 100))
        alone = single.copy_foreign(image)
        for key in ("/SMask", "/Mask", "/ImageMask", "/Decode", "/OC", "/Metadata"):
            if key in alone:
                del alone[key]
        if bilevel:
            alone.ColorSpace, alone.BitsPerComponent = Name.DeviceGray, 1
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=alone))
        page.Contents = single.make_stream(b"100 0 0 100 0 0 cm /Im Do")
        target = io.BytesIO()
        single.save(target)
    document = pdfium.PdfDocument(target.getvalue())
    try:
        for found in document[0].get_objects():
            if isinstance(found, pdfium.PdfImage):
                picture: Image.Image = found.get_bitmap(render=False).to_pil().copy()
                return picture
    except pdfium.PdfiumError as error:
        raise NotUnderstoodError("image:undecodable") from error
    finally:
        document.close()
    raise NotUnderstoodError("image:undecodable")


def _stream(pdf: pikepdf.Pdf, image: Any, data: bytes, filter_name: Any = None) -> Any:
    """A new image with the old one's harmless keys and new samples."""
    result = _kept(pikepdf.Stream(pdf, data), image)
    if filter_name is not None:
        result.Filter = filter_name
    return result


def _kept(result: Any, image: Any) -> Any:
    """`result` with the harmless keys of `image`."""
    result.Type, result.Subtype = Name.XObject, Name.Image
    for key in _KEPT:
        if key in image:
            result[key] = image[key]
    return result
