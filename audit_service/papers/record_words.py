"""How the record of a draw names and writes things: labels, dates, times, digests, columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from audit_service.core.acts import in_beijing
from audit_service.core.canonical import parse_date
from audit_service.core.events import Event
from audit_service.core.policy import Programme
from audit_service.core.rules import Label, Rule
from audit_service.errors import FormError
from audit_service.files.paper import Column, Paragraph, Table, plain
from audit_service.messages import Language, catalogue
from audit_service.papers.wording import Wording, in_fours
from audit_service.use_cases.views import Names

NONE: Final = "—"


@dataclass(frozen=True)
class Words:
    """The words of a record in its reader's language."""

    wording: Wording
    programme: Programme
    names: Names

    @property
    def language(self) -> Language:
        return self.wording.language

    def text(self, code: str, **params: object) -> str:
        """A text in the reader's language."""
        return self.wording.under(self.programme).text(code, **params)

    def note(self, code: str, *, keep: bool = False, **params: object) -> Paragraph:
        """A text as a note."""
        return plain(self.text(code, **params), "Note", keep=keep)

    def of(self, label: Label) -> str:
        """A label in the reader's language."""
        return self.wording.of(label)

    def named(self, kind: str, name: str) -> str:
        """The label of a stratum, ground or method."""
        return self.wording.label(self.programme, kind, name)

    def city(self, city: str) -> str:
        """The name of a city."""
        return self.names.cities.get(city, city)

    def to_city(self, city: str) -> str:
        """To whom in a city a paper goes: to the office that the policy names, else to the place itself."""
        office = self.programme.counterpart
        if office is None:
            return self.text("paper.to-unit", unit=self.city(city))
        return self.text("paper.to-city", city=self.city(city), office=self.of(office))

    def unit(self, unit: str) -> str:
        """The name of a unit with its county."""
        return self.names.units.get(unit, NONE)

    def source(self, event: Event) -> str:
        """What kind of event it is."""
        return self.text(f"record.source.{event.source}", digits=event.digits)

    def rule_name(self, name: str) -> str:
        """The name of a rule; a policy may have rules that it names itself."""
        return self.text(f"record.rule.{name}") if f"record.rule.{name}" in catalogue() else name

    def origin(self, rule: Rule) -> tuple[str, str]:
        """Where a rule stands, and its words; or that the office chose it, and why."""
        return (self.text("record.chosen"), self.of(rule.chosen)) if rule.chosen else (rule.place, rule.words)

    def day(self, day: date) -> str:
        """A day as papers write it."""
        return self.text("record.date", year=day.year, month=day.month, day=day.day)

    def document_day(self, text: str) -> str:
        """The date of a document; a policy file may say it in any words."""
        try:
            return self.day(parse_date(text, ""))
        except FormError:
            return text

    def left(self, code: str, width: float, *, grouped: bool = False) -> Column:
        """A column that begins at the left, by the code of its heading."""
        return Column(self.text(f"record.column.{code}"), width, "left", grouped=grouped)

    def middle(self, code: str, width: float) -> Column:
        """A centred column, by the code of its heading."""
        return Column(self.text(f"record.column.{code}"), width)

    def facts(self, *rows: tuple[str, str]) -> Table:
        """Labels, by code, and what they say; those that say nothing are left out."""
        said = [(self.text(code), value) for code, value in rows if value]
        return Table((Column("", 34, "left", strong=True), Column("", 122, "left")), said)


def two_lines(digest: str) -> str:
    """A digest in groups of four on two lines, so that it breaks nowhere else."""
    return f"{in_fours(digest[:32])}\n{in_fours(digest[32:])}"


def spaced(event: Event, value: str) -> str:
    """A value to be read out: dice in groups of four, a lottery's balls one by one, at most twenty digits on a line."""
    size = 4 if event.source == "d10" else 2
    drums = ["\n".join(_cut(line, size, " ") for line in _cut(drum, 20, "\n").split()) for drum in value.split("+")]
    return "  +  ".join(drums)


def _cut(text: str, size: int, between: str) -> str:
    return between.join(text[place : place + size] for place in range(0, len(text), size))


def beijing(moment: datetime) -> str:
    """A moment in Beijing time."""
    return f"{in_beijing(moment):%Y-%m-%d %H:%M:%S}"


def utc(moment: datetime) -> str:
    """A moment in UTC."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"
