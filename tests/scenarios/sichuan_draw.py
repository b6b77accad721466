"""The first half of the year in Sichuan: the orders, the cities' lists, the frame, the draw and its teams."""

from __future__ import annotations

from hashlib import sha256

from tests.scenarios.sichuan import (
    ASSESSED,
    FUXING,
    JINHUA,
    MADE,
    POLICY,
    Year,
    lists_as_sent,
    lists_corrected,
    one_more,
    sent,
)

ORDERS = f"orders?policy={POLICY}&year=2020"
CHECK = f"frames/check?policy={POLICY}"
DRAW = "draws/SC-2020-01"
CHENGDU, DAZHOU, MEISHAN = "510100", "511700", "511400"
DASHA, DAZHU = "511781116", "511781107"
"""万源市大沙镇 and 大竹镇: both to be re-evaluated, when one becomes part of the other."""
BAISHU, GUANZI = "511722105", "511703127"
"""宣汉县柏树镇, which fails, and 达川区罐子镇, which has something to rectify."""
COACHED = "510116019"
"""A unit of 成都 that 技术支撑单位甲 coached, whose people must not look back on it."""
CHUNXI, JINGUAN = "510104022", "510104017"
"""锦江区春熙路街道, named in 2019, and 锦官驿街道, registered in the last days before the programme closed."""


def done(year: Year) -> dict[str, tuple[int, ...]]:
    """Of each order: ordered, done, by a merger, and left, in the whole province."""
    names = ("ordered", "done", "merged", "left")
    return {each["order"]: tuple(each["whole"][name] for name in names) for each in year.get(ORDERS)["orders"]}


# --- spring: targets, lists, the frame


def the_annex_orders_85_to_be_named_and_258_to_be_re_evaluated(year: Year) -> None:
    """二: 命名85个, 复评258个; five of the 85 are livelihood targets, by the annex alone."""
    year.on("2020-03-12").send("orders/import", {"附件.xlsx": sent()["附件.xlsx"]}, policy=POLICY, year="2020")
    assert done(year) == {"naming": (85, 0, 0, 85), "livelihood": (5, 0, 0, 5), "re-evaluation": (258, 0, 0, 258)}


def twenty_one_cities_send_lists_and_most_have_no_codes(year: Year) -> None:
    """Six mistakes keep all of them out; three lists come again, former names explain one, two units get codes."""
    refused = year.on("2020-03-20").send("units/import", lists_as_sent(), refused=409)
    assert [error["code"] for error in refused["errors"]].count("unit-unmatched") == 4
    assert (len(refused["errors"]), year.get("units")["total"]) == (6, 0)
    year.send("former-names/import", {"曾用名.xlsx": sent()["曾用名.xlsx"]})
    lists = lists_corrected() | one_more("春熙路街道", "已命名", "川安委〔2019〕8号", "2019-12-20")
    assert year.send("units/import", lists, issue_codes="true")["imported"] == 344
    (qingzhu,) = year.get("units?text=青竹街道")["items"]  # 四(三): 更名; 眉山 still writes 黑龙镇
    assert (qingzhu["unit"], qingzhu["former_name"]) == ("511425001", "黑龙镇")
    assert year.post("lives/adopt", policy=POLICY)["adopted"] == 344


def nobody_starts_anew_from_2020_on(year: Year) -> None:
    """三(四): 不再增加新建单位; what was registered before that can still be recorded."""
    year.on("2020-03-25").send("units/import", one_more("锦官驿街道", "建设中"))
    city = year.city(CHENGDU)
    step = {"units": [JINGUAN], "document": "启动备案表", "policy": POLICY}
    closed = year.post("lives/own-steps", city, 409, step="register", on="2020-03-24", **step)
    assert (closed["code"], "不再增加新建单位" in closed["detail"]) == ("life-step-closed", True)
    year.post("lives/own-steps", city, step="register", on="2019-12-20", **step)
    year.post("lives/own-steps", city, step="start", on="2020-03-01", **step)


def two_targets_become_one_division(year: Year) -> None:
    """四(三): Both still count; the list is one short of the annex, and a document says why. The plaque comes back."""
    merged = year.post("lives/divisions/merges", unit=DASHA, into=DAZHU, document="川民发〔2020〕1号", on="2020-03-25")
    assert (merged["standing"]["state"], merged["into_standing"]["state"]) == ("merged", "re-evaluation")
    assert [each["unit"] for each in year.get("due")["items"] if each["kind"] == "plaque"] == [DASHA]
    year.post("lives/steps", step="recall-plaque", units=[DASHA], on="2020-03-25", document="牌匾收回登记")


def list_annex_and_frame_are_reconciled(year: Year) -> None:
    """乐山 left out what a livelihood target is and reports again, 达州 has its document; 21 cities confirm."""
    found = year.get(CHECK)
    assert [(line["city"], line["target"], line["difference"]) for line in found["lines"] if not line["settled"]] == [
        ("511100", "livelihood", -1),
        (DAZHOU, "re_evaluation", -1),
    ]
    year.send("units/import", {"10乐山市.xlsx": sent()["补报/10乐山市.xlsx"]})
    told = {"city": DAZHOU, "target": "re_evaluation", "difference": -1, "document": "川民发〔2020〕1号"}
    year.post("frames/explanations", policy=POLICY, **told)
    for code, name in cities(year).items():
        scan = sent()[f"确认/{name}.pdf"]
        kept = year.send("frames/files", {f"{name}.pdf": scan})["file"]["digest"]
        assert kept == sha256(scan).hexdigest()
        stamp = {"file": f"{name}.pdf", "sha256": kept, "date": "2020-03-25"}
        year.post("frames/confirmations", city=code, **stamp)
        assert year.desk.ask("GET", f"frames/files/{kept}", "auditor").data == scan
    never_sent = {**stamp, "sha256": "0" * 64}
    refused = year.post("frames/confirmations", refused=409, city=DAZHOU, **never_sent)
    assert refused["code"] == "step-file-not-kept"
    found = year.get(CHECK)
    assert (found["agrees"], found["unconfirmed"]) == (True, [])


