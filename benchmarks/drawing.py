"""A draw in memory: codes in, selected codes out; beside the bare loop of its hashes and beside other samplers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain

from audit_service.core.frame import Frame
from audit_service.core.selection import draw_sample
from benchmarks import made
from benchmarks.helper_process import draw_with_helper
from benchmarks.measure import Taken, call, in_turn, peer
from benchmarks.rows import Row, faster, slower

UNITS, FEWER, CITIES = 1_000_000, 100_000, 333
TIMES = 5


def hash_all(codes: Sequence[str], seed: str) -> None:
    """The plain loop: each ticket's text from the code, and its hash; nothing is kept."""
    for code in codes:
        sha256(f"{code}/{seed}".encode().hex().encode()).hexdigest()


def keep_all(codes: Sequence[str], seed: str) -> list[str]:
    """The same loop, and the tickets are kept in a list."""
    return [sha256(f"{code}/{seed}".encode().hex().encode()).hexdigest() for code in codes]


def figure(scale: int = 1) -> Iterator[Row]:
    """The draw beside the loops and whatever peers are installed; and an experiment with a second core."""
    frame, fewer = (made.frame_of(units // scale, max(2, CITIES // scale)) for units in (UNITS, FEWER))
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: selected(frame),
        "loop": lambda: hash_all(frame.units, made.SEED),
        "list": lambda: keep_all(frame.units, made.SEED),
        "helper": lambda: draw_with_helper(made.POLICY, bare(frame), made.SEED).selected_units,
        "fewer": lambda: selected(fewer),
        "fewer-helper": lambda: draw_with_helper(made.POLICY, bare(fewer), made.SEED).selected_units,
        **consistent_sampler(frame),
        **cryptorandom(frame),
        **pandas(frame),
    }
    best = in_turn({name: call(run) for name, run in runs.items()}, TIMES if scale == 1 else 1)
    yield from _rows(f"draw 20 % of {len(frame):,} units in memory", best)
    yield from _helper_rows(len(fewer), best)


def _rows(what: str, best: Mapping[str, Taken]) -> Iterator[Row]:
    ours, same = best["ours"], "… the same draw"
    yield slower(what, ours, "plain loop that makes and hashes each ticket's text", best["loop"], 1.3)
    yield slower(same, ours, "the same loop, tickets kept in a list", best["list"])
    if "whole" in best:
        name, other = sorted(("whole", "cells"), key=lambda name: best[name].seconds)
        yield faster(same, ours, f"consistent_sampler, its quicker way ({name})", best[name], 6)
        yield faster(same, ours, f"consistent_sampler, {other}", best[other])
    for name in ("cryptorandom sample_by_index", "cryptorandom Fisher-Yates", "pandas groupby.sample"):
        if name in best:
            yield slower(same, ours, name, best[name])


def _helper_rows(fewer: int, best: Mapping[str, Taken]) -> Iterator[Row]:
    what = "experiment: … with a helper process on the second core"
    yield slower(what, best["helper"], "plain loop on one core", best["loop"])
    yield slower(what, best["helper"], "ours on one core", best["ours"])
    yield slower(f"experiment: … of {fewer:,} units", best["fewer-helper"], "ours on one core", best["fewer"])


def bare(frame: Frame) -> Frame:
    """The frame as it comes: nothing of it is known from an earlier run."""
    return Frame(frame.units, frame.strata, frame.cities)


def selected(frame: Frame) -> list[str]:
    """Our draw, from three columns of text to the selected codes."""
    return draw_sample(made.POLICY, bare(frame), made.SEED).selected_units


# --- peers, each called in the way that was found to be its quickest --------------------------------------------------


def consistent_sampler(frame: Frame) -> dict[str, Callable[[], object]]:
    """All units as one population; and cell by cell, which is also its quicker way, for its heaps stay small."""
    module = peer("consistent_sampler")
    if module is None:
        return {}

    def draw(codes: Sequence[str]) -> list[str]:
        return list(module.sampler(codes, made.SEED, take=len(codes) * made.RATE // 10000, output="id"))

    def by_cells() -> list[str]:
        cells: dict[tuple[str, str], list[str]] = {}
        for code, stratum, city in zip(frame.units, frame.strata, frame.cities, strict=True):
            cells.setdefault((stratum, city), []).append(code)
        return list(chain.from_iterable(map(draw, cells.values())))

    return {"whole": lambda: draw(frame.units), "cells": by_cells}


def cryptorandom(frame: Frame) -> dict[str, Callable[[], object]]:
    """From an array that is ready: to make one of the codes is not on its clock."""
    module, numpy = peer("cryptorandom.sample"), peer("numpy")
    if module is None:
        return {}
    codes, size = numpy.array(frame.units), len(frame) * made.RATE // 10000

    def draw(method: str) -> object:
        return module.random_sample(codes, size, method=method, prng=module.SHA256(made.SEED))

    return {f"cryptorandom {method}": partial(draw, method) for method in ("sample_by_index", "Fisher-Yates")}


def pandas(frame: Frame) -> dict[str, Callable[[], object]]:
    """From a table that is ready, its columns sorted into categories: neither is on its clock."""
    module = peer("pandas")
    if module is None:
        return {}
    columns = {"unit": frame.units, "stratum": frame.strata, "city": frame.cities}
    table = module.DataFrame(columns).astype({"stratum": "category", "city": "category"})

    def draw() -> object:
        cells = table["unit"].groupby([table["stratum"], table["city"]], observed=True, sort=False)
        return cells.sample(frac=made.RATE / 10000, random_state=1).tolist()

    return {"pandas groupby.sample": draw}
