"""The clothes: denim, coat, dress, suit and knit, each cut on the posed body."""

from __future__ import annotations

from collections.abc import Callable

from scripts.figures.body import draw_legs, draw_neck
from scripts.figures.canvas import Color, Point, darker, mix, spline
from scripts.figures.cuts import (
    BLACK,
    WHITE,
    fronts,
    inner_top,
    lapels,
    roll_neck,
    shoes,
    sleeves,
    top_outline,
    trousers,
)
from scripts.figures.pen import Palette, Pen

__all__ = ["GARMENTS"]

THREAD: Color = (226, 166, 92)
BRASS: Color = (220, 190, 140)


def denim(pen: Pen, palette: Palette) -> None:
    """Draw a denim jacket and jeans over a plain top."""
    body, jacket = pen.body, palette.main
    shoes(pen, palette.shoe, "sneakers")
    trousers(pen, darker(jacket, 0.10), wide=1.05, crop=0.06, seam=THREAD)
    inner_top(pen, palette, deep=0.34)
    front = fronts(pen, jacket, body.WAIST - 0.42, ease=0.14, flare=-0.02, gap=0.16)
    with pen.inside(front):
        for sign in (-1, 1):
            stitches(pen, sign, jacket)
        for step in range(5):
            lean = body.waist(0)[0] * 0.5 * step / 4
            pen.dot((lean + 0.215 - 0.012 * step, body.NECK - 0.75 - step * 0.26), 0.026, BRASS)
    for sign in (-1, 1):
        flap = [(sign * 0.22, body.NECK + 0.24), (sign * 0.46, body.NECK + 0.06)]
        flap += [(sign * 0.50, body.NECK - 0.28), (sign * 0.20, body.NECK - 0.20)]
        pen.shape(flap, mix(jacket, WHITE, 0.10), shade=0.18, depth=0.05)
        pen.seam(flap[1:], THREAD, 0.013, alpha=0.7)
    sleeves(pen, palette, jacket, loose=1.08, cuff=darker(jacket, 0.12))


def stitches(pen: Pen, sign: int, jacket: Color) -> None:
    """Draw yoke, pocket, dart and hem of one front of a denim jacket."""
    body, neck = pen.body, pen.body.NECK
    pen.line([(sign * 0.10, neck - 0.78), (sign * 0.95, neck - 0.72)], THREAD, 0.016)
    corners = ((0.34, 0.84), (0.34, 1.06), (0.46, 1.14), (0.58, 1.06), (0.58, 0.84))
    pocket = [(sign * x, neck - y) for x, y in corners]
    pen.shape(pocket, darker(jacket, 0.10))
    pen.seam(pocket, THREAD, 0.014)
    pen.dot((sign * 0.46, neck - 1.03), 0.022, BRASS)
    dart = [(sign * 0.42, neck - 1.14), (sign * 0.34, body.WAIST - 0.3)]
    pen.line(dart, THREAD, 0.012, alpha=0.8)
    low = body.WAIST - 0.24
    pen.line([(-1.2, low), (1.2, low - body.pose.tilt)], THREAD, 0.014)


def coat(pen: Pen, palette: Palette) -> None:
    """Draw a long coat, open over a roll neck and trousers, with boots."""
    body, cloth = pen.body, palette.main
    hem = 1.55
    back = [body.hem(-1, body.HIP, 0.1), body.hem(-1, hem + 0.15, 0.22)]
    back += [body.hem(1, hem + 0.15, 0.22), body.hem(1, body.HIP, 0.1)]
    pen.shape(back, darker(cloth, 0.42))
    trousers(pen, BLACK, wide=0.62, crop=0.3)
    shoes(pen, palette.shoe, "boots")
    inner_top(pen, palette, deep=0.1)
    roll_neck(pen, palette.second)
    with pen.inside(fronts(pen, cloth, hem, ease=0.16, flare=0.16, gap=0.20)):
        for sign in (-1, 1):
            drop = [body.hem(sign * 0.75, body.HIP + 0.3), body.hem(sign * 0.95, 3.0)]
            pen.line([*drop, body.hem(sign * 1.05, hem)], darker(cloth, 0.28), 0.03, alpha=0.6)
            slot = [body.hem(sign * 0.62, body.HIP + 0.45), body.hem(sign * 0.86, body.HIP - 0.1)]
            pen.line(slot, darker(cloth, 0.45), 0.035)
    lapels(pen, mix(cloth, WHITE, 0.07), long=1.75, wide=0.22)
    for step in (0.0, 0.55):
        button = (body.waist(0)[0] + 0.30, body.WAIST - 0.12 - step)
        pen.dot(button, 0.05, darker(cloth, 0.5))
    sleeves(pen, palette, cloth, loose=1.18, cuff=darker(cloth, 0.12))


