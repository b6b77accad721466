"""`make bench`: measures, prints the table, and writes it down.

    python -m benchmarks [NAME …] [--skip NAME] [--scale N]

A run of everything also renews docs/benchmarks.md; a run of some figures prints them and leaves the page alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks.figures import FIGURES
from benchmarks.machine import facts
from benchmarks.page import PAGE, table, with_results
from benchmarks.rows import Row

ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Measure what was asked for. What is promised and not met, the table says; it is no error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--skip", action="append", default=[], choices=[*FIGURES], metavar="NAME")
    parser.add_argument("--scale", type=int, default=1, help="divides every size; for trying the benchmarks out")
    given = parser.parse_args()
    unknown = set(given.names) - FIGURES.keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    names = [name for name in given.names or FIGURES if name not in given.skip]
    machine = facts()
    results = {name: _measure(name, given.scale) for name in names}
    _write(machine, results, whole=not given.names and given.scale == 1, skipped=given.skip)


def _measure(name: str, scale: int) -> list[Row]:
    """In a process of its own, so that no figure finds the memory as another left it."""
    line = [sys.executable, "-m", "benchmarks.one", name, str(scale)]
    said = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    rows = [Row(**row) for row in json.loads(said.splitlines()[-1])]
    print(f"\n{name}\n{table(rows)}", flush=True)
    return rows


def _write(
    machine: Mapping[str, str], results: Mapping[str, Sequence[Row]], *, whole: bool, skipped: Sequence[str]
) -> None:
    known = {"machine": machine, "rows": {name: [asdict(row) for row in rows] for name, rows in results.items()}}
    file = ROOT / "var" / ("benchmarks.json" if whole else "benchmarks-part.json")
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=2), encoding="utf-8")
    if whole:
        page = ROOT / PAGE
        page.write_text(with_results(page.read_text(encoding="utf-8"), machine, results, skipped), encoding="utf-8")
    print(f"\n{file.relative_to(ROOT)}{f', {PAGE}' if whole else ''}")


if __name__ == "__main__":
    main()
