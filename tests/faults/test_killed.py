"""Whoever kills a command at a random moment finds the database as it was before, or as it is after."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import Final

import pytest

from tests.databases import KINDS
from tests.faults.desk import LONG, PROGRAM, ROOT, STEPS, Prepared, Shelf, check_after, program, settings

SEED: Final = 20260701
KILLS: Final = 300 if LONG else 20
SPANS: dict[str, tuple[float, float]] = {}


def span(found: Prepared, shelf: Shelf) -> tuple[float, float]:
    """From when to when, in seconds after its start, the unmolested command works on the database."""
    key = f"{shelf.kind} {found.step.name}"
    if key not in SPANS:
        watched = (sys.executable, "-m", "tests.faults.dying", "none")
        with shelf.lend(found) as url:
            start = time.monotonic()
            environment = settings(url, found.step.clock)
            ended = program(*found.step.arguments, environment=environment, command=watched, cwd=ROOT)
        times = json.loads(ended.said.splitlines()[-1])
        SPANS[key] = times["first"] - start, times["end"] - start
    return SPANS[key]


@pytest.mark.parametrize("number", range(KILLS))
def test_a_command_that_is_killed_at_a_random_moment_is_done_or_was_never_begun(
    request: pytest.FixtureRequest, number: int
) -> None:
    kind, step = KINDS[number % len(KINDS)], STEPS[number // 2 % 3]
    shelf: Shelf = request.getfixturevalue(f"{kind}_shelf")
    found: Prepared = request.getfixturevalue(f"{kind}_prepared")[step]
    first, end = span(found, shelf)
    moment = random.Random(f"{SEED} {number}").uniform(0.9 * first, end)
    print(f"{kind}: {step} is killed after {moment:.3f} s; it works from {first:.3f} to {end:.3f} s")
    with shelf.lend(found) as url:
        running = subprocess.Popen(
            [PROGRAM, *map(str, found.step.arguments)],
            env={**os.environ, **settings(url, found.step.clock)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            running.wait(moment)
        except subprocess.TimeoutExpired:
            running.kill()
        assert running.wait() in (0, -signal.SIGKILL)
        check_after(found, url)
