"""Files of evidence: photographs, scans, records. Their digests are in the log, their bytes outside of the database.

The bytes are in their place, whole, before the transaction that knows of them ends (`audit_service.keeping`): what is
known is there. A file is served to who may see what it shows, and to nobody else. What lies there and is not known was
put by somebody whose transaction failed, and may be taken away.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.errors import NotFound
from audit_service.keeping import Keeping
from audit_service.store import acts, lives
from audit_service.store import happenings as sealed_store
from audit_service.store import visits as store
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import check_clock
from audit_service.use_cases.visited import EVIDENCE, File, Visited, sealed_values, visited
from audit_service.use_cases.visits import Visit
from audit_service.vault import Vault


def attach(db: Connection, act: Act, vault: Vault, visit: Visit, file: File) -> Visited:
    """Keep that a file shows something of a visit; everything known of the visit then. Once is enough."""
    check_clock(db, act, visit.occasion)
    before = visited(db, vault, visit)
    if file.digest in {known.digest for known in before.evidence}:
        return before
    told = {"digest": file.digest, "name": file.name, "kind": file.kind, "size": file.size}
    if visit.sealed:
        happenings.record(
            db, act, EVIDENCE, vault, visit.occasion, SAMPLE_ROUND, unit=visit.unit, content=json.dumps(told)
        )
    else:
        concerned = () if visit.beside and not before.is_told else (visit.whose,)
        enter(db, act, visit.subject, concerned, told)
    return visited(db, vault, visit)


def enter(
    db: Connection, act: Act, subject: str, units: Iterable[str], file: Mapping[str, Any], **more: object
) -> None:
    """Keep that a file shows something of a visit, a finding, a case; the units whose history it stands in."""
    number = acts.record(db, act, EVIDENCE, subject, **file, **more)
    lives.concern(db, number, units)
    store.add_evidence(db, subject, file, number)


def one_file(found: Visited, digest: str) -> File:
    """A file of a visit; `NotFound` where it has none of this digest."""
    file = next((file for file in found.evidence if file.digest == digest), None)
    if file is None:
        raise NotFound("evidence-none", digest=digest)
    return file


def all_digests(db: Connection, vault: Vault) -> list[str]:
    """The digests of all files that are known, those under a seal too."""
    sealed = {
        value["content"]["digest"]
        for draw, part in sealed_store.under_seal(db)
        if part == SAMPLE_ROUND
        for value in sealed_values(db, vault, draw)
        if value["action"] == EVIDENCE
    }
    return sorted({*store.digests(db), *sealed})


def remove_unused(db: Connection, vault: Vault, keeping: Keeping, digests: Collection[str]) -> list[str]:
    """Take away those of some files that nobody knows of; their digests.

    In a transaction that acts, one at a time: whoever put one of them and has not begun their own finds it gone in it,
    and puts it again (`Keeping.ensure`).
    """
    unused = sorted(set(digests) - set(all_digests(db, vault)))
    for digest in unused:
        keeping.remove(digest)
    keeping.remove_unfinished()
    return unused
