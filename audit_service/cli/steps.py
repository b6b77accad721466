"""The options by which a step of a finding or a case is told, made of what the step must say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

import click

from audit_service.cli.output import Console, help_text
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.after import ENDINGS
from audit_service.core.canonical import sha256_hex
from audit_service.core.steps import PAPER, Said, Shown
from audit_service.files.folders import read_file, write_file
from audit_service.files.kinds import kind_of
from audit_service.use_cases import step_files
from audit_service.use_cases.visited import File
from schemas.answers.outcomes import file_json

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from audit_service.core.acts import Act
    from audit_service.use_cases.policies import Policies

Stood_co = TypeVar("Stood_co", covariant=True)
known_file: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
new_file: Final = click.Path(dir_okay=False, path_type=Path)
ALWAYS: Final = ("document", "text", "files")
_KINDS: Final[dict[str, dict[str, Any]]] = {
    "document": {"metavar": "TEXT"},
    "text": {"metavar": "TEXT"},
    "person": {"metavar": "NAME"},
    "deadline": {"metavar": "DATE"},
    "ending": {"type": click.Choice(ENDINGS)},
    "number": {"type": click.IntRange(min=1), "metavar": "N"},
    "findings": {"multiple": True, "metavar": "NAME"},
}


def said_options(
    needs: Sequence[str], may: Sequence[str] = ALWAYS
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--on`, and an option for each thing that a step must or may say."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for what in reversed([name for name in dict.fromkeys((*needs, *may)) if name != "request"]):
            function = _option(what, required=what in needs)(function)
        return click.option("--on", "day", metavar="DATE", help=help_text("option.step-on"))(function)

    return decorate


def _option(what: str, *, required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    told = help_text(f"option.step-{what}")
    if what == "files":
        return click.option(
            "--file", "files", multiple=True, required=required, type=known_file, metavar="FILE", help=told
        )
    name = "--finding" if what == "findings" else f"--{what}"
    return click.option(name, what, required=required, help=told, **_KINDS[what])


class Sent(NamedTuple):
    """A file that is given with a step."""

    file: File
    data: bytes

    @property
    def shown(self) -> Shown:
        return Shown(self.file.name, self.file.digest)


def sent_files(told: dict[str, Any]) -> list[Sent]:
    """The files that options name; `Unreadable` for one that is not taken."""
    return [sent_file(path) for path in told.get("files", ())]


def sent_file(path: Path) -> Sent:
    """One file; `Unreadable` if it is not taken."""
    data = read_file(path)
    return Sent(File(sha256_hex(data), path.name, kind_of(path.name, data), len(data)), data)


@contextmanager
def with_files(console: Console, sent: Sequence[Sent], attach: Callable[[File], None]) -> Iterator[None]:
    """Within a transaction: take a step with its files. They are put where evidence lies when it was not refused, and
    before the transaction ends."""
    for each in sent:
        attach(each.file)
    yield
    for each in sent:
        console.runtime.keeping.put(each.data)


class Taking(Protocol[Stood_co]):
    """Where the steps of findings are taken, or those of cases: a room of `use_cases`."""

    def attach(self, db: Connection, act: Act, policies: Policies, name: str, file: File, *, city: str = "") -> None:
        """Keep a file for a step."""

    def take_step(
        self, db: Connection, act: Act, policies: Policies, name: str, said: Said, *, city: str = ""
    ) -> Stood_co:
        """Take a step."""


def taken(
    console: Console, taking: Taking[Stood_co], name: str, step: str, told: dict[str, Any], by: str | None,
    *, on_paper: bool,
) -> Stood_co:  # fmt: skip
    """What a finding or a case is after the step that options say, taken with its files."""
    sent = sent_files(told)
    said = said_from(console, step, told, sent, on_paper=on_paper)
    policies = console.runtime.policy
    with console.runtime.begin() as db:
        act, city = console.act(by), own_city(console)
        with with_files(console, sent, lambda file: taking.attach(db, act, policies, name, file, city=city)):
            return taking.take_step(db, act, policies, name, said, city=city)


def write_step_file(console: Console, one: Callable[..., object], name: str, digest: str, out: Path) -> None:
    """Write a file of a finding or a case out, which `one` finds for who may see it, and say so."""
    with console.runtime.look() as db:
        one(db, console.runtime.policy, today(console), name)
        kept = step_files.one_file(db, name, digest)
    write_kept(console, kept, out)


def write_kept(console: Console, file: File, out: Path) -> None:
    """Write a file that is kept out, and say so."""
    write_file(out, console.runtime.keeping.get(file.digest))
    console.say("evidence-written", file=out)
    console.result(file_json(file))


def office_needs(needs: Sequence[str]) -> tuple[str, ...]:
    """What the office must say of a step that it records in the city's place."""
    return tuple(dict.fromkeys((*needs, *PAPER)))


def said_from(
    console: Console, step: str, told: dict[str, Any], sent: Sequence[Sent] = (), *, on_paper: bool = False
) -> Said:
    """The step that options say; without `--on` it was taken today."""
    day = told.get("day")
    on = read_day(console, "--on", day) if day else beijing_day(console.runtime.now())
    deadline = told.get("deadline")
    until = read_day(console, "--deadline", deadline).isoformat() if deadline else ""
    plain: dict[str, Any] = {what: told.get(what) or "" for what in ("document", "text", "person", "ending")}
    plain |= {"files": tuple(each.shown for each in sent), "on_paper": on_paper}
    more: dict[str, Any] = {"number": told.get("number") or 0, "findings": tuple(told.get("findings") or ())}
    return Said(step=step, day=on.isoformat(), deadline=until, **plain, **more)


def today(console: Console) -> str:
    """The present day in Beijing."""
    return beijing_day(console.runtime.now()).isoformat()


def own_city(console: Console) -> str:
    """The city to which an account is limited; empty for others, and in one-office mode."""
    return console.caller.account.city if console.caller else ""


def show_steps(console: Console, steps: Sequence[Said]) -> None:
    """The steps that were taken, a line each."""
    for said in steps:
        told = [said.document, said.person, said.deadline, *said.findings, said.text]
        told += [file.name for file in said.files]
        what = console.text(f"step.{said.step}") + (console.text("step-on-paper") if said.on_paper else "")
        console.show(f"  {said.day}  {what}  {'  '.join(filter(None, told))}".rstrip())
