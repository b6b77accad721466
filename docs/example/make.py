"""Makes the worked example of docs/protocol.md: its files in this folder, and its text in section 9.

Run it after a change to the example: `.venv/bin/python docs/example/make.py`. A test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from audit_service.core import frozen, packets, parts, replay
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import ASSIGNMENT, FILE_NAMES, SAMPLE, Commitment, write_commitment
from audit_service.core.events import Event
from audit_service.core.frame import FrameUnit
from audit_service.core.frozen import Inspector, Policy, Pool, Role, Stratum
from audit_service.core.replaying import replay_entries
from audit_service.core.seed import seed_of
from audit_service.core.selection import Sample
from audit_service.core.tickets import ticket

FOLDER = Path(__file__).resolve().parent
PROTOCOL = FOLDER.parent / "protocol.md"
START, END = "<!-- worked example: made by docs/example/make.py -->", "<!-- end of the worked example -->"

EVENT = Event("d10", "example", 20, datetime(2026, 7, 1, 4, tzinfo=UTC))
PUBLIC = "d10:example:31415926535897932386"
POLICY = Policy("example", (Stratum("all", 5000, "stratum", "look-back"),))
FRAME = [FrameUnit(f"u{number}", "all", city) for number, city in enumerate("AABBCC", start=1)]
TEAMS = (Pool("p", ("all",), 1, "forbid", (Role("lead", 1),), (("A", "B", "C"),)),)
PEOPLE = [Inspector(f"i{number}", "p", "lead", city, 1) for number, city in enumerate("ABC", start=1)]
DRAW = "EX-2026-08"  # of all draw numbers the first whose assignment has a chain


def commitment(kind: str, files: Mapping[str, bytes], sample: str = "") -> bytes:
    """The bytes of a commitment to these files."""
    blank = Commitment(kind, "2026", DRAW, (EVENT,), (), "", None, {})
    names = {key: name for key, name in FILE_NAMES.items() if name in files}
    digests = {key: sha256_hex(files[name]) for key, name in names.items()}
    return write_commitment(replace(blank, files=digests, round=1 if sample else 0, sample=sample))


def part(kind: str, files: Mapping[str, bytes], sample: str = "") -> dict[str, bytes]:
    """Frozen files, commitment and seed of one part."""
    bound = commitment(kind, files, sample)
    seed = parts.Seeds(PUBLIC, "", seed_of(sha256_hex(bound), PUBLIC, ""))
    return {**files, "commitment.json": bound, "seed.json": parts.write_seeds(seed)}


def entries() -> dict[str, bytes]:
    """Every file of the example's bundle."""
    sample = part(
        SAMPLE,
        {
            "policy.json": frozen.write_policy(POLICY),
            "frame.csv": frozen.FRAME.write(FRAME),
            "exclusions.csv": frozen.EXCLUSIONS.write([]),
        },
    )
    teams = part(
        ASSIGNMENT,
        {
            "teams.json": frozen.write_teams(TEAMS),
            "inspectors.csv": frozen.write_inspectors(PEOPLE),
            "recusals.csv": frozen.RECUSALS.write([]),
            "substitutions.csv": frozen.write_substitutions([]),
            "standing.csv": frozen.STANDING.write([]),
        },
        sha256_hex(sample["commitment.json"]),
    )
    given = {f"sample/{name}": data for name, data in sample.items()}
    given |= {f"rounds/1/{name}": data for name, data in teams.items()}
    return given | replay_entries(given)


