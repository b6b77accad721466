"""How it is told who was called to a round: who is left out, and which recusals were concluded from the rosters."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.use_cases.people_of_round import Called
from audit_service.use_cases.views import Names


def show_called(console: Console, called: Called, names: Names) -> None:
    """Who is not available; who is recused on what ground without being on the list; whose declaration is unread."""
    for person in called.away:
        who = f"{person['inspector']} {person['name']}"
        since, until = person["available_from"] or "…", person["available_to"] or "…"
        console.say("called-away", person=who, since=since, until=until)
    for tie in called.ties.ties:
        unit = f"{tie.unit} {names.units.get(tie.unit, '')}".strip()
        who = f"{tie.inspector} {names.people.get(tie.inspector, '')}".strip()
        console.say(f"called-{tie.tie}", person=who, unit=unit)
    for inspector in called.ties.unread:
        console.say("called-unread", person=f"{inspector} {names.people.get(inspector, '')}".strip())


def called_json(called: Called) -> dict[str, object]:
    """The same as JSON; names and words stay with the office."""
    return {
        "people": len(called.people),
        "away": [person["inspector"] for person in called.away],
        "recusals": len(called.recusals),
        "concluded": [{"inspector": tie.inspector, "unit": tie.unit, "tie": tie.tie} for tie in called.ties.ties],
        "unread": list(called.ties.unread),
    }
