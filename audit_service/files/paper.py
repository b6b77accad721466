"""Papers as values: a title, blocks, a footer. They know nothing of what they say, nor of the format they end in.

Every paper of the service is made of these blocks; `word` writes them as a .docx, `pdf` as a PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

PAGE: Final = "{page}"
PAGES: Final = "{pages}"
"""Where a footer has these, the number of the page and of all pages is put."""


TextStyle = Literal["Body Text", "Addressee", "Note", "Code", "Seal"]
"""How a paragraph is set: an addressee begins at the margin, a seal (who signs, and when) stands at the right."""


@dataclass(frozen=True)
class Heading:
    """A heading of the first or second level."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; a strong one stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text, of a note or of what is typed as it stands; `keep` holds it to what follows."""

    runs: tuple[Run, ...]
    style: TextStyle = "Body Text"
    keep: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table. Widths are shares of the page's width; a grouped column joins cells that say the same."""

    heading: str
    width: float
    align: Literal["left", "center", "right"] = "center"
    strong: bool = False
    grouped: bool = False


@dataclass(frozen=True)
class Table:
    """A table as wide as the page's text. It has a header row, repeated on new pages, if a column has a heading.

    A line feed in a cell begins a new line. With `total` the last row stands out.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    total: bool = False

    @property
    def has_header(self) -> bool:
        return any(column.heading for column in self.columns)


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand: in each, labels and what stands on the rule beside them, with their widths."""

    widths: tuple[float, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Code:
    """A text that a telephone reads from paper, and what stands below it."""

    text: str
    caption: str


@dataclass(frozen=True)
class Codes:
    """Codes side by side, at most two, each so many millimetres wide: a telephone wants half a millimetre a module."""

    codes: tuple[Code, ...]
    width: int = 74


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | Table | Blanks | Codes | PageBreak


@dataclass(frozen=True)
class Paper:
    """A whole paper. Marks stand under its title and at the head of the later pages.

    A line feed in the subtitle begins a new line; what follows a tab in the footer stands at the right.
    """

    title: str
    subtitle: str
    marks: tuple[str, ...]
    blocks: Sequence[Block]
    footer: str
    at: datetime
    chinese: bool


def plain(text: str, style: TextStyle = "Body Text", *, keep: bool = False) -> Paragraph:
    """A paragraph in which nothing stands out."""
    return Paragraph((Run(text),), style, keep)
