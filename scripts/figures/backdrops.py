"""What stands behind the figures: a city, a studio, a forest, never twice the same."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scripts.figures.canvas import Canvas, Color, Point, darker, ellipse, limb, mix, rgb, spline

__all__ = ["BACKDROPS", "HORIZON", "MOODS"]

WHITE: Color = (255, 255, 255)
HORIZON = 0.78  # where the ground begins, as a part of the height

# sky above, sky at the horizon, far and near things, ground
MOODS: dict[str, dict[str, tuple[str, str, str, str, str]]] = {
    "city": {
        "dawn": ("#f3d5c8", "#fbeadb", "#d9b7b6", "#9a8199", "#cfc0c0"),
        "noon": ("#bcd9e8", "#eef4f1", "#b5cbd6", "#7f9bb0", "#cdd0cd"),
        "dusk": ("#54507f", "#e9a88f", "#8b6d96", "#463f68", "#6f6480"),
        "rain": ("#aeb9bf", "#dde2e0", "#a5b2b8", "#6d7d88", "#b4babb"),
        "night": ("#1f2547", "#56508a", "#343a68", "#1a1f3d", "#3b3d63"),
    },
    "studio": {
        "sand": ("#ead9c5", "#f3e7d8", "#d99b77", "#b8694a", "#e2cdb5"),
        "sky": ("#cfdde8", "#e6eef2", "#8fb0c9", "#47698c", "#c2d2de"),
        "sage": ("#d3dccb", "#e8ede0", "#9db392", "#5c7a5d", "#c4cfba"),
        "blush": ("#f0d3d0", "#f8e7e3", "#e09a98", "#b65d68", "#e6c3bf"),
        "stone": ("#d6d3ce", "#ebe9e4", "#a9a39c", "#6e6963", "#c6c2bb"),
    },
    "forest": {
        "mist": ("#d5e0da", "#eef2ea", "#aec2b4", "#5f8271", "#b7c4a6"),
        "fall": ("#f3dfc0", "#fbf0dc", "#e0b483", "#a8663c", "#cda56d"),
        "pine": ("#bcd3d3", "#e4eee6", "#8eb0a4", "#35604f", "#8fa987"),
        "snow": ("#cfdbe6", "#f1f4f6", "#b9c9d4", "#6d8799", "#eef1f3"),
    },
}


def city(canvas: Canvas, mood: str, accent: Color, chance: Random) -> None:
    """Draw a skyline in three depths over a street."""
    high, low, far, near, ground = (rgb(code) for code in MOODS["city"][mood])
    width, floor = canvas.width, canvas.height * HORIZON
    canvas.gradient([(0, high), (HORIZON * 0.95, low), (1, low)])
    sun = (width * chance.uniform(0.15, 0.85), floor * chance.uniform(0.22, 0.45))
    glow = mix(low, WHITE, 0.6)
    canvas.shape(ellipse(sun, 150, 150), glow, alpha=0.35, blur=30)
    canvas.dot(sun, 62, glow, alpha=0.95)
    lit = mix(low, (255, 214, 130), 0.55)
    for depth in range(3):
        tone = mix(mix(far, low, 0.45), near, depth / 2)
        x = -chance.uniform(0, 60)
        while x < width:
            wide = chance.uniform(58, 120) + 16 * depth
            top = floor - chance.uniform(170, 520 - 110 * depth)
            tower(canvas, (x, top), (x + wide, floor), tone, lit if depth else tone, chance)
            x += wide + chance.uniform(-4, 12)
    street(canvas, ground, floor)
    awning(canvas, accent, floor, chance)


def tower(
    canvas: Canvas, corner: Point, foot: Point, tone: Color, lit: Color, chance: Random
) -> None:
    """Draw a house with a roof of some kind and windows, some of them lit."""
    (left, top), (right, floor) = corner, foot
    middle = (left + right) / 2
    roof = chance.choice(("flat", "flat", "step", "gable", "mast"))
    outline = [(left, floor), (left, top), (right, top), (right, floor)]
    if roof == "gable":
        outline[2:2] = [(middle, top - 42)]
    if roof == "step":
        inset = (right - left) * 0.22
        outline[2:2] = [(left + inset, top), (left + inset, top - 34), (right - inset, top - 34)]
        outline[5:5] = [(right - inset, top)]
    canvas.shape(outline, tone, shade=0.10, depth=(right - left) * 0.25)
    if roof == "mast":
        canvas.line([(middle, top), (middle, top - 70)], tone, 5)
    row = top + 24
    pane = darker(tone, 0.13)
    while row < floor - 30:
        column = left + 13
        while column < right - 20:
            shine = lit if chance.random() < 0.22 else pane
            box = [(column, row), (column + 9, row), (column + 9, row + 15), (column, row + 15)]
            canvas.shape(box, shine, alpha=0.85)
            column += 22
        row += 34


def street(canvas: Canvas, ground: Color, floor: float) -> None:
    """Draw the pavement with its joints running to the horizon."""
    width, height = canvas.width, canvas.height
    box = [(0.0, floor), (float(width), floor), (float(width), float(height)), (0.0, float(height))]
    canvas.shape(box, ground)
    joint = darker(ground, 0.12)
    for step in range(-6, 7):
        ends = [(width / 2 + step * 62, floor), (width / 2 + step * 210, float(height))]
        canvas.line(ends, joint, 2.2, alpha=0.7)
    for part in (0.10, 0.26, 0.50, 0.84):
        y = floor + (height - floor) * part
        canvas.line([(0, y), (width, y)], joint, 2.4, alpha=0.6)
    canvas.line([(-20, floor), (width + 20, floor)], darker(ground, 0.25), 7)


def awning(canvas: Canvas, accent: Color, floor: float, chance: Random) -> None:
    """Draw a street lamp and banner in the brand's color."""
    x = canvas.width * chance.choice((0.09, 0.13, 0.87, 0.91))
    pole = (44, 42, 62)
    canvas.line([(x, floor + 30), (x, floor - 420)], pole, 9)
    arm = 56 if x < canvas.width / 2 else -56
    lamp = (x + arm, floor - 428)
    canvas.line([(x, floor - 412), (x + arm * 0.5, floor - 440), lamp], pole, 7)
    canvas.shape(ellipse((lamp[0], lamp[1] + 14), 60, 50), (255, 236, 190), alpha=0.25, blur=16)
    canvas.dot((lamp[0], lamp[1] + 8), 13, (255, 240, 205))
    cloth = [(x, floor - 385), (x + arm, floor - 385), (x + arm, floor - 250)]
    cloth += [(x + arm / 2, floor - 268), (x, floor - 250)]
    canvas.shape(cloth, accent, shade=0.2, depth=14)


