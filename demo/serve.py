"""The service with the demonstration's data and a post of every role, on this machine alone: `make serve`.

It begins anew each time, in `var/serve`. Everything that is done is marked as a demonstration, and the posts' tokens
and passwords are printed. They exist in this database alone: it is made here, and no other is touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from audit_service.cli.main import root
from audit_service.config import read_settings
from audit_service.runtime import Runtime

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "serve"
DATA = ROOT / "demo" / "data"
BIN = ROOT / ".venv" / "bin"
ADDRESS = os.environ.get("AUDIT_BIND", "127.0.0.1:8000")
BEFORE, MEETING = "2026-06-20T01:00:00Z", "2026-07-01T13:30:00Z"
EVENTS = ("--event", "ssq:2026075@2026-07-01T13:15:00Z", "--event", "d10:meeting-2026:20@2026-07-01T01:30:00Z")
PUBLIC = "ssq:2026075:020812192433+07,d10:meeting-2026:84729150366271940583"
FIRST_POSTS = (
    ("province-1", "province"),
    ("second-1", "second-officer"),
    ("auditor-1", "auditor"),
    ("chengdu-1", "city", "--city", "成都"),
)
LATER_POSTS = (("inspector-1", "inspector", "--inspector", "C510101"), ("admin-1", "administrator"))
"""An inspector must be on the roster; once there is an administrator nobody else appoints."""
POSTS = FIRST_POSTS + LATER_POSTS
WORDS = """
演示服务 · 数据与岗位都是演示用的，不要用于真实工作
A demonstration: data and posts are made up; not for real work

  http://{address}/api/docs        接口说明  the API's pages
  http://{address}/api/v1/draws    抽取      the draws

{posts}

  curl -H "Authorization: Bearer $TOKEN" http://{address}/api/v1/me
  curl -H 'Audit-Demo-Clock: 2026-08-01T01:00:00Z' …    请求可自定演示时间  a request may set the demo's time

Ctrl+C 停止  stops it
"""


def environment(**more: str) -> dict[str, str]:
    """The settings of this demonstration, and no others of this product."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDIT_")}
    return {**kept, "AUDIT_DATABASE_URL": f"sqlite:///{PLACE / 'demo.db'}", "AUDIT_DEMO": "1", **more}


def run(*arguments: str, clock: str = BEFORE, **more: str) -> dict[str, str]:
    """Run a command of the product, in this process: there are many; its JSON."""
    settings = environment(AUDIT_DEMO_CLOCK=clock, AUDIT_BY="演示 demo", **more)
    runtime, told = Runtime(read_settings(settings)), StringIO()
    with redirect_stdout(told), redirect_stderr(StringIO()):
        root().main([*arguments, "--json"], standalone_mode=False, obj=runtime)
    runtime.engine.dispose()
    found: dict[str, str] = json.loads(told.getvalue())
    return found


def fill() -> dict[str, str]:
    """A database with the demonstration's rosters, a draw that was carried out, and posts; their tokens."""
    shutil.rmtree(PLACE, ignore_errors=True)
    tokens = {}

    def appoint(posts: Iterable[tuple[str, ...]]) -> None:
        for name, role, *options in posts:
            tokens[name] = run("user", "add", name, "--role", role, "--token", *options)["token"]

    appoint(FIRST_POSTS)
    act = {"AUDIT_TOKEN": tokens["province-1"]}
    for kind, file in (("units", "roster"), ("people", "inspectors"), ("recusals",) * 2, ("targets",) * 2):
        run("import", kind, str(DATA / f"{file}_demo.xlsx"), **act)
    appoint(LATER_POSTS)
    draw = run("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020", **act)["draw"]
    run("draw", "commit", draw, *EVENTS, **act)
    run("draw", "run", draw, "--public", PUBLIC, clock=MEETING, **act)
    return tokens


def main() -> None:
    """Fill the database, print the posts, and serve."""
    tokens = fill()
    posts = "\n".join(f"  {name:12} {role:15} {tokens[name]}" for name, role, *_ in POSTS)
    print(WORDS.format(address=ADDRESS, posts=posts), flush=True)
    os.chdir(ROOT)
    os.execve(BIN / "gunicorn", ["gunicorn", "wsgi:app"], environment(AUDIT_BIND=ADDRESS))


if __name__ == "__main__":
    main()
