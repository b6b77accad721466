"""How time grows with the number of units: the slope of a straight line through the logarithms, by least squares."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import log
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

from audit_service.core.replaying import replay_entries
from audit_service.files.folders import read_draw_folder, write_folder
from benchmarks import made
from benchmarks.drawing import selected
from benchmarks.measure import Taken, call, in_turn
from benchmarks.rows import Row, plain, time

SIZES = (20_000, 60_000, 200_000, 600_000, 1_000_000)
MOST = 1.1
MEMORY = "/dev/shm"


def figure(scale: int = 1) -> Iterator[Row]:
    """Draws in memory, and replays from files to files; cities, packets and people grow with the units."""
    sizes = [size // scale for size in SIZES]
    times = 3 if scale == 1 else 1
    frames = {size: made.frame_of(size, max(2, size // made.CITY_UNITS)) for size in sizes}
    drawn = in_turn({str(size): call(partial(selected, frame)) for size, frame in frames.items()}, times)
    yield _row("draw in memory", sizes, drawn)
    with TemporaryDirectory(prefix="bench-", dir=_memory()) as place:
        runs = {}
        for size in sizes:
            folder = made.write_draw(Path(place, str(size)), size)
            runs[str(size)] = _after_clearing(Path(place, "out"), partial(_replay, folder, Path(place, "out")))
        replayed = in_turn(runs, times)
    yield _row("replay, files to files in memory, within one process", sizes, replayed)


def _memory() -> str | None:
    """A file system in memory, where there is one: how a disk fares with thousands of files is not ours to measure."""
    return MEMORY if Path(MEMORY).is_dir() else None


def _after_clearing(folder: Path, replay: Callable[[], object]) -> Callable[[], Taken]:
    def run() -> Taken:
        shutil.rmtree(folder, ignore_errors=True)
        return call(replay)()

    return run


def _replay(folder: Path, out: Path) -> None:
    """As the command does it, which runs without the search for garbage in cycles."""
    gc.disable()
    write_folder(out, replay_entries(read_draw_folder(folder)))
    gc.enable()


def _row(what: str, sizes: list[int], best: Mapping[str, Taken]) -> Row:
    slope = linear_regression([log(size) for size in sizes], [log(best[str(size)].seconds) for size in sizes]).slope
    first, last = (f"{size:,} units ({time(best[str(size)])})" for size in (sizes[0], sizes[-1]))
    told = f"growth of {what}, from {first} to {last}: exponent"
    return plain(told, slope, f"{slope:.2f}", f"≤ {MOST:g}", slope <= MOST)
