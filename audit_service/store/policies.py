"""Which versions of policies came into use, by which files, since which acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from audit_service.store.tables import acts, policy_versions


@dataclass(frozen=True)
class Used:
    """A version of a policy: the digest of its file, and the act by which it came into use."""

    policy: str
    version: int
    digest: str
    act: int
    at: datetime


def used(db: Connection, policies: Collection[str] | None = None) -> dict[str, list[Used]]:
    """By policy its versions in the order in which they came into use; nothing of one that was never used."""
    columns = (*policy_versions.c, acts.c.at)
    query = select(*columns).join(acts, acts.c.number == policy_versions.c.recorded_in)
    if policies is not None:
        query = query.where(policy_versions.c.policy.in_(policies))
    found: dict[str, list[Used]] = defaultdict(list)
    for row in db.execute(query.order_by(policy_versions.c.recorded_in)):
        found[row.policy].append(Used(*row))
    return found


def add(db: Connection, policy: str, version: int, digest: str, act: int) -> None:
    """Note which file a version is, as an act says."""
    db.execute(insert(policy_versions).values(policy=policy, version=version, digest=digest, recorded_in=act))
