"""The record of a draw on the log: the first checkpoint that holds what the record tells, kept on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit_service.files.paper import Block, Code, Codes, plain
from audit_service.papers.record_words import Words, beijing, two_lines, utc
from audit_service.use_cases.record import Record

_WIDTH: Final = 42
"""Millimetres of the code: its 61 modules or so are then two thirds of a millimetre each."""


def log(words: Words, record: Record) -> Iterator[Block]:
    """Size, root and time of the first checkpoint that holds the draw's acts, and the whole signed note as a code.

    The first one, without what witnesses added later: so the record is the same whenever it is printed.
    """
    signed = record.signed
    if signed is None:
        yield words.note("record.log-none")
        return
    checkpoint = signed.checkpoint
    yield words.note("record.log-says", keep=True)
    yield words.facts(
        ("record.log-name", checkpoint.origin),
        ("record.log-size", str(checkpoint.size)),
        ("record.log-root", two_lines(checkpoint.root.hex())),
        ("record.log-at", words.text("record.log-moment", beijing=beijing(signed.at), utc=utc(signed.at))),
    )
    yield Codes((Code(str(signed.note), words.text("record.log-code")),), _WIDTH)
    yield words.note("record.log-check", keep=True)
    yield plain(f"audit-service log contains {checkpoint.size} ROOT", "Code")
