"""A canvas of smooth flat shapes, drawn larger than it is saved so that edges come out clean.

Points are in pixels of the saved picture. Light falls from the upper left: a shape can carry its
own shadow along its right side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

__all__ = ["Canvas", "Color", "Point", "Stencil", "darker", "limb", "mix", "rgb", "spline"]

Point: TypeAlias = tuple[float, float]
Color: TypeAlias = tuple[int, int, int]

INK: Color = (24, 20, 46)
PAPER: Color = (255, 250, 242)


@dataclass(frozen=True)
class Stencil:
    """A painted shape: its mask and where the mask's corner lies, both in drawn pixels."""

    mask: Image.Image
    corner: tuple[int, int]

    def joined(self, other: Stencil) -> Stencil:
        """Return the stencil of both shapes."""
        corners = (self.corner, other.corner)
        left, top = (min(corner[i] for corner in corners) for i in (0, 1))
        right, bottom = (
            max(one.corner[i] + one.mask.size[i] for one in (self, other)) for i in (0, 1)
        )
        mask = Image.new("L", (right - left, bottom - top))
        for one in (self, other):
            mask.paste(255, (one.corner[0] - left, one.corner[1] - top), one.mask)
        return Stencil(mask, (left, top))


@dataclass
class Canvas:
    """A picture in the making, `width` x `height` when saved and `scale` times that while drawn."""

    width: int
    height: int
    scale: int = 2
    image: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width * self.scale, self.height * self.scale))

    def gradient(self, stops: Sequence[tuple[float, Color]]) -> None:
        """Fill the canvas from top to bottom through the colors at the given heights (0 to 1)."""
        rows = self.image.height
        column = Image.new("RGB", (1, rows))
        for row in range(rows):
            at = row / (rows - 1)
            below = next((i for i, (stop, _) in enumerate(stops) if stop >= at), len(stops) - 1)
            (low, first), (high, second) = stops[max(0, below - 1)], stops[below]
            part = 0.0 if high == low else min(1.0, max(0.0, (at - low) / (high - low)))
            column.putpixel((0, row), mix(first, second, part))
        self.image.paste(column.resize(self.image.size))

    def shape(
        self,
        points: Iterable[Point],
        color: Color,
        *,
        shade: float = 0.0,
        depth: float = 0.0,
        alpha: float = 1.0,
        blur: float = 0.0,
    ) -> Stencil:
        """Paint a closed outline; `shade` darkens `depth` pixels of its right side."""
        drawn = [(x * self.scale, y * self.scale) for x, y in points]
        edge = math.ceil((blur * 3 + 2) * self.scale)
        left, top = (math.floor(min(p[i] for p in drawn)) - edge for i in (0, 1))
        right, bottom = (math.ceil(max(p[i] for p in drawn)) + edge for i in (0, 1))
        left, top = max(left, -edge), max(top, -edge)
        right, bottom = min(right, self.image.width + edge), min(bottom, self.image.height + edge)
        mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in drawn], fill=255)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * self.scale))
        stencil = Stencil(mask, (left, top))
        self.tint(stencil, color, alpha)
        if shade:
            self.shadow(stencil, darker(color, shade), depth)
        return stencil

    def tint(self, stencil: Stencil, color: Color, alpha: float = 1.0) -> None:
        """Paint a color through a stencil."""
        mask = stencil.mask
        if alpha < 1:
            mask = mask.point([round(level * alpha) for level in range(256)])
        self.image.paste(color, stencil.corner, mask)

    def shadow(self, stencil: Stencil, color: Color, depth: float) -> None:
        """Paint the side of a stencil that looks away from the light."""
        reach = round(depth * self.scale)
        moved = Image.new("L", stencil.mask.size)
        moved.paste(stencil.mask, (-reach, -reach // 4))
        side = ImageChops.subtract(stencil.mask, moved)
        side = side.filter(ImageFilter.GaussianBlur(depth * self.scale * 0.22))
        side = ImageChops.multiply(side, stencil.mask)
        self.image.paste(color, stencil.corner, side)

    @contextmanager
    def inside(self, stencil: Stencil) -> Iterator[None]:
        """Keep of what is drawn meanwhile only what falls inside a stencil."""
        before = self.image.copy()
        yield
        painted, self.image = self.image, before
        left, top = stencil.corner
        box = (left, top, left + stencil.mask.width, top + stencil.mask.height)
        self.image.paste(painted.crop(box), stencil.corner, stencil.mask)

    def line(self, points: Sequence[Point], color: Color, width: float, alpha: float = 1.0) -> None:
        """Draw a smooth stroke that thins out toward both ends."""
        if len(points) == 2:
            points = [points[0], middle(*points), points[1]]
        swell = [width * (0.55 if i in (0, len(points) - 1) else 1.0) for i in range(len(points))]
        self.shape(limb(points, swell), color, alpha=alpha)

    def dot(self, center: Point, radius: float, color: Color, alpha: float = 1.0) -> Stencil:
        """Paint a disc."""
        return self.shape(ellipse(center, radius, radius), color, alpha=alpha)

    def saved(self) -> Image.Image:
        """Return the picture at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def rgb(code: str) -> Color:
    """Return the color of a code such as #CC071E."""
    value = int(code.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(first: Color, second: Color, part: float) -> Color:
    """Return the color `part` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def darker(color: Color, part: float) -> Color:
    """Return a color in shadow: toward ink, a little, so that it stays a color."""
    return mix(color, INK, part)


def middle(first: Point, second: Point) -> Point:
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2


def ellipse(center: Point, rx: float, ry: float, steps: int = 64) -> list[Point]:
    """Return the outline of an ellipse."""
    turn = [2 * math.pi * i / steps for i in range(steps)]
    return [(center[0] + rx * math.cos(a), center[1] + ry * math.sin(a)) for a in turn]


def spline(points: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """Return a smooth curve through the points (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return list(points)
    if closed:
        around = [points[-1], *points, points[0], points[1]]
    else:
        around = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(steps):
            curve.append(between(a, b, c, d, step / steps))
    return curve if closed else [*curve, points[-1]]


def between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """Return the point at `t` of the Catmull-Rom piece from `b` to `c`."""

    def one(p: float, q: float, r: float, s: float) -> float:
        bend = (2 * p - 5 * q + 4 * r - s) * t + (3 * q - p - 3 * r + s) * t * t
        return 0.5 * (2 * q + (r - p) * t + bend * t)

    return one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])


def limb(spine: Sequence[Point], widths: Sequence[float], *, round_end: bool = True) -> list[Point]:
    """Return the outline of a rounded limb: a smooth spine with a width at each of its points."""
    steps = 10
    path = spline(spine, steps=steps)
    wide = spline([(float(i), w) for i, w in enumerate(widths)], steps=steps)
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(path):
        ahead, behind = path[min(i + 1, len(path) - 1)], path[max(i - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = math.hypot(dx, dy) or 1.0
        half = wide[min(i, len(wide) - 1)][1] / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    end = cap(path[-1], left[-1], right[-1]) if round_end else []
    return [*left, *end, *reversed(right), *cap(path[0], right[0], left[0])]


def cap(center: Point, start: Point, stop: Point) -> list[Point]:
    """Return the half circle about `center` from `start` around the far side to `stop`."""
    radius = math.hypot(start[0] - center[0], start[1] - center[1])
    first = math.atan2(start[1] - center[1], start[0] - center[0])
    turns = [first - math.pi * i / 8 for i in range(1, 8)]
    return [(center[0] + radius * math.cos(a), center[1] + radius * math.sin(a)) for a in turns]
