"""Comparing pictures of a page."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # height × width × 3, upper row first
Mask = npt.NDArray[np.bool_]  # height × width

DIFFERENT = 16  # of 255 in any channel: less cannot be read by eye


def differs(first: Pixels, second: Pixels) -> Mask:
    """Where two pictures of one page differ so much that one can see it."""
    if first.shape != second.shape:
        raise ValueError("pictures of different sizes")
    if np.array_equal(first, second):
        return np.zeros(first.shape[:2], dtype=np.bool_)
    apart = (np.maximum(first, second) - np.minimum(first, second)) >= DIFFERENT
    return np.asarray(apart[:, :, 0] | apart[:, :, 1] | apart[:, :, 2])


def is_uniform(part: npt.NDArray[Any], spread: int = 24) -> bool:
    """Whether a part of a picture has one colour; JPEG and its like may leave a small spread."""
    flat = part.reshape(-1, 3).astype(np.int16)
    if not len(flat):
        return True
    # Two in a hundred pixels may stand out: the edge of a neighbouring letter.
    low, high = np.percentile(flat, [2, 98], axis=0)
    return bool((high - low).max() <= spread)


def ground(picture: Pixels) -> npt.NDArray[np.int16]:
    """The colour that most of a page has: that of its paper."""
    coarse = picture[::8, ::8].reshape(-1, 3).astype(np.int32)
    colours, counts = np.unique(coarse @ np.array([1, 1 << 8, 1 << 16]), return_counts=True)
    most = int(colours[counts.argmax()])
    return np.array([most & 255, most >> 8 & 255, most >> 16], dtype=np.int16)
