"""Answers about draws, their rounds, trials and explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marshmallow import fields

from audit_service.core.explanation import Explanation
from audit_service.core.frozen import Exclusion, Substitution
from audit_service.core.selection import Sample, SampleUnit
from audit_service.use_cases.correcting import Corrected
from audit_service.use_cases.views import Done, DrawView
from schemas.answers.parts import Out, PageOut, flag, many, maybe, maybe_whole, text, texts, whole


class StratumOut(Out):
    """A stratum in numbers; `sampled` null before the draw."""

    stratum = text()
    listed = whole()
    excluded = whole()
    units = whole()
    rate_bp = whole()
    sampled = maybe_whole()


class SelectedOut(Out):
    """A unit that was drawn."""

    unit = text()
    stratum = text()
    city = text()
    position = whole()


class SubstitutionOut(Out):
    """A unit that was substituted; an empty substitute where there was no reserve left."""

    batch = whole()
    unit = text()
    substitute = text()


class CorrectionOut(Out):
    """A public value that was typed wrongly, and what is right; `document` for oversight alone.

    `request` is the one that a second person confirmed; null where nobody did.
    """

    wrong = text()
    right = text()
    request = maybe_whole()
    document = fields.String()


class DoneOut(Out):
    """A round, and how far it has gone."""

    round = text()
    state = text()
    commitment = maybe()
    public = maybe()
    cancelled_by = maybe()
    violations = texts()
    corrections = many(CorrectionOut)


class DrawOut(Out):
    """A draw. Of a sealed one the sample is null until it is revealed, but for the office.

    `one_office`: any of it was done without accounts, so no second person confirmed it.
    """

    draw = text()
    campaign = text()
    policy = text()
    state = text()
    demo = flag()
    one_office = flag()
    commitment = maybe()
    public = maybe()
    seed = maybe()
    notices = maybe()
    cancelled_by = maybe()
    corrections = many(CorrectionOut)
    violations = texts()
    days_missing = whole()
    strata = many(StratumOut)
    sample = fields.List(fields.Nested(SelectedOut), required=True, allow_none=True)
    substitutions = many(SubstitutionOut)
    rounds = many(DoneOut)


class DrawLineOut(Out):
    """A draw in a list."""

    draw = text()
    campaign = text()
    state = text()
    commitment = maybe()
    violations = texts()


class PlacedOut(Out):
    """A unit of the frame with its place in its cell."""

    unit = text()
    stratum = text()
    city = text()
    position = whole()
    ticket = text()
    selected = flag()


class SampleOut(PageOut):
    """The units of the frame, in the order of the canonical file, a page at a time."""

    seed = text()
    items = many(PlacedOut)


class CellOut(Out):
    """A stratum in a city."""

    stratum = text()
    city = text()
    units = whole()
    sampled = whole()


class AllocationOut(Out):
    """Every cell."""

    items = many(CellOut)


class ExplanationOut(Out):
    """Why a unit was or was not drawn; of an excluded one its ground alone."""

    unit = text()
    selected = flag()
    stratum = text()
    ground = fields.String()
    name = fields.String()
    city = fields.String()
    position = fields.Integer()
    cell_units = fields.Integer()
    cell_sampled = fields.Integer()
    units = fields.Integer()
    sampled = fields.Integer()
    rate_bp = fields.Integer()
    ticket = fields.String()
    seed = fields.String()
    start = fields.Integer()
    before = fields.Integer()
    cities = fields.List(fields.List(fields.Raw()))


class AnchorsOut(Out):
    """A line `C public` each."""

    anchors = texts()


def placed_json(sample: Sample, row: SampleUnit) -> dict[str, object]:
    """A unit of the frame with its place."""
    return {**row._asdict(), "selected": sample.is_selected(row)}


def allocation_json(sample: Sample) -> dict[str, object]:
    """Every cell."""
    return {
        "items": [
            {"stratum": cell.stratum, "city": cell.city, "units": cell.units, "sampled": cell.sampled}
            for cell in sample.cells
        ]
    }


def draw_json(view: DrawView) -> dict[str, object]:
    """A draw as its office sees it."""
    done = view.done
    return {
        "draw": view.draw.row.draw,
        "campaign": view.draw.row.campaign,
        "policy": view.draw.programme.policy,
        "state": str(view.state),
        "demo": view.demo,
        "one_office": view.one_office,
        "commitment": done.c if done else None,
        "public": done.public if done and done.public else None,
        "seed": done.seed if done and done.seed else None,
        "notices": view.notices or None,
        "cancelled_by": (done.cancelled_by or None) if done else None,
        "corrections": [_correction(entry) for entry in done.corrections] if done else [],
        "violations": list(done.violations) if done else [],
        "days_missing": view.days_missing,
        "strata": [
            {"stratum": s.stratum, "listed": s.listed, "excluded": s.excluded, "units": s.units,
             "rate_bp": s.rate_bp, "sampled": s.sampled}
            for s in view.strata
        ],
        "sample": None if view.sample is None else [
            {"unit": row.unit, "stratum": row.stratum, "city": row.city, "position": row.position}
            for row in view.sample.selected
        ],
        "substitutions": substitutions_json(view.substitutions),
        "rounds": [done_json(entry) for entry in view.rounds],
    }  # fmt: skip


def substitutions_json(rows: Sequence[Substitution]) -> list[dict[str, object]]:
    """Substitutions."""
    return [{"batch": row.batch, "unit": row.unit, "substitute": row.substitute} for row in rows]


def done_json(done: Done) -> dict[str, object]:
    """A round as its office sees it."""
    return {
        "round": done.progress.name,
        "state": str(done.progress.state),
        "commitment": done.c,
        "public": done.public or None,
        "cancelled_by": done.cancelled_by or None,
        "violations": list(done.violations),
        "corrections": [_correction(entry) for entry in done.corrections],
    }


def _correction(entry: Mapping[str, object]) -> dict[str, object]:
    return {**entry, "request": entry.get("request")}


def corrected_json(changed: Sequence[Corrected]) -> list[dict[str, str]]:
    """Which values were typed wrongly, and what they are."""
    return [{"name": entry.name, "wrong": entry.wrong, "right": entry.right} for entry in changed]


def explanation_json(found: Explanation | Exclusion, seed: str, names: Mapping[str, str]) -> dict[str, object]:
    """Why a unit was or was not drawn, in numbers that can be followed by hand."""
    if isinstance(found, Exclusion):
        return {"unit": found.unit, "selected": False, "stratum": found.stratum, "ground": found.ground}
    row = found.row
    line: dict[str, object] = {}
    if found.line and found.share:
        cities = [list(pair) for pair in found.city_units]
        line = {"start": found.line.start, "cities": cities, "before": found.share.before}
    return {
        "selected": found.selected,
        "unit": row.unit,
        "name": names.get(row.unit, ""),
        "city": row.city,
        "stratum": row.stratum,
        "position": row.position,
        "cell_units": found.cell_units,
        "cell_sampled": found.cell_sampled,
        "units": found.stratum_units,
        "sampled": found.stratum_sampled,
        "rate_bp": found.stratum.rate_bp,
        "ticket": row.ticket,
        "seed": seed,
        **line,
    }
