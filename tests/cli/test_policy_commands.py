"""Commands on policies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.office import Office

DATA = files("audit_service.policies").joinpath("sichuan-2020.json").read_bytes()


def test_the_shipped_policy_is_listed_shown_and_right(office: Office, tmp_path: Path) -> None:
    assert "sichuan-2020" in office.run("policy", "list").json["policies"]
    assert office.run("policy", "show", "sichuan-2020").json["file"] == json.loads(DATA)
    (tmp_path / "p.json").write_bytes(DATA)
    right = {"policy": "sichuan-2020", "errors": [], "warnings": []}
    assert office.run("policy", "check", tmp_path / "p.json").json == right
    said = office.show("policy", "show", "sichuan-2020", "--lang", "zh")
    assert "按照20%的比例进行交叉抽验" in said
    assert "本办自定" in said


def test_every_mistake_of_a_policy_file_is_printed_with_its_place(office: Office, tmp_path: Path) -> None:
    document = json.loads(DATA)
    document["strata"][0]["rate_bp"] = 0
    document["surplus"] = 1
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    errors = office.run("policy", "check", tmp_path / "p.json", expect=1).json["errors"]
    assert {error["path"] for error in errors} == {"/strata/0/rate_bp", "/"}
    office.run("policy", "check", tmp_path / "none.json", expect=2, json_wanted=False)


def test_what_a_policy_file_says_and_hardly_means_is_told_and_no_mistake(office: Office, tmp_path: Path) -> None:
    document = json.loads(DATA)
    document["strata"][0]["rate_bp"] = 15
    document["statuses"][4].pop("state")
    document["rectification"]["severities"].reverse()
    document["milestones"][0]["step"] = "assess"
    document["consequences"].append({**document["consequences"][0], "consequence": "talk"})
    document["standards"][0]["areas"][0]["criteria"][0]["points"] = "95"
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    told = office.run("policy", "check", tmp_path / "p.json").json["warnings"]
    assert [(each["code"], each["path"]) for each in told] == [
        ("policy-rate-small", "/strata/0/rate_bp"), ("policy-status-stateless", "/statuses/4"),
        ("policy-points-not-hundred", "/standards/0"), ("policy-severity-quicker", "/rectification/severities/1"),
        ("policy-milestone-idle", "/milestones/0/step"), ("policy-consequence-idle", "/consequences/1"),
    ]  # fmt: skip
    assert "15 is 0.15%; for 15% write 1500" in told[0]["message"]


def test_an_office_keeps_policies_of_its_own(office: Office, tmp_path: Path) -> None:
    document = {**json.loads(DATA), "policy": "our-own", "draw_prefix": "OWN"}
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.json").write_text(json.dumps(document), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(tmp_path / "policies")}
    office.import_demo()
    assert {"our-own", "sichuan-2020"} < set(office.run("policy", "list").json["policies"])
    frozen = office.run("draw", "freeze", "--campaign", "2026", "--policy", "our-own").json
    assert frozen["draw"] == "OWN-2026-01"


def test_two_files_of_one_policy_are_refused_and_one_that_replaces_a_shipped_one_is_told(
    office: Office, tmp_path: Path
) -> None:
    own = tmp_path / "policies"
    own.mkdir()
    (own / "a.json").write_bytes(DATA)
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(own)}
    assert office.run("policy", "list").json["replacing"] == {"sichuan-2020": str(own / "a.json")}
    assert str(own / "a.json") in office.show("policy", "list")
    (own / "b.json").write_bytes(DATA)
    refused = office.run("policy", "list", expect=1)
    assert refused.code == "policy-file-twice"
    assert all(str(own / name) in refused.said for name in ("a.json", "b.json"))


@pytest.mark.parametrize("policy", ["sichuan-2021", "../sichuan-2020"])
def test_a_policy_that_is_not_there_is_said_so(office: Office, policy: str) -> None:
    assert office.run("policy", "show", policy, expect=1).code == "policy-unknown"


def test_rosters_name_the_statuses_of_the_policies_in_use_alone(office: Office) -> None:
    unit = {
        "市(州)": "成都市", "县(市、区)": "锦江区", "建设单位名称": "督院街街道", "单位类型": "街道",
        "单位编码": "510104017", "类别": "试点社区", "目标下达年度": "", "是否民生": "",
    }  # fmt: skip
    office.environment = {**office.environment, "AUDIT_POLICIES": "sichuan-2020, guangan-2013"}
    path = office.folder / "units.csv"
    path.write_text(",".join(unit) + "\n" + ",".join(unit.values()) + "\n", encoding="utf-8")
    (error,) = office.run("import", "units", path, expect=1).json["errors"]
    assert error["code"] == "status-unknown"
    office.environment = {**office.environment, "AUDIT_POLICIES": ""}
    assert office.run("import", "units", path).json["imported"] == 1
    office.environment = {**office.environment, "AUDIT_POLICIES": "none"}
    assert office.run("import", "units", path, expect=1).code == "policy-unknown"


def test_a_programme_without_a_draw_says_so_when_a_frame_is_to_be_frozen(office: Office) -> None:
    office.import_demo()
    refused = office.run("draw", "freeze", "--campaign", "2013", "--policy", "guangan-2013", expect=1)
    assert refused.code == "policy-without-draw"


SHIPPED = sorted(entry.name for entry in files("audit_service.policies").iterdir() if entry.name.endswith(".json"))


def labels(value: object, language: str) -> Iterator[str]:
    """Every text of a policy file that has a Chinese and an English side, in one language."""
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        yield value[language]
    else:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for part in parts:
            yield from labels(part, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_a_policy_says_is_shown_in_both_languages(office: Office, language: str) -> None:
    for name in SHIPPED:
        document = json.loads(files("audit_service.policies").joinpath(name).read_bytes())
        said = office.show("policy", "show", document["policy"], "--lang", language)
        for key, part in document.items():
            for text in labels(part, language):
                assert text in said, (name, key, text)


def test_what_decides_a_draw_is_shown_in_words(office: Office) -> None:
    said = office.show("policy", "show", "nanxun-2021", "--lang", "zh")
    assert "severity" not in said
    assert "状态为已销号" in said
    said = office.show("policy", "show", "sichuan-2020", "--lang", "zh")
    for text in (
        "抽取对象：名录中类别为复评的单位",
        "人员：人员类别为市州工作人员；检查：2019年非民生目标任务、复评单位",
        "组长：可任组长为是",
        "不检查本地",
        "附件列名：命名目标数",
        "四川省安全生产委员会办公室，2020-03-11",
        "类别为2019年目标任务或已通过现场评定未命名",
    ):
        assert text in said


def test_a_file_is_shown_before_it_is_installed(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    path.write_text(json.dumps({**json.loads(DATA), "policy": "draft-2027"}), encoding="utf-8")
    assert "draft-2027" in office.show("policy", "show", path)
    path.write_text("{", encoding="utf-8")
    assert office.run("policy", "show", path, expect=1).json["errors"][0]["code"] == "policy-ends-early"
    office.run("policy", "show", tmp_path / "none.json", expect=1)


def test_the_policies_in_use_are_marked(office: Office) -> None:
    office.environment = {**office.environment, "AUDIT_POLICIES": "sichuan-2020"}
    assert office.run("policy", "list").json["in_use"] == ["sichuan-2020"]
    assert [line for line in office.show("policy", "list").splitlines() if line.startswith("*")] == [
        "* sichuan-2020  Sichuan 2020: sampled inspection of safe communities"
    ]


def test_numbers_and_days_are_shown_as_people_read_them(office: Office) -> None:
    said = office.show("policy", "show", "shapingba-2024", "--lang", "en")
    assert "→ at least 1 shelters; at least 1 stores of supplies; at least 1.5 m² of shelter a head" in said
    assert "→ at least 2 full-time people; at least 4 events a month; at least 100 people reached each time" in said
    assert "valid for 2 years" in said
    assert "from 09-01, by 09-30" in said
    assert "at least 1 of each place in 2024" in said
    assert "3–5 in 2012" in office.show("policy", "show", "chongqing-2010", "--lang", "en")
    assert "至多 45 周岁" in office.show("policy", "show", "shijiazhuang-pilot", "--lang", "zh")
    assert "得分低于 70" in office.show("policy", "show", "street-2012", "--lang", "zh")
