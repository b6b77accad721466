"""Steps of a unit's life: which lead where, what each needs, how long a title holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.due import Kind, of_title
from audit_service.core.life import ENDED, NOT_BORN, STEPS, Facts, LifeState, Standing
from audit_service.core.life_steps import (
    is_hurried,
    known_step,
    month_end,
    possible,
    take,
    title_rules,
    years_after,
)
from audit_service.core.policy import Programme
from audit_service.errors import RuleError
from tests.lives.office import OPEN, SICHUAN

ASSESSED = Standing(policy="sichuan-2020", state=LifeState.ASSESSED, since="2017-11-30")
NAMED = take(ASSESSED, "name", Facts(on="2017-12-20", document="川安委〔2017〕20号"), SICHUAN)[0]
RE_EVALUATED = replace(NAMED, state=LifeState.RE_EVALUATION, since="2020-05-01")


def refused(before: Standing, step: str, facts: Facts, programme: object = SICHUAN) -> RuleError:
    with pytest.raises(RuleError) as refusal:
        take(before, step, facts, programme)  # type: ignore[arg-type]
    return refusal.value


def facts(on: str = "2020-06-01", **said: str) -> Facts:
    return Facts(on=on, **{"document": "文件", **said})


def test_a_unit_goes_from_registration_to_a_title_and_each_step_from_the_one_before() -> None:
    standing = NOT_BORN
    for number, step in enumerate(("register", "start", "self-assess", "apply", "assess", "name"), start=1):
        assert step in possible(standing.state)
        title = {"title": "safe-community"} if step == "name" else {}
        standing, _ = take(standing, step, facts(f"2030-0{number}-01", **title), OPEN)
    assert (standing.state, standing.since) == (LifeState.NAMED, "2030-06-01")
    assert (standing.named_on, standing.valid_until, standing.re_evaluate_by) == (
        *("2030-06-01", "2033-06-01", "2033-06-01"),
    )


def test_a_step_from_elsewhere_says_from_where_it_leads_and_what_would_do() -> None:
    error = refused(NAMED, "name", facts())
    assert (error.code, error.params["life_sources"]) == ("life-step-not-here", "assessed")
    assert error.params["life_would"] == "check|re-evaluate|postpone|lapse|surrender|award"
    assert refused(NAMED, "promote", facts()).code == "life-step-unknown"


def test_every_step_needs_a_document_and_a_day_not_before_the_state_that_it_leaves() -> None:
    assert refused(NAMED, "check", Facts(on="2018-06-01", document=" ")).code == "life-document-missing"
    assert refused(NAMED, "check", facts("2017-12-19")).code == "life-too-early"
    assert take(NAMED, "check", facts("2017-12-20"), SICHUAN)[0].checked_on == "2017-12-20"


def test_what_a_document_closes_is_not_begun_any_more_and_its_words_are_told() -> None:
    error = refused(NOT_BORN, "register", facts("2020-01-01"))
    assert (error.code, error.params["words"]) == (
        *("life-step-closed", "2020年开始,全省安全社区建设不再增加新建单位"),
    )
    assert take(NOT_BORN, "register", facts("2019-12-31"), SICHUAN)[0].state == "registered"


def test_a_title_holds_as_long_as_the_policy_says_unless_its_own_document_says_otherwise() -> None:
    assert (NAMED.title, NAMED.valid_until, NAMED.re_evaluate_by) == ("safe-community", "2020-12-20", "2020-12-20")
    longer, _ = take(ASSESSED, "name", facts("2017-12-20", valid_until="2021-06-30"), SICHUAN)
    assert longer.valid_until == "2021-06-30"
    assert refused(ASSESSED, "name", facts("2017-12-20", valid_until="2017-12-19")).code == "life-valid-before"


def test_where_a_policy_has_several_titles_the_one_that_is_meant_is_said() -> None:
    assert refused(ASSESSED, "name", facts(), OPEN).code == "life-title-unknown"
    assert take(ASSESSED, "name", facts(title="small"), OPEN)[0].valid_until == "2022-06-01"
    assert title_rules(SICHUAN, "").title == "safe-community"


def test_a_renewed_title_runs_from_the_re_naming() -> None:
    again, _ = take(replace(RE_EVALUATED, checked_on="2019-05-01"), "re-name", facts("2020-11-01"), SICHUAN)
    assert (again.named_on, again.valid_until, again.checked_on) == ("2020-11-01", "2023-11-01", "")


def test_a_title_lapses_only_when_its_last_day_is_over() -> None:
    assert refused(NAMED, "lapse", facts("2020-12-20")).code == "life-lapse-early"
    assert refused(replace(NAMED, valid_until=""), "lapse", facts("2020-12-21")).code == "life-validity-unknown"
    lapsed, _ = take(NAMED, "lapse", facts("2020-12-21"), SICHUAN)
    assert (lapsed.state, lapsed.title) == (LifeState.LAPSED, "safe-community")
    assert take(lapsed, "re-evaluate", facts("2021-01-05"), SICHUAN)[0].state is LifeState.RE_EVALUATION


def test_a_postponed_re_evaluation_has_a_later_day_and_the_title_holds_until_then() -> None:
    later, _ = take(NAMED, "postpone", facts("2020-02-10", re_evaluate_by="2021-06-30"), SICHUAN)
    assert (later.state, later.re_evaluate_by, later.valid_until) == (LifeState.NAMED, "2021-06-30", "2021-06-30")
    assert refused(NAMED, "postpone", facts("2020-02-10", re_evaluate_by="2020-12-20")).code == "life-postpone-earlier"
    assert refused(NAMED, "postpone", facts("2020-02-10")).code == "life-postpone-earlier"
    assert refused(later, "lapse", facts("2021-06-30")).code == "life-lapse-early"


def test_an_award_is_one_of_the_policys_and_changes_no_title() -> None:
    praised, settled = take(replace(NAMED, policy="open-2030"), "award", facts(), OPEN)
    assert (settled.award, praised.state, praised.valid_until) == ("praise", LifeState.NAMED, NAMED.valid_until)
    assert refused(NAMED, "award", facts(award="medal"), OPEN).code == "life-award-unknown"
    assert refused(NAMED, "award", facts(), SICHUAN).code == "life-award-unknown"
    gone, _ = take(NAMED, "surrender", facts(declared_by="王主任"), SICHUAN)
    assert refused(gone, "award", facts(), OPEN).code == "life-step-not-here"


def test_who_surrenders_has_no_title_any_more_and_gives_the_plaque_back_once() -> None:
    gone, _ = take(NAMED, "surrender", facts(declared_by="王主任"), SICHUAN)
    assert (gone.state, gone.title, gone.valid_until) == (LifeState.SURRENDERED, "", "")
    bare, _ = take(gone, "recall-plaque", facts("2020-07-01"), SICHUAN)
    assert bare.plaque_recalled_on == "2020-07-01"
    assert refused(bare, "recall-plaque", facts("2020-08-01")).code == "life-plaque-twice"


@pytest.mark.parametrize("missing", ["document", "case", "request"])
def test_a_revocation_needs_its_case_its_document_and_a_confirmed_request(missing: str) -> None:
    told = {"document": "川安委〔2020〕9号", "case": "E-2020-001", "request": "12"}
    revoked, _ = take(NAMED, "revoke", facts(**told), SICHUAN)
    assert revoked.state is LifeState.REVOKED
    code = "life-document-missing" if missing == "document" else "life-revoke-unfounded"
    assert refused(NAMED, "revoke", facts(**{**told, missing: ""})).code == code


def test_no_other_step_leads_to_a_revoked_title() -> None:
    assert [step.step for step in STEPS.values() if step.to is LifeState.REVOKED] == ["revoke"]
    assert [step.step for step in STEPS.values() if step.by_case] == ["revoke"]


def test_from_an_ended_life_nothing_leads_but_the_recall_of_the_plaque() -> None:
    for state in ENDED:
        plain = [step.step for step in STEPS.values() if state in step.sources and not step.waiting]
        assert plain == ["recall-plaque"]
    for step in ("merge-unnamed", "merge-transfer"):
        merged = Standing(policy="sichuan-2020", state=LifeState.MERGED, since="2020-01-01", successor="u")
        assert refused(merged, step, facts(other="u", case="E-1")).code == "life-step-not-here"


def test_a_title_that_is_given_up_says_who_declared_it() -> None:
    assert refused(NAMED, "surrender", facts(declared_by=" ")).code == "life-surrender-undeclared"


def test_a_check_is_due_within_two_years_of_naming_unless_there_was_one_since() -> None:
    def due(standing: Standing, programme: Programme = SICHUAN) -> list[str]:
        titles = {rules.title: rules for rules in programme.after.titles}
        found = of_title({**vars(standing), "unit": "u"}, "", lambda _, title: titles.get(title))
        return [each.day for each in found if each.kind is Kind.TITLE_CHECK]

    assert due(NAMED) == ["2019-12-20"]
    assert due(replace(NAMED, checked_on="2018-01-01")) == []
    assert due(replace(NAMED, checked_on="2016-01-01")) == ["2019-12-20"]
    assert due(ASSESSED) == []
    assert due(replace(NAMED, title="small"), OPEN) == []


def test_building_is_hurried_below_the_days_that_it_takes() -> None:
    assert is_hurried("2020-01-01", "2020-06-28", 180)
    assert not is_hurried("2020-01-01", "2020-06-29", 180)
    assert not is_hurried("", "2020-06-29", 180)


def test_a_month_counts_to_its_last_day() -> None:
    assert [month_end(day) for day in ("2020-02", "2019-12", "2019-12-05", "")] == [
        *("2020-02-29", "2019-12-31", "2019-12-05", ""),
    ]


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_a_period_of_years_ends_on_the_day_that_corresponds_or_on_the_months_last(day: date, years: int) -> None:
    end = date.fromisoformat(years_after(day.isoformat(), years))
    assert (end.year - day.year, end.month) == (years, day.month)
    assert end.day == day.day or (day.day == 29 and end.day == 28)


def test_steps_have_unique_names_and_are_looked_up_by_them() -> None:
    assert all(known_step(name).step == name for name in STEPS)
