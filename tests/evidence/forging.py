"""Forgeries of bundles: bytes, rows, files, zip entries, and recomputations in part or whole.

A forgery takes a bundle's entries and a random generator, and gives other entries.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from random import Random

from audit_service.core import canonical
from audit_service.core.commitment import FILE_NAMES
from audit_service.core.replaying import replay_entries
from audit_service.errors import AuditError

Entries = dict[str, bytes]
Forgery = Callable[[Entries, Random], Entries]

FROZEN_TABLES = ("frame.csv", "exclusions.csv", "inspectors.csv", "recusals.csv", "substitutions.csv", "standing.csv")
DIGITS = "0123456789"
LETTERS = "0123456789abcdefABCxyz_-"


def forge(forgery: Forgery, real: Entries, random: Random) -> Entries:
    """The forgery, tried until it changes anything."""
    forged = real
    while forged == real:
        forged = forgery(real, random)
    return forged


def some_name(entries: Entries, random: Random, *endings: str) -> str:
    """The name of some file with one of these endings."""
    return random.choice([name for name in sorted(entries) if name.endswith(endings or ("",))])


# --- bytes, rows, files -------------------------------------------------------------------------------------------


def flip_a_bit(entries: Entries, random: Random) -> Entries:
    name = some_name(entries, random)
    data = bytearray(entries[name])
    if not data:
        return {**entries, name: b"x"}
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return {**entries, name: bytes(data)}


def cut_a_file(entries: Entries, random: Random) -> Entries:
    name = some_name(entries, random)
    return {**entries, name: entries[name][: random.randrange(max(1, len(entries[name])))]}


def grow_a_file(entries: Entries, random: Random) -> Entries:
    name = some_name(entries, random)
    return {**entries, name: entries[name] + random.choice([b"\n", b" ", b"\x00", b"x,y,z\n", b"{}"])}


def drop_a_file(entries: Entries, random: Random) -> Entries:
    gone = some_name(entries, random)
    return {name: data for name, data in entries.items() if name != gone}


def add_a_file(entries: Entries, random: Random) -> Entries:
    names = (
        "sample/extra.csv", "../evil", "/etc/passwd", "sample\\frame.csv", "rounds/01/commitment.json", "log/../x",
        "rounds/77/commitment.json", "sample/octo41/zz/99.candidates", "rounds/1/infeasible.json",
        "rounds/1/assignment.csv", "Sample/frame.csv", "sample/octo41/a.candidates", "rounds/0/teams.json", "文件",
    )  # fmt: skip
    absent = [name for name in names if name not in entries]
    return {**entries, random.choice(absent): random.choice(sorted(entries.values()))}


def rename_a_file(entries: Entries, random: Random) -> Entries:
    old = some_name(entries, random)
    return {(old + "x" if name == old else name): data for name, data in entries.items()}


def swap_two_files(entries: Entries, random: Random) -> Entries:
    first, second = random.sample(sorted(entries), 2)
    return {**entries, first: entries[second], second: entries[first]}


def with_rows(change: Callable[[list[str], Random], list[str]], *endings: str) -> Forgery:
    """A forgery of the rows of some table; the table stays sorted, so that its form holds."""

    def forge(entries: Entries, random: Random) -> Entries:
        name = some_name(entries, random, *(endings or (".csv",)))
        header, *rows = entries[name].decode().split("\n")[:-1]
        lines = [header, *sorted(change(rows, random)), ""]
        return {**entries, name: "\n".join(lines).encode()}

    return forge


def drop_row(rows: list[str], random: Random) -> list[str]:
    gone = random.randrange(len(rows)) if rows else 0
    return [row for place, row in enumerate(rows) if place != gone]


def repeat_row(rows: list[str], random: Random) -> list[str]:
    return [*rows, random.choice(rows)] if rows else rows


def edit_row(rows: list[str], random: Random) -> list[str]:
    if not rows:
        return rows
    place = random.randrange(len(rows))
    fields = rows[place].split(",")
    column = random.randrange(len(fields))
    text = fields[column] or "1"
    position = random.randrange(len(text))
    letter = random.choice(DIGITS if text.isdigit() else LETTERS)
    fields[column] = text[:position] + letter + text[position + 1 :]
    return [*rows[:place], ",".join(fields), *rows[place + 1 :]]


def exchange_fields(rows: list[str], random: Random) -> list[str]:
    """Two rows exchange what stands in one column."""
    if len(rows) < 2:
        return rows
    first, second = random.sample(range(len(rows)), 2)
    left, right = rows[first].split(","), rows[second].split(",")
    column = random.randrange(len(left))
    left[column], right[column] = right[column], left[column]
    others = [row for place, row in enumerate(rows) if place not in (first, second)]
    return [",".join(left), ",".join(right), *others]


def unsort_rows(entries: Entries, random: Random) -> Entries:
    name = some_name(entries, random, ".csv")
    header, *rows = entries[name].decode().split("\n")[:-1]
    random.shuffle(rows)
    return {**entries, name: "\n".join([header, *rows, ""]).encode()}


# --- recomputed ---------------------------------------------------------------------------------------------------


def parts_of(entries: Entries) -> list[str]:
    """The folders of the sample and of each round, in order."""
    rounds = {name.split("/")[1] for name in entries if name.startswith("rounds/")}
    return ["sample", *(f"rounds/{number}" for number in sorted(rounds, key=int))]


def load(entries: Entries, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(entries[name])
    return found


def bind_again(entries: Entries) -> Entries:
    """Commitments that hold the digests of the files as they are now, and seeds that follow from them."""
    made = dict(entries)
    sample_c = ""
    for part in parts_of(made):
        commitment, seeds = load(made, f"{part}/commitment.json"), load(made, f"{part}/seed.json")
        for key in FILE_NAMES.keys() & commitment.keys():
            digest = sha256(made[f"{part}/{FILE_NAMES[key]}"]).hexdigest()
            sealed = part != "sample" and commitment["secret"]
            commitment[key] = sha256(f"{digest}/{seeds['secret']}".encode()).hexdigest() if sealed else digest
        if part != "sample":
            commitment["sample"] = sample_c
        bound = canonical.write_json(commitment)
        c = sha256(bound).hexdigest()
        sample_c = sample_c or c
        seeds["seed"] = sha256(f"{c}/{seeds['public']}/{seeds['secret']}".encode()).hexdigest()
        made |= {f"{part}/commitment.json": bound, f"{part}/seed.json": canonical.write_json(seeds)}
    return made


def draw_again(entries: Entries) -> Entries:
    """Every result recomputed from the frozen files as they are now, if that can be done at all."""
    results = ("allocation.csv", "sample.csv", "notices.txt", "packets.csv", "assignment.csv", "infeasible.json")
    given = {n: d for n, d in entries.items() if not n.endswith(results) and "octo41" not in n}
    try:
        return given | replay_entries(given)
    except AuditError:
        return entries


def in_part(forgery: Forgery) -> Forgery:
    """A forgery after which commitments and seeds are made to fit, and the results are not."""

    def forge(entries: Entries, random: Random) -> Entries:
        try:
            return bind_again(forgery(entries, random))
        except (KeyError, ValueError):
            return forgery(entries, random)

    return forge


def as_a_whole(forgery: Forgery) -> Forgery:
    """A forgery after which everything is made to fit."""
    return lambda entries, random: draw_again(in_part(forgery)(entries, random))


def other_numbers(entries: Entries, random: Random) -> Entries:
    """Another public value, in one part or in all."""
    parts = parts_of(entries) if random.random() < 0.7 else [random.choice(parts_of(entries))]
    made = dict(entries)
    shift = random.randrange(1, 10)
    for part in parts:
        seeds = load(made, f"{part}/seed.json")
        head, _, digits = str(seeds["public"]).rpartition(":")
        place = random.choice([0, len(digits) - 1]) if "d10" in head else len(digits) - 1
        changed = str((int(digits[place]) + shift) % 10)
        seeds["public"] = f"{head}:{digits[:place]}{changed}{digits[place + 1 :]}"
        made[f"{part}/seed.json"] = canonical.write_json(seeds)
    return made


def other_secret(entries: Entries, random: Random) -> Entries:
    name = f"{random.choice(parts_of(entries))}/seed.json"
    seeds = load(entries, name)
    seeds["secret"] = "" if seeds["secret"] and random.random() < 0.3 else f"{random.getrandbits(256):064x}"
    return {**entries, name: canonical.write_json(seeds)}


def other_seed(entries: Entries, random: Random) -> Entries:
    name = f"{random.choice(parts_of(entries))}/seed.json"
    seeds = load(entries, name)
    seeds["seed"] = f"{random.getrandbits(256):064x}"
    return {**entries, name: canonical.write_json(seeds)}


def other_notices(entries: Entries, random: Random) -> Entries:
    return {**entries, "sample/notices.txt": f"{random.getrandbits(256):064x}\n".encode()}


def other_commitment(entries: Entries, random: Random) -> Entries:
    """A commitment with another value under some key."""
    name = f"{random.choice(parts_of(entries))}/commitment.json"
    commitment = load(entries, name)
    key = random.choice(sorted(commitment))
    values = ["", "x", "0", "1", "2", "2026-09-01", f"{random.getrandbits(256):064x}", [], "sample", "assignment"]
    commitment[key] = random.choice([value for value in values if value != commitment[key]])
    return {**entries, name: canonical.write_json(commitment)}


def other_policy(entries: Entries, random: Random) -> Entries:
    """Another rate, base, stratum name, packet size, number of seats, or rule on cities."""
    name = some_name(entries, random, "policy.json", "teams.json")
    text = entries[name].decode()
    changes = [
        ('"rate_bp":"', '"rate_bp":"1'), ('"base":"stratum"', '"base":"city"'), ('"base":"city"', '"base":"stratum"'),
        ('"packet_size":"', '"packet_size":"1'), ('"count":"1"', '"count":"2"'), ('"count":"', '"count":"0'),
        ('"same_city":"forbid"', '"same_city":"allow"'), ('"same_city":"allow"', '"same_city":"forbid"'),
        ('"stratum":"', '"stratum":"q'), ('"role":"', '"role":"q'), ('"pool":"', '"pool":"q'),
    ]  # fmt: skip
    old, new = random.choice([change for change in changes if change[0] in text])
    return {**entries, name: text.replace(old, new, random.choice([1, 9])).encode()}


ROWS = (drop_row, repeat_row, edit_row, exchange_fields)
PLAIN: tuple[Forgery, ...] = (
    flip_a_bit,
    flip_a_bit,
    cut_a_file,
    grow_a_file,
    drop_a_file,
    add_a_file,
    rename_a_file,
    swap_two_files,
    unsort_rows,
    *(with_rows(change) for change in ROWS),
    other_numbers,
    other_secret,
    other_seed,
    other_notices,
    other_commitment,
    other_policy,
)
DEEP: tuple[Forgery, ...] = (
    *(with_rows(change, *FROZEN_TABLES) for change in ROWS),
    *(with_rows(change, *FROZEN_TABLES) for change in ROWS),
    other_numbers,
    other_secret,
    other_commitment,
    other_commitment,
    other_policy,
    other_policy,
)
FORGERIES: tuple[Forgery, ...] = (
    *PLAIN,
    *(in_part(forgery) for forgery in DEEP),
    *(as_a_whole(forgery) for forgery in DEEP),
)
