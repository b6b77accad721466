"""Units' lives on real databases: taken over from the roster, stepped through, and told again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from audit_service.core.accounts import Request
from audit_service.core.after import SelfAssessment
from audit_service.core.life import Facts, LifeState
from audit_service.errors import AuditError, Forbidden, NotFound, Refused, RosterErrors, RuleError
from audit_service.store import acts, requests, rosters, tables, waiting
from audit_service.store.database import transaction
from audit_service.store.visit_tables import exit_cases, findings, outcomes
from audit_service.use_cases import life_history, lives, title_checks
from tests.lives.office import (
    ASSESSED,
    DOCUMENT,
    FUXING,
    HEILONG,
    JINHUA,
    KNOWN,
    NAMED,
    OPEN,
    PAPER,
    QINGZHU,
    Living,
    act,
    policies,
)

CITY = "510104026"


@pytest.fixture
def living(engine: Engine) -> Living:
    return Living(engine)


def refused(do: object, *arguments: object, **options: object) -> AuditError:
    with pytest.raises(AuditError) as refusal:
        do(*arguments, **options)  # type: ignore[operator]
    return refusal.value


def test_units_are_taken_over_once_with_what_the_roster_says_of_their_title(living: Living) -> None:
    found = living.adopt(NAMED, {**ASSESSED, "单位编码": "510105013"})
    assert (len(found.units), found.known) == (2, 0)
    named, assessed = living.standing(CITY), living.standing("510105013")
    assert (named.state, named.named_on, named.valid_until, named.document) == (
        *("named", "2017-12-20", "2020-12-20", DOCUMENT),
    )
    assert (assessed.state, assessed.since) == ("assessed", "2019-11-30")
    assert living.standing(CITY) == living.replayed(CITY)
    again = living.adopt()
    assert (len(again.units), again.known) == (0, 2)


def test_what_was_decided_before_a_unit_was_taken_over_may_still_be_recorded(living: Living) -> None:
    living.adopt({**NAMED, "类别": "复评"}, on="2020-03-01")
    assert living.standing(CITY).since == ""
    living.step("re-name", CITY, "2020-02-01", today="2020-03-02")
    assert living.standing(CITY).valid_until == "2023-02-01"


def test_a_validity_that_the_roster_states_counts_and_a_month_to_its_last_day(living: Living) -> None:
    living.adopt({**NAMED, "命名时间": "2017年12月", "有效期至": "2021-06"})
    assert (living.standing(CITY).named_on, living.standing(CITY).valid_until) == ("2017-12-31", "2021-06-30")


def test_a_status_that_means_no_state_stays_outside_and_is_told(living: Living) -> None:
    living.list_units({}, {**NAMED, "单位编码": "510105013"})
    bare = [each for each in OPEN.statuses if each.status == "named"]
    found = living.adopt(programme=replace(OPEN, statuses=tuple(bare)), title="small")
    assert (list(found.units), found.stateless) == (["510105013"], (CITY,))
    assert living.adopt(units=[CITY]).units.keys() == {CITY}
    assert refused(living.adopt, units=["511111111"]).code == "unit-not-known"


def test_one_act_names_many_units_and_each_has_it_in_its_history(living: Living) -> None:
    living.adopt(ASSESSED, {**ASSESSED, "单位编码": "510105013"})
    with transaction(living.engine) as db:
        wanted = [lives.Wanted(unit, Facts(on="2020-02-01", document=DOCUMENT)) for unit in (CITY, "510105013")]
        taken = lives.step(db, act("2020-02-01"), policies, "name", wanted)
    for unit in (CITY, "510105013"):
        assert living.standing(unit).valid_until == "2023-02-01"
        (adopted, named) = living.show(unit).events
        assert (adopted.step, named.step, named.number, named.document) == ("adopt", "name", taken.number, DOCUMENT)


def test_the_log_tells_which_step_and_of_no_unit(living: Living) -> None:
    living.adopt(NAMED)
    with transaction(living.engine) as db:
        entries = [json.loads(row) for row in db.execute(select(tables.entries.c.content)).scalars()]
    (entry,) = [entry for entry in entries if entry["action"] == "life"]
    assert entry["step"] == "adopt"
    assert entry.keys() == {"act", "at", "action", "step", "hidden"}
    assert CITY not in json.dumps(entry)


def test_all_errors_of_many_units_are_told_at_once_and_nothing_is_done(living: Living) -> None:
    living.adopt(NAMED, {**ASSESSED, "单位编码": "510105013"})
    before = living.standing("510105013")
    with transaction(living.engine) as db:
        wanted = [lives.Wanted(unit, Facts(on="2020-02-01", document="x")) for unit in (CITY, "510105013", "5", CITY)]
        error = refused(lives.step, db, act("2020-02-01"), policies, "name", wanted)
    assert isinstance(error, RosterErrors)
    codes = [(finding.column, finding.problem.code) for finding in error.findings]
    assert codes == [(CITY, "life-step-not-here"), ("5", "unit-not-known"), (CITY, "life-step-not-here")]
    assert living.standing("510105013") == before


def test_nothing_is_recorded_of_a_day_that_has_not_come(living: Living) -> None:
    living.adopt(NAMED)
    assert refused(living.step, "check", CITY, "2020-03-02", today="2020-03-01").code == "life-ahead"


def test_a_unit_that_the_roster_has_assessed_in_days_to_come_is_not_taken_over(living: Living) -> None:
    unit = {"建设单位名称": "牛市口街道", "单位编码": "510104026", **ASSESSED}
    with pytest.raises(RosterErrors) as caught:
        living.adopt({**JINHUA, "命名时间": "2020-01-07"}, {**unit, "现场评定时间": "2020-02"}, on="2020-01-06")
    assert [found.problem.code for found in caught.value.findings] == ["life-ahead"] * 2
    living.adopt({**unit, "现场评定时间": "2020-01"}, units=["510104026"], on="2020-01-06")
    assert living.standing("510104026").since == "2020-01-06"


def test_a_city_records_the_first_steps_of_its_own_units_alone(living: Living) -> None:
    living.list_units({}, JINHUA)
    living.step("register", CITY, "2020-02-01", policy="open-2030", city="510100")
    assert isinstance(refused(living.step, "name", CITY, "2020-02-01", city="510100"), Forbidden)
    other = refused(living.step, "register", JINHUA["单位编码"], "2020-02-01", policy="open-2030", city="510100")
    missing = refused(living.step, "register", "510199999", "2020-02-01", policy="open-2030", city="510100")
    assert isinstance(other, NotFound)
    assert other.code == missing.code
    assert living.show(CITY, "510100").standing.state == "registered"
    assert refused(living.show, CITY, "511400").code == refused(living.show, "510199999").code


def test_a_self_assessment_keeps_score_and_reviews_and_last_minute_building_is_flagged(living: Living) -> None:
    living.list_units({})
    living.step("register", CITY, "2030-01-10", policy="open-2030")
    living.step("start", CITY, "2030-02-01")
    hurried = living.step("self-assess", CITY, "2030-05-01", score="86.5", county_review="同意", city_review="待核")
    assert hurried.hurried == (CITY,)
    last = living.show(CITY).events[-1].facts
    assert last
    assert (last.score, last.county_review, last.city_review, last.started_on, last.hurried) == (
        *("86.5", "同意", "待核", "2030-02-01", "yes"),
    )
    living.step("send-back", CITY, "2030-05-10")
    assert living.step("self-assess", CITY, "2030-09-01").hurried == ()


def test_what_counts_as_last_minute_building_is_the_policys_and_where_it_says_nothing_nothing_is_flagged(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(days: int | None) -> list[str]:
        rules = None if days is None else SelfAssessment(days, (), ())
        monkeypatch.setitem(KNOWN, "open-2030", replace(OPEN, after=replace(OPEN.after, self_assessment=rules)))
        taken = living.step("self-assess", CITY, "2030-05-01")
        living.step("send-back", CITY, "2030-05-01")
        return [each.code for each in taken.warnings]

    living.list_units({})
    living.step("register", CITY, "2030-01-10", policy="open-2030")
    living.step("start", CITY, "2030-02-01")
    assert [told(180), told(89), told(None)] == [["life-hurried"], [], []]


def test_where_no_start_was_recorded_it_is_told_that_nobody_can_say_how_long_building_took(living: Living) -> None:
    living.adopt({**ASSESSED, "类别": "建设中", "现场评定时间": ""}, programme=OPEN)
    taken = living.step("self-assess", CITY, "2030-05-01")
    assert ([each.code for each in taken.warnings], taken.hurried) == (["life-start-unknown"], ())
    facts = living.show(CITY).events[-1].facts
    assert facts
    assert facts.hurried == "unknown"


def test_a_start_under_an_earlier_code_is_the_units_start(living: Living) -> None:
    living.list_units(HEILONG)
    living.step("register", HEILONG["单位编码"], "2030-01-10", policy="open-2030")
    living.step("start", HEILONG["单位编码"], "2030-02-01")
    living.rename(HEILONG["单位编码"], "青竹街道", "2030-03-01", QINGZHU)
    assert living.step("self-assess", QINGZHU, "2030-05-01").hurried == (QINGZHU,)


def test_who_applies_without_the_reviews_of_county_and_city_is_flagged(living: Living) -> None:
    units = [CITY, "510105013", "510105014"]
    living.adopt(
        *({**ASSESSED, "类别": "建设中", "现场评定时间": "", "单位编码": unit} for unit in units), programme=OPEN
    )
    living.step("self-assess", units[0], "2030-05-01", county_review="同意")
    living.step("self-assess", units[1], "2030-05-01", county_review="同意")
    living.step("self-assess", units[2], "2030-05-01")
    told = {
        unit: [each.code for each in living.step("apply", unit, "2030-06-01", city_review=city).warnings]
        for unit, city in zip(units, ("", "同意", ""), strict=True)
    }
    assert told == {
        units[0]: ["life-unreviewed-city"],
        units[1]: [],
        units[2]: ["life-unreviewed-county", "life-unreviewed-city"],
    }
    facts = living.show(units[0]).events[-1].facts
    assert facts
    assert facts.unreviewed == "city"


def test_no_more_units_are_named_in_a_year_than_the_policy_allows_by_however_many_documents(living: Living) -> None:
    rows = [{**ASSESSED, "单位编码": unit} for unit in (CITY, "510105013", "510105014")]
    living.adopt(*rows, programme=OPEN, title="small")
    for number, unit in enumerate((CITY, "510105013"), start=1):
        living.step("name", unit, "2030-03-01", f"文件{number}", title="small")
    living.step("award", CITY, "2030-03-01", "通报")  # whatever is recorded of a unit since
    error = refused(living.step, "name", "510105014", "2030-12-31", "又一个文件", title="small")
    assert (error.code, error.params["most"], error.params["found"]) == ("life-too-many", 2, 3)
    living.step("name", "510105014", "2031-01-01", title="small")


def test_who_was_named_already_when_the_roster_was_taken_over_counts_in_that_year(living: Living) -> None:
    named = [{**NAMED, "命名时间": "2030-01-05", "单位编码": unit} for unit in (CITY, "510105013")]
    living.adopt(*named, {**ASSESSED, "单位编码": "510105014"}, programme=OPEN, title="small", on="2030-02-01")
    assert refused(living.step, "name", "510105014", "2030-03-01", title="small").code == "life-too-many"


def test_what_is_kept_against_a_unit_is_told_when_it_is_named_all_the_same(living: Living) -> None:
    living.adopt({**HEILONG, **ASSESSED, "命名时间": "", "命名文号": ""})
    old = HEILONG["单位编码"]
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-02-01"), "trial", "x")
        found = {"occasion": "SC-2020-01", "unit": old, "policy": "sichuan-2020"}
        outcome = {**found, "kind": "inspected", "inspected_on": "2020-02-01"}
        rosters.add(
            db, outcomes, [{**rosters.blank(outcomes), **outcome, "content": "{}", "verdict": "failed"}], number
        )
        states = {"F-2020-0001": "open", "F-2020-0002": "closed"}
        rows = [{**found, "finding": name, "state": state, "rechecks": 0} for name, state in states.items()]
        rosters.add(db, findings, [{**rosters.blank(findings), **row} for row in rows], number)
        case = {"exit_case": "E-2020-001", "unit": old, "state": "published"}
        rosters.add(db, exit_cases, [{**rosters.blank(exit_cases), **case}], number)
    living.rename(old, "青竹街道", "2020-03-01", QINGZHU)  # what was found follows it
    taken = living.step("name", QINGZHU, "2020-03-02")
    assert [(each.code, each.params["unit"]) for each in taken.warnings] == [
        ("life-failed", QINGZHU),
        ("life-findings-open", QINGZHU),
        ("life-case-open", QINGZHU),
    ]
    assert taken.warnings[1].params["findings"] == "F-2020-0001"
    assert living.standing(QINGZHU).state is LifeState.NAMED
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-04-01"), "trial", "y")
        later = {**outcome, "occasion": "T-2020-001", "inspected_on": "2020-04-01", "unit": QINGZHU}
        rosters.add(db, outcomes, [{**rosters.blank(outcomes), **later, "content": "{}", "verdict": "passed"}], number)
    living.step("re-evaluate", QINGZHU, "2020-05-01")
    assert "life-failed" not in [each.code for each in living.step("re-name", QINGZHU, "2020-05-02").warnings]


def test_a_visit_that_inspected_a_named_unit_is_the_check_that_its_title_is_due(living: Living) -> None:
    living.adopt(NAMED, HEILONG)
    old = HEILONG["单位编码"]

    def visited(occasion: str, unit: str, on: str, kind: str = "inspected", policy: str = "sichuan-2020") -> None:
        with transaction(living.engine) as db:
            number = acts.record(db, act("2020-02-01"), "trial", occasion)
            row = {"occasion": occasion, "unit": unit, "kind": kind, "inspected_on": on, "policy": policy}
            row = {**rosters.blank(outcomes), **row, "content": "{}"}
            rosters.replace(db, outcomes, {"occasion": occasion, "unit": unit}, row, number)

    def unchecked() -> list[str]:
        with transaction(living.engine, looks=True) as db:
            titles = waiting.titles(db, "2018-02-01", "2020-02-01")
            rows = title_checks.Checks(db, policies).with_unchecked(titles)
        return sorted(row["unit"] for row in rows if row["checked_on"] < row["named_on"])

    assert unchecked() == [CITY, old]
    assert page_of(living, CITY) == ("", "2019-12-20", [])
    visited("T-2017-001", CITY, "2017-12-19")  # before it was named
    visited("T-2019-001", CITY, "2019-01-01", kind="refused")
    visited("T-2019-002", CITY, "2019-01-01", policy="nanxun-2021")  # another programme's, which has no such title
    assert unchecked() == [CITY, old]
    visited("T-2019-003", CITY, "2019-01-01")
    visited("T-2019-004", old, "2019-01-01", policy="open-2030")  # another year's policy with that title
    assert unchecked() == []
    others = [("2017-12-19", "T-2017-001", False), ("2019-01-01", "T-2019-002", False)]
    assert page_of(living, CITY) == ("2019-01-01", "", [*others, ("2019-01-01", "T-2019-003", True)])
    living.rename(old, "青竹街道", "2020-03-01", QINGZHU)
    assert unchecked() == []
    visited("T-2019-003", CITY, "2019-01-01", kind="out-of-scope")  # a correction
    assert unchecked() == [CITY]
    living.step("check", CITY, "2019-06-01", "抽查记录", today="2020-04-01")
    assert unchecked() == []
    shown = [*others, ("2019-06-01", "抽查记录", True)]
    assert page_of(living, CITY) == ("2019-06-01", "", shown)
    visited("T-2020-001", CITY, "2020-01-10")
    assert page_of(living, CITY) == ("2020-01-10", "", [*shown, ("2020-01-10", "T-2020-001", True)])
    assert living.standing(CITY).checked_on == "2019-06-01"  # of the steps alone, as the acts give it again
    with transaction(living.engine, looks=True) as db:
        rows = life_history.list_lives(db, policies, 1, 50).rows
        newest = {row["unit"]: row["checked_on"] for row in rows if row["title"]}
        assert newest == {CITY: "2020-01-10", QINGZHU: "2019-01-01"}
        assert list(life_history.every_life(db, policies)) == rows
        assert life_history.stands(db, policies, CITY)[1].checked_on == "2020-01-10"


def page_of(living: Living, unit: str) -> tuple[str, str, list[tuple[str, str, bool]]]:
    life = living.show(unit)
    assert living.show(unit, "510100").check_by == ""
    checks = [(check.on, check.occasion or check.document, check.counts) for check in life.checks]
    return life.standing.checked_on, life.check_by, checks


def test_a_title_is_given_up_by_the_units_own_word_alone(living: Living) -> None:
    living.adopt(NAMED, {**NAMED, "单位编码": "510105013"})
    for missing in ("declared_by", "scan"):
        said = {name: value for name, value in PAPER.items() if name != missing}
        assert refused(living.step, "surrender", CITY, "2020-03-01", **said).code == "life-surrender-undeclared"
    assert living.standing(CITY).state is LifeState.NAMED
    living.step("surrender", CITY, "2020-03-01", **PAPER)
    facts = living.show(CITY).events[-1].facts
    assert facts
    assert (facts.declared_by, facts.scan) == (PAPER["declared_by"], PAPER["scan"])
    assert isinstance(refused(living.step, "surrender", "510105013", "2020-03-01", city="510300"), NotFound)
    living.step("surrender", "510105013", "2020-03-01", city="510100")  # by the post of its own city
    facts = living.show("510105013").events[-1].facts
    assert facts
    assert facts.declared_by == "office"
    assert living.standing("510105013") == living.replayed("510105013")


def test_that_a_unit_is_not_to_be_named_comes_from_a_case_where_the_policy_has_them(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.adopt(ASSESSED, {**ASSESSED, "单位编码": "510105013"}, programme=OPEN)
    assert refused(living.step, "not-to-be-named", CITY, "2030-03-01").code == "life-unnamed-unfounded"
    assert refused(living.step, "not-to-be-named", CITY, "2030-03-01", case="E-1").code == "life-case-said"
    monkeypatch.setitem(KNOWN, "open-2030", replace(OPEN, after=replace(OPEN.after, exit=None)))
    living.step("not-to-be-named", CITY, "2030-03-01")
    assert living.standing(CITY).state is LifeState.NOT_TO_BE_NAMED


def test_one_record_gives_an_award_no_more_often_than_the_policy_allows(living: Living) -> None:
    codes = (CITY, "510105013", "510105014")
    living.adopt(*({**ASSESSED, "单位编码": unit} for unit in codes), programme=OPEN)

    def praise(*units: str) -> lives.Taken:
        wanted = [lives.Wanted(unit, Facts(on="2030-03-01", document="通报")) for unit in units]
        with transaction(living.engine) as db:
            return lives.step(db, act("2030-03-01"), policies, "award", wanted)

    error = refused(praise, *codes)
    assert (error.code, error.params["most"], error.params["found"]) == ("life-awards-many", 2, 3)
    assert set(praise(*codes[:2]).units) == set(codes[:2])
    living.step("name", "510105014", "2030-03-01", document="另一文件", title="small")


def test_a_revocation_is_refused_without_a_case_and_without_a_confirmed_request(living: Living) -> None:
    living.adopt(NAMED)
    told = {"case": "E-2020-001", "document": "川安委〔2020〕9号", "on": "2020-06-01"}
    assert refused(living.step, "revoke", CITY, "2020-06-01").code == "life-step-own"
    with transaction(living.engine) as db:
        error = refused(lives.revoke, db, act("2020-06-01"), policies, CITY, **told)
        assert error.code == "life-revoke-no-case"
    _open_case(living, "E-2020-001")
    with transaction(living.engine) as db:
        error = refused(lives.revoke, db, act("2020-06-01"), policies, CITY, **told)
        assert (error.code, isinstance(error, Refused)) == ("life-revoke-unconfirmed", True)
        error = refused(lives.revoke, db, act("2020-06-01", request=1), policies, CITY, **told)
        assert error.code == "life-revoke-unconfirmed"
    other = _confirmed(living, "E-2020-001", "substitute")
    with transaction(living.engine) as db:
        error = refused(lives.revoke, db, act("2020-06-01", request=other), policies, CITY, **told)
        assert error.code == "life-revoke-unconfirmed"
    assert living.standing(CITY).state is LifeState.NAMED


def test_a_revocation_that_was_confirmed_ends_the_title_and_needs_its_document(living: Living) -> None:
    living.adopt(NAMED)
    _open_case(living, "E-2020-001")
    request = _confirmed(living, "E-2020-001")
    told = {"case": "E-2020-001", "on": "2020-06-01"}
    with transaction(living.engine) as db:
        by = act("2020-06-01", "province", request=request)
        error = refused(lives.revoke, db, by, policies, CITY, document=" ", **told)
        assert isinstance(error, RuleError)
        lives.revoke(db, by, policies, CITY, document="川安委〔2020〕9号", **told)
    assert (living.standing(CITY).state, living.standing(CITY).title) == (LifeState.REVOKED, "")
    assert living.standing(CITY) == living.replayed(CITY)


def test_a_case_ends_a_life_that_has_no_title_yet_without_a_second_institution_and_never_revokes(
    living: Living,
) -> None:
    living.adopt(NAMED, {**ASSESSED, "单位编码": "510105013"})
    told = {"case": "E-2020-001", "document": "川安委〔2020〕9号", "on": "2020-06-01"}
    with transaction(living.engine) as db:
        by = act("2020-06-01", "province")
        error = refused(lives.follow_case, db, by, policies, "510105013", "not-to-be-named", **told)
        assert error.code == "life-revoke-no-case"
    _open_case(living, "E-2020-001", "not-to-be-named")
    with transaction(living.engine) as db:
        lives.follow_case(db, by, policies, "510105013", "not-to-be-named", **told)
        assert lives.follow_case(db, by, policies, CITY, "not-to-be-named", **told) is None
        assert lives.follow_case(db, by, policies, FUXING, "recall-plaque", **told) is None
        assert refused(lives.follow_case, db, by, policies, CITY, "revoke", **told).code == "life-step-own"
    assert living.standing("510105013") == living.replayed("510105013")
    assert [living.standing(unit).state for unit in (CITY, "510105013")] == ["named", "not-to-be-named"]


def _open_case(living: Living, case: str, state: str = "") -> None:
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-03-01"), "trial", case)
        row = {**rosters.blank(exit_cases), "exit_case": case, "unit": CITY, "state": state}
        rosters.add(db, exit_cases, [row], number)


def _confirmed(living: Living, case: str, asked: str = "revoke") -> int:
    """What `use_cases.requests` leaves when another institution confirmed a request."""
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-05-01", "province"), "request", case, asked=asked, arguments={})
        requests.add(db, Request(number, asked, case, {}, "office", "省安办", None, None))
        acts.record(db, act("2020-05-02", "second-officer", "second"), "confirm", case, request=number, appointed=1)
    return number


def test_where_a_unit_stands_is_what_its_acts_alone_say(living: Living) -> None:
    living.adopt(NAMED)
    living.step("check", CITY, "2020-02-01")
    living.step("postpone", CITY, "2020-02-10", re_evaluate_by="2021-06-30")
    living.step("re-evaluate", CITY, "2021-02-01")
    living.step("re-name", CITY, "2021-06-01")
    assert living.standing(CITY) == living.replayed(CITY)
    assert [event.step for event in living.show(CITY).events] == [
        *("adopt", "check", "postpone", "re-evaluate", "re-name"),
    ]


def test_units_are_listed_by_state_title_city_and_the_end_of_their_title(living: Living) -> None:
    living.adopt(NAMED, {**ASSESSED, "单位编码": "510105013"}, {**JINHUA, "命名时间": "2018-03-01"})
    with transaction(living.engine, looks=True) as db:

        def found(**filters: str) -> list[str]:
            return [row["unit"] for row in life_history.list_lives(db, policies, 1, 50, **filters).rows]

        assert found() == [CITY, "510105013", JINHUA["单位编码"]]
        assert found(state="assessed") == ["510105013"]
        assert found(title="safe-community") == [CITY, JINHUA["单位编码"]]
        assert found(city="511400") == [JINHUA["单位编码"]]
        assert found(valid_before="2021-01-01") == [CITY]
        assert found(text="金花") == [JINHUA["单位编码"]]
        assert [row["unit"] for row in life_history.every_life(db, policies)] == found()
        assert life_history.list_lives(db, policies, 1, 50).rows[0]["name"] == "牛市口街道"


def test_a_unit_of_the_roster_that_is_not_taken_over_has_an_empty_history(living: Living) -> None:
    living.list_units({})
    life = living.show(CITY)
    assert (life.standing.state, life.events) == (LifeState.NOTHING, [])
    assert refused(living.show, FUXING).code == "unit-not-known"
