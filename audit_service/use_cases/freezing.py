"""Freeze the sampling frame of a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import frozen, replay
from audit_service.core.acts import Act
from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.policy import Attributes, Programme
from audit_service.errors import Refused
from audit_service.store import acts, rosters, tables
from audit_service.store import draws as store
from audit_service.store.draws import DrawRow

YES_NO = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class Frozen:
    """A draw as it was frozen: its files by name and their digests, to be published for objections."""

    draw: str
    units: int
    excluded: int
    files: Mapping[str, bytes]
    digests: Mapping[str, str]


def freeze(db: Connection, act: Act, campaign: str, programme: Programme, policy_file: bytes) -> Frozen:
    """Freeze the roster's units under a policy as the next draw of a campaign, which this opens if it is new.

    `Refused` where the campaign has another policy or the roster has no unit that can be drawn; `RuleError` for a unit
    of two strata.
    """
    store.lock_campaign(db, campaign)
    _check_campaign(db, campaign, programme)
    drawn, excluded = programme.frame(unit_attributes(db))
    if not drawn:
        raise Refused("frame-empty", policy=programme.policy)
    files = {
        "policy.json": frozen.write_policy(programme.public_policy),
        "frame.csv": frozen.FRAME.write(drawn),
        "exclusions.csv": frozen.EXCLUSIONS.write(excluded),
    }
    replay.read_sample_files(files.__getitem__, "").check()  # refuses what the protocol's forms refuse
    ordinal = acts.next_number(db, f"draw:{campaign}")
    name = f"{programme.draw_prefix}-{campaign}-{ordinal:02d}"
    if not AN_IDENTIFIER.matches(name):
        raise Refused("campaign-form", campaign=campaign, draw=name)
    number = acts.record(db, act, "draw-freeze", name, campaign=campaign, units=len(drawn), excluded=len(excluded))
    if store.campaign_policy(db, campaign) is None:
        store.open_campaign(db, campaign, programme.policy, number)
    store.add_draw(db, DrawRow(name, campaign, ordinal, store.put_file(db, policy_file), number))
    digests = store.add_files(db, name, SAMPLE_ROUND, files, number)
    return Frozen(name, len(drawn), len(excluded), files, digests)


def _check_campaign(db: Connection, campaign: str, programme: Programme) -> None:
    if not AN_IDENTIFIER.matches(campaign):
        raise Refused("campaign-form", campaign=campaign, draw=f"{programme.draw_prefix}-{campaign}-01")
    for other in store.campaigns(db):
        if other != campaign and other.lower() == campaign.lower():
            raise Refused("campaign-twin", campaign=campaign, other=other)
    policy = store.campaign_policy(db, campaign)
    if policy not in (None, programme.policy):
        raise Refused("campaign-other-policy", campaign=campaign, policy=policy, found=programme.policy)


def unit_attributes(db: Connection) -> list[Attributes]:
    """The roster's units as a policy looks at them."""
    return [{**row, "livelihood": YES_NO[row["livelihood"]]} for row in rosters.current(db, tables.units)]


def person_attributes(db: Connection) -> list[Attributes]:
    """The roster's people as a policy looks at them."""
    return [
        {
            **row,
            "may_lead": YES_NO[row["may_lead"]],
            "capacity": "" if row["capacity"] is None else str(row["capacity"]),
        }
        for row in rosters.current(db, tables.people)
    ]
