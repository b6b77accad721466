"""The parts of a bundle, its sample and its rounds, and the checks that need no draw (docs/protocol.md, section 7,
steps 1 and 3 to 6). Verification names each by its step; replaying does them all before it draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit_service.core import canonical, layout, replay
from audit_service.core.canonical import A_DIGEST, SOME_TEXT, checked
from audit_service.core.commitment import ASSIGNMENT, SAMPLE, Commitment, check_files, read_commitment
from audit_service.core.events import check_public, parse_public, used_events
from audit_service.core.seed import committed_secret, seed_of
from audit_service.errors import RuleError

Entries = Mapping[str, bytes]
Values = dict[tuple[str, str], str]
"""The value of each source and event that a bundle's parts have named so far."""


@dataclass(frozen=True)
class Seeds:
    """`seed.json`."""

    public: str
    secret: str
    seed: str


@dataclass(frozen=True)
class Part:
    """A sample or a round of a bundle: its folder's name, its commitment, C, its seed, and its files' bytes."""

    name: str
    commitment: Commitment
    c: str
    seeds: Seeds
    content: Callable[[str], bytes]

    @property
    def dice_alone(self) -> bool:
        """Whether only witnesses can vouch for the seed: every event that gave it was a throw of dice."""
        return all(part.startswith("d10:") for part in self.seeds.public.split(","))

    @property
    def fallback_used(self) -> bool:
        """Whether the fallback events gave the seed. Only for a part whose public value holds."""
        events, fallback = self.commitment.events, self.commitment.fallback
        return used_events(parse_public(self.seeds.public), events, fallback) != events


@dataclass(frozen=True)
class SamplePart(Part):
    """The sample draw of a bundle."""

    files: replay.SampleFiles


@dataclass(frozen=True)
class RoundPart(Part):
    """A round of a bundle."""

    files: replay.RoundFiles
    number: int


def read_seeds(data: bytes, where: str) -> Seeds:
    """`seed.json` as a value; `FormError` if it is not one. Its public text is judged by `check_value`."""
    found = canonical.keyed(canonical.read_json(data, where), ("public", "secret", "seed"), where)
    return Seeds(
        checked(found["public"], SOME_TEXT, where),
        checked(found["secret"], canonical.A_DIGEST_OR_NOTHING, where),
        checked(found["seed"], A_DIGEST, where),
    )


def write_seeds(seeds: Seeds) -> bytes:
    """The inverse of `read_seeds`."""
    return canonical.write_json({"public": seeds.public, "secret": seeds.secret, "seed": seeds.seed})


def read_sample_part(entries: Entries) -> SamplePart:
    """The sample's frozen files, commitment and seed; `FormError` for what breaks its form."""
    folder = layout.sample_folder()
    part = _read_part(entries, folder, SAMPLE)
    return SamplePart(**vars(part), files=replay.read_sample_files(part.content, folder))


def read_round_part(entries: Entries, number: int) -> RoundPart:
    """A round's frozen files, commitment and seed; `FormError` for what breaks its form."""
    folder = layout.round_folder(number)
    part = _read_part(entries, folder, ASSIGNMENT)
    return RoundPart(**vars(part), files=replay.read_round_files(part.content, folder), number=number)


def _read_part(entries: Entries, folder: str, kind: str) -> Part:
    def content(name: str) -> bytes:
        return entries[folder + name]

    data = content("commitment.json")
    return Part(
        folder.rstrip("/"),
        read_commitment(data, kind, folder + "commitment.json"),
        replay.c_of(data),
        read_seeds(content("seed.json"), folder + "seed.json"),
        content,
    )


def check_frozen_sample(part: SamplePart) -> None:
    """Step 3 of the sample: digests, and the rules that need no seed."""
    check_files(part.commitment, part.content, part.seeds.secret)
    part.commitment.check()
    part.files.check()


def check_frozen_round(part: RoundPart, sample: SamplePart, earlier: RoundPart | None) -> None:
    """Step 3 of a round: digests, that it belongs to this sample, and the rules that need no seed."""
    check_files(part.commitment, part.content, part.seeds.secret)
    part.commitment.check()
    _check_belongs(part, sample)
    if earlier and part.content("teams.json") != earlier.content("teams.json"):
        raise RuleError("teams-changed", round=part.name, earlier=earlier.name)
    part.files.check(sample.files)


def _check_belongs(part: RoundPart, sample: SamplePart) -> None:
    own, other = part.commitment, sample.commitment
    if (own.campaign, own.draw) != (other.campaign, other.draw):
        raise RuleError("round-other-draw", found=own.draw, must=other.draw)
    if own.sample != sample.c:
        raise RuleError("round-other-sample", found=own.sample, must=sample.c)
    if own.round != part.number:
        raise RuleError("round-other-number", found=own.round, must=part.number)


def check_secret(part: Part) -> None:
    """Step 4: the secret is the committed one."""
    if committed_secret(part.seeds.secret) != part.commitment.secret:
        raise RuleError("secret-other", committed=part.commitment.secret or "-")


def check_value(part: Part, known: Values) -> None:
    """Step 5 without anchors: the public value is well formed, of the committed events, and contradicts none known."""
    values = check_public(part.seeds.public, part.commitment.events, part.commitment.fallback)
    for name, value in values.items():
        if known.setdefault(name, value) != value:
            raise RuleError("public-contradicts", event=":".join(name), found=value, other=known[name])


def check_seed(part: Part) -> None:
    """Step 6: SEED follows from C, the public value and the secret."""
    must = seed_of(part.c, part.seeds.public, part.seeds.secret)
    if part.seeds.seed != must:
        raise RuleError("seed-other", found=part.seeds.seed, must=must)
