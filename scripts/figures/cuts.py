"""What garments are made of: tops, sleeves, trousers, fronts, lapels and shoes."""

from __future__ import annotations

from scripts.figures.body import Body, arm_outlines, draw_hand, draw_neck
from scripts.figures.canvas import Color, Point, Stencil, darker, spline
from scripts.figures.pen import Palette, Pen

__all__ = [
    "BLACK",
    "WHITE",
    "fronts",
    "inner_top",
    "lapels",
    "roll_neck",
    "shoes",
    "sleeves",
    "top_outline",
    "trousers",
]

WHITE: Color = (246, 241, 232)
BLACK: Color = (38, 35, 48)


def top_outline(body: Body, hem: float, *, ease: float, wide: float = 0.04) -> list[Point]:
    """Return the outline of a top from the neck to its hem, in pixels."""

    def side(sign: int) -> list[Point]:
        tip = body.shoulder((sign + 1) // 2, wide)
        points = [(sign * 0.24, body.NECK + 0.10), *rounded(tip, sign)]
        points.append((tip[0] - sign * 0.04, tip[1] - 0.55))
        if hem < body.WAIST + 0.35:
            points.append(body.waist(sign, ease))
        if hem < body.HIP + 0.30:
            points.append(body.hem(sign, body.HIP + 0.18, ease))
        points.append(body.hem(sign, hem, ease))
        return spline(body.frame.all(points))

    return [*side(-1), *reversed(side(1))]


def rounded(tip: Point, sign: float) -> list[Point]:
    """Return the bend of a shoulder around its tip."""
    return [(tip[0] - sign * 0.20, tip[1] + 0.085), (tip[0] - sign * 0.01, tip[1] - 0.07)]


def fronts(pen: Pen, color: Color, hem: float, *, ease: float, flare: float, gap: float) -> Stencil:
    """Paint the two fronts of an open jacket or coat; return both as one stencil."""
    body = pen.body
    painted = []
    for sign in (-1, 1):
        tip = body.shoulder((sign + 1) // 2, 0.05)
        outer = [(sign * 0.26, body.NECK + 0.12), *rounded(tip, sign)]
        outer += [(tip[0] - sign * 0.03, tip[1] - 0.55), body.waist(sign, ease)]
        if hem < body.HIP:
            outer.append(body.hem(sign, body.HIP + 0.1, ease))
        outer.append(body.hem(sign, hem, ease + flare))
        inner = [(sign * 0.26, body.NECK + 0.10), (sign * 0.16, body.NECK - 0.75)]
        inner.append((body.waist(0)[0] + sign * gap * 0.6, body.WAIST))
        inner.append((body.pose.sway + sign * gap, hem - 0.04))
        curves = [spline(body.frame.all(edge)) for edge in (outer, inner)]
        outline = [*curves[0], *reversed(curves[1])]
        painted.append(pen.outline(outline, color, shade=0.20, depth=0.13))
    return painted[0].joined(painted[1])


def lapels(pen: Pen, color: Color, *, long: float, wide: float) -> None:
    """Draw the lapels of a coat or jacket."""
    neck = pen.body.NECK
    for sign in (-1, 1):
        end = (pen.body.waist(0)[0] * 0.7 + sign * 0.10, neck - long)
        edge = [(sign * 0.40, neck + 0.04), (sign * (0.30 + wide), neck - 0.42)]
        edge += [(sign * (0.20 + wide), neck - 0.52), (sign * (0.27 + wide), neck - 0.62), end]
        outline = [(sign * 0.20, neck + 0.20), *edge, (sign * 0.13, neck - 0.30)]
        pen.shape(outline, color, shade=0.16, depth=0.05)
        pen.seam(edge, darker(color, 0.38), 0.016, alpha=0.8)


def inner_top(pen: Pen, palette: Palette, *, deep: float) -> None:
    """Draw a plain top under a jacket, its collar `deep` below the neck, and the neck in it."""
    outline = top_outline(pen.body, pen.body.WAIST - 0.1, ease=0.0)
    pen.outline(outline, palette.second, shade=0.14, depth=0.10)
    draw_neck(pen.canvas, pen.body, palette.skin, deep=deep)


def roll_neck(pen: Pen, color: Color) -> None:
    """Draw a roll neck."""
    neck = pen.body.NECK
    roll = [(-0.26, neck + 0.20), (0.0, neck + 0.12), (0.26, neck + 0.20)]
    pen.band(roll, [0.36] * 3, color, shade=0.2, depth=0.06)
    pen.line([(x, y + 0.02) for x, y in roll], darker(color, 0.25), 0.02, alpha=0.7)


def sleeves(
    pen: Pen, palette: Palette, color: Color, *, loose: float, cuff: Color | None = None
) -> None:
    """Draw hands and sleeves; `loose` widens a sleeve, a `cuff` closes it at the wrist."""
    for side in (0, 1):
        if not pen.body.hidden(side):
            draw_hand(pen.canvas, pen.body, side, palette.skin)
        sleeve(pen, side, color, loose=loose, cuff=cuff)


def sleeve(pen: Pen, side: int, color: Color, *, loose: float, cuff: Color | None) -> None:
    body, thick = pen.body, pen.body.build.arm * loose
    shoulder, elbow, wrist = body.arm(side)
    widths = (thick * 1.60, thick * 1.40, thick * 1.18)
    for outline in arm_outlines(body, side, widths, cut=True):
        arm = pen.outline(outline, color, shade=0.20, depth=0.09)
    if cuff:
        end = (wrist[0] * 0.88 + elbow[0] * 0.12, wrist[1] * 0.88 + elbow[1] * 0.12)
        beyond = (wrist[0] * 1.02 - elbow[0] * 0.02, wrist[1] * 1.02 - elbow[1] * 0.02)
        with pen.inside(arm):
            pen.band([end, beyond], [widths[2] * 1.2] * 2, cuff, shade=0.2, depth=0.05)
    out = 1 if elbow[0] > shoulder[0] else -1
    with pen.inside(arm):
        for lift in (-0.12, 0.0, 0.12) if body.bent(side) else (-0.03, 0.08):
            fold = [(elbow[0] - out * 0.30, elbow[1] + 0.05 + lift)]
            fold.append((elbow[0] + out * 0.02, elbow[1] + lift * 0.4))
            pen.line(fold, darker(color, 0.30), 0.02, alpha=0.55)


def trousers(
    pen: Pen, color: Color, *, wide: float = 1.0, crop: float = 0.02, seam: Color | None = None
) -> None:
    """Draw trousers: `wide` from slim (0.8) to flowing (1.5), `crop` above the ankle."""
    body, thick = pen.body, pen.body.build.leg
    low = body.HIP - 0.36
    seat = [body.waist(-1, 0.03), body.hem(-1, body.HIP + 0.2), body.hem(-0.9, low)]
    seat += [body.hem(0, low - 0.06), body.hem(0.9, low), body.hem(1, body.HIP + 0.2)]
    pen.shape([*seat, body.waist(1, 0.03)], color)
    for side in (1 - body.pose.front, body.pose.front):
        hip, knee, ankle = body.leg(side)
        cloth = darker(color, 0.15) if body.steps_back(side) else color
        top = (hip[0] * 0.92 + body.pose.sway * 0.08, hip[1] + 0.5)
        spine = [top, hip, knee, (ankle[0], ankle[1] + crop - 0.12)]
        widths = [thick * 1.05, thick * 1.40, thick * (0.72 + 0.38 * wide), 0.20 + 0.36 * wide]
        depth = 0.08 + 0.05 * wide
        leg = pen.band(spine, widths, cloth, shade=0.20, depth=depth, round_end=False)
        with pen.inside(leg):
            crease(pen, side, color, seam)
    band = [body.waist(-1, 0.03), body.waist(0), body.waist(1, 0.03)]
    pen.band(band, [0.15] * 3, darker(color, 0.10), round_end=False)
    pen.line([body.waist(0), body.hem(0, low + 0.1)], darker(color, 0.35), 0.018)


def crease(pen: Pen, side: int, color: Color, seam: Color | None) -> None:
    """Draw the folds at a knee, and a seam down the outer side."""
    sign, thick = 2 * side - 1, pen.body.build.leg
    hip, knee, ankle = pen.body.leg(side)
    for lift in (0.05, -0.10):
        fold = [(knee[0] - sign * 0.22, knee[1] + lift)]
        fold.append((knee[0] + sign * 0.02, knee[1] + lift - 0.06))
        pen.line(fold, darker(color, 0.30), 0.022, alpha=0.55)
    if seam:
        path = [(hip[0] + sign * thick * 0.50, hip[1]), (knee[0] + sign * thick * 0.38, knee[1])]
        pen.line([*path, (ankle[0] + sign * thick * 0.26, ankle[1])], seam, 0.016, alpha=0.9)


def shoes(pen: Pen, color: Color, kind: str) -> None:
    """Draw a pair of boots, sneakers or plain shoes."""
    body = pen.body
    for side in (1 - body.pose.front, body.pose.front):
        _, knee, (x, y) = body.leg(side)
        back = body.steps_back(side)
        out = (2 * side - 1) * (0.05 if back else 0.16)
        tint = darker(color, 0.15) if back else color
        if kind == "boots":
            up = (x + (knee[0] - x) * 0.42, y + (knee[1] - y) * 0.42)
            pen.band([up, (x, y)], [0.42, 0.27], tint, shade=0.2, depth=0.08)
        toe = [(x - 0.13, y + 0.12), (x - 0.15 + out * 0.5, y - 0.16), (x - 0.10 + out, y - 0.33)]
        toe += [(x + 0.06 + out, y - 0.37), (x + 0.17 + out, y - 0.30)]
        toe += [(x + 0.16 + out * 0.4, y - 0.10), (x + 0.13, y + 0.12)]
        outline = spline(body.frame.all(toe), closed=True)
        pen.outline(outline, tint, shade=0.24, depth=0.07)
        if kind == "sneakers":
            sole = [(x - 0.13 + out, y - 0.33), (x + 0.02 + out, y - 0.385)]
            pen.line([*sole, (x + 0.19 + out, y - 0.31)], WHITE, 0.07)
            lace = y - 0.10
            pen.line([(x - 0.08 + out * 0.5, lace), (x + 0.09 + out * 0.5, lace)], WHITE, 0.03)
