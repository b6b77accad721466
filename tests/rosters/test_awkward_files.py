"""Each awkward file, made anew, must come to what `expected.json` says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit_service.store import rosters, tables
from tests.office import Office
from tests.rosters.make import CASES

EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))


def outcome(office: Office, name: str, folder: Path) -> dict[str, Any]:
    """What an import says of a case's files: counts but for 0, findings as `file sheet row column code`, the units."""
    files = CASES[name]()
    for file, data in files.items():
        (folder / file).write_bytes(data)
    options = EXPECTED.get(name, {}).get("options", [])
    paths = [folder / file for file in files]
    said = office.run("import", "units", *paths, *options, expect=None).json
    found: dict[str, Any] = {"options": options} if options else {}
    found |= {count: said[count] for count in ("imported", "updated", "unchanged", "left") if said[count]}
    for kind in ("errors", "warnings"):
        lines = [
            " ".join(
                filter(
                    None,
                    (Path(f["file"]).name, f["sheet"], str(f["row"] or ""), f["column"].replace("\n", ""), f["code"]),
                )
            )
            for f in said[kind]
        ]
        found |= {kind: lines} if lines else {}
    if 0 < said["imported"] <= 6:
        found["roster"] = recorded(office)
    return found


def recorded(office: Office) -> list[str]:
    """The units on the roster: code, county, name, and what else is said of them."""
    with office.runtime.begin() as db:
        units = sorted(rosters.current(db, tables.units), key=lambda unit: unit["unit"])
    said = [{name: value for name, value in unit.items() if value not in ("", None)} for unit in units]
    usual = ("unit", "city", "county", "name", "kind", "status", "target_year", "livelihood")
    return [
        " ".join((unit["unit"], unit["county"], unit["name"], *(f"{k}={v}" for k, v in unit.items() if k not in usual)))
        for unit in said
    ]


@pytest.mark.parametrize("name", CASES)
def test_an_awkward_file_comes_to_what_is_expected(office: Office, tmp_path: Path, name: str) -> None:
    assert outcome(office, name, tmp_path) == EXPECTED[name]


def test_every_expectation_has_its_files() -> None:
    assert EXPECTED.keys() == CASES.keys()
