"""Settings that all tests share: how many examples Hypothesis tries, and whether the long forms run."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

os.environ["LC_ALL"] = "C.UTF-8"  # the language of messages, whatever the machine speaks
LONG = os.environ.get("AUDIT_LONG") == "1"

settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=2000, deadline=None, database=None, print_blob=True)
settings.load_profile("long" if LONG else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `long`, unless AUDIT_LONG=1 asks for them."""
    if LONG:
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="a long form: runs with AUDIT_LONG=1"))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the search for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


pytest_plugins = ["tests.databases", "tests.office", "tests.scenes", "tests.web.desk", "tests.visiting"]
