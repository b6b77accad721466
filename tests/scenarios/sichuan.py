"""What comes to the office in 2020: the lists of 21 cities, the annex, the people; and posts that last the year."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from tests.office import Office
from tests.web.desk import Desk, served

MADE: Final = runpy.run_path(str(Path(__file__).parents[2] / "demo" / "cities.py"))
POLICY: Final = "sichuan-2020"
JINHUA, FUXING = "金花乡", "511402121"
"""眉山市东坡区金花乡, which has no code any more, and the division into which it went, 复兴镇."""
ASSESSED, ASSESSOR = "511724003", "技术支撑人员1"
"""A unit of 达州 that is looked back on, and who assessed it on site: else the draw would send them there."""
OWN_SCORE: Final = ("市级复评得分", "市级复评结论")


def at(day: str) -> str:
    """Noon of a day in Beijing."""
    return f"{day}T04:00:00Z"


def lists_as_sent() -> dict[str, bytes]:
    """The 21 lists, most without codes; 眉山 has 金花乡 for one of its units, 泸州 who assessed and coached.

    达州 has both targets that are to merge, the scores that it gave its own, and who assessed one of them.
    """
    made = {path: data for path, data in sent().items() if path.startswith("名录/")}
    lists = MADE["reported"]()
    row = next(row for row in lists["眉山市"] if row["建设单位名称"] == "青岗乡")
    row.update({"县(市、区)": "东坡区", "建设单位名称": JINHUA, "单位编码": ""})
    said = (*MADE["PLAIN"], MADE["EXPERTS"], MADE["COACH"])
    made["名录/04泸州市.xlsx"] = MADE["titled"](lists["泸州市"], said)
    made["名录/12眉山市.xlsx"] = MADE["titled"](lists["眉山市"])
    own = dict(zip(OWN_SCORE, ("92.5", "合格"), strict=True))
    rows = [row | own | {MADE["EXPERTS"]: ""} for row in MADE["read"]("roster") if row["市(州)"] == "达州市"]
    next(row for row in rows if row["单位编码"] == ASSESSED)[MADE["EXPERTS"]] = f"{ASSESSOR}、评审专家1"
    made["名录/15达州市.xlsx"] = MADE["titled"](rows, (*MADE["PLAIN"], *OWN_SCORE, MADE["EXPERTS"]))
    return made


def lists_corrected() -> dict[str, bytes]:
    """The same, with what three cities sent again."""
    again = {path: data for path, data in sent().items() if path.startswith("更正/")}
    return lists_as_sent() | {path.replace("更正", "名录"): data for path, data in again.items()}


def one_more(name: str, status: str, document: str = "", day: str = "", code: str = "") -> dict[str, bytes]:
    """A list of 成都 with one 街道 of 锦江区 more, which is in no stratum."""
    columns = (*MADE["PLAIN"], "单位编码", "命名文号", "命名时间")
    row = dict.fromkeys(columns, "") | {"市(州)": "成都市", "县(市、区)": "锦江区", "建设单位名称": name}
    row |= {"单位类型": "街道", "单位编码": code, "类别": status, "命名文号": document, "命名时间": day}
    return {f"成都市{name}.xlsx": MADE["workbook"](MADE["numbered"]([row], columns))}


@cache
def sent() -> dict[str, bytes]:
    """Every file of the rehearsal, by its path."""
    return dict(MADE["files"]())


@dataclass
class Year:
    """A desk over a year: posts with tokens that last it, files that are sent, and days on which things are done.

    `tied` are people and units with what ties them (`assessor`, `coach`), as the last round concluded.
    """

    desk: Desk
    tied: frozenset[tuple[str, str, str]] = frozenset()

    def on(self, day: str) -> Year:
        """Go on at noon of a day."""
        self.desk.clock = at(day)
        return self

    def get(self, path: str, by: str = "office", expect: int = 200) -> Any:
        return self.desk.get(path, by, expect)

    def post(self, path: str, by: str = "office", refused: int = 0, **body: Any) -> Any:
        """What came of an act, which succeeds unless it is to be refused."""
        answer = self.desk.ask("POST", path, by, json=body)
        assert answer.status_code == refused if refused else answer.status_code in (200, 201), answer.text
        return answer.json

    def send(self, path: str, files: dict[str, bytes], by: str = "office", refused: int = 0, **form: str) -> Any:
        """Files in a form."""
        headers = {"Authorization": f"Bearer {self.desk.tokens[by]}", "Audit-Demo-Clock": self.desk.clock}
        sent = {**form, "files": [(BytesIO(data), Path(name).name) for name, data in files.items()]}
        answer = self.desk.app.test_client(use_cookies=False).post(f"/api/v1/{path}", headers=headers, data=sent)
        assert answer.status_code == refused if refused else answer.status_code in (200, 201), answer.text
        return answer.json

    def appoint(self, name: str, role: str, **more: str) -> str:
        """A new post, made by the administrator; its token lasts the year."""
        self.post("users", "administrator", account=name, role=role, **more)
        body = {"account": name, "label": "2020", "days": 366}
        self.desk.tokens[name] = self.post("tokens", "administrator", **body)["secret"]
        return name

    def city(self, code: str) -> str:
        """The post of a city, appointed when it is first needed."""
        return code if code in self.desk.tokens else self.appoint(code, "city", city=code)

    def inspector(self, code: str) -> str:
        """The post of an inspector, appointed when it is first needed."""
        return code if code in self.desk.tokens else self.appoint(code, "inspector", inspector=code)

    def sign_log(self) -> None:
        """The publisher's work, which a server does by itself."""
        self.desk.office.at(self.desk.clock).run("log", "publish")

    def confirmed(self, waits: Any) -> Any:
        """A second person, of another institution, confirms what the office asked for."""
        assert waits["state"] == "waiting"
        return self.post(f"requests/{waits['request']['number']}/confirm", "second")


def opened(office: Office) -> Year:
    """The service in March 2020, with the posts that every office has."""
    office.environment = {**office.environment, "AUDIT_DEMO": "1", "AUDIT_POLICIES": POLICY}
    office.at(at("2020-03-11"))
    desk = served(office, office.clock)
    desk.appoint("administrator", "administrator")
    year = Year(desk)
    lasting = year.post("tokens", "administrator", account="administrator", label="2020", days=366)
    desk.tokens["administrator"] = lasting["secret"]
    for name, role in (("office", "province"), ("second", "second-officer"), ("auditor", "auditor")):
        year.appoint(name, role)
    year.appoint("colleague", "second-officer", institution="省安办")
    return year


def monthly_reports(cities: dict[str, str], without: str) -> bytes:
    """The table of all cities but one: of each 200 ordered, 180 arrived, 100 paid out, 40 spent (10,000 yuan)."""
    head = ["市(州)", "下达资金", "到位资金", "拨付资金", "支出资金", "工作进展", "下步打算"]
    rows = [[name, 200, 180, 100, 40, "有序推进", "自评"] for code, name in cities.items() if code != without]
    return bytes(MADE["delimited"]([head, *rows]))
