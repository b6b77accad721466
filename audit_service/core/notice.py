"""A unit's proof that it stands in the notice tree, and where the log holds the tree's root (docs/notice.md).

The proof fits a QR code: a line of JSON with the unit's own leaf and its path to the root, and a line with the log's
entry of the root and that one's path to a checkpoint. Either is read from a scanned code as well as from a file.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from audit_service.core import merkle, tree
from audit_service.core.canonical import A_DIGEST, A_NUMBER, AN_IDENTIFIER, Form, checked, keyed
from audit_service.core.log_proofs import CheckNote, read_entry, read_loosely
from audit_service.core.notes import Checkpoint, Key, parse_checkpoint, parse_note
from audit_service.core.selection import Sample, notice_leaves
from audit_service.errors import FormError, RuleError

FORM: Final = "task-notice/1"
ACTION: Final = "notices"
"""The action of the log's entry that holds a tree's root."""
LONGEST: Final = 16384
"""Characters of a notice's text. Two codes hold less than 6,000."""
LARGEST_CODE: Final = 1628
"""Characters of a code of 133 modules, which telephones read from a width of 74 mm."""
_SIZE: Final = Form("number", "0|[1-9][0-9]{0,18}")
_HASH_BYTES: Final = 32
_NOTICE_KEYS: Final = ("c", "draw", "index", "leaf", "notice", "path", "root", "size")
_LOG_KEYS: Final = ("checkpoint", "entry", "index", "log", "path")


@dataclass(frozen=True)
class Leaf:
    """A unit's own leaf: its place in the draw (docs/protocol.md, section 5, Results)."""

    salt: str
    unit: str
    stratum: str
    city: str
    position: int
    sampled: int

    @property
    def drawn(self) -> bool:
        """Whether it is selected; else it is a reserve, inspected only as a substitute."""
        return self.position <= self.sampled

    @property
    def text(self) -> str:
        return "/".join((self.salt, self.unit, self.stratum, self.city, str(self.position), str(self.sampled)))


@dataclass(frozen=True)
class NoticeProof:
    """That a unit's leaf is in the notice tree of a draw with this C."""

    draw: str
    c: str
    leaf: Leaf
    index: int
    size: int
    path: tuple[bytes, ...]
    root: str

    def check(self) -> None:
        """`RuleError` where the path does not lead from the leaf to the root."""
        found = merkle.leaf_hash(self.leaf.text.encode())
        tree.check_inclusion(found, self.index, self.size, self.path, bytes.fromhex(self.root))


@dataclass(frozen=True)
class LogProof:
    """That the log's entry of a notice tree's root is under a checkpoint. `index` counts from 0."""

    entry: str
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def check(self, notice: NoticeProof) -> Checkpoint:
        """The checkpoint; `FormError` or `RuleError` where entry, path or checkpoint do not agree with the notice."""
        said = read_entry(self.entry.encode(), self.index)
        if (said.get("action"), said.get("subject"), said.get("root")) != (ACTION, notice.draw, notice.root):
            raise RuleError("notice-entry-other", index=self.index, draw=notice.draw)
        checkpoint = parse_checkpoint(parse_note(self.checkpoint.encode()).text)
        found = merkle.leaf_hash(self.entry.encode())
        tree.check_inclusion(found, self.index, checkpoint.size, self.path, checkpoint.root)
        return checkpoint


@dataclass(frozen=True)
class Anchors:
    """What who checks a notice has from elsewhere: the published root, the log's key, a witness's; any may be missing.

    `check` judges a key's signature, which is no matter of the core.
    """

    root: str | None
    log: Key | None
    witness: Key | None
    check: CheckNote


@dataclass(frozen=True)
class Checked:
    """A notice that holds: what it says, and by what it was found to be the office's."""

    notice: NoticeProof
    log: LogProof | None
    checkpoint: Checkpoint | None
    by_root: bool
    by_log: bool
    seen: datetime | None
    """When the witness saw the log with the root in it."""

    @property
    def anchored(self) -> bool:
        """Whether more than the notice itself says that it is the office's."""
        return self.by_root or self.by_log


def check(text: str, anchors: Anchors) -> Checked:
    """Check a notice's text, step by step as docs/notice.md has them; `FormError` or `RuleError` at the first that
    fails."""
    notice, log = read(text)
    notice.check()
    checkpoint = log.check(notice) if log else None
    if anchors.root is not None and anchors.root != notice.root:
        raise RuleError("notice-root-other", found=notice.root, known=anchors.root)
    seen = None
    if log and checkpoint and anchors.log:
        note = parse_note(log.checkpoint.encode())
        anchors.check(note, anchors.log)
        if checkpoint.origin != anchors.log.name:
            raise RuleError("checkpoint-other", origin=checkpoint.origin, size=checkpoint.size)
        seen = anchors.check(note, anchors.witness) if anchors.witness and note.by(anchors.witness) else None
    by_log = checkpoint is not None and anchors.log is not None
    return Checked(notice, log, checkpoint, anchors.root is not None, by_log, seen)


