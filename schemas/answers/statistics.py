"""Answers about figures: of a campaign, by city and stratum. Every share stands beside what it is a share of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from audit_service.core import statistics as rules
from audit_service.core.statistics import Figures
from audit_service.use_cases.exit_figures import Exits
from audit_service.use_cases.statistics import Statistics
from schemas.answers.estimates import sample_text
from schemas.answers.parts import Out, flag, many, maybe, maybe_whole, text, whole

Cities = Mapping[str, str]


def _counts(what: str) -> fields.Raw:
    return fields.Raw(required=True, metadata={"description": what})


class ShareOut(Out):
    """So many of so many: `of` may be few, and then says little."""

    number = whole()
    of = whole()


class FiguresOut(Out):
    """Figures; `city` and `stratum` are empty where they are of all. `sampled` is null while it is under seal;
    `unsigned` visits wait for signatures, and count in no other figure."""

    city = text()
    city_name = text()
    stratum = text()
    listed = whole()
    excluded = _counts("By ground, how many units were excluded")
    sampled = maybe_whole()
    visited = whole()
    unsigned = whole()
    kinds = _counts("How visits ended: inspected, refused, out-of-scope, postponed")
    verdicts = _counts("By verdict, how many units")
    failed = fields.Nested(ShareOut, required=True)
    findings = _counts("By area of the standard, how many findings")
    closed = whole()
    in_time = fields.Nested(ShareOut, required=True)
    overdue = whole()
    cases = whole()
    causes = _counts("By cause, how many exit cases were opened")
    exits = _counts("By ending, how many exit cases are decided")


class StratumFiguresOut(FiguresOut):
    """Those of a stratum; `sample` is what `estimate` is asked, null until every sampled unit was judged or refused."""

    sample = maybe()


class StatisticsOut(Out):
    """The figures of a campaign on a day; `act` is the last act that they know of."""

    campaign = text()
    policy = text()
    day = text()
    act = whole()
    sealed = flag()
    whole = fields.Nested(FiguresOut, required=True)
    strata = many(StratumFiguresOut)
    cities = many(FiguresOut)
    cells = many(FiguresOut)
    beside = fields.Nested(FiguresOut, required=True)


class ExitFiguresOut(Out):
    """Exit cases that count in one place: a `campaign`, or beside all campaigns those that were opened in a `year`."""

    campaign = text()
    year = text()
    city = text()
    city_name = text()
    cases = whole()
    causes = _counts("By cause, how many exit cases were opened")
    exits = _counts("By ending, how many exit cases are decided")
    undecided = whole()


class ExitsOut(Out):
    """All exit cases, each in one row of `rows`; those beside the campaigns also by year and city (`cities`)."""

    day = text()
    act = whole()
    whole = fields.Nested(ExitFiguresOut, required=True)
    rows = many(ExitFiguresOut)
    cities = many(ExitFiguresOut)


def exits_json(found: Exits, cities: Cities) -> dict[str, Any]:
    """All exit cases by where they count."""
    return {
        "day": found.day.isoformat(),
        "act": found.act,
        "whole": _cases(rules.summed(found.homes.values())),
        "rows": [_cases(each, home.campaign, home.year) for home, each in found.homes.items()],
        "cities": [
            _cases(each, year=year, city=city, city_name=cities.get(city, city))
            for (year, city), each in found.cities.items()
        ],
    }


def _cases(found: Figures, campaign: str = "", year: str = "", city: str = "", city_name: str = "") -> dict[str, Any]:
    where = {"campaign": campaign, "year": year, "city": city, "city_name": city_name}
    return {**where, **_case_counts(found), "undecided": found.undecided}


def _case_counts(found: Figures) -> dict[str, Any]:
    return {"cases": found.cases, "causes": _sorted(found.causes), "exits": _sorted(found.exits)}


def statistics_json(found: Statistics, cities: Cities) -> dict[str, Any]:
    """The figures of a campaign."""
    return {
        "campaign": found.campaign,
        "policy": found.policy,
        "day": found.day.isoformat(),
        "act": found.act,
        "sealed": found.sealed,
        "whole": _figures(rules.whole(found.cells)),
        "strata": [
            {**_figures(each, stratum=name), "sample": sample_text(each.sample) if each.sample else None}
            for name, each in rules.by_stratum(found.cells).items()
        ],
        "cities": [_figures(each, name, cities.get(name, name)) for name, each in rules.by_city(found.cells).items()],
        "cells": [
            _figures(each, cell.city, cities.get(cell.city, cell.city), cell.stratum)
            for cell, each in found.cells.items()
            if cell.stratum
        ],
        "beside": _figures(rules.beside(found.cells)),
    }


def _figures(found: Figures, city: str = "", city_name: str = "", stratum: str = "") -> dict[str, Any]:
    return {
        "city": city,
        "city_name": city_name,
        "stratum": stratum,
        "listed": found.listed,
        "excluded": _sorted(found.excluded),
        "sampled": found.sampled,
        "visited": found.visited,
        "unsigned": found.unsigned,
        "kinds": _sorted(found.kinds),
        "verdicts": _sorted(found.verdicts),
        "failed": {"number": found.verdicts["failed"], "of": found.judged},
        "findings": _sorted(found.findings),
        "closed": found.closed,
        "in_time": {"number": found.in_time, "of": found.closed + found.overdue},
        "overdue": found.overdue,
        **_case_counts(found),
    }


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts) if counts[name]}
