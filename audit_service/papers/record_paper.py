"""The paper of a draw, 随机抽取记录: its sections in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from audit_service.core.acts import beijing_day
from audit_service.files.paper import PAGE, PAGES, Block, Heading, Paper
from audit_service.papers import record_before as before
from audit_service.papers import record_log
from audit_service.papers import record_result as result
from audit_service.papers.record_words import Words
from audit_service.papers.wording import in_fours
from audit_service.use_cases.record import Record

_DIGITS_IN_FOOTER: Final = 16
_SECTIONS: Final[dict[str, Callable[[Words, Record], Iterator[Block]]]] = {
    "basis": before.basis,
    "rules": before.rules,
    "reconciliation": before.reconciliation,
    "course": before.course,
    "commitment": before.commitment,
    "seed": result.seed,
    "counts": result.counts,
    "sample": result.sample,
    "substitutions": result.substitutions,
    "log": record_log.log,
    "verify": result.verify,
    "signatures": result.signatures,
}
"""The sections of a record in their order, each by the code of its heading."""


def record_paper(words: Words, found: Record) -> Paper:
    """The record of a draw."""
    name, c = found.commitment.draw, in_fours(found.done.c[:_DIGITS_IN_FOOTER])
    return Paper(
        title=words.text("record.title"),
        subtitle=words.text("record.subtitle", policy=words.of(words.programme.title), draw=name),
        marks=tuple(_marks(words, found)),
        blocks=tuple(_blocks(words, found)),
        footer=words.text("record.footer", draw=name, c=c, page=PAGE, pages=PAGES),
        at=found.drawn.at,
        chinese=words.language == "zh",
    )


def _marks(words: Words, found: Record) -> Iterator[str]:
    if found.view.demo:
        yield words.text("record.demo")
    if found.set_aside:
        day = words.day(beijing_day(found.set_aside.at))
        yield words.text("record.set-aside", date=day, ground=words.named("ground", found.done.ground))


def _blocks(words: Words, found: Record) -> Iterator[Block]:
    codes = [code for code in _SECTIONS if code != "substitutions" or found.view.substitutions]
    ordinals = words.text("record.ordinals").split()
    for number, code in enumerate(codes):
        yield Heading(words.text("record.section", ordinal=ordinals[number], title=words.text(f"record.{code}")))
        yield from _SECTIONS[code](words, found)
