"""docs/log.md says of every act what everybody may read of it."""

from __future__ import annotations

import re

from audit_service.core.entries import PUBLIC
from tests.docs.terminal import ROOT


def test_every_action_of_the_log_stands_in_its_table_once_and_no_other_does() -> None:
    text = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
    table = text.partition("| action | public besides")[2].partition("\n\n")[0]
    firsts = re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
    named = [action for first in firsts for action in re.findall(r"`([a-z-]+)`", first.partition("(")[0])]
    assert sorted(named) == sorted(PUBLIC)


def test_of_an_act_that_waits_for_two_the_table_names_the_request() -> None:
    text = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
    for action, public in PUBLIC.items():
        if "request" in public and action not in ("confirm", "decline"):
            (row,) = re.findall(rf"^\| [^|]*`{action}`[^|]* \| (.*) \|$", text, re.MULTILINE)
            assert "the request that was confirmed" in row, action
