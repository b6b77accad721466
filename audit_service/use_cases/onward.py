"""Under which code a unit's life goes on: it may have another code, or have gone into a division that took its title.

What was found of a unit, and a case against it, stand under the code of that day. They follow the title: else a unit
would be rid of both by a change of divisions. Who merely joined another division, or went into one that has not built,
has left nothing to be taken away there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.life import LifeState
from audit_service.core.life_acts import LIFE, facts_of
from audit_service.store import acts, rosters
from audit_service.store.life_tables import standings
from audit_service.store.tables import units

_FEW: Final = 500
_SUCCEED: Final = "succeed"
_CARRY: Final = ("receive", _SUCCEED)
"""Steps of a unit to which the life or the title of another one goes over."""


@dataclass(frozen=True)
class Onward:
    """By each code that was left, the one to which its life or title went over."""

    into: Mapping[str, str]

    def now(self, unit: str) -> str:
        """The code under which a unit's life goes on now: its own, if it has no other."""
        while unit in self.into:
            unit = self.into[unit]
        return unit

    def codes(self, unit: str) -> list[str]:
        """Every code of a unit's life, the present one first."""
        now = self.now(unit)
        return [now, *(left for left in self.into if self.now(left) == now)]


def onward(db: Connection, at: int | None = None) -> Onward:
    """Where lives went on, now or right after an act, as the acts tell: by recoding, or by a merger with the title."""
    merged = rosters.chosen(db, standings, at, state=[LifeState.MERGED])
    gone = {row["unit"]: row["successor"] for row in merged if row["successor"]}
    told = acts.details_by(db, sorted(set(gone.values())), LIFE)
    return Onward({unit: into for unit, into in gone.items() if _carried(told.get(into, ()), into, unit)})


def renamed(db: Connection, merged: Iterable[Mapping[str, Any]]) -> set[str]:
    """Of units whose lives ended those that merely have another code since, and are the same unit."""
    into = {row["unit"]: row["successor"] for row in merged if row["successor"]}
    told = acts.details_by(db, sorted(set(into.values())), LIFE)
    return {unit for unit, now in into.items() if _said(told.get(now, ()), now, unit, (_SUCCEED,))}


def cities_of(db: Connection, wanted: Collection[str]) -> dict[str, str]:
    """By unit its city, as the roster has it: of few of them those alone are looked up."""
    few = {"unit": wanted} if len(wanted) <= _FEW else {}
    return {row["unit"]: row["city"] for row in rosters.chosen(db, units, None, **few)}


def _carried(told: Iterable[Mapping[str, Any]], into: str, unit: str) -> bool:
    return _said(told, into, unit, _CARRY)


def _said(told: Iterable[Mapping[str, Any]], into: str, unit: str, steps: Collection[str]) -> bool:
    return any(said["step"] in steps and facts_of(said, into).other == unit for said in told)
