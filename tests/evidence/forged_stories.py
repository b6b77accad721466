"""Logs forged by whoever holds the keys: other entries, other stories, all signed as ever."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from random import Random

from tests.evidence.forging import Entries
from tests.evidence.log_forging import Case, told
from tests.evidence.log_scenes import DRAW, EARLIEST, FALSE_LOG, FALSE_WITNESS, LOG, WITNESS, Scene, digest_of


def bytes_as(change: Callable[[bytes], bytes]) -> Callable[[Scene, Random], object]:
    """Other bytes of an entry that decides nothing otherwise."""

    def forge(scene: Scene, random: Random) -> None:
        scene.tell("import-people", "nobody")
        scene.said[-1] = change(scene.bytes_of(len(scene.said) - 1))

    return forge


def nested(deep: int) -> Callable[[bytes], bytes]:
    """An entry in which the innermost list is so deep."""
    return lambda data: data[:-1] + b',"x":' + b"[" * (deep - 1) + b"]" * (deep - 1) + b"}"


def but(action: str, subject: str, /, **fields: object) -> Callable[[Scene, Random], object]:
    """An entry that says something else."""
    return lambda scene, random: scene.said[scene.index(action, subject)].update(fields)


def hidden(action: str, subject: str) -> Callable[[Scene, Random], object]:
    return lambda scene, random: scene.hide(scene.index(action, subject))


def also(action: str, subject: object, **more: object) -> Callable[[Scene, Random], object]:
    return lambda scene, random: scene.tell(action, subject, **more)


def late(scene: Scene, index: int, at: int = EARLIEST) -> None:
    """An entry under a checkpoint of its own, which the witness saw too late."""
    scene.tell("import-people", "nobody")
    scene.tell("import-people", "nobody")
    size = len(scene.said) - 1
    scene.seen[size] = at
    scene.shown[index] = size


def again(scene: Scene, random: Random) -> None:
    """The commitment once more, seen too late."""
    late(scene, scene.tell("commit", DRAW, c=digest_of(scene.bundle, "sample")))


def only_again(scene: Scene, random: Random) -> None:
    """The first of two entries is seen too late, the second in time."""
    scene.tell("commit", DRAW, c=digest_of(scene.bundle, "sample"))
    late(scene, scene.index("commit", DRAW))


def no_entries(scene: Scene, random: Random) -> None:
    scene.shown.clear()


FIRST, SECOND, GAP = DRAW[:-1] + "1", DRAW[:-1] + "2", f"{DRAW}/2"


def sealed_by_others(scene: Scene, random: Random) -> Entries:
    """The whole log signed again by somebody else's keys of the same names."""
    made = scene.files()
    for size in set(scene.shown.values()):
        text = scene.text(size)
        made[f"log/checkpoints/{size}"] = (
            text + b"\n" + FALSE_LOG.signed(text) + FALSE_WITNESS.cosigned(text, scene.seen[size])
        )
    return made


def of_any_size(scene: Scene, random: Random) -> Entries:
    """A log that claims more entries than 19 digits can tell, with proofs that hold."""
    size, data = 10**19 + 1, scene.bytes_of(0)
    found = sha256(b"\x01" + bytes(32) + sha256(b"\x00" + data).digest()).digest()
    text = f"{LOG.name}\n{size}\n".encode() + b64encode(found) + b"\n"
    rows = [{"checkpoint": str(size), "index": str(size - 1), "path": ["00" * 32]}]
    note = text + b"\n" + LOG.signed(text) + WITNESS.cosigned(text, 0)
    made = Scene(scene.bundle).files(rows)
    return made | {f"log/entries/{size - 1}": data, f"log/checkpoints/{size}": note}


