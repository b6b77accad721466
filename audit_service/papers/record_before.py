"""The record of a draw up to its events: what it rests on, its rules, what was done, what was bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit_service.core.commitment import FILE_NAMES
from audit_service.core.events import Event
from audit_service.core.policy import StratumRules
from audit_service.core.reconciliation import Line
from audit_service.core.rules import Rule
from audit_service.files.paper import Blanks, Block, Column, Table, plain
from audit_service.papers.record_words import NONE, Words, beijing, two_lines, utc
from audit_service.use_cases.record import Record


def basis(words: Words, record: Record) -> Iterator[Block]:
    """Campaign, draw, policy, and the document that the policy follows."""
    document = dict(words.programme.document)
    commitment = record.commitment
    title = words.of(words.programme.title)
    replaced = words.text("record.replaces-named", draw=commitment.replaces) if commitment.replaces else ""
    yield words.facts(
        ("record.campaign", commitment.campaign),
        ("record.draw", commitment.draw),
        ("record.policy", words.text("record.policy-named", title=title, policy=words.programme.policy)),
        ("record.document", document["title"]),
        ("record.number", document["number"]),
        ("record.issuer", document["issuer"]),
        ("record.dated", words.document_day(document["date"])),
        ("record.kind", words.text("record.kind-sealed" if commitment.sealed else "record.kind-open")),
        ("record.replaces", replaced),
    )


def rules(words: Words, _: Record) -> Iterator[Block]:
    """Every rule of each stratum, and the grounds on which its units are excluded, with place and words."""
    rows = [
        [words.of(stratum.label), name, *words.origin(rule)]
        for stratum in words.programme.strata
        for name, rule in _rules_of(words, stratum)
    ]
    columns = (
        words.left("stratum", 32, grouped=True),
        words.left("rule", 28),
        words.middle("place", 22),
        words.left("words", 74),
    )
    yield Table(columns, rows)


def _rules_of(words: Words, stratum: StratumRules) -> Iterator[tuple[str, Rule]]:
    for name, rule in stratum.rules:
        yield words.rule_name(name), rule
    for ground in words.programme.exclusions:
        if stratum.stratum in ground.strata:
            yield words.text("record.rule.exclusion", ground=words.of(ground.label)), ground.rule


def reconciliation(words: Words, record: Record) -> Iterator[Block]:
    """By city what the annex orders and the roster lists, what explains a difference, and which cities confirmed."""
    found, targets = record.checked.reconciliation, record.checked.programme.targets
    yield words.note("record.reconciliation-says" if found.annex else "record.reconciliation-none", keep=True)
    if not targets:
        return
    labels = [words.text("record.ordered-and-listed", target=words.named("target", t.target)) for t in targets]
    columns = (
        words.left("city", 40),
        *(Column(label, 90 / len(targets)) for label in labels),
        words.middle("confirmed", 26),
    )
    lines = {(line.city, line.target): line for line in found.lines}
    rows = [
        [words.city(city), *(_counted([lines[city, t.target]]) for t in targets), _confirmed(record, city)]
        for city in found.cities
    ]
    sums = [_counted([line for line in found.lines if line.target == t.target]) for t in targets]
    yield Table(columns, [*rows, [words.text("record.column.total"), *sums, ""]], total=True)
    yield from (plain(text) for text in _differences(words, record))


def _counted(lines: Sequence[Line]) -> str:
    return f"{sum(line.ordered for line in lines)} / {sum(line.listed for line in lines)}"


def _confirmed(record: Record, city: str) -> str:
    seen = record.checked.confirmations.get(city)
    return seen.day if seen and seen.current else NONE


def _differences(words: Words, record: Record) -> Iterator[str]:
    for line in record.checked.reconciliation.lines:
        if line.settling:
            yield words.text(
                "record.difference",
                city=words.city(line.city),
                target=words.named("target", line.target),
                difference=f"{line.difference:+d}",
                document=line.settling.document,
            )


def course(words: Words, record: Record) -> Iterator[Block]:
    """Who did what when, whether without a second person; and where and when the meeting was, to be filled in."""
    acts = {"frozen": record.view.frozen, **record.done.acts}
    rows = [
        [words.text(f"record.act.{what}"), beijing(act.at), utc(act.at), act.by]
        for what, act in sorted(acts.items(), key=lambda entry: entry[1].at)
    ]
    columns = (words.left("act", 36), words.middle("beijing", 42), words.middle("utc", 42), words.middle("by", 36))
    yield Table(columns, rows)
    if record.view.one_office:
        yield words.note("record.one-office")
    place, time = (words.text("record.place"), ""), (words.text("record.time"), words.text("record.time-blank"))
    yield Blanks((30, 126), (place, time))


def commitment(words: Words, record: Record) -> Iterator[Block]:
    """C, the frozen files with their digests, the events and the fallback ones."""
    files = record.view.draw.files
    counts = {"units": len(files.frame), "excluded": len(files.exclusions)}
    yield words.facts(("record.c", two_lines(record.done.c)))
    yield words.note("record.commitment-says", keep=True)
    rows = [
        [FILE_NAMES[key], words.text(f"record.file.{key}", **counts), two_lines(digest)]
        for key, digest in record.commitment.files.items()
    ]
    yield Table((words.left("file", 28), words.left("content", 52), words.left("digest", 76)), rows)
    yield _events(words, "event", record.commitment.events)
    if record.commitment.fallback:
        yield _events(words, "fallback", record.commitment.fallback)


def _events(words: Words, heading: str, events: Sequence[Event]) -> Table:
    columns = (
        words.left(heading, 42),
        words.middle("event-name", 32),
        words.middle("not-before", 41),
        words.middle("not-before-utc", 41),
    )
    return Table(columns, [[words.source(e), e.event, beijing(e.not_before), utc(e.not_before)] for e in events])
