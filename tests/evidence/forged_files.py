"""Logs forged by whoever has the bundle alone: other files, and other rows of `log/proofs.json`."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.evidence.forging import Entries
from tests.evidence.log_forging import Case, filed, listed


def some(made: Entries, random: Random, start: str) -> str:
    return random.choice(sorted(name for name in made if name.startswith(start)))


def flip(start: str) -> Callable[[Entries, Random], object]:
    def change(made: Entries, random: Random) -> None:
        name = some(made, random, start)
        data = bytearray(made[name])
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        made[name] = bytes(data)

    return change


def flip_the_text(made: Entries, random: Random) -> None:
    name = some(made, random, "log/checkpoints/")
    data = bytearray(made[name])
    data[random.randrange(data.index(b"\n\n"))] ^= 1 << random.randrange(8)
    made[name] = bytes(data)


def swap(start: str) -> Callable[[Entries, Random], object]:
    def change(made: Entries, random: Random) -> None:
        names = sorted(name for name in made if name.startswith(start))
        first, last = random.sample(names, 2)
        made[first], made[last] = made[last], made[first]

    return change


def drop(start: str) -> Callable[[Entries, Random], object]:
    return lambda made, random: made.pop(some(made, random, start))


def add(name: str, data: bytes = b"{}") -> Callable[[Entries, Random], object]:
    return lambda made, random: made.update({name: data})


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Entries, Random], object]:
    return lambda made, random: made.update({"log/proofs.json": change(made["log/proofs.json"])})


def cut(made: Entries, random: Random) -> None:
    name = some(made, random, "log/")
    made[name] = made[name][: random.randrange(len(made[name]))]


def row(change: Callable[[dict[str, Any], Random], object]) -> Callable[[list[dict[str, Any]], Random], object]:
    return lambda rows, random: change(random.choice(rows), random)


def swap_paths(rows: list[dict[str, Any]], random: Random) -> None:
    first, last = random.sample([row for row in rows if row["path"]], 2)
    first["path"], last["path"] = last["path"], first["path"]


def fewer(row: dict[str, Any], random: Random) -> None:
    row["path"].pop(random.randrange(len(row["path"])))


def more(row: dict[str, Any], random: Random) -> None:
    row["path"].insert(random.randrange(len(row["path"]) + 1), random.choice([*row["path"], "00" * 32]))


CASES: tuple[Case, ...] = (
    *filed(
        "refused",
        flip_entry=flip("log/entries/"),
        flip_proofs=flip("log/proofs.json"),
        flip_text=flip_the_text,
        swap_entries=swap("log/entries/"),
        swap_checkpoints=swap("log/checkpoints/"),
        drop_entry=drop("log/entries/"),
        drop_checkpoint=drop("log/checkpoints/"),
        add_entry=add("log/entries/999"),
        add_checkpoint=add("log/checkpoints/999"),
        add_file=add("log/more/x.y"),
        add_beside=add("log/proofs.json2"),
        entry_with_zero=add("log/entries/01"),
        no_json=rewrite(lambda data: b"entries"),
        empty_json=rewrite(lambda d: b""),
        spaces=rewrite(lambda data: data.replace(b",", b", ")),
        json_lf=rewrite(lambda data: data + b"\n"),
        bom=rewrite(lambda data: b"\xef\xbb\xbf" + data),
        a_list=rewrite(lambda data: data[11:-1]),
        key_twice=rewrite(lambda data: data[:-1] + b"," + data[1:]),
        key_more=rewrite(lambda d: b'{"a":"",' + d[1:]),
        unsorted=rewrite(lambda data: data.replace(b'"index"', b'"Index"')),
        upper=rewrite(lambda d: d.replace(b"a", b"A")),
        utf16=rewrite(lambda data: data.decode().encode("utf-16")),
        deep=rewrite(lambda data: b"[" * 100_000),
        escaped=rewrite(lambda data: data.replace(b"index", b"\\u0069ndex")),
    ),
    *filed(
        "not shown",
        no_proofs=lambda made, random: [made.pop(name) for name in sorted(made)],
        proofs_alone_missing=drop("log/proofs.json"),
    ),
    *filed("shown", folders=add("log/entries/", b""), folder_elsewhere=add("log/more/and/more/", b"")),
    *filed(
        "any",
        cut_a_file=cut,
        flip_note=flip("log/checkpoints/"),
        flip_note_again=flip("log/checkpoints/"),
        flip_file=flip("log/"),
    ),
    *listed(
        "refused",
        swapped_paths=swap_paths,
        fewer=row(fewer),
        more=row(more),
        no_path=row(lambda row, random: row.update(path=[])),
        path_reversed=lambda rows, random: max(rows, key=lambda row: len(row["path"]))["path"].reverse(),
        path_text=row(lambda row, random: row.update(path="".join(row["path"]))),
        short_digest=row(lambda row, random: row["path"].append("00")),
        upper_digest=row(lambda row, random: row["path"].append("AB" * 32)),
        no_digest=row(lambda row, random: row["path"].append({})),
        reversed_rows=lambda rows, random: rows.reverse(),
        row_twice=lambda rows, random: rows.insert(0, rows[0]),
        row_again=lambda rows, random: rows.append(rows[-1]),
        row_less=lambda rows, random: rows.pop(),
        row_more=lambda rows, random: rows.append({**rows[-1], "index": str(int(rows[-1]["index"]) + 1)}),
        other_index=row(lambda row, random: row.update(index=str(int(row["index"]) ^ 1))),
        bare_index=row(lambda row, random: row.update(index=int(row["index"]))),
        zero_index=row(lambda row, random: row.update(index="0" + row["index"])),
        minus_index=row(lambda row, random: row.update(index="-" + row["index"])),
        other_checkpoint=row(lambda row, random: row.update(checkpoint="7")),
        large_checkpoint=row(lambda row, random: row.update(checkpoint="9" * 200)),
        no_index=row(lambda row, random: row.pop("index")),
        a_key_more=row(lambda row, random: row.update(time="0")),
        a_text=lambda rows, random: rows.append("row"),  # type: ignore[arg-type]
    ),
)