def text(files: Mapping[str, bytes]) -> str:
    """Section 9 of the protocol."""
    sample = parts.read_sample_part(files)
    teams = parts.read_round_part(files, 1)
    drawn = replay.draw(sample.files, sample.seeds.seed)
    made = packets.make_packets(TEAMS, drawn, ())
    seed = teams.seeds.seed
    lines = [
        START,
        "",
        "Six units in three cities; half of them are drawn; packets of one unit; one leader each; three people, one from each",
        "city, with room for one packet each; nobody inspects the own city. The files are in `docs/example/`.",
        "",
        f"Sample: C = `{sample.c}`, public = `{PUBLIC}`, SEED = `{sample.seeds.seed}`.",
        "",
        *sample_lines(drawn),
        "",
        f"Round 1: C = `{teams.c}`, SEED = `{seed}`.",
        "",
        "| packet | unit | its city | `ticket(\"turn:<packet>\")` |",
        "|---|---|---|---|",
        *(f"| {p.packet} | {p.units[0]} | {min(p.cities)} | `{ticket('turn:' + p.packet, seed)}` |" for p in made),
        "",
        "| person | home city | `ticket(\"inspector:0:<person>\")` | can take |",
        "|---|---|---|---|",
        *(f"| {i.inspector} | {i.city} | `{ticket(f'inspector:0:{i.inspector}', seed)}` | {able(i, made)} |" for i in PEOPLE),
        "",
    ]  # fmt: skip
    return "\n".join([*lines, story(seed, made, files), "", END])


def sample_lines(drawn: Sample) -> list[str]:
    """The sample as a table."""
    rows = (
        f"| {r.city} | {r.unit} | `{r.ticket}` | {r.position} | {'yes' if drawn.is_selected(r) else ''} |"
        for r in drawn.units
    )
    return ["| city | unit | ticket | position | selected |", "|---|---|---|---|---|", *rows]  # fmt: skip


def able(person: Inspector, made: list[packets.Packet]) -> str:
    """The packets that a person can take at first."""
    return ", ".join(packet.packet for packet in made if person.city not in packet.cities)


def story(seed: str, made: list[packets.Packet], files: Mapping[str, bytes]) -> str:
    """What happens, seat by seat, found by the rules themselves and told in words."""
    turns = sorted((p.packet for p in made), key=lambda p: ticket(f"turn:{p}", seed), reverse=True)
    final = {row.packet: row.inspector for row in frozen.read_assignment(files["rounds/1/assignment.csv"], "")}
    city = {p.packet: min(p.cities) for p in made}
    ranked = sorted(PEOPLE, key=lambda i: ticket(f"inspector:0:{i.inspector}", seed), reverse=True)
    taken: dict[str, str] = {}
    steps = [f"The turns are {', '.join(turns)}."]
    for packet in turns[:2]:
        free = [i.inspector for i in ranked if i.inspector not in taken.values() and i.city != city[packet]]
        taken[packet] = free[0]
        steps.append(
            f"For {packet} these with load 0 can take the seat, in order of rank: {', '.join(free)}. "
            f"Least load, distance 0, highest rank: **{free[0]}** sits on {packet}."
        )
    last = turns[2]
    ranks = {i.inspector: ticket(f"inspector:1:{i.inspector}", seed) for i in PEOPLE if i.inspector in taken.values()}
    full = sorted(ranks, key=ranks.__getitem__, reverse=True)
    place = {who: packet for packet, who in taken.items()}
    mover = final[last]
    left = place[mover]
    newcomer = final[left]
    met = "; ".join(f"{who}, whose ticket `inspector:1:{who}` is `{ranks[who]}`, sits on {place[who]}" for who in full)
    steps.append(
        f"For {last} the one person still free is {newcomer}, at home in {city[last]}, who cannot take it. {' and '.join(full)} can: they "
        f"are met from {last}, in order of rank at load 1 ({met}). Being at capacity they cannot be chosen, but "
        f"{' and '.join(place[who] for who in full)} are reached through them, in this order, at distance 1."
    )
    steps.append(
        f"The search goes on from {left}, reached first: {newcomer} can take it, is met from it, and has room. "
        f"Nobody else has: **{newcomer}** is chosen."
    )
    steps.append(
        f"The chain: {newcomer} takes the seat in {left}; {left} was reached through {mover} from {last}, so {mover} leaves {left} "
        f"and takes the seat in {last}. Everybody's load is 1."
    )
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def main() -> None:
    """Write the files and the text."""
    files = entries()
    for name, data in files.items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(data)
    before, _, rest = PROTOCOL.read_text(encoding="utf-8").partition(START)
    PROTOCOL.write_text(before + text(files) + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
