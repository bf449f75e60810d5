"""Draw the demo's pictures: stylised figures of invented people, none of them a photograph.

`python -m scripts.draw_figures` writes two pictures of each twin of the roster, some groups of
three, and the list of what they show. The same roster gives the same pictures.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from scripts.figures.backdrops import BACKDROPS, MOODS
from scripts.figures.body import BUILDS, POSES, Body, Frame
from scripts.figures.canvas import Canvas, Color, ellipse, rgb
from scripts.figures.garments import GARMENTS
from scripts.figures.head import draw_extras, draw_face, draw_hair_before, draw_hair_behind
from scripts.figures.pen import Palette, Pen

__all__ = ["Figure", "Picture", "draw", "main", "pictures"]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "client" / "twinrights" / "demo" / "data"
LOOKS = Path(__file__).with_name("figures") / "looks.csv"

SIZE = (800, 1000)
SCALE = 3
QUALITIES = (88, 84, 80, 76, 72, 68, 62, 56)
MOST_BYTES = 70_000
SHOES = (rgb("#2b2733"), rgb("#efe7da"), rgb("#7a4128"), rgb("#3d3a52"))
PLACES = {"hm": "city", "quillon": "studio", "fjordlane": "forest"}
GROUPS = (
    ("hm", "denim", ("alva", "kofi", "suda")),
    ("quillon", "suit", ("leila", "dario", "tamsin")),
    ("fjordlane", "knit", ("tove", "omar", "yuki")),
    ("hm", "coat", ("amara", "jonas", "priya")),
    ("quillon", "dress", ("zuri", "aiko", "ngozi")),
    ("fjordlane", "coat", ("runa", "mateo", "malik")),
)


@dataclass(frozen=True)
class Figure:
    """One figure of a picture: whose, in what, how it stands, and where its feet are."""

    twin: str
    pose: str
    mirrored: bool
    frame: Frame


@dataclass(frozen=True)
class Picture:
    """One picture: its file, what is worn, the brand it is for, its place and its figures."""

    file: str
    title: str
    garment: str
    brand: str
    mood: str
    figures: tuple[Figure, ...]


def pictures(roster: list[dict[str, str]], looks: dict[str, dict[str, str]]) -> list[Picture]:
    """Return all pictures of a roster: two of each twin, then the groups."""
    found: list[Picture] = []
    for line, row in enumerate(roster):
        for number, column in ((1, "first"), (2, "other")):
            garment, pose = looks[row["twin"]][column].split(":")
            brand = "hm" if number == 1 else ("quillon", "fjordlane")[line % 2]
            frame = Frame(400, 930, 101) if number == 1 else Frame(400, 1285, 141)
            figure = Figure(row["twin"], pose, line % 3 == number, frame)
            file = f"{row['twin']}-{number:02}.jpg"
            found.append(picture(file, row["name"], garment, brand, line + number, (figure,)))
    names = {row["twin"]: row["name"] for row in roster}
    for number, (brand, garment, twins) in enumerate(GROUPS, start=1):
        poses = ("easy", "sway", "proud") if number % 2 else ("pockets", "stride", "collar")
        figures = tuple(
            Figure(twin, pose, place == 2, Frame(176 + 222 * place, (905, 945, 905)[place], 94))
            for place, (twin, pose) in enumerate(zip(twins, poses, strict=True))
        )
        together = ", ".join(names[twin] for twin in twins[:2]) + f" and {names[twins[2]]}"
        found.append(picture(f"group-{number:02}.jpg", together, garment, brand, number, figures))
    return found


def picture(
    file: str, who: str, garment: str, brand: str, turn: int, figures: tuple[Figure, ...]
) -> Picture:
    """Return a picture with the next mood of its brand's place, and its title."""
    place = PLACES[brand]
    moods = list(MOODS[place])
    mood = moods[turn % len(moods)]
    worn = garment
    if garment not in ("denim", "knit"):
        plural = "dresses" if garment == "dress" else f"{garment}s"
        worn = f"a {garment}" if len(figures) == 1 else plural
    where = {"city": "the city", "studio": "the studio", "forest": "the forest"}[place]
    title = f"{who} in {worn}, {where}, {mood}"
    return Picture(file, title, garment, brand, mood, figures)


