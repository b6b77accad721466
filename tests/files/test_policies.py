"""Where policies are looked up: all of an act goes by one state of the office's folder, the next act by the next."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit_service.errors import Failed, NotFound
from audit_service.files.policies import lookup
from tests.office import Office

SHIPPED = json.loads(lookup(None)("sichuan-2020").source)


def put(folder: Path, **more: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "own.json").write_text(json.dumps({**SHIPPED, **more}, ensure_ascii=False))


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """An office's own folder, in use by a program that runs already."""
    runtime = office.runtime
    runtime.settings = replace(runtime.settings, policy_folder=tmp_path / "policies")
    put(tmp_path / "policies", title={"zh": "旧", "en": "old"})
    return tmp_path / "policies"


def test_a_file_that_changes_while_the_program_runs_counts_from_the_next_act_on(office: Office, folder: Path) -> None:
    begun = office.runtime.policy
    assert begun("sichuan-2020").title.en == "old"
    put(folder, title={"zh": "新", "en": "new"})
    assert begun("sichuan-2020").title.en == "old"
    assert office.runtime.policy("sichuan-2020").title.en == "new"


def test_within_an_act_a_policy_is_not_taken_from_another_state_than_the_others(office: Office, folder: Path) -> None:
    begun = office.runtime.policy
    begun("nanxun-2021")
    put(folder, policy="ours")
    with pytest.raises(NotFound, match="policy-unknown"):
        begun("ours")
    assert office.runtime.policy("ours").policy == "ours"


def test_a_file_that_is_broken_meanwhile_is_told_to_the_next_act(office: Office, folder: Path) -> None:
    office.runtime.policy("sichuan-2020")
    (folder / "own.json").write_text("{}")
    with pytest.raises(Failed, match="policy-file-wrong"):
        office.runtime.policy("sichuan-2020")
