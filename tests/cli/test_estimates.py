"""What samples say of the whole, on the command line and over HTTP; and fairness over the years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import LATE, PUBLIC, Office
from tests.web.desk import Desk, served

PROVINCE = ("5000:1000:100", "5000:1000:50", "5000:500:30")
ROOT = Path(__file__).parents[2]
NEXT_YEAR = "2027-07-01T13:30:00Z"


def test_an_estimate_has_these_four_numbers_and_no_others(office: Office) -> None:
    assert office.run("estimate", "85:17:2").json == {"estimate": 10.0, "lower": 3, "upper": 26, "upper_guarded": 31}
    assert office.run("estimate", "85:17:2", "258:52:3:1").json["estimate"] == 25.18
    assert office.run("estimate", "85:0:0").json == {"estimate": None, "lower": 0, "upper": 85, "upper_guarded": 85}


def test_the_sentences_for_the_annex_say_what_follows_and_what_does_not(office: Office) -> None:
    chinese = office.show("estimate", "85:17:2", "258:52:3:1", "--lang", "zh")
    assert "抽验 69 个单位，其中 5 个不合格。" in chinese
    assert "以 95% 的把握，全部 343 个单位中不合格的不超过" in chinese
    assert "另有 1 个拒绝检查" in chinese
    assert "不能据此给各地排名" in chinese
    english = office.show("estimate", "85:17:2", "--lang", "en")
    assert "at most 26 of all 85 units fail; at most 31" in english
    assert "no ground to rank places" in english
    assert "refused" not in english.split("annex")[1]
    assert "no estimate" in office.show("estimate", "85:17:0:17", "--lang", "en")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("estimate", "85:17:2", "85-17-2"), "stratum-form"),
        (("estimate", "85:17:18"), "stratum-failed"),
        (("estimate", *["85:17:2"] * 13), "strata-count"),
        (("detect", "85", "--sampled", "3"), "plan-form"),
        (("detect", "85:3"), "plan-one"),
        (("detect", "85:3", "--sampled", "3", "--power", "95"), "plan-one"),
        (("detect", "85:86", "--power", "95"), "plan-failing"),
    ],
)
def test_what_cannot_be_reckoned_with_is_wrong_usage_and_says_why(
    office: Office, words: tuple[str, ...], code: str
) -> None:
    assert office.run(*words, expect=2).code == code


def test_a_plan_tells_the_chance_of_a_size_or_a_rate_and_the_size_for_a_chance(office: Office) -> None:
    rate = office.run("detect", "85:3", "--rate", "20").json
    assert rate == office.run("detect", "85:3", "--sampled", "17").json
    assert rate == {"units": 85, "failing": 3, "sampled": 17, "chance": 0.492598}
    assert office.run("detect", "85:3", "--power", "95").json["sampled"] == 54
    assert "49.26%" in office.show("detect", "85:3", "--rate", "20", "--lang", "en")
    assert ">99.99%" in office.show("detect", "5000:4000", "--rate", "20", "--lang", "en")


def test_estimates_and_plans_need_no_database(tmp_path: Path) -> None:
    for words in (("estimate", "85:17:2"), ("detect", "85:3", "--rate", "20")):
        program = f"import sys; sys.argv = {['audit-service', *words]}; from audit_service.app import main; main()"
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_three_strata_of_a_province_are_bounded_on_both_sides(office: Office) -> None:
    found = office.run("estimate", *PROVINCE).json
    assert found["lower"] < found["estimate"] < found["upper"] < found["upper_guarded"] < 1.25 * found["estimate"]


# --- over HTTP ------------------------------------------------------------------------------------------------------


def test_everybody_may_ask_for_an_estimate_and_nobody_for_a_large_one(desk: Desk) -> None:
    asked = "estimates?stratum=85:17:2&stratum=258:52:3:1"
    assert desk.get(asked) == desk.office.run("estimate", "85:17:2", "258:52:3:1").json
    for query, options in (
        ("sampled=20", ("--sampled", 20)),
        ("rate=20", ("--rate", 20)),
        ("power=95", ("--power", 95)),
    ):
        told = desk.get(f"detection?units=85&failing=5&{query}")
        assert told == desk.office.run("detect", "85:5", *options).json
    assert desk.get("detection?units=85&failing=5", expect=409)["code"] == "plan-one"
    assert desk.get("detection?units=85&failing=86&rate=20", expect=409)["code"] == "plan-failing"
    assert desk.get("detection?units=15001&failing=5&rate=20", expect=422)["code"] == "http-422"
    assert desk.get("estimates?stratum=15001:9:0", expect=409)["code"] == "estimate-large"
    assert desk.get("estimates?stratum=85:86:0", expect=409)["code"] == "stratum-sampled"
    for query in ("", "?stratum=85:17", "?" + "&".join(["stratum=85:17:2"] * 7)):
        assert desk.get(f"estimates{query}", expect=422)["code"] == "http-422"


# --- fairness over the years ----------------------------------------------------------------------------------------


def two_years(office: Office) -> tuple[str, str]:
    """A campaign of two draws, of which the first was withdrawn, and the next year's."""
    office.import_demo()
    first = office.commit()
    office.run("draw", "withdraw", first, "--reason", "the meeting is moved")
    second = office.commit()
    office.run("draw", "trial", second)
    office.at(LATE).run("draw", "run", second, "--public", PUBLIC)
    sample = office.run("draw", "show", second).json["sample"]
    office.run("draw", "substitute", second, sample[0]["unit"], "--document", "川民政〔2026〕1号")
    event = "kl8:2027180@2027-07-01T13:00:00Z"
    office.at("2027-06-20T01:00:00Z")
    third = office.commit("--event", event, campaign="2027")
    value = "kl8:2027180:0102030405060708091011121314151617181920"
    office.at(NEXT_YEAR).run("draw", "run", third, "--public", value)
    return second, third


