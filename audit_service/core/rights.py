"""Who may do what: the roles of posts and their rights.

Rights belong to a post, not to a person: an account is a post, and is handed over to whoever holds it next. The whole
table stands here, so that it can be read at once; routes and commands each name one right of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a post is."""

    PROVINCE = "province"
    SECOND_OFFICER = "second-officer"
    INSPECTOR = "inspector"
    CITY = "city"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a route or a command is for."""

    ANYBODY = "anybody"
    """The public window: no account is needed."""
    SIGNED_IN = "signed-in"
    """About oneself: every account."""
    ROSTERS_READ = "rosters-read"
    """Units, targets, explanations, confirmations. A city reads its own."""
    PEOPLE_READ = "people-read"
    """Inspectors and recusals. A city reads those of its own people."""
    ROSTERS_WRITE = "rosters-write"
    DRAWS_READ = "draws-read"
    """Everything about draws but what is sealed."""
    DRAWS_ACT = "draws-act"
    """Freeze, commit, carry out, reveal, ask for what needs two; and read what is sealed."""
    ASSIGNMENTS_OWN = "assignments-own"
    """The packets of one's own team."""
    UNITS_OWN = "units-own"
    """What was drawn of one's own city's units, once it was released."""
    AFTER_READ = "after-read"
    """What came after the draw: lives, outcomes, findings, exit cases, reports. A city reads its own units'."""
    AFTER_ACT = "after-act"
    """Record what the office does and decides after the draw; ask for what needs two."""
    VISITS_READ = "visits-read"
    """A visit with its outcome and evidence. A city reads those of its own units, an inspector those of their team."""
    VISITS_RECORD = "visits-record"
    """Record and sign an outcome, keep its evidence: an inspector of the team, or the office by the signed paper."""
    VISITS_OWN = "visits-own"
    """Record and sign what one's own team found; recheck."""
    FINDING_READ = "finding-read"
    """A finding with its files. A city reads those of its own units, an inspector those that they were named for."""
    FINDING_FILES = "finding-files"
    """Send files of a finding's steps: whoever may take one."""
    CASE_FILES = "case-files"
    """Send files of an exit case's steps: the office, or the unit's own city."""
    ANSWERS_OWN = "answers-own"
    """A city's own steps: evidence of rectification, defences, reports."""
    DEPOSITS_CONFIRM = "deposits-confirm"
    """Write down that a third party holds a secret: as one of another institution, or what the office says of it."""
    CONFIRM = "confirm"
    """Confirm or decline what another institution asked for."""
    REQUESTS_READ = "requests-read"
    ATTEMPTS_READ = "attempts-read"
    """Withdrawals, set-asides, trials, refused acts."""
    WITNESS = "witness"
    """Hand in cosignatures of the log."""
    ACCOUNTS = "accounts"
    """Appoint, hand over, dismiss; issue and revoke the tokens of others."""
    ACCOUNTS_READ = "accounts-read"


_OFFICE: Final = frozenset({Role.PROVINCE})
_OVERSIGHT: Final = frozenset({Role.PROVINCE, Role.SECOND_OFFICER, Role.AUDITOR})
_EVERYBODY: Final = frozenset(Role)

HOLDERS: Final[Mapping[Right, frozenset[Role]]] = {
    Right.ANYBODY: _EVERYBODY,
    Right.SIGNED_IN: _EVERYBODY,
    Right.ROSTERS_READ: _OVERSIGHT | {Role.CITY},
    Right.PEOPLE_READ: _OVERSIGHT | {Role.CITY},
    Right.ROSTERS_WRITE: _OFFICE,
    Right.DRAWS_READ: _OVERSIGHT,
    Right.DRAWS_ACT: _OFFICE,
    Right.ASSIGNMENTS_OWN: frozenset({Role.INSPECTOR}),
    Right.UNITS_OWN: frozenset({Role.CITY}),
    Right.AFTER_READ: _OVERSIGHT | {Role.CITY},
    Right.AFTER_ACT: _OFFICE,
    Right.VISITS_READ: _OVERSIGHT | {Role.CITY, Role.INSPECTOR},
    Right.VISITS_RECORD: _OFFICE | {Role.INSPECTOR},
    Right.VISITS_OWN: frozenset({Role.INSPECTOR}),
    Right.FINDING_READ: _OVERSIGHT | {Role.CITY, Role.INSPECTOR},
    Right.FINDING_FILES: _OFFICE | {Role.CITY, Role.INSPECTOR},
    Right.CASE_FILES: _OFFICE | {Role.CITY},
    Right.ANSWERS_OWN: frozenset({Role.CITY}),
    Right.DEPOSITS_CONFIRM: _OFFICE | {Role.SECOND_OFFICER},
    Right.CONFIRM: frozenset({Role.SECOND_OFFICER}),
    Right.REQUESTS_READ: _OVERSIGHT,
    Right.ATTEMPTS_READ: _OVERSIGHT,
    Right.WITNESS: frozenset({Role.AUDITOR}),
    Right.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Right.ACCOUNTS_READ: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}
"""By right the roles that have it. The administrator has none in the business; the auditor none to change it."""

USUAL_INSTITUTIONS: Final[Mapping[Role, str]] = {
    Role.PROVINCE: "省安办",
    Role.SECOND_OFFICER: "纪检监察机构",
    Role.INSPECTOR: "抽验组",
    Role.CITY: "市（州）安办",
    Role.AUDITOR: "审计机关",
    Role.ADMINISTRATOR: "信息中心",
}
"""The institution of a post of which none was told."""


def may(role: Role, right: Right) -> bool:
    """Whether a post of this role has a right."""
    return role in HOLDERS[right]
