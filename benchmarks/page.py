"""The table, on the screen and in docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from benchmarks.rows import Row

PAGE: Final = "docs/benchmarks.md"
START, END = "<!-- results: written by `make bench` -->", "<!-- end of the results -->"
COLUMNS: Final = ("what", "ours", "peer", "peer takes", "ratio", "promised", "met")
MET: Final = {True: "yes", False: "**no**", None: ""}


def table(rows: Sequence[Row]) -> str:
    """The rows as columns of text."""
    cells = [COLUMNS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)


def with_results(
    page: str, machine: Mapping[str, str], results: Mapping[str, Sequence[Row]], skipped: Sequence[str]
) -> str:
    """The page, with these results in place of those that it had."""
    before, _, rest = page.partition(START)
    return "\n".join([before + START, "", *_results(machine, results, skipped), END]) + rest.partition(END)[2]


def _results(machine: Mapping[str, str], results: Mapping[str, Sequence[Row]], skipped: Sequence[str]) -> Iterator[str]:
    yield from (f"- {name}: {value}" for name, value in machine.items())
    yield ""
    yield f"| | {' | '.join(COLUMNS)} |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for name, rows in results.items():
        for number, row in enumerate(rows):
            yield f"| {'' if number else f'`{name}`'} | {' | '.join(_cells(row))} |"
    yield ""
    for name in skipped:
        yield f"Left out of this run: `{name}`."
        yield ""


def _cells(row: Row) -> tuple[str, ...]:
    return (row.what, row.ours, row.peer, row.theirs, row.ratio, row.target, MET[row.met])