def test_fairness_lists_what_was_undone_and_what_samples_share(office: Office) -> None:
    second, third = two_years(office)
    found = office.run("fairness").json
    first_year, next_year = found["campaigns"]
    assert [event["what"] for event in first_year["events"]] == ["withdraw", "trial", "substitute"]
    assert (first_year["withdrawn"], first_year["trials"], first_year["substituted"]) == (1, 1, 1)
    assert first_year["events"][0]["why"] == "the meeting is moved"
    assert next_year["events"] == []
    (pair,) = found["overlaps"]
    samples = [{row["unit"] for row in office.run("draw", "show", draw).json["sample"]} for draw in (second, third)]
    assert (pair["earlier"], pair["later"], pair["shared"]) == (second, third, len(samples[0] & samples[1]))
    assert pair["can_tell"]
    assert 0 < pair["as_many"] <= 1
    assert pair["as_many"] + pair["as_few"] > 1
    said = office.show("fairness", "--lang", "en")
    assert "1 unit substituted" in said
    assert "no proof of anything" in said


def test_those_who_watch_over_the_office_read_it_over_http(office: Office) -> None:
    second, third = two_years(office)
    told = office.run("fairness").json
    desk = served(office, NEXT_YEAR)
    desk.appoint("auditor", "auditor")
    assert desk.get("fairness", "auditor")["items"] == told["campaigns"]
    assert desk.get(f"fairness/{third}", "auditor") == told["overlaps"][0]
    assert desk.get(f"fairness/{second}", "auditor", expect=404)["code"] == "overlap-none"
    assert desk.get("fairness/none", "auditor", expect=404)["code"] == "draw-unknown"


def test_of_a_sealed_sample_fairness_tells_nothing(office: Office) -> None:
    office.import_demo()
    draw = office.commit(*("--event", "kl8:1@2026-07-01T13:00:00Z", "--sealed", "--reveal-by", "2026-12-01"))
    value = "kl8:1:0102030405060708091011121314151617181920"
    office.at(LATE).run("draw", "run", draw, "--public", value)
    assert office.run("fairness").json["overlaps"] == []


def test_before_any_campaign_fairness_says_so(office: Office) -> None:
    assert "no campaign" in office.show("fairness", "--lang", "en")
