"""`manage draw_icons`: draw the pictures by which a telephone shows the installed site, from the lines of the mark.

They stand in `static/ui/app/`; whoever changes the mark draws them again, and a test says so.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[2] / "static/ui/app"
GROUND, LINE, PANE = "#0d5b47", "#ffffff", "#1d7a60"
WIDTH, HEIGHT, STROKE = 24.0, 28.0, 1.9  # of the mark's own drawing: ui/templates/ui/mark.html
FINER = 4  # drawn so much larger, then made small: smooth edges
COLOURS = 24
SIZES = {"icon-192.png": (192, 0.62), "icon-512.png": (512, 0.62), "maskable-512.png": (512, 0.5)}
"""File → its side in pixels, and the mark's share of it; of a maskable one a middle circle stays."""
APPLE, FAVICON = ("apple-180.png", 180, 0.62), ("favicon.ico", 48, 0.9)

Point = tuple[float, float]


class Command(BaseCommand):
    help = "Draw the pictures of the installed site again."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, picture in pictures():
            picture.save(FOLDER / name, optimize=True)
            self.stdout.write(f"{name}: {(FOLDER / name).stat().st_size} bytes")


def pictures() -> Iterator[tuple[str, Image.Image]]:
    """Each file's name and what is on it."""
    for name, (side, share) in SIZES.items():
        yield name, draw(side, share, corner=0 if "maskable" in name else 0.18)
    yield APPLE[0], draw(*APPLE[1:], corner=0)
    yield FAVICON[0], draw(*FAVICON[1:], corner=0.18)


def draw(side: int, share: float, *, corner: float) -> Image.Image:
    """The mark in white on the green of the house, `share` of the side high; corners are rounded by a share of it."""
    full = side * FINER
    picture = Image.new("RGBA", (full, full), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, full - 1, full - 1), full * corner, fill=GROUND)
    scale = full * share / HEIGHT
    left, top = (full - WIDTH * scale) / 2, (full - HEIGHT * scale) / 2

    def at(points: list[Point]) -> list[Point]:
        return [(left + x * scale, top + y * scale) for x, y in points]

    width = round(STROKE * scale)
    frame = at(outline())
    pen.polygon(frame, fill=PANE)
    for line in (frame, at([(12, 1.5), (12, 27)]), at([(3, 14.5), (21, 14.5)])):
        pen.line(line, fill=LINE, width=width, joint="curve")
    small = picture.resize((side, side), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)


def outline() -> list[Point]:
    """The window: M3 27V12.5C3 7.5 8 5.5 12 1c4 4.5 9 6.5 9 11.5V27z, closed beyond its corner for a whole joint."""
    left = curve((3, 12.5), (3, 7.5), (8, 5.5), (12, 1))
    right = [(WIDTH - x, y) for x, y in reversed(left)]
    return [(12, 27), (3, 27), *left, *right, (21, 27), (11, 27)]


def curve(start: Point, one: Point, two: Point, end: Point, steps: int = 24) -> list[Point]:
    """A cubic Bézier curve as points."""
    points = []
    for step in range(steps + 1):
        rows = [start, one, two, end]
        share = step / steps
        while len(rows) > 1:
            rows = [(a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in pairwise(rows)]
        points.append(rows[0])
    return points
