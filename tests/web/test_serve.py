"""The demonstration's service: a post of every role, and nothing that could be taken for real."""

from __future__ import annotations

import importlib
import json
import subprocess
from typing import Any

import pytest

from audit_service.core.rights import Role


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    serve = importlib.import_module("demo.serve")
    monkeypatch.setattr(serve, "PLACE", tmp_path / "serve")
    monkeypatch.setenv("AUDIT_DATABASE_URL", f"sqlite:///{tmp_path}/real.db")
    monkeypatch.setenv("AUDIT_TOKEN", "real")
    return serve


def test_there_is_a_post_of_every_role_in_a_database_of_its_own_that_is_marked(demo: Any, tmp_path: Any) -> None:
    tokens = demo.fill()
    assert {role for _, role, *_ in demo.POSTS} == {role.value for role in Role}
    assert not (tmp_path / "real.db").exists()
    command = [str(demo.BIN / "audit-service"), "draw", "show", "SC-2026-01", "--json"]
    shown = json.loads(subprocess.run(command, env=demo.environment(), check=True, capture_output=True).stdout)
    assert (shown["state"], shown["demo"]) == ("drawn", True)
    assert len(set(tokens.values())) == len(demo.POSTS)
    assert demo.environment()["AUDIT_DEMO"] == "1"
