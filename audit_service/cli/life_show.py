"""Units' lives on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_service.cli.output import Console
from audit_service.cli.tables import table
from audit_service.core.life import Standing
from audit_service.core.life_acts import LIFE
from audit_service.core.life_steps import possible
from audit_service.messages import catalogue, problem_text, words
from audit_service.use_cases.division_changes import Changed
from audit_service.use_cases.life_history import Event, Life
from audit_service.use_cases.lives import Taken


def show_taken(console: Console, taken: Taken) -> None:
    """A step that was recorded, and what speaks against it."""
    step = console.text(f"life.step.{taken.step}")
    console.say("life-taken", step=step, count=len(taken.units), number=taken.number)
    for warning in taken.warnings:
        console.show(problem_text(warning, console.language))


def show_page(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    """Where units stand, a line each."""
    headings = [console.text(f"life.column.{name}") for name in ("unit", "name", "state", "since", "valid-until")]
    lines = [
        (row["unit"], row["county"] + row["name"], _state(console, row["state"]), row["since"], row["valid_until"])
        for row in rows
    ]
    for line in table(headings, lines):
        console.show(line)
    console.say("life-count", count=len(rows))


def show_life(console: Console, life: Life) -> None:
    """A unit's history on one page."""
    name = f"{life.listed['county']}{life.listed['name']}" if life.listed else ""
    console.show(f"{life.unit}  {name}")
    _show_standing(console, life)
    headings = [console.text(f"life.column.{name}") for name in ("on", "what", "document", "who", "act")]
    for line in table(headings, [_line(console, life, event) for event in life.events]):
        console.show(line)
    for check in life.checks:
        told = {"on": check.on, "what": check.occasion or check.document, "verdict": check.verdict or "-"}
        console.say("life-check-counts" if check.counts else "life-check-other", **told)
    for in_draw in life.draws:
        console.say(f"life-draw-{in_draw.how}", draw=in_draw.draw)
    for row in life.substitutions:
        told = {name: row[name] or "-" for name in ("draw", "unit", "substitute", "document")}
        console.say("life-substituted", **told)
    for row in life.outcomes:
        told = {name: row[name] or "-" for name in ("occasion", "inspected_on", "kind", "verdict")}
        console.say("life-outcome", **told)
    for row in life.findings:
        told = {name: row[name] or "-" for name in ("finding", "severity", "state", "deadline", "description")}
        console.say("life-finding", **told)
    for stood in life.cases:
        told = {name: stood.row[name] or "-" for name in ("exit_case", "trigger_name", "opened_on", "ending")}
        console.say("life-case", **told, state=stood.state)


def _show_standing(console: Console, life: Life) -> None:
    standing = life.standing
    console.say("life-stands", state=_state(console, standing.state.value), since=standing.since or "-")
    for name in ("title", "named_on", "valid_until", "checked_on", "re_evaluate_by", "plaque_recalled_on", "successor"):
        if value := getattr(standing, name):
            console.say(f"life-{name.replace('_', '-')}", value=value)
    if life.check_by:
        console.say("life-check-by", value=life.check_by)
    if len(life.codes) > 1:
        console.say("life-codes", codes="、".join(life.codes[1:]))
    if life.merged_in:
        console.say("life-merged-in", codes="、".join(life.merged_in))
    would = possible(standing.state)
    if would:
        console.say("life-possible", steps=words("life.step", "|".join(would), console.language))


def _line(console: Console, life: Life, event: Event) -> tuple[str, ...]:
    """A line of the history: the day, what it was (with the other unit, where there is one), by what, by whom."""
    what = console.text(f"life.step.{event.step}") if event.action == LIFE else _action(console, event)
    facts = event.facts
    if event.other or event.unit != life.unit:
        what += f" ({event.other or event.unit})"
    if facts and (facts.other or facts.name) and not event.other:
        what += f" → {facts.name or facts.other}"
    if facts and facts.award:
        what += f" ({facts.award})"
    if facts and facts.hurried:
        what += f" {console.text(f'life-hurried-mark-{facts.hurried}')}"
    if facts and facts.unreviewed:
        what += f" {console.text('life-unreviewed-mark')}"
    if facts and facts.declared_by:
        what += f" ({facts.declared_by})"
    if facts and facts.scan:
        what += f" [{facts.scan}]"
    who = console.text(f"role.{event.role}") if event.role else console.text("life-one-office")
    return event.on, what, event.document, who, str(event.number)


def _action(console: Console, event: Event) -> str:
    code = f"life.action.{event.action}"
    name = console.text(code) if code in catalogue() else event.action
    return f"{name} {event.step}".rstrip()


def _state(console: Console, state: str) -> str:
    return console.text(f"life.state.{state}")


def show_changed(console: Console, changed: Changed) -> None:
    """What became of a unit whose division changed, and in which draws somebody has to act."""
    for unit, standing in {changed.unit: changed.standing, changed.into: changed.into_standing}.items():
        _stands(console, unit, standing)
    for draw in changed.in_draws:
        code = "division-substitute" if draw in changed.sampled else "division-listed"
        console.say(code, draw=draw, unit=changed.unit)


def _stands(console: Console, unit: str, standing: Standing) -> None:
    console.say("division-stands", unit=unit, state=_state(console, standing.state.value))
