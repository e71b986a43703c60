"""Affine transformations as PDF writes them (ISO 32000-2, 8.3.4).

[x' y' 1] = [x y 1] | a b 0 |
                    | c d 0 |        a matrix is the tuple (a, b, c, d, e, f)
                    | e f 1 |
"""

from __future__ import annotations

from collections.abc import Iterable

from woo_anon.geometry import Box

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first` and after that `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def shifted(matrix: Matrix, x: float, y: float) -> Matrix:
    """`matrix` preceded by a translation over (x, y)."""
    a, b, c, d, e, f = matrix
    return (a, b, c, d, x * a + y * c + e, x * b + y * d + f)


def apply(matrix: Matrix, x: float, y: float) -> Point:
    """The point (x, y) transformed."""
    a, b, c, d, e, f = matrix
    return (x * a + y * c + e, x * b + y * d + f)


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that undoes `matrix`; None when it flattens the plane."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    if abs(determinant) < 1e-12:
        return None
    return (
        d / determinant,
        -b / determinant,
        -c / determinant,
        a / determinant,
        (c * f - d * e) / determinant,
        (b * e - a * f) / determinant,
    )


def same_upright(matrix: Matrix, other: Matrix, *, scaled: bool) -> bool:
    """Whether a rectangle of one coordinate system is one in the other; of the same size too, unless `scaled`."""
    back = inverse(other)
    if back is None:
        return False
    a, b, c, d, _, _ = multiply(matrix, back)
    upright = max(abs(b), abs(c)) < 1e-9 or max(abs(a), abs(d)) < 1e-9
    return upright and (scaled or abs(abs(a) + abs(b) - 1) + abs(abs(c) + abs(d) - 1) < 1e-6)


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box around `points` (at least one)."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def box_bounds(matrix: Matrix, box: Box) -> Box:
    """The smallest upright box around the transformed `box`."""
    corners = ((box.left, box.bottom), (box.right, box.bottom), (box.left, box.top), (box.right, box.top))
    return bounds(apply(matrix, x, y) for x, y in corners)
