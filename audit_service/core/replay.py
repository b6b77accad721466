"""From frozen files and a seed to every result file, as bytes (docs/protocol.md, sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit_service.core import assignment, frozen, packets, selection
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import FILE_NAMES, ROUND_FILES, SAMPLE_FILES
from audit_service.core.frame import Frame
from audit_service.core.frozen import Inspector, Recusal, Seat, Standing, Substitution
from audit_service.core.selection import Sample
from audit_service.core.substitution import check_substitutions
from audit_service.errors import RuleError

Content = Callable[[str], bytes]
"""The bytes of a file, by its name in its folder of the bundle."""


@dataclass(frozen=True)
class SampleFiles:
    """The frozen files of a sample draw as values."""

    policy: frozen.Policy
    frame: Frame
    exclusions: list[frozen.Exclusion]

    def check(self) -> None:
        """The rules that join the files (section 2): `RuleError`."""
        frozen.check_sample(self.policy, self.frame, self.exclusions)


@dataclass(frozen=True)
class RoundFiles:
    """The frozen files of an assignment round as values."""

    teams: tuple[frozen.Pool, ...]
    inspectors: list[Inspector]
    recusals: list[Recusal]
    substitutions: list[Substitution]
    standing: list[Standing]

    def check(self, sample: SampleFiles) -> None:
        """The rules that join the files (section 6): `RuleError`."""
        frozen.check_teams(self.teams, sample.policy)
        frozen.check_people(self.inspectors, self.recusals, self.teams, set(sample.frame.units))


def read_sample_files(content: Content, where: str) -> SampleFiles:
    """The frozen files of a sample draw; `FormError` naming the first that breaks its form."""
    policy, frame, exclusions = (FILE_NAMES[key] for key in SAMPLE_FILES)
    return SampleFiles(
        frozen.read_policy(content(policy), where + policy),
        frozen.read_frame(content(frame), where + frame),
        frozen.read_exclusions(content(exclusions), where + exclusions),
    )


def read_round_files(content: Content, where: str) -> RoundFiles:
    """The frozen files of an assignment round; `FormError` naming the first that breaks its form."""
    teams, inspectors, recusals, substitutions, standing = (FILE_NAMES[key] for key in ROUND_FILES)
    return RoundFiles(
        frozen.read_teams(content(teams), where + teams),
        frozen.read_inspectors(content(inspectors), where + inspectors),
        frozen.read_recusals(content(recusals), where + recusals),
        frozen.read_substitutions(content(substitutions), where + substitutions),
        frozen.read_standing(content(standing), where + standing),
    )


def draw(files: SampleFiles, seed: str) -> Sample:
    """The sample that a seed gives."""
    return selection.draw_sample(files.policy, files.frame, seed)


def notices(sample: Sample) -> bytes:
    """`notices.txt`: the root of the notice tree."""
    return f"{selection.notice_root(sample)}\n".encode()


def sample_results(sample: Sample) -> dict[str, bytes]:
    """The result files of a sample draw by name, those under `octo41/` apart."""
    return {
        "allocation.csv": selection.write_allocation(sample),
        "sample.csv": selection.write_sample(sample),
        "notices.txt": notices(sample),
    }


def octo41_results(sample: Sample) -> dict[str, bytes]:
    """The inputs of ICANN's program, by name."""
    return {f"octo41/{name}": data for name, data in selection.octo41_files(sample).items()}


def check_round(
    files: RoundFiles, sample: Sample, earlier: RoundFiles | None, seats: Sequence[Seat]
) -> list[packets.Packet]:
    """The packets of a round, if its substitutions and who stands follow (section 6); `RuleError` otherwise.

    `seats` are those of the latest earlier assignment.
    """
    check_substitutions(sample, files.substitutions, earlier.substitutions if earlier else ())
    made = packets.make_packets(files.teams, sample, files.substitutions)
    found, must = set(files.standing), set(who_stands(seats, files.inspectors, made))
    for row in sorted(found ^ must):
        code = "standing-missing" if row in must else "standing-more"
        raise RuleError(code, packet=row.packet, inspector=row.inspector, role=row.role)
    return made


def round_results(files: RoundFiles, made: Sequence[packets.Packet], seed: str) -> dict[str, bytes]:
    """The result files of a round by name: packets, and the assignment or the proof that there is none."""
    found = assignment.assign(files.teams, made, files.inspectors, files.recusals, files.standing, seed)
    return {"packets.csv": packets.write_packets(made), **assignment.write_assignment(found)}


def who_stands(
    earlier: Sequence[Seat], inspectors: Sequence[Inspector], made: Sequence[packets.Packet]
) -> list[Standing]:
    """The seats of the latest earlier assignment that are kept (section 6)."""
    listed = {(person.inspector, person.pool, person.role) for person in inspectors}
    alive = {packet.packet for packet in made if packet.units}
    return [
        Standing(seat.packet, seat.inspector, seat.role)
        for seat in earlier
        if (seat.inspector, seat.pool, seat.role) in listed and seat.packet in alive
    ]


def c_of(commitment: bytes) -> str:
    """C: the digest of a commitment's bytes (section 2)."""
    return sha256_hex(commitment)
