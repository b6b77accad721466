"""A programme's year over HTTP alone: days, tables that are sent, steps, reports, checks by a team of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from audit_service.web.application import assemble
from tests.office import Office
from tests.roster_rows import csv_bytes
from tests.visiting import JPEG
from tests.web.desk import Desk

Rows = Sequence[Mapping[str, object]]
PAPER: Final = {"name": "意见书.jpg", "sha256": sha256(JPEG).hexdigest()}
POSTS: Final = (("office", "province"), ("auditor", "auditor"))


@dataclass
class Year:
    """The office of a programme in one of its years; who inspects for it."""

    desk: Desk
    policy: str
    team: list[str] = field(default_factory=list)

    # --- days and posts

    def on(self, day: str) -> Year:
        """The same office at noon of another day."""
        self.desk.clock = f"{day}T04:00:00Z"
        return self

    @property
    def today(self) -> str:
        return self.desk.clock[:10]

    def appoint(self, name: str, role: str, *options: str) -> None:
        """A post whose token lasts the whole year."""
        self.desk.office.at(self.desk.clock)
        self.desk.appoint(name, role, *options)
        self.desk.tokens[name] = self.desk.post("tokens", name, {"days": 366}, expect=201)["secret"]

    # --- tables, steps, reports

    def send(self, path: str, rows: Rows, expect: int = 200, **form: str) -> Any:
        """A table that the office imports."""
        cells = [list(rows[0]), *([str(row[heading]) for heading in rows[0]] for row in rows)]
        return self.upload(path, "office", csv_bytes(cells), "table.csv", expect, **form)

    def upload(self, path: str, by: str, data: bytes, name: str, expect: int = 200, **form: str) -> Any:
        headers = {"Authorization": f"Bearer {self.desk.tokens[by]}", "Audit-Demo-Clock": self.desk.clock}
        sent = {"files": [(BytesIO(data), name)], **form}
        answer = self.desk.app.test_client(use_cookies=False).post(f"/api/v1/{path}", data=sent, headers=headers)
        assert answer.status_code == expect, answer.text
        return answer.json

    def step(self, step: str, *units: str, document: str, by: str = "office", **more: Any) -> list[dict[str, Any]]:
        """A step in the life of some units, today, by one document; where they stand then."""
        path = "lives/steps" if by == "office" else "lives/own-steps"
        body = {"step": step, "units": units, "on": self.today, "document": document, "policy": self.policy, **more}
        taken: list[dict[str, Any]] = self.desk.post(path, by, body, expect=201)["units"]
        return taken

    def orders(self, year: int) -> dict[str, Any]:
        """How far each order and quota is carried out, and what befalls whom, by name."""
        found = self.desk.get(f"orders?policy={self.policy}&year={year}", "auditor")
        by_name = {each["order"]: each for each in (*found["orders"], *found["quotas"])}
        return {**by_name, "consequences": found["consequences"]}

    def hand_in(self, by: str, report: str, period: str, reporter: str, **said: str) -> Any:
        """A report of one reporter."""
        body = {"policy": self.policy, "report": report, "period": period, "reporter": reporter}
        told = {name.replace("_", "-"): text for name, text in said.items()}
        return self.desk.post("reports", by, {**body, "said": told}, expect=201)

    def hand_in_all(self, report: str, period: str, rows: Rows) -> int:
        """Reports of many, as a table."""
        handed = self.send("reports/import", rows, policy=self.policy, report=report, period=period)["handed"]
        return len(handed)

    def reports(self, report: str, period: str) -> Any:
        return self.desk.get(f"reports?policy={self.policy}&report={report}&period={period}", "auditor")

    # --- checks beside the sample

    def check(self, unit: str, ground: str, due_on: str, document: str = "督查通知") -> str:
        """A check of a unit by the team; its number."""
        body = {
            "policy": self.policy, "unit": unit, "ground": ground, "reason": "督查督办", "document": document,
            "team": self.team[:2], "due_on": due_on,
        }  # fmt: skip
        return str(self.desk.post("checks", "office", body, expect=201)["check"])

    def found(self, check: str, unit: str, *findings: dict[str, str], **answers: Any) -> Any:
        """What the team found today, by the paper that it signed: all is met but for what is said; the last version."""
        path = f"outcomes/{check}/{unit}"
        kept = self.upload(f"evidence/{check}/{unit}", "office", JPEG, "记录.jpg", expect=201)
        said = {name.replace("_", "-"): answer for name, answer in answers.items()}
        criteria = [
            criterion
            for standard in self.desk.get(f"{path}/checklist", "office")["standards"]
            for area in standard["areas"]
            for criterion in area["criteria"]
        ]
        body = {
            "kind": "inspected",
            "day": self.today,
            "answers": [answer(criterion, said.get(criterion["criterion"])) for criterion in criteria],
            "findings": list(findings),
            "scan": kept["file"]["digest"],
        }
        recorded: Any = self.desk.post(path, "office", body, expect=201)
        return recorded["versions"][-1]


def answer(criterion: dict[str, Any], said: Any = None) -> dict[str, Any]:
    """An answer to a criterion: numbers, `not-met`, points off, or, where nothing is said, just what is asked for."""
    name = {"criterion": criterion["criterion"]}
    if isinstance(said, dict):
        return {**name, **said}
    if said == "not-met":
        return {**name, "state": said}
    if said is not None:
        return {**name, "numbers": list(said) if isinstance(said, tuple) else [said]}
    if criterion["measures"]:
        return {**name, "numbers": [measure["value"] for measure in criterion["measures"]]}
    return {**name, **({"off": "0"} if criterion["points"] else {"state": "met"})}


def begin(office: Office, policy: str, day: str) -> Year:
    """An office that begins to work under a policy on a day."""
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    office.at(f"{day}T01:00:00Z").runtime.settings = office._settings()
    year = Year(Desk(office, assemble(office.runtime)), policy).on(day)
    for name, role in POSTS:
        year.appoint(name, role)
    return year


def people(*names: str, city: str) -> list[dict[str, object]]:
    """People of a city who may inspect."""
    return [
        {"人员编号": f"P{number:02d}", "姓名": name, "工作单位": "安办", "所属市(州)": city,
         "人员类别": "市州工作人员", "可任组长": "是"}
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip
