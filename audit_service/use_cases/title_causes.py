"""Causes for an exit case that lie in a title: it is over, the evidence of improvement is missing, the city's own
re-evaluation failed its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit_service.core.acts import beijing_day
from audit_service.core.causes import Cause
from audit_service.core.life import IN_FORCE, TITLED, LifeState
from audit_service.core.outcomes import CITY_VERDICTS
from audit_service.store import acts, pages, rosters
from audit_service.store.life_tables import standings
from audit_service.store.outstanding import titles_over
from audit_service.store.tables import units
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import cities_of


def of_titles(at: Occasions, unit: str) -> Iterator[Cause]:
    """Those of all units, or of one."""
    yield from _lapsed(at, unit)
    wanted = {"unit": [unit]} if unit else {}
    titled = rosters.columns(at.db, standings, ("policy",), None, state=IN_FORCE, **wanted)
    for (policy,) in titled:
        yield from _unimproved(at, policy, unit)
    yield from _not_re_evaluated(at, unit)


def _lapsed(at: Occasions, unit: str) -> Iterator[Cause]:
    """Titles whose time is over, whether or not the office has recorded yet that they lapsed."""
    rows = titles_over(at.db, at.today, unit)
    cities = cities_of(at.db, [row["unit"] for row in rows])
    for row in rows:
        city, until = cities.get(row["unit"], ""), row["valid_until"]
        where = row["unit"], city, row["policy"], "", ""
        if row["state"] == LifeState.LAPSED:
            yield Cause("lapsed", *where, row["since"])
        elif at.clock("", city).is_over(until):
            yield Cause("lapsed", *where, until)


def _unimproved(at: Occasions, policy: str, unit: str) -> Iterator[Cause]:
    """Named units' yearly reports on improvement that are missing after their day, for each whole year of a title."""
    for rules in at.after("", policy).reports:
        if rules.improvement and (rules.reporter, rules.every) == ("unit", "year"):
            for each in at.unreported(policy, rules, unit):
                if each.named_on and each.due < at.today:
                    yield Cause("no-improvement", each.unit, each.city, policy, each.period, "", each.due)


def _not_re_evaluated(at: Occasions, unit: str) -> Iterator[Cause]:
    """Units with a title, or whose title's time is over, that failed their city's own re-evaluation (市级复评结论)."""
    failed = _failed_by_city(at, unit)
    cities = cities_of(at.db, failed)
    for row in rosters.chosen(at.db, standings, None, unit=failed, state=TITLED) if failed else ():
        where = row["unit"], cities.get(row["unit"], ""), row["policy"], "", ""
        yield Cause("re-evaluation-failed", *where, failed[row["unit"]])


def _failed_by_city(at: Occasions, unit: str) -> dict[str, str]:
    """By unit since when the roster says that its city's own re-evaluation failed it."""
    words = [word for word, verdict in CITY_VERDICTS.items() if verdict == "failed"]
    wanted = {"city_result": words, **({"unit": [unit]} if unit else {})}
    failed = [each for (each,) in rosters.columns(at.db, units, ("unit",), None, **wanted)]
    return {each: _since(at, each, words) for each in failed}


def _since(at: Occasions, unit: str, words: Sequence[str]) -> str:
    """The day of the first of a unit's last rows on the roster that all say so."""
    since = 0
    for row in reversed(pages.versions_of(at.db, units.c.unit, unit)):
        if row["city_result"] not in words:
            break
        since = row["recorded_in"]
    return beijing_day(acts.act_of(at.db, since).at).isoformat()
