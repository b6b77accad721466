"""Answers about what samples say of the whole, about plans, and about fairness over the years."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from marshmallow import fields

from audit_service.core.canonical import write_time
from audit_service.core.estimates import Estimate, Stratum, estimate
from audit_service.core.planning import Plan
from audit_service.use_cases.fairness import Pair, Year
from schemas.answers.parts import Out, flag, many, text, whole


def number() -> fields.Float:
    """A number that was rounded to be shown."""
    return fields.Float(required=True)


def maybe_number() -> fields.Float:
    """Such a number, or null where there is none."""
    return fields.Float(required=True, allow_none=True)


class EstimateOut(Out):
    """How many units fail: an estimate, and one-sided bounds of 95 % each."""

    estimate = maybe_number()
    lower = whole()
    upper = whole()
    upper_guarded = whole()


class StratumEstimateOut(EstimateOut):
    """Those of a stratum, or of a stratum's city where the rate holds in each; `sample` is `units:sampled:failed`."""

    name = text()
    sample = text()


class CampaignEstimateOut(EstimateOut):
    """Those of all strata of a campaign together, and of each by itself."""

    strata = many(StratumEstimateOut)


class EventOut(Out):
    """A withdrawal, set-aside, substitution or trial."""

    number = whole()
    at = text()
    what = text()
    name = text()
    why = text()
    units = whole()


class PlanOut(Out):
    """How likely a sample is to find at least one of the failing units."""

    units = whole()
    failing = whole()
    sampled = whole()
    chance = number()


class YearOut(Out):
    """A campaign, and how often what was done; of substitutions how many units."""

    campaign = text()
    policy = text()
    draws = whole()
    withdrawn = whole()
    set_aside = whole()
    substituted = whole()
    trials = whole()
    events = many(EventOut)


class PairOut(Out):
    """What a sample shares with the one before; the chances are null where no outcome could have told anything."""

    earlier = text()
    later = text()
    shared = whole()
    expected = number()
    can_tell = flag()
    as_many = maybe_number()
    as_few = maybe_number()


def hundredths(value: Fraction | None) -> str:
    """A number of units for people."""
    return "–" if value is None else f"{float(value):.2f}"


def percent(value: Fraction) -> str:
    """A share for people; never 0 or 100 where it is not."""
    shown = f"{float(100 * value):.2f}"
    if value and shown == "0.00":
        return "<0.01%"
    return ">99.99%" if value < 1 and shown == "100.00" else f"{shown}%"


def _rounded(value: Fraction | None, places: int) -> float | None:
    return None if value is None else float(round(value, places))


def estimate_json(found: Estimate) -> dict[str, object]:
    """An estimate as JSON: the estimate to two decimals, the bounds as whole numbers of units."""
    return {
        "estimate": _rounded(found.estimate, 2),
        "lower": found.lower,
        "upper": found.upper,
        "upper_guarded": found.upper_guarded,
    }


def sample_text(found: Stratum) -> str:
    """A stratum as the command `estimate` takes it."""
    numbers = (found.units, found.sampled, found.failed, *((found.refused,) if found.refused else ()))
    return ":".join(map(str, numbers))


def campaign_json(samples: Mapping[str, Stratum]) -> dict[str, object]:
    """What the samples of a campaign's strata say, together and each."""
    strata = [
        {"name": name, "sample": sample_text(each), **estimate_json(estimate([each]))} for name, each in samples.items()
    ]
    return {**estimate_json(estimate(list(samples.values()))), "strata": strata}


def plan_json(plan: Plan) -> dict[str, object]:
    """A plan as JSON; its chance is rounded down, so that it is never promised where it is not reached."""
    chance = float(Fraction(int(plan.chance * 10**6), 10**6))
    return {"units": plan.units, "failing": plan.failing, "sampled": plan.sampled, "chance": chance}


def year_json(year: Year) -> dict[str, object]:
    """A campaign and its events as JSON."""
    counts = year.counts
    return {
        "campaign": year.campaign,
        "policy": year.policy,
        "draws": year.draws,
        "withdrawn": counts["withdraw"],
        "set_aside": counts["set-aside"],
        "substituted": counts["substitute"],
        "trials": counts["trial"],
        "events": [
            {"number": e.number, "at": write_time(e.at), "what": e.what, "name": e.name, "why": e.why, "units": e.units}
            for e in year.events
        ],
    }


def pair_json(pair: Pair) -> dict[str, object]:
    """What two samples share, as JSON."""
    found = pair.overlap
    return {
        "earlier": pair.earlier,
        "later": pair.later,
        "shared": found.shared,
        "expected": _rounded(found.expected, 2),
        "can_tell": found.as_many is not None,
        "as_many": _rounded(found.as_many, 6),
        "as_few": _rounded(found.as_few, 6),
    }
