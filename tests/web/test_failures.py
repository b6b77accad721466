"""What fails of the service's own is told as that: 503, without paths, to be tried again, and as nobody's attempt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.desk import Desk


def gone(place: Path) -> None:
    """A folder that is there by name alone, as of a disk that is not mounted."""
    place.symlink_to(place.with_name("nowhere"))


def in_the_way(place: Path) -> None:
    place.write_text("a file")


def failures(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in said if line["event"] == "failed"]


def set_up(desk: Desk, **settings: str) -> None:
    desk.office.environment = {**desk.office.environment, **settings}
    desk.office.runtime.settings = desk.office._settings()


@pytest.mark.parametrize(("broken", "code"), [(gone, "file-not-written"), (in_the_way, "evidence-not-read")])
def test_evidence_that_cannot_be_kept_is_no_fault_of_who_sent_it(
    broken: Any, code: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    place = desk.office.folder / "evidence-of-here"
    broken(place)
    set_up(desk, AUDIT_EVIDENCE=str(place))
    capsys.readouterr()
    answer = desk.send("lives/files", "office")
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, code, "5")
    assert not any(word in answer.text for word in (str(desk.office.folder), place.name, "directory"))
    assert desk.get("attempts", "auditor")["items"] == []
    (failed,) = failures(capsys)
    assert (failed["code"], failed["error"]) == (code, "Failed")
    assert str(place) in json.dumps(failed["params"])


@pytest.mark.parametrize("code", ["policy-folder-missing", "policy-file-wrong"])
def test_an_offices_own_policies_that_cannot_be_read_are_told_without_their_place(
    code: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = desk.office.folder / "policies-of-here"
    if code == "policy-file-wrong":
        folder.mkdir()
        (folder / "own.json").write_text("{}")
    set_up(desk, AUDIT_POLICY_FOLDER=str(folder))
    answer = desk.ask("GET", "policies")
    assert (answer.status_code, answer.json["code"]) == (503, code)
    assert folder.name not in answer.text
    (failed,) = failures(capsys)
    assert folder.name in json.dumps(failed["params"])
