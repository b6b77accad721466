"""What follows from what is kept: seeds, samples, assignments, results.

Results of open and of revealed draws are kept as the bytes that were published. Those of a sealed draw are not kept
before its reveal; they follow anew each time from the frozen files and the locked secret, so that a copy of the
database tells nobody who was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from audit_service.core import layout, replay
from audit_service.core.acts import Act
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.frozen import Seat, read_assignment
from audit_service.core.packets import make_packets
from audit_service.core.parts import Seeds, write_seeds
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.seed import NO_SECRET, seed_of
from audit_service.core.selection import Sample
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.store.draws import DrawRow
from audit_service.vault import Vault


@dataclass(frozen=True)
class Draw:
    """A frozen draw with its policy and its frozen files."""

    row: DrawRow
    programme: Programme
    content: Mapping[str, bytes]
    files: replay.SampleFiles
    _samples: dict[str, Sample] = field(default_factory=dict, compare=False, repr=False)

    def sample(self, seed: str) -> Sample:
        """The sample that a seed gives; drawn once, however often one command needs it."""
        if seed not in self._samples:
            self._samples[seed] = replay.draw(self.files, seed)
        return self._samples[seed]


def open_draw(db: Connection, name: str) -> Draw:
    """A draw by its name, as it was frozen; `NotFound` if there is none."""
    row = store.one_draw(db, name)
    content = store.files_of(db, name, SAMPLE_ROUND)
    files = replay.read_sample_files(content.__getitem__, "")
    return Draw(row, programme_of(db, name), content, files)


def programme_of(db: Connection, name: str) -> Programme:
    """The policy that was frozen with a draw; `NotFound` if there is no such draw."""
    return read_programme(store.get_file(db, store.one_draw(db, name).programme))


def take_draw(db: Connection, act: Act, name: str) -> Draw:
    """A draw on which somebody acts.

    `Refused` under a demo clock for a draw that was committed under the real one: what is real stays real.
    """
    store.one_draw(db, name)
    check_clock(db, act, name)
    return open_draw(db, name)


def check_clock(db: Connection, act: Act, name: str) -> None:
    """Refuse under a demo clock what is done to a draw that was committed under the real one."""
    sample = store.commitments_of(db, name).get(SAMPLE_ROUND)
    if act.demo and sample and not acts.act_of(db, sample.committed_in).demo:
        raise Refused("demo-on-real", draw=name)


def seeds_of(db: Connection, vault: Vault, draw: str, number: int) -> Seeds:
    """The public value, secret and seed of what was carried out."""
    row = store.commitments_of(db, draw)[number]
    secret = secret_of(vault, row)
    return Seeds(row.public, secret, seed_of(row.c, row.public, secret))


def secret_of(vault: Vault, row: store.CommitmentRow) -> str:
    """The secret of a commitment; nothing of an open one. Once it is revealed, no key is needed."""
    if row.secret or not row.locked_secret:
        return row.secret or NO_SECRET
    return vault.unlock(row.locked_secret)


def sample_of(db: Connection, vault: Vault, draw: Draw) -> Sample:
    """The sample of a draw that was carried out; `Refused` before."""
    progress = store.progress_of(db, draw.row.draw, SAMPLE_ROUND)
    progress.require(State.DRAWN, State.SET_ASIDE)
    return draw.sample(seeds_of(db, vault, draw.row.draw, SAMPLE_ROUND).seed)


def logged_root(db: Connection, name: str) -> str:
    """The root of a draw's notice tree as the log tells it: of a sealed one nothing else is kept, and of the sample it
    tells nothing. Empty before, and of draws from before the log told it."""
    told = acts.all_details(db, name, "notices")
    return str(told[-1]["root"]) if told else ""


def round_files(db: Connection, draw: str, number: int) -> replay.RoundFiles:
    """The frozen files of a round."""
    content = store.files_of(db, draw, number)
    return replay.read_round_files(content.__getitem__, "")


def results_of(db: Connection, vault: Vault, draw: Draw, number: int) -> dict[str, bytes]:
    """The result files of what was carried out, `seed.json` among them, by name."""
    kept = store.files_of(db, draw.row.draw, number)
    names = ("seed.json", *(layout.ROUND_RESULTS if number else layout.SAMPLE_RESULTS))
    if "seed.json" in kept:
        return {name: kept[name] for name in names if name in kept}
    seeds = seeds_of(db, vault, draw.row.draw, number)
    return {"seed.json": write_seeds(seeds), **derived(db, vault, draw, number, seeds)}


def derived(db: Connection, vault: Vault, draw: Draw, number: int, seeds: Seeds) -> dict[str, bytes]:
    """The result files as they follow from the frozen files and the seed, whatever is kept."""
    sample = sample_of(db, vault, draw)
    if not number:
        return replay.sample_results(sample)
    files = round_files(db, draw.row.draw, number)
    packets = make_packets(files.teams, sample, files.substitutions)
    return replay.round_results(files, packets, seeds.seed)


def latest_seats(db: Connection, vault: Vault, draw: Draw) -> list[Seat]:
    """Every seat of the latest assignment of a draw; nobody where there is none yet."""
    number = latest_round(db, draw.row.draw)
    if not number:
        return []
    return read_assignment(results_of(db, vault, draw, number)[layout.ASSIGNMENT], layout.ASSIGNMENT)


def latest_round(db: Connection, draw: str) -> int:
    """The latest round of a draw that was carried out; 0 where there is none yet."""
    numbers = (number for number in sorted(store.commitments_of(db, draw), reverse=True) if number)
    return next((number for number in numbers if store.progress_of(db, draw, number).state is State.DRAWN), 0)