def dress(pen: Pen, palette: Palette) -> None:
    """Draw a long dress with a fitted top and a moving skirt, printed."""
    body, cloth = pen.body, palette.main
    draw_legs(pen.canvas, body, palette.skin)
    shoes(pen, palette.shoe, "plain")
    left, right = sorted(body.leg(side)[2][0] for side in (0, 1))
    hem = [(left - 0.58, 1.75), (right + 0.58, 1.75)]
    skirt = pen.outline(skirt_outline(pen, *hem), cloth, shade=0.20, depth=0.22)
    top = top_outline(body, body.WAIST - 0.06, ease=-0.01, wide=0.0)
    bodice = pen.outline(top, cloth, shade=0.16, depth=0.10)
    with pen.inside(skirt.joined(bodice)):
        for row in range(26):
            for step in range(-7, 8):
                x = step * 0.34 + (row % 2) * 0.17 + body.pose.sway * 0.6
                pen.dot((x, 7.0 - row * 0.22), 0.045, palette.second, alpha=0.85)
    with pen.inside(skirt):
        for part in (-0.7, -0.25, 0.25, 0.7):
            end = (hem[0][0] * (1 - part) + hem[1][0] * (1 + part)) / 2
            drop = [body.waist(part * 0.8), body.hem(part * 0.9, 3.8), (end, hem[0][1])]
            pen.line(drop, darker(cloth, 0.30), 0.035, alpha=0.55)
    draw_neck(pen.canvas, body, palette.skin, deep=0.80)
    belt = [body.waist(-1), body.waist(0), body.waist(1)]
    pen.band(belt, [0.16] * 3, darker(cloth, 0.45), round_end=False)
    sleeves(pen, palette, cloth, loose=1.0)


def skirt_outline(pen: Pen, left: Point, right: Point) -> list[Point]:
    """Return the outline of a skirt with a waved hem from `left` to `right`, in pixels."""
    body, wide = pen.body, right[0] - left[0]
    wave = [(left[0] + wide * i / 6, left[1] + 0.05 * (-1) ** i) for i in range(7)]
    down = [body.waist(-1), body.hem(-1, body.HIP + 0.25, 0.02), (left[0] + 0.06, 2.9), wave[0]]
    up = [wave[-1], (right[0] - 0.06, 2.9), body.hem(1, body.HIP + 0.25, 0.02), body.waist(1)]
    return [point for edge in (down, wave, up) for point in spline(body.frame.all(edge))]


def suit(pen: Pen, palette: Palette) -> None:
    """Draw a jacket buttoned once and straight trousers."""
    body, cloth = pen.body, palette.main
    shoes(pen, palette.shoe, "plain")
    trousers(pen, cloth, wide=1.15, crop=0.0)
    inner_top(pen, palette, deep=0.62)
    low = body.HIP - 0.34
    shadow = [body.hem(-1, low), body.hem(0, low), body.hem(1, low)]
    pen.band(shadow, [0.16] * 3, darker(cloth, 0.35), round_end=False)
    with pen.inside(fronts(pen, cloth, body.HIP - 0.32, ease=0.09, flare=0.06, gap=0.02)):
        for sign in (-1, 1):
            flap = [body.hem(sign * 0.36, body.HIP + 0.42), body.hem(sign * 0.98, body.HIP + 0.46)]
            pen.line(flap, darker(cloth, 0.42), 0.05)
            dart = [(sign * 0.36, body.NECK - 1.0), (body.waist(sign * 0.6)[0], body.WAIST + 0.1)]
            pen.line(dart, darker(cloth, 0.32), 0.018, alpha=0.7)
    lapels(pen, mix(cloth, WHITE, 0.08), long=1.50, wide=0.14)
    button = (body.waist(0)[0] * 0.9 + 0.04, body.WAIST + 0.02)
    pen.dot(button, 0.042, darker(cloth, 0.55))
    pen.line([button, body.hem(0.10, body.HIP - 0.30)], darker(cloth, 0.45), 0.02)
    sleeves(pen, palette, cloth, loose=1.06)


def knit(pen: Pen, palette: Palette) -> None:
    """Draw a heavy knitted sweater with a roll neck, over wide trousers."""
    body, wool = pen.body, palette.main
    shoes(pen, palette.shoe, "sneakers")
    below = palette.second if sum(wool) < 330 else darker(wool, 0.62)
    trousers(pen, below, wide=1.45, crop=0.05)
    draw_neck(pen.canvas, body, palette.skin, deep=0.1)
    outline = top_outline(body, body.HIP + 0.12, ease=0.20, wide=0.10)
    with pen.inside(pen.outline(outline, wool, shade=0.18, depth=0.16)):
        for column in range(-4, 5):
            for row in range(13):
                x = column * 0.27 + body.pose.sway * row / 13
                y = body.NECK - 0.25 - row * 0.20
                stitch = [(x - 0.10, y), (x, y - 0.13), (x + 0.10, y)]
                pen.seam(stitch, darker(wool, 0.22), 0.028, alpha=0.7)
    rib = [body.hem(-1, body.HIP + 0.16, 0.16), body.hem(0, body.HIP + 0.12)]
    rib.append(body.hem(1, body.HIP + 0.16, 0.16))
    with pen.inside(pen.band(rib, [0.26] * 3, darker(wool, 0.06), shade=0.2, depth=0.08)):
        for step in range(-12, 13):
            x = body.pose.sway + step * 0.085
            groove = [(x, body.HIP + 0.5), (x, body.HIP - 0.2)]
            pen.line(groove, darker(wool, 0.28), 0.02, alpha=0.7)
    roll_neck(pen, wool)
    sleeves(pen, palette, wool, loose=1.38, cuff=darker(wool, 0.08))


GARMENTS: dict[str, Callable[[Pen, Palette], None]] = {
    "denim": denim,
    "coat": coat,
    "dress": dress,
    "suit": suit,
    "knit": knit,
}
