"""Commands on accounts: appoint, hand over, dismiss, set a password."""

from __future__ import annotations

from typing import Any, Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.core.accounts import Account
from audit_service.core.rights import Right, Role
from audit_service.papers import places
from audit_service.use_cases import accounts
from schemas.answers.desk import account_json

roles = click.Choice([role.value for role in Role])
role_option = click.option("--role", required=True, type=roles, help=help_text("option.role"))
city_option = click.option("--city", default="", metavar="CITY", help=help_text("option.account-city"))
inspector_option = click.option("--inspector", default="", metavar="CODE", help=help_text("option.account-inspector"))
institution_option = click.option("--institution", default="", metavar="TEXT", help=help_text("option.institution"))
token_option = click.option("--token", "with_token", is_flag=True, help=help_text("option.with-token"))


@command("add", right=Right.ACCOUNTS)
@click.argument("name")
@role_option
@institution_option
@city_option
@inspector_option
@token_option
def add(
    console: Console,
    name: str,
    role: str,
    institution: str,
    city: str,
    inspector: str,
    with_token: bool,
    by: str | None,
) -> None:
    """Make an account for a post."""
    with console.runtime.begin() as db:
        known = places.divisions(db)
        account = accounts.appoint(db, console.act(by), name, Role(role), institution, city, inspector, known)
        token = _issue(db, console, name, by) if with_token else ""
    _show(console, account, token, "account-added")


@command("hand-over", right=Right.ACCOUNTS)
@click.argument("name")
@click.option("--holder", required=True, metavar="TEXT", help=help_text("option.holder"))
@token_option
def hand_over(console: Console, name: str, holder: str, with_token: bool, by: str | None) -> None:
    """Hand a post over."""
    with console.runtime.begin() as db:
        now = console.runtime.wall_clock()
        account = accounts.hand_over(db, console.act(by), name, holder, now, opened=with_token)
        token = _issue(db, console, name, by) if with_token else ""
    _show(console, account, token, "account-handed-over")


@command("dismiss", right=Right.ACCOUNTS)
@click.argument("name")
def dismiss(console: Console, name: str, by: str | None) -> None:
    """Give a post up."""
    with console.runtime.begin() as db:
        account = accounts.dismiss(db, console.act(by), name, console.runtime.wall_clock())
    _show(console, account, "", "account-dismissed")


@command("password", right=Right.ACCOUNTS)
@click.argument("name")
@click.password_option(help=help_text("option.password"))
def password(console: Console, name: str, password: str, by: str | None) -> None:
    """Set an account's password."""
    hashed = accounts.hash_password(password)
    with console.runtime.begin() as db:
        accounts.set_password(db, console.act(by), name, hashed, console.caller)
    console.say("password-set", name=name)
    console.result({"account": name})


@command("list")
def list_accounts(console: Console) -> None:
    """List the accounts."""
    with console.runtime.look() as db:
        found, cities = accounts.all_accounts(db), places.cities(db)
    for account in found:
        what = console.text(f"role.{account.role}")
        console.say(
            "account-line", name=account.account, role=what, institution=account.institution, **_more(account, cities)
        )
    if not found:
        console.say("accounts-none")
    console.result([account_json(account) for account in found])


def _more(account: Account, cities: places.Cities) -> dict[str, str]:
    where = cities.get(account.city, account.city) or account.inspector
    return {"where": f" · {where}" if where else "", "state": "" if account.active else " ✗"}


def _issue(db: Any, console: Console, name: str, by: str | None) -> str:
    return accounts.issue_token(db, console.act(by), name, now=console.runtime.wall_clock(), caller=console.caller)


def _show(console: Console, account: Account, token: str, code: str) -> None:
    """What was done; and a new token, on a line of its own and only now."""
    console.say(code, name=account.account, role=console.text(f"role.{account.role}"))
    if token:
        console.say("token-once")
        console.show(token)
    console.result({**account_json(account), **({"token": token} if token else {})})


COMMANDS: Final = {
    "add": add,
    "hand-over": hand_over,
    "dismiss": dismiss,
    "password": password,
    "list": list_accounts,
}
