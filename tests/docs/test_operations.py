"""docs/operations.md tells of what there is: codes, settings, files, figures; and of all of them."""

from __future__ import annotations

import re
from configparser import ConfigParser
from inspect import getsource
from pathlib import Path

import pytest

from audit_service import config, messages
from audit_service.store.tables import APPEND_ONLY, metadata
from audit_service.use_cases import checking, readiness
from audit_service.web import metrics
from tests.docs.terminal import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"
GUNICORN = (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8")


def section(name: str) -> str:
    return re.split(r"^## ", TEXT, flags=re.MULTILINE)[[*re.findall(r"^## (.+)$", TEXT, re.MULTILINE)].index(name) + 1]


def test_every_code_in_the_table_of_what_breaks_is_one_that_the_program_says() -> None:
    codes = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section("When something breaks")))
    known = {code for code in codes if code in messages.catalogue()}
    assert codes - known <= {"restore", "check"}
    assert len(known) > 30


@pytest.mark.parametrize("start", ["backup-", "restore-", "setting-"])
def test_no_code_of_what_this_guide_is_about_is_left_out(start: str) -> None:
    told = set(re.findall(r"`([a-z-]+)`", TEXT))
    said_only = {"backup-apart", "backup-exists", "restore-next", "restore-behind"}
    assert {code for code in messages.catalogue() if code.startswith(start)} - said_only <= told


def test_every_setting_is_in_the_table_and_no_other() -> None:
    read = set(re.findall(r'"(AUDIT_[A-Z_]+)"', getsource(config)))
    told = set(re.findall(r"`(AUDIT_[A-Z_]+)`", section("Settings")))
    assert told == read
    given = {line.split("=")[0] for line in (DEPLOY / "environment").read_text(encoding="utf-8").splitlines()}
    assert {name for name in given if name.startswith("AUDIT_")} <= read


def test_every_figure_and_check_is_one_that_is_shown() -> None:
    shown = getsource(metrics)
    for name in re.findall(r"`(audit_(?!owner|service)[a-z_]+)`", TEXT):
        assert f'"{name.removesuffix("_total")}"' in shown, name
    for name in re.findall(r'"([a-z]+)": _outcome', getsource(readiness)):
        assert f"/readyz`: {name}" in TEXT


def test_the_numbers_of_the_server_are_those_of_its_configuration() -> None:
    said = section("systemd")
    numbers = {"graceful_timeout": "stop: 60 s", "timeout": "120 s for one request"}
    for name, words in numbers.items():
        assert re.search(rf"^{name} = {re.search(r'[0-9]+', words)[0]}$", GUNICORN, re.MULTILINE)  # type: ignore[index]
        assert words in said
    assert "max_requests = 100_000\n" in GUNICORN
    assert "100,000 requests" in said
    assert "limit_request_line = 4094\n" in GUNICORN
    assert "limit_request_fields = 64\nlimit_request_field_size = 8190\n" in GUNICORN


def test_the_files_that_it_copies_are_there() -> None:
    for path in re.findall(r"/opt/audit-service/((?:deploy|demo|docs)/[\w./-]+)", TEXT):
        assert list(ROOT.glob(path + "*" * path.endswith("/audit-service"))), path


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: unit.name)
def test_a_unit_runs_as_the_services_user_with_the_settings_and_writes_nowhere_else(unit: Path) -> None:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(unit)
    service = read["Service"]
    assert (service["User"], service["ProtectSystem"]) == ("audit", "strict")
    assert service["EnvironmentFile"] == "/etc/audit-service/environment"
    assert service["StateDirectory"].split()[0] == "audit-service"
    assert int(service.get("TimeoutStopSec", "70")) > 60


def test_the_rights_leave_out_what_is_append_only() -> None:
    grants = (DEPLOY / "grants.sql").read_text(encoding="utf-8")
    assert f"REVOKE UPDATE ON {', '.join(APPEND_ONLY)} FROM audit_service;" in grants
    assert "DELETE" not in grants.replace("deleted", "")
    assert {"acts", "files", "draws"} <= metadata.tables.keys()


def test_what_check_finds_is_in_the_table() -> None:
    from audit_service.store import soundness

    for code in re.findall(r'Problem\("(check-[a-z-]+)"', getsource(checking) + getsource(soundness)):
        assert f"`{code}`" in TEXT, code
