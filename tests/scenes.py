"""What many tests begin with, done once in a session: whoever would do the same from nothing gets a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest

from tests.copies import copy_of
from tests.office import KEYS, Office, copy_keys

_ELSEWHERE: Final = {*KEYS, "AUDIT_DATABASE_URL", "AUDIT_EVIDENCE"}
"""Settings that say where an office's files are, which differ from office to office."""


@dataclass(frozen=True)
class Scene:
    """How far an office had come: its database, its keys in a folder, its clock, and what was last made there."""

    database: str
    folder: Path
    clock: str
    made: str


@dataclass(frozen=True)
class Scenes:
    """The scenes of a session, by what they begin with, the clock and the settings. On SQLite alone: to copy a database
    of PostgreSQL takes as long as to do it again."""

    folder: Path
    kept: dict[tuple[object, ...], Scene] = field(default_factory=dict)

    def begin(self, office: Office, scene: str, do: Callable[[], str]) -> str:
        """Make an office be as one that did something from nothing; one that has begun does it. What it made."""
        if not office.url.startswith("sqlite:") or _has_begun(office):
            return do()
        said = frozenset((name, value) for name, value in office.environment.items() if name not in _ELSEWHERE)
        key = (scene, office.clock, said)
        if found := self.kept.get(key):
            office.set_back(found.database)
            copy_keys(found.folder, office.folder)
            office.at(found.clock)
            return found.made
        made, folder = do(), Path(mkdtemp(dir=self.folder))
        office.close()
        copy_keys(office.folder, folder)
        self.kept[key] = Scene(copy_of(office.url, folder), folder, office.clock, made)
        return made


def _has_begun(office: Office) -> bool:
    """Whether anything was done: the first act makes a key."""
    return any((office.folder / name).exists() for name in KEYS.values())


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    return Scenes(tmp_path_factory.mktemp("scenes"))
