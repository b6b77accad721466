"""Which units of samples are to be visited, read from the files that are kept, as lightly as a long list needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from audit_service.core.frozen import ALLOCATION, SAMPLE
from audit_service.store import waiting
from audit_service.store.rosters import Row
from audit_service.use_cases.drawn import open_draw, sample_of
from audit_service.vault import Vault


class SampledUnit(NamedTuple):
    """A unit of a frame with its stratum and city."""

    unit: str
    stratum: str
    city: str


def numbers_of(allocation: bytes) -> dict[tuple[str, str], int]:
    """By stratum and city how many units were sampled, from `allocation.csv`."""
    rows = ALLOCATION.read(allocation, "allocation.csv")
    return {(stratum, city): int(sampled) for stratum, city, _, sampled in rows}


def to_visit(files: Mapping[str, bytes], substitutions: Iterable[Row]) -> list[SampledUnit]:
    """The units that are visited: those sampled without those replaced, and their substitutes."""
    numbers = numbers_of(files["allocation.csv"])
    rows = SAMPLE.read(files["sample.csv"], "sample.csv")
    everything = {unit: SampledUnit(unit, stratum, city) for stratum, city, unit, *_ in rows}
    chosen = {unit for stratum, city, unit, position, _ in rows if int(position) <= numbers[stratum, city]}
    return _after(everything, chosen, substitutions)


def to_visit_sealed(db: Connection, vault: Vault, draw: str, substitutions: Iterable[Row]) -> list[SampledUnit]:
    """The same of a draw under its seal, which is computed anew each time and kept nowhere."""
    sample = sample_of(db, vault, open_draw(db, draw))
    everything = {unit: SampledUnit(unit, row.stratum, row.city) for unit, row in sample.by_unit.items()}
    return _after(everything, set(sample.selected_units), substitutions)


def _after(everything: Mapping[str, SampledUnit], chosen: set[str], substitutions: Iterable[Row]) -> list[SampledUnit]:
    for row in substitutions:
        chosen.discard(row["unit"])
        if row["substitute"]:
            chosen.add(row["substitute"])
    return [everything[unit] for unit in sorted(chosen)]


def kept(db: Connection, draws: Iterable[str]) -> dict[str, dict[str, bytes]]:
    """The allocation and the sample of some draws, by draw and name; nothing of a draw under its seal."""
    found: dict[str, dict[str, bytes]] = {}
    for (draw, name), content in waiting.kept_files(db, ("allocation.csv", "sample.csv"), draws).items():
        found.setdefault(draw, {})[name] = content
    return found
