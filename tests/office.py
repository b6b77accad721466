"""An office at its desk: the commands, run as the program runs them, on a database of its own."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final

import pytest
from click.testing import CliRunner

from audit_service.cli.main import root
from audit_service.config import Settings, read_settings
from audit_service.runtime import Runtime
from tests.copies import copy_of, drop, put_back
from tests.databases import KIND, KINDS
from tests.roster_rows import DEMO

if TYPE_CHECKING:
    from tests.scenes import Scenes

EARLY, LATE = "2026-06-20T01:00:00Z", "2026-07-01T13:30:00Z"
EVENTS: Final = ("--event", "ssq:2026075@2026-07-01T13:15:00Z", "--event", "d10:meeting:20@2026-07-01T01:30:00Z")
PUBLIC: Final = "ssq:2026075:020812192433+07,d10:meeting:84729150366271940583"
KEYS: Final = {"AUDIT_KEY_FILE": "audit.key", "AUDIT_LOG_KEY_FILE": "log.key", "AUDIT_LOG_LAST_FILE": "log.last"}
"""What an office keeps beside its database, by the setting that says where."""


@dataclass(frozen=True)
class Done:
    """What a command did: its exit status, its JSON, and what it said to people."""

    status: int
    json: Any
    said: str

    @property
    def code(self) -> str:
        """The code of the error that it ended with."""
        code: str = self.json["error"]["code"]
        return code


@dataclass
class Office:
    """Runs commands with `--json`; the clock stands where it is put."""

    folder: Path
    environment: Mapping[str, str]
    clock: str = EARLY
    scenes: Scenes | None = None

    @cached_property
    def runtime(self) -> Runtime:
        return Runtime(self._settings())

    def _settings(self) -> Settings:
        demo = {"AUDIT_DEMO": "1", "AUDIT_DEMO_CLOCK": self.clock} if self.clock else {}
        return read_settings({**self.environment, **demo})

    def run(self, *arguments: object, expect: int | None = 0, json_wanted: bool = True) -> Done:
        """Run one command, which must end with the expected exit status, if there is one."""
        self.runtime.settings = self._settings()
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(root(), [*words, *(["--json"] if json_wanted else [])], obj=self.runtime)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert expect in (None, result.exit_code), result.output
        found = json.loads(result.stdout) if json_wanted and result.stdout else None
        return Done(result.exit_code, found, result.stderr if json_wanted else result.output)

    def show(self, *arguments: object, expect: int = 0) -> str:
        """What a command prints for people."""
        return self.run(*arguments, expect=expect, json_wanted=False).said

    def at(self, clock: str) -> Office:
        """The same office at another time; at none, by the real clock."""
        self.clock = clock
        return self

    def close(self) -> None:
        """Leave nothing of the database open."""
        if "runtime" in vars(self) and "engine" in vars(self.runtime):
            self.runtime.engine.dispose()

    @property
    def url(self) -> str:
        return self.environment["AUDIT_DATABASE_URL"]

    @contextmanager
    def earlier(self) -> Iterator[str]:
        """The database as it is now, kept as a copy, for `set_back`."""
        self.close()
        folder = Path(mkdtemp(dir=self.folder))
        yield (kept := copy_of(self.url, folder))
        drop(kept)

    def set_back(self, earlier: str) -> None:
        """The database, and nothing beside it, is what it was then."""
        self.close()
        put_back(self.url, earlier)

    def begin_anew(self, template: str) -> None:
        """The same key, and a new log; what was signed last is hidden."""
        self.set_back(template)
        (self.folder / KEYS["AUDIT_LOG_LAST_FILE"]).unlink()

    def come_to(self, scene: str, do: Callable[[], str]) -> str:
        """Do what a scene begins with, or be as an office was that did it from nothing (`Scenes`); what it made."""
        return self.scenes.begin(self, scene, do) if self.scenes else do()

    def import_demo(self) -> Office:
        """The demo rosters."""
        self.come_to("demo", self._import_demo)
        return self

    def _import_demo(self) -> str:
        for kind, name in (
            ("units", "roster"),
            ("people", "inspectors"),
            ("recusals", "recusals"),
            ("targets", "targets"),
        ):
            self.run("import", kind, DEMO / f"{name}_demo.csv")
        return ""

    def import_rows(self, kind: str, rows: list[dict[str, str]]) -> Done:
        """A roster of these rows."""
        path = self.folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return self.run("import", kind, path)

    def freeze(self, campaign: str = "2026") -> str:
        draw: str = self.run("draw", "freeze", "--campaign", campaign, "--policy", "sichuan-2020").json["draw"]
        return draw

    def commit(self, *options: str, campaign: str = "2026") -> str:
        """A frozen and committed draw."""
        draw = self.freeze(campaign)
        self.run("draw", "commit", draw, *(options or EVENTS))
        return draw

    def deposit(self, name: str) -> str:
        """A third party holds the secret of a sealed draw or round, and the office wrote it down; its digest."""
        printed = self.run("deposit", "make", name, "--print", self.folder / "envelopes.docx").json
        self.run("deposit", "confirm", name, "--holder", "公证处", "--digest", printed["digest"])
        digest: str = printed["digest"]
        return digest

    def drawn(self) -> str:
        """A draw of the demo rosters that was carried out."""
        return self.come_to("drawn", self._drawn)

    def _drawn(self) -> str:
        draw = self.import_demo().commit()
        self.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
        return draw


def office_in(folder: Path, url: str) -> Office:
    """An office whose keys and files lie in a folder."""
    keys = {setting: str(folder / name) for setting, name in KEYS.items()}
    return Office(
        folder, {"AUDIT_DATABASE_URL": url, "AUDIT_BY": "tests", "AUDIT_EVIDENCE": str(folder / "evidence"), **keys}
    )


def copy_keys(here: Path, there: Path) -> None:
    """What an office keeps beside its database."""
    for name in KEYS.values():
        if (here / name).exists():  # nothing sealed, no key
            shutil.copy(here / name, there)


@contextmanager
def copied(office: Office, folder: Path) -> Iterator[Office]:
    """An office with a copy of another one's database and keys in a folder; what it leaves there can be looked at."""
    office.close()
    folder.mkdir(exist_ok=True)
    copy_keys(office.folder, folder)
    with working(office_in(folder, copy_of(office.url, folder))) as found:
        yield found


@contextmanager
def working(office: Office) -> Iterator[Office]:
    """An office with a database of its own, which is taken away."""
    yield office
    office.close()
    drop(office.url)


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path, scenes: Scenes) -> Iterator[Office]:
    """An office with a fresh database: of the kind that the test's parameter or TEST_OFFICE names, or SQLite."""
    found = office_in(tmp_path, request.getfixturevalue(f"{getattr(request, 'param', KIND)}_url"))
    found.scenes = scenes
    yield found
    found.close()


on_both = pytest.mark.parametrize("office", KINDS, indirect=True)
"""Runs a test on SQLite and on PostgreSQL; where TEST_OFFICE names one of them, on that."""

on_postgres = pytest.mark.parametrize("office", ["postgres"], indirect=True)
"""Keeps a test on PostgreSQL, in which many write at once."""

on_sqlite = pytest.mark.skipif(KIND != "sqlite", reason="about SQLite alone, its file or its language")
"""Keeps a test on SQLite that damages the database's file or speaks SQLite's own language."""
