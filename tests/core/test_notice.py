"""A unit's proof: it holds for every unit, fits a code, and both checkers judge whatever is changed in it alike."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from audit_service.core import merkle, tree
from audit_service.core.acts import Act
from audit_service.core.canonical import parse_time
from audit_service.core.entries import Recorded, write_entry
from audit_service.core.frame import Frame
from audit_service.core.frozen import Policy, Stratum
from audit_service.core.notes import Checkpoint
from audit_service.core.notice import (
    Anchors,
    LogProof,
    NoticeProof,
    check,
    fitted,
    parse_leaf,
    prove,
    read,
    write,
    write_log,
    write_notice,
)
from audit_service.core.selection import Sample, draw_sample, notice_leaves, notice_root
from audit_service.errors import FormError, RuleError
from audit_service.signing import Signer, load_signer, verify

VERIFIER = Path(__file__).parents[2] / "verifier" / "verify.py"
SEED = "5e" * 32
C = "c0" * 32
AT = parse_time("2027-03-16T14:00:00Z", "")
NOTHING = Anchors(None, None, None, verify)


def sample_of(count: int) -> Sample:
    units = [f"u{number:07d}" for number in range(count)]
    cities = [f"c{number % 3}" for number in range(count)]
    frame = Frame(units, ["s"] * count, cities)
    return draw_sample(Policy("p", (Stratum("s", 2000, "stratum", "m"),)), frame, SEED)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_every_unit_of_every_tree_is_proven_and_no_other_place(count: int) -> None:
    sample = sample_of(count)
    proof = prove(sample, "X-01", C)
    for unit in sample.frame.units:
        found = proof(unit)
        found.check()
        assert found.root == notice_root(sample)
        row = sample.by_unit[unit]
        assert (found.leaf.unit, found.leaf.position) == (unit, row.position)
        assert found.leaf.drawn == sample.is_selected(row)
        for place in range(count + 1):
            if place != found.index:
                with pytest.raises(RuleError):
                    replace(found, index=place).check()


def test_the_complete_subtrees_give_the_root_of_the_same_leaves() -> None:
    for count in range(20):
        leaves = [bytes([number]) for number in range(count)]
        levels = merkle.complete_subtrees(leaves)
        assert tree.root(lambda level, place, levels=levels: levels[level][place], count) == merkle.root(leaves)


# --- its text -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return load_signer(tmp_path_factory.mktemp("log") / "log.key", "log.example")


def logged(signer: Signer, root: str, index: int = 5, size: int = 9, draw: str = "X-01") -> LogProof:
    act = Act(AT, "某某")
    entry = write_entry(Recorded(index + 1, act, "notices", draw, {"root": root}, "ab" * 32))
    leaves = [entry if place == index else b"%d" % place for place in range(size)]
    levels = merkle.complete_subtrees(leaves)

    def hashes(level: int, place: int) -> bytes:
        return levels[level][place]

    note = signer.sign(Checkpoint(signer.name, size, tree.root(hashes, size)).text)
    note = note.signed([replace_name(signer, "纪检").cosign(note, AT)])
    return LogProof(entry.decode(), index, tuple(tree.inclusion_proof(hashes, index, size)), str(note))


def replace_name(signer: Signer, name: str) -> Signer:
    return Signer(name, signer.private)


@pytest.fixture(scope="module")
def good(signer: Signer) -> tuple[NoticeProof, LogProof]:
    notice = prove(sample_of(21), "X-01", C)("u0000004")
    return notice, logged(signer, notice.root)


def test_what_is_written_is_read_again_however_it_was_copied(good: tuple[NoticeProof, LogProof]) -> None:
    text = write(*good)
    assert text.isascii()
    for copied in (text, text.replace("\n", "\r\n"), text.rstrip("\n"), "\n" + text.replace("\n", "\n \n")):
        assert read(copied) == good
    assert read(text.split("\n")[0]) == (good[0], None)


def test_a_path_for_a_million_units_and_a_million_entries_fits_two_codes(good: tuple[NoticeProof, LogProof]) -> None:
    notice = replace(good[0], index=999_999, size=1_000_000, path=(bytes(32),) * 20)
    log = replace(good[1], index=999_999, path=(bytes(32),) * 20)
    longest = "x" * 64
    leaf = f"{'5a' * 32}/{longest}/{longest}/{longest}/{'9' * 7}/{'9' * 7}"
    widest = replace(notice, draw=longest, leaf=parse_leaf(leaf))
    lines = log.checkpoint.split("\n")
    witnesses = "\n".join([*lines[:-1], *[lines[-2]] * 4, ""])
    assert modules(write_notice(notice)) <= 117
    assert modules(write_notice(widest)) <= 129
    assert modules(write_log(log)) <= 129
    many = fitted(replace(log, checkpoint=witnesses))
    assert modules(write_log(many)) <= 133
    assert many.checkpoint.count("纪检") == 2


def modules(text: str) -> int:
    return int(segno.make_qr(text, error="l", boost_error=False).symbol_size(border=0)[0])


# --- both checkers ------------------------------------------------------------------------------------------------


def judged(text: str, anchors: Anchors) -> str:
    try:
        return "verified" if check(text, anchors).anchored else "consistent"
    except (FormError, RuleError):
        return "refused"


def by_the_verifier(folder: Path, texts: dict[str, str], anchors: Anchors) -> dict[str, str]:
    """The verdicts of the independent verifier; one process for all of them."""
    files = {name: folder / f"{number}.json" for number, name in enumerate(texts)}
    for name, file in files.items():
        file.write_bytes(texts[name].encode("utf-8", "surrogateescape"))
    options = [*(["--root", anchors.root] if anchors.root else [])]
    options += ["--log-key", str(anchors.log)] if anchors.log else []
    options += ["--witness-key", str(anchors.witness)] if anchors.witness else []
    program = (
        "import sys, json, io, contextlib; sys.path.insert(0, sys.argv[1]); import verify\n"
        "found = {}\n"
        "for file in json.loads(sys.argv[2]):\n"
        "    said = io.StringIO()\n"
        "    with contextlib.redirect_stdout(said):\n"
        "        status = verify.main(['--notice', file, '--json', *sys.argv[3:]])\n"
        "    found[file] = json.loads(said.getvalue())['verdict'], status\n"
        "print(json.dumps(found))\n"
    )
    names = json.dumps([str(file) for file in files.values()])
    run = [sys.executable, "-I", "-c", program, str(VERIFIER.parent), names, *options]
    found = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    exits = {"verified": 0, "consistent": 4, "refused": 1}
    assert all(status == exits[verdict] for verdict, status in found.values())
    return {name: found[str(file)][0] for name, file in files.items()}


def forged(good: tuple[NoticeProof, LogProof], signer: Signer) -> dict[str, str]:
    notice, log = good
    first, second = (json.loads(line) for line in write(*good).splitlines())
    other = logged(signer, "00" * 32)
    texts = {"nothing": "", "no json": "x", "three lines": write(*good) + write(notice, None), "list": "[]"}
    for key in first:
        texts[f"without {key}"] = json.dumps({k: v for k, v in first.items() if k != key})
        texts[f"{key} empty"] = json.dumps({**first, key: ""})
        texts[f"{key} a number"] = json.dumps({**first, key: 1})
        texts[f"{key} not text"] = json.dumps({**first, key: "\ud800"})
        texts[f"{key} longer"] = json.dumps({**first, key: first[key] + "0"})
    for key in second:
        lines = [json.dumps(first)]
        texts[f"log without {key}"] = "\n".join([*lines, json.dumps({k: v for k, v in second.items() if k != key})])
        texts[f"log {key} empty"] = "\n".join([*lines, json.dumps({**second, key: ""})])
        texts[f"log {key} longer"] = "\n".join([*lines, json.dumps({**second, key: second[key] + "0"})])
    leaf, note = first["leaf"], log.checkpoint
    texts |= {
        "a key twice": json.dumps(first)[:-1] + ',"size":"21"}',
        "one more key": json.dumps({**first, "more": ""}),
        "position changed": json.dumps({**first, "leaf": leaf[: leaf.rindex("/")] + "/9"}),
        "another unit": json.dumps({**first, "leaf": leaf.replace("u0000004", "u0000005")}),
        "six parts and one": json.dumps({**first, "leaf": leaf + "/1"}),
        "index 05": json.dumps({**first, "index": "05"}),
        "index beyond": json.dumps({**first, "index": "21"}),
        "index of 20 digits": json.dumps({**first, "index": "9" * 20}),
        "one hash less": json.dumps({**first, "path": b64encode(b"".join(notice.path[:-1])).decode()}),
        "half a hash": json.dumps({**first, "path": b64encode(b"".join(notice.path)[:-1]).decode()}),
        "path of url kind": json.dumps({**first, "path": "_" + first["path"][1:]}),
        "root in capitals": json.dumps({**first, "root": notice.root.upper()}),
        "other root": write(replace(notice, root="00" * 32), None),
        "other draw": write(replace(notice, draw="X-02"), log),
        "other C": write(replace(notice, c="00" * 32), log),
        "entry of another root": write(notice, other),
        "entry of another action": write(notice, replace(log, entry=log.entry.replace("notices", "noticez"))),
        "entry with a key twice": write(notice, replace(log, entry=log.entry[:-1] + ',"act":6}')),
        "other place in the log": write(notice, replace(log, index=6)),
        "checkpoint without signature": write(notice, replace(log, checkpoint=note.split("\n\n")[0] + "\n")),
        "checkpoint of another": write(notice, replace(log, checkpoint=note.replace("log.example", "other"))),
        "checkpoint of another size": write(notice, replace(log, checkpoint=note.replace("\n9\n", "\n8\n"))),
        "signature spoilt": write(notice, replace(log, checkpoint=spoilt(note, 4))),
        "witness spoilt": write(notice, replace(log, checkpoint=spoilt(note, 5))),
        "without witness": write(notice, replace(log, checkpoint="\n".join(note.split("\n")[:5]) + "\n")),
        "not UTF-8": "\udcff" + write(*good),
        "too long": write(*good) + " " * 16384,
    }  # fmt: skip
    return texts


def spoilt(note: str, line: int) -> str:
    """A note with one bit of one signature changed."""
    lines = note.split("\n")
    lines[line] = lines[line][:-3] + ("A" if lines[line][-3] != "A" else "B") + lines[line][-2:]
    return "\n".join(lines)


def test_both_checkers_judge_whatever_is_changed_alike(
    good: tuple[NoticeProof, LogProof], signer: Signer, tmp_path: Path
) -> None:
    texts = {"good": write(*good), "first alone": write(good[0], None), **forged(good, signer)}
    witness = replace_name(signer, "纪检").witness_key
    kinds = {
        "nothing": NOTHING,
        "root": Anchors(good[0].root, None, None, verify),
        "log": Anchors(None, signer.key, None, verify),
        "all": Anchors(good[0].root, signer.key, witness, verify),
        "other log": Anchors(None, replace_name(signer, "other").key, None, verify),
        "other root": Anchors("00" * 32, None, None, verify),
    }
    told = {}
    for kind, anchors in kinds.items():
        readable = {name: text for name, text in texts.items() if not text.startswith("\udcff")}
        ours = {name: judged(text, anchors) for name, text in readable.items()} | {"not UTF-8": "refused"}
        folder = tmp_path / kind
        folder.mkdir()
        theirs = by_the_verifier(folder, texts, anchors)
        assert {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]} == {}
        told[kind] = ours
    unchanged = {"good", "first alone"}
    assert {kind: found["good"] for kind, found in told.items()} == {
        "nothing": "consistent", "root": "verified", "log": "verified", "all": "verified",
        "other log": "refused", "other root": "refused",
    }  # fmt: skip
    assert {kind: found["first alone"] for kind, found in told.items()} == {
        "nothing": "consistent", "root": "verified", "log": "consistent", "all": "verified",
        "other log": "consistent", "other root": "refused",
    }  # fmt: skip
    told_alone = {
        "other C",
        "draw longer",
    }  # a notice tells C, and without its second line the draw, and proves neither
    held = {name for name, verdict in told["all"].items() if verdict != "refused"} - unchanged
    assert held == told_alone | {"without witness"}


def test_the_witnesss_time_is_told(good: tuple[NoticeProof, LogProof], signer: Signer) -> None:
    witness = replace_name(signer, "纪检").witness_key
    assert check(write(*good), Anchors(None, signer.key, witness, verify)).seen == AT
    assert check(write(*good), Anchors(None, signer.key, None, verify)).seen is None


def test_a_leaf_is_the_text_of_the_protocol() -> None:
    sample = sample_of(7)
    for data in notice_leaves(sample):
        assert parse_leaf(data.decode()).text == data.decode()
