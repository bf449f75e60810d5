"""Heads: a few strokes for a face that is nobody's, hair in its kinds, and what is worn there.

Points are given from the middle of the head, half a head up to its top and down to its chin.
"""

from __future__ import annotations

from collections.abc import Callable

from scripts.figures.body import Body
from scripts.figures.canvas import Canvas, Color, Point, darker, ellipse, limb, mix, spline

__all__ = ["HAIR", "draw_extras", "draw_face", "draw_hair_behind", "draw_hair_before"]

ROSE: Color = (178, 62, 74)

FACE: list[Point] = [(0, 0.50), (0.25, 0.44), (0.355, 0.18), (0.335, -0.08), (0.25, -0.32)]
FACE += [(0.10, -0.485), (0, -0.505), (-0.10, -0.485), (-0.25, -0.32), (-0.335, -0.08)]
FACE += [(-0.355, 0.18), (-0.25, 0.44)]


def curve(body: Body, points: list[Point], *, closed: bool = True) -> list[Point]:
    """Return a smooth outline of head points in pixels."""
    return spline([body.skull(point) for point in points], closed=closed)


def draw_face(canvas: Canvas, body: Body, skin: Color) -> None:
    """Draw ears, face, lowered lids, brows, nose and mouth."""
    unit = body.frame.unit
    for sign in (-1, 1):
        ear = ellipse(body.skull((sign * 0.35, -0.04)), unit * 0.05, unit * 0.10)
        canvas.shape(ear, darker(skin, 0.08))
    canvas.shape(curve(body, FACE), skin, shade=0.13, depth=unit * 0.10)
    dark = darker(skin, 0.78)
    for sign in (-1, 1):
        lid = [(sign * 0.075, 0.0), (sign * 0.155, -0.032), (sign * 0.245, 0.012)]
        canvas.line(curve(body, lid, closed=False), dark, unit * 0.026)
        fold = [(sign * 0.08, 0.05), (sign * 0.16, 0.062), (sign * 0.235, 0.045)]
        canvas.line(curve(body, fold, closed=False), darker(skin, 0.3), unit * 0.012, alpha=0.7)
        brow = [(sign * 0.065, 0.125), (sign * 0.17, 0.165), (sign * 0.265, 0.125)]
        canvas.line(curve(body, brow, closed=False), dark, unit * 0.026, alpha=0.85)
        cheek = ellipse(body.skull((sign * 0.21, -0.13)), unit * 0.09, unit * 0.06)
        canvas.shape(cheek, mix(skin, ROSE, 0.5), alpha=0.28, blur=unit * 0.03)
    nose = [(0.02, 0.06), (0.045, -0.10), (0.035, -0.15), (-0.02, -0.155)]
    canvas.line(curve(body, nose, closed=False), darker(skin, 0.34), unit * 0.016, alpha=0.8)
    lips = mix(skin, ROSE, 0.62)
    upper = [(-0.105, -0.275), (-0.035, -0.245), (0, -0.255), (0.035, -0.245), (0.105, -0.275)]
    lower = [(0.05, -0.325), (0, -0.335), (-0.05, -0.325)]
    canvas.shape(curve(body, [*upper, (0, -0.285)]), darker(lips, 0.16))
    canvas.shape(curve(body, [(-0.095, -0.278), (0, -0.283), (0.095, -0.278), *lower]), lips)


def cap(body: Body, *, puff: float = 0.0, line: float = 0.27, part: float = -0.08) -> list[Point]:
    """Return hair that hugs the head: from ear to ear over the top, parted at `part`."""
    out = 0.40 + puff
    outer: list[Point] = [(-out, -0.06), (-out - 0.01, 0.24), (-0.26, 0.52 + puff)]
    outer += [(0, 0.585 + puff), (0.26, 0.52 + puff), (out + 0.01, 0.24), (out, -0.06)]
    inner: list[Point] = [(0.335, 0.04), (0.30, line - 0.07), (0.12, line + 0.06)]
    inner += [(part, line + 0.11), (-0.20, line + 0.03), (-0.31, line - 0.09), (-0.335, 0.04)]
    return [*curve(body, outer, closed=False), *curve(body, inner, closed=False)]


def behind_long(body: Body) -> list[list[Point]]:
    fall: list[Point] = [(-0.40, 0.30), (-0.47, -0.25), (-0.52, -0.85), (-0.44, -1.32)]
    fall += [(-0.10, -1.24), (0.12, -1.30), (0.46, -1.26), (0.52, -0.80), (0.47, -0.25)]
    return [curve(body, [*fall, (0.40, 0.30), (0, 0.56)])]


