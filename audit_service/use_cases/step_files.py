"""Files of the steps of findings and exit cases, and of what else names some: kept first, then named by a step.

A step names what was kept of the same finding or case, and nothing else: whoever may take a step could else fetch
through it any file of which they know the digest. Its act is what stands in the unit's history, not the file's own,
so that nobody learns by a file that something is being decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.steps import Said, Shown
from audit_service.errors import NotFound, Refused
from audit_service.store import visits as store
from audit_service.use_cases import evidence_files
from audit_service.use_cases.visited import File


def attach(db: Connection, act: Act, subject: str, file: File) -> None:
    """Keep that a file belongs to a finding or a case. Once is enough."""
    if file.digest not in {kept.digest for kept in kept_of(db, subject)}:
        evidence_files.enter(db, act, subject, (), vars(file))


def kept_of(db: Connection, subject: str) -> list[File]:
    """The files of a finding or a case, in the order in which they came, named by a step or not."""
    rows = store.evidence_of(db, [subject])
    return [File(row["digest"], row["name"], row["kind"], row["size"]) for row in rows]


def check_kept(db: Connection, subject: str, files: Collection[Shown]) -> None:
    """Refuse a step that names a file that is not kept of its finding or case, or with the like of it."""
    kept = {file.digest for file in kept_of(db, subject)} if files else set()
    for file in files:
        if file.digest not in kept:
            raise Refused("step-file-not-kept", subject=subject, file=file.name, digest=file.digest)


def one_file(db: Connection, subject: str, digest: str, shown: Iterable[Said] | None = None) -> File:
    """A file of a finding or a case; `NotFound` for one that it has not, and in the same words for one that no step
    names of those that are `shown` to who asks: without any, all that is kept is."""
    named = None if shown is None else {file.digest for said in shown for file in said.files}
    for file in kept_of(db, subject):
        if file.digest == digest and (named is None or digest in named):
            return file
    raise NotFound("step-file-none", subject=subject, digest=digest)
