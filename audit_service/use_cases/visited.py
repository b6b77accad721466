"""What is known of a visit: every version of its outcome, who signed which, and the files that show it.

Of a sealed draw it is read back from under the seal, before its reveal; afterwards, and of others, from its tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.canonical import write_time
from audit_service.core.outcomes import DRAFT, POSTPONED, SIGNED, hundredths, signers
from audit_service.store import visits as store
from audit_service.use_cases import happenings
from audit_service.use_cases.visits import Visit
from audit_service.vault import Vault

OUTCOME: Final = "outcome"
SIGN: Final = "sign"
EVIDENCE: Final = "evidence"


@dataclass(frozen=True)
class Version:
    """One version of an outcome, numbered from 1; `act` is 0 under a seal. `content` is all that was kept of it."""

    number: int
    act: int
    at: str
    by: str
    content: Mapping[str, Any]

    @property
    def is_told(self) -> bool:
        """Whether the unit's city learns of it."""
        return is_told(self.content["stratum"], self.content["said"]["kind"])

    @property
    def signers(self) -> tuple[str, ...]:
        """Who has to sign it."""
        return signers(self.content["said"]["kind"], self.content["team"])


@dataclass(frozen=True)
class Signature:
    """Somebody's signature under a version."""

    version: int
    signer: str
    stance: str
    name: str
    reason: str
    scan: str
    at: str


@dataclass(frozen=True)
class File:
    """A file of evidence: what it is by its content."""

    digest: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Visited:
    """Everything that was recorded of a visit so far."""

    versions: Sequence[Version]
    signatures: Sequence[Signature]
    evidence: Sequence[File]

    @property
    def latest(self) -> Version | None:
        """The version that counts."""
        return self.versions[-1] if self.versions else None

    @property
    def is_told(self) -> bool:
        """Whether the unit's city may know of the visit: whether any version is one that is told."""
        return any(version.is_told for version in self.versions)

    @property
    def unsigned(self) -> list[str]:
        """Who has not signed the version that counts."""
        if self.latest is None:
            return []
        done = {each.signer for each in self.signatures if each.version == self.latest.number}
        return [signer for signer in self.latest.signers if signer not in done]

    @property
    def state(self) -> str:
        """`none`, `draft` until everybody signed who has to, then `signed`: only then does it count (ADR 17)."""
        return "none" if self.latest is None else DRAFT if self.unsigned else SIGNED


def is_told(stratum: str, kind: str) -> bool:
    """Whether the unit's city learns of an outcome: not of one that says that a check beside the sample (which has no
    stratum) was postponed, since that one is still to come, and nobody announces it."""
    return bool(stratum) or kind != POSTPONED


def line_of(occasion: str, unit: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says in a list of outcomes: the columns of the table, also of one that is still under a seal."""
    said = content["said"]
    row = _some(content, "policy", "city", "stratum", "packet", "proposed", "verdict", "score")
    row |= {"occasion": occasion, "unit": unit, "kind": said["kind"], "inspected_on": said["day"]}
    return row | {"city_score": hundredths(said["city_score"]), "city_verdict": said["city_verdict"]}


def visited(db: Connection, vault: Vault, visit: Visit) -> Visited:
    """What is known of a visit."""
    return _from_seal(db, vault, visit) if visit.sealed else from_tables(db, visit.occasion, visit.unit)


def from_tables(db: Connection, occasion: str, unit: str) -> Visited:
    """What the tables have of a visit."""
    rows = store.versions(db, occasion, unit)
    versions = [
        Version(number, row["recorded_in"], write_time(act.at), act.by, json.loads(row["content"]))
        for number, (row, act) in enumerate(rows, start=1)
    ]
    numbers = {version.act: version.number for version in versions}
    signatures = [
        Signature(
            numbers[row["outcome"]], at=write_time(act.at), **_some(row, "signer", "stance", "name", "reason", "scan")
        )
        for row, act in store.signatures_of(db, occasion, unit)
    ]
    files = store.evidence_of(db, [f"{occasion}/{unit}"])
    return Visited(versions, signatures, [File(**_some(row, "digest", "name", "kind", "size")) for row in files])


def _some(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _from_seal(db: Connection, vault: Vault, visit: Visit) -> Visited:
    return _of_values(value for value in sealed_values(db, vault, visit.occasion) if value["unit"] == visit.unit)


def sealed_visits(db: Connection, vault: Vault, draw: str) -> dict[str, Visited]:
    """What was recorded of the visits of a draw under its seal, by unit."""
    values: dict[str, list[dict[str, Any]]] = {}
    for value in sealed_values(db, vault, draw):
        values.setdefault(value["unit"], []).append(value)
    return {unit: _of_values(own) for unit, own in values.items()}


def _of_values(values: Iterable[Mapping[str, Any]]) -> Visited:
    versions: list[Version] = []
    signatures: list[Signature] = []
    files: list[File] = []
    for value in values:
        told = value["content"]
        if value["action"] == OUTCOME:
            versions.append(Version(len(versions) + 1, 0, value["at"], value["by"], told))
        elif value["action"] == SIGN:
            signatures.append(Signature(at=value["at"], **told))
        else:
            files.append(File(**told))
    return Visited(versions, signatures, files)


def sealed_values(db: Connection, vault: Vault, draw: str) -> Iterator[dict[str, Any]]:
    """What was recorded of visits under the seal of a draw, in order, with its content as values."""
    for value in happenings.kept_under(db, vault, draw):
        if value["action"] in (OUTCOME, SIGN, EVIDENCE):
            yield {**value, "content": json.loads(value["content"])}
