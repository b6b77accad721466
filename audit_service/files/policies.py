"""The policy files: those shipped with the program, and those that an office keeps in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from audit_service.core.policy import Programme, Status
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.errors import Failed, NotFound, Unreadable
from audit_service.files.folders import read_file


def installed(folder: Path | None) -> dict[str, Programme]:
    """Every policy by its identifier, as its file says it; the office's own stand before the shipped ones.

    `Failed` for a file that is none, and for two files of one kind that hold a policy of the same name.
    """
    found = {**_read(_shipped()), **_read(_own(folder))}
    return {policy: programme for policy, (_, programme) in sorted(found.items())}


def replacing(folder: Path | None) -> dict[str, str]:
    """The office's own policies that stand before shipped ones of the same name, each with its file."""
    shipped = _read(_shipped())
    return {policy: file for policy, (file, _) in _read(_own(folder)).items() if policy in shipped}


def _read(listed: Iterable[tuple[str, bytes]]) -> dict[str, tuple[str, Programme]]:
    found: dict[str, tuple[str, Programme]] = {}
    for name, data in listed:
        try:
            programme = read_programme(data)
        except PolicyErrors as errors:
            raise Failed("policy-file-wrong", file=name, count=len(errors.problems)) from errors
        if programme.policy in found:
            other, _ = found[programme.policy]
            raise Failed("policy-file-twice", policy=programme.policy, file=other, other=name)
        found[programme.policy] = name, programme
    return found


def _shipped() -> Iterator[tuple[str, bytes]]:
    for entry in files("audit_service.policies").iterdir():
        if entry.name.endswith(".json"):
            yield entry.name, entry.read_bytes()


def _own(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    if folder and not folder.is_dir():
        raise Failed("policy-folder-missing", folder=str(folder))
    for path in sorted(folder.glob("*.json")) if folder else ():
        yield str(path), _read_own(path)


def _read_own(path: Path) -> bytes:
    try:
        return read_file(path)
    except Unreadable as error:
        raise Failed(error.code, **error.params) from error


def _one_of(known: dict[str, Programme], name: str) -> Programme:
    """A policy by its identifier; `NotFound` naming those that there are."""
    if name not in known:
        raise NotFound("policy-unknown", policy=name, known=", ".join(known))
    return known[name]


def lookup(folder: Path | None) -> Callable[[str], Programme]:
    """What finds a policy by its identifier, for one act or look: the folder is read when the first is asked for, and
    all that is asked goes by that one state of it, however often. The next act sees what an office changed meanwhile.
    """
    known = cache(lambda: installed(folder))
    return lambda name: _one_of(known(), name)


def statuses(folder: Path | None, in_use: Sequence[str] = ()) -> list[Status]:
    """The statuses of the policies that an office uses; of all where it names none."""
    known = installed(folder)
    return [status for name in in_use or known for status in _one_of(known, name).statuses]
