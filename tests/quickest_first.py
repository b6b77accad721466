"""For `make mutants`: the quickest tests run first, so that most mutants are found out at once.

mutmut measures every test before it tries the first mutant, and keeps the times in the folder in which it runs them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TIMES = Path("mutmut-stats.json")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    times = json.loads(TIMES.read_text(encoding="utf-8"))["duration_by_test"] if TIMES.exists() else {}
    items.sort(key=lambda item: times.get(item.nodeid, 0))
