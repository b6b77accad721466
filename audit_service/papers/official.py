"""The frame that the papers after an inspection share: title, document number, addressee, text, who signs and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from audit_service.core.acts import Act
from audit_service.core.canonical import parse_date
from audit_service.files.paper import PAGE, PAGES, Block, Column, Paper, Table, plain
from audit_service.papers.record_words import Words


def official(
    words: Words, act: Act, kind: str, *, number: str, addressee: str, blocks: Sequence[Block], by: str, day: str
) -> Paper:
    """A paper of a kind (its texts begin with `paper.KIND.`); without a document number it is marked as a draft.

    `by` is who issues it, `day` the ISO day of the document, empty in a draft.
    """
    title = words.text(f"paper.{kind}.title")
    return Paper(
        title=title,
        subtitle=number or words.text("paper.number-open"),
        marks=tuple(_marks(words, act, number)),
        blocks=(*([plain(addressee, "Addressee")] if addressee else []), *blocks, *_seal(words, by, day)),
        footer=words.text("paper.footer", title=title, number=number or "—", page=PAGE, pages=PAGES),
        at=act.at,
        chinese=words.language == "zh",
    )


def _marks(words: Words, act: Act, number: str) -> Iterator[str]:
    if act.demo:
        yield words.text("record.demo")
    if not number:
        yield words.text("paper.draft")


def _seal(words: Words, by: str, day: str) -> Iterator[Block]:
    yield plain(by, "Seal", keep=True)
    yield plain(told_day(words, day) or words.text("paper.day-open"), "Seal")


def told_day(words: Words, day: str) -> str:
    """A day as papers write it; nothing where there is none."""
    return words.day(as_date(day)) if day else ""


def as_date(day: str) -> date:
    """An ISO day that is kept."""
    return parse_date(day, "day")


def listed(words: Words, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> Table:
    """A table under an official text: headings by code with their widths, the first column numbers the rows."""
    heads = [Column(words.text("paper.column.ordinal"), 12)]
    heads += [Column(words.text(f"paper.column.{code}"), width, "left") for code, width in columns]
    return Table(tuple(heads), [[str(number), *row] for number, row in enumerate(rows, start=1)])
