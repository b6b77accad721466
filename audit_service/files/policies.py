"""The policy files: those shipped with the program, and those that an office keeps in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from audit_service.core.policy import Programme, read_programme
from audit_service.errors import NotFound, Unreadable


def installed(folder: Path | None) -> dict[str, tuple[Programme, bytes]]:
    """Every policy by its identifier, with the bytes of its file; the office's own stand before the shipped ones."""
    found: dict[str, tuple[Programme, bytes]] = {}
    for data in (*_shipped(), *_own(folder)):
        programme = read_programme(data)
        found[programme.policy] = programme, data
    return dict(sorted(found.items()))


def _shipped() -> Iterator[bytes]:
    for entry in files("audit_service.policies").iterdir():
        if entry.name.endswith(".json"):
            yield entry.read_bytes()


def _own(folder: Path | None) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.json")) if folder else ():
        yield read_policy_file(path)


def read_policy_file(path: Path) -> bytes:
    """A policy file's bytes; `Unreadable` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("file-not-read", file=str(path), cause=error.strerror or "") from error


def one_policy(name: str, folder: Path | None) -> tuple[Programme, bytes]:
    """A policy by its identifier; `NotFound` naming those that there are."""
    known = installed(folder)
    if name not in known:
        raise NotFound("policy-unknown", policy=name, known=", ".join(known))
    return known[name]
