"""Signatures under an outcome: every member of the team, and the unit, which agrees (属实), objects (有异议) or refuses
(拒签), with its reason, its name and the scan of the paper (反馈意见书).

Whose signature is missing for good, since a member left or refuses, the office writes down with the reason; somebody of
the team has signed, else nobody stands for what was found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.outcomes import AGREES, MEMBERS, OBJECTS, STANCES, THE_UNIT, WITHOUT
from audit_service.errors import Refused
from audit_service.store import acts, lives
from audit_service.store import visits as store
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import check_clock
from audit_service.use_cases.outcomes import Author, check_kept, check_paper
from audit_service.use_cases.visited import SIGN, Signature, Version, Visited, visited
from audit_service.use_cases.visits import OFFICE, Visit
from audit_service.vault import Vault


@dataclass(frozen=True)
class Asked:
    """Who signs how. A member signs, or does not, for a reason; a unit takes a stance, by a named person, or by nobody
    where it refuses."""

    signer: str
    stance: str
    name: str = ""
    reason: str = ""
    scan: str = ""


def sign(db: Connection, act: Act, vault: Vault, visit: Visit, author: Author, asked: Asked) -> Visited:
    """Write down that somebody signed the version that counts; everything known of the visit then.

    A member signs for themselves; the office writes signatures down that are on the signed paper. Who is of the team
    writes down what the unit's person signed.
    """
    check_clock(db, act, visit.occasion)
    before = visited(db, vault, visit)
    version = before.latest
    if version is None:
        raise Refused("outcome-not-there", occasion=visit.occasion, unit=visit.unit)
    if not _is_without(asked):
        check_paper(author, before)
    check_kept(asked.scan or author.scan, before)
    _check(version, before, author, asked)
    told = {"version": version.number, "signer": asked.signer, "stance": asked.stance}
    told |= {"name": asked.name, "reason": asked.reason, "scan": asked.scan or author.scan}
    if visit.sealed:
        happenings.record(db, act, SIGN, vault, visit.occasion, SAMPLE_ROUND, unit=visit.unit, content=json.dumps(told))
    else:
        enter(db, act, visit.occasion, visit.unit, version, told)
    return visited(db, vault, visit)


def _check(version: Version, before: Visited, author: Author, asked: Asked) -> None:
    known = (*version.content["team"], THE_UNIT)
    if asked.signer not in known:
        raise Refused("signer-unknown", signer=asked.signer, known=", ".join(known))
    own = [each for each in before.signatures if each.version == version.number]
    if asked.signer in {each.signer for each in own}:
        raise Refused("signed-already", signer=asked.signer, version=version.number)
    if asked.signer == THE_UNIT:
        _check_stance(asked)
    elif asked.stance not in MEMBERS:
        raise Refused("stance-member", known=", ".join(MEMBERS))
    elif author.inspector not in ((OFFICE,) if _is_without(asked) else (OFFICE, asked.signer)):
        raise Refused("signer-other", signer=asked.signer)
    elif _is_without(asked):
        _check_without(version, own, asked)


def _is_without(asked: Asked) -> bool:
    return asked.signer != THE_UNIT and asked.stance in WITHOUT


def _check_without(version: Version, own: Sequence[Signature], asked: Asked) -> None:
    """A reason; and that not everybody of the team is without a signature."""
    if not asked.reason.strip():
        raise Refused("stance-reason", stance=asked.stance)
    without = {each.signer for each in own if each.stance in WITHOUT and each.signer != THE_UNIT} | {asked.signer}
    if without.issuperset(version.content["team"]):
        raise Refused("signers-none", signer=asked.signer)


def _check_stance(asked: Asked) -> None:
    if asked.stance not in STANCES:
        raise Refused("stance-unit", known=", ".join(STANCES))
    if asked.stance != AGREES and not asked.reason.strip():
        raise Refused("stance-reason", stance=asked.stance)
    if asked.stance in (AGREES, OBJECTS) and not (asked.name.strip() and asked.scan):
        raise Refused("stance-paper", stance=asked.stance)


def enter(
    db: Connection, act: Act, occasion: str, unit: str, version: Version, told: dict[str, object], **more: object
) -> None:
    """Keep a signature under a version."""
    number = acts.record(db, act, SIGN, f"{occasion}/{unit}", occasion=occasion, unit=unit, **told, **more)
    if version.is_told:
        lives.concern(db, number, [str(version.content["whose"])])
    row = {name: told[name] for name in ("signer", "stance", "name", "reason", "scan")}
    store.add_signature(db, {**row, "outcome": version.act, "occasion": occasion, "unit": unit}, number)
