"""The verification of a bundle, step by step (docs/protocol.md, section 7).

 1. The files are there, none foreign, none twice; each is canonical and well formed.
 2. C is among the anchors, if an anchors file is given.
 3. The frozen files have the committed digests and keep the rules that need no seed.
 4. The secret is the committed one.
 5. The public value is well formed, of the committed events, contradicts no other, and is the anchor's.
 6. SEED follows.
 7. The allocation follows; of a round the substitutions, the packets, and who stands.
 8. The sample follows; of a round the assignment or its impossibility.
 9. The notice tree's root follows.
10. The inputs of ICANN's program are what they must be.
11. The log shows each commitment before its events, where the bundle holds proofs and the verifier has the keys.

Step 1 is done for the whole bundle, 2 to 10 for the sample, then 2 to 8 for each round, then 11 for the whole. The
first failure decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from audit_service.core import canonical, frozen, layout, parts, replay
from audit_service.core.assignment import read_infeasible
from audit_service.core.canonical import Form, checked
from audit_service.core.log_proofs import PROOFS, Keys, Shown, check_log
from audit_service.core.packets import write_packets
from audit_service.core.parts import Entries, Part, RoundPart, SamplePart
from audit_service.core.selection import Sample, write_allocation, write_sample
from audit_service.errors import FormError, Problem, RuleError

VERIFIED: Final = "verified"
CONSISTENT: Final = "consistent"
REFUSED: Final = "refused"
BUNDLE: Final = "bundle"

Anchors = Mapping[str, frozenset[str]]
"""For each C that the verifier knows from elsewhere, the public values that it knows for it."""


@dataclass(frozen=True)
class StepHeld:
    """A step that holds."""

    step: int
    part: str


@dataclass(frozen=True)
class Failure:
    """The step that fails first, and why."""

    step: int
    part: str
    problem: Problem


@dataclass(frozen=True)
class StratumFacts:
    """A stratum as the verifier reports it: its rate, its units, the sampled ones."""

    stratum: str
    rate_bp: int
    units: int
    sampled: int


@dataclass
class Report:
    """What a verification found."""

    anchored: bool
    held: list[StepHeld] = field(default_factory=list)
    failure: Failure | None = None
    parts: list[Part] = field(default_factory=list)
    strata: list[StratumFacts] = field(default_factory=list)
    exclusions: dict[str, int] = field(default_factory=dict)
    unused_anchors: list[str] = field(default_factory=list)
    shown: Shown | None = None
    """What the log shows, where it was looked at."""

    @property
    def verdict(self) -> str:
        if self.failure:
            return REFUSED
        return VERIFIED if self.anchored else CONSISTENT

    @property
    def confirmations(self) -> str:
        """Whether the log shows of every act that needs a second person that there was one."""
        if self.failure or self.shown is None or not all(two.confirmed for two in self.shown.two):
            return "not shown"
        return "shown" if self.shown.two else "none needed"

    @property
    def time_shown(self) -> bool:
        """Whether the log shows that every commitment was seen by the witness before its earliest event."""
        return self.shown is not None and all(part.name in self.shown.seen for part in self.parts)


class _StepFailed(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def unreadable(problem: Problem, *, anchored: bool) -> Report:
    """The report on a file that is no bundle at all: refused at step 1."""
    return Report(anchored, failure=Failure(1, BUNDLE, problem))


def verify(entries: Entries, anchors: Anchors | None, keys: Keys | None = None) -> Report:
    """The verification of a bundle's contents, with the anchors and the keys of a log that the verifier has, if any."""
    report = Report(anchored=anchors is not None)
    try:
        _Verification(entries, anchors, keys, report).run()
    except _StepFailed as failed:
        report.failure = failed.failure
    report.unused_anchors = sorted((anchors or {}).keys() - {part.c for part in report.parts})
    return report


