"""The entries of the log: of each act what anybody may read, and of the rest a salted hash (docs/adr/0008-the-log.md).

What is public of an action stands in one list here. Who acted, why, and on which person is never public.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import rfc8785

from audit_service.core.acts import Act
from audit_service.core.canonical import write_time
from audit_service.core.tiles import fits

SUBJECT: Final = "subject"
PUBLIC: Final[Mapping[str, frozenset[str]]] = {
    "account": frozenset({"role", "institution", "city", "active", "appointed"}),
    "award": frozenset({"award"}),
    "award-withdraw": frozenset(),
    "case": frozenset({"step", "request", "on_paper"}),
    "commit": frozenset({SUBJECT, "c", "earliest"}),
    "check": frozenset({"ground"}),  # of acts from before it was hidden, as `basis`
    "confirm": frozenset({SUBJECT, "request", "appointed", "shown_by"}),
    "correct": frozenset({SUBJECT, "wrong", "right", "request"}),
    "decline": frozenset({SUBJECT, "request", "appointed", "shown_by"}),
    "deposit": frozenset({SUBJECT, "kind"}),
    "deposit-confirm": frozenset({SUBJECT, "digest", "late", "deposit", "said_by", "appointed", "shown_by"}),
    "deposit-return": frozenset({SUBJECT}),
    "draw-freeze": frozenset({SUBJECT, "campaign", "units", "excluded", "reconciled", "files"}),
    "evidence": frozenset({"digest"}),
    "finding": frozenset({"step", "on_paper"}),
    "frame-confirm": frozenset({SUBJECT, "digest", "confirmed_on", "units", "list_digest"}),
    "frame-explain": frozenset({SUBJECT, "target", "difference", "ordered", "list_digest"}),
    "import-findings": frozenset({"imported", "unchanged"}),
    "import-former-names": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-orders": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-people": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-places": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-plans": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-recusals": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-targets": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "import-units": frozenset({"complete", "imported", "updated", "unchanged", "left"}),
    "life": frozenset({"step"}),
    "log-anew": frozenset({SUBJECT, "signed"}),
    "notice": frozenset({SUBJECT}),
    "notices": frozenset({SUBJECT, "root"}),
    "outcome": frozenset({"kind"}),
    "packet-open": frozenset({SUBJECT}),
    "password": frozenset({"of"}),
    "pause": frozenset({"since", "until", "cities"}),
    "people-leave": frozenset(),
    "policy-use": frozenset({SUBJECT, "version", "sha256"}),
    "release": frozenset({SUBJECT}),
    "report": frozenset({"report", "period"}),
    "request": frozenset({SUBJECT, "asked", "appointed"}),
    "reveal": frozenset({SUBJECT, "request", "by_deposit"}),
    "roll-over": frozenset({"digest"}),
    "round-people": frozenset({SUBJECT}),
    "run": frozenset({SUBJECT, "public"}),
    "set-aside": frozenset({SUBJECT, "ground", "request"}),
    "settle": frozenset({"kind"}),
    "sign": frozenset({"stance"}),
    "substitute": frozenset({SUBJECT, "batch", "request"}),
    "token-issue": frozenset({"of"}),
    "token-revoke": frozenset({"stolen"}),
    "trial": frozenset({SUBJECT}),
    "unit-day": frozenset({SUBJECT, "day", "root"}),
    "withdraw": frozenset({SUBJECT}),
}
"""By action the fields of its act that stand in the log as they are."""


@dataclass(frozen=True)
class Recorded:
    """An act as it is kept: its number, who did it and when, what it was, and the salt of what is hidden of it."""

    number: int
    act: Act
    action: str
    subject: str
    details: Mapping[str, object]
    salt: str


def write_entry(recorded: Recorded) -> bytes:
    """The entry of an act: RFC 8785 JSON. `KeyError` for an action of which it was not decided what is public."""
    public = PUBLIC[recorded.action]
    private = {"by": recorded.act.by, **{name: value for name, value in _fields(recorded) if name not in public}}
    entry: dict[str, object] = {
        "act": recorded.number,
        "at": write_time(recorded.act.at),
        "action": recorded.action,
        **{name: value for name, value in _fields(recorded) if name in public},
        "hidden": {name: hidden(opening(recorded.salt, name), value) for name, value in private.items()},
    }
    if recorded.act.demo:
        entry["demo"] = True
    if recorded.act.role:
        entry["role"] = recorded.act.role
    written = _json(entry)
    if not fits(written):
        raise ValueError(f"the entry of act {recorded.number} has {len(written)} bytes")
    return written


def _fields(recorded: Recorded) -> list[tuple[str, object]]:
    return [(SUBJECT, recorded.subject), *recorded.details.items()]


def opening(salt: str, field: str) -> str:
    """What opens one field of an act and no other: told with the value, it shows that the value is the hidden one."""
    return hmac.new(bytes.fromhex(salt), field.encode(), sha256).hexdigest()


def hidden(opened: str, value: object) -> str:
    """How a value stands in the log, by the opening of its field."""
    return sha256(bytes.fromhex(opened) + _json(value)).hexdigest()


def _json(value: object) -> bytes:
    return rfc8785.dumps(value)  # type: ignore[arg-type]
