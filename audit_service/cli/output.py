"""What every command shares: its options, how it prints, and how an error becomes text and an exit status."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

import click

from audit_service import messages
from audit_service.config import well_formed
from audit_service.core.acts import Act
from audit_service.core.rights import Right
from audit_service.errors import AuditError, Refused, Unidentified
from audit_service.messages import Language
from audit_service.papers.wording import Wording
from audit_service.runtime import Runtime

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from audit_service.core.policy import Programme
    from audit_service.core.rules import Label
    from audit_service.use_cases.accounts import Caller

REFUSED: Final = 1
WRONG_USAGE: Final = 2
_MISSING: Final = re.compile(r"'(.+)' does not exist\.$", re.DOTALL)


@dataclass
class Console:
    """Where a command prints: text for people in their language, or one JSON object for programs."""

    runtime: Runtime
    language: Language
    as_json: bool
    caller: Caller | None = None
    where: Label | None = None
    """What cities are called, if a policy says it."""
    mark: str = ""
    """What stands before every line for people."""

    def marked(self, code: str) -> Console:
        """The same with a mark before every line."""
        return replace(self, mark=self.text(code))

    def under(self, programme: Programme) -> Console:
        """The same with the words of a policy."""
        return replace(self, where=programme.places)

    def act(self, by: str | None) -> Act:
        """An act of now, by the account whose token was given, or in one-office mode by whom it names."""
        if self.caller and by not in (None, self.caller.account.account):
            raise Refused("by-with-token", by=by, account=self.caller.account.account)
        return self.runtime.act(by, self.caller)

    @property
    def wording(self) -> Wording:
        """The reader's language, for what writes papers and knows no command line."""
        return Wording(self.language, self.where)

    def say(self, code: str, **params: object) -> None:
        """A line for people; on standard error where JSON was asked for."""
        self.show(self.text(code, **params))

    def show(self, line: str = "") -> None:
        """A line that is no message: a table's row, a digest."""
        put(printable(self.mark + line), err=self.as_json)

    def result(self, value: object) -> None:
        """The JSON object of a command, where it was asked for."""
        if self.as_json:
            put(json.dumps(value, ensure_ascii=False, indent=2))

    def text(self, code: str, **params: object) -> str:
        """The text of a code in the reader's language."""
        return self.wording.text(code, **params)

    def moment(self, at: datetime) -> str:
        """A moment in UTC and in Beijing time."""
        return self.wording.moment(at)

    def warn_of_new_database(self, file: str) -> None:
        """Say on standard error that a database was made just now, and from what folder it counts."""
        click.echo(printable(self.text("database-new", file=file, folder=Path.cwd())), err=True)

    def both(self, code: str, **params: object) -> str:
        """The text of a code in Chinese and in English, one after the other."""
        return "\n".join(messages.text(code, each, **params) for each in messages.LANGUAGES)


