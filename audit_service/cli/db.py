"""Commands on the database itself."""

from __future__ import annotations

from audit_service.cli.output import Console, command


@command("upgrade")
def upgrade(console: Console) -> None:
    """Bring the database to this program's version."""
    version = console.runtime.upgrade()
    console.say("db-upgraded", version=version)
    console.result({"version": version})


COMMANDS = {"upgrade": upgrade}
