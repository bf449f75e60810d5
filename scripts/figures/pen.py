"""A pen that draws on a figure: points, widths and depths in figure space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from scripts.figures.body import Body
from scripts.figures.canvas import Canvas, Color, Point, Stencil, limb, spline

__all__ = ["Palette", "Pen"]


@dataclass(frozen=True)
class Palette:
    """The colors of one figure: skin, the garment, what is worn with it, shoes."""

    skin: Color
    main: Color
    second: Color
    shoe: Color


@dataclass(frozen=True)
class Pen:
    """A pen for one figure on a canvas."""

    canvas: Canvas
    body: Body

    def shape(
        self, points: Sequence[Point], color: Color, *, shade: float = 0.0, depth: float = 0.0
    ) -> Stencil:
        """Paint a closed outline of figure points."""
        outline = self.body.frame.all(list(points))
        return self.outline(outline, color, shade=shade, depth=depth)

    def outline(
        self, pixels: Sequence[Point], color: Color, *, shade: float = 0.0, depth: float = 0.0
    ) -> Stencil:
        """Paint a closed outline that is in pixels already."""
        unit = self.body.frame.unit
        return self.canvas.shape(pixels, color, shade=shade, depth=depth * unit)

    def line(self, points: Sequence[Point], color: Color, width: float, alpha: float = 1.0) -> None:
        """Draw a smooth stroke through figure points."""
        curve = spline(self.body.frame.all(list(points)))
        self.canvas.line(curve, color, width * self.body.frame.unit, alpha)

    def seam(self, points: Sequence[Point], color: Color, width: float, alpha: float = 1.0) -> None:
        """Draw straight strokes from point to point."""
        for start, end in pairwise(points):
            self.line([start, end], color, width, alpha)

    def band(
        self,
        points: Sequence[Point],
        widths: Sequence[float],
        color: Color,
        *,
        shade: float = 0.0,
        depth: float = 0.0,
        round_end: bool = True,
    ) -> Stencil:
        """Paint a limb along figure points, with its width at each."""
        unit = self.body.frame.unit
        spine = self.body.frame.all(list(points))
        outline = limb(spine, [width * unit for width in widths], round_end=round_end)
        return self.outline(outline, color, shade=shade, depth=depth)

    def dot(self, point: Point, radius: float, color: Color, alpha: float = 1.0) -> None:
        """Paint a disc."""
        self.canvas.dot(
            self.body.frame.at(point), radius * self.body.frame.unit, color, alpha=alpha
        )

    @contextmanager
    def inside(self, stencil: Stencil) -> Iterator[None]:
        """Keep of what is drawn meanwhile only what falls inside a stencil."""
        with self.canvas.inside(stencil):
            yield
