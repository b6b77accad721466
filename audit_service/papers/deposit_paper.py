"""Two sealed envelopes: the secret of a draw on paper, a whole copy for each of two holders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit_service.core.acts import Act, beijing_day
from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Column, Heading, PageBreak, Paper, Table, plain
from audit_service.papers.record_words import two_lines
from audit_service.papers.wording import Wording
from audit_service.sealing import Deposit

COPIES: Final = 2
"""Whole copies, not halves: one holder who is ill, or one envelope that is lost, must not lose the draw."""


def deposit_paper(wording: Wording, deposit: Deposit, act: Act) -> Paper:
    """The paper of both envelopes, a page each."""
    return Paper(
        title=wording.text("deposit.title"),
        subtitle=deposit.name,
        marks=(*((wording.text("record.demo"),) if act.demo else ()), wording.text("deposit.mark")),
        blocks=tuple(_copies(wording, deposit, act)),
        footer=wording.text("deposit.footer", name=deposit.name, page=PAGE, pages=PAGES),
        at=act.at,
        chinese=wording.language == "zh",
    )


def _copies(wording: Wording, deposit: Deposit, act: Act) -> Iterator[Block]:
    for number in range(1, COPIES + 1):
        if number > 1:
            yield PageBreak()
        yield Heading(wording.text("deposit.copy", number=number, copies=COPIES))
        yield _facts(wording, deposit)
        group = "round" if "/" in deposit.name else "draw"
        told = wording.text("deposit.instructions", reveal_by=deposit.reveal_by, name=deposit.name, group=group)
        yield plain(told, "Note")
        yield plain("""printf '%s' "$secret" | sha256sum""", "Code")
        yield plain(wording.text("deposit.digest-says"), "Note")
        day = beijing_day(act.at).isoformat()
        rows = [(wording.text("deposit.holder"), ""), (wording.text("deposit.handed-on"), day)]
        yield Blanks((44, 112), [*rows, (wording.text("deposit.signature"), "")])


def _facts(wording: Wording, deposit: Deposit) -> Table:
    rows = [
        (wording.text("deposit.of"), deposit.name),
        (wording.text("deposit.c"), two_lines(deposit.c)),
        (wording.text("deposit.secret"), two_lines(deposit.secret)),
        (wording.text("deposit.digest"), two_lines(deposit.digest)),
        (wording.text("deposit.reveal-by"), deposit.reveal_by),
    ]
    return Table((Column("", 34, "left", strong=True), Column("", 122, "left")), rows)
