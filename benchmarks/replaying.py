"""Whole programs on whole draws: the command `replay`, files to files, and the two verifiers on a bundle."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from audit_service.core import frozen
from audit_service.core.replaying import replay_entries
from audit_service.files.bundles import write_bundle
from audit_service.files.folders import read_draw_folder
from benchmarks import made
from benchmarks.measure import Taken, call, command, in_turn
from benchmarks.rows import Row, memory, slower, within

ROOT: Final = Path(__file__).parents[1]
PROGRAM: Final = Path(sys.executable).parent / "audit-service"
UNITS, BUNDLE_UNITS = 200_000, 100_000
CONSISTENT: Final = 4
"""The exit status of a verifier that was given no anchors."""
HEX_TAIL: Final = len("/") + 64


def figure(scale: int = 1) -> Iterator[Row]:
    """`replay` beside the bare loop of as many hashes of bytes that are ready."""
    with TemporaryDirectory(prefix="bench-") as place:
        folder = made.write_draw(Path(place, "draw"), UNITS // scale)
        lengths = demanded(read_draw_folder(folder))

        def run() -> Taken:
            shutil.rmtree(Path(place, "out"), ignore_errors=True)
            return command([PROGRAM, "replay", folder, "--out", Path(place, "out")])

        best = in_turn({"ours": run, "loop": call(lambda: bare_loop(lengths))}, 5 if scale == 1 else 1)
        rows = frozen.PACKETS.read(Path(place, "out/rounds/1/packets.csv").read_bytes(), "packets.csv")
        packets = len({packet for _, packet, _ in rows})
    ours, count = best["ours"], lengths.total()
    what = f"`replay` of {UNITS // scale:,} units and {packets:,} packets, files to files"
    yield slower(what, ours, f"bare loop of {count:,} hashes of bytes that are ready", best["loop"], 25)
    yield memory("… peak of memory", ours, 500)


def demanded(entries: Mapping[str, bytes]) -> Counter[int]:
    """The hashes that the protocol demands for a replay, counted by the length of what is hashed.

    Tickets of units, cities and starts; salts, leaves and nodes of the notice tree; turns; of ranks only those of
    people who were chosen, with the load they had then; C, SEED and the digests of the frozen files.
    """
    results = replay_entries(entries)
    lines = {name: data.decode().splitlines()[1:] for name, data in {**entries, **results}.items() if "csv" in name}
    units = [line.split(",")[0] for line in lines["sample/frame.csv"]]
    cells = [line.split(",") for line in lines["sample/allocation.csv"]]
    names = units + [f"salt:{unit}" for unit in units]
    names += [f"city:{stratum}:{city}" for stratum, city, *_ in cells]
    names += [f"start:{stratum}" for stratum in {cell[0] for cell in cells}]
    names += [f"turn:{packet}" for packet in {line.split(",")[1] for line in lines["rounds/1/packets.csv"]}]
    loads: Counter[str] = Counter()
    for line in lines["rounds/1/assignment.csv"]:
        person = line.split(",")[3]
        names.append(f"inspector:{loads[person]}:{person}")
        loads[person] += 1
    lengths = Counter(2 * (len(name) + HEX_TAIL) for name in names)
    sampled = {(stratum, city): number for stratum, city, _, number in cells}
    for line in lines["sample/sample.csv"]:
        stratum, city, unit, position, _ = line.split(",")
        parts = (unit, stratum, city, position, sampled[stratum, city])
        lengths[1 + 64 + sum(len(part) + 1 for part in parts)] += 1
    lengths[1 + 32 + 32] += len(units) - 1
    lengths.update(len(data) for name, data in entries.items() if name.rpartition("/")[2] != "seed.json")
    lengths.update([64 + len(made.PUBLIC) + 2] * 2)
    return lengths


def bare_loop(lengths: Mapping[int, int]) -> None:
    """So many hashes of so many bytes. The bytes are the same each time, so that they are always at hand."""
    for length, times in lengths.items():
        ready = bytes(length)
        for _ in range(times):
            sha256(ready).digest()


def verifying(scale: int = 1) -> Iterator[Row]:
    """verify.py on a bundle, and our own program on the same."""
    entries = made.frozen_draw(BUNDLE_UNITS // scale)
    with TemporaryDirectory(prefix="bench-") as place:
        bundle = Path(place, "bundle.zip")
        bundle.write_bytes(write_bundle({**entries, **replay_entries(entries)}))
        size = bundle.stat().st_size / 1e6
        words = {
            "verify.py": [sys.executable, ROOT / "verifier" / "verify.py", bundle],
            "ours": [PROGRAM, "verify", bundle],
        }
        runs = {name: lambda line=line: command(line, expect=[CONSISTENT]) for name, line in words.items()}
        best = in_turn(runs, 3 if scale == 1 else 1)
    what = f"`verify.py` of a bundle of {BUNDLE_UNITS // scale:,} units ({size:.1f} MB)"
    yield within(what, best["verify.py"], 10)
    yield memory("… peak of memory", best["verify.py"], 500)
    yield slower("`audit-service verify` of the same bundle", best["ours"], "`verify.py`", best["verify.py"])
