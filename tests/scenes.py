"""What many tests begin with, done once in a session: whoever would do the same from nothing gets a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest

from tests.office import KEYS, Office

_DATABASE: Final = "audit.db"
_ELSEWHERE: Final = {*KEYS, "AUDIT_DATABASE_URL", "AUDIT_EVIDENCE"}
"""Settings that say where an office's files are, which differ from office to office."""


@dataclass(frozen=True)
class Scene:
    """How far an office had come: its files in a folder, its clock, and what was last made there."""

    folder: Path
    clock: str
    made: str


@dataclass(frozen=True)
class Scenes:
    """The scenes of a session, by what they begin with, the clock and the settings. On SQLite alone: to copy a database
    of PostgreSQL takes as long as to do it again."""

    folder: Path
    kept: dict[tuple[object, ...], Scene] = field(default_factory=dict)

    def copy_of(self, office: Office, scene: str, do: Callable[[], str]) -> str:
        """Make an office be as one that did something from nothing; one that has begun does it. What it made."""
        if office.url != f"sqlite:///{office.folder / _DATABASE}" or _has_begun(office):
            return do()
        said = frozenset((name, value) for name, value in office.environment.items() if name not in _ELSEWHERE)
        key = (scene, office.clock, said)
        if found := self.kept.get(key):
            office.close()
            _copy(found.folder, office.folder)
            office.at(found.clock)
            return found.made
        made = do()
        office.close()
        kept = Scene(Path(mkdtemp(dir=self.folder)), office.clock, made)
        _copy(office.folder, kept.folder)
        self.kept[key] = kept
        return made


def _has_begun(office: Office) -> bool:
    """Whether anything was done: the first act makes a key."""
    return any((office.folder / name).exists() for name in KEYS.values())


def _copy(here: Path, there: Path) -> None:
    """An office's database, which nobody is using, and its keys."""
    for name in (_DATABASE, *KEYS.values()):
        if (here / name).exists():  # nothing sealed, no key
            shutil.copy(here / name, there)


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    return Scenes(tmp_path_factory.mktemp("scenes"))
