"""What samples say of the whole, for everybody; and fairness over the years, for those who watch over the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit_service.core.acts import beijing_day
from audit_service.core.estimates import estimate, parse_stratum
from audit_service.core.planning import plan
from audit_service.core.rights import Right
from audit_service.errors import RuleError
from audit_service.use_cases import fairness as fairness_use
from audit_service.use_cases import statistics
from audit_service.web.api.parts import reads, resource
from audit_service.web.asking import asking
from audit_service.web.paging import page_of
from schemas.answers.estimates import (
    CampaignEstimateOut,
    EstimateOut,
    PairOut,
    PlanOut,
    YearOut,
    campaign_json,
    estimate_json,
    pair_json,
    plan_json,
    year_json,
)
from schemas.answers.parts import paged
from schemas.asks.bodies import PageAsk
from schemas.asks.estimates import MOST_UNITS, DetectionAsk, EstimateAsk
from schemas.asks.statistics import MonthAsk

estimates = resource("estimates", "estimates")
detection = resource("detection", "detection")
fairness = resource("fairness", "fairness")
Json = Mapping[str, Any]


@reads(estimates, "", Right.ANYBODY, EstimateOut, EstimateAsk)
def estimate_strata(query: Json) -> Json:
    """What samples say of all units: an estimate of the failing ones, and bounds of 95 % each"""
    strata = [parse_stratum(text) for text in query["stratum"]]
    units = sum(stratum.units for stratum in strata)
    if units > MOST_UNITS:
        raise RuleError("estimate-large", found=units, most=MOST_UNITS)
    return estimate_json(estimate(strata))


@reads(estimates, "/<string:campaign>", Right.DRAWS_READ, CampaignEstimateOut, MonthAsk)
def estimate_campaign(query: Json, campaign: str) -> Json:
    """What a campaign's sample says of all its units, once every visit is recorded; of now, or as of a month's end"""
    asked = asking()
    with asked.look() as db:
        return campaign_json(statistics.samples(db, campaign, beijing_day(asked.now), query["month"]))


@reads(detection, "", Right.ANYBODY, PlanOut, DetectionAsk)
def detect(query: Json) -> Json:
    """How likely a sample is to find one of some failing units, or how large it must be"""
    return plan_json(plan(**query))


@reads(fairness, "", Right.ATTEMPTS_READ, paged(YearOut), PageAsk)
def years(query: Json) -> Json:
    """Every campaign with its substitutions, withdrawals, set-asides and trials"""
    with asking().look() as db:
        return page_of(fairness_use.years(db), query, year_json)


@reads(fairness, "/<string:draw>", Right.ATTEMPTS_READ, PairOut)
def overlap(draw: str) -> Json:
    """What a public sample shares with the one before it under its policy, beside what chance would have"""
    asked = asking()
    with asked.look() as db:
        return pair_json(fairness_use.pair_of(db, asked.vault, draw))
