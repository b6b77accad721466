"""Scenes for forgers: a bundle, the log that its office tells, and the keys that sign it.

Trees, notes and proofs are made here from the RFCs and the protocol, by neither verifier's code.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit_service.core import canonical
from tests.evidence.forging import Entries, bind_again, draw_again, load

EARLIEST: Final = 1782878400
"""2026-07-01T04:00:00Z, before which the reference bundles' events cannot have happened."""
DRAW: Final = "V-2026-03"
OFTEN: Final = 9
"""So many entries of the story are in the smaller of two checkpoints too."""


def loosened(data: bytes) -> bytes:
    """Other base64 of the same bytes: some of the bits left over are 1."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    text = data.rstrip(b"=")
    return text[:-1] + bytes([alphabet[alphabet.index(text[-1]) + 1]]) + data[len(text) :]


@dataclass(frozen=True)
class Signatory:
    """A key with a name, of a log (kind 1) or a witness (kind 4)."""

    name: str
    kind: int
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return bytes([self.kind]) + self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self.public).decode()}"

    def line(self, data: bytes) -> bytes:
        """A signature line that claims to be of this key."""
        return f"— {self.name} ".encode() + b64encode(self.id + data) + b"\n"

    def signed(self, text: bytes) -> bytes:
        return self.line(self.private.sign(text))

    def cosigned(self, text: bytes, at: int) -> bytes:
        signature = self.private.sign(b"cosignature/v1\ntime %d\n" % at + text)
        return self.line(at.to_bytes(8, "big") + signature)


def signatory(name: str, kind: int, seed: int) -> Signatory:
    return Signatory(name, kind, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


LOG, WITNESS, STRANGER = signatory("audit-service", 1, 1), signatory("纪检", 4, 2), signatory("stranger", 4, 3)
FALSE_LOG, FALSE_WITNESS = signatory(LOG.name, 1, 4), signatory(WITNESS.name, 4, 5)


def root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    if len(leaves) <= 1:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1."""
    if len(leaves) <= 1:
        return []
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < k:
        return [*path(index, leaves[:k]), root(leaves[k:])]
    return [*path(index - k, leaves[k:]), root(leaves[:k])]


@dataclass
class Scene:
    """A bundle without its `log/`, the log, which entries are shown under which checkpoint, and who saw it when."""

    bundle: Entries
    said: list[Any] = field(default_factory=list)
    shown: dict[int, int] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)

    def bytes_of(self, index: int) -> bytes:
        said = self.said[index]
        return said if isinstance(said, bytes) else json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    def text(self, size: int) -> bytes:
        found = root([self.bytes_of(index) for index in range(size)])
        return f"{LOG.name}\n{size}\n".encode() + b64encode(found) + b"\n"

    def note(self, size: int, text: bytes | None = None) -> bytes:
        """A checkpoint that both keys signed."""
        text = self.text(size) if text is None else text
        return text + b"\n" + LOG.signed(text) + WITNESS.cosigned(text, self.seen[size])

    def rows(self) -> list[dict[str, Any]]:
        """What `log/proofs.json` lists."""
        leaves = [self.bytes_of(index) for index in range(len(self.said))]
        return [
            {"index": str(index), "checkpoint": str(size), "path": [p.hex() for p in path(index, leaves[:size])]}
            for index, size in sorted(self.shown.items())
        ]

    def files(self, rows: list[dict[str, Any]] | None = None) -> Entries:
        """The files below `log/`."""
        return {
            "log/proofs.json": proofs(self.rows() if rows is None else rows),
            **{f"log/entries/{index}": self.bytes_of(index) for index in self.shown},
            **{f"log/checkpoints/{size}": self.note(size) for size in set(self.shown.values())},
        }

    def index(self, action: str, subject: str) -> int:
        """Of the first entry that says so."""
        said = enumerate(self.said)
        return next(k for k, entry in said if (entry["action"], entry.get("subject")) == (action, subject))

    def tell(self, action: str, subject: object, **more: object) -> int:
        """One more entry, shown under the largest checkpoint, which grows if it must."""
        self.said.append({"act": len(self.said) + 1, "action": action, "subject": subject, **more})
        index = len(self.said) - 1
        largest = max(self.seen, default=0)
        if largest <= index:
            self.seen = {k: at for k, at in self.seen.items() if k != largest} | {index + 1: self.seen.get(largest, 0)}
            self.shown = {k: index + 1 if under == largest else under for k, under in self.shown.items()}
        self.shown[index] = max(self.seen)
        return index

    def hide(self, index: int) -> None:
        del self.shown[index]


def proofs(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps({"entries": rows}, sort_keys=True, separators=(",", ":")).encode()


@lru_cache
def numbered(name: str, draw: str, numbers: tuple[str, ...], folder: Callable[[str], Entries]) -> Entries:
    """A reference bundle under another name, its rounds with other numbers."""
    entries = {}
    for old, data in folder(name).items():
        part, _, rest = old.partition("/")
        number, _, file = rest.partition("/")
        entries[f"rounds/{numbers[int(number) - 1]}/{file}" if part == "rounds" else old] = data
    for file in [name for name in entries if name.endswith("commitment.json")]:
        commitment = load(entries, file) | {"draw": draw}
        if "round" in commitment:
            commitment["round"] = file.split("/")[1]
        entries[file] = canonical.write_json(commitment)
    return draw_again(bind_again(entries))


def digest_of(entries: Entries, part: str) -> str:
    return sha256(entries[f"{part}/commitment.json"]).hexdigest()


def scene(bundle: Entries, random: Random) -> Scene:
    """The third draw of a series, with rounds 1 and 3: the first draw was withdrawn, the second never committed to."""
    made = Scene(bundle)
    first, second = DRAW[:-1] + "1", DRAW[:-1] + "2"
    before = random.randrange(1, 30)
    made.said = [{"act": k + 1, "action": "import-units", "hidden": {"by": "00" * 32}} for k in range(before)]
    story = [
        ("draw-freeze", first, ""), ("commit", first, "11" * 32), ("withdraw", first, ""), ("draw-freeze", second, ""),
        ("draw-freeze", DRAW, ""), ("commit", DRAW, digest_of(bundle, "sample")),
        ("commit", f"{DRAW}/1", digest_of(bundle, "rounds/1")), ("commit", f"{DRAW}/2", "22" * 32),
        ("withdraw", f"{DRAW}/2", ""), ("commit", f"{DRAW}/3", digest_of(bundle, "rounds/3")),
    ]  # fmt: skip
    for action, subject, c in story:
        more = {"c": c} if c else {}
        made.said.append({"act": len(made.said) + 1, "action": action, "subject": subject, **more})
    made.said += [{"act": 0, "action": "run", "subject": DRAW} for _ in range(random.randrange(9))]
    sizes = (before + OFTEN, len(made.said))
    made.seen = {sizes[0]: EARLIEST - random.randrange(90_000, 900_000), sizes[1]: EARLIEST - random.choice([1, 5000])}
    for k in range(len(story)):
        made.shown[before + k] = sizes[0] if k == 0 or (k < OFTEN and random.random() < 0.5) else sizes[1]
    return made