def studio(canvas: Canvas, mood: str, accent: Color, chance: Random) -> None:
    """Draw a paper sweep with one large shape, a plinth and a lamp's light."""
    high, low, shape, deep, ground = (rgb(code) for code in MOODS["studio"][mood])
    width, height = canvas.width, canvas.height
    canvas.gradient([(0, high), (HORIZON - 0.12, low), (HORIZON + 0.05, ground), (1, ground)])
    center = (width * chance.uniform(0.38, 0.62), height * chance.uniform(0.34, 0.42))
    kind = chance.choice(("disc", "arch", "panels", "steps"))
    if kind == "disc":
        canvas.shape(ellipse(center, 300, 300), shape, shade=0.10, depth=60)
    elif kind == "arch":
        arch = [p for p in ellipse((center[0], 380), 270, 270)[1:] if p[1] <= 380.01]
        base = height * HORIZON - 4
        canvas.shape([*arch, (center[0] + 270, base), (center[0] - 270, base)], shape)
    elif kind == "panels":
        for i, tone in enumerate((shape, mix(shape, high, 0.5), deep)):
            left = width * (0.12 + 0.25 * i)
            top = 120.0 + 70 * i
            box = [(left, top), (left + 210, top), (left + 210, height * HORIZON)]
            canvas.shape([*box, (left, height * HORIZON)], tone, alpha=0.85)
    else:
        for i in range(4):
            tone = mix(shape, high, 0.2 * i)
            canvas.shape(ellipse(center, 330 - 62 * i, 330 - 62 * i), tone)
    light = [(0.0, 0.0), (width * 0.34, 0.0), (width * 0.86, height * 0.95), (width * 0.1, height)]
    canvas.shape(light, WHITE, alpha=0.13, blur=26)
    plinth(canvas, deep, accent, chance)


def plinth(canvas: Canvas, deep: Color, accent: Color, chance: Random) -> None:
    """Draw a block with a vase and twigs at one side."""
    x = canvas.width * chance.choice((0.13, 0.86))
    floor = canvas.height * 0.87
    tall = chance.uniform(150, 240)
    block = [(x - 66, floor), (x - 66, floor - tall), (x + 66, floor - tall), (x + 66, floor)]
    canvas.shape(ellipse((x + 20, floor), 110, 20), darker(deep, 0.5), alpha=0.25, blur=8)
    canvas.shape(block, mix(deep, WHITE, 0.35), shade=0.18, depth=40)
    top = floor - tall
    for lean in (-70, -26, 18, 64):
        twig = [
            (x, top - 80),
            (x + lean * 0.4, top - 170),
            (x + lean, top - chance.uniform(220, 290)),
        ]
        canvas.line(spline(twig), darker(deep, 0.2), 4)
        for step in (0.5, 0.75, 1.0):
            leaf = (x + lean * step, top - 80 - 190 * step)
            canvas.shape(ellipse(leaf, 11, 18), mix(deep, accent, 0.35), alpha=0.9)
    vase = [
        (x - 20, top - 92),
        (x - 15, top - 70),
        (x - 34, top - 34),
        (x - 22, top),
        (x + 22, top),
    ]
    vase += [(x + 34, top - 34), (x + 15, top - 70), (x + 20, top - 92)]
    canvas.shape(spline(vase), accent, shade=0.25, depth=14)


