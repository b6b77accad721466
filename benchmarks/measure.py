"""Taking times: of functions turn by turn, of whole commands with the memory they needed."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

WATCH: Final = Path(__file__).parent / "watch.py"


@dataclass(frozen=True)
class Taken:
    """The least time that something took, on the wall and of the processor, and a command's peak of memory in MiB."""

    seconds: float
    cpu: float
    peak: float = 0.0

    def least(self, other: Taken) -> Taken:
        """The best of two: whatever else the machine does can only add time; of memory the most counts."""
        return Taken(min(self.seconds, other.seconds), min(self.cpu, other.cpu), max(self.peak, other.peak))


Run = Callable[[], Taken]


def in_turn(runs: Mapping[str, Run], times: int) -> dict[str, Taken]:
    """Every contestant once, then every contestant again: so a slow moment of the machine strikes all of them."""
    best: dict[str, Taken] = {}
    for _ in range(times):
        for name, run in runs.items():
            taken = run()
            best[name] = taken.least(best.get(name, taken))
    return best


def call(function: Callable[[], object]) -> Run:
    """Times one call of a function. What it returns is freed afterwards, off the clock."""

    def run() -> Taken:
        gc.collect()
        cpu, start = process_time(), perf_counter()
        result = function()
        taken = Taken(perf_counter() - start, process_time() - cpu)
        del result
        return taken

    return run


def command(
    words: Sequence[object], environment: Mapping[str, str] = os.environ, expect: Sequence[int] = (0,)
) -> Taken:
    """Times a whole process, from its start to its end; `watch.py` stands between, for the peak of memory."""
    line = [sys.executable, "-I", "-S", WATCH, *words]
    said = subprocess.run(list(map(str, line)), env=environment, stdout=subprocess.PIPE, check=True).stdout
    seen = json.loads(said)
    if seen["status"] not in expect:
        raise RuntimeError(f"{words} ended with {seen['status']}")
    return Taken(seen["seconds"], seen["cpu"], seen["peak"])


def peer(module: str) -> Any:
    """A package that only the benchmarks need, or nothing where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        return None