def prove(sample: Sample, draw: str, c: str) -> Callable[[str], NoticeProof]:
    """Gives the proof of any unit of a sample's frame; the tree is made once."""
    leaves = list(notice_leaves(sample))
    levels, size = merkle.complete_subtrees(leaves), len(leaves)
    place_of = {unit: place for place, unit in enumerate(sample.frame.units)}

    def hashes(level: int, place: int) -> bytes:
        return levels[level][place]

    root = tree.root(hashes, size).hex()

    def proof(unit: str) -> NoticeProof:
        """A unit's leaf and its path to the root."""
        index = place_of[unit]
        path = tuple(tree.inclusion_proof(hashes, index, size))
        return NoticeProof(draw, c, parse_leaf(leaves[index].decode()), index, size, path, root)

    return proof


def parse_leaf(text: str) -> Leaf:
    """A leaf's data as values; `FormError` for another text."""
    parts = text.split("/")
    if len(parts) != 6:
        raise FormError("form-value", where="leaf", found=text[:80], expected="notice-leaf")
    forms = (A_DIGEST, AN_IDENTIFIER, AN_IDENTIFIER, AN_IDENTIFIER, A_NUMBER, A_NUMBER)
    salt, unit, stratum, city, position, sampled = (
        checked(part, form, "leaf") for part, form in zip(parts, forms, strict=True)
    )
    return Leaf(salt, unit, stratum, city, int(position), int(sampled))


# --- text ---------------------------------------------------------------------------------------------------------


def write(notice: NoticeProof, log: LogProof | None) -> str:
    """A notice's text: that of its codes, a line each."""
    return "".join(f"{line}\n" for line in (write_notice(notice), *([write_log(log)] if log else [])))


def write_notice(proof: NoticeProof) -> str:
    """The text of the first code."""
    return _line(
        {
            "c": proof.c,
            "draw": proof.draw,
            "index": str(proof.index),
            "leaf": proof.leaf.text,
            "notice": FORM,
            "path": _write_path(proof.path),
            "root": proof.root,
            "size": str(proof.size),
        }
    )


def write_log(proof: LogProof) -> str:
    """The text of the second code."""
    return _line(
        {
            "checkpoint": proof.checkpoint,
            "entry": proof.entry,
            "index": str(proof.index),
            "log": FORM,
            "path": _write_path(proof.path),
        }
    )


def fitted(proof: LogProof) -> LogProof:
    """The proof with as many of its checkpoint's witnesses as one code holds, the first by name."""
    note = parse_note(proof.checkpoint.encode())
    while len(write_log(proof)) > LARGEST_CODE and len(note.signatures) > 1:
        note = replace(note, signatures=note.signatures[:-1])
        proof = replace(proof, checkpoint=str(note))
    return proof


def _line(value: Mapping[str, str]) -> str:
    """JSON of ASCII characters alone, so that every reader of codes shows the same text."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def read(text: str) -> tuple[NoticeProof, LogProof | None]:
    """A notice's text, of one line or two; `FormError` for another text."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(text) > LONGEST or not 1 <= len(lines) <= 2:
        raise FormError("notice-form")
    return _read_notice(lines[0]), _read_log(lines[1]) if len(lines) == 2 else None


def _read_notice(line: str) -> NoticeProof:
    found = keyed(_object(line, "notice"), _NOTICE_KEYS, "notice")
    _marked(found, "notice")
    return NoticeProof(
        draw=checked(found["draw"], AN_IDENTIFIER, "draw"),
        c=checked(found["c"], A_DIGEST, "c"),
        leaf=parse_leaf(_text(found, "leaf")),
        index=int(checked(found["index"], _SIZE, "index")),
        size=int(checked(found["size"], _SIZE, "size")),
        path=_read_path(_text(found, "path")),
        root=checked(found["root"], A_DIGEST, "root"),
    )


def _read_log(line: str) -> LogProof:
    found = keyed(_object(line, "log"), _LOG_KEYS, "log")
    _marked(found, "log")
    index = int(checked(found["index"], _SIZE, "index"))
    return LogProof(_text(found, "entry"), index, _read_path(_text(found, "path")), _text(found, "checkpoint"))


def _marked(found: Mapping[str, object], key: str) -> None:
    if found[key] != FORM:
        raise FormError("form-value", where=key, found=str(found[key])[:80], expected=f"one-of:{FORM}")


def _text(found: Mapping[str, object], key: str) -> str:
    value = found[key]
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        raise FormError("form-value", where=key, found=ascii(value)[:80], expected="text")
    return value


def _object(text: str, where: str) -> dict[str, object]:
    """A JSON object without a key twice; numbers in it decide nothing."""
    try:
        value = read_loosely(text)
    except (ValueError, RecursionError, MemoryError):
        raise FormError("form-json", where=where) from None
    if not isinstance(value, dict):
        raise FormError("form-json-object", where=where)
    return value


def _write_path(path: Iterable[bytes]) -> str:
    return b64encode(b"".join(path)).decode()


def _read_path(text: str) -> tuple[bytes, ...]:
    try:
        data = b64decode(text, validate=True)
    except ValueError:  # binascii's own error is one
        data = b"?"
    if len(data) % _HASH_BYTES or b64encode(data).decode() != text:
        raise FormError("form-value", where="path", found=ascii(text)[:80], expected="hash-path")
    return tuple(data[place : place + _HASH_BYTES] for place in range(0, len(data), _HASH_BYTES))
