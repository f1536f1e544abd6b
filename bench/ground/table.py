"""Figures as a table for people and one line of JSON for machines."""

import json
from collections.abc import Mapping, Sequence

type Cell = str | int | float
type Row = Mapping[str, Cell]


def show(name: str, rows: Sequence[Row]) -> None:
    """Print the rows (all with the same columns) under each other, then {"bench": name, "rows": …}."""
    heads = list(rows[0])
    lines = [heads, *([shown(row[head]) for head in heads] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))
    print(json.dumps({"bench": name, "rows": [dict(row) for row in rows]}))


def shown(cell: Cell) -> str:
    """Three digits that matter, thousands set apart."""
    if isinstance(cell, str):
        return cell
    return f"{cell:,.0f}" if isinstance(cell, int) or abs(cell) >= 100 else f"{cell:.2f}"
