"""The service over HTTP: a year's start, and how many requests a second it answers beside a bare Flask view."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from audit_service.config import read_settings
from audit_service.core.rights import Role
from audit_service.runtime import Runtime
from audit_service.use_cases import accounts
from benchmarks.importing import postgres
from benchmarks.log_load import emptied, environment_of, new_database
from benchmarks.measure import Run, Taken, in_turn
from benchmarks.rows import Row, plain, within
from benchmarks.served import ROOT, WORKERS, Load, Server, serving

SECONDS, ROUNDS, CLIENTS = 5.0, 4, 4
LEAST, MOST_SPREAD, MOST_SECONDS = 0.5, 10, 2
DEMO: Final = ROOT / "demo" / "data"
ROSTERS: Final = (("units", "roster"), ("targets", "targets"), ("inspectors", "inspectors"), ("recusals", "recusals"))
DRAW: Final = "SC-2026-01"
_BALLS: Final = "0102030405060708091011121314151617181920"
_STEPS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("2026-06-20T01:00:00Z", "commit", {"events": [
        {"source": "kl8", "event": "2026170", "not_before": "2026-07-01T13:30:00Z"}]}),
    ("2026-07-01T14:00:00Z", "seed", {"public": f"kl8:2026170:{_BALLS}"}),
    ("2026-08-01T01:00:00Z", "rounds", {"events": [
        {"source": "kl8", "event": "2026205", "not_before": "2026-08-05T13:30:00Z"}]}),
    ("2026-08-05T14:00:00Z", "rounds/1/seed", {"public": f"kl8:2026205:{_BALLS}"}),
)  # fmt: skip


def figure(scale: int = 1) -> Iterator[Row]:
    """On each database in turn: the demonstration's year, then reads of what came of it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place, postgres(wanted=scale < 1000) as server:
        kinds = {"SQLite": emptied(f"sqlite:///{place}/audit.db")}
        if server:
            kinds["PostgreSQL"] = new_database(server)
        for kind, url in sorted(kinds.items()):
            yield from _one(kind, {**environment_of(url, Path(place, kind)), "AUDIT_DEMO": "1"}, scale)


def _one(kind: str, environment: Mapping[str, str], scale: int) -> Iterator[Row]:
    token = _token_of(environment)
    bare = ("--workers", WORKERS, "--preload", "--config", "/dev/null", "benchmarks.bare:app")
    with ExitStack() as stack:
        ours = stack.enter_context(serving(["wsgi:app"], environment, "/readyz"))
        bring_rosters(ours, token)
        yield from _year(kind, ours, token, 3 if scale == 1 else 1)
        peer = stack.enter_context(serving(bare, environment, f"/one/{DRAW}"))
        for what, path, named, theirs in (
            ("a draw, by anybody", f"/api/v1/draws/{DRAW}", {}, f"/one/{DRAW}"),
            ("50 units, with a token", "/api/v1/units?page_size=50", {"Authorization": f"Bearer {token}"}, "/many"),
        ):
            loads = _in_turn(ours, path, named, peer, theirs, scale)
            yield from _rows(f"{what}, {kind}", *loads)


def _token_of(environment: Mapping[str, str]) -> str:
    runtime = Runtime(read_settings(environment))
    with runtime.begin() as db:
        accounts.appoint(db, runtime.act("bench"), "office", Role.PROVINCE)
        token = accounts.issue_token(db, runtime.act("bench"), "office", now=runtime.wall_clock())
    runtime.engine.dispose()
    return token


def bring_rosters(server: Server, token: str) -> None:
    """Import the demonstration's rosters."""
    for path, name in ROSTERS:
        content = (DEMO / f"{name}_demo.csv").read_bytes()
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}.csv"\r\n\r\n'
        form = {"Content_Type": "multipart/form-data; boundary=x"}
        act(server, token, f"{path}/import", head.encode() + content + b"\r\n--x--\r\n", _STEPS[0][0], **form)


def act(server: Server, token: str, path: str, body: Any, clock: str, **more: str) -> Any:
    """What is answered to an act at a time of the demonstration's clock. `RuntimeError` where it is refused."""
    named = {"Authorization": f"Bearer {token}", "Audit_Demo_Clock": clock, **more}
    status, told = server.ask("POST", f"/api/v1/{path}", body, **named)
    if status >= 300:
        raise RuntimeError(f"{path}: {told}")
    return told


def roster_codes() -> list[str]:
    """The codes of the demonstration's units, in the order of their file."""
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["单位编码"] for row in csv.DictReader(file)]


# --- a year's start ---------------------------------------------------------------------------------------------------


def _year(kind: str, server: Server, token: str, times: int) -> Iterator[Row]:
    """Each time another campaign, frozen before the clock runs; the least time counts."""
    years = iter(range(2026, 2026 + times))

    def run() -> Taken:
        frozen = {"campaign": str(next(years)), "policy": "sichuan-2020"}
        draw = act(server, token, "draws", frozen, _STEPS[0][0])["draw"]
        start, worked = perf_counter(), server.worked()
        for clock, path, body in _STEPS:
            told = act(server, token, f"draws/{draw}/{path}", body, clock)
        if told["infeasible"]:
            raise RuntimeError("no teams")
        return Taken(perf_counter() - start, server.worked() - worked)

    runs: dict[str, Run] = {"year": run}
    what = f"commit, sample, commit of a round and its teams, four requests, demo rosters, {kind}"
    yield within(what, in_turn(runs, times)["year"], MOST_SECONDS)


# --- reads beside the bare view ---------------------------------------------------------------------------------------


def _in_turn(
    ours: Server, path: str, named: Mapping[str, str], peer: Server, theirs: str, scale: int
) -> tuple[list[Load], list[Load]]:
    """Several turns of each, the first to warm up; while one is asked, the other has nothing to do."""
    found: tuple[list[Load], list[Load]] = ([], [])
    for _ in range(1 + (ROUNDS if scale == 1 else 1)):
        found[0].append(ours.load(path, SECONDS / scale, CLIENTS, **named))
        found[1].append(peer.load(theirs, SECONDS / scale, CLIENTS))
    return found[0][1:], found[1][1:]


def _rows(what: str, ours: list[Load], theirs: list[Load]) -> Iterator[Row]:
    """Rates of the best turn of each; the spread of the turn whose 99th of a hundred was the slowest."""
    best, peer = (max(loads, key=lambda load: load.rate) for loads in (ours, theirs))
    ratio = best.rate / peer.rate
    yield Row(
        f"{what}: requests a second, {CLIENTS} clients",
        f"{best.rate:.0f}",
        "bare Flask view with one SELECT",
        f"{peer.rate:.0f}",
        ratio,
        f"{ratio:.0%} of its rate",
        f"≥ {LEAST:.0%}",
        ratio >= LEAST,
        (best.server_cpu, peer.server_cpu),
    )
    cost = peer.server_cpu / best.server_cpu
    yield Row(
        "… the server's processor a request",
        f"{1000 * best.server_cpu:.2f} ms",
        f"the bare view's; the client takes {1000 * best.client_cpu:.2f} ms",
        f"{1000 * peer.server_cpu:.2f} ms",
        cost,
        f"{1 / cost:.2f} × its time",
    )
    worst = max(ours, key=lambda load: load.p99 / load.median)
    shown = f"{1000 * worst.median:.1f} ms; {1000 * worst.p99:.1f} ms"
    spread = worst.p99 / worst.median
    yield plain(
        "… half within; 99 of 100 within", spread, shown, f"≤ {MOST_SPREAD} × the median", spread <= MOST_SPREAD
    )
