"""How long a map tile takes, over a year's reports of a province spread by population.

    ./nafida bench tiles        python -m bench.tiles [--cases 100000] [--looks 40] [--database sqlite]

Tiles are asked for where reports are, the same number at each zoom, with and without a period. "kept cpu" is the
time of the processor for a tile asked for again; "first reading" is what a process does once before its first tile.
"""

from bench.ground.beside import rows_of_each
from bench.ground.table import show

TARGET = 30  # milliseconds, of 95 in a hundred
KEPT_TARGET = 3  # milliseconds of the processor


def main() -> None:
    rows = rows_of_each("tiles", __doc__, "bench.mapping.viewer", looks=40, at="at tiles of each zoom")
    show("tiles", rows)
    print(f"target: p95 of all zooms at most {TARGET} ms; {KEPT_TARGET} ms of processor when kept")


if __name__ == "__main__":
    main()
