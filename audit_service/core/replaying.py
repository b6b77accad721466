"""A whole draw again, from its frozen files, commitments and seeds (docs/protocol.md, sections 2 to 6)."""

from __future__ import annotations

from audit_service.core import frozen, layout, parts, replay
from audit_service.core.parts import Entries, Part, Values
from audit_service.core.selection import Sample


def replay_entries(entries: Entries) -> dict[str, bytes]:
    """The result files of a sample and its rounds, by their names in the bundle, from the frozen ones.

    Result files among the entries are ignored. `FormError` and `RuleError` for frozen files that break a form, that
    are not the committed ones, or whose seed does not follow.
    """
    known: Values = {}
    sample = parts.read_sample_part(entries)
    parts.check_frozen_sample(sample)
    _check_seed(sample, known)
    drawn = replay.draw(sample.files, sample.seeds.seed)
    results = {**replay.sample_results(drawn), **replay.octo41_results(drawn)}
    replayed = {layout.sample_folder() + name: data for name, data in results.items()}
    return replayed | _replay_rounds(entries, sample, drawn, known)


def _replay_rounds(entries: Entries, sample: parts.SamplePart, drawn: Sample, known: Values) -> dict[str, bytes]:
    replayed: dict[str, bytes] = {}
    earlier: parts.RoundPart | None = None
    seats: list[frozen.Seat] = []
    for number in layout.round_numbers(entries):
        part = parts.read_round_part(entries, number)
        parts.check_frozen_round(part, sample, earlier)
        _check_seed(part, known)
        packets = replay.check_round(part.files, drawn, earlier.files if earlier else None, seats)
        results = replay.round_results(part.files, packets, part.seeds.seed)
        if layout.ASSIGNMENT in results:
            seats = frozen.read_assignment(results[layout.ASSIGNMENT], layout.ASSIGNMENT)
        replayed |= {layout.round_folder(number) + name: data for name, data in results.items()}
        earlier = part
    return replayed


def _check_seed(part: Part, known: Values) -> None:
    parts.check_secret(part)
    parts.check_value(part, known)
    parts.check_seed(part)
