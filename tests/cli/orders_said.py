"""What the tests of orders and reports say alike: the policy, a month, funds, a policy of the office's own."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit_service.core.acts import Act
from audit_service.files.policies import lookup
from tests.office import Office

ACT = Act(datetime(2020, 6, 1, tzinfo=UTC), "tests", demo=True)
ORDERS = ("--policy", "sichuan-2020", "--year", "2020")
MONTHLY = ("--policy", "sichuan-2020", "--report", "monthly", "--period", "2020-05")
SAID = {"ordered": "200", "arrived": "180", "paid-out": "50", "spent": "20.5", "progress": "推进中", "next": "自评"}


def own_policy(office: Office, **changes: Any) -> None:
    """A policy of the office's own: Sichuan's with other entries."""
    data = lookup(None)("sichuan-2020").source
    folder = office.folder / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "own.json").write_text(json.dumps(json.loads(data) | {"policy": "own", **changes}), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def handed(office: Office, city: str, *options: object, expect: int = 0, **changes: str) -> Any:
    said = [text for name, value in (SAID | changes).items() for text in ("--say", f"{name}={value}")]
    return office.run("report", "hand-in", *MONTHLY, "--reporter", city, *said, *options, expect=expect)
