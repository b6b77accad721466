"""The record of a draw from its events on: the numbers, the counts, the units, how to verify, the signatures."""

from __future__ import annotations

from collections.abc import Iterator

from audit_service.files.paper import Blanks, Block, Column, Heading, Table, plain
from audit_service.papers.record_words import NONE, Words, beijing, spaced, two_lines
from audit_service.use_cases.record import Record
from audit_service.use_cases.views import StratumView


def seed(words: Words, record: Record) -> Iterator[Block]:
    """The numbers of the events that decided, the secret of a sealed draw, and SEED."""
    fallback = record.decided != record.commitment.events
    columns = (
        words.left("fallback" if fallback else "event", 42),
        words.middle("event-name", 32),
        words.middle("value", 82),
    )
    yield Table(columns, [[words.source(e), e.event, spaced(e, record.values[e.name])] for e in record.decided])
    if fallback:
        shown = "record.fallback-document" if record.done.cancelled_by else "record.fallback-used"
        yield words.note(shown, document=record.done.cancelled_by)
    if all(event.source == "d10" for event in record.decided):
        yield words.note("record.dice-alone")
    yield words.facts(
        ("record.public", record.done.public.replace(",", ",\n")),
        *_secret(words, record),
        ("record.seed-value", two_lines(record.done.seed)),
    )
    for correction in record.done.corrections:
        yield words.note("record.corrected", wrong=correction["wrong"], document=correction["document"])
    yield words.note("record.seed-says-sealed" if record.secret else "record.seed-says-open")


def _secret(words: Words, record: Record) -> Iterator[tuple[str, str]]:
    if record.commitment.reveal_by:
        yield "record.secret-committed", two_lines(record.commitment.secret)
        yield "record.reveal-by", words.day(record.commitment.reveal_by)
        yield "record.revealed", words.text("record.revealed-at", at=beijing(record.done.acts["revealed"].at))
        yield "record.deposit", _deposited(words, record)
        yield "record.secret", two_lines(record.secret)


def _deposited(words: Words, record: Record) -> str:
    progress = record.done.progress
    if progress.deposit_shown_in_time and progress.deposit_shown_at:
        return words.text("record.deposit-at", at=beijing(progress.deposit_shown_at))
    if progress.deposited_in_time and progress.deposited_at:
        return words.text("record.deposit-said", at=beijing(progress.deposited_at))
    return words.text("record.deposit-none")


def counts(words: Words, record: Record) -> Iterator[Block]:
    """How many units are listed, excluded and sampled, by stratum and by city."""
    yield Heading(words.text("record.by-stratum"), 2)
    yield _by_stratum(words, record)
    yield Heading(words.text("record.by-city"), 2)
    yield _by_city(words, record)
    yield words.note("record.by-city-says")


def _by_stratum(words: Words, record: Record) -> Table:
    columns = (
        words.left("stratum", 33),
        words.middle("listed", 13),
        words.middle("excluded", 18),
        words.left("ground", 46),
        words.middle("units", 15),
        words.middle("rate", 13),
        words.middle("sampled", 18),
    )
    strata = record.view.strata
    total = [
        words.text("record.column.total"),
        str(sum(stratum.listed for stratum in strata)),
        str(sum(stratum.excluded for stratum in strata)),
        "",
        str(sum(stratum.units for stratum in strata)),
        "",
        str(len(record.selected)),
    ]
    return Table(columns, [*(_stratum_row(words, record, stratum) for stratum in strata), total], total=True)


def _stratum_row(words: Words, record: Record, stratum: StratumView) -> list[str]:
    grounds = [
        words.text("record.ground-count", ground=words.named("ground", ground), count=count)
        for (of, ground), count in sorted(record.excluded.items())
        if of == stratum.stratum
    ]
    return [
        words.named("stratum", stratum.stratum),
        str(stratum.listed),
        str(stratum.excluded),
        "\n".join(grounds) or NONE,
        str(stratum.units),
        f"{stratum.rate_bp / 100:g}%",
        str(stratum.sampled),
    ]


def _by_city(words: Words, record: Record) -> Table:
    strata = [stratum.stratum for stratum in record.view.strata]
    sampled = record.sample.sampled_of
    rows = []
    for city in record.cities:
        found = [sampled.get((stratum, city)) for stratum in strata]
        shown = [NONE if count is None else str(count) for count in found]
        rows.append([words.city(city), *shown, str(sum(count or 0 for count in found))])
    totals = [sum(count for (of, _), count in sampled.items() if of == stratum) for stratum in strata]
    rows.append([words.text("record.column.total"), *map(str, totals), str(sum(totals))])
    labels = (Column(words.named("stratum", stratum), 96 / len(strata)) for stratum in strata)
    return Table((words.left("city", 42), *labels, words.middle("total", 18)), rows, total=True)


def sample(words: Words, record: Record) -> Iterator[Block]:
    """Every sampled unit, and the root of the tree from which each is told its own result."""
    methods = {stratum.stratum: stratum.method for stratum in words.programme.strata}
    yield words.note("record.sample-says", count=len(record.selected), keep=True)
    columns = (
        words.middle("ordinal", 11),
        words.left("city", 36.5),
        words.middle("unit", 20.5),
        words.left("name", 31),
        words.left("stratum", 30),
        words.middle("method", 27),
    )
    rows = [
        [
            str(number),
            words.city(row.city),
            row.unit,
            words.unit(row.unit),
            words.named("stratum", row.stratum),
            words.named("method", methods[row.stratum]),
        ]
        for number, row in enumerate(record.selected, start=1)
    ]
    yield Table(columns, rows)
    yield words.facts(("record.notices", two_lines(record.view.notices)))
    yield words.note("record.notices-says")


def substitutions(words: Words, record: Record) -> Iterator[Block]:
    """Which units were replaced, by which, on which document."""

    def shown(unit: str) -> str:
        return f"{unit}\n{words.names.whole(unit, record.sample.by_unit[unit].city) or NONE}"

    yield words.note("record.substitutions-says", keep=True)
    columns = (
        words.middle("batch", 14),
        words.left("replaced", 50),
        words.left("substitute", 50),
        words.left("shown-by", 42),
    )
    rows = [
        [
            str(row.batch),
            shown(row.unit),
            shown(row.substitute) if row.substitute else words.text("record.no-substitute"),
            record.documents[row.unit],
        ]
        for row in record.view.substitutions
    ]
    yield Table(columns, rows)


def verify(words: Words, record: Record) -> Iterator[Block]:
    """How anybody checks it, in short. The last line stays with the signatures: they never have a page of their own."""
    commands = {
        "c": "sha256sum sample/commitment.json",
        "public": "",
        "seed": """printf '%s' "$C/$public/$secret" | sha256sum""",
        "ticket": r"""printf '%s' "$unit/$SEED" | od -An -v -tx1 | tr -d ' \n' | sha256sum""",
        "bundle": f"python3 verify.py {record.commitment.draw}.zip --anchors anchors.txt",
    }
    for step, typed in commands.items():
        yield words.note(f"record.verify.{step}", keep=bool(typed))
        if typed:
            yield plain(typed, "Code", keep=step == "bundle")


def signatures(words: Words, _: Record) -> Iterator[Block]:
    """Where operator, supervisor and recorder sign."""
    yield plain(words.text("record.signatures-says"), keep=True)
    day, blank = words.text("record.date-label"), words.text("record.date-blank")
    signers = [words.text(f"record.{who}") for who in ("operator", "supervisor", "recorder")]
    yield Blanks((44, 42, 20, 50), [(signer, "", day, blank) for signer in signers])
