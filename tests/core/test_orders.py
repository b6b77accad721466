"""How far orders and quotas are carried out; periods, clocks and colours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.after import NOTHING_AFTER, Consequence, Milestone, Order, Quota, Warning
from audit_service.core.clocks import Pause, extend
from audit_service.core.colours import Colour, colour_of
from audit_service.core.milestones import Timing, held
from audit_service.core.orders import Lives, Merged, Taken, befalls, order_progress, quota_progress
from audit_service.core.places import place_of
from audit_service.core.reporting_periods import ended, first_day, last_day, period_of
from audit_service.core.rules import Condition, Label, Rule

L, R = Label("任务", "order"), Rule("一", "字", None)
WARNING = Warning(15, 5, ())
AFTER = replace(
    NOTHING_AFTER,
    warning=WARNING,
    milestones=(Milestone("assessment", L, "name", "", "10-30", "veto", R),),
    consequences=(Consequence("veto", L, "county", R),),
)
ORDER = Order("naming", L, "命名", "name", Condition((("status", ("target",)),)), 2013, 6, "county", "", R)
TODAY = date(2013, 10, 1)


def unit(name: str, county: str = "广安区", status: str = "target") -> dict[str, str]:
    return {"unit": name, "city": "511600", "county": county, "status": status}


def took(name: str, day: str, act: int = 1, **more: str) -> Taken:
    return Taken(name, "name", day, act, unit(name, **more))


def merged(name: str, into: str, act: int = 1, **more: str) -> Merged:
    return Merged(name, into, act, unit(name, **more))


def progress(taken=(), mergers=(), annex=None, began=None, today=TODAY, order=ORDER):
    lives = Lives(tuple(taken), tuple(mergers), began or {})
    return order_progress(
        AFTER, order, annex or {"511600/广安区": 2}, (), lives, lambda each, level: place_of(each, level, ()), today
    )


def test_a_unit_counts_for_its_place_and_once_however_often_it_takes_the_step() -> None:
    found = progress([took("a", "2013-05-01"), took("a", "2013-06-01", 2), took("b", "2013-06-01", county="邻水县")])
    assert [(line.place, line.ordered, line.done, line.left) for line in found.lines] == [
        ("511600/广安区", 2, 1, 1),
        ("511600/邻水县", 0, 1, 0),
    ]
    assert (found.whole.ordered, found.whole.done, found.annex) == (6, 2, 2)


def test_a_step_before_or_after_a_milestones_time_is_told_of() -> None:
    september = Milestone("acceptance", L, "name", "09-01", "09-30", "", R)
    open_ended = replace(september, milestone="any", since="", step="assess")
    days = {"a": "2013-08-31", "b": "2013-09-01", "c": "2013-09-30", "d": "2013-10-01"}
    taken = [replace(took(name, day), policy="own") for name, day in days.items()]
    again = [replace(took(name, day), policy="own") for name, day in (("a", "2013-09-02"), ("b", "2013-10-02"))]
    other = [took("e", "2013-10-01"), replace(took("f", "2013-01-01"), policy="own", step="assess")]
    first, second = held((september, open_ended), "own", 2013, [*taken, *other])
    assert [(each.unit, each.timing) for each in first.units] == [
        ("a", Timing.EARLY), ("b", Timing.IN_TIME), ("c", Timing.IN_TIME), ("d", Timing.LATE)
    ]  # fmt: skip
    assert [first.count(timing) for timing in Timing] == [1, 2, 1]
    assert [(each.unit, each.timing) for each in second.units] == [("f", Timing.IN_TIME)]
    corrected, _ = held((september, open_ended), "own", 2013, [*taken, *again])
    assert [corrected.count(timing) for timing in Timing] == [0, 3, 1]


def test_a_unit_of_another_status_counts_for_nothing() -> None:
    assert progress([took("a", "2013-05-01", status="other")]).whole.done == 0


def test_what_is_done_after_the_milestone_is_late_and_still_done() -> None:
    found = progress([took("a", "2013-10-30"), took("b", "2013-10-31")])
    assert (found.lines[0].done, found.lines[0].late) == (2, 1)


def test_two_ordered_units_that_merge_count_once_each_and_on_time() -> None:
    """000 三(三): two targets that merge into one division still count."""
    mergers = [merged("a", "c", 5), merged("b", "c", 6)]
    found = progress([took("c", "2013-09-01", 9)], mergers, began={"c": 7})
    assert [(done.unit, done.successor, done.day) for done in found.units] == [
        ("a", "c", "2013-09-01"),
        ("b", "c", "2013-09-01"),
    ]
    assert (found.lines[0].done, found.lines[0].merged, found.lines[0].late) == (2, 2, 0)


def test_a_unit_of_which_two_mergers_are_told_counts_once() -> None:
    mergers = [merged("a", "c", 5), merged("a", "c", 6)]
    assert progress([took("c", "2013-09-01", 9)], mergers, began={"c": 7}).whole.done == 1


def test_a_unit_that_was_ordered_itself_counts_beside_the_one_that_it_took_in() -> None:
    found = progress([took("b", "2013-09-01", 9)], [merged("a", "b", 5)], began={"b": 2})
    assert {done.unit for done in found.units} == {"a", "b"}


def test_a_unit_merged_into_one_that_never_takes_the_step_is_still_to_do() -> None:
    assert progress(mergers=[merged("a", "b")]).whole.done == 0


def test_who_took_the_step_before_a_merger_and_the_new_division_after_it_count_once() -> None:
    """As over the years of a cumulative order: named in the first, given another code, named again in the last."""
    found = progress([took("a", "2013-05-01", 2), took("c", "2013-09-01", 9)], [merged("a", "c", 5)], began={"c": 6})
    assert [(done.unit, done.day) for done in found.units] == [("a", "2013-05-01")]


def test_mergers_are_followed_to_their_end_and_in_no_circle() -> None:
    mergers = [merged("a", "b", 3), merged("b", "c", 4)]
    assert progress([took("c", "2013-07-01", 9)], mergers).whole.merged == 2
    assert progress(mergers=[merged("a", "b"), merged("b", "a")]).whole.done == 0


def test_a_number_of_every_place_holds_where_no_annex_gives_more() -> None:
    order = replace(ORDER, level="city", each=1, total=None)
    found = order_progress(
        AFTER, order, {"x": 3}, ["x", "y"], Lives((), (), {}), lambda each, level: place_of(each, level, ()), TODAY
    )
    assert [(line.place, line.ordered) for line in found.lines] == [("x", 3), ("y", 1)]
    assert found.whole.ordered == 4


@pytest.mark.parametrize(("townships", "rate", "started"), [(22, 3000, 7), (20, 3000, 6), (1, 2000, 1), (0, 2000, 0)])
def test_a_quota_is_a_share_of_the_townships_rounded_up(townships: int, rate: int, started: int) -> None:
    """004 二: 30 % of a demonstration district's townships, 20 % of the others'."""
    quota = Quota("q", L, ("主城区",), "start", rate, ())
    found = quota_progress(
        AFTER, quota, {"500106": townships}, 2010, Lives((), (), {}), lambda each: each["city"], TODAY
    )
    assert found.whole.ordered == started


def test_the_veto_threatens_after_the_milestone_and_is_certain_after_the_year() -> None:
    """003 第三篇三(四): 凡是安全社区创建任务未完成的区市县政府, 安全生产目标考核实行“一票否决”."""
    assert befalls(AFTER, [("name", progress())], 2013, date(2013, 10, 30)) == []
    (found,) = befalls(AFTER, [("name", progress())], 2013, date(2013, 10, 31))
    assert (found.consequence, found.place, found.left, found.certain) == ("veto", "511600/广安区", 2, False)
    (found,) = befalls(AFTER, [("name", progress())], 2013, date(2014, 1, 1))
    assert found.certain
    done = progress([took("a", "2013-12-30"), took("b", "2013-12-31")])
    assert befalls(AFTER, [("name", done)], 2013, date(2014, 1, 1)) == []


def test_three_colours_by_the_days_that_are_left() -> None:
    days = {left: colour_of(TODAY + timedelta(days=left), TODAY, WARNING) for left in (16, 15, 5, 4, -1)}
    assert list(days.values()) == [Colour.GREEN, Colour.YELLOW, Colour.YELLOW, Colour.RED, Colour.RED]
    assert colour_of(TODAY, TODAY, None) is Colour.GREEN
    assert colour_of(TODAY - timedelta(days=1), TODAY, None) is Colour.RED


def test_a_clock_stands_while_a_pause_lasts() -> None:
    day, today = date(2020, 2, 10), date(2020, 2, 12)

    def moved(*pauses: Pause) -> date:
        return extend(day, pauses, today=today, running=date(2020, 1, 31))

    first = date(2020, 2, 1)
    assert moved() == day
    assert moved(Pause(first, first)) == date(2020, 2, 11)
    assert moved(Pause(date(2020, 2, 11), None)) == day
    assert moved(Pause(date(2020, 2, 10), None)) == date(2020, 2, 13)
    assert moved(Pause(date(2020, 2, 12), date(2020, 2, 12)), Pause(first, date(2020, 2, 2))) == date(2020, 2, 13)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["month", "quarter", "half-year", "year"]))
def test_every_day_lies_in_its_period_and_periods_follow_each_other(day: date, every: str) -> None:
    period = period_of(day, every)
    assert first_day(period) <= day <= last_day(period)
    assert period_of(last_day(period) + timedelta(days=1), every) != period
    assert list(ended(day, last_day(period) + timedelta(days=1), every)) == [period]
    assert list(ended(day, last_day(period), every)) == []
