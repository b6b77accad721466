"""The policies that come with the program: every rule in its document's words, or marked as the office's own choice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_warnings import policy_warnings
from audit_service.core.rules import Rule
from audit_service.core.standards import Criterion

SOURCES = Path(__file__).parents[1] / "sources"
DOCUMENTS = {
    "sichuan-2020": "000-sichuan-2020.txt",
    "shapingba-2024": "001-shapingba-2024.txt",
    "nanxun-2021": "002-nanxun-2021.txt",
    "guangan-2013": "003-compilation.txt",
    "shijiazhuang-pilot": "003-compilation.txt",
    "street-2012": "003-compilation.txt",
    "street-committee": "003-compilation.txt",
    "chongqing-2010": "004-chongqing-2010.txt",
}
EVERY_POLICY = pytest.mark.parametrize("policy", DOCUMENTS)


@cache
def programme(policy: str) -> Programme:
    return read_programme(files("audit_service.policies").joinpath(f"{policy}.json").read_bytes())


@cache
def document(policy: str) -> str:
    """A document without white space: copies of it break lines differently."""
    return squeezed((SOURCES / DOCUMENTS[policy]).read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def parts(value: object) -> Iterator[object]:
    """A value and everything in it."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from parts(part)


def test_every_policy_that_is_shipped_has_its_document_among_the_sources() -> None:
    shipped = {entry.name for entry in files("audit_service.policies").iterdir() if entry.name.endswith(".json")}
    assert shipped == {f"{policy}.json" for policy in DOCUMENTS}
    assert all(programme(policy).policy == policy for policy in DOCUMENTS)


@EVERY_POLICY
def test_every_rule_is_in_the_document_in_these_words_or_is_the_offices_own_choice(policy: str) -> None:
    rules = [part for part in parts(programme(policy)) if isinstance(part, Rule)]
    assert len([rule for rule in rules if rule.words]) > 3
    for rule in rules:
        assert (rule.chosen is None) != (rule.words == "")
        assert squeezed(rule.words) in document(policy)


@EVERY_POLICY
def test_no_policy_says_what_it_hardly_means(policy: str) -> None:
    assert policy_warnings(programme(policy)) == []


@EVERY_POLICY
def test_what_counts_as_last_minute_building_is_said_by_the_document_that_forbids_it_and_by_no_other(
    policy: str,
) -> None:
    rules = programme(policy).after.self_assessment
    forbids = "突击建设" in document(policy)
    assert forbids == (rules is not None) == (policy == "sichuan-2020")
    if rules:
        assert (rules.least_days, rules.reviews) == (180, ("county", "city"))
        chosen = [name for name, rule in rules.rules if rule.chosen]
        assert (chosen, dict(rules.rules)["duty"].place) == (["least_days", "reviews"], "四(一)")


@EVERY_POLICY
def test_a_policy_bears_its_documents_title(policy: str) -> None:
    assert squeezed(dict(programme(policy).document)["title"]) in document(policy)


@EVERY_POLICY
def test_what_a_standard_asks_for_stands_in_the_document_with_its_numbers(policy: str) -> None:
    for criterion in parts(programme(policy).after):
        if isinstance(criterion, Criterion):
            assert squeezed(criterion.text.zh) in document(policy)
            for measure in criterion.measures:
                assert str(measure.value) in criterion.text.zh.replace("一", "1").replace("全覆盖", "100%覆盖")
            assert criterion.points is None  # none of the documents gives any


def test_sichuan_orders_85_and_258_by_city_and_closes_new_starts() -> None:
    after = programme("sichuan-2020").after
    assert [(order.order, order.total, order.level, order.within) for order in after.orders] == [
        ("naming", 85, "city", ""),
        ("livelihood", None, "city", "naming"),
        ("re-evaluation", 258, "city", ""),
    ]
    assert [(closed.step, closed.since.isoformat()) for closed in after.closed] == [("register", "2020-01-01")]
    assert [len(standard.criteria) for standard in after.standards] == [7, 9, 2, 7]
    (title,) = after.titles
    assert (title.years, title.check_within_years, title.re_evaluation_year) == (3, 2, 3)
    assert [report.report for report in after.reports if report.improvement] == ["improvement"]
    assert after.trigger_of("no-improvement") is not None