def draw(
    drawn: Picture, looks: dict[str, dict[str, str]], accents: dict[str, str], *, scale: int = SCALE
) -> Image.Image:
    """Return a picture drawn; `scale` is how many times larger it is before it is made smooth."""
    canvas = Canvas(*SIZE, scale=scale)
    chance = Random(drawn.file)
    BACKDROPS[PLACES[drawn.brand]](canvas, drawn.mood, rgb(accents[drawn.brand]), chance)
    order = sorted(drawn.figures, key=lambda figure: figure.frame.y)
    for figure in order:
        draw_figure(canvas, figure, looks[figure.twin], drawn.garment, chance.choice(SHOES))
    image = canvas.saved()
    label(image)
    return image


def draw_figure(
    canvas: Canvas, figure: Figure, look: dict[str, str], garment: str, shoe: Color
) -> None:
    """Draw one figure with its shadow."""
    pose = POSES[figure.pose]
    body = Body(pose.mirrored() if figure.mirrored else pose, BUILDS[look["build"]], figure.frame)
    skin, hair, main, second = (
        rgb(look[column]) for column in ("skin", "hair_color", "main", "second")
    )
    unit = figure.frame.unit
    shadow = ellipse(
        (figure.frame.x + unit * 0.5, figure.frame.y + unit * 0.02), unit * 1.5, unit * 0.2
    )
    canvas.shape(shadow, (24, 20, 46), alpha=0.28, blur=unit * 0.08)
    draw_hair_behind(canvas, body, look["hair"], hair)
    GARMENTS[garment](Pen(canvas, body), Palette(skin, main, second, shoe))
    draw_face(canvas, body, skin)
    draw_hair_before(canvas, body, look["hair"], hair)
    draw_extras(canvas, body, look["extras"], hair, second if garment == "knit" else main)


def jpeg(image: Image.Image) -> bytes:
    """Return a picture as JPEG, as good as fits into the most bytes a picture may have."""
    for quality in QUALITIES:
        file = BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


def label(image: Image.Image) -> None:
    """Write DIGITAL TWIN in the lower left corner, with two overlapping circles before it."""
    text = "DIGITAL TWIN"
    font = ImageFont.load_default(size=21)
    spaced = [(letter, float(font.getlength(letter)) + 2.6) for letter in text]
    wide = sum(step for _, step in spaced)
    left, top, tall = 24, image.height - 64, 40
    plate = Image.new("L", image.size)
    box = (left, top, left + 62 + wide + 14, top + tall)
    ImageDraw.Draw(plate).rounded_rectangle(box, radius=8, fill=215)
    image.paste((22, 19, 36), (0, 0), plate)
    pen = ImageDraw.Draw(image)
    for middle in (left + 24, left + 36):
        pen.ellipse((middle - 9, top + 11, middle + 9, top + 29), outline=(255, 255, 255), width=2)
    x = left + 58.0
    for letter, step in spaced:
        pen.text((x, top + tall / 2), letter, font=font, fill=(255, 255, 255), anchor="lm")
        x += step


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Draw every picture, or those whose name begins as asked, and write the list."""
    parser = argparse.ArgumentParser(description="draw the demo's pictures")
    parser.add_argument("--to", type=Path, default=DATA / "images", help="the folder to write into")
    parser.add_argument("--only", default="", help="draw only files whose name begins with this")
    asked = parser.parse_args()
    looks = {row["twin"]: row for row in table(LOOKS)}
    accents = {row["slug"]: row["accent"] for row in table(DATA / "brands.csv")}
    listed = pictures(table(DATA / "roster.csv"), looks)
    asked.to.mkdir(parents=True, exist_ok=True)
    for each in listed:
        if each.file.startswith(asked.only):
            (asked.to / each.file).write_bytes(jpeg(draw(each, looks, accents)))
    with (asked.to / "images.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "twins", "garment", "title", "brand"])
        for each in listed:
            twins = "+".join(figure.twin for figure in each.figures)
            writer.writerow([each.file, twins, each.garment, each.title, each.brand])


if __name__ == "__main__":
    main()