def forest(canvas: Canvas, mood: str, accent: Color, chance: Random) -> None:
    """Draw firs in three depths, birches before them and a path."""
    high, low, far, near, ground = (rgb(code) for code in MOODS["forest"][mood])
    width, height = canvas.width, canvas.height
    floor = height * HORIZON
    canvas.gradient([(0, high), (HORIZON * 0.9, low), (1, low)])
    canvas.dot(
        (width * chance.uniform(0.2, 0.8), height * 0.2), 70, mix(low, WHITE, 0.7), alpha=0.8
    )
    for depth in range(3):
        tone = mix(mix(far, low, 0.5), near, depth / 2)
        hill = [(-60.0, floor + 60)] + [
            (x, floor - 40 + 30 * depth - chance.uniform(0, 46))
            for x in range(-60, width + 61, 120)
        ]
        canvas.shape(spline([*hill, (width + 60.0, floor + 60)]), mix(tone, ground, 0.35))
        x = -30.0
        while x < width + 30:
            fir(
                canvas, (x, floor + 10 * depth), chance.uniform(200, 400) - 40 * depth, tone, chance
            )
            x += chance.uniform(52, 96) + 10 * depth
    box = [(0.0, floor), (float(width), floor), (float(width), float(height)), (0.0, float(height))]
    canvas.shape(box, ground)
    path = [
        (width * 0.40, floor),
        (width * 0.60, floor),
        (width * 0.95, height),
        (width * 0.05, height),
    ]
    canvas.shape(path, mix(ground, WHITE, 0.30), alpha=0.8, blur=3)
    for x in chance.sample([0.05, 0.14, 0.88, 0.96], 2):
        birch(canvas, width * x, floor + 40, near, chance)
    for _ in range(26):
        x, y = chance.uniform(0, width), chance.uniform(floor + 12, height)
        if abs(x - width / 2) > 130 + (y - floor):
            tuft(canvas, (x, y), mix(near, accent, chance.uniform(0.0, 0.35)))


def fir(canvas: Canvas, foot: Point, tall: float, tone: Color, chance: Random) -> None:
    """Draw a fir: tiers that widen downward."""
    x, floor = foot
    wide = tall * chance.uniform(0.20, 0.27)
    outline: list[Point] = [(x, floor - tall)]
    tiers = 5
    for sign in (1, -1):
        steps = range(1, tiers + 1) if sign > 0 else range(tiers, 0, -1)
        for i in steps:
            low = floor - tall + tall * 0.92 * i / tiers
            out = wide * i / tiers
            pair = [(x + sign * out, low), (x + sign * out * 0.5, low - tall * 0.03)]
            outline += pair if sign > 0 else pair[::-1]
    canvas.shape(outline, tone, shade=0.12, depth=wide * 0.35)
    canvas.line([(x, floor - tall * 0.1), (x, floor + 6)], darker(tone, 0.3), 7)


def birch(canvas: Canvas, x: float, floor: float, leaf: Color, chance: Random) -> None:
    """Draw a birch trunk that leaves the picture at its top."""
    bark = (238, 234, 226)
    trunk = [
        (x, floor),
        (x + chance.uniform(-10, 10), floor * 0.5),
        (x + chance.uniform(-24, 24), -20),
    ]
    stem = canvas.shape(limb(trunk, [40, 33, 27]), bark, shade=0.22, depth=12)

    with canvas.inside(stem):
        for _ in range(24):
            y = chance.uniform(0, floor)
            side = chance.choice((-16.0, 10.0))
            canvas.line([(x + side, y), (x + side + 16, y + 2)], (62, 56, 60), 5, alpha=0.8)
    for aside in (-14, 2, 16):
        tuft(canvas, (x + aside, floor + 22), darker(leaf, 0.15))
    for _ in range(16):
        spot = (x + chance.uniform(-120, 120), chance.uniform(-20, 170))
        canvas.shape(ellipse(spot, 26, 17), mix(leaf, WHITE, chance.uniform(0, 0.3)), alpha=0.75)


def tuft(canvas: Canvas, foot: Point, tone: Color) -> None:
    """Draw a tuft of grass."""
    for lean in (-12, -4, 5, 13):
        blade = [foot, (foot[0] + lean * 0.4, foot[1] - 14), (foot[0] + lean, foot[1] - 26)]
        canvas.line(blade, tone, 4, alpha=0.9)


BACKDROPS: dict[str, Callable[[Canvas, str, Color, Random], None]] = {
    "city": city,
    "studio": studio,
    "forest": forest,
}
