"""The command line's tree. A command's module is imported when it is called; here stand only the names."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from audit_service.cli.output import help_text
from audit_service.messages import LANGUAGES

COMMANDS: Final[dict[str, dict[str, str]]] = {
    "": {
        "bundle": "evidence",
        "record": "record",
        "verify": "evidence",
        "replay": "evidence",
        "estimate": "estimates",
        "detect": "estimates",
        "fairness": "fairness",
        "backup": "upkeep",
        "restore": "upkeep",
        "check": "upkeep",
        "due": "due",
        "settle": "due",
        "statistics": "statistics",
        "exits": "statistics",
    },
    "db": {"upgrade": "db"},
    "import": dict.fromkeys(("units", "people", "recusals", "targets", "former-names", "places"), "rosters")
    | {"orders": "orders", "plans": "orders"},
    "deposit": dict.fromkeys(("keygen", "make", "open", "confirm", "return"), "deposit"),
    "life": {
        **dict.fromkeys(("adopt", "step", "own-step", "show", "list", "rename", "merge"), "life"),
        **dict.fromkeys(("roll-over", "handover", "file"), "life_papers"),
    },
    "log": {
        **dict.fromkeys(("publish", "begin-anew", "show", "check", "contains", "export", "cosigned"), "log"),
        **dict.fromkeys(("day", "openings"), "log_days"),
        "witness": "log_witness",
    },
    "notice": dict.fromkeys(("make", "check"), "notice"),
    "outcome": dict.fromkeys(("list", "show", "form", "record", "correct", "sign", "attach", "file"), "outcome"),
    "order": {"show": "orders"},
    "plan": {"check": "plans"},
    "report": dict.fromkeys(("hand-in", "import", "show"), "reports"),
    "packet": {"list": "packet", "open": "packet"},
    "pause": dict.fromkeys(("begin", "end", "list"), "pause"),
    "people": {"leave": "people"},
    "request": dict.fromkeys(("list", "confirm", "decline"), "request"),
    "targeted": {"open": "targeted", "list": "targeted"},
    "token": dict.fromkeys(("issue", "list", "revoke"), "token"),
    "user": dict.fromkeys(("add", "list", "hand-over", "dismiss", "password"), "user"),
    "release": {"make": "release", "show": "release"},
    "policy": {**dict.fromkeys(("list", "show", "check"), "policy"), "standard": "policy_standard"},
    "finding": dict.fromkeys(
        (
            *("list", "show", "import", "notify", "dispatch", "acknowledge", "postpone", "hand-in", "assign"),
            *("recheck", "office-recheck", "office-acknowledge", "office-hand-in", "close", "escalate"),
            *("paper", "file"),
        ),
        "finding",
    ),
    "award": dict.fromkeys(("give", "withdraw", "list"), "award"),
    "case": dict.fromkeys(
        (
            *("list", "candidates", "show", "open", "notify", "defend", "office-defend", "waive", "propose"),
            *("review", "sign", "meet"),
            *("return", "publish", "object", "answer", "revoke", "recall-plaque", "delist", "not-to-be-named"),
            *("rectify-again", "dismiss", "paper", "file"),
        ),
        "case",
    ),
    "frame": dict.fromkeys(("check", "confirm", "explain", "file"), "frame"),
    "draw": dict.fromkeys(
        (
            "freeze",
            "commit",
            "run",
            "correct",
            "list",
            "show",
            "explain",
            "trial",
            "withdraw",
            "reveal",
            "set-aside",
            "substitute",
        ),
        "draw",
    ),
    "round": dict.fromkeys(("commit", "run", "correct", "list", "show", "withdraw", "reveal"), "round"),
}
"""By group, each command and the module in which it stands."""


class LateGroup(click.Group):
    """A group that knows its commands' names, and imports the one that is called."""

    def __init__(self, group: str) -> None:
        lang = click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=help_text("option.lang")
        )  # `output.language` looks for it wherever it stands
        name = group or "audit-service"
        params: list[click.Parameter] = [lang] if group else [lang, _version_option()]
        super().__init__(name, help=help_text(f"help.{name}"), params=params)
        self._group = group

    def list_commands(self, ctx: click.Context) -> list[str]:
        groups = [name for name in COMMANDS if name and not self._group]
        return [*COMMANDS[self._group], *groups]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not self._group and cmd_name in COMMANDS and cmd_name:
            return LateGroup(cmd_name)
        module = COMMANDS[self._group].get(cmd_name)
        if module is None:
            return None
        commands = import_module(f"audit_service.cli.{module}").COMMANDS
        command: click.Command = commands[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the texts alone, so that help imports none of them."""
        rows = []
        for name in self.list_commands(ctx):
            module = COMMANDS[self._group].get(name)
            code = f"help.{module}.{name}" if module else f"help.{name}"
            rows.append((name, help_text(code).split("\n")[0]))
        with formatter.section(help_text("help.commands")):
            formatter.write_dl(rows)


def _version_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        """Print the version and end; it is looked up only then."""
        if wanted:
            from importlib.metadata import version

            click.echo(f"audit-service {version('audit-service')}")
            ctx.exit()

    told = help_text("option.version")
    return click.Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help=told)


def root() -> click.Group:
    """The whole command line."""
    return LateGroup("")
