"""Small pictures for a demonstration, drawn by the program: nobody's photo, nobody's street."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageDraw

SIZE = (640, 480)
QUALITY = 80
GROUND = 330
Draw = ImageDraw.ImageDraw
Colour = str | tuple[int, int, int]
WALLS = ("#e9d9bd", "#e3c7a8", "#d9d4c5", "#e8c9b5")
SKIES = (("#cfe6f2", "#f4efe2"), ("#f3dcc0", "#f8efe0"), ("#b9d3e6", "#e8eef0"))
NIGHT = ("#1c2740", "#3a4560")
INK, IRON, LIT, DARK = "#3b3f42", "#59636b", "#ffd98a", "#77808a"


def picture(motif: str, variant: int, *, mended: bool = False) -> bytes:
    """A JPEG of at most 20 KB: what is wrong, or the same place mended. The same bytes for the same arguments."""
    rng = Random(f"{motif} {variant}")
    image = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2))
    draw = ImageDraw.Draw(image)
    _street(draw, rng, night=motif == "lamp" and not mended)
    MOTIFS[motif](draw, rng, mended)
    written = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _box(draw: Draw, x: float, y: float, wide: float, high: float, fill: Colour, radius: float = 0) -> None:
    """A rectangle in the coordinates of the finished picture, which is drawn twice as large."""
    draw.rounded_rectangle([2 * x, 2 * y, 2 * (x + wide), 2 * (y + high)], 2 * radius, fill)


def _round(draw: Draw, x: float, y: float, wide: float, high: float, fill: Colour) -> None:
    """An ellipse around (x, y)."""
    draw.ellipse([2 * x - wide, 2 * y - high, 2 * x + wide, 2 * y + high], fill)


def _shape(draw: Draw, points: Sequence[tuple[float, float]], fill: Colour) -> None:
    draw.polygon([(2 * x, 2 * y) for x, y in points], fill)


def _line(draw: Draw, points: Sequence[tuple[float, float]], fill: Colour, width: float) -> None:
    draw.line([(2 * x, 2 * y) for x, y in points], fill, int(2 * width), joint="curve")


def _street(draw: Draw, rng: Random, *, night: bool) -> None:
    high, low = NIGHT if night else rng.choice(SKIES)
    _box(draw, 0, 0, 640, 200, high)
    _box(draw, 0, 120, 640, 220, low)
    x = -20.0
    while x < 640:
        wide, tall = rng.uniform(90, 160), rng.uniform(90, 190)
        wall = "#2b3248" if night else rng.choice(WALLS)
        _box(draw, x, GROUND - tall, wide - 4, tall, wall)
        for row in range(int(tall // 70)):
            for place in (0.2, 0.6):
                glass = rng.choice(("#e9c46a", "#384360")) if night else "#8fa9ad"
                _box(draw, x + wide * place, GROUND - tall + 20 + 66 * row, 20, 30, glass, 9)
        x += wide
    _box(draw, 0, GROUND, 640, 26, "#454a58" if night else "#c9c2b4")
    _box(draw, 0, GROUND + 26, 640, 124, "#2c303a" if night else "#8d8f8f")
    for dash in range(6):
        _box(draw, 20 + 120 * dash, 410, 60, 6, "#555a66" if night else "#dedbd0")


def _lamp(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(240, 380)
    _box(draw, x, 90, 10, GROUND - 80, IRON)
    _line(draw, [(x + 5, 94), (x + 30, 76), (x + 84, 76)], IRON, 7)
    _box(draw, x + 66, 72, 44, 16, LIT if mended else DARK, 7)
    if not mended:
        _line(draw, [(x + 74, 98), (x + 102, 122)], "#d9694f", 5)
        _line(draw, [(x + 102, 98), (x + 74, 122)], "#d9694f", 5)


def _hole(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(240, 400)
    if mended:
        _box(draw, x - 100, 376, 200, 66, "#6f7172", 14)
        return
    _round(draw, x, 412, 230, 74, "#6b6a67")
    _round(draw, x, 415, 200, 58, "#4a4744")
    _round(draw, x - 14, 420, 130, 34, "#33302f")
    for _stone in range(9):
        _round(draw, x + rng.uniform(-130, 130), rng.uniform(396, 446), 12, 8, "#5b5956")


def _bin(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(230, 360)
    colour = rng.choice(("#3f7d5b", "#4d7f8f", "#5a7a3c"))
    if not mended:
        for _bag in range(10):
            _round(draw, x + rng.uniform(-40, 170), rng.uniform(340, 372), 48, 40, rng.choice(("#2f3336", "#51616b")))
            _round(draw, x + rng.uniform(10, 110), rng.uniform(222, 250), 44, 40, rng.choice(("#2f3336", "#d9d3c3")))
    _box(draw, x, 244, 126, 112, colour, 8)
    _box(draw, x - 6, 238, 138, 16, "#2e5c44", 6)
    for wheel in (18, 108):
        _round(draw, x + wheel, 362, 22, 22, INK)


def _heap(draw: Draw, rng: Random, mended: bool) -> None:
    if mended:
        return
    x = rng.uniform(220, 330)
    _shape(draw, [(x - 90, 400), (x, 300), (x + 60, 324), (x + 110, 296), (x + 210, 400)], "#a58f76")
    for _piece in range(26):
        side, at, down = rng.uniform(12, 30), x + rng.uniform(-70, 180), rng.uniform(334, 396)
        _box(draw, at, down, side, side * 0.6, rng.choice(("#8a7660", "#b9a58c", "#6f7d80", "#c26f4b")), 3)


def _drop(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(250, 390)
    _round(draw, x, 392, 52, 26, "#5d6468")
    _round(draw, x, 390, 40, 18, "#474d50")
    if mended:
        return
    _round(draw, x + 40, 424, 330, 50, "#7fb2c9")
    _round(draw, x + 60, 424, 220, 28, "#a4cede")
    for jet in (-22, 0, 22):
        _line(draw, [(x, 386), (x + jet * 0.6, 340), (x + jet * 1.6, 366)], "#9ccbe0", 6)


def _tree(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(230, 330)
    _box(draw, x, 200, 24, 150, "#7a5c40")
    for _leaf in range(14):
        _round(draw, x + 12 + rng.uniform(-70, 70), rng.uniform(110, 200), 80, 66, rng.choice(("#56804a", "#668f52")))
    if not mended:
        _line(draw, [(x + 20, 230), (x + 96, 262), (x + 150, 330)], "#7a5c40", 12)
        for _leaf in range(6):
            _round(draw, x + 140 + rng.uniform(-30, 30), rng.uniform(310, 350), 50, 40, "#7d8f4a")


def _cable(draw: Draw, rng: Random, mended: bool) -> None:
    for x in (90, 530):
        _box(draw, x, 70, 12, 280, "#7a6a58")
        _box(draw, x - 26, 88, 64, 8, "#6a5c4c")
    low = 130 if mended else rng.uniform(300, 350)
    curve = [(96 + 44 * n, 92 + (low - 92) * (1 - ((n - 5) / 5) ** 2)) for n in range(11)]
    _line(draw, curve, INK, 4)


def _sign(draw: Draw, rng: Random, mended: bool) -> None:
    x, lean = rng.uniform(260, 360), 0 if mended else rng.choice((-90, 90))
    _line(draw, [(x, 350), (x + lean, 200 + abs(lean) * 0.5)], IRON, 8)
    cx, cy = x + lean, 176 + abs(lean) * 0.5
    _shape(draw, [(cx - 62, cy + 50), (cx, cy - 58), (cx + 62, cy + 50)], "#c8453c")
    _shape(draw, [(cx - 40, cy + 38), (cx, cy - 32), (cx + 40, cy + 38)], "#f6f1e6")


def _dog(draw: Draw, rng: Random, mended: bool) -> None:
    for _one in range(0 if mended else rng.choice((1, 2, 3))):
        x, coat = rng.uniform(120, 430), rng.choice(("#a9825a", "#6e5a48", "#c9b08a"))
        _box(draw, x, 352, 84, 32, coat, 14)
        for leg in (6, 20, 58, 72):
            _box(draw, x + leg, 376, 8, 30, coat)
        _round(draw, x + 94, 346, 38, 32, coat)
        _shape(draw, [(x + 84, 338), (x + 88, 320), (x + 98, 334)], coat)
        _line(draw, [(x + 4, 358), (x - 18, 336)], coat, 7)


def _bench(draw: Draw, rng: Random, mended: bool) -> None:
    x = rng.uniform(180, 300)
    for plank in range(3):
        broken = plank == 1 and not mended
        ends = [(x, 270 + 20 * plank), (x + 190, 270 + 20 * plank + (46 if broken else 0))]
        _line(draw, ends, "#9a6b43", 11)
    for leg in (14, 166):
        _box(draw, x + leg, 316, 12, 46, IRON)
    _box(draw, x - 6, 320, 202, 12, "#9a6b43", 4)


MOTIFS: dict[str, Callable[[Draw, Random, bool], None]] = {
    "lamp": _lamp,
    "hole": _hole,
    "bin": _bin,
    "heap": _heap,
    "drop": _drop,
    "tree": _tree,
    "cable": _cable,
    "sign": _sign,
    "dog": _dog,
    "bench": _bench,
}
