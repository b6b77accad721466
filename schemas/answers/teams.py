"""Answers about teams: rounds that were carried out, trials, and what is missing where no teams can be formed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from marshmallow import fields

from audit_service.core.shortage import Shortage
from audit_service.use_cases.draws import Trial
from audit_service.use_cases.people_of_round import Called, Concluded
from audit_service.use_cases.rounds import Round
from schemas.answers.parts import Out, flag, many, text, texts, whole


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
    """A recusal that was concluded from the rosters, and on what ground; or a doubt, where there is none."""

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
    doubts = many(TieOut)
    feasible = flag()
    infeasible = many(ShortageOut)
    untried = many(ShortageOut)


class RoundCommittedOut(Out):
    """A round that was committed, and who was called."""

    round = text()
    commitment = text()
    people = whole()
    recusals = whole()
    away = texts()
    concluded = many(TieOut)
    unread = texts()
    doubts = many(TieOut)


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
        "concluded": [tie._asdict() for tie in concluded.ties],
        "unread": list(concluded.unread),
        "doubts": [doubt._asdict() for doubt in concluded.doubts],
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
