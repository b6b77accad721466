"""A long log is accepted by two verifiers that nobody here wrote: aics-tlog, and Go's golang.org/x/mod/sumdb."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from audit_service.core.acts import Act
from audit_service.core.entries import Recorded, write_entry
from audit_service.store import database, tables
from tests.copies import copy_of
from tests.office import Office, office_in, working

SIZE = 70_000
PEERS = Path(__file__).parents[2] / ".peers"
GO = PEERS / "check-log"
AICS = """
import sys
from pathlib import Path
from aics_tlog import FileSystemTileReader, audit_tiles, parse_note, parse_vkey, verify_checkpoint
folder, key = Path(sys.argv[1]), parse_vkey(sys.argv[2])
found = verify_checkpoint(parse_note((folder / "checkpoint").read_text(encoding="utf-8")), key)
assert found.ok, found.error
audit_tiles(FileSystemTileReader(folder), found.size, found.root)
print(found.size)
"""


@pytest.fixture(scope="module")
def exported(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A log of many acts as the files that anybody fetches, and its key."""
    folder = tmp_path_factory.mktemp("long")
    with working(office_in(folder, copy_of(template, folder))) as office:
        fill(office)
        key = office.run("log", "publish").json["key"]
        office.run("log", "export", folder / "log")
        yield folder / "log", key


def fill(office: Office) -> None:
    act = Act(datetime(2026, 6, 20, 1, tzinfo=UTC), "tests")
    recorded = [Recorded(n, act, "trial", f"SC-2026-{n}", {}, f"{n:064x}") for n in range(1, SIZE + 1)]
    with database.transaction(office.runtime.engine) as db:
        rows = [
            {"number": r.number, "at": act.at, "by": act.by, "demo": False, "action": r.action, "subject": r.subject,
             "details": "{}", "salt": r.salt}
            for r in recorded
        ]  # fmt: skip
        db.execute(insert(tables.acts), rows)
        db.execute(insert(tables.entries), [{"place": r.number, "content": write_entry(r)} for r in recorded])
        db.execute(insert(tables.counters).values(counter="acts", value=SIZE))


def go(folder: Path, key: str) -> str:
    if not GO.exists():
        pytest.skip("no Go verifier here: it is built from Debian's golang-golang-x-mod-dev (Makefile, .peers)")
    return told([str(GO), str(folder), key])


def aics(folder: Path, key: str) -> str:
    if not (PEERS / "python").exists():
        pytest.skip("no aics-tlog here: it comes from PyPI (Makefile, .peers)")
    return told([sys.executable, "-c", AICS, str(folder), key], {"PYTHONPATH": str(PEERS / "python")})


def told(command: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.mark.parametrize("check", [go, aics])
def test_a_log_of_70_000_entries_is_accepted(check, exported: tuple[Path, str]) -> None:  # type: ignore[no-untyped-def]
    assert check(*exported) == str(SIZE)


@pytest.mark.parametrize("check", [go, aics])
@pytest.mark.parametrize(
    "what", ["tile/0/000", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/123", "checkpoint"]
)
def test_one_flipped_bit_is_refused(check, exported: tuple[Path, str], what: str) -> None:  # type: ignore[no-untyped-def]
    folder, key = exported
    file = folder / what
    data = file.read_bytes()
    file.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
    try:
        assert check(folder, key) == ""
    finally:
        file.write_bytes(data)


@pytest.mark.parametrize("check", [go, aics])
def test_another_key_is_refused(check, exported: tuple[Path, str]) -> None:  # type: ignore[no-untyped-def]
    folder, key = exported
    assert check(folder, key[:-6] + ("AAAAA=" if key.endswith("=") else "AAAAAA")) == ""
