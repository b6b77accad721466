"""What a step of a finding or of an exit case says, and what any step must say: one form for both, kept in its act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from audit_service.core.canonical import parse_date
from audit_service.errors import Refused


@dataclass(frozen=True)
class Shown:
    """A file that shows something: its name, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    digest: str


@dataclass(frozen=True)
class Said:
    """A step that was taken: on which day (ISO, in Beijing), by which document (文号), and what else it says.

    `text` is what was said or why; `person` who did or is to do it, by name or code; `deadline` a day that it sets;
    `ending` how a case is to end; `number` that of an objection, from 1; `files` what shows it; `findings` those that
    it is about; `request` the act by which it was asked for, where a second person confirmed it, else 0. `told_on` is
    the day from which a period or deadline that it sets runs: nobody but the program says it, and it is empty of other
    steps. `on_paper`: it is another's step, which came on paper, and which the office recorded in their place.
    """

    step: str
    day: str
    document: str = ""
    text: str = ""
    person: str = ""
    deadline: str = ""
    ending: str = ""
    number: int = 0
    files: tuple[Shown, ...] = ()
    findings: tuple[str, ...] = ()
    request: int = 0
    told_on: str = ""
    on_paper: bool = False

    @property
    def details(self) -> dict[str, object]:
        """As it is kept in its act: what it says, and nothing of what it does not. The act itself keeps `request`."""
        said = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "request"}
        shown = [{"name": file.name, "digest": file.digest} for file in self.files]
        told = {**said, "files": shown, "findings": list(self.findings)}
        return {name: value for name, value in told.items() if value}


PAPER: Final = ("document", "files")
"""What the office must show of a step that it records in another's place: the paper's number, and its scan."""
_NAMES: Final = frozenset(field.name for field in fields(Said))


def read_said(details: Mapping[str, Any]) -> Said:
    """A step as its act keeps it; details that are none of a step's are left to whoever wrote them."""
    known = {name: value for name, value in details.items() if name in _NAMES}
    files = tuple(Shown(**file) for file in known.get("files", ()))
    return Said(**{**known, "files": files, "findings": tuple(known.get("findings", ()))})


def check_said(said: Said, needs: Iterable[str]) -> None:
    """Refuse a step that does not say what it must: `step-lacks`, naming the first thing that is missing."""
    for name in (*needs, *(PAPER if said.on_paper else ())):
        value = getattr(said, name)
        if not (value.strip() if isinstance(value, str) else value):
            raise Refused("step-lacks", step=said.step, field=name)


def check_day(said: Said, before: str, today: str) -> None:
    """Refuse a step of a day that is none, that is still to come, or that lies before what it follows."""
    parse_date(said.day, "day")
    if said.day > today:
        raise Refused("step-ahead", step=said.step, day=said.day, today=today)
    if said.day < before:
        raise Refused("step-before", step=said.step, day=said.day, before=before)
