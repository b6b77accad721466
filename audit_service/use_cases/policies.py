"""Which version of a policy counts (docs/adr/0016-policy-versions.md).

What records goes by the installed file, and the first time says so: the file's bytes are kept, and an act tells which
version they are. From then on that version is these bytes; another file has to be another, higher version. What only
looks goes by the installed file too, unless that is one by which nothing could be recorded: then by the newest that was
used. What was begun under a version goes on by it (`kept`), and what is asked as of a past act by that of then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.errors import NotFound, Refused
from audit_service.store import acts
from audit_service.store import draws as draws_store
from audit_service.store import policies as store
from audit_service.store.policies import Used

Policies = Callable[[str], Programme]
"""A policy by its name, as it is installed; `NotFound` for one that is not."""


@dataclass(frozen=True)
class Listed:
    """A policy: its installed version, if it is installed, those that were used, and what speaks against recording
    anything by the installed one."""

    policy: str
    installed: Programme | None
    used: Sequence[Used]
    wrong: Refused | None


def put_to_use(db: Connection, act: Act, programme: Programme) -> Programme:
    """The policy by which something is about to be recorded; the first time its file is kept, by an act of its own.

    `Refused` for a file that differs from the one that was used as the same version, and for an older version.
    """
    used = _used(db, programme.policy)
    if refused := _wrong(programme, used):
        raise refused
    if not used or used[-1].digest != programme.digest:
        digest = draws_store.put_file(db, programme.source)
        told = {"version": programme.version, "sha256": digest}
        number = acts.record(db, act, "policy-use", programme.policy, **told)
        store.add(db, programme.policy, programme.version, digest, number)
    return programme


def using(db: Connection, act: Act, policies: Policies) -> Policies:
    """The policies of something that records: each that is asked for is put to use."""
    return cache(lambda name: put_to_use(db, act, policies(name)))


def counting(db: Connection, policies: Policies, name: str) -> Programme:
    """The policy of something that only looks. One that is not installed any more is found if it was used."""
    used = _used(db, name)
    try:
        return _counting(db, policies(name), used)
    except NotFound:
        if not used:
            raise
        return kept(db, used[-1].digest)


def every_counting(db: Connection, installed: Mapping[str, Programme]) -> dict[str, Programme]:
    """Each policy as `counting` finds it, by its name."""
    used = store.used(db)
    gone = {name: kept(db, own[-1].digest) for name, own in used.items() if name not in installed}
    return gone | {name: _counting(db, programme, used.get(name, [])) for name, programme in installed.items()}


def then(db: Connection, policies: Policies, name: str, at: int | None) -> Programme:
    """The policy as it counted right after an act, or counts now: the last version that had come into use by then;
    where none had, the first that did."""
    used = [] if at is None else _used(db, name)
    before = [each for each in used if at is not None and each.act <= at] or used[:1]
    return kept(db, before[-1].digest) if before else counting(db, policies, name)


def kept(db: Connection, digest: str) -> Programme:
    """A policy by the file of it that was kept."""
    return read_programme(draws_store.get_file(db, digest))


def bound(db: Connection, policies: Policies, row: Mapping[str, str]) -> Programme:
    """The policy by which something goes on that was begun under it: a check, a case. What was begun before that was
    kept goes by the newest."""
    return kept(db, row["programme"]) if row["programme"] else counting(db, policies, row["policy"])


def listed(db: Connection, installed: Mapping[str, Programme]) -> list[Listed]:
    """Every policy that is installed or was used, by name."""
    used = store.used(db)
    return [_listed(name, installed.get(name), used.get(name, [])) for name in sorted(installed.keys() | used.keys())]


def one_version(db: Connection, policies: Policies, name: str, version: int | None = None) -> tuple[Programme, Listed]:
    """A policy as it is installed, or a version of it that was used; and which were. `NotFound` for none such."""
    used, installed = _used(db, name), None
    try:
        installed = policies(name)
    except NotFound:
        if not used:
            raise
    found = _listed(name, installed, used)
    wanted = next((each for each in reversed(used) if version in (None, each.version)), None)
    if installed and (version is None or (wanted is None and version == installed.version)):
        return installed, found
    if wanted is None:
        known = ", ".join(str(each.version) for each in used) or "-"
        raise NotFound("policy-version-unknown", policy=name, version=version, known=known)
    return kept(db, wanted.digest), found


def of_file(db: Connection, programme: Programme) -> Listed:
    """What is known of a policy of which somebody has a file that may not be installed."""
    return _listed(programme.policy, programme, _used(db, programme.policy))


def _used(db: Connection, name: str) -> list[Used]:
    return store.used(db, [name]).get(name, [])


def _listed(name: str, installed: Programme | None, used: Sequence[Used]) -> Listed:
    return Listed(name, installed, used, _wrong(installed, used) if installed else None)


def _counting(db: Connection, programme: Programme, used: Sequence[Used]) -> Programme:
    return kept(db, used[-1].digest) if _wrong(programme, used) else programme


def _wrong(programme: Programme, used: Sequence[Used]) -> Refused | None:
    """Versions go up: the newest one may go on, and a higher one come into use."""
    same = next((each for each in used if each.version == programme.version), None)
    told = {"policy": programme.policy, "version": programme.version}
    if same and same.digest != programme.digest:
        return Refused(
            "policy-changed", **told, used=same.digest[:12], found=programme.digest[:12], next=used[-1].version + 1
        )
    if used and programme.version < used[-1].version:
        return Refused("policy-older", **told, newest=used[-1].version)
    return None
