"""What older programs kept is brought up to date, and its draws are the same as ever.

`kept/` has backups as they were made under a schema; `python -m tests.upkeep.keep` makes one of the present schema.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit_service.core import backup as form
from audit_service.store import account_tables, database, life_tables, visit_tables
from tests.campaign import DRAW, bundle
from tests.cli.test_frame_commands import order
from tests.office import Office, on_both
from tests.upkeep.moving import backup_of, busy, moved

KEPT = sorted((Path(__file__).parent / "kept").glob("*.backup"))
NEWER_COLUMNS = {"acts": ("salt", "role"), "commitments": ("secret",)} | {
    "explanations": ("ordered", "list_digest"),
    "former_names": ("new_county",),
}
NEWER_TABLES = {
    "entries",
    "tree_hashes",
    "checkpoints",
    "cosignatures",
    "happenings",
    "unit_days",
    "policy_versions",
    *vars(account_tables),
    *vars(life_tables),
    *vars(visit_tables),
}


def without_log(entries: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in entries.items() if not name.startswith("log/") and name != "README.txt"}


def forget_the_log(office: Office) -> None:
    """As it was before there was a log."""
    for name in ("log.key", "log.last"):
        (office.folder / name).unlink()


@on_both
def test_a_database_of_before_there_was_a_log_is_brought_up_to_date_where_it_lies(office: Office) -> None:
    before = bundle(busy(office))
    engine = office.runtime.engine
    database.downgrade(engine, "0003")
    forget_the_log(office)
    assert office.run("db", "upgrade").json == {"version": database.VERSION}
    assert office.run("check").json["faults"] == []
    assert without_log(bundle(office)) == without_log(before)
    office.run("draw", "reveal", "SC-2028-01")
    assert office.run("check").json["faults"] == []


def as_of_0003(data: bytes) -> bytes:
    """The backup that a program without a log would have made of the same."""
    return signed(_as_of_0003(data.splitlines(keepends=True)[:-1]))


def _as_of_0003(lines: list[bytes]) -> Iterator[bytes]:
    table, newer = "", list[int]()
    for line in lines:
        value = json.loads(line)
        if isinstance(value, dict):
            table = value.get("table", table)
            value = value | ({"schema": "0003", "acts": 0} if "schema" in value else {})
            if "columns" in value:
                names = NEWER_COLUMNS.get(table, ())
                newer = [place for place, column in enumerate(value["columns"]) if column in names]
                value["columns"] = {name: kind for name, kind in value["columns"].items() if name not in names}
        elif newer:
            value = [each for place, each in enumerate(value) if place not in newer]
        if table not in NEWER_TABLES:
            yield json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def signed(lines: Iterator[bytes]) -> bytes:
    above = b"".join(lines)
    return above + form.end_line(hashlib.sha256(above).hexdigest())


@on_both
def test_a_backup_of_an_older_schema_is_filled_in_as_it_was_and_brought_up_to_date(
    office: Office, other_url: str
) -> None:
    with_log = backup_of(busy(office)).read_bytes()
    before = bundle(office)
    old = office.folder / "old"
    old.write_bytes(as_of_0003(with_log))
    forget_the_log(office)
    with moved(office, other_url) as there:
        there.run("restore", old)
        assert there.run("check").json["faults"] == []
        assert without_log(bundle(there)) == without_log(before)


@on_both
def test_what_older_programs_explained_settles_nothing_but_what_was_frozen_by_it(office: Office) -> None:
    order(office.import_demo(), 成都市={"复评目标数": "22"})
    told = ("--policy", "sichuan-2020", "--difference", -1, "--document", "川安办函〔2026〕5号")
    office.run("frame", "explain", "成都", "re_evaluation", *told)
    draw = office.freeze()
    frozen = office.run("frame", "check", "--draw", draw).json
    database.downgrade(office.runtime.engine, "0009")
    assert office.run("db", "upgrade").json == {"version": database.VERSION}
    assert office.run("frame", "check", "--draw", draw).json == frozen
    found = office.run("frame", "check", *told[:2], expect=1)
    (line,) = [row for row in found.json["lines"] if not row["settled"]]
    then = {"difference": -1, "document": "川安办函〔2026〕5号", "date": "2026-06-20", "ordered": None, "listed": None}
    assert (line["explained"], line["outdated"]) == (None, then)
    assert "On 2026-06-20 a difference of -1 was explained" in found.said
    office.run("frame", "explain", "成都", "re_evaluation", *told)
    assert office.run("frame", "check", *told[:2]).json["agrees"]


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
@on_both
def test_what_was_backed_up_under_every_schema_since_is_restored_and_verifies(office: Office, file: Path) -> None:
    office.at("2028-06-02T01:00:00Z").run("restore", file)
    office.run("people", "leave", "C510101", "--reason", "调离")
    found = office.run("check", expect=1).json["faults"]
    assert {fault["code"] for fault in found} == {"check-log-key"}  # which was not kept, and no other was made
    assert "sample/sample.csv" in bundle(office)
    assert office.run("draw", "show", DRAW).json["substitutions"]
    database.check_version(office.runtime.engine)


def test_there_is_a_backup_of_the_schema_of_today() -> None:
    assert KEPT[-1].stem == database.VERSION