def numbers(policy: str, standard: str) -> list[tuple[str, str, str, str]]:
    """Every number that a standard asks for: its criterion, bound, value and period."""
    found = next(each for each in programme(policy).after.standards if each.standard == standard)
    return [
        (criterion.criterion, measure.bound, str(measure.value), measure.per)
        for criterion in found.criteria.values()
        for measure in criterion.measures
    ]


def test_shapingba_has_41_clauses_in_six_areas_whose_numbers_can_be_checked() -> None:
    after = programme("shapingba-2024").after
    (standard,) = after.standards
    assert [len(area.criteria) for area in standard.areas] == [7, 7, 4, 8, 5, 10]
    assert standard.areas[0].methods == ("查阅资料", "实地走访")
    assert standard.areas[5].criteria[9].number == "6（10）"
    found = numbers("shapingba-2024", "construction")
    assert ("teams-2", "least", "10", "") in found
    assert ("facilities-5", "least", "1.5", "") in found
    assert ("risks-5", "least", "80", "") in found
    assert [entry for entry in found if entry[0] == "education-1"] == [
        ("education-1", "least", "2", ""),
        ("education-1", "least", "4", "month"),
        ("education-1", "least", "100", ""),
    ]
    assert ("education-6", "least", "10", "month") in found
    assert ("risks-4", "least", "100", "") in found  # 全覆盖
    assert [entry for entry in found if entry[0] == "education-4"] == [
        ("education-4", "least", "1", "year")
    ] * 4  # 分别
    assert ("education-7", "least", "2", "year") in found


def test_shapingba_takes_nominations_by_the_29th_of_may_and_names_five_for_two_years() -> None:
    after = programme("shapingba-2024").after
    assert [(milestone.step, milestone.since, milestone.by) for milestone in after.milestones] == [
        ("register", "", "05-29"),
        ("assess", "09-01", "09-30"),
    ]
    assert [(order.step, order.total, order.each, order.most) for order in after.orders] == [
        ("register", None, 1, None),
        ("name", 5, None, 5),
    ]
    assert [(report.report, report.by) for report in after.reports] == [("sites", "05-29"), ("progress", "08-20")]
    assert [(title.years, title.at_most) for title in after.titles] == [(2, 5)]
    assert [pool.same_city for pool in programme("shapingba-2024").pools] == ["forbid"]


def test_nanxun_looks_back_on_major_hazards_and_on_accidents_that_were_closed() -> None:
    nanxun = programme("nanxun-2021")
    finding = {"unit": "F-1", "city": "330503001", "severity": "major", "source": "hazard", "state": "closed"}
    findings = [
        finding,
        {**finding, "unit": "F-2", "severity": "general"},
        {**finding, "unit": "F-3", "source": "accident", "severity": "general"},
        {**finding, "unit": "F-4", "state": "open"},
    ]
    unit = {**finding, "unit": "E-1", "status": "enterprise"}
    drawn, excluded = nanxun.frame([unit], findings)
    assert excluded == []
    planned = [{**unit, "planned": level} for level in ("town", "district town", "district")]
    assert [len(found) for each in planned for found in nanxun.frame([each])] == [0, 1, 0, 1, 1, 0]
    assert [(member.unit, member.stratum) for member in drawn] == [
        ("E-1", "double-random"),
        ("F-1", "look-back-hazards"),
        ("F-3", "look-back-accidents"),
    ]
    assert nanxun.after.plans is not None
    assert nanxun.after.consequences == ()  # 微约谈 is of units that are slow: said of rectification, not of orders
    assert nanxun.after.rectification
    assert dict(nanxun.after.rectification.rules)["interview"].words == "对整治推进不力或成效不明显的单位实行微约谈"
    assert [level for level, _ in nanxun.after.plans.levels] == ["district", "town"]
    found = numbers("nanxun-2021", "town-work")
    assert [entry for entry in found if entry[0].startswith(("coverage", "drills"))] == [
        ("coverage", "least", "80", ""),
        ("drills-revised", "least", "100", ""),
        ("drills-others", "least", "50", ""),
    ]


