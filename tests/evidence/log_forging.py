"""Forgeries of what a bundle holds of its office's log, and how they are made; `forged_…` lists them.

A forgery takes a scene and a random generator, and gives the files below `log/`. What it must come to stands beside it.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from tests.evidence.forging import Entries
from tests.evidence.log_scenes import LOG, WITNESS, Scene, proofs


class Case(NamedTuple):
    """A forgery: its name, what it must come to (`refused`, `shown`, `not shown`, `any`), and how it is made."""

    name: str
    outcome: str
    forge: Callable[[Scene, Random], Entries]


def told(outcome: str, **changes: Callable[[Scene, Random], object]) -> list[Case]:
    """Forgeries by whoever holds the keys: another story, signed as ever."""

    def forge(change: Callable[[Scene, Random], object]) -> Callable[[Scene, Random], Entries]:
        def forged(scene: Scene, random: Random) -> Entries:
            change(scene, random)
            return scene.files()

        return forged

    return [Case(name, outcome, forge(change)) for name, change in changes.items()]


def some_size(scene: Scene, random: Random) -> int:
    return random.choice(sorted(set(scene.shown.values())))


def texts(outcome: str, **changes: Callable[[bytes], bytes]) -> list[Case]:
    """Another text of a checkpoint, signed by both keys."""

    def forge(change: Callable[[bytes], bytes]) -> Callable[[Scene, Random], Entries]:
        def forged(scene: Scene, random: Random) -> Entries:
            size = some_size(scene, random)
            return {**scene.files(), f"log/checkpoints/{size}": scene.note(size, change(scene.text(size)))}

        return forged

    return [Case(name, outcome, forge(change)) for name, change in changes.items()]


class Lines(NamedTuple):
    """A checkpoint taken apart: its text, the log's line, the witness's, the time at which the witness signed."""

    text: bytes
    log: bytes
    witness: bytes
    at: int

    @property
    def note(self) -> bytes:
        return self.joined()

    def joined(self, *, log: bytes | None = None, witness: bytes | None = None) -> bytes:
        return self.text + b"\n" + (self.log if log is None else log) + (self.witness if witness is None else witness)

    @property
    def signature(self) -> bytes:
        """The log's, without its ID."""
        return b64decode(self.log.split(b" ")[2])[4:]

    @property
    def cosignature(self) -> bytes:
        """The witness's, without its ID: the time and the signature."""
        return b64decode(self.witness.split(b" ")[2])[4:]


def notes(outcome: str, *, all_of_them: bool = False, **changes: Callable[[Lines], bytes]) -> list[Case]:
    """Other bytes of a checkpoint, or of each."""

    def forge(change: Callable[[Lines], bytes]) -> Callable[[Scene, Random], Entries]:
        def forged(scene: Scene, random: Random) -> Entries:
            sizes = sorted(set(scene.shown.values())) if all_of_them else [some_size(scene, random)]
            made = scene.files()
            for size in sizes:
                text, at = scene.text(size), scene.seen[size]
                lines = Lines(text, LOG.signed(text), WITNESS.cosigned(text, at), at)
                made[f"log/checkpoints/{size}"] = change(lines)
            return made

        return forged

    return [Case(name, outcome, forge(change)) for name, change in changes.items()]


def listed(outcome: str, **changes: Callable[[list[dict[str, Any]], Random], object]) -> list[Case]:
    """Other rows of `log/proofs.json`."""

    def forge(change: Callable[[list[dict[str, Any]], Random], object]) -> Callable[[Scene, Random], Entries]:
        def forged(scene: Scene, random: Random) -> Entries:
            rows = scene.rows()
            change(rows, random)
            return scene.files() | {"log/proofs.json": proofs(rows)}

        return forged

    return [Case(name, outcome, forge(change)) for name, change in changes.items()]


def filed(outcome: str, **changes: Callable[[Entries, Random], object]) -> list[Case]:
    """Other files."""

    def forge(change: Callable[[Entries, Random], object]) -> Callable[[Scene, Random], Entries]:
        def forged(scene: Scene, random: Random) -> Entries:
            made = scene.files()
            change(made, random)
            return made

        return forged

    return [Case(name, outcome, forge(change)) for name, change in changes.items()]
