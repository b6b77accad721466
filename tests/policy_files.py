"""An office's own file of a shipped policy, changed as a test says: for the tests of versions."""

from __future__ import annotations

import json
from typing import Any, Final

from audit_service.files.policies import lookup
from tests.office import Office

POLICY: Final = "sichuan-2020"


def shipped() -> dict[str, Any]:
    """What the shipped file says."""
    found: dict[str, Any] = json.loads(lookup(None)(POLICY).source)
    return found


def install(office: Office, **changes: Any) -> None:
    """Put the file into the office's folder: with other entries, and with `version` as another version."""
    folder = office.folder / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "own.json").write_text(json.dumps(shipped() | changes, ensure_ascii=False), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}
    office.runtime.settings = office._settings()


def withdraw(office: Office) -> None:
    """Go back to the shipped file."""
    (office.folder / "policies" / "own.json").unlink()


def longer_defence(**more: Any) -> dict[str, Any]:
    """A defence of twenty days in place of five, and a red that begins thirty days before."""
    said = shipped()
    return {"exit": said["exit"] | {"defence_days": 20}, "warning": said["warning"] | {"yellow": 60, "red": 30}, **more}
