"""No forgery verifies, and both verifiers name the same step."""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
from contextlib import redirect_stdout
from pathlib import Path
from random import Random

import pytest

from audit_service.cli.evidence import read_anchors
from audit_service.core.verification import Report, unreadable, verify
from audit_service.errors import FormError
from audit_service.files.bundles import read_bundle
from tests.evidence.forging import FORGERIES, Entries, forge
from verifier import verify as independent

VECTORS = Path(__file__).parent.parent / "vectors"
BUNDLES = ("sichuan-demo", "small-00", "near-first-0", "small-08", "full-skipped-1", "small-06")
SHORT, LONG = 200, 2000


def entries_of(name: str) -> Entries:
    folder = VECTORS / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_zip(path: Path, entries: Entries, random: Random) -> Path:
    method = random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(path, "w", method) as bundle:
        for name, data in random.sample(sorted(entries.items()), len(entries)):
            bundle.writestr(name, data)
    return path


def write_anchors(path: Path, entries: Entries) -> Path:
    lines = []
    for name in sorted(name for name in entries if name.endswith("commitment.json")):
        seeds = json.loads(entries[name.replace("commitment.json", "seed.json")])
        lines.append(f"{independent.digest(entries[name])} {seeds['public']}\n")
    path.write_text("".join(lines), encoding="ascii")
    return path


def ours(bundle: Path, anchors: Path | None) -> tuple[str, int | None, str]:
    known = read_anchors(anchors) if anchors else None
    try:
        report: Report = verify(read_bundle(bundle), known)
    except FormError as error:
        report = unreadable(error.problem, anchored=anchors is not None)
    failure = report.failure
    return report.verdict, failure.step if failure else None, failure.part if failure else ""


def theirs(bundle: Path, anchors: Path | None) -> tuple[str, int | None, str]:
    output = io.StringIO()
    with redirect_stdout(output):
        independent.main([str(bundle), "--json", *(["--anchors", str(anchors)] if anchors else [])])
    found = json.loads(output.getvalue())
    return found["verdict"], found["step"], found["part"]


def check_forgery(number: int, folder: Path) -> tuple[str, int | None, str]:
    """Forge, ask both verifiers with and without anchors; what they say with them."""
    random = Random(number)
    real = entries_of(BUNDLES[number % len(BUNDLES)])
    forged = forge(FORGERIES[number % len(FORGERIES)], real, random)
    anchors = write_anchors(folder / "anchors", real)
    bundle = write_zip(folder / "forged.zip", forged, random)
    without = ours(bundle, None)
    assert without == theirs(bundle, None)
    verdict = ours(bundle, anchors)
    assert verdict == theirs(bundle, anchors)
    assert verdict[0] == "refused"
    assert without[0] in ("refused", "consistent")
    return verdict


@pytest.mark.parametrize("number", range(SHORT))
def test_no_forgery_verifies_and_both_verifiers_name_the_same_step(number: int, tmp_path: Path) -> None:
    check_forgery(number, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("first", range(SHORT, LONG, 100))
def test_none_of_many_more_forgeries_verifies(first: int, tmp_path: Path) -> None:
    for number in range(first, first + 100):
        check_forgery(number, tmp_path)


@pytest.mark.parametrize("name", sorted(path.name for path in VECTORS.iterdir()))
def test_every_reference_bundle_is_consistent_and_with_anchors_verified(name: str, tmp_path: Path) -> None:
    real = entries_of(name)
    bundle = write_zip(tmp_path / "real.zip", real, Random(0))
    anchors = write_anchors(tmp_path / "anchors", real)
    assert ours(bundle, None) == theirs(bundle, None) == ("consistent", None, "")
    assert ours(bundle, anchors) == theirs(bundle, anchors) == ("verified", None, "")


def test_the_independent_report_names_fallback_events_and_anchors_of_nothing(tmp_path: Path) -> None:
    said = {}
    for name in ("small-03", "small-06"):
        real = entries_of(name)
        bundle, anchors = write_zip(tmp_path / "b.zip", real, Random(0)), write_anchors(tmp_path / "anchors", real)
        with anchors.open("a", encoding="ascii") as file:
            file.write(f"{'ab' * 32} d10:x:1\n")
        output = io.StringIO()
        with redirect_stdout(output):
            assert independent.main([str(bundle), "--anchors", str(anchors), "--lang", "en"]) == 0
        said[name] = output.getvalue()
        assert f"the anchor {'ab' * 32} belongs to no part of the bundle" in said[name]
    fallback = "decided by the fallback: one of the first events must have been cancelled"
    assert {fallback in text for text in said.values()} == {True, False}


CALLS = {"need": 1, "Problem": 0, "Usage": 0, "Message": 0, "say": 0, "step": 2}
"""The functions of the independent verifier that are given a message, and at which place."""


def test_every_message_of_the_independent_verifier_has_its_chinese() -> None:
    found = {*independent.VERDICTS.values(), *independent.ENDINGS.values(), *independent.KEY_KINDS.values()}
    for call in ast.walk(ast.parse(Path(independent.__file__).read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            place = CALLS.get(getattr(call.func, "id", getattr(call.func, "attr", "")), 99)
            text = call.args[place] if place < len(call.args) else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.add(text.value)
    assert len(found) > 70
    assert found <= independent.CHINESE.keys()
    for english, chinese in independent.CHINESE.items():
        assert sorted(re.findall(r"\{\d\}", english)) == sorted(re.findall(r"\{\d\}", chinese))


def test_forgeries_reach_every_step(tmp_path: Path) -> None:
    steps: set[int | None] = set()
    for number in range(300):
        random = Random(number)
        real = entries_of(BUNDLES[number % len(BUNDLES)])
        bundle = write_zip(tmp_path / "b.zip", forge(FORGERIES[number % len(FORGERIES)], real, random), random)
        steps |= {ours(bundle, None)[1], ours(bundle, write_anchors(tmp_path / "anchors", real))[1]}
    assert steps >= set(range(1, 11))