def cities(year: Year) -> dict[str, str]:
    """The 21 cities: code and short name."""
    long = {line["city"]: line["city_name"] for line in year.get(CHECK)["lines"]}
    return {code: MADE["SHORT"].get(name, name) for code, name in long.items()}


def each_city_makes_its_schedule(year: Year) -> None:
    """四(二): 各地结合实际制定安全社区工作进度表; 达州 has, 20 have not."""
    plan = {"nodes": "6月自评，10月申报", "tasks": "命名7个，复评18个", "payments": "6月底前拨付"}
    body = {"policy": POLICY, "report": "schedule", "period": "2020", "said": plan}
    assert year.on("2020-04-20").post("reports", year.city(DAZHOU), **body)["late"] is False
    assert len(year.get(f"reports?policy={POLICY}&report=schedule&period=2020")["missing"]) == 20


# --- June: the draw, the teams


def events(name: str, issue: str, day: str) -> list[dict[str, str]]:
    """Dice at the meeting in the afternoon, the lottery in the evening."""
    dice = {"source": "d10", "event": name, "digits": "20", "not_before": f"{day}T07:00:00Z"}
    return [dice, {"source": "ssq", "event": issue, "not_before": f"{day}T13:15:00Z"}]


def twenty_twenty_and_ten_per_cent_are_drawn(year: Year) -> list[str]:
    """四(二): Of 48, 32 and 257, rounded up; the five livelihood targets are out, on that ground."""
    frozen = year.on("2020-04-27").post("draws", campaign="2020", policy=POLICY)
    assert (frozen["draw"], frozen["units"], frozen["excluded"]) == ("SC-2020-01", 337, 5)
    year.on("2020-05-25").post(f"{DRAW}/commit", events=events("meeting", "2020042", "2020-06-02"))
    year.desk.clock = "2020-06-02T14:00:00Z"
    drawn = year.post(f"{DRAW}/seed", public="d10:meeting:84729150366271940583,ssq:2020042:020812192433+07")
    assert [(each["stratum"], each["rate_bp"], each["units"], each["sampled"]) for each in drawn["strata"]] == [
        ("target-2019", 2000, 48, 10),
        ("assessed", 2000, 32, 7),
        ("re-evaluation", 1000, 257, 26),
    ]
    ground = year.desk.ask("GET", f"{DRAW}/frame/exclusions.csv").text
    assert ground.count("livelihood") == 5
    return [row["unit"] for row in drawn["sample"]]


def the_cities_name_their_people(year: Year) -> None:
    replies = {path: data for path, data in sent().items() if path.startswith("回执/")}
    assert year.on("2020-06-08").send("inspectors/import", replies)["imported"] == 126
    year.send("recusals/import", {"回避.xlsx": sent()["回避.xlsx"]})


def team_drawn(year: Year, number: int, day: str, issue: str) -> dict[str, list[str]]:
    """A round: by its packet each team, the leader first."""
    made = year.post(
        f"{DRAW}/rounds",
        events=events(f"round{number}", issue, day),
        inspect_from="2020-07-06",
        inspect_to="2020-07-10",
    )
    tied = {(each["inspector"], each["unit"], each["tie"]) for each in made["concluded"]}
    year.desk.clock = f"{day}T14:00:00Z"
    public = f"d10:round{number}:10293847561029384756,ssq:{issue}:010812192433+07"
    teams = year.post(f"{DRAW}/rounds/{number}/seed", public=public)
    assert (teams["packets"], teams["seats"], teams["infeasible"]) == (10, 27, [])
    packets: dict[str, list[str]] = {}
    for seat in teams["assignment"]:
        packets.setdefault(seat["packet"], []).append(seat["inspector"])
    assert {(unit, tie) for _, unit, tie in tied} >= {(COACHED, "coach"), (ASSESSED, "assessor")}
    year.tied = frozenset(tied)
    return packets


def one_drops_out_and_one_unit_is_merged_away(year: Year, teams: dict[str, list[str]]) -> None:
    """金花乡 becomes part of 复兴镇, title and all; it was drawn, so a second person confirms its substitute."""
    year.on("2020-06-17").post("inspectors/leave", inspectors=[teams["city-staff-001"][0]], reason="调离")
    (gone,) = (row["unit"] for row in year.get(f"units?text={JINHUA}")["items"])
    order = {"document": "川民发〔2020〕12号", "on": "2020-06-15"}
    merged = year.post("lives/divisions/merges", unit=gone, into=FUXING, how="transfer", **order)
    assert (merged["sampled"], merged["into_standing"]["state"]) == (["SC-2020-01"], "named")
    year.post("lives/steps", step="recall-plaque", units=[gone], on="2020-06-16", document="牌匾收回登记")
    year.sign_log()
    waits = year.post(f"{DRAW}/substitutions", units=[gone], document=order["document"])
    assert year.get(f"{DRAW}/substitutions")["items"] == []
    year.confirmed(waits)
    (substituted,) = year.get(f"{DRAW}/substitutions")["items"]
    assert (substituted["unit"], substituted["substitute"][:4]) == (gone, MEISHAN[:4])


def only_the_empty_seat_is_filled(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    moved = {packet for packet in before if before[packet] != after[packet]}
    assert moved == {"city-staff-001"}
    assert before["city-staff-001"][1:] == after["city-staff-001"][1:]
