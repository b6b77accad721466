"""The draft roster of next year as a workbook, with the columns of the units' import, to be imported as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from audit_service.core.policy import Status
from audit_service.files.excel import Group, TableSheet
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.rolling_over import Draft
from schemas.units import UnitIn

_WIDTHS: Final[Mapping[str, int]] = {"name": 24, "former_name": 18, "naming_document": 22, "status": 20, "unit": 16}
_YES_NO: Final = {True: "是", False: "否", None: ""}


def roll_over_sheet(wording: Wording, draft: Draft, statuses: Iterable[Status], cities: Cities) -> TableSheet:
    """The sheet: a row a unit; a status is written by its label where that means nothing else under another policy."""
    fields = UnitIn().load_fields
    labels = _labels(statuses)
    rows = []
    for number, row in enumerate(draft.rows, start=1):
        told = {**row, "city": cities.get(row["city"], row["city"]), "status": labels[row["status"]]}
        told["livelihood"] = _YES_NO[row["livelihood"]]
        rows.append([str(number), *(str(told[name]) for name in fields)])
    return TableSheet(
        name=wording.text("roll-over.sheet", year=draft.year),
        title=wording.text("roll-over.title", year=draft.year),
        lines=(wording.text("roll-over.line", policy=draft.policy),),
        groups=(Group("", ("序号", *(field.data_key or name for name, field in fields.items()))),),
        rows=rows,
        widths=(6, *(_WIDTHS.get(name, 12) for name in fields)),
    )


def _labels(statuses: Iterable[Status]) -> dict[str, str]:
    meanings: dict[str, set[str]] = defaultdict(set)
    printed: dict[str, str] = {}
    for status in statuses:
        printed.setdefault(status.status, status.labels[0])
        for label in status.labels:
            meanings[label].add(status.status)
    return {status: label if len(meanings[label]) == 1 else status for status, label in printed.items()}
