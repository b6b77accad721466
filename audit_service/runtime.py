"""What every command and request is handed: settings, the clock, the vault, and transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from audit_service.config import Settings
from audit_service.core.acts import Act

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from audit_service.core.notes import Note
    from audit_service.core.policy import Programme, Status
    from audit_service.keeping import Keeping
    from audit_service.seal import Seal
    from audit_service.use_cases.accounts import Caller
    from audit_service.vault import Vault

SERVICE: Final = "service"
"""As whom the machine acts by itself."""


@dataclass
class Runtime:
    """The running program. Its parts are made when first asked for, so that a command loads only what it needs."""

    settings: Settings
    when_new: Callable[[str], None] = field(default=lambda _: None, repr=False)
    """Told the file of a database that was made just now: who works in the wrong folder would not notice otherwise."""
    admit: Callable[[Connection], object] = field(default=lambda _: None, repr=False)
    """Asks anew, within a transaction that acts, whether who acts still may: it may have waited for others."""

    @cached_property
    def engine(self) -> Engine:
        """The database, brought up first if it is an SQLite file with nothing in it yet."""
        from audit_service.store import database

        engine = database.connect(self.settings.database_url, self.settings.database_wait)
        if database.is_blank_file(engine):
            database.upgrade(engine)
            self.when_new(str(engine.url.database))
        database.check_version(engine)
        return engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """The one transaction of a command or request that acts: all of it is kept, or nothing."""
        from audit_service.store import database

        with database.transaction(self.engine) as db:
            self.admit(db)
            yield db

    def look(self) -> AbstractContextManager[Connection]:
        """The transaction of a command or request that only looks."""
        from audit_service.store import database

        return database.transaction(self.engine, looks=True)

    @property
    def is_database_there(self) -> bool:
        """Whether there may be a database, without making one."""
        from audit_service.store import database

        return database.is_there(self.settings.database_url)

    @staticmethod
    @contextmanager
    def look_on(db: Connection) -> Iterator[Connection]:
        """Look at more in a transaction that somebody else ends."""
        from audit_service.store import database

        with database.in_words():
            yield db

    @contextmanager
    def begin_anew(self) -> Iterator[Connection]:
        """The one transaction that makes or changes a database's tables, whatever version they are."""
        from audit_service.store import database

        engine = database.connect(self.settings.database_url, self.settings.database_wait)
        try:
            with database.transaction(engine) as db:
                yield db
        finally:
            engine.dispose()

    def upgrade(self) -> str:
        """Bring the database's schema to this program's version; the version."""
        from audit_service.store import database

        with self.begin_anew() as db:
            database.raise_schema(db)
        return database.VERSION

    @property
    def seal(self) -> Seal:
        from audit_service.seal import Seal

        return Seal(self.settings.log_name, self.settings.log_key_file, self.settings.log_last_file)

    def publish_log(self, most: int | None = None, *, anew: bool = False) -> Note | None:
        """Sign a checkpoint of everything that was done, or of the next `most` entries; nothing where nothing was."""
        from audit_service.use_cases.logbook import publish

        with self.begin() as db:
            return publish(db, self.seal, self.now(), most, anew=anew)

    @property
    def policy(self) -> Callable[[str], Programme]:
        """What finds a policy by its name, as they are installed when the first is asked for; `NotFound` naming those
        that there are. Asked for anew by each command and request, and handed on to what looks up many."""
        from audit_service.files.policies import lookup

        return lookup(self.settings.policy_folder)

    @property
    def installed(self) -> dict[str, Programme]:
        """Every policy that is installed, by its name."""
        from audit_service.files.policies import installed

        return installed(self.settings.policy_folder)

    @property
    def statuses(self) -> list[Status]:
        """The statuses that rosters may name: of the policies in use, or of all."""
        from audit_service.files.policies import statuses

        return statuses(self.settings.policy_folder, self.settings.policies)

    @property
    def vault(self) -> Vault:
        from audit_service.vault import Vault

        return Vault(self.settings.key_file)

    @property
    def keeping(self) -> Keeping:
        from audit_service.keeping import Keeping

        return Keeping(self.settings.evidence)

    def now(self) -> datetime:
        """The present moment, or the demo clock's."""
        return self.settings.demo_clock or self.wall_clock()

    @staticmethod
    def wall_clock() -> datetime:
        """The present moment, for what is no business of a demo: when tokens and sessions end."""
        return datetime.now(UTC).replace(microsecond=0)

    def mechanical_act(self) -> Act:
        """An act of now that nobody decides: the machine's own."""
        return Act(self.now(), SERVICE, self.settings.demo_clock is not None, SERVICE)

    def act(self, by: str | None = None, caller: Caller | None = None) -> Act:
        """An act of now: of an account, or in one-office mode of the named person or whom the environment names."""
        demo = self.settings.demo_clock is not None
        if caller:
            return Act(self.now(), caller.account.account, demo, caller.account.role.value)
        return Act(self.now(), by or self.settings.by, demo)