CASES: tuple[Case, ...] = (
    *told(
        "refused",
        no_object=bytes_as(lambda data: b"[" + data + b"]"),
        a_number=bytes_as(lambda data: b"5"),
        cut=bytes_as(lambda data: data[:-1]),
        empty=bytes_as(lambda data: b""),
        no_action=bytes_as(lambda data: b"{}"),
        twice=bytes_as(lambda data: data + data),
        action_is_number=bytes_as(lambda data: b'{"action":5}'),
        action_is_list=bytes_as(lambda data: b'{"action":["commit"]}'),
        action_twice=bytes_as(lambda data: b'{"action":"run",' + data[1:]),
        inner_key_twice=bytes_as(lambda data: data[:-1] + b',"h":{"a":1,"a":1}}'),
        key_twice_by_escape=bytes_as(lambda data: b'{"\\u0061ction":"run",' + data[1:]),
        not_a_number=bytes_as(lambda data: data[:-1] + b',"x":NaN}'),
        infinity=bytes_as(lambda data: data[:-1] + b',"x":-Infinity}'),
        entry_bom=bytes_as(lambda data: b"\xef\xbb\xbf" + data),
        entry_utf16=bytes_as(lambda data: data.decode().encode("utf-16")),
        entry_utf32=bytes_as(lambda data: data.decode().encode("utf-32-be")),
        entry_no_utf8=bytes_as(lambda data: data.replace(b"nobody", b"\xff")),
        entry_surrogate=bytes_as(lambda data: data.replace(b"nobody", b"\xed\xa0\x80")),
        control=bytes_as(lambda data: data.replace(b"nobody", b"a\nb")),
        comma=bytes_as(lambda data: data[:-1] + b",}"),
        zero=bytes_as(lambda d: d[:-1] + b',"x":01}'),
        deeper=bytes_as(nested(101)),
        deep_enough_to_break=bytes_as(nested(990)),
        bottomless=bytes_as(nested(50_000)),
        open_end=bytes_as(lambda data: b"[" * 50_000),
        first_not_ended=hidden("withdraw", FIRST),
        first_not_there=lambda scene, random: [
            hidden(action, FIRST)(scene, random) for action in ("withdraw", "draw-freeze")
        ],
        second_not_frozen=hidden("draw-freeze", SECOND),
        second_committed=also("commit", SECOND, c="33" * 32),
        gap_not_ended=hidden("withdraw", GAP),
        gap_not_there=lambda scene, random: [hidden(action, GAP)(scene, random) for action in ("withdraw", "commit")],
        gap_of_another=but("withdraw", GAP, subject="W-2026-03/2"),
        first_in_lower_case=but("withdraw", FIRST, subject=FIRST.lower()),
        first_run=but("withdraw", FIRST, action="run"),
        first_corrected=but("withdraw", FIRST, action="Withdraw"),
        first_as_list=but("withdraw", FIRST, subject=[FIRST]),
        first_as_object=but("withdraw", FIRST, subject={FIRST: FIRST}),
        first_with_space=but("withdraw", FIRST, subject=FIRST + " "),
        first_elsewhere=but("withdraw", FIRST, subject=None, draw=FIRST),
        none=no_entries,
        gap_as_draw=but("withdraw", GAP, subject=f"{DRAW}-2"),
        gap_with_zero=but("withdraw", GAP, subject=f"{DRAW}/02"),
    ),
    *told(
        "shown",
        nothing_changed=lambda scene, random: None,
        deep_as_allowed=bytes_as(nested(100)),
        long_number=bytes_as(lambda data: data[:-1] + b',"x":' + b"9" * 9000 + b"}"),
        long_float=bytes_as(lambda data: data[:-1] + b',"x":-1.5e99999}'),
        white_space=bytes_as(lambda data: b" \r\n\t" + data + b" \n"),
        lone_surrogate=bytes_as(lambda data: data.replace(b"nobody", b"\\ud800")),
        no_subject=bytes_as(lambda data: b'{"action":"withdraw"}'),
        subject_is_list=bytes_as(lambda data: b'{"action":"withdraw","subject":[{}]}'),
        subject_steers=also("withdraw", "x\n= verified\x1b[2J\u202e"),
        subject_surrogate=bytes_as(lambda data: b'{"action":"set-aside","subject":"\\udfff"}'),
        subject_is_number=also("commit", 5),
        frozen_list=also("draw-freeze", []),
        freeze_of_it=also("draw-freeze", DRAW),
        unrelated=also("withdraw", "W-2020-17"),
        it_was_set_aside=also("set-aside", DRAW),
        round_set_aside=also("set-aside", f"{DRAW}/3"),
        set_aside=but("withdraw", FIRST, action="set-aside"),
        gap_set_aside=but("withdraw", GAP, action="set-aside"),
        second_ended_and_committed=lambda scene, random: [
            also("commit", SECOND)(scene, random),
            also("withdraw", SECOND)(scene, random),
        ],
        gap_only_frozen=lambda scene, random: [
            hidden("commit", GAP)(scene, random),
            but("withdraw", GAP, action="draw-freeze")(scene, random),
        ],
        committed_again=again,
        other_c_later=also("commit", DRAW, c="44" * 32),
        first_commit_hidden=hidden("commit", FIRST),
    ),
    *told(
        "not shown",
        other_c=but("commit", DRAW, c="44" * 32),
        c_in_upper_case=lambda scene, random: but("commit", DRAW, c=digest_of(scene.bundle, "sample").upper())(
            scene, random
        ),
        c_in_list=lambda scene, random: but("commit", DRAW, c=[digest_of(scene.bundle, "sample")])(scene, random),
        no_commit=hidden("commit", DRAW),
        no_commit_of_a_round=hidden("commit", f"{DRAW}/3"),
        c_of_another=lambda scene, random: but("commit", f"{DRAW}/1", c=digest_of(scene.bundle, "sample"))(
            scene, random
        ),
        first_late=only_again,
        commit_named_otherwise=but("commit", f"{DRAW}/1", subject=f"{DRAW}/01"),
        no_c=but("commit", f"{DRAW}/3", c=None),
        act_of_another_name=but("commit", DRAW, action="Commit"),
        round_late=lambda scene, random: late(scene, scene.index("commit", f"{DRAW}/3"), EARLIEST * 2),
    ),
    Case("sealed_by_others", "refused", sealed_by_others),
    Case("of_any_size", "refused", of_any_size),
)
