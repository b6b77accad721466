"""How it is told who was called to a round: who is left out, and which recusals were concluded from the rosters."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.use_cases.people_of_round import Concluded
from audit_service.use_cases.views import Names


def show_concluded(console: Console, concluded: Concluded, names: Names) -> None:
    """Who is not available; who is recused on what ground without being on the list; whose declaration is unread."""
    for away in concluded.away:
        who = f"{away.inspector} {names.people.get(away.inspector, '')}".strip()
        console.say("called-away", person=who, since=away.since or "…", until=away.until or "…")
    for tie in concluded.ties:
        unit = f"{tie.unit} {names.units.get(tie.unit, '')}".strip()
        who = f"{tie.inspector} {names.people.get(tie.inspector, '')}".strip()
        console.say(f"called-{tie.tie}", person=who, unit=unit)
    for inspector in concluded.unread:
        console.say("called-unread", person=f"{inspector} {names.people.get(inspector, '')}".strip())
    for doubt in concluded.doubts:
        unit = f"{doubt.unit} {names.units.get(doubt.unit, '')}".strip()
        who = f"{doubt.inspector} {names.people.get(doubt.inspector, '')}".strip()
        console.say(f"called-doubt-{doubt.tie}", person=who, unit=unit)
