"""Commands on deposits: the secret of a sealed draw in a third party's hands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import WRONG_USAGE, Console, command, fail, help_text
from audit_service.cli.reveal import squeezed
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import ASSIGNMENT, SAMPLE, read_commitment
from audit_service.core.rights import Right
from audit_service.errors import Refused
from audit_service.files.folders import read_file, write_file
from audit_service.files.word import write_paper
from audit_service.papers.deposit_paper import deposit_paper
from audit_service.papers.wording import in_fours
from audit_service.sealing import (
    Deposit,
    fingerprint,
    make_deposit_key,
    open_deposit,
    public_file,
    read_private,
    read_public,
    read_receipt,
    seal_deposit,
    write_receipt,
)
from audit_service.use_cases import deposits
from audit_service.use_cases.rounds import parse_part

new_file = click.Path(dir_okay=False, path_type=Path)
known_file = click.Path(exists=True, dir_okay=False, path_type=Path)
part_argument = click.argument("name", metavar="DRAW[/N]")


@command("keygen")
@click.option("--out", required=True, type=new_file, metavar="FILE", help=help_text("option.deposit-key-out"))
def keygen(console: Console, out: Path) -> None:
    """Make a key pair, on the third party's machine."""
    public = fingerprint(make_deposit_key(out))
    console.say("deposit-key-made", private=out, public=public_file(out), fingerprint=in_fours(public))
    console.result({"private": str(out), "public": str(public_file(out)), "fingerprint": public})


@command("make", right=Right.DRAWS_ACT)
@part_argument
@click.option("--to", "key", type=known_file, metavar="FILE", help=help_text("option.deposit-to"))
@click.option("--out", type=new_file, metavar="FILE", help=help_text("option.out"))
@click.option("--print", "paper", type=new_file, metavar="FILE.docx", help=help_text("option.deposit-print"))
def make(console: Console, name: str, key: Path | None, out: Path | None, paper: Path | None, by: str | None) -> None:
    """Hand the secret over, encrypted or in envelopes."""
    target = out or paper
    if target is None or (key is None) != (out is None) or (key is None) == (paper is None):
        fail(console, Refused("deposit-to-or-print"), WRONG_USAGE)
    public = read_public(read_file(key)) if key else None
    kind, recipient = (deposits.KEY, fingerprint(public)) if public else (deposits.PAPER, "")
    act, vault, part = console.act(by), console.runtime.vault, parse_part(name)
    with console.runtime.look() as db:
        deposit = deposits.find_deposit(db, act, vault, *part)
    data = seal_deposit(deposit, public) if public else write_paper(deposit_paper(console.wording, deposit, act))
    with console.runtime.begin() as db:
        deposits.make_deposit(db, act, vault, *part, kind, recipient)
        write_file(target, data)
    if recipient:
        console.say("deposit-made", file=out, fingerprint=in_fours(recipient))
    else:
        console.say("deposit-printed", file=paper)
    console.say("deposit-next", name=name)
    told = {"kind": kind, "digest": deposit.digest, "c": deposit.c}
    console.result({"name": name, **told, **({"fingerprint": recipient} if recipient else {})})


@command("open")
@click.argument("file", type=known_file)
@click.option("--key", required=True, type=known_file, metavar="FILE", help=help_text("option.deposit-key"))
@click.option("--commitment", type=known_file, metavar="FILE", help=help_text("option.deposit-commitment"))
@click.option("--receipt", type=new_file, metavar="FILE", help=help_text("option.deposit-receipt-out"))
def open_file(console: Console, file: Path, key: Path, commitment: Path | None, receipt: Path | None) -> None:
    """Open a deposit on the third party's machine, and check it."""
    deposit = open_deposit(read_file(file), read_private(read_file(key)))
    deposit.check()
    if commitment:
        _check_commitment(deposit, read_file(commitment))
    if receipt:
        write_file(receipt, write_receipt(deposit))
    console.say("deposit-opened", name=deposit.name, reveal_by=deposit.reveal_by)
    console.show(f"  C       {in_fours(deposit.c)}")
    console.show(f"  secret  {in_fours(deposit.secret)}")
    console.show(f"  SHA-256 {in_fours(deposit.digest)}")
    console.say("deposit-matches" if commitment else "deposit-compare", name=deposit.name)
    if receipt:
        console.say("deposit-receipt", file=receipt)
    told = {"name": deposit.name, "c": deposit.c, "digest": deposit.digest, "reveal_by": deposit.reveal_by}
    console.result({**told, "secret": deposit.secret, "checked": commitment is not None})


def _check_commitment(deposit: Deposit, data: bytes) -> None:
    """The published commitment says the same of the secret."""
    kind = ASSIGNMENT if "/" in deposit.name else SAMPLE
    published = read_commitment(data, kind, "commitment.json")
    if sha256_hex(data) != deposit.c or published.secret != deposit.digest:
        raise Refused("deposit-commitment-other", name=deposit.name, c=deposit.c, found=sha256_hex(data))


@command("confirm", right=Right.DEPOSITS_CONFIRM)
@part_argument
@click.option("--holder", default="", metavar="NAME", help=help_text("option.deposit-holder"))
@click.option("--digest", metavar="D", help=help_text("option.deposit-digest"))
@click.option("--receipt", type=known_file, metavar="FILE", help=help_text("option.deposit-receipt"))
def confirm(console: Console, name: str, holder: str, digest: str | None, receipt: Path | None, by: str | None) -> None:
    """Write down that the third party's digest is the committed one."""
    told = _told_digest(console, name, digest, receipt)
    with console.runtime.begin() as db:
        found = deposits.confirm_deposit(db, console.act(by), *parse_part(name), holder, told, console.caller)
    code = "deposit-late" if found.late else "deposit-confirmed" if found.shown else "deposit-said"
    console.say(code, name=name, holder=found.holder, earliest=console.moment(found.earliest))
    console.result({"name": name, "late": found.late, "shown": found.shown})


def _told_digest(console: Console, name: str, digest: str | None, receipt: Path | None) -> str:
    """The digest as it was typed, or as the holder's receipt has it."""
    if digest is not None and receipt is None:
        return squeezed(digest)
    if digest is not None or receipt is None:
        fail(console, Refused("deposit-digest-or-receipt"), WRONG_USAGE)
    of, told = read_receipt(read_file(receipt))
    if of != name:
        raise Refused("deposit-receipt-other", name=name, found=of)
    return told


@command("return", right=Right.DRAWS_ACT)
@part_argument
@click.option("--secret", required=True, metavar="TEXT", help=help_text("option.handed-back"))
def give_back(console: Console, name: str, secret: str, by: str | None) -> None:
    """Take the secret back where the office's key file is lost."""
    with console.runtime.begin() as db:
        deposits.give_back(db, console.act(by), console.runtime.vault, *parse_part(name), squeezed(secret))
    console.say("deposit-returned", name=name)
    console.result({"name": name})


COMMANDS: Final = {"keygen": keygen, "make": make, "open": open_file, "confirm": confirm, "return": give_back}