class _Verification:
    def __init__(self, entries: Entries, anchors: Anchors | None, keys: Keys | None, report: Report) -> None:
        self._entries = entries
        self._anchors = anchors
        self._keys = keys
        self._report = report
        self._values: parts.Values = {}

    def run(self) -> None:
        """Every step in order, noted in the report; `_StepFailed` at the first that fails."""
        with self._step(1, BUNDLE):
            layout.check_names(self._entries)
            layout.check_complete(self._entries.keys())
            sample = parts.read_sample_part(self._entries)
            rounds = [parts.read_round_part(self._entries, n) for n in layout.round_numbers(self._entries)]
            _check_result_forms(self._entries, sample, rounds)
        drawn = self._verify_sample(sample)
        earlier: RoundPart | None = None
        seats: list[frozen.Seat] = []
        for part in rounds:
            seats = self._verify_round(part, sample, drawn, earlier, seats)
            earlier = part
        if self._keys and PROOFS in self._entries:
            with self._step(11, BUNDLE):
                self._report.shown = check_log(self._entries, [sample, *rounds], self._keys)

    def _step(self, step: int, part: str) -> _Step:
        return _Step(step, part, self._report)

    def _verify_sample(self, part: SamplePart) -> Sample:
        self._check_anchor(part)
        with self._step(3, part.name):
            parts.check_frozen_sample(part)
        self._check_seed(part)
        sample = replay.draw(part.files, part.seeds.seed)
        self._note_facts(part.files, sample)
        with self._step(7, part.name):
            _same(part, "allocation.csv", write_allocation(sample))
        with self._step(8, part.name):
            _same(part, "sample.csv", write_sample(sample))
        with self._step(9, part.name):
            _same(part, "notices.txt", replay.notices(sample))
        with self._step(10, part.name):
            self._check_octo41(part, replay.octo41_results(sample))
        return sample

    def _verify_round(
        self,
        part: RoundPart,
        sample: SamplePart,
        drawn: Sample,
        earlier: RoundPart | None,
        seats: Sequence[frozen.Seat],
    ) -> list[frozen.Seat]:
        self._check_anchor(part)
        with self._step(3, part.name):
            parts.check_frozen_round(part, sample, earlier)
        self._check_seed(part)
        with self._step(7, part.name):
            packets = replay.check_round(part.files, drawn, earlier.files if earlier else None, seats)
            _same(part, "packets.csv", write_packets(packets))
        with self._step(8, part.name):
            results = replay.round_results(part.files, packets, part.seeds.seed)
            return self._check_outcome(part, results) or list(seats)

    def _check_outcome(self, part: Part, results: Entries) -> list[frozen.Seat]:
        """The seats of a round's assignment; none where it is rightly infeasible."""
        must = layout.ASSIGNMENT if layout.ASSIGNMENT in results else layout.INFEASIBLE
        if f"{part.name}/{must}" not in self._entries:
            raise RuleError("outcome-other", must=must)
        _same(part, must, results[must])
        return frozen.read_assignment(results[must], must) if must == layout.ASSIGNMENT else []

    def _check_anchor(self, part: Part) -> None:
        self._report.parts.append(part)
        with self._step(2, part.name):
            if self._anchors is not None and part.c not in self._anchors:
                raise RuleError("anchor-missing", c=part.c)

    def _check_seed(self, part: Part) -> None:
        with self._step(4, part.name):
            parts.check_secret(part)
        with self._step(5, part.name):
            parts.check_value(part, self._values)
            for public in sorted(self._anchors[part.c] if self._anchors is not None else ()):
                if public != part.seeds.public:
                    raise RuleError("public-not-anchored", found=part.seeds.public, anchored=public)
        with self._step(6, part.name):
            parts.check_seed(part)

    def _check_octo41(self, part: Part, must: Entries) -> None:
        prefix = f"{part.name}/"
        names = (name for name in self._entries if name.startswith(f"{prefix}octo41/") and not name.endswith("/"))
        found = {name.removeprefix(prefix) for name in names}
        for name in sorted(found ^ must.keys()):
            raise RuleError("octo41-missing" if name in must else "octo41-more", file=name)
        for name, data in must.items():
            _same(part, name, data)

    def _note_facts(self, files: replay.SampleFiles, sample: Sample) -> None:
        for stratum in files.policy.strata:
            cells = [cell for cell in sample.cells if cell.stratum == stratum.stratum]
            units, sampled = sum(cell.units for cell in cells), sum(cell.sampled for cell in cells)
            self._report.strata.append(StratumFacts(stratum.stratum, stratum.rate_bp, units, sampled))
        self._report.exclusions = dict(sorted(Counter(row.ground for row in files.exclusions).items()))


class _Step:
    """A step that is being judged: what it raises is its failure, and otherwise it holds."""

    def __init__(self, step: int, part: str, report: Report) -> None:
        self._held = StepHeld(step, part)
        self._report = report

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, FormError | RuleError):
            raise _StepFailed(Failure(self._held.step, self._held.part, error.problem)) from error
        if error is None:
            self._report.held.append(self._held)


def _check_result_forms(entries: Entries, sample: SamplePart, rounds: Sequence[RoundPart]) -> None:
    """Step 1 of the result files; what they say is judged later."""
    where = f"{sample.name}/"
    frozen.ALLOCATION.read(sample.content("allocation.csv"), where + "allocation.csv")
    frozen.SAMPLE.read(sample.content("sample.csv"), where + "sample.csv")
    notices = sample.content("notices.txt").decode("ascii", "replace")
    checked(notices, Form("digest-line", canonical.DIGEST + "\n"), where + "notices.txt")
    for part in rounds:
        where = f"{part.name}/"
        frozen.PACKETS.read(part.content("packets.csv"), where + "packets.csv")
        if where + layout.INFEASIBLE in entries:
            read_infeasible(part.content(layout.INFEASIBLE), where + layout.INFEASIBLE)
        else:
            frozen.ASSIGNMENT.read(part.content(layout.ASSIGNMENT), where + layout.ASSIGNMENT)


def _same(part: Part, name: str, expected: bytes) -> None:
    found = part.content(name)
    if found == expected:
        return
    row, left, right = next(_differences(found, expected))
    raise RuleError("file-differs", file=f"{part.name}/{name}", row=row, found=left, must=right)


def _differences(found: bytes, expected: bytes) -> Iterator[tuple[int, str, str]]:
    left, right = (data.decode("utf-8", "replace").split("\n") for data in (found, expected))
    length = max(len(left), len(right))
    for row in range(length):
        a, b = (lines[row] if row < len(lines) else "" for lines in (left, right))
        if a != b or row == length - 1:
            yield row + 1, a[:120], b[:120]
