"""Hundreds of files that were good once: of each something is read, or it is said why not; never more than that."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from audit_service.files.spreadsheets import read_files
from tests.faults.desk import LONG, dump, program_and_peak, settings
from tests.faults.hostile import old_book
from tests.office import Office
from tests.roster_rows import DEMO

SEED: Final = 7
GOOD: Final = (DEMO / "roster_demo.xlsx").read_bytes()


def mutated(data: bytes, by: random.Random) -> bytes:
    """Bytes cut off, changed, lost, repeated."""
    changed = bytearray(data)
    if by.random() < 0.15:
        return bytes(changed[: by.randrange(len(changed))])
    for _ in range(by.choice((1, 1, 2, 5, 20, 100))):
        place, other = by.randrange(len(changed)), by.randrange(len(changed))
        how = by.random()
        if how < 0.5:
            changed[place] ^= 1 << by.randrange(8)
        elif how < 0.7:
            changed[place] = by.choice(b'\x00\xff\x7f\x80<>"')
        elif how < 0.8:
            changed[place : place + by.randrange(1, 30)] = b""
        elif how < 0.9:
            changed[place:place] = changed[other : other + by.randrange(1, 50)]
        else:
            changed[place : place + 4] = by.choice((b"\xff" * 4, b"\xff\xff\xff\x7f", bytes(4)))
    return bytes(changed)


def packed(by: random.Random) -> bytes:
    """A workbook whose zip was mutated."""
    return mutated(GOOD, by)


def part(by: random.Random) -> bytes:
    """A workbook with a mutated part in a sound zip."""
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as good, zipfile.ZipFile(data, "w") as archive:
        chosen = by.choice(good.namelist())
        for name in good.namelist():
            archive.writestr(name, mutated(good.read(name), by) if name == chosen else good.read(name))
    return data.getvalue()


def old(by: random.Random) -> bytes:
    """A mutated .xls."""
    return mutated(_old_roster(), by)


@cache
def _old_roster() -> bytes:
    (sheet,) = read_files([str(DEMO / "roster_demo.xlsx")])[0].sheets
    return old_book([cells for _, cells in sheet.rows])


def text(by: random.Random) -> bytes:
    """A mutated CSV file."""
    return mutated((DEMO / "roster_demo.csv").read_bytes(), by)


FILES: Final[dict[str, tuple[Callable[[random.Random], bytes], int, str]]] = {
    "zip": (packed, 120, ".xlsx"),
    "part": (part, 120, ".xlsx"),
    "xls": (old, 50, ".xls"),
    "csv": (text, 60, ".csv"),
}


def made(kind: str, folder: Path) -> list[Path]:
    """The mutated files of a kind, ten times as many in the long form."""
    make, count, suffix = FILES[kind]
    files = [folder / f"{number}{suffix}" for number in range(count * (10 if LONG else 1))]
    for number, file in enumerate(files):
        file.write_bytes(make(random.Random(f"{SEED} {kind} {number}")))
    return files


@pytest.mark.parametrize("kind", FILES)
def test_of_a_mutated_file_something_is_read_or_it_is_said_why_not(kind: str, tmp_path: Path) -> None:
    files = made(kind, tmp_path)
    for file, source in zip(files, read_files(map(str, files)), strict=True):
        assert bool(source.sheets) != bool(source.errors), file


@pytest.mark.parametrize("kind", FILES)
def test_mutated_files_are_refused_together_without_a_traceback_and_within_bounds(
    kind: str, tmp_path: Path, sqlite_url: str
) -> None:
    files = made(kind, tmp_path)[: 400 if LONG else 20]
    before = dump(sqlite_url)
    ended, peak = program_and_peak("import", "units", *files, "--json", environment=settings(sqlite_url))
    assert ended.status == 1
    assert "Traceback" not in ended.said
    assert "panicked" not in ended.said
    assert peak < 800
    assert dump(sqlite_url) == before


def test_a_mutated_file_is_imported_whole_or_not_at_all(office: Office, tmp_path: Path) -> None:
    for file in made("part", tmp_path)[: 120 if LONG else 12]:
        url = office.environment["AUDIT_DATABASE_URL"]
        before = dump(url)
        done = office.run("import", "units", file, "--complete", expect=None)
        after = dump(url)
        assert done.status in (0, 1)
        if done.json["errors"]:
            assert after == before
        else:
            assert len(after["acts"]) - len(before["acts"]) == bool(
                done.json["imported"] + done.json["updated"] + done.json["left"]
            )