def test_guangan_orders_six_fifteen_and_two_and_vetoes_the_county_that_is_late() -> None:
    after = programme("guangan-2013").after
    assert [(order.order, order.total, order.within) for order in after.orders] == [
        ("provincial", 6, ""),
        ("livelihood", 1, "provincial"),
        ("assessed", 6, ""),
        ("start-provincial", 15, ""),
        ("start-national", 2, ""),
    ]
    assert [(milestone.step, milestone.by, milestone.consequence) for milestone in after.milestones] == [
        ("register", "07-30", "veto"),
        ("assess", "10-30", "veto"),
        ("name", "12-31", "veto"),
    ]
    assert [(consequence.consequence, consequence.level) for consequence in after.consequences] == [("veto", "county")]
    assert {check.ground for check in after.checks} == {"open", "covert"}
    assert {(report.reporter, report.every) for report in after.reports} == {("unit", "month"), ("city", "month")}


def test_shijiazhuang_has_seven_parts_with_their_ratios_and_says_who_may_be_an_officer() -> None:
    community, officer = programme("shijiazhuang-pilot").after.standards
    assert len(community.areas) == 7
    assert sorted(value for _, _, value, _ in numbers("shijiazhuang-pilot", "community")) == ["100"] * 4 + ["95"]
    assert ("officer-1", "most", "45", "") in numbers("shijiazhuang-pilot", "officer")
    assert [area.area for area in officer.areas] == ["qualification", "hiring"]


def test_a_street_passes_from_70_and_reaches_the_citys_title_from_90() -> None:
    (standard,) = programme("street-2012").after.standards
    assert [(band.band, str(band.least)) for band in standard.bands] == [("city-title", "90"), ("passed", "70")]
    assert [rule.when.score_below for rule in programme("street-2012").after.verdicts if rule.when.score_below] == [
        7000
    ]
    assert numbers("street-committee", "supervision") == [
        ("comprehensive", "least", "4", "year"),
        ("whole-review", "least", "1", "year"),
    ]


def test_chongqing_starts_30_or_20_percent_and_counts_what_units_and_districts_must_reach() -> None:
    after = programme("chongqing-2010").after
    assert [(quota.rate_bp, quota.classes) for quota in after.quotas] == [
        (3000, ("安全保障型示范区县", "主城区")),
        (2000, ("其他区县",)),
    ]
    assert [(order.since, order.year, order.step, order.total, order.most) for order in after.orders] == [
        (2010, 2010, "start", 250, None),
        (2010, 2010, "assess", 50, None),
        (2010, 2012, "start", 800, None),
        (2010, 2012, "name", 3, 5),
        (2010, 2012, "name", 50, None),
        (2010, 2012, "name", 500, None),
    ]
    assert [(name, value, per) for name, _, value, per in numbers("chongqing-2010", "unit-work")] == [
        ("unit-training", "4", ""),
        ("unit-injuries", "12", ""),
        ("unit-projects", "7", ""),
        ("unit-stage", "1", "half-year"),
        ("unit-drills", "4", ""),
    ]
    (yearly,) = [report for report in after.reports if report.standard]
    assert (yearly.report, yearly.reporter, yearly.every, yearly.standard) == (
        "district", "county", "year", after.standards[-1]
    )  # fmt: skip
    assert numbers("chongqing-2010", "district-work") == [("district-training", "least", "1", "year")]


VERSIONS = json.loads((Path(__file__).parent / "shipped_versions.json").read_text(encoding="utf-8"))


@EVERY_POLICY
def test_a_shipped_file_that_is_changed_is_another_version(policy: str) -> None:
    """An office that used the file of before is refused every act by another one of the same version (ADR 16). Who
    changes a shipped file raises its `version`, and adds it with its SHA-256 to shipped_versions.json."""
    known = {int(version): digest for version, digest in VERSIONS[policy].items()}
    shipped = programme(policy)
    assert (shipped.version, known.get(shipped.version)) == (max(known), shipped.digest)
