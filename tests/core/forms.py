"""Every form of file that the core reads, with a small example of each: for what must hold of all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from audit_service.core import frozen
from audit_service.core.assignment import Assignment, read_infeasible, write_assignment
from audit_service.core.canonical import Table
from audit_service.core.commitment import ASSIGNMENT, SAMPLE, read_commitment, write_commitment


@dataclass(frozen=True)
class FileForm:
    """A form of file: its reader, its writer, an example."""

    name: str
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    example: bytes

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class TableForm(FileForm):
    """A form of table."""

    table: Table

    @property
    def rows(self) -> list[list[str]]:
        return [line.split(",") for line in self.example.decode().split("\n")[1:-1]]

    @property
    def columns(self) -> list[str]:
        return [name for name, _ in self.table.columns]


def _table(
    name: str,
    table: Table,
    rows: str,
    read: Callable[[bytes, str], Any] | None = None,
    write: Callable[[Any], bytes] | None = None,
) -> TableForm:
    example = "\n".join([table.header, *rows.split(), ""]).encode()
    reader = read or table.read
    return TableForm(name, lambda data: reader(data, name), write or table.write, example, table)


TABLES: Final = (
    _table("frame.csv", frozen.FRAME, "u1,s,c u2,s,d u3,t,d", frozen.read_frame),
    _table("exclusions.csv", frozen.EXCLUSIONS, "x1,s,abolished x2,t,merged", frozen.read_exclusions),
    _table(
        "inspectors.csv",
        frozen.INSPECTORS,
        "p1,north,lead,c, p2,north,aide,d,3 p3,south,lead,c,12",
        frozen.read_inspectors,
        frozen.write_inspectors,
    ),
    _table("recusals.csv", frozen.RECUSALS, "p1,u1 p1,u2 p3,u1", frozen.read_recusals),
    _table(
        "substitutions.csv",
        frozen.SUBSTITUTIONS,
        "1,u1,u5 1,u2, 10,u3,u7 2,u5,u6",
        frozen.read_substitutions,
        frozen.write_substitutions,
    ),
    _table(
        "standing.csv", frozen.STANDING, "north-001,p1,lead north-001,p2,aide north-1000,p1,lead", frozen.read_standing
    ),
    _table("allocation.csv", frozen.ALLOCATION, "s,c,2,1 s,d,10,0"),
    _table("sample.csv", frozen.SAMPLE, f"s,c,u1,1,{'a' * 64} s,c,u2,2,{'0' * 64}"),
    _table("packets.csv", frozen.PACKETS, "north,north-001,u1 north,north-001,u2 south,south-001,u3"),
    _table(
        "assignment.csv", frozen.ASSIGNMENT, "north,north-001,aide,p2 north,north-001,lead,p1", frozen.read_assignment
    ),
)

DIGEST: Final = "d" * 64
LOTTERY: Final = {"source": "ssq", "event": "2026074", "digits": "", "not_before": "2026-07-01T13:15:00Z"}
DICE: Final = {"source": "d10", "event": "table", "digits": "20", "not_before": "2026-07-01T04:00:00Z"}
SHARED: Final = {
    "protocol": "sampling-draw/1",
    "campaign": "2026",
    "draw": "first",
    "events": [LOTTERY, DICE],
    "fallback": [{**DICE, "event": "spare"}],
    "secret": "5" * 64,
    "reveal_by": "2026-12-28",
}
POLICY: Final = {
    "policy": "sichuan-2020",
    "strata": [
        {"stratum": "s", "rate_bp": "2000", "base": "stratum", "method": "visit"},
        {"stratum": "t", "rate_bp": "10000", "base": "city", "method": "visit"},
    ],
}
NORTH: Final = {
    "pool": "north",
    "strata": ["s"],
    "packet_size": "6",
    "same_city": "forbid",
    "seats": [{"role": "lead", "count": "1"}, {"role": "aide", "count": "2"}],
    "regions": [["c", "d"], ["e"]],
}
SOUTH: Final = {**NORTH, "pool": "south", "strata": ["t"], "same_city": "allow", "regions": []}
TEAMS: Final = {"pools": [NORTH, SOUTH]}
OF_SAMPLE: Final = {
    **SHARED,
    **dict.fromkeys(("policy", "frame", "exclusions"), DIGEST),
    "kind": "sample",
    "replaces": "zeroth",
}
OF_ROUND: Final = {
    **SHARED,
    **dict.fromkeys(("teams", "inspectors", "recusals", "substitutions", "standing", "sample"), DIGEST),
    "kind": "assignment",
    "round": "3",
}
INFEASIBLE: Final = {"infeasible": [{"pool": "north", "role": "lead", "packets": ["north-001", "north-002"]}]}


def dumped(value: object) -> bytes:
    """Canonical JSON of a value without any letter that RFC 8785 would sort or write differently than Python."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _json(name: str, read: Callable[[bytes, str], Any], write: Callable[[Any], bytes], example: object) -> FileForm:
    return FileForm(name, lambda data: read(data, name), write, dumped(example))


JSONS: Final = (
    _json("policy.json", frozen.read_policy, frozen.write_policy, POLICY),
    _json("teams.json", frozen.read_teams, frozen.write_teams, TEAMS),
    _json("sample-commitment.json", lambda d, w: read_commitment(d, SAMPLE, w), write_commitment, OF_SAMPLE),
    _json("round-commitment.json", lambda d, w: read_commitment(d, ASSIGNMENT, w), write_commitment, OF_ROUND),
    _json(
        "infeasible.json",
        read_infeasible,
        lambda stuck: write_assignment(Assignment((), stuck))["infeasible.json"],
        INFEASIBLE,
    ),
)
FORMS: Final = (*TABLES, *JSONS)

Steps = tuple[str | int, ...]
"""The way to a part of a JSON value: keys and places."""


def paths(value: object, so_far: Steps = ()) -> Iterator[tuple[Steps, object]]:
    """Every part of a JSON value, with the way to it."""
    yield so_far, value
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from paths(part, (*so_far, step))


def changed(value: Any, path: Steps, new: object) -> Any:
    """The JSON value with another part at this place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy
