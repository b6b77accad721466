"""Make the backup by which later programs are tried: `python -m tests.upkeep.keep`, once for each new schema."""

from __future__ import annotations

import tempfile
from pathlib import Path

from audit_service.store import database
from tests.office import Office
from tests.upkeep.moving import published


def keep(folder: Path) -> None:
    """A campaign, with what can be kept without its keys: nothing is sealed."""
    with tempfile.TemporaryDirectory() as place:
        settings = {"AUDIT_DATABASE_URL": f"sqlite:///{place}/audit.db", "AUDIT_BY": "tests"}
        office = published(Office(Path(place), settings))
        office.run("backup", folder / f"{database.VERSION}.backup")


if __name__ == "__main__":
    keep(Path(__file__).parent / "kept")
