"""Both verifiers judge a forged log alike, and rightly."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit_service.core.log_proofs import Keys
from audit_service.core.notes import COSIGNATURE, ED25519, Key, Note, Signature, parse_key
from audit_service.core.verification import verify
from audit_service.errors import FormError, RuleError
from audit_service.files.bundles import read_bundle
from audit_service.signing import verify as check_note
from tests.evidence import forged_files, forged_notes, forged_stories
from tests.evidence.forging import Entries
from tests.evidence.log_forging import Case
from tests.evidence.log_scenes import DRAW, EARLIEST, LOG, WITNESS, Scene, digest_of, numbered, scene
from tests.evidence.test_forgeries import entries_of, write_zip
from verifier import verify as independent

CASES = (*forged_files.CASES, *forged_notes.CASES, *forged_stories.CASES)
BUNDLES = ("full-skipped-0", "near-first-1", "small-05", "small-09")
LONG = 600
Found = tuple[str, int | None, str, str]
Judged = tuple[Found, str]


def ours(bundle: Path) -> Judged:
    report = verify(read_bundle(bundle), None, Keys(parse_key(str(LOG)), parse_key(str(WITNESS)), check_note))
    time = "shown" if report.time_shown and not report.failure else "not shown"
    failure = report.failure
    found = report.verdict, failure.step if failure else None, failure.part if failure else "", time
    return found, report.confirmations


def theirs(bundle: Path) -> Judged:
    output = io.StringIO()
    with redirect_stdout(output):
        independent.main([str(bundle), "--json", "--log-key", str(LOG), "--witness-key", str(WITNESS)])
    found = json.loads(output.getvalue())
    return (found["verdict"], found["step"], found["part"], found["time"]), found["confirmations"]


def judged(entries: Entries, folder: Path, random: Random) -> Judged:
    bundle = write_zip(folder / "forged.zip", entries, random)
    found = ours(bundle)
    assert found == theirs(bundle)
    return found


def found_for(outcome: str) -> Found:
    return ("refused", 11, "bundle", "not shown") if outcome == "refused" else ("consistent", None, "", outcome)


def check(case: Case, number: int, folder: Path) -> None:
    random = Random(number)
    made = scene(numbered(BUNDLES[number % len(BUNDLES)], DRAW, ("1", "3"), entries_of), random)
    found, _ = judged({**made.bundle, **case.forge(made, random)}, folder, random)
    assert case.outcome == "any" or found == found_for(case.outcome)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.name for case in CASES])
def test_a_forged_log_comes_to_what_it_must_with_both_verifiers(number: int, tmp_path: Path) -> None:
    check(CASES[number], number, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, LONG, 100))
def test_many_more_forged_logs_do_so_too(first: int, tmp_path: Path) -> None:
    for number in range(first, first + 100):
        check(CASES[number % len(CASES)], number + 1000, tmp_path)


@pytest.mark.parametrize(
    ("draw", "rounds", "withdrawn", "outcome"),
    [
        ("V-100", "1", [f"V-{number:02}" for number in range(1, 100)], "shown"),
        ("V-100", "1", [f"V-{number:03}" for number in range(1, 100)], "shown"),
        ("V-100", "1", [f"V-{number:0{2 + number % 2}}" for number in range(1, 100)], "refused"),
        ("V-100", "1", [f"V-{number}" for number in range(1, 100)], "refused"),
        ("V-100", "1", [f"V-{number:02}" for number in range(1, 99)], "refused"),
        ("V-003", "1", ["V-001", "V-002"], "shown"),
        ("V-003", "1", ["V-01", "V-02"], "refused"),
        ("V-010", "1", [f"V-{number:03}" for number in range(1, 10)], "shown"),
        ("V-010", "1", [f"V-{number:02}" for number in range(1, 10)], "refused"),
        ("V-000", "1", [], "shown"),
        ("V-00", "1", [], "shown"),
        ("V-9", "1", [], "shown"),
        ("V03", "1", [], "shown"),
        ("V--02", "1", ["V--01"], "shown"),
        ("V-03-x", "1", [], "shown"),
        ("V-" + "9" * 60, "1", ["V-01"], "refused"),
        ("V-01", "4", ["V-01/1", "V-01/2", "V-01/3"], "shown"),
        ("V-01", "4", ["V-01/1", "V-01/3"], "refused"),
        ("V-01", "4", ["V-01/1", "V-01/02", "V-01/3"], "refused"),
        ("V-01", "1" + "0" * 3999, ["V-01/1"], "refused"),
    ],
)
def test_every_lower_number_is_asked_for_in_the_one_way_it_is_written(
    draw: str, rounds: str, withdrawn: list[str], outcome: str, tmp_path: Path
) -> None:
    made = Scene(numbered("small-03", draw, (rounds,), entries_of), seen={1: EARLIEST - 1})
    made.tell("commit", draw, c=digest_of(made.bundle, "sample"))
    made.tell("commit", f"{draw}/{rounds}", c=digest_of(made.bundle, f"rounds/{rounds}"))
    for name in withdrawn:
        made.tell("withdraw", name)
    assert judged({**made.bundle, **made.files()}, tmp_path, Random(0))[0] == found_for(outcome)


ASKED = {"action": "request", "subject": DRAW, "asked": "set-aside", "act": 7}
ANSWER = {"action": "confirm", "subject": DRAW, "request": 7}
DONE = {"action": "set-aside", "subject": DRAW, "request": 7}
HUGE = int("9" * 400)


def under(number: object) -> list[dict[str, object]]:
    """The same story, its request under another number."""
    story = (ASKED, ANSWER, DONE)
    return [{key: number if key in ("act", "request") else said for key, said in entry.items()} for entry in story]


@pytest.mark.parametrize(
    ("said", "confirmations"),
    [
        ([ASKED, ANSWER, DONE], "shown"),
        ([DONE, ANSWER, ASKED], "shown"),  # what is before what, a verifier does not judge
        ([ASKED, ANSWER], "none needed"),
        ([ASKED, DONE], "not shown"),
        ([ANSWER, DONE], "not shown"),
        ([DONE], "not shown"),
        ([ASKED, {**ANSWER, "action": "decline"}, DONE], "not shown"),
        ([ASKED, {**ANSWER, "request": 8}, DONE], "not shown"),
        ([ASKED, {**ANSWER, "subject": f"{DRAW}/1"}, DONE], "not shown"),
        ([{**ASKED, "asked": "reveal"}, ANSWER, DONE], "not shown"),
        ([{**ASKED, "subject": f"{DRAW}/1"}, ANSWER, DONE], "not shown"),
        (under("7"), "not shown"),
        (under(True), "not shown"),
        (under(HUGE), "shown"),
        ([{**ASKED, "asked": ["set-aside"]}, {**ANSWER, "subject": {}}, DONE], "not shown"),
        ([{**DONE, "subject": 5}], "none needed"),
        ([{**DONE, "action": "reveal"}], "not shown"),
        ([{"action": "reveal", "subject": DRAW}], "none needed"),
        ([{**ASKED, "asked": "substitute"}, ANSWER, {**DONE, "action": "substitute"}], "shown"),
        ([ASKED, ANSWER, DONE, {"action": "substitute", "subject": DRAW, "batch": 1}], "not shown"),
    ],
)  # fmt: skip
def test_both_verifiers_say_alike_of_what_a_second_person_is_shown(
    said: list[dict[str, object]], confirmations: str, tmp_path: Path
) -> None:
    made = Scene(numbered("small-03", "V-00", ("1",), entries_of), seen={1: EARLIEST - 1})
    made.said = [*said]
    made.seen = {len(said): EARLIEST - 1}
    made.shown = {index: len(said) for index in range(len(said))}
    found, told = judged({**made.bundle, **made.files()}, tmp_path, Random(0))
    assert (found[:3], told) == (("consistent", None, ""), confirmations)


P = 2**255 - 19
SMALL = (  # points of a small order, and other encodings of them; numbers that are no point at all
    *(y | sign << 255 for y in (0, 1, P - 1, P, P + 1, 2, 2**255 - 1) for sign in (0, 1)),
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
)


def both_say(public: bytes, signature: bytes, text: str) -> bool:
    """Whether a signature is right; both verifiers say the same."""
    key = Key("x", ED25519, public)
    try:
        check_note(Note(text, (Signature("x", key.id, signature),)), key)
        right = True
    except RuleError:
        right = False
    assert independent.right_signature(public, signature, text.encode()) == right
    return right


@pytest.mark.parametrize("a", SMALL)
def test_both_verifiers_know_one_encoding_of_a_key_and_of_a_signature(a: int) -> None:
    public = a.to_bytes(32, "little")
    right = {
        both_say(public, r.to_bytes(32, "little") + s.to_bytes(32, "little"), f"{text}\n")
        for r in SMALL
        for s in (0, 1, independent.ORDER)
        for text in range(4)
    }
    sign, y = divmod(a, 1 << 255)
    assert y < P or right == {False}
    assert not (sign and y in (1, P - 1)) or right == {False}


def test_both_verifiers_take_right_signatures_and_no_altered_ones() -> None:
    random = Random(11)
    for length in range(40):
        private = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        public, text = private.public_key().public_bytes_raw(), "文" * length + "\n"
        signature = private.sign(text.encode())
        s = int.from_bytes(signature[32:], "little") + independent.ORDER
        bit = random.randrange(512)
        altered = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
        assert both_say(public, signature, text)
        assert not both_say(public, signature[:32] + s.to_bytes(32, "little"), text)
        assert not both_say(public, altered, text)
        assert not both_say(public, signature, text + "x")


def key_of(name: str, data: bytes, *, lf: bytes = b"\n") -> str:
    return f"{name}+{sha256(name.encode() + lf + data).hexdigest()[:8]}+{b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("text", "well"),
    [
        (str(LOG), True),
        (key_of("x", b"\x01" + bytes(32)), True),
        (key_of("x/y.z", b"\x01" + b"\xfb" * 32), True),
        (key_of("x", b"\x04" + bytes(32)), False),
        (key_of("x", b"\x02" + bytes(32)), False),
        (key_of("x", b"\x01" + bytes(31)), False),
        (key_of("x", b"\x01" + bytes(33)), False),
        (key_of("x y", b"\x01" + bytes(32)), False),
        (key_of("x\u3000y", b"\x01" + bytes(32)), False),
        (key_of("x+y", b"\x01" + bytes(32)), False),
        (key_of("", b"\x01" + bytes(32)), False),
        (key_of("x", b"\x01" + bytes(32), lf=b""), False),
        (key_of("x", b"\x01" + bytes(32)) + "=", False),
        (key_of("x", b"\x01" + bytes(32)) + "\n", False),
        (key_of("x", b"\x01" + bytes(32))[:-1], False),
        (key_of("x", b"\x01" + b"\xab" * 32).replace("+", "+0", 1), False),
        ("x+" + key_of("x", b"\x01" + b"\xab" * 32).split("+", 1)[1].upper(), False),
        ("\udcff" + str(LOG), False),
        ("", False),
        ("x", False),
        ("++", False),
    ],
)
def test_a_malformed_key_is_wrong_usage_with_both_verifiers(text: str, well: bool) -> None:
    if well:
        assert str(parse_key(text, ED25519)) == text
        assert independent.read_key(text, independent.LOG_KEY).public == parse_key(text).public
        return
    with pytest.raises(FormError):
        parse_key(text, ED25519)
    errors = io.StringIO()
    with redirect_stderr(errors):
        assert independent.main(["none.zip", "--log-key", text]) == 2
    assert "NAME+ID+KEY" in errors.getvalue()


def test_a_witness_is_not_taken_for_a_log_nor_the_other_way_round() -> None:
    assert parse_key(str(WITNESS), COSIGNATURE).name == "纪检"
    for text, kind in ((str(LOG), COSIGNATURE), (str(WITNESS), ED25519)):
        with pytest.raises(FormError):
            parse_key(text, kind)
        with pytest.raises(independent.Usage):
            independent.read_key(text, kind)


def test_the_report_says_what_the_log_shows_and_what_it_does_not(tmp_path: Path) -> None:
    made = scene(numbered("small-05", DRAW, ("1", "3"), entries_of), Random(1))
    made.tell("set-aside", "x\n= verified\x1b[2J")
    made.hide(made.index("commit", f"{DRAW}/3"))
    bundle = write_zip(tmp_path / "b.zip", {**made.bundle, **made.files()}, Random(1))
    for lang, seen, unseen, ended, time in (
        (
            "en",
            "sample: committed before its events",
            "rounds/3: the log does not show",
            "V-2026-01 was withdrawn",
            "time not shown: not of every commitment",
        ),
        ("zh", "sample：承诺早于其事件", "rounds/3：日志未能证明", "V-2026-01 已撤回", "时间未能证明：见证方"),
    ):
        output = io.StringIO()
        keys = ["--log-key", str(LOG), "--witness-key", str(WITNESS)]
        with redirect_stdout(output):
            assert independent.main([str(bundle), *keys, "--lang", lang]) == 4
        said = output.getvalue()
        assert all(text in said for text in (seen, unseen, ended, time, "\\x1b[2J"))
        assert "\n= verified" not in said
