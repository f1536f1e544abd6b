"""How long the officers' list takes, and how many statements, at any depth of a year's cases of a province.

    ./nafida bench inbox        python -m bench.inbox [--cases 100000] [--looks 15] [--database sqlite]

The pages are those of the site, asked for by a signed-in coordinator and by an officer of one commune: fifty rows, from
the first page to the last, on each pile, in each order, and through filters.
"""

from bench.ground.beside import rows_of_each
from bench.ground.table import show

TARGET = 40  # milliseconds, of 95 in a hundred
STATEMENTS = 10


def main() -> None:
    rows = rows_of_each("inbox", __doc__, "bench.desk.officer", looks=15, at="at each list")
    show("inbox", rows)
    print(f"target: p95 of all lists at most {TARGET} ms on an idle machine, at most {STATEMENTS} statements")


if __name__ == "__main__":
    main()
