"""The reference vectors in `tests/vectors`, as values for parametrised tests.

A vector is a whole draw: the frozen files, commitments and seeds, and every result that must follow from them, byte for
byte. Two other implementations of docs/protocol.md agree on all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from audit_service.core import canonical, replay
from audit_service.core.commitment import ASSIGNMENT, FILE_NAMES, SAMPLE, Commitment, read_commitment
from audit_service.core.frozen import Seat, read_assignment
from audit_service.core.packets import Packet, make_packets
from audit_service.core.selection import Sample

FOLDER: Final = Path(__file__).parent / "vectors"


@dataclass(frozen=True)
class Drawn:
    """A folder of a vector: one draw, with what was committed, the seed, and the results."""

    path: Path

    def content(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    @cached_property
    def c(self) -> str:
        return replay.c_of(self.content("commitment.json"))

    @cached_property
    def revealed(self) -> dict[str, str]:
        """What `seed.json` holds: `public`, `secret` and `seed`."""
        found = canonical.keyed(canonical.read_json(self.content("seed.json"), ""), ("public", "secret", "seed"), "")
        return {key: str(value) for key, value in found.items()}

    @property
    def seed(self) -> str:
        return self.revealed["seed"]

    @cached_property
    def results(self) -> dict[str, bytes]:
        """The result files, by their names in the folder."""
        given = {"commitment.json", "seed.json", *FILE_NAMES.values()}
        files = (path for path in self.path.rglob("*") if path.is_file() and path.name not in given)
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in files}


@dataclass(frozen=True)
class SampleDraw(Drawn):
    """The sample draw of a vector."""

    def __str__(self) -> str:
        return self.path.parent.name

    @cached_property
    def commitment(self) -> Commitment:
        return read_commitment(self.content("commitment.json"), SAMPLE, "commitment.json")

    @cached_property
    def files(self) -> replay.SampleFiles:
        return replay.read_sample_files(self.content, "")

    @cached_property
    def sample(self) -> Sample:
        return replay.draw(self.files, self.seed)

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The assignment rounds that were drawn, in order."""
        made: list[Round] = []
        for path in sorted((self.path.parent / "rounds").iterdir(), key=lambda path: int(path.name)):
            made.append(Round(path, self, tuple(made)))
        return tuple(made)


@dataclass(frozen=True)
class Round(Drawn):
    """An assignment round of a vector, with the sample and the rounds before it."""

    drawn: SampleDraw
    earlier: tuple[Round, ...]

    def __str__(self) -> str:
        return f"{self.drawn}-round-{self.path.name}"

    @cached_property
    def commitment(self) -> Commitment:
        return read_commitment(self.content("commitment.json"), ASSIGNMENT, "commitment.json")

    @cached_property
    def files(self) -> replay.RoundFiles:
        return replay.read_round_files(self.content, "")

    @cached_property
    def packets(self) -> list[Packet]:
        return make_packets(self.files.teams, self.drawn.sample, self.files.substitutions)

    @property
    def latest_assignment(self) -> list[Seat]:
        """The seats of the latest earlier round that has any; rounds that were infeasible are passed over."""
        for before in reversed(self.earlier):
            if "assignment.csv" in before.results:
                return read_assignment(before.content("assignment.csv"), "assignment.csv")
        return []


SAMPLES: Final = tuple(SampleDraw(path / "sample") for path in sorted(FOLDER.iterdir()))
ROUNDS: Final = tuple(made for draw in SAMPLES for made in draw.rounds)
DRAWS: Final[tuple[SampleDraw | Round, ...]] = (*SAMPLES, *ROUNDS)


def vector(name: str) -> SampleDraw:
    """The vector of this name."""
    return SampleDraw(FOLDER / name / "sample")
