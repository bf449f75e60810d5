"""The figure under the clothes: poses, joints and skin.

Figure space: the ground below the figure is (0, 0), y points up, one unit is the height of a head.
Left and right are the viewer's. A figure is drawn about eight and a half heads tall, as fashion
drawings are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scripts.figures.canvas import Canvas, Color, Point, darker, ellipse, limb, spline

__all__ = [
    "BUILDS",
    "POSES",
    "Body",
    "Build",
    "Frame",
    "Pose",
    "arm_outlines",
    "draw_hand",
    "draw_legs",
    "draw_neck",
]

Leg = tuple[Point, float]  # ankle on the ground, and how far the knee stands aside


@dataclass(frozen=True)
class Frame:
    """Where a figure stands in the picture: its ground point and the pixels of a head."""

    x: float
    y: float
    unit: float

    def at(self, point: Point) -> Point:
        """Return a point of figure space in pixels."""
        return self.x + point[0] * self.unit, self.y - point[1] * self.unit

    def all(self, points: list[Point]) -> list[Point]:
        """Return points of figure space in pixels."""
        return [self.at(point) for point in points]


@dataclass(frozen=True)
class Build:
    """Half widths of a body, in heads, and the width of arm and leg."""

    shoulder: float
    waist: float
    hip: float
    arm: float
    leg: float


BUILDS = {
    "slim": Build(0.70, 0.42, 0.53, 0.20, 0.40),
    "straight": Build(0.74, 0.48, 0.54, 0.22, 0.42),
    "curvy": Build(0.76, 0.57, 0.72, 0.27, 0.52),
    "tall": Build(0.84, 0.50, 0.52, 0.24, 0.43),
    "broad": Build(0.92, 0.58, 0.56, 0.28, 0.47),
}


@dataclass(frozen=True)
class Pose:
    """How a figure stands: hips aside, shoulders and head tilted, arms by name, legs by ankle.

    `front` is the leg that is drawn last.
    """

    sway: float
    tilt: float
    head: float
    arms: tuple[str, str]
    legs: tuple[Leg, Leg]
    front: int = 0

    def mirrored(self) -> Pose:
        """Return the pose as a mirror shows it."""
        one, two = self.legs
        return Pose(
            -self.sway,
            -self.tilt,
            -self.head,
            (self.arms[1], self.arms[0]),
            (((-two[0][0], two[0][1]), -two[1]), ((-one[0][0], one[0][1]), -one[1])),
            1 - self.front,
        )


STRIDE: tuple[Leg, Leg] = (((-0.06, 0.0), 0.04), ((0.22, 0.42), 0.10))
APART: tuple[Leg, Leg] = (((-0.42, 0.0), -0.06), ((0.40, 0.02), 0.0))
WIDE: tuple[Leg, Leg] = (((-0.74, 0.0), -0.02), ((0.74, 0.0), 0.02))
RELAXED: tuple[Leg, Leg] = (((-0.30, 0.0), -0.05), ((0.62, 0.06), 0.02))
CROSSED: tuple[Leg, Leg] = (((0.14, 0.0), -0.10), ((-0.12, 0.08), 0.16))

POSES = {
    "sway": Pose(-0.20, 0.10, -4, ("hang", "hip"), RELAXED),
    "stride": Pose(0.06, -0.06, 3, ("away", "hang"), STRIDE),
    "pockets": Pose(0.10, -0.04, 4, ("pocket", "pocket"), APART),
    "easy": Pose(-0.16, 0.09, -5, ("hang", "pocket"), RELAXED),
    "collar": Pose(-0.14, 0.05, -6, ("hang", "collar"), RELAXED),
    "wide": Pose(0.0, 0.0, 3, ("away", "hip"), WIDE),
    "crossed": Pose(-0.10, 0.06, 5, ("fold", "fold"), CROSSED),
    "proud": Pose(0.12, 0.05, -3, ("hip", "hip"), APART),
}


@dataclass(frozen=True)
class Body:
    """A posed figure: where its joints are, in figure space."""

    pose: Pose
    build: Build
    frame: Frame

    HIP, WAIST, SHOULDER, NECK, CHIN, HEAD = 4.32, 5.36, 6.72, 6.96, 7.34, 7.86

    def hip(self, side: int) -> Point:
        """Return the joint where a leg begins; `side` is 0 for left, 1 for right."""
        tilt = -self.pose.tilt * 0.9
        sign = 2 * side - 1
        return self.pose.sway + sign * self.build.hip * 0.50, self.HIP + sign * tilt

    def waist(self, sign: float, ease: float = 0.0) -> Point:
        """Return a point of the waist: `sign` -1 is its left side, 0 its middle, 1 its right."""
        return self.pose.sway * 0.45 + sign * (self.build.waist + ease), self.WAIST

    def hem(self, sign: float, height: float, ease: float = 0.0) -> Point:
        """Return a point of a hem at a height, as wide as the hips and `ease`."""
        return self.pose.sway + sign * (self.build.hip + ease), height - sign * self.pose.tilt * 0.5

    def shoulder(self, side: int, wider: float = 0.0) -> Point:
        """Return the tip of a shoulder."""
        sign = 2 * side - 1
        return sign * (self.build.shoulder + wider), self.SHOULDER + sign * self.pose.tilt

    def arm(self, side: int) -> list[Point]:
        """Return shoulder, elbow and wrist: the wrist as the pose wants it, the elbow outward."""
        sign = 2 * side - 1
        x, y = self.shoulder(side)
        start = (x - sign * self.build.arm * 0.60, y - self.build.arm * 0.70)
        hip = self.hem(sign * 0.82, self.HIP + 0.36)
        waist = self.waist(sign, 0.24)
        wrist, reach = {
            "hang": ((x + sign * 0.06, y - 2.56), 1.0),
            "away": ((x + sign * 0.34, y - 2.52), 1.0),
            "pocket": (hip, 1.0),
            "hip": ((waist[0], waist[1] - 0.16), 1.0),
            "fold": ((self.pose.sway + sign * 0.14, self.HIP + 0.22 + 0.10 * side), 0.98),
            "collar": ((sign * 0.36, self.NECK - 0.86), 0.76),
        }[self.pose.arms[side]]
        return [start, elbow_of(start, wrist, 1.28 * reach, 1.20 * reach, sign), wrist]

    def bent(self, side: int) -> bool:
        """Return whether an arm is bent so far that sleeve and skin break at the elbow."""
        return self.pose.arms[side] in ("hip", "collar")

    def hidden(self, side: int) -> bool:
        """Return whether a hand is in a pocket."""
        return self.pose.arms[side] == "pocket"

    def leg(self, side: int) -> list[Point]:
        """Return hip, knee and ankle."""
        hip = self.hip(side)
        (x, y), aside = self.pose.legs[side]
        ankle = (x + self.pose.sway * 0.3, y + 0.30)
        knee = (hip[0] + (ankle[0] - hip[0]) * 0.5 + aside, hip[1] + (ankle[1] - hip[1]) * 0.49)
        return [hip, knee, ankle]

    def steps_back(self, side: int) -> bool:
        """Return whether a leg is the lifted one of a stride."""
        return self.pose.legs[side][0][1] > 0.2

    def skull(self, point: Point) -> Point:
        """Return a point of the head, given from its middle, in pixels: turned with the head."""
        angle = math.radians(self.pose.head)
        x = point[0] * math.cos(angle) - point[1] * math.sin(angle)
        y = point[0] * math.sin(angle) + point[1] * math.cos(angle)
        lean = -math.sin(angle) * 0.5
        return self.frame.at((x * 1.08 + lean, y * 1.08 + self.HEAD))


def elbow_of(start: Point, wrist: Point, upper: float, lower: float, out: int) -> Point:
    """Return where the elbow of an arm with these lengths is; a reach too far is straight."""
    dx, dy = wrist[0] - start[0], wrist[1] - start[1]
    far = math.hypot(dx, dy)
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    along = min(along, upper)
    aside = math.sqrt(max(0.0, upper**2 - along**2))
    x, y = start[0] + dx / far * along, start[1] + dy / far * along
    return x - dy / far * aside * out, y + dx / far * aside * out


def draw_legs(canvas: Canvas, body: Body, skin: Color) -> None:
    """Draw bare legs, the one behind first."""
    unit, thick = body.frame.unit, body.build.leg
    for side in (1 - body.pose.front, body.pose.front):
        hip, knee, ankle = body.leg(side)
        calf = (knee[0] * 0.55 + ankle[0] * 0.45 + (side - 0.5) * 0.04, knee[1] - 0.75)
        spine = body.frame.all([hip, knee, calf, ankle])
        widths = [w * unit for w in (thick * 1.2, thick * 0.74, thick * 0.70, 0.20)]
        color = darker(skin, 0.10) if body.steps_back(side) else skin
        canvas.shape(limb(spine, widths), color, shade=0.16, depth=unit * 0.10)


def arm_outlines(
    body: Body, side: int, widths: tuple[float, float, float], *, cut: bool = False
) -> list[list[Point]]:
    """Return an arm of these widths (in heads) as one outline, or two where it is bent."""
    spine = body.frame.all(body.arm(side))
    at_shoulder, at_elbow, at_wrist = (width * body.frame.unit for width in widths)
    if not body.bent(side):
        return [limb(spine, [at_shoulder, at_elbow, at_wrist], round_end=not cut)]
    return [
        limb(spine[:2], [at_shoulder, at_elbow]),
        limb(spine[1:], [at_elbow, at_wrist], round_end=not cut),
    ]


def draw_hand(canvas: Canvas, body: Body, side: int, skin: Color) -> None:
    """Draw a hand as a mitten with a thumb and three lines for fingers."""
    _, elbow, wrist = body.arm(side)
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = math.hypot(dx, dy)
    dx, dy = dx / length, dy / length
    inward = 1 - 2 * side

    def along(far: float, aside: float) -> Point:
        return body.frame.at(
            (
                wrist[0] + dx * far - dy * aside * inward,
                wrist[1] + dy * far + dx * aside * inward,
            )
        )

    outline = [(-0.04, 0.07), (0.14, 0.115), (0.34, 0.09), (0.50, 0.03), (0.52, -0.02)]
    outline += [(0.40, -0.085), (0.16, -0.105), (-0.04, -0.07)]
    unit = body.frame.unit
    thumb = [along(0.06, 0.06), along(0.20, 0.15), along(0.30, 0.14)]
    canvas.shape(limb(thumb, [unit * 0.09, unit * 0.08, unit * 0.05]), skin)
    hand = spline([along(*p) for p in outline], closed=True)
    canvas.shape(hand, skin, shade=0.14, depth=unit * 0.03)
    for aside in (-0.04, 0.0, 0.04):
        fold = [along(0.30, aside), along(0.46, aside * 0.6)]
        canvas.line(fold, darker(skin, 0.22), unit * 0.012, alpha=0.7)


def draw_neck(canvas: Canvas, body: Body, skin: Color, *, deep: float = 0.3) -> None:
    """Draw the neck and the skin in an open collar that reaches `deep` below it."""
    unit = body.frame.unit
    wide = 0.15 + body.build.shoulder * 0.06
    column: list[Point] = [(-wide, body.CHIN + 0.2), (-wide, body.NECK + 0.22)]
    column += [(-0.27, body.NECK + 0.10), (-0.18, body.NECK - deep * 0.75), (0, body.NECK - deep)]
    column += [(-x, y) for x, y in reversed(column[:-1])]
    neck = canvas.shape(spline(body.frame.all(column)), skin, shade=0.12, depth=unit * 0.05)

    with canvas.inside(neck):
        shadow = ellipse(body.skull((0.06, -0.54)), unit * 0.27, unit * 0.20)
        canvas.shape(shadow, darker(skin, 0.30), alpha=0.6, blur=unit * 0.025)
