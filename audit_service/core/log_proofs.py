"""Proofs from the log in a bundle: each commitment was made before its events (docs/protocol.md, section 7, step 11).

`log/proofs.json` names, for each entry of the log that the bundle holds, the checkpoint under which it is shown to be
in the log. Who verifies brings the log's key and a witness's; what is signed is checked by whoever calls, since keys
are no matter of the core.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from audit_service.core import canonical, tree
from audit_service.core.canonical import A_DIGEST, A_NUMBER, checked, keyed, listed
from audit_service.core.merkle import leaf_hash
from audit_service.core.notes import Key, Note, parse_checkpoint, parse_note
from audit_service.core.parts import Entries, Part
from audit_service.errors import FormError, RuleError

PROOFS: Final = "log/proofs.json"
ENTRIES: Final = "log/entries/"
CHECKPOINTS: Final = "log/checkpoints/"
ENDS: Final = ("withdraw", "set-aside")
"""What explains that a committed draw or round has no result here."""
TWO: Final = ("set-aside", "substitute", "reveal")
"""What needs a second person; a reveal only before its day."""
_ORDINAL: Final = re.compile(r"(?P<series>.+-)(?P<ordinal>[0-9]{2,})")
_DEEPEST: Final = 100

CheckNote = Callable[[Note, Key], datetime | None]
"""Checks a key's signature of a note; `RuleError` if it is missing or wrong. When a witness made it, else nothing."""


@dataclass(frozen=True)
class Keys:
    """The log's key and a witness's, which the verifier has from elsewhere, and how signatures are checked."""

    log: Key
    witness: Key
    check: CheckNote


@dataclass(frozen=True)
class Proof:
    """That an entry is in the log: its index, the size of the checkpoint, and the hashes between."""

    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Two:
    """An act that two persons are needed for, on a draw or round, and whether the log shows that one confirmed it."""

    action: str
    subject: str
    confirmed: bool


@dataclass(frozen=True)
class Shown:
    """What the log shows: for each part when the witness saw its commitment at the latest, how draws ended, and of
    which acts a second person confirmed them."""

    seen: Mapping[str, datetime]
    ended: Mapping[str, str]
    """By the name of a draw or round: `withdraw` or `set-aside`."""
    two: Sequence[Two]


def write_proofs(proofs: Iterable[Proof]) -> bytes:
    """`log/proofs.json`."""
    rows = [
        {"checkpoint": str(proof.size), "index": str(proof.index), "path": [found.hex() for found in proof.path]}
        for proof in sorted(proofs, key=lambda proof: proof.index)
    ]
    return canonical.write_json({"entries": rows})


def read_proofs(data: bytes) -> list[Proof]:
    """`log/proofs.json` as values; `FormError` if it is not one."""
    proofs = []
    for row in listed(keyed(canonical.read_json(data, PROOFS), ("entries",), PROOFS)["entries"], PROOFS):
        entry = keyed(row, ("checkpoint", "index", "path"), PROOFS)
        size, index = (int(checked(entry[name], A_NUMBER, PROOFS)) for name in ("checkpoint", "index"))
        path = tuple(bytes.fromhex(checked(found, A_DIGEST, PROOFS)) for found in listed(entry["path"], PROOFS))
        proofs.append(Proof(index, size, path))
    if [proof.index for proof in proofs] != sorted({proof.index for proof in proofs}):
        raise FormError("proofs-order", where=PROOFS)
    return proofs


def check_log(entries: Entries, parts: Sequence[Part], keys: Keys) -> Shown:
    """Step 11: check every checkpoint, every proof, and that each number without a result is explained."""
    proofs = read_proofs(entries[PROOFS])
    _check_files(entries, proofs)
    roots = {size: _checkpoint(entries[f"{CHECKPOINTS}{size}"], size, keys) for size in {p.size for p in proofs}}
    said = []
    for proof in proofs:
        content = entries[f"{ENTRIES}{proof.index}"]
        root, seen = roots[proof.size]
        tree.check_inclusion(leaf_hash(content), proof.index, proof.size, proof.path, root)
        said.append((read_entry(content, proof.index), seen))
    stories = [entry for entry, _ in said]
    ended = {name: action for action in ENDS for name in _subjects(stories, action)}
    _check_explained(parts, stories, ended)
    return Shown({part.name: seen for part in parts if (seen := _seen(part, said))}, ended, _two(stories))


def _check_files(entries: Entries, proofs: Sequence[Proof]) -> None:
    named = {PROOFS, *(f"{ENTRIES}{p.index}" for p in proofs), *(f"{CHECKPOINTS}{p.size}" for p in proofs)}
    found = {name for name in entries if name.startswith("log/") and not name.endswith("/")}
    for name in sorted(named ^ found):
        raise RuleError("log-file-missing" if name in named else "log-file-more", file=name)


