"""Settings, read once from the environment."""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from audit_service.core.canonical import parse_time
from audit_service.core.notes import checked_name
from audit_service.errors import FormError, Refused

DEFAULT_DATABASE: Final = "sqlite:///var/audit.db"
DEFAULT_WAIT: Final = 10
DEFAULT_FONTS: Final = "/usr/share/fonts/opentype/noto"
"""Where Debian's fonts-noto-cjk puts them."""
LONGEST_WAIT: Final = 3600
"""Seconds."""
DEFAULT_BIND: Final = "127.0.0.1:8000"
DEFAULT_WORKERS: Final = 2
MOST_WORKERS: Final = 64
_BIND: Final = re.compile(r"unix:/.+|(?:\[[0-9a-fA-F:]+\]|[0-9A-Za-z.-]+):(?P<port>[0-9]{1,5})")


@dataclass(frozen=True)
class Settings:
    """Where data, keys and fonts are, how long to wait for the data, who acts, which clock counts, the log's name.

    `policies` are those whose statuses rosters may name; where none is named, all. `log_last_file` keeps the checkpoint
    that was signed last: outside the database, and best on another disk. The web service listens at `web_bind`;
    `web_metrics` shows its figures to others than this machine.
    """

    database_url: str
    database_wait: int
    key_file: Path
    by: str
    demo_clock: datetime | None
    policy_folder: Path | None
    policies: tuple[str, ...]
    log_name: str
    log_key_file: Path
    log_last_file: Path
    demo: bool
    """Whether this is a demonstration: then requests may say what time it is, everything is marked, and a session's
    cookie may travel without TLS, on the own machine."""
    token: str
    """By which the command line shows whose account acts; empty in one-office mode."""
    font_folder: Path
    evidence: str
    """Where files of evidence lie: a folder, or an address such as `s3://bucket/folder`."""
    web_bind: str = DEFAULT_BIND
    web_workers: int = DEFAULT_WORKERS
    web_metrics: bool = False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; `Refused` for what cannot be meant, and a demo clock where there is no demo."""
    url = environment.get("AUDIT_DATABASE_URL", DEFAULT_DATABASE)
    folder = environment.get("AUDIT_POLICY_FOLDER")
    return Settings(
        database_url=url,
        database_wait=_whole(environment, "AUDIT_DATABASE_WAIT", DEFAULT_WAIT, LONGEST_WAIT),
        key_file=Path(environment.get("AUDIT_KEY_FILE") or _beside_database(url) / "audit.key"),
        by=well_formed("AUDIT_BY", environment.get("AUDIT_BY") or _login()),
        demo_clock=_demo_clock(environment),
        policy_folder=Path(folder) if folder else None,
        policies=tuple(filter(None, map(str.strip, environment.get("AUDIT_POLICIES", "").split(",")))),
        log_name=checked_name(environment.get("AUDIT_LOG_NAME", "audit-service"), "AUDIT_LOG_NAME"),
        log_key_file=Path(environment.get("AUDIT_LOG_KEY_FILE") or _beside_database(url) / "log.key"),
        log_last_file=Path(environment.get("AUDIT_LOG_LAST_FILE") or _beside_database(url) / "log.last"),
        demo=_switch(environment, "AUDIT_DEMO"),
        token=environment.get("AUDIT_TOKEN", "").strip(),
        font_folder=Path(environment.get("AUDIT_FONT_FOLDER") or DEFAULT_FONTS),
        evidence=well_formed(
            "AUDIT_EVIDENCE", environment.get("AUDIT_EVIDENCE") or str(_beside_database(url) / "evidence")
        ),
        web_bind=_bind(environment.get("AUDIT_BIND") or DEFAULT_BIND),
        web_workers=_whole(environment, "AUDIT_WORKERS", DEFAULT_WORKERS, MOST_WORKERS),
        web_metrics=_switch(environment, "AUDIT_METRICS"),
    )


def well_formed(name: str, text: str) -> str:
    """The text; `Refused` for bytes that are no UTF-8, which no database takes."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Refused("text-encoding", name=name, found=text)
    return text


def _whole(environment: Mapping[str, str], name: str, usual: int, most: int) -> int:
    found = environment.get(name) or str(usual)
    if not (found.isascii() and found.isdigit() and len(found) < 10 and 0 < int(found) <= most):
        raise Refused("setting-number", name=name, found=found, most=most)
    return int(found)


def _switch(environment: Mapping[str, str], name: str) -> bool:
    found = environment.get(name) or "0"
    if found not in ("0", "1"):
        raise Refused("setting-switch", name=name, found=found)
    return found == "1"


def _bind(found: str) -> str:
    match = _BIND.fullmatch(found)
    if match is None or int(match["port"] or 1) not in range(1, 65536):
        raise Refused("setting-bind", found=found)
    return found


def _beside_database(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else Path("var")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "unknown"


def _demo_clock(environment: Mapping[str, str]) -> datetime | None:
    clock = environment.get("AUDIT_DEMO_CLOCK")
    if not clock:
        return None
    if not _switch(environment, "AUDIT_DEMO"):
        raise Refused("demo-clock-undeclared")
    try:
        return parse_time(clock, "AUDIT_DEMO_CLOCK")
    except FormError as error:
        raise Refused("demo-clock-form", found=clock) from error
