"""A district's office at work, over HTTP alone: its posts, the tables that it sends, days, draws, visits, cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Self

from tests.office import Office
from tests.roster_rows import csv_bytes
from tests.visiting import JPEG
from tests.web.desk import Desk, served

Rows = Sequence[Mapping[str, str]]
BALLS: Final = "0102030405060708091011121314151617181920"
POSTS: Final = (
    ("office", "province", "区安委办"),
    ("second", "second-officer", "区纪委监委"),
    ("auditor", "auditor", ""),
)


@dataclass
class District:
    """The office of one district under one policy."""

    desk: Desk
    policy: str

    def on(self, day: str, hour: int = 4) -> Self:
        """The same office on another day, at noon in Beijing unless another hour (UTC) is said."""
        self.desk.clock = f"{day}T{hour:02d}:00:00Z"
        return self

    @property
    def today(self) -> str:
        return self.desk.clock[:10]

    def send(self, by: str, path: str, rows: Rows, expect: int = 200, **form: str) -> Any:
        """A table that somebody sends, which has a file of its own."""
        cells = [list(rows[0]), *([row[heading] for heading in rows[0]] for row in rows)]
        return self.upload(by, path, "table.csv", csv_bytes(cells), expect, **form)

    def upload(self, by: str, path: str, name: str, data: bytes, expect: int = 200, **form: str) -> Any:
        headers = {"Authorization": f"Bearer {self.desk.tokens[by]}", "Audit-Demo-Clock": self.desk.clock}
        sent = {"files": [(BytesIO(data), name)], **form}
        answer = self.desk.app.test_client(use_cookies=False).post(f"/api/v1/{path}", data=sent, headers=headers)
        assert answer.status_code == expect, answer.text
        return answer.json

    def do(self, by: str, path: str, expect: int = 200, **body: Any) -> Any:
        """Something that somebody records on the day on which it is done."""
        return self.desk.post(path, by, {"day": self.today, **body}, expect=expect)

    def step(self, by: str, step: str, units: Sequence[str], document: str, expect: int = 201, **more: Any) -> Any:
        """A step in the life of some units, by one document."""
        path = "lives/steps" if by == "office" else "lives/own-steps"
        body = {"step": step, "units": list(units), "on": self.today, "document": document, **more}
        return self.desk.post(path, by, body, expect=expect)

    def orders(self, year: int, order: str) -> Any:
        """How far an order is carried out."""
        found = self.desk.get(f"orders?policy={self.policy}&year={year}", "auditor")
        return next(each for each in found["orders"] if each["order"] == order)

    def reports(self, report: str, period: str) -> Any:
        return self.desk.get(f"reports?policy={self.policy}&report={report}&period={period}", "auditor")

    def renew(self, days: int) -> None:
        """Everybody gets a token for longer."""
        for who in list(self.desk.tokens):
            self.desk.tokens[who] = self.desk.post("tokens", who, {"days": days}, expect=201)["secret"]

    def honour(self, person: str, document: str, **more: str) -> str:
        """An award to a person, as the auditor sees it; its number."""
        (given,) = self.desk.post("awards", "office", self.honours(person, document, **more), expect=201)["items"]
        assert given in self.desk.get(f"awards?policy={self.policy}&page_size=200", "auditor")["items"]
        assert (given["name"], given["withdrawn"]) == (person, "")
        return str(given["given"])

    def honours(self, person: str, document: str, **more: str) -> dict[str, Any]:
        """What is sent to record an award to a person today."""
        people = [{"name": person, "institution": "某街道办事处"}]
        return {"policy": self.policy, "people": people, "document": document, "on": self.today, **more}

    # --- draws

    def freeze(self, campaign: str) -> Any:
        return self.desk.post("draws", "office", {"campaign": campaign, "policy": self.policy}, expect=201)

    def draw(self, name: str, day: str, reveal_by: str = "") -> Any:
        """Commit a draw or a round today to the lottery of the evening of a day, and carry it out then."""
        number = day.replace("-", "")
        terms: dict[str, Any] = {"events": [{"source": "kl8", "event": number, "not_before": f"{day}T13:30:00Z"}]}
        if reveal_by:
            terms |= {"sealed": True, "reveal_by": reveal_by}
        if name.endswith("/rounds"):
            name = f"{name}/{self.desk.post(name, 'office', terms, expect=201)['round'].rpartition('/')[2]}"
        else:
            self.desk.post(f"{name}/commit", "office", terms)
        self.on(day, 14)
        return self.desk.post(f"{name}/seed", "office", {"public": f"kl8:{number}:{BALLS}"})

    # --- visits

    def scan(self, by: str, occasion: str, unit: str) -> str:
        """The photograph of a paper; its SHA-256."""
        kept = self.upload(by, f"evidence/{occasion}/{unit}", "paper.jpg", JPEG, 201)
        digest: str = kept["file"]["digest"]
        return digest

    def visit(self, occasion: str, unit: str, team: Sequence[str], answers: Sequence[Any], **more: Any) -> Any:
        """A team records what it found today; it signs, and so does the unit. What stands in the version."""
        path = f"outcomes/{occasion}/{unit}"
        said = {"kind": "inspected", "day": self.today, "answers": list(answers), **more}
        found = self.desk.post(path, team[0], said, expect=201)
        for who in team:
            self.desk.post(f"{path}/signatures", who, {"signer": who, "stance": "signed"}, expect=201)
        agreed = {"signer": "unit", "stance": "agrees", "name": "主任", "scan": self.scan(team[0], occasion, unit)}
        assert self.desk.post(f"{path}/signatures", team[0], agreed, expect=201)["state"] == "signed"
        return found["versions"][-1] | {"findings": found["findings"]}


def district(office: Office, policy: str, since: str) -> District:
    """An office that begins its work on a day: its own post, a second officer of another institution, an auditor."""
    office.environment = {**office.environment, "AUDIT_DEMO": "1", "AUDIT_EVIDENCE": str(office.folder / "evidence")}
    office.at(f"{since}T01:00:00Z")
    desk = served(office, office.clock)
    for name, role, institution in POSTS:
        desk.appoint(name, role, *(("--institution", institution) if institution else ()))
    return District(desk, policy)


def person(code: str, city: str, category: str, *, leads: bool) -> dict[str, str]:
    """Somebody on the roster of inspectors."""
    return {
        "人员编号": code,
        "姓名": f"人员{code}",
        "工作单位": f"单位{code}",
        "所属市(州)": city,
        "人员类别": category,
        "可任组长": "是" if leads else "否",
    }
