"""Commitments: what is bound before the public events happen (docs/protocol.md, sections 2 and 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from audit_service.core import canonical
from audit_service.core.canonical import (
    A_DIGEST,
    A_DIGEST_OR_NOTHING,
    A_POSITIVE,
    AN_IDENTIFIER,
    AN_IDENTIFIER_OR_NOTHING,
    Form,
    checked,
    sha256_hex,
)
from audit_service.core.events import Event, check_events, parse_event, write_event
from audit_service.errors import RuleError

PROTOCOL: Final = "sampling-draw/1"
SAMPLE: Final = "sample"
ASSIGNMENT: Final = "assignment"
SAMPLE_FILES: Final = ("policy", "frame", "exclusions")
ROUND_FILES: Final = ("teams", "inspectors", "recusals", "substitutions", "standing")
FILE_NAMES: Final = {
    "policy": "policy.json",
    "frame": "frame.csv",
    "exclusions": "exclusions.csv",
    "teams": "teams.json",
    "inspectors": "inspectors.csv",
    "recusals": "recusals.csv",
    "substitutions": "substitutions.csv",
    "standing": "standing.csv",
}
"""The file whose digest stands under each key of a commitment."""
LONGEST_SEAL: Final = 180
"""Days that may lie between the latest event and the reveal."""


@dataclass(frozen=True)
class Commitment:
    """A commitment of either kind. `reveal_by` None and an empty `secret` are an open draw.

    `files` holds what it says of each file of its kind: the digest, in a sealed round bound to the secret.
    `replaces` belongs to a sample, `round` and `sample` (the sample's C) to an assignment.
    """

    kind: str
    campaign: str
    draw: str
    events: tuple[Event, ...]
    fallback: tuple[Event, ...]
    secret: str
    reveal_by: date | None
    files: dict[str, str]
    replaces: str = ""
    round: int = 0
    sample: str = ""

    @property
    def sealed(self) -> bool:
        return bool(self.secret)

    @property
    def earliest(self) -> datetime:
        """The first moment at which anything can be known of the seed."""
        return min(event.not_before for event in self.events + self.fallback)

    @property
    def latest(self) -> datetime:
        """The moment after which every event, fallback ones included, can have happened."""
        return max(event.not_before for event in self.events + self.fallback)

    def check(self) -> None:
        """The rules of section 2 on events, secret and the date of the reveal: `RuleError`."""
        check_events(self.events, "events")
        if self.fallback:
            check_events(self.fallback, "fallback")
        if bool(self.secret) != (self.reveal_by is not None):
            raise RuleError("seal-half")
        if self.reveal_by is not None:
            days = (self.reveal_by - self.latest.date()).days
            if not 0 <= days <= LONGEST_SEAL:
                raise RuleError("reveal-by", found=self.reveal_by, latest=self.latest.date(), longest=LONGEST_SEAL)


_SHARED: Final = ("campaign", "draw", "events", "fallback", "kind", "protocol", "reveal_by", "secret")


def read_commitment(data: bytes, kind: str, where: str) -> Commitment:
    """`commitment.json` of a draw of this kind (`sample` or `assignment`); `FormError` if it is not one."""
    names, own = (SAMPLE_FILES, ("replaces",)) if kind == SAMPLE else (ROUND_FILES, ("round", "sample"))
    found = canonical.keyed(canonical.read_json(data, where), (*_SHARED, *names, *own), where)

    def field(key: str, form: Form) -> str:
        return checked(found[key], form, f"{where} {key}")

    field("protocol", canonical.word(PROTOCOL))
    reveal_by = found["reveal_by"]
    commitment = Commitment(
        kind=field("kind", canonical.word(kind)),
        campaign=field("campaign", AN_IDENTIFIER),
        draw=field("draw", AN_IDENTIFIER),
        events=_events(found["events"], f"{where} events"),
        fallback=_events(found["fallback"], f"{where} fallback"),
        secret=field("secret", A_DIGEST_OR_NOTHING),
        reveal_by=None if reveal_by == "" else canonical.parse_date(reveal_by, f"{where} reveal_by"),
        files={name: field(name, A_DIGEST) for name in names},
        replaces=field("replaces", AN_IDENTIFIER_OR_NOTHING) if kind == SAMPLE else "",
        round=int(field("round", A_POSITIVE)) if kind == ASSIGNMENT else 0,
        sample=field("sample", A_DIGEST) if kind == ASSIGNMENT else "",
    )
    canonical.no_case_twins("draw", (commitment.draw, commitment.replaces), where)
    canonical.no_case_twins("event", (e.event for e in commitment.events + commitment.fallback), where)
    return commitment


def _events(value: object, where: str) -> tuple[Event, ...]:
    return tuple(parse_event(entry, where) for entry in canonical.listed(value, where))


def write_commitment(commitment: Commitment) -> bytes:
    """The bytes whose digest is C: the inverse of `read_commitment`."""
    own = (
        {"replaces": commitment.replaces}
        if commitment.kind == SAMPLE
        else {"round": str(commitment.round), "sample": commitment.sample}
    )
    return canonical.write_json(
        {
            "protocol": PROTOCOL,
            "kind": commitment.kind,
            "campaign": commitment.campaign,
            "draw": commitment.draw,
            "events": [write_event(event) for event in commitment.events],
            "fallback": [write_event(event) for event in commitment.fallback],
            "secret": commitment.secret,
            "reveal_by": commitment.reveal_by.isoformat() if commitment.reveal_by else "",
            **commitment.files,
            **own,
        }
    )


def blinded(digest: str, secret: str) -> str:
    """What a sealed round's commitment says of a frozen file; the file cannot be guessed from it (section 6)."""
    return sha256_hex(f"{digest}/{secret}")


def check_files(commitment: Commitment, content: Callable[[str], bytes], secret: str) -> None:
    """Refuse frozen files that are not the committed ones: `RuleError`. `content` gives a file's bytes by its name."""
    blind = commitment.sealed and commitment.kind == ASSIGNMENT
    for key, committed in commitment.files.items():
        digest = sha256_hex(content(FILE_NAMES[key]))
        found = blinded(digest, secret) if blind else digest
        if committed != found:
            raise RuleError("file-digest", file=FILE_NAMES[key], committed=committed, found=found)
