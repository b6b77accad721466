"""A campaign as docs/ways.md begins it, and the commands that its ways share."""

from __future__ import annotations

import csv
from typing import Any

from audit_service.files.bundles import read_bundle
from tests.office import Office
from tests.roster_rows import DEMO

DRAW = "SC-2027-01"
POLICY = ("--policy", "sichuan-2020")
PUBLIC = "d10:meeting:84729150366271940583,ssq:2027030:020812192433+07"
WRONG = PUBLIC.replace("+07", "+08")
BALLS = "0102030405060708091011121314151617181920"
FALLBACK = f"kl8:2027068:{BALLS}"
EVENTS = ("--event", "d10:meeting:20@2027-03-16T07:00:00Z", "--event", "ssq:2027030@2027-03-16T13:15:00Z")
COMMIT = (*EVENTS, "--fallback", "kl8:2027068@2027-03-17T13:30:00Z")
MARCH, DRAWN, AFTER_FALLBACK = "2027-03-01T01:00:00Z", "2027-03-16T14:00:00Z", "2027-03-17T13:30:00Z"


def begun(office: Office) -> Office:
    """Where every way begins: a frozen draw that is committed."""
    office.at(MARCH).come_to("begun", lambda: _begin(office))
    return office


def _begin(office: Office) -> str:
    for kind, name in (("units", "roster"), ("targets", "targets"), ("people", "inspectors")):
        office.run("import", kind, DEMO / f"{name}_demo.csv")
    office.run("draw", "freeze", "--campaign", "2027", *POLICY)
    office.run("draw", "commit", DRAW, *COMMIT)
    return DRAW


def drawn(office: Office) -> Office:
    """The same, carried out."""
    office.at(MARCH).come_to("2027 drawn", lambda: _draw(office))
    return office


def _draw(office: Office) -> str:
    begun(office).at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    return DRAW


def commit_round(office: Office, day: int, *options: object) -> dict[str, Any]:
    """Commit a round to the lottery of a day in April."""
    event = f"kl8:2027{80 + day:03d}@2027-04-{day:02d}T13:30:00Z"
    found: dict[str, Any] = office.run("round", "commit", DRAW, "--event", event, *options).json
    return found


def run_round(office: Office, name: str, day: int, expect: int = 0) -> dict[str, Any]:
    """Carry it out at that moment; what came of it."""
    office.at(f"2027-04-{day:02d}T13:30:00Z")
    value = f"kl8:2027{80 + day:03d}:{BALLS}"
    found: dict[str, Any] = office.run("round", "run", name, "--public", value, expect=expect).json
    return found


def round_of(office: Office, day: int, *options: object) -> dict[str, Any]:
    """A round, committed now and carried out on that day."""
    return run_round(office, commit_round(office, day, *options)["round"], day)


def seats(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(row["packet"], row["role"], row["inspector"]) for row in found["assignment"]}


def bundle(office: Office, draw: str = DRAW) -> dict[str, bytes]:
    """The entries of a draw's bundle, which must verify against its anchors."""
    path, anchors = office.folder / "b.zip", office.folder / "anchors.txt"
    office.run("bundle", draw, "--out", path)
    anchors.write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", path, "--anchors", anchors).json["verdict"] == "verified"
    return read_bundle(path)


def demo_people(*chosen: str) -> list[dict[str, str]]:
    """The demonstration's people, or those whose codes begin so."""
    with (DEMO / "inspectors_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["人员编号"].startswith(chosen or "")]


def list_alone(office: Office, *chosen: str) -> None:
    """The complete list of people is now of these alone."""
    office.import_rows("people", demo_people(*chosen))
    office.run("import", "people", office.folder / "people.csv", "--complete")
