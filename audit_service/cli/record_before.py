"""The record of a draw up to its events: what it rests on, its rules, what was done, what was bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit_service.cli.record_words import Words, beijing, two_lines, utc
from audit_service.core.commitment import FILE_NAMES
from audit_service.core.events import Event
from audit_service.files.word import Blanks, Block, Table
from audit_service.use_cases.record import Record


def basis(words: Words, record: Record) -> Iterator[Block]:
    """Campaign, draw, policy, and the document that the policy follows."""
    document = dict(words.programme.document)
    commitment = record.commitment
    title = words.of(words.programme.title)
    replaced = words.text("replaces-named", draw=commitment.replaces) if commitment.replaces else ""
    yield words.facts(
        ("campaign", commitment.campaign),
        ("draw", commitment.draw),
        ("policy", words.text("policy-named", title=title, policy=words.programme.policy)),
        ("document", document["title"]),
        ("number", document["number"]),
        ("issuer", document["issuer"]),
        ("dated", words.document_day(document["date"])),
        ("kind", words.text("kind-sealed" if commitment.sealed else "kind-open")),
        ("replaces", replaced),
    )


def rules(words: Words, _: Record) -> Iterator[Block]:
    """Every rule of the strata and exclusions with its place and words."""
    rows = [
        [words.of(stratum.label), words.rule_name(name), *words.origin(rule)]
        for stratum in words.programme.strata
        for name, rule in stratum.rules
    ]
    for ground in words.programme.exclusions:
        strata = words.text("list-join").join(words.named("stratum", stratum) for stratum in ground.strata)
        name = words.text("rule.exclusion", ground=words.of(ground.label))
        rows.append([strata, name, *words.origin(ground.rule)])
    columns = (
        words.left("stratum", 32, grouped=True),
        words.left("rule", 28),
        words.middle("place", 22),
        words.left("words", 74),
    )
    yield Table(columns, rows)


def course(words: Words, record: Record) -> Iterator[Block]:
    """Who did what when; and where and when the meeting was, to be filled in."""
    acts = {"frozen": record.view.frozen, **record.done.acts}
    rows = [
        [words.text(f"act.{what}"), beijing(act.at), utc(act.at), act.by]
        for what, act in sorted(acts.items(), key=lambda entry: entry[1].at)
    ]
    columns = (words.left("act", 36), words.middle("beijing", 42), words.middle("utc", 42), words.middle("by", 36))
    yield Table(columns, rows)
    yield Blanks((30, 126), ((words.text("place"), ""), (words.text("time"), words.text("time-blank"))))


def commitment(words: Words, record: Record) -> Iterator[Block]:
    """C, the frozen files with their digests, the events and the fallback ones."""
    files = record.view.draw.files
    counts = {"units": len(files.frame), "excluded": len(files.exclusions)}
    yield words.facts(("c", two_lines(record.done.c)))
    yield words.note("commitment-says")
    rows = [
        [FILE_NAMES[key], words.text(f"file.{key}", **counts), two_lines(digest)]
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
