"""How long a search takes, for citizens and on the desk, among a year's cases of a province.

    ./nafida bench search        python -m bench.search [--cases 100000] [--looks 12] [--database sqlite]

The pages are those of the site. Words are real ones of the catalogue and the communes among invented ones, asked for in
Arabic, French and Darija in Latin letters: frequent and rare, one and several, whole and half typed, and none at all.
"""

from bench.ground.beside import rows_of_each
from bench.ground.table import show

TARGET = 60  # milliseconds, of 95 in a hundred


def main() -> None:
    rows = rows_of_each("search", __doc__, "bench.finding.seeker", looks=12, at="at each question")
    show("search", rows)
    print(f"target: p95 of all questions at most {TARGET} ms on an idle machine")


if __name__ == "__main__":
    main()
