"""Freeze the sampling frame of a campaign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import frozen, replay
from audit_service.core.acts import Act, beijing_day
from audit_service.core.canonical import AN_IDENTIFIER, sha256_hex
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.policy import Programme
from audit_service.errors import Refused
from audit_service.store import acts, rosters
from audit_service.store import draws as store
from audit_service.store.draws import DrawRow
from audit_service.store.visit_tables import findings
from audit_service.use_cases import reconciling
from audit_service.use_cases.policies import put_to_use


@dataclass(frozen=True)
class Frozen:
    """A draw as it was frozen: its files by name and their digests, to be published for objections."""

    draw: str
    units: int
    excluded: int
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    checked: reconciling.Checked


def freeze(db: Connection, act: Act, campaign: str, programme: Programme) -> Frozen:
    """Freeze the roster's units under a policy as the next draw of a campaign, which this opens if it is new.

    `Refused` where the policy draws nothing, where the campaign has another policy or another way to name its
    draws, where no unit of the roster can be drawn, or where it differs from the annex for no stated reason
    (`Unreconciled`).
    """
    if not programme.strata:
        raise Refused("policy-without-draw", policy=programme.policy)
    _check_campaign(db, campaign, programme)
    checked = reconciling.check(db, programme, beijing_day(act.at))
    if not checked.reconciliation.agrees:
        raise reconciling.Unreconciled(checked)
    drawn, excluded = programme.frame(checked.units.values(), checked.findings)
    if not drawn:
        raise Refused("frame-empty", policy=programme.policy)
    files = {
        "policy.json": frozen.write_policy(programme.public_policy),
        "frame.csv": frozen.FRAME.write(drawn),
        "exclusions.csv": frozen.EXCLUSIONS.write(excluded),
    }
    replay.read_sample_files(files.__getitem__, "").check()  # refuses what the protocol's forms refuse
    ordinal = acts.next_number(db, f"draw:{campaign}")
    name = _name(programme, campaign, ordinal)
    if not AN_IDENTIFIER.matches(name):
        raise Refused("campaign-form", campaign=campaign, draw=name)
    if rosters.one(db, findings, occasion=name):
        raise Refused("draw-name-register", draw=name)
    digests = {file: sha256_hex(content) for file, content in files.items()}
    counts = {"units": len(drawn), "excluded": len(excluded), "reconciled": checked.reconciliation.annex}
    put_to_use(db, act, programme)
    number = acts.record(db, act, "draw-freeze", name, campaign=campaign, files=digests, **counts)
    if store.campaign_policy(db, campaign) is None:
        store.open_campaign(db, campaign, programme.policy, number)
    store.add_draw(db, DrawRow(name, campaign, ordinal, programme.digest, number))
    store.add_files(db, name, SAMPLE_ROUND, files, number)
    return Frozen(name, len(drawn), len(excluded), files, digests, checked)


def _name(programme: Programme, campaign: str, ordinal: int) -> str:
    return f"{programme.draw_prefix}-{campaign}-{ordinal:02d}"


def is_name(programme: Programme, text: str) -> bool:
    """Whether a text is, or could become, the name of a draw under a policy."""
    return re.fullmatch(rf"{re.escape(programme.draw_prefix)}-.+-[0-9]{{2,}}", text) is not None


def _check_campaign(db: Connection, campaign: str, programme: Programme) -> None:
    if not AN_IDENTIFIER.matches(campaign):
        raise Refused("campaign-form", campaign=campaign, draw=_name(programme, campaign, 1))
    for other in store.campaigns(db):
        if other != campaign and other.lower() == campaign.lower():
            raise Refused("campaign-twin", campaign=campaign, other=other)
    policy = store.campaign_policy(db, campaign)
    if policy not in (None, programme.policy):
        raise Refused("campaign-other-policy", campaign=campaign, policy=policy, found=programme.policy)
    for row in store.of_campaign(
        db, campaign
    ):  # one series of numbers, which bundles account for (docs/protocol.md, 7)
        if row.draw != _name(programme, campaign, row.ordinal):
            raise Refused("campaign-other-prefix", campaign=campaign, draw=row.draw, prefix=programme.draw_prefix)
