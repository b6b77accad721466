"""A large installation is backed up and restored row by row: memory does not grow with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_service.store import acts, database, rosters, tables
from tests.faults.desk import LONG, opened, program_and_peak, settings
from tests.store.test_acts import ACT

ROWS = 1_000_000 if LONG else 50_000
MOST = 130
"""MiB that a command takes: most of it is Python with SQLAlchemy, alembic and the drivers."""


@pytest.mark.parametrize(
    ("kind", "other"), [("postgres", "sqlite"), pytest.param("sqlite", "postgres", marks=pytest.mark.long)]
)
def test_memory_does_not_grow_with_the_rows(
    kind: str, other: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url, there = (str(request.getfixturevalue(f"{each}_url")) for each in (kind, other))
    with opened(url) as engine, database.transaction(engine) as db:
        act = acts.record(db, ACT, "import-units", "x")
        for start in range(0, ROWS, 10_000):
            blank = rosters.blank(tables.units) | {
                "city": "510100",
                "county": "青羊区",
                "kind": "社区",
                "status": "new",
            }
            names = range(start, start + 10_000)
            rosters.add(db, tables.units, [blank | {"unit": f"{n:09}", "name": f"第{n}社区" * 4} for n in names], act)
    backup, peak = program_and_peak("backup", tmp_path / "b", environment=settings(url, ""))
    assert backup.status == 0, backup.said
    restore, peak_of_restore = program_and_peak("restore", tmp_path / "b", environment=settings(there, ""))
    assert restore.status == 0, restore.said
    print(f"{ROWS} rows: {peak:.0f} MiB, {peak_of_restore:.0f} MiB, file {(tmp_path / 'b').stat().st_size >> 20} MiB")
    assert max(peak, peak_of_restore) < MOST
