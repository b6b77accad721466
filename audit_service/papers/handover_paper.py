"""The handover of a post, 交接单, as a paper that both sides and a witness sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from audit_service.core.acts import beijing_day
from audit_service.core.outcomes import THE_UNIT
from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Column, Heading, Paper, Table, plain
from audit_service.papers.record_words import NONE
from audit_service.papers.wording import Wording
from audit_service.use_cases.handover import Handover
from audit_service.use_cases.views import Names

_COLUMNS: Final = {
    "campaigns": (("campaign", 40), ("policy", 50), ("draws", 66)),
    "requests": (("number", 18), ("asked", 48), ("subject", 44), ("institution", 46)),
    "draws": (("draw", 50), ("state", 60), ("unvisited", 46)),
    "checks": (("check", 28), ("unit", 46), ("reason", 54), ("due", 28)),
    "unsigned": (("occasion", 36), ("unit", 60), ("signers", 60)),
    "findings": (("finding", 26), ("unit", 38), ("description", 42), ("state", 24), ("due", 26)),
    "cases": (("case", 26), ("unit", 46), ("opened", 26), ("state", 32), ("due", 26)),
    "ending": (("code", 36), ("unit", 80), ("valid-until", 40)),
}
"""By section its columns, each by the code of its heading, with their widths in millimetres."""


def handover_paper(wording: Wording, found: Handover, names: Names, post: str) -> Paper:
    """The paper of what a post hands over."""
    day = beijing_day(found.at).isoformat()
    of = names.cities.get(found.city, found.city) or wording.text("handover.whole")
    return Paper(
        title=wording.text("handover.title"),
        subtitle=wording.text("handover.subtitle", post=post, of=of, day=day),
        marks=(),
        blocks=tuple(_blocks(wording, found, names)),
        footer=wording.text("handover.footer", day=day, page=PAGE, pages=PAGES),
        at=found.at,
        chinese=wording.language == "zh",
    )


def _blocks(wording: Wording, found: Handover, names: Names) -> Iterator[Block]:
    ordinals = wording.text("record.ordinals").split()
    for ordinal, (section, rows) in zip(ordinals, _sections(wording, found, names).items(), strict=False):
        title = wording.text(f"handover.{section}")
        yield Heading(wording.text("record.section", ordinal=ordinal, title=title))
        if not rows:
            yield plain(wording.text("handover.none"))
            continue
        columns = [Column(wording.text(f"handover.column.{code}"), width) for code, width in _COLUMNS[section]]
        yield Table(tuple(columns), rows)
    yield Blanks((40, 60, 20, 36), [_signs(wording, who) for who in ("from", "to", "witness")])


def _signs(wording: Wording, who: str) -> tuple[str, str, str, str]:
    return wording.text(f"handover.sign-{who}"), "", wording.text("handover.sign-day"), ""


def _sections(wording: Wording, found: Handover, names: Names) -> dict[str, list[Sequence[str]]]:
    unit = names.units.get

    def of(row: Mapping[str, str]) -> str:
        return unit(row["unit"], row["unit"])

    def signer(who: str) -> str:
        return wording.text("handover.the-unit") if who == THE_UNIT else names.people.get(who, who)

    return {
        "campaigns": [(each["campaign"], each["policy"], "、".join(each["draws"]) or NONE) for each in found.campaigns],
        "requests": [
            (str(each.number), wording.text(f"asked.{each.action}"), each.subject, each.institution)
            for each in found.requests
        ],
        "draws": [
            (
                each.draw,
                wording.text("handover.sealed" if each.under_seal else f"state.{each.state}"),
                NONE if each.unvisited is None else str(each.unvisited),
            )
            for each in found.draws
        ],
        "checks": [(row["occasion"], of(row), row["reason"], row["due_on"]) for row in found.checks],
        "unsigned": [
            (each.occasion, unit(each.unit, each.unit), "、".join(map(signer, each.missing))) for each in found.unsigned
        ],
        "findings": [
            (row["finding"], of(row), row["description"], wording.text(f"finding-state.{row['state']}"), row["due_on"])
            for row in found.findings
        ],
        "cases": [
            (
                stood.case.case,
                unit(stood.unit_now, stood.unit_now),
                stood.case.opened_on,
                wording.text(f"case-state.{stood.state}"),
                stood.due_on or NONE,
            )
            for stood in found.cases
        ],
        "ending": [(code, unit(code, NONE), day) for code, day in found.ending],
    }
