"""Databases that are made, copied, put back and taken away, whatever their kind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, make_url, text

NAME: Final = f"audit_test_{os.getpid()}"
"""How the names of this session's databases on a server begin."""
_numbers: Final = count(1)


def copy_of(url: str, folder: Path | None = None) -> str:
    """A copy of a database that nobody is using; that of an SQLite file lies in the folder."""
    if _is_file(url):
        assert folder
        return f"sqlite:///{shutil.copy(_name(url), folder / 'audit.db')}"
    return _as(url)


def put_back(url: str, earlier: str) -> None:
    """A database that nobody is using becomes what another one is, a copy that was made of it earlier."""
    if _is_file(url):
        shutil.copy(_name(earlier), _name(url))
        return
    drop(url)
    _as(earlier, _name(url))


def drop(url: str) -> None:
    """A copy is not needed any more. (An SQLite file goes with its folder.)"""
    if not _is_file(url):
        administer(_at_server(url), f"DROP DATABASE {_name(url)} WITH (FORCE)")


@contextmanager
def taken_away(url: str) -> Iterator[None]:
    """A database that nobody is using is not where it was; then it is there again."""
    if _is_file(url):
        file = Path(_name(url))
        away = file.rename(file.with_name("away"))
        file.mkdir()
        try:
            yield
        finally:
            file.rmdir()
            away.rename(file)
        return
    server, name = _at_server(url), _name(url)
    administer(server, _alone(name), f"ALTER DATABASE {name} RENAME TO {name}_away")
    try:
        yield
    finally:
        administer(server, f"ALTER DATABASE {name}_away RENAME TO {name}")


def _is_file(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _name(url: str) -> str:
    return make_url(url).database or ""


def _at_server(url: str, name: str = "postgres") -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def created(url: str, name: str = "", like: str = "") -> str:
    """A new database on the server of another one; SQL may say what it is like."""
    made = name or f"{NAME}_{next(_numbers)}"
    administer(_at_server(url), f"CREATE DATABASE {made}{like}")
    return _at_server(url, made)


def _as(url: str, name: str = "") -> str:
    administer(_at_server(url), _alone(_name(url)))
    return created(url, name, f" TEMPLATE {_name(url)}")


def _alone(name: str) -> str:
    """Connections to a database end that somebody forgot: a server neither copies nor renames it under them."""
    return f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'"


def clear(server: str) -> None:
    """Take away what this session left on somebody's server."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"))
    with engine.connect() as db:
        names = db.execute(text("SELECT datname FROM pg_database")).scalars().all()
    engine.dispose()
    for name in names:
        if name.startswith(f"{NAME}_"):
            drop(_at_server(server, name))


def administer(url: str, *commands: str) -> None:
    """Run commands on a server that no transaction may hold."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()