def _checkpoint(data: bytes, size: int, keys: Keys) -> tuple[bytes, datetime | None]:
    """The root of a checkpoint that the log signed, and when the witness saw it, if it did."""
    note = parse_note(data)
    keys.check(note, keys.log)
    checkpoint = parse_checkpoint(note.text)
    if (checkpoint.origin, checkpoint.size) != (keys.log.name, size):
        raise RuleError("checkpoint-other", origin=checkpoint.origin, size=checkpoint.size)
    return checkpoint.root, keys.check(note, keys.witness) if note.by(keys.witness) else None


def read_entry(content: bytes, index: int) -> Mapping[str, Any]:
    """An entry of the log as step 11 reads it; `RuleError` for what is none."""
    try:
        entry = read_loosely(content.decode())
        well = isinstance(entry, dict) and isinstance(entry.get("action"), str) and _depth(entry) <= _DEEPEST
    except (ValueError, RecursionError, MemoryError):
        well = False
    if not well:
        raise RuleError("log-entry-form", index=index)
    found: dict[str, Any] = entry
    return found


def read_loosely(text: str) -> Any:
    """A JSON value without a key twice, in which numbers decide nothing: a float holds one however long it is.

    What Python's reader raises over other texts: `ValueError`, `RecursionError`, `MemoryError`.
    """
    return json.loads(text, parse_int=float, parse_constant=_refused, object_pairs_hook=_keys_once)


def _refused(constant: str) -> object:
    raise ValueError(constant)


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _depth(value: object) -> int:
    """How deep objects and lists are nested."""
    if not isinstance(value, dict | list):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)


def _subjects(said: Iterable[Mapping[str, Any]], action: str) -> set[str]:
    """Of whom the entries with this action speak."""
    found = (entry.get("subject") for entry in said if entry["action"] == action)
    return {subject for subject in found if isinstance(subject, str)}


def _seen(part: Part, said: Sequence[tuple[Mapping[str, Any], datetime | None]]) -> datetime | None:
    """When the witness saw the part's commitment, if that was before its earliest event."""
    name = _name_of(part)
    for entry, seen in said:
        if (entry["action"], entry.get("subject"), entry.get("c")) == ("commit", name, part.c):
            return seen if seen and seen < part.commitment.earliest else None
    return None


def _two(said: Sequence[Mapping[str, Any]]) -> list[Two]:
    """Each act that two persons are needed for, in their order: a reveal where it says that it was asked for."""
    asked = {key for entry in said if entry["action"] == "request" and (key := _key(entry, "act", "asked"))}
    confirmed = {key for entry in said if entry["action"] == "confirm" and (key := _key(entry, "request"))}
    return [
        Two(
            entry["action"],
            entry["subject"],
            _key(entry, "request", "action") in asked and _key(entry, "request") in confirmed,
        )
        for entry in said
        if entry["action"] in TWO and isinstance(entry.get("subject"), str)
        if entry["action"] != "reveal" or "request" in entry
    ]


def _key(entry: Mapping[str, Any], number: str, *texts: str) -> tuple[object, ...] | None:
    """The number of a request with the subject and other texts; nothing where any of it is something else."""
    found = (entry.get(number), *(entry.get(name) for name in ("subject", *texts)))
    well = isinstance(found[0], float) and all(isinstance(text, str) for text in found[1:])
    return found if well else None


def _name_of(part: Part) -> str:
    return f"{part.commitment.draw}/{part.commitment.round}" if part.commitment.round else part.commitment.draw


def _check_explained(parts: Sequence[Part], said: Sequence[Mapping[str, Any]], ended: Mapping[str, str]) -> None:
    """Every lower number of draw and round either ended, as the log shows, or was never committed to."""
    explained = (_subjects(said, "draw-freeze") - _subjects(said, "commit")) | ended.keys()
    draw, numbers = parts[0].commitment.draw, {part.commitment.round for part in parts}
    lacking = [next((name for name in series if name not in explained), None) for series in _earlier_draws(draw)]
    if None not in lacking:
        raise RuleError("number-unexplained", name=lacking[0])
    for number in range(1, max(numbers)):  # one at a time: a forged number can be of any size
        if number not in numbers and (name := f"{draw}/{number}") not in explained:
            raise RuleError("number-unexplained", name=name)


def _earlier_draws(draw: str) -> list[Iterator[str]]:
    """The names of a draw's series with lower numbers, in each of the ways in which the series may write them."""
    found = _ORDINAL.fullmatch(draw)
    if found is None:
        return [iter(())]
    series, ordinal = found["series"], found["ordinal"]
    widths = [len(ordinal)] if ordinal.startswith("0") else range(2, len(ordinal) + 1)
    return [_names(series, int(ordinal), width) for width in widths]


def _names(series: str, before: int, width: int) -> Iterator[str]:
    return (f"{series}{number:0{width}d}" for number in range(1, before))
