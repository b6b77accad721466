"""What a database's own failures mean to the office: which of a few things happened, and what to do about it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError

from audit_service.errors import Failed

_SQLITE: Final = {
    "SQLITE_BUSY": "database-busy",
    "SQLITE_LOCKED": "database-busy",
    "SQLITE_FULL": "database-full",
    "SQLITE_READONLY": "database-readonly",
    "SQLITE_PERM": "database-readonly",
    "SQLITE_CANTOPEN": "database-not-opened",
    "SQLITE_NOTADB": "database-damaged",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_IOERR": "database-disk",
}
_POSTGRESQL: Final = {
    "55P03": "database-busy",  # lock_not_available
    "40P01": "database-busy",  # deadlock_detected
    "40001": "database-busy",  # serialization_failure
    "53100": "database-full",  # disk_full
    "25006": "database-readonly",  # read_only_sql_transaction
    "42501": "database-readonly",  # insufficient_privilege
    "XX001": "database-damaged",  # data_corrupted
    "XX002": "database-damaged",  # index_corrupted
    "58030": "database-disk",  # io_error
}


def in_words(error: DBAPIError, *, committing: bool) -> Failed:
    """The refusal that a failure comes to. Where the connection is lost while committing nobody knows what is kept."""
    lines = str(error.orig).splitlines() or [type(error.orig).__name__]
    if committing and error.connection_invalidated:
        return Failed("database-unsure", cause=lines[0])
    return Failed(_code(error), cause=lines[0])


def _code(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name:
        return next((code for start, code in _SQLITE.items() if name.startswith(start)), "database-failed")
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    lost = error.connection_invalidated or (state is None and isinstance(error, OperationalError))
    return "database-not-reached" if lost else "database-failed"
