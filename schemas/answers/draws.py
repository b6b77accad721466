"""Answers about draws, their rounds, trials and explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from marshmallow import fields

from audit_service.core.explanation import Explanation
from audit_service.core.frozen import Exclusion, Substitution
from audit_service.core.selection import Sample
from audit_service.core.shortage import Shortage
from audit_service.use_cases.correcting import Corrected
from audit_service.use_cases.draws import Trial
from audit_service.use_cases.people_of_round import Called, Concluded
from audit_service.use_cases.rounds import Round
from audit_service.use_cases.views import Done, DrawView
from schemas.answers.parts import Out, flag, many, maybe, maybe_whole, text, texts, whole


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
    """A public value that was typed wrongly, and what is right; `document` for oversight alone."""

    wrong = text()
    right = text()
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


class SeatOut(Out):
    """Somebody's seat on a packet; people by code alone."""

    pool = text()
    packet = text()
    role = text()
    inspector = text()


class ShortRecusalOut(Out):
    """A recusal that keeps somebody away."""

    inspector = text()
    unit = text()


class AtHomeOut(Out):
    """How many people a city's own packets keep away."""

    city = text()
    people = whole()


class BarrierOut(Out):
    """What keeps people away from a packet."""

    packet = text()
    units = texts()
    seats = whole()
    recusals = many(ShortRecusalOut)
    at_home = many(AtHomeOut)


class ShortageOut(Out):
    """A role that cannot be filled, and how many people from which cities would do."""

    pool = text()
    role = text()
    packets = texts()
    seats_short = whole()
    people_from_elsewhere = whole()
    cities_that_would_do = texts()
    barriers = many(BarrierOut)


class TieOut(Out):
    """A recusal that was concluded from the rosters, and on what ground."""

    inspector = text()
    unit = text()
    tie = text()


class RoundOut(Out):
    """A round that was carried out: every seat, or what is missing."""

    round = text()
    seed = text()
    packets = whole()
    seats = whole()
    infeasible = many(ShortageOut)
    untried = many(ShortageOut)
    assignment = many(SeatOut)


class TrialOut(Out):
    """A trial: it decides nothing."""

    trial = flag()
    draw = text()
    sampled = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    people = whole()
    recusals = whole()
    away = texts()
    concluded = many(TieOut)
    unread = texts()
    feasible = flag()
    infeasible = many(ShortageOut)
    untried = many(ShortageOut)


class DrawsOut(Out):
    """Every draw."""

    items = many(DrawLineOut)


class DonesOut(Out):
    """Every round of a draw."""

    items = many(DoneOut)


class PlacedOut(Out):
    """A unit of the frame with its place in its cell."""

    unit = text()
    stratum = text()
    city = text()
    position = whole()
    ticket = text()
    selected = flag()


class SampleOut(Out):
    """Every unit of the frame, in the order of the canonical file."""

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


class SubstitutionsOut(Out):
    """Substitutions, batch by batch."""

    items = many(SubstitutionOut)


class NamedCorrectionOut(Out):
    """A public value that was typed wrongly, of which draw or round, and what is right."""

    name = text()
    wrong = text()
    right = text()


class CorrectedOut(Out):
    """What was corrected."""

    corrected = many(NamedCorrectionOut)


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


class RoundCommittedOut(Out):
    """A round that was committed, and who was called."""

    round = text()
    commitment = text()
    people = whole()
    recusals = whole()
    away = texts()
    concluded = many(TieOut)
    unread = texts()


def sample_json(sample: Sample) -> dict[str, object]:
    """Every unit of the frame with its place."""
    selected = {row.unit for row in sample.selected}
    return {
        "seed": sample.seed,
        "items": [
            {"unit": row.unit, "stratum": row.stratum, "city": row.city, "position": row.position,
             "ticket": row.ticket, "selected": row.unit in selected}
            for row in sample.by_unit.values()
        ],
    }  # fmt: skip


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
        "corrections": list(done.corrections) if done else [],
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
        "corrections": list(done.corrections),
    }


def round_json(found: Round) -> dict[str, object]:
    """A round that was carried out."""
    return {
        "round": found.name,
        "seed": found.seed,
        "packets": len([packet for packet in found.packets if packet.units]),
        "seats": len(found.seats),
        "infeasible": shortages_json(found.shortages),
        "untried": shortages_json(found.untried),
        "assignment": [
            {"pool": seat.pool, "packet": seat.packet, "role": seat.role, "inspector": seat.inspector}
            for seat in found.seats
        ],
    }


def shortages_json(missing: Sequence[Shortage]) -> list[dict[str, object]]:
    """Roles that cannot be filled."""
    return [
        {
            "pool": shortage.stuck.pool,
            "role": shortage.stuck.role,
            "packets": list(shortage.stuck.packets),
            "seats_short": shortage.seats,
            "people_from_elsewhere": shortage.people,
            "cities_that_would_do": list(shortage.cities),
            "barriers": [
                {
                    "packet": barrier.packet.packet,
                    "units": list(barrier.packet.units),
                    "seats": barrier.seats,
                    "recusals": [{"inspector": row.inspector, "unit": row.unit} for row in barrier.recusals],
                    "at_home": [{"city": city, "people": count} for city, count in barrier.at_home],
                }
                for barrier in shortage.barriers
            ],
        }
        for shortage in missing
    ]


def called_json(called: Called) -> dict[str, object]:
    """Who was called to a round."""
    return {
        "people": len(called.people),
        "recusals": len(called.recusals),
        **concluded_json(called.concluded),
    }


def concluded_json(concluded: Concluded) -> dict[str, object]:
    """What was concluded of whom; names and words stay with the office."""
    return {
        "away": [away.inspector for away in concluded.away],
        "concluded": [{"inspector": tie.inspector, "unit": tie.unit, "tie": tie.tie} for tie in concluded.ties],
        "unread": list(concluded.unread),
    }


def trial_json(found: Trial) -> dict[str, object]:
    """A trial."""
    return {
        "trial": True,
        "draw": found.draw.row.draw,
        "sampled": dict(Counter(row.stratum for row in found.sample.selected)),
        **called_json(found.called),
        "feasible": not found.shortages,
        "infeasible": shortages_json(found.shortages),
        "untried": shortages_json(found.untried),
    }


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
