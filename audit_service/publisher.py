"""Signs what was done within seconds, beside whoever acts: a loop in each of the server's workers, or a command.

Many loops may run, in as many processes: each looks, without making anybody wait, whether something is not signed yet,
and only the one whose turn it is goes on to publish. A process that is killed loses its turn to the next; what it had
begun is kept whole or not at all. So there is nothing to elect and nothing to take over.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from audit_service.core.notes import Note
from audit_service.errors import AuditError
from audit_service.runtime import Runtime
from audit_service.use_cases.logbook import unsigned

EVERY: Final = 1.0
"""Seconds between two looks."""
MOST: Final = 5000
"""Entries that are signed at once: where there are more, others may write in between."""
_AGAIN: Final = 60
"""Seconds after which a failure that lasts is logged again."""
_log = logging.getLogger(__name__)


@dataclass
class Publisher:
    """Looks every so many seconds, until it is stopped. Whatever fails is logged and tried again."""

    runtime: Runtime
    every: float = EVERY
    when_signed: Callable[[Note], None] = lambda _: None
    most: int = MOST
    stopped: threading.Event = field(default_factory=threading.Event)
    _said: tuple[str, float] = ("", 0.0)

    def once(self) -> Note | None:
        """Sign what is not signed yet, if it is this one's turn; the note. Of a long backlog the next part."""
        with self.runtime.look() as db:
            if not unsigned(db):
                return None
        with self.runtime.seal.turn() as mine:
            return self.runtime.publish_log(self.most) if mine else None

    def run(self) -> None:
        """Go on until it is stopped, and then look once more."""
        while not self.stopped.wait(0 if self._more_waits() else self.every):
            pass
        self._more_waits()

    def _more_waits(self) -> bool:
        """Publish; whether a backlog is left. A failure is no end: the next look tries again.

        Every exception is taken here, not those that are foreseen alone (`AuditError`: the database is away or busy,
        the key is missing, the disk is full). What else a driver or a disk may raise is no list that could be
        complete; nobody waits for this thread, so nobody would notice its end, and nothing would be signed any more
        while acts go on. It undoes nothing: `publish_log` is one transaction. The unforeseen is logged with its place
        (`_say`), and `/metrics` counts what is not signed. Signals and exits are no `Exception`.
        """
        try:
            note = self.once()
            if note is None:
                return False
            self._said_again()
            self.when_signed(note)
            with self.runtime.look() as db:
                return unsigned(db) >= self.most
        except Exception as error:  # noqa: BLE001 - said above
            self._say(error)
            return False

    def _said_again(self) -> None:
        if self._said[0]:
            _log.warning("the log is published again", extra={"code": "log-published-again"})
            self._said = "", 0.0

    def _say(self, error: Exception) -> None:
        """Log a failure when it begins, and each minute that it lasts."""
        code = error.code if isinstance(error, AuditError) else type(error).__name__
        last, at = self._said
        now = time.monotonic()
        if code == last and now - at < _AGAIN:
            return
        self._said = code, now
        unexpected = None if isinstance(error, AuditError) else error
        _log.error("the log was not published: %s", code, exc_info=unexpected, extra={"code": code})


def start(runtime: Runtime, every: float = EVERY) -> Publisher:
    """Publish from a thread of this process for as long as the process lives, or until the publisher is stopped.

    A server calls it in each worker once that has been forked (gunicorn: `post_worker_init`).
    """
    publisher = Publisher(runtime, every)
    threading.Thread(target=publisher.run, name="log-publisher", daemon=True).start()
    return publisher
