"""Answers about the frame's reconciliation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from marshmallow import fields

from audit_service.core.reconciliation import Explained, Line
from audit_service.use_cases.reconciling import Checked
from schemas.answers.parts import Out, flag, many, maybe, maybe_whole, text, texts, whole

COLUMNS: Final = ("ordered", "listed", "framed", "excluded", "difference")


class ExplainedOut(Out):
    """An explanation that was given for other numbers or other units, and so settles nothing; what was ordered and
    listed then is null of one from before that was noted."""

    difference = whole()
    document = text()
    date = text()
    ordered = maybe_whole()
    listed = maybe_whole()


class LineOut(Out):
    """A city's units for a target: ordered by the annex, listed, in the frame, excluded."""

    city = text()
    city_name = text()
    target = text()
    ordered = whole()
    listed = whole()
    framed = whole()
    excluded = whole()
    difference = whole()
    explained = maybe()
    explained_on = maybe()
    outdated = fields.Nested(ExplainedOut, required=True, allow_none=True)
    settled = flag()
    units = texts()


class AstrayOut(Out):
    """A unit that has no one place."""

    unit = text()
    city = text()
    code = text()
    names = texts()


class ExclusionsOut(Out):
    """How many units of a city are excluded on a ground."""

    city = text()
    ground = text()
    count = whole()


class KeptOutOut(Out):
    """A unit that another level's plan keeps out of the frame, and that plan's document."""

    unit = text()
    ground = text()
    level = text()
    document = text()


class ConfirmedOut(Out):
    """A city's confirmation of its list."""

    city = text()
    file = text()
    sha256 = text()
    date = text()
    units = whole()


class ConfirmationOut(ConfirmedOut):
    """A confirmation; `current` while the list is still as it was then."""

    current = flag()


class UnseatedOut(Out):
    """People of a category who can take no seat under the policy."""

    category = text()
    inspectors = texts()


class CheckOut(Out):
    """A frame check."""

    policy = text()
    annex = flag()
    agrees = flag()
    lines = many(LineOut)
    astray = many(AstrayOut)
    exclusions = many(ExclusionsOut)
    planned = many(KeptOutOut)
    confirmations = many(ConfirmationOut)
    unconfirmed = texts()
    unseated = many(UnseatedOut)


def numbers(line: Line) -> list[int]:
    """The numbers of a line, in the order of `COLUMNS`."""
    return [line.ordered, line.listed, line.framed, line.excluded, line.difference]


def check_json(checked: Checked, cities: Mapping[str, str]) -> dict[str, object]:
    """A frame check as JSON."""
    found = checked.reconciliation
    return {
        "policy": checked.programme.policy,
        "annex": found.annex,
        "agrees": found.agrees,
        "lines": [_line_json(line, cities) for line in found.lines],
        "astray": [
            {"unit": row.unit, "city": row.city, "code": row.code, "names": list(row.names)} for row in found.astray
        ],
        "exclusions": [
            {"city": city, "ground": ground, "count": count}
            for (city, ground), count in sorted(found.exclusions.items())
        ],
        "planned": [
            {"unit": unit, "ground": ground, "level": level, "document": document}
            for unit, ground, level, document in checked.kept_out
        ],
        "confirmations": [
            {"city": c.city, "file": c.file, "sha256": c.digest, "date": c.day, "units": c.units, "current": c.current}
            for _, c in sorted(checked.confirmations.items())
        ],
        "unconfirmed": checked.unconfirmed,
        "unseated": [
            {"category": category, "inspectors": list(people)} for category, people in sorted(checked.unseated.items())
        ],
    }


def _line_json(line: Line, cities: Mapping[str, str]) -> dict[str, object]:
    return {
        "city": line.city,
        "city_name": cities.get(line.city, line.city),
        "target": line.target,
        **dict(zip(COLUMNS, numbers(line), strict=True)),
        "explained": line.settling.document if line.settling else None,
        "explained_on": line.settling.day if line.settling else None,
        "outdated": _explained_json(line.outdated) if line.outdated else None,
        "settled": line.settled,
        "units": list(line.units),
    }


def _explained_json(told: Explained) -> dict[str, object]:
    return {
        "difference": told.difference,
        "document": told.document,
        "date": told.day,
        "ordered": told.ordered,
        "listed": told.listed,
    }
