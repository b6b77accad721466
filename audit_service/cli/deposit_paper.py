"""Two sealed envelopes: the secret of a draw on paper, a whole copy for each of two holders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit_service.cli.output import Console
from audit_service.cli.record_words import two_lines
from audit_service.core.acts import Act, beijing_day
from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Column, Heading, PageBreak, Paper, Table, plain
from audit_service.sealing import Deposit

COPIES: Final = 2
"""Whole copies, not halves: one holder who is ill, or one envelope that is lost, must not lose the draw."""


def deposit_paper(console: Console, deposit: Deposit, act: Act) -> Paper:
    """The paper of both envelopes, a page each."""
    return Paper(
        title=console.text("deposit.title"),
        subtitle=deposit.name,
        marks=(*((console.text("record.demo"),) if act.demo else ()), console.text("deposit.mark")),
        blocks=tuple(_copies(console, deposit, act)),
        footer=console.text("deposit.footer", name=deposit.name, page=PAGE, pages=PAGES),
        at=act.at,
        chinese=console.language == "zh",
    )


def _copies(console: Console, deposit: Deposit, act: Act) -> Iterator[Block]:
    for number in range(1, COPIES + 1):
        if number > 1:
            yield PageBreak()
        yield Heading(console.text("deposit.copy", number=number, copies=COPIES))
        yield _facts(console, deposit)
        group = "round" if "/" in deposit.name else "draw"
        told = console.text("deposit.instructions", reveal_by=deposit.reveal_by, name=deposit.name, group=group)
        yield plain(told, "Note")
        yield plain("""printf '%s' "$secret" | sha256sum""", "Code")
        yield plain(console.text("deposit.digest-says"), "Note")
        day = beijing_day(act.at).isoformat()
        rows = [(console.text("deposit.holder"), ""), (console.text("deposit.handed-on"), day)]
        yield Blanks((44, 112), [*rows, (console.text("deposit.signature"), "")])


def _facts(console: Console, deposit: Deposit) -> Table:
    rows = [
        (console.text("deposit.of"), deposit.name),
        (console.text("deposit.c"), two_lines(deposit.c)),
        (console.text("deposit.secret"), two_lines(deposit.secret)),
        (console.text("deposit.digest"), two_lines(deposit.digest)),
        (console.text("deposit.reveal-by"), deposit.reveal_by),
    ]
    return Table((Column("", 34, "left", strong=True), Column("", 122, "left")), rows)
