"""A programme's year over HTTP alone: tables that are sent, steps, reports, checks by a team of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.office import Office
from tests.scenarios.district import District, district, person

Rows = Sequence[Mapping[str, object]]


@dataclass
class Year(District):
    """The office of a programme that draws nothing, in one of its years; who inspects for it."""

    team: list[str] = field(default_factory=list)

    def appoint(self, name: str, role: str, *options: str) -> None:
        """A post whose token lasts the whole year."""
        self.desk.office.at(self.desk.clock)
        self.desk.appoint(name, role, *options)
        self.desk.tokens[name] = self.desk.post("tokens", name, {"days": 366}, expect=201)["secret"]

    # --- tables, steps, reports

    def table(self, path: str, rows: Rows, expect: int = 200, **form: str) -> Any:
        """A table that the office imports."""
        written = [{heading: str(cell) for heading, cell in row.items()} for row in rows]
        return self.send("office", path, written, expect, **form)

    def steps(self, step: str, *units: str, document: str, by: str = "office", **more: Any) -> list[dict[str, Any]]:
        """A step of some units, today; where they stand then."""
        taken = self.step(by, step, units, document, policy=self.policy, **more)
        found: list[dict[str, Any]] = taken["units"]
        return found

    def ordered(self, year: int) -> dict[str, Any]:
        """How far each order and quota is carried out, and what befalls whom, by name."""
        found = self.desk.get(f"orders?policy={self.policy}&year={year}", "auditor")
        by_name = {each["order"]: each for each in (*found["orders"], *found["quotas"])}
        return {**by_name, "consequences": found["consequences"]}

    def hand_in(self, by: str, report: str, period: str, reporter: str, **said: str) -> Any:
        """A report of one reporter."""
        body = {"policy": self.policy, "report": report, "period": period, "reporter": reporter}
        return self.desk.post("reports", by, {**body, "said": said}, expect=201)

    def hand_in_all(self, report: str, period: str, rows: Rows) -> int:
        """Reports of many, as a table."""
        handed = self.table("reports/import", rows, policy=self.policy, report=report, period=period)["handed"]
        return len(handed)

    def milestones(self, who: str, within: int = 30) -> list[tuple[str, str, str, int]]:
        """The milestones on somebody's list of what is due: subject, day, colour, how many are left."""
        found = self.desk.get(f"due?within={within}", who)["items"]
        return [(e["subject"], e["day"], e["colour"], e["left"]) for e in found if e["kind"] == "milestone"]

    # --- checks beside the sample

    def check(self, unit: str, ground: str, due_on: str, document: str = "督查通知") -> str:
        """A check of a unit by the team; its number."""
        body = {
            "policy": self.policy, "unit": unit, "ground": ground, "reason": "督查督办", "document": document,
            "team": self.team[:2], "due_on": due_on,
        }  # fmt: skip
        return str(self.desk.post("checks", "office", body, expect=201)["check"])

    def found(self, check: str, unit: str, *findings: dict[str, str], **answers: Any) -> Any:
        """What the team found today, by the paper that it and the unit signed: all is met but for what is said."""
        path = f"outcomes/{check}/{unit}"
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
            "scan": self.scan("office", check, unit),
        }
        recorded: Any = self.desk.post(path, "office", body, expect=201)
        for who in self.team[:2]:
            signed = {"signer": who, "stance": "signed", "scan": body["scan"]}
            self.desk.post(f"{path}/signatures", "office", signed, expect=201)
        agrees = {"signer": "unit", "stance": "agrees", "name": "主任", "scan": body["scan"]}
        assert self.desk.post(f"{path}/signatures", "office", agrees, expect=201)["state"] == "signed"
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
    begun = Year(district(office, policy, day).desk, policy)
    begun.on(day).renew(366)
    return begun


def people(city: str, *codes: str) -> list[dict[str, str]]:
    """People of a city who may inspect."""
    return [person(code, city, "市州工作人员", leads=True) for code in codes]