def behind_wavy(body: Body) -> list[list[Point]]:
    fall: list[Point] = [(-0.40, 0.34), (-0.54, 0.05), (-0.48, -0.22), (-0.62, -0.50)]
    fall += [(-0.52, -0.78), (-0.58, -1.02), (-0.25, -1.08), (0.05, -0.98), (0.34, -1.10)]
    fall += [(0.60, -0.98), (0.52, -0.72), (0.63, -0.46), (0.49, -0.20), (0.54, 0.06)]
    return [curve(body, [*fall, (0.40, 0.34), (0, 0.58)])]


def behind_bob(body: Body) -> list[list[Point]]:
    fall: list[Point] = [(-0.42, 0.25), (-0.52, -0.10), (-0.50, -0.48), (-0.30, -0.55)]
    fall += [(0.30, -0.55), (0.50, -0.48), (0.52, -0.10), (0.42, 0.25), (0, 0.58)]
    return [curve(body, fall)]


def behind_bun(body: Body) -> list[list[Point]]:
    knot = body.skull((0.05, 0.72))
    return [ellipse(knot, body.frame.unit * 0.23, body.frame.unit * 0.20)]


def behind_tail(body: Body) -> list[list[Point]]:
    tail = [body.skull(p) for p in ((0.10, 0.52), (0.50, 0.50), (0.62, -0.05), (0.52, -0.75))]
    unit = body.frame.unit
    return [limb(tail, [unit * 0.20, unit * 0.28, unit * 0.25, unit * 0.05])]


def behind_afro(body: Body) -> list[list[Point]]:
    return [puffs(body, 0.60, 0.56, 0.20)]


def behind_curls(body: Body) -> list[list[Point]]:
    return [puffs(body, 0.52, 0.50, 0.02), puffs(body, 0.50, 0.34, -0.24)]


def puffs(body: Body, rx: float, ry: float, up: float) -> list[Point]:
    """Return a cloud: a ring of small bows."""
    outline = ellipse((0, up), rx, ry, steps=36)
    bowed = [
        (x * (1.05 if i % 3 == 1 else 0.99), up + (y - up) * (1.05 if i % 3 == 1 else 0.99))
        for i, (x, y) in enumerate(outline)
    ]
    return curve(body, bowed)


def behind_braids(body: Body) -> list[list[Point]]:
    unit = body.frame.unit
    strands = []
    for i in range(-4, 5):
        if abs(i) < 2:
            continue
        x = i * 0.105
        path = [(x * 0.9, 0.25), (x * 1.22, -0.30), (x * 1.25, -0.85), (x * 1.15, -1.30)]
        spine = [body.skull(p) for p in path]
        strands.append(limb(spine, [unit * w for w in (0.12, 0.12, 0.11, 0.06)]))
    return strands


def behind_scarf(body: Body) -> list[list[Point]]:
    drape: list[Point] = [(-0.40, 0.35), (-0.47, -0.20), (-0.56, -0.62), (-0.62, -1.02)]
    drape += [(0, -1.16), (0.62, -1.02), (0.56, -0.62), (0.47, -0.20), (0.40, 0.35), (0, 0.60)]
    return [curve(body, drape)]


Shapes = Callable[[Body], list[list[Point]]]

# what is drawn behind the body, and how the hair over the brow lies: puff, hairline, parting
HAIR: dict[str, tuple[Shapes | None, tuple[float, float, float] | None]] = {
    "long": (behind_long, (0.02, 0.28, -0.02)),
    "wavy": (behind_wavy, (0.05, 0.25, 0.12)),
    "bob": (behind_bob, (0.04, 0.17, 0.0)),
    "bun": (behind_bun, (0.0, 0.30, -0.06)),
    "tail": (behind_tail, (0.0, 0.31, 0.05)),
    "afro": (behind_afro, (0.10, 0.29, 0.0)),
    "curls": (behind_curls, (0.07, 0.24, 0.08)),
    "braids": (behind_braids, (0.01, 0.30, 0.0)),
    "short": (None, (0.03, 0.26, 0.14)),
    "pixie": (None, (0.03, 0.20, -0.18)),
    "fade": (None, (-0.015, 0.30, 0.0)),
    "scarf": (behind_scarf, None),
}


def draw_hair_behind(canvas: Canvas, body: Body, kind: str, color: Color) -> None:
    """Draw the hair that falls behind neck and shoulders."""
    behind = HAIR[kind][0]
    for outline in behind(body) if behind else []:
        canvas.shape(outline, darker(color, 0.14), shade=0.25, depth=body.frame.unit * 0.12)


def draw_hair_before(canvas: Canvas, body: Body, kind: str, color: Color) -> None:
    """Draw the hair over brow and temples, or the scarf around the face."""
    unit, lie = body.frame.unit, HAIR[kind][1]
    if lie is None:
        draw_scarf(canvas, body, color)
        return
    puff, line, part = lie
    hair = canvas.shape(
        cap(body, puff=puff, line=line, part=part), color, shade=0.22, depth=unit * 0.10
    )
    if kind in ("afro", "curls", "fade"):
        return

    with canvas.inside(hair):
        for lift in (0.36, 0.44):
            band = [(-0.34, lift - 0.16), (-0.12, lift + 0.06), (0.12, lift + 0.03)]
            strand = curve(body, band, closed=False)
            canvas.line(strand, mix(color, (255, 255, 255), 0.32), unit * 0.022, alpha=0.6)


def draw_scarf(canvas: Canvas, body: Body, color: Color) -> None:
    """Draw a scarf around the face, with the folds below the chin."""
    unit = body.frame.unit
    outer: list[Point] = [(-0.42, -0.30), (-0.44, 0.20), (-0.27, 0.53), (0, 0.60)]
    outer += [(0.27, 0.53), (0.44, 0.20), (0.42, -0.30), (0.30, -0.62), (0, -0.80), (-0.30, -0.62)]
    hole: list[Point] = [(0, 0.36), (0.22, 0.28), (0.30, 0.02), (0.25, -0.30), (0.08, -0.475)]
    hole += [(0, -0.485), (-0.08, -0.475), (-0.25, -0.30), (-0.30, 0.02), (-0.22, 0.28), (0, 0.36)]
    around = curve(body, outer)
    start = body.skull((0, 0.60))
    turn = min(range(len(around)), key=lambda i: abs(around[i][0] - start[0]) + around[i][1])
    ring = [*around[turn:], *around[: turn + 1], *curve(body, hole, closed=False)]
    canvas.shape(ring, color, shade=0.20, depth=unit * 0.09)
    for drop in (0.0, 0.10):
        fold = [(-0.30, -0.44 - drop), (0.02, -0.62 - drop), (0.32, -0.42 - drop)]
        canvas.line(curve(body, fold, closed=False), darker(color, 0.3), unit * 0.02, alpha=0.7)


def draw_extras(canvas: Canvas, body: Body, extras: str, hair: Color, accent: Color) -> None:
    """Draw what a look adds: beard, glasses, sunglasses, earrings, freckles, beanie."""
    unit = body.frame.unit
    worn = extras.split("+")
    if "beard" in worn:
        beard: list[Point] = [(-0.335, -0.05), (-0.27, -0.20), (-0.13, -0.22), (0, -0.215)]
        beard += [(0.13, -0.22), (0.27, -0.20), (0.335, -0.05), (0.29, -0.34), (0.12, -0.545)]
        outline = curve(body, [*beard, (0, -0.57), (-0.12, -0.545), (-0.29, -0.34)])
        canvas.shape(outline, hair, alpha=0.9)
        mouth = [(-0.09, -0.29), (0, -0.30), (0.09, -0.29)]
        canvas.line(curve(body, mouth, closed=False), mix(hair, ROSE, 0.6), unit * 0.05)
    if "freckles" in worn:
        for i in range(10):
            spot = ((i % 5 - 2) * 0.09 + (i // 5) * 0.04, -0.09 - (i // 5) * 0.05)
            canvas.dot(body.skull(spot), unit * 0.011, (150, 84, 52), alpha=0.7)
    if "earrings" in worn:
        for sign in (-1, 1):
            canvas.dot(body.skull((sign * 0.375, -0.20)), unit * 0.055, (224, 176, 72))
    if "glasses" in worn or "sunglasses" in worn:
        for sign in (-1, 1):
            lens = ellipse(body.skull((sign * 0.16, -0.005)), unit * 0.125, unit * 0.105)
            if "sunglasses" in worn:
                canvas.shape(lens, (26, 22, 40), shade=0.2, depth=unit * 0.04)
            canvas.line([*lens, lens[0]], (34, 28, 40), unit * 0.024)
        bridge = [(-0.04, 0.02), (0, 0.035), (0.04, 0.02)]
        canvas.line(curve(body, bridge, closed=False), (34, 28, 40), unit * 0.028)
    if "beanie" in worn:
        hat: list[Point] = [(-0.42, 0.20), (-0.40, 0.42), (-0.24, 0.62), (0, 0.69), (0.24, 0.62)]
        dome = curve(body, [*hat, (0.40, 0.42), (0.42, 0.20)], closed=False)
        canvas.shape(dome, accent, shade=0.2, depth=unit * 0.10)
        rim = [body.skull(p) for p in ((-0.40, 0.22), (0, 0.28), (0.40, 0.22))]
        canvas.shape(
            limb(rim, [unit * 0.19] * 3), darker(accent, 0.12), shade=0.2, depth=unit * 0.06
        )
