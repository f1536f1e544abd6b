"""How much of the processor the pages for citizens take, uncached, among a year's reports of a province.

    ./nafida bench page        python -m bench.page [--cases 100000] [--looks 60] [--database sqlite]

"home, news" is home right after something has happened to a case.

The pages are the site's own, asked for in the same process: those of the demonstration's cases, with photos, words and
steps, and the lists of all the cases laid around them.
"""

import subprocess

from bench.ground.beside import rows_of_each
from bench.ground.installation import MANAGE
from bench.ground.table import show

TARGETS = {"case": 6, "list of 50": 12, "home": 5}  # milliseconds of the processor, in the middle


def _fill(environment: dict[str, str]) -> None:
    """The year of the demonstration, so that pages have pictures and every state."""
    subprocess.run([*MANAGE, "fill_demo"], env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    rows = rows_of_each("page", __doc__, "bench.mapping.reader", looks=60, at="at each page", furnish=_fill)
    show("page", rows)
    print("target, cpu p50: " + ", ".join(f"{page} at most {most} ms" for page, most in TARGETS.items()))


if __name__ == "__main__":
    main()
