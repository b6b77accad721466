"""An office whose units live: a policy with a title of three years, and units of the roster at every state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from audit_service.core.acts import Act
from audit_service.core.after import After, Award
from audit_service.core.life import Facts, Standing
from audit_service.core.life_acts import replay
from audit_service.core.policy import Programme, Status
from audit_service.errors import NotFound
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.files.policies import lookup
from audit_service.store import lives as store
from audit_service.store.database import transaction
from audit_service.use_cases import adoption, division_changes, life_files, life_history, lives
from audit_service.use_cases.import_rosters import import_units
from audit_service.use_cases.visited import File
from tests.roster_rows import units

SICHUAN = lookup(None)("sichuan-2020")
(TITLE,) = SICHUAN.after.titles
OPEN = replace(
    SICHUAN,
    policy="open-2030",
    after=After(
        titles=(replace(TITLE, title="small", years=2, check_within_years=None, at_most=2), TITLE),
        awards=(Award("praise", TITLE.label, 2, TITLE.rules[0][1]),),
        self_assessment=SICHUAN.after.self_assessment,
        exit=SICHUAN.after.exit,
    ),
)
"""A policy that closes nothing and has two titles, the small one for two units a year; it praises two at a time."""
PAPER = {"declared_by": "王主任", "scan": "ab" * 32}
"""With what the office records that a title is given up."""
KNOWN = {programme.policy: programme for programme in (SICHUAN, OPEN)}
DOCUMENT = "川安委〔2017〕20号"
NAMED = {
    "现场评定时间": "",
    "类别": "已命名",
    "目标下达年度": "",
    "命名文号": DOCUMENT,
    "命名时间": "2017-12-20",
    "有效期至": "",
}
ASSESSED = {"类别": "已通过现场评定未命名", "目标下达年度": "", "现场评定时间": "2019-11-30"}
FUXING, QINGZHU = "511402121", "511425001"
"""眉山市东坡区复兴镇, into which 金花乡 went; 青神县青竹街道, into which 黑龙镇 went; these have no code left."""
JINHUA = {"市(州)": "眉山市", "县(市、区)": "东坡区", "建设单位名称": "金花乡", "单位编码": "X-511400-0001", **NAMED}
HEILONG = {"市(州)": "眉山市", "县(市、区)": "青神县", "建设单位名称": "黑龙镇", "单位编码": "X-511400-0002", **NAMED}


def policies(name: str) -> Programme:
    if name not in KNOWN:
        raise NotFound("policy-unknown", policy=name, known=", ".join(KNOWN))
    return KNOWN[name]


def act(day: str, role: str = "", by: str = "office", request: int = 0) -> Act:
    return Act(datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC), by, role=role, request=request)


@dataclass
class Living:
    """A database with units, and the days on which things are done."""

    engine: Engine
    statuses: tuple[Status, ...] = field(default=SICHUAN.statuses)

    def list_units(self, *rows: dict[str, str], on: str = "2020-01-05", complete: bool = False) -> None:
        with transaction(self.engine) as db:
            known = sichuan(), sichuan_towns(), self.statuses
            import_units(db, act(on), units(*rows), *known, complete=complete)

    def adopt(self, *rows: dict[str, str], on: str = "2020-01-06", **options: Any) -> adoption.Adopted:
        if rows:
            self.list_units(*rows)
        with transaction(self.engine) as db:
            return adoption.adopt(db, act(on), options.pop("programme", SICHUAN), **options)

    def step(self, name: str, unit: str, on: str, document: str = "文件", **more: Any) -> lives.Taken:
        options = {key: more.pop(key) for key in ("policy", "city", "today") if key in more}
        today = options.pop("today", on)
        with transaction(self.engine) as db:
            if more.get("scan"):
                life_files.attach(db, act(today), File(more["scan"], "放弃申请.pdf", "application/pdf", 12))
            wanted = [lives.Wanted(unit, Facts(on=on, document=document, **more))]
            return lives.step(db, act(today), policies, name, wanted, **options)

    def rename(self, unit: str, name: str, on: str, code: str = "") -> division_changes.Changed:
        with transaction(self.engine) as db:
            told = {"name": name, "code": code, "document": "川民发〔2020〕1号", "on": on}
            return division_changes.rename(db, act(on), policies, unit, **told)

    def merge(self, unit: str, into: str, on: str, how: str = "") -> division_changes.Changed:
        with transaction(self.engine) as db:
            told = {"how": how, "document": "川民发〔2020〕1号", "on": on}
            return division_changes.merge(db, act(on), policies, sichuan_towns(), unit, into, **told)

    def standing(self, unit: str) -> Standing:
        with transaction(self.engine, looks=True) as db:
            return store.one(db, unit)

    def replayed(self, unit: str) -> Standing:
        with transaction(self.engine, looks=True) as db:
            return replay(unit, store.history(db, unit))

    def show(self, unit: str, city: str = "") -> life_history.Life:
        with transaction(self.engine, looks=True) as db:
            return life_history.show(db, policies, "2030-01-01", unit, city)
