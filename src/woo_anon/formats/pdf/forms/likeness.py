"""Whether the pages of a form look the same when its fields have become part of them, as PDFium shows both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.opening.kind import PRINT_IT

SCALE = 1.5  # pixels a point: letters of 6 pt have a shape
CHANGED = 64  # a grey value that differs by more is another pixel, not another rounding
MOST_CHANGED = 30  # pixels of a page that may differ: less than a letter


def check_likeness(before: bytes, after: bytes, indices: Sequence[int], name: str) -> None:
    """Compare the pages `indices` of the form `before` with those of the flattened file `after`.

    Raises RefusedError for the first page that looks different, naming it.
    """
    with pypdfium2.PdfDocument(before) as old, pypdfium2.PdfDocument(after) as new:
        old.init_forms()
        for index in indices:
            first, second = _rendered(old[index]), _rendered(new[index])
            if first.shape != second.shape or (np.abs(first - second) > CHANGED).sum() > MOST_CHANGED:
                raise RefusedError(f"{name}: the form on page {index + 1} cannot be made part of the page.", PRINT_IT)


def _rendered(page: Any) -> Any:
    """Grey values of the page with its fields, without other annotations."""
    bitmap = page.render(scale=SCALE, grayscale=True, draw_annots=False)
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].astype(np.int16)
    page.close()
    return pixels
