"""The year's end and people who change: next year's draft roster (年度结转), the handover of a post (交接单)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from audit_service.core.canonical import sha256_hex
from audit_service.core.rights import Right
from audit_service.files.excel import write_workbook
from audit_service.files.kinds import EXCEL, WORD
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.handover_paper import handover_paper
from audit_service.papers.roll_over_sheet import roll_over_sheet
from audit_service.use_cases import handover, rolling_over
from audit_service.use_cases.policies import counting
from audit_service.web.api.parts import files, reads, resource
from audit_service.web.asking import asking
from audit_service.web.attached import attached, wording
from schemas.answers.lives import RollOverOut
from schemas.asks.lives import HandoverAsk, RollOverAsk

blueprint = resource("life-papers", "lives")
Json = Mapping[str, Any]


@reads(blueprint, "/roll-over", Right.AFTER_ACT, RollOverOut, RollOverAsk)
def roll_over(query: Json) -> Json:
    """What next year's draft roster would hold, and the units for which the policy has no status"""
    asked = asking()
    with asked.look() as db:
        programme = counting(db, asked.runtime.policy, query["policy"])
        draft = rolling_over.draft(db, programme, str(query["year"]), _of(query))
    counts = {"units": len(draft.rows), "without": list(draft.without), "of": list(draft.of), "others": [*draft.others]}
    return {"policy": draft.policy, "year": draft.year, **counts}


@files(blueprint, "/roll-over.xlsx", Right.AFTER_ACT, (EXCEL,), method="POST", query=RollOverAsk)
def roll_over_workbook(query: Json) -> Response:
    """Make next year's draft roster (年度结转) in Excel, to be imported as it is; its digest is recorded"""
    asked, name = asking(), f"{query['policy']}-{query['year']}.xlsx"
    programme, known = asked.runtime.policy(query["policy"]), asked.runtime.statuses
    with asked.look() as db:
        draft, cities = rolling_over.draft(db, programme, str(query["year"]), _of(query)), places.cities(db)
    sheet = roll_over_sheet(wording(), draft, (*programme.statuses, *known), cities)
    data = write_workbook([sheet], asked.now)
    with asked.begin() as db:
        rolling_over.record(db, asked.act, programme, draft, name, sha256_hex(data))
    return attached(data, EXCEL, name)


def _of(query: Json) -> list[str]:
    """The policies whose lives roll over, if one is named."""
    return [query["of"]] if query["of"] else []


@files(blueprint, "/handover.docx", Right.AFTER_READ, (WORD,), query=HandoverAsk)
def handover_of(query: Json) -> Response:
    """What a post hands over (交接单): everything that is still open, in Word; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        code = asked.city() or (places.city_code(db, query["city"]) if query["city"] else "")
        found, names = handover.handover(db, asked.vault, asked.runtime.policy, asked.now, code), places.names(db)
    paper = handover_paper(wording(), found, names, query["post"])
    return attached(write_paper(paper), WORD, f"handover-{code or 'office'}.docx")
