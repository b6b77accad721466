"""The later parts of a policy file: read strictly, every mistake with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.messages import problem_text

POLICIES = files("audit_service.policies")
SICHUAN = POLICIES.joinpath("sichuan-2020.json").read_bytes()
CHOSEN = {"chosen": {"zh": "自定", "en": "chosen"}}
LABEL = {"zh": "名", "en": "name"}
BARE: dict[str, Any] = {
    "format": "audit-policy/1",
    "policy": "bare",
    "title": LABEL,
    "document": {"title": "", "number": "", "issuer": "", "date": ""},
    "draw_prefix": "B",
}


def read(**parts: Any) -> Programme:
    """A programme without a draw that has these parts."""
    return read_programme(json.dumps({**BARE, **parts}).encode())


def mistakes(**parts: Any) -> set[tuple[str, object]]:
    """What is wrong with it, and where."""
    with pytest.raises(PolicyErrors) as caught:
        read(**parts)
    return {(problem.code, problem.params["path"]) for problem in caught.value.problems}


def changed(path: tuple[str | int, ...], value: object, policy: bytes = SICHUAN) -> bytes:
    """A policy with another value at a path; without the entry where the value is `...`."""
    document: Any = json.loads(policy)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(document).encode()


def standard(**more: Any) -> dict[str, Any]:
    criterion = {"criterion": "c", "number": "1", "text": LABEL}
    area = {"area": "a", "label": LABEL, "methods": ["查阅资料"], "criteria": [criterion | more], "rule": CHOSEN}
    return {"standard": "s", "label": LABEL, "of": "unit", "areas": [area]}


def report(**more: Any) -> dict[str, Any]:
    field = {"field": "f", "label": LABEL, "kind": "text", "needed": True}
    return {
        "report": "r",
        "label": LABEL,
        "reporter": "unit",
        "every": "year",
        "fields": [field],
        "rules": {"x": CHOSEN},
    } | more


def order(name: str, **more: Any) -> dict[str, Any]:
    return {"order": name, "label": LABEL, "step": "name", "year": 2020, "level": "city", "rule": CHOSEN} | more


def test_a_programme_may_have_neither_a_draw_nor_anything_after_it() -> None:
    programme = read()
    assert programme.strata == programme.pools == programme.statuses == ()
    assert programme.after.standards == ()
    assert programme.after.exit is None
    assert programme.frame([]) == ([], [])


def test_numbers_are_read_exactly() -> None:
    measure = {"bound": "least", "value": "1.5", "of": LABEL}
    after = read(
        standards=[standard(points="2.50", measures=[measure, measure | {"value": "0.1", "per": "year"}])]
    ).after
    criterion = after.standards[0].criteria["c"]
    assert criterion.points == Decimal("2.5")
    assert [(found.value, found.per) for found in criterion.measures] == [
        (Decimal("1.5"), ""),
        (Decimal("0.1"), "year"),
    ]
    assert criterion.measures[1].met_by(Decimal("0.1"))
    assert not criterion.measures[1].met_by(Decimal("0.09"))
    assert after.standards[0].full == Decimal("2.5")


@pytest.mark.parametrize("value", [1.5, 80, "1,5", "01", "-1", "1.", ".5", "1e3", "", " 1", "八十", "1.00001", None])
def test_what_is_no_text_of_digits_is_no_number(value: object) -> None:
    wrong = mistakes(standards=[standard(measures=[{"bound": "least", "value": value, "of": LABEL}])])
    code = "policy-number-bare" if value in (1.5, 80) else "policy-not-decimal"
    assert wrong == {(code, "/standards/0/areas/0/criteria/0/measures/0/value")}


@pytest.mark.parametrize("day", ["02-29", "13-01", "04-31", "5-29", "05-2９", "0529", 529, "05-29 "])
def test_a_day_of_the_year_is_one_that_every_year_has(day: object) -> None:
    milestone = {"milestone": "m", "label": LABEL, "step": "assess", "by": day, "rule": CHOSEN}
    assert mistakes(milestones=[milestone]) == {("policy-not-day-of-year", "/milestones/0/by")}


def test_an_outcome_is_signed_within_the_policys_days_or_three() -> None:
    assert read().after.signing_days == 3
    assert read(signing={"days": 5, "rules": {"days": CHOSEN}}).after.signing_days == 5
    assert mistakes(signing={"days": -1, "rules": {"days": CHOSEN}}) == {("policy-not-number", "/signing/days")}
    assert mistakes(signing={"days": 5, "rules": {}}) == {("policy-no-rule", "/signing/rules")}


@pytest.mark.parametrize("day", ["2020-02-30", "2020-1-1", "20200101", "２020-01-01", 2020, ""])
def test_a_step_closes_on_a_real_day(day: object) -> None:
    assert mistakes(closed=[{"step": "register", "since": day, "rule": CHOSEN}]) == {
        ("policy-not-day", "/closed/0/since")
    }


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("statuses", 0, "state"), "built", "policy-not-choice", "/statuses/0/state"),
        (("standards", 0, "of"), "city", "policy-not-choice", "/standards/0/of"),
        (("standards", 0, "areas"), [], "policy-nothing", "/standards/0/areas"),
        (("standards", 0, "areas", 1, "area"), "area-responsibility", "policy-name-twice", "/standards/0/areas"),
        (("standards", 1, "areas", 0, "criteria", 0, "criterion"), "seven-hazards", "policy-name-twice", "/standards"),
        (("standards", 0, "areas", 0, "rule"), {"words": "x"}, "policy-key-missing", "/standards/0/areas/0/rule"),
        (("checklists", "nowhere"), ["nine-haves"], "policy-name-unknown", "/checklists"),
        (("checklists", "*"), ["nine-haves", "none"], "policy-name-unknown", "/checklists/*"),
        (("checklists", "*"), ["city-work"], "policy-name-unknown", "/checklists/*"),
        (("checklists", "*"), ["nine-haves", "nine-haves"], "policy-name-twice", "/checklists/*"),
        (("verdicts", 0, "verdict"), "good", "policy-not-choice", "/verdicts/0/verdict"),
        (("verdicts", 0, "when", "kinds"), ["absent"], "policy-not-choice", "/verdicts/0/when/kinds/0"),
        (("verdicts", 1, "when", "severity"), "grave", "policy-name-unknown", "/verdicts/1/when/severity"),
        (("verdicts", 1, "when", "findings"), ..., "policy-severity-alone", "/verdicts/1/when"),
        (("verdicts", 2, "when", "unmet_bp"), 10001, "policy-not-number", "/verdicts/2/when/unmet_bp"),
        (("verdicts", 3, "when"), {}, "policy-verdict-last", "/verdicts/3/when"),
        (("verdicts", 5), ..., "policy-verdict-last", "/verdicts/4/when"),
        (("deviation", "points"), "1.005", "policy-not-hundredths", "/deviation/points"),
        (("deviation", "verdict"), "yes", "policy-not-yes-no", "/deviation/verdict"),
        (("deviation", "rules"), {}, "policy-no-rule", "/deviation/rules"),
        (("titles", 0, "check_within_years"), 4, "policy-year-after-title", "/titles/0/check_within_years"),
        (("titles", 0, "re_evaluation_year"), 0, "policy-not-number", "/titles/0/re_evaluation_year"),
        (("titles", 0, "rules"), ..., "policy-key-missing", "/titles/0"),
        (("closed", 0, "step"), "found", "policy-not-choice", "/closed/0/step"),
        (("rectification", "severities"), [], "policy-nothing", "/rectification/severities"),
        (("rectification",), ..., "policy-cause-never", "/exit/triggers/3/cause"),
        (("warning", "red"), 16, "policy-red-above-yellow", "/warning/red"),
        (("exit", "triggers", 0, "cause"), "boredom", "policy-not-choice", "/exit/triggers/0/cause"),
        (("exit", "triggers", 0, "cause"), "failed", "policy-name-twice", "/exit/triggers/2/cause"),
        (("exit", "triggers", 0, "endings"), [], "policy-nothing", "/exit/triggers/0/endings"),
        (("exit", "triggers", 0, "endings"), ["gone"], "policy-not-choice", "/exit/triggers/0/endings/0"),
        (("exit", "defence_days"), -1, "policy-not-number", "/exit/defence_days"),
        (("reports", 1, "improvement"), False, "policy-cause-never", "/exit/triggers/0/cause"),
        (("titles",), [], "policy-cause-never", "/exit/triggers/5/cause"),
        (("verdicts",), [], "policy-cause-never", "/exit/triggers/2/cause"),
        (("orders", 0, "step"), "naming", "policy-not-choice", "/orders/0/step"),
        (("orders", 0, "level"), "town", "policy-not-choice", "/orders/0/level"),
        (("orders", 0, "year"), 20, "policy-not-number", "/orders/0/year"),
        (("orders", 0, "when", "status"), ["none"], "policy-name-unknown", "/orders/0/when/status"),
        (("orders", 0, "when"), {"colour": ["red"]}, "policy-key-unknown", "/orders/0/when"),
        (("orders", 1, "column"), "命名目标数", "policy-column-twice", "/orders/1/column"),
        (("orders", 0, "most"), 84, "policy-most-below-total", "/orders/0/most"),
        (("standards", 0, "areas", 0, "criteria", 0, "points"), "7.125", "policy-not-hundredths",
         "/standards/0/areas/0/criteria/0/points"),
        (("orders", 1, "within"), "none", "policy-name-unknown", "/orders/1/within"),
        (("orders", 1, "within"), "livelihood", "policy-order-within", "/orders/1/within"),
        (("orders", 0, "year"), 2021, "policy-order-within", "/orders/1/within"),
        (
            ("orders", 0, "cumulative"),
            {"since": 2018, "rule": {"place": "一", "words": "字"}},
            "policy-order-within",
            "/orders/1/within",
        ),
        (
            ("orders", 0, "cumulative"),
            {"since": 2020, "rule": {"place": "一", "words": "字"}},
            "policy-cumulative-since",
            "/orders/0/cumulative/since",
        ),
        (("milestones", 0, "since"), "12-32", "policy-not-day-of-year", "/milestones/0/since"),
        (("milestones", 0, "consequence"), "none", "policy-name-unknown", "/milestones/0/consequence"),
        (("consequences", 0, "level"), "", "policy-not-choice", "/consequences/0/level"),
        (("reports", 0, "every"), "week", "policy-not-choice", "/reports/0/every"),
        (("reports", 0, "fields"), [], "policy-nothing", "/reports/0/fields"),
        (("reports", 0, "standard"), "seven-plus-n", "policy-name-unknown", "/reports/0/standard"),
        (("reports", 1, "standard"), "city-work", "policy-standard-of-unit", "/reports/1/standard"),
        (("reports", 0, "fields", 1, "field"), "Ordered", "policy-name-twice", "/reports/0/fields"),
        (("reports", 0, "fields", 0, "kind"), "date", "policy-not-choice", "/reports/0/fields/0/kind"),
        (("standards", 0, "areas", 0, "criteria", 0, "measures"),
         [{"bound": "least", "value": "1", "of": LABEL, "per": "year", "counts": {"checks": ["nothing"]}}],
         "policy-name-unknown", "/standards/0/areas/0/criteria/0/measures/0/counts/checks"),
        (("standards", 0, "areas", 0, "criteria", 0, "measures"),
         [{"bound": "least", "value": "1", "of": LABEL, "per": "year", "counts": {"report": "monthly"}}],
         "policy-name-unknown", "/standards/0/areas/0/criteria/0/measures/0/counts/report"),
        (("standards", 0, "areas", 0, "criteria", 0, "measures"),
         [{"bound": "least", "value": "1", "of": LABEL, "counts": {"report": "improvement"}}],
         "policy-counts-per", "/standards/0/areas/0/criteria/0/measures/0/counts"),
        (("standards", 0, "areas", 0, "criteria", 0, "measures"),
         [{"bound": "least", "value": "1", "of": LABEL, "per": "year", "counts": {}}],
         "policy-counts-one", "/standards/0/areas/0/criteria/0/measures/0/counts"),
        (("reports", 0, "rows"), {"least": 0, "rule": CHOSEN}, "policy-not-number", "/reports/0/rows/least"),
        (("reports", 0), {**report(days=5), "standard": "x", "rows": {"least": 1, "rule": CHOSEN}},
         "policy-standard-of-list", "/reports/0/standard"),
        (("reports", 0, "reporter"), "province", "policy-not-choice", "/reports/0/reporter"),
        (("checks", 0, "when"), {}, "policy-key-unknown", "/checks/0"),
        (("checks", 0, "needs"), "a reason", "policy-not-choice", "/checks/0/needs"),
        (("forms",), [], "policy-key-unknown", "/"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(path: tuple[str | int, ...], value: object, code: str, where: str) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_programme(changed(path, value))
    assert (code, where) in {(problem.code, problem.params["path"]) for problem in caught.value.problems}


@pytest.mark.parametrize(("kind", "right"), [("count", True), ("money", True), ("text", False), ("yes-no", False)])
def test_a_number_of_a_report_may_have_a_least_one(kind: str, right: bool) -> None:
    told = report(days=5)
    told["fields"] = [{**told["fields"][0], "kind": kind, "least": "4"}]
    if right:
        ((field,),) = [each.fields for each in read(reports=[told]).after.reports]
        assert field.least == 4
    else:
        assert mistakes(reports=[told]) == {("policy-least-kind", "/reports/0/fields/0/least")}


@pytest.mark.parametrize(
    ("due", "right"),
    [
        ({"days": 5}, True),
        ({"by": "03-31"}, True),
        ({"by": "03-31", "every": "once"}, True),
        ({"days": 5, "every": "month"}, True),
        ({}, False),
        ({"days": 5, "by": "03-31"}, False),
        ({"by": "03-31", "every": "month"}, False),
        ({"days": 5, "every": "once"}, False),
    ],
)
def test_a_report_is_due_after_its_period_or_once_a_year_on_a_day(due: dict[str, Any], right: bool) -> None:
    if right:
        (found,) = read(reports=[report(**due)]).after.reports
        assert (found.days, found.by) == (due.get("days", 0), due.get("by", ""))
    else:
        assert mistakes(reports=[report(**due)]) == {("policy-report-due", "/reports/0")}


def test_orders_are_whole_numbers_ranges_one_for_each_place_or_what_the_annex_says() -> None:
    orders = [order("all", total=85), order("part", within="all"), order("few", total=3, most=5), order("each", each=1)]
    found = read(orders=orders).after.orders
    assert [(each.total, each.most, each.each, each.within) for each in found] == [
        (85, None, None, ""),
        (None, None, None, "all"),
        (3, 5, None, ""),
        (None, None, 1, ""),
    ]


def test_a_part_of_a_part_and_a_part_of_itself_are_refused() -> None:
    parts = [order("whole"), order("part", within="whole"), order("crumb", within="part"), order("self", within="self")]
    assert mistakes(orders=parts) == {
        ("policy-order-within", "/orders/2/within"),
        ("policy-order-within", "/orders/3/within"),
    }


def test_bands_come_highest_first() -> None:
    bands = [
        {"band": f"b{place}", "label": LABEL, "least": least, "rule": CHOSEN}
        for place, least in enumerate(("70", "90", "90.5"))
    ]
    assert mistakes(standards=[standard() | {"bands": bands}]) == {
        ("policy-bands-order", "/standards/0/bands/1/least"),
        ("policy-bands-order", "/standards/0/bands/2/least"),
    }
    (found,) = read(standards=[standard() | {"bands": bands[::-1]}]).after.standards
    assert [found.band_of(Decimal(score)) and found.band_of(Decimal(score)).band for score in ("91", "90", "70")] == [
        "b2",
        "b1",
        "b0",
    ]
    assert found.band_of(Decimal("69.9")) is None


def test_plans_fit_together_where_there_are_two_levels() -> None:
    levels = [{"level": "district", "label": LABEL}, {"level": "town", "label": LABEL}]
    plans = {"levels": levels, "period": "year", "rules": {"fit": CHOSEN}}
    assert read(plans=plans).after.plans is not None
    assert mistakes(plans=plans | {"levels": levels[:1]}) == {("policy-one-level", "/plans/levels")}
    assert mistakes(plans=plans | {"period": "once"}) == {("policy-not-choice", "/plans/period")}


NANXUN = POLICIES.joinpath("nanxun-2021.json").read_bytes()


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("strata", 1, "of"), "places", "policy-not-choice", "/strata/1/of"),
        (("strata", 1, "of"), "units", "policy-key-unknown", "/strata/1/when"),
        (("strata", 0, "of"), "findings", "policy-key-unknown", "/strata/0/when"),
        (("strata", 1, "when", "severity"), ["grave"], "policy-name-unknown", "/strata/1/when/severity"),
        (("strata", 1, "when", "source"), ["rumour"], "policy-name-unknown", "/strata/1/when/source"),
        (("strata", 1, "when", "state"), ["open"], "policy-name-unknown", "/strata/1/when/state"),
    ],
)
def test_a_stratum_of_findings_has_conditions_on_findings(
    path: tuple[str | int, ...], value: object, code: str, where: str
) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_programme(changed(path, value, NANXUN))
    assert (code, where) in {(problem.code, problem.params["path"]) for problem in caught.value.problems}


def test_a_ground_that_excludes_findings_looks_at_fields_of_findings() -> None:
    ground = {
        "ground": "elsewhere",
        "label": LABEL,
        "strata": ["look-back-hazards"],
        "when": {"city": ["330503100"]},
        "rule": CHOSEN,
    }
    programme = read_programme(changed(("exclusions",), [ground], NANXUN))
    finding = {"unit": "F-1", "city": "330503100", "severity": "major", "source": "hazard", "state": "closed"}
    assert programme.frame([], [finding]) == ([], [("F-1", "look-back-hazards", "elsewhere")])
    with pytest.raises(PolicyErrors) as caught:
        read_programme(changed(("exclusions",), [ground | {"when": {"status": ["enterprise"]}}], NANXUN))
    assert {problem.code for problem in caught.value.problems} == {"policy-name-unknown"}


def test_every_mistake_of_the_later_parts_is_told_at_once() -> None:
    assert mistakes(
        standards=[standard(points=5)],
        milestones=[{"milestone": "m", "label": LABEL, "step": "x", "by": "31-12", "rule": {}}],
        warning={"yellow": 1, "red": 2, "rules": {}},
        extra=1,
    ) == {
        ("policy-number-bare", "/standards/0/areas/0/criteria/0/points"),
        ("policy-not-choice", "/milestones/0/step"),
        ("policy-not-day-of-year", "/milestones/0/by"),
        ("policy-key-missing", "/milestones/0/rule"),
        ("policy-red-above-yellow", "/warning/red"),
        ("policy-no-rule", "/warning/rules"),
        ("policy-key-unknown", "/"),
    }


def places(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a policy file."""
    yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from places(part, (*place, step))


PLACES = [place for place in places(json.loads(SICHUAN)) if place]
ODD = (None, [], {}, "", 0, -1, True, "x", [1], [None], {"a": 1}, 1e400, "9" * 30, ["*"], "\ud800", ...)


@given(st.sampled_from(PLACES), st.sampled_from(ODD))
@settings(max_examples=60)
def test_whatever_stands_in_a_policy_file_it_is_read_or_its_mistakes_are_told(
    place: tuple[str | int, ...], value: object
) -> None:
    try:
        read_programme(changed(place, value))
    except PolicyErrors as errors:
        for problem in errors.problems:
            assert problem_text(problem, "zh")
            assert problem_text(problem, "en")
