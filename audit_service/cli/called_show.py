"""How it is told who was called to a round: who is left out, and which recusals were concluded from the rosters."""

from __future__ import annotations

from collections.abc import Iterable

from audit_service.cli.output import Console
from audit_service.core.ties import Tie
from audit_service.use_cases.people_of_round import Concluded
from audit_service.use_cases.views import Names


def show_concluded(console: Console, concluded: Concluded, names: Names) -> None:
    """Who is not available; who is recused on what ground without being on the list; whose declaration is unread."""

    def who(inspector: str) -> str:
        return f"{inspector} {names.people.get(inspector, '')}".strip()

    def tell(ties: Iterable[Tie], code: str) -> None:
        for tie in ties:
            unit = f"{tie.unit} {names.units.get(tie.unit, '')}".strip()
            console.say(f"{code}-{tie.tie}", person=who(tie.inspector), unit=unit)

    for away in concluded.away:
        console.say("called-away", person=who(away.inspector), since=away.since or "…", until=away.until or "…")
    tell(concluded.ties, "called")
    for inspector in concluded.unread:
        console.say("called-unread", person=who(inspector))
    tell(concluded.doubts, "called-doubt")