def command(
    name: str, *, right: Right | None = None, looks: bool = False, mechanical: bool = False
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with the options that all have. Its function is handed a `Console`.

    One that acts names the right that it needs, and has `--by` too. Who only looks needs none: whoever can run the
    command line has the database before them. One that `looks` has a right all the same, to be told whose the things
    are that it shows. A `mechanical` one decides nothing, and is done by the machine itself.
    """

    acts = right is not None and not looks

    def decorate(function: Callable[..., Any]) -> click.Command:
        @click.pass_obj
        @wraps(function)
        def run(runtime: Runtime, /, *, as_json: bool, lang: Language | None, **arguments: Any) -> None:
            console = Console(runtime, lang or language(), as_json)
            runtime.when_new = console.warn_of_new_database
            ended: SystemExit | None = None
            try:
                _check_texts(arguments)
                if right:
                    console.caller = _admitted(runtime, right, acts=acts)
                    runtime.admit = partial(_still_admitted, runtime, right, console.caller)
                function(console, **arguments)
            except AuditError as error:
                fail(console, error)
            except SystemExit as status:  # what was done is signed, whatever the exit status says of it
                ended = status
            finally:
                runtime.admit = lambda _: None  # what follows is the machine's own
            if acts or mechanical:
                _publish_log(console)
            if ended:
                raise ended

        wrapped: Any = run
        wrapped.right = right
        if acts:
            wrapped = click.option("--by", metavar="NAME", help=help_text("option.by"))(wrapped)
        wrapped = click.option("--lang", type=click.Choice(messages.LANGUAGES), help=help_text("option.lang"))(wrapped)
        wrapped = click.option("--json", "as_json", is_flag=True, help=help_text("option.json"))(wrapped)
        return click.command(name, help=help_text(f"help.{function.__module__.rsplit('.', 1)[-1]}.{name}"))(wrapped)

    return decorate


def _admitted(runtime: Runtime, right: Right, *, acts: bool) -> Caller | None:
    """Who acts or looks, by the token that the environment holds; nobody in particular in one-office mode."""
    from audit_service.use_cases.admission import admit

    with runtime.look() as db:
        return admit(db, runtime.settings.token, right, runtime.wall_clock(), acts=acts)


def _still_admitted(runtime: Runtime, right: Right, caller: Caller | None, db: Connection) -> None:
    """Refuse who was let in, where the post was handed over meanwhile or its token revoked."""
    from audit_service.use_cases.admission import admit

    if admit(db, runtime.settings.token, right, runtime.wall_clock(), acts=True) != caller:
        raise Unidentified("token-unknown")


def _check_texts(arguments: Mapping[str, object]) -> None:
    for name, value in arguments.items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                well_formed(name, text)


def _publish_log(console: Console) -> None:
    """Sign what was done. What was done stays done where that fails, and it is said loudly."""
    try:
        console.runtime.publish_log()
    except AuditError as error:
        why = messages.error_text(error, console.language)
        with suppress(Refused):  # where nothing can be said
            put(printable(console.text("log-unsigned", why=why)), err=True)


def printable(text: str) -> str:
    """The text without what would command the terminal: a bundle or a roster may hold anything."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def put(text: str, *, err: bool = False) -> None:
    """Write a line out; `Refused` where there is no room for it. A reader who has gone away is none of our business."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go(sys.stderr if err else sys.stdout)
        raise Refused("output-not-written", cause=error.strerror or "") from error


def _let_go(stream: TextIO) -> None:
    """What a stream still holds goes nowhere, so that the program's end does not stumble over it again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def fail(console: Console, error: AuditError, status: int = REFUSED, **more: object) -> NoReturn:
    """Say why a command was refused, and end it; `more` stands beside the error in its JSON."""
    why = messages.error_text(error, console.language)
    with suppress(Refused):  # where nothing can be said, the status says it
        put(printable(console.text("refused", why=why)), err=True)
    with suppress(Refused):
        console.result({"error": {"code": error.code, "message": why}, **more})
    sys.exit(status)


def start_failed(error: AuditError) -> NoReturn:
    """Say why the program cannot start at all, and end it."""
    _end(error.code, messages.error_text(error, language()), REFUSED)


def usage_failed(error: click.ClickException) -> NoReturn:
    """Say what is wrong with how the program was called, and end it."""
    _end("usage", _usage(error), error.exit_code)


def _usage(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return messages.text("usage-option", language(), name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return messages.text(
            "usage-missing", language(), name=error.param.get_error_hint(error.ctx) if error.ctx else ""
        )
    if isinstance(error, click.BadParameter) and error.param is not None:
        missing = _MISSING.search(error.message)
        if missing:
            return messages.text("usage-file-missing", language(), found=missing[1], folder=Path.cwd())
        return messages.text("usage-value", language(), name=error.param.opts[0], why=error.message)
    return messages.text("usage-other", language(), why=error.format_message())


def _end(code: str, why: str, status: int) -> NoReturn:
    with suppress(Refused, BrokenPipeError):
        put(printable(messages.text("refused", language(), why=why)), err=True)
    with suppress(Refused, BrokenPipeError):
        if "--json" in sys.argv:
            put(json.dumps({"error": {"code": code, "message": why}}, ensure_ascii=False, indent=2))
    sys.exit(status)


def language() -> Language:
    """The language of the command line: `--lang` wherever it stands, else the locale's."""
    arguments = sys.argv
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in messages.LANGUAGES:
            return "zh" if value == "zh" else "en"
    return messages.from_locale(os.environ)


def help_text(code: str) -> str:
    """A text of the command line's help in the language of this call."""
    return messages.text(code, language())
