"""One tree of domain errors: a stable code and its parameters.

No text stands here: `audit_service.messages` turns a code into Chinese or English at the edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its code, and the parameters of its message."""

    code: str
    params: dict[str, object] = field(default_factory=dict)


class AuditError(Exception):
    """Something that this service will not do or take, or cannot."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.problem = Problem(code, params)

    @property
    def code(self) -> str:
        return self.problem.code

    @property
    def params(self) -> dict[str, object]:
        return self.problem.params


class FormError(AuditError):
    """Bytes or text that break a form of the protocol (docs/protocol.md, section 1)."""


class RuleError(AuditError):
    """Well-formed values that break a rule of the protocol which joins several of them."""


class Refused(AuditError):
    """An act that the state of a draw, a round or a roster does not allow now."""


class NotFound(AuditError):
    """Something was named that is not there."""


class Unidentified(AuditError):
    """Nobody whom this service knows: no token where one is needed, or one that shows nothing."""


class Forbidden(AuditError):
    """Somebody who is known and may not do this."""


class TooMany(AuditError):
    """Something that was done, or went wrong, too often of late; `seconds` says when it may be tried again."""


class Failed(AuditError):
    """Something of the service's own that does not work: its database, its disk, a key, a file that it keeps.

    Who asked did nothing wrong. The parameters tell paths and a driver's words, which are for who runs the service.
    """


class Unreadable(AuditError):
    """A file from outside that cannot be opened as what it says it is."""


@dataclass(frozen=True)
class Finding:
    """Something found in one cell (or row, or file) of a roster that someone sent."""

    file: str
    sheet: str
    row: int
    column: str
    problem: Problem


class RosterErrors(AuditError):
    """A roster, or another thing of many parts, with errors, all of them at once. Nothing of it was taken."""

    def __init__(self, findings: Sequence[Finding], code: str = "roster-errors") -> None:
        super().__init__(code, count=len(findings))
        self.findings = tuple(findings)
