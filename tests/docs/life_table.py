"""The table of steps in docs/life.md, as core/life.py and the messages say it: `python -m tests.docs.life_table`."""

from __future__ import annotations

from audit_service.core.life import BEFORE, ENDED, IN_FORCE, STEPS, TITLED, LifeState, Step
from audit_service.messages import text

TITLES = {"": "", "grant": "begins", "renew": "begins anew", "end": "ends", "carry": "goes on"}
GROUPS = {"before": BEFORE, "titled": TITLED, "in force": IN_FORCE, "ended": ENDED}


def sources(step: Step) -> str:
    """From which states a step leads, groups of states by what docs/life.md calls them."""
    left, said = list(step.sources), []
    for name, group in GROUPS.items():
        if set(group) <= set(left):
            said.append(name)
            left = [state for state in left if state not in group]
    return ", ".join([*(f"`{state}`" if state else "nothing" for state in left), *said])


def target(step: Step) -> str:
    """To which state it leads."""
    if step.told:
        return "as it was, or as the roster says"
    return f"`{step.to}`" if step.to else "stays"


def who(step: Step) -> str:
    """Who records it."""
    if step.by_case:
        return "the end of an exit case, two institutions"
    if step.waiting and step.to:
        return "the end of an exit case"
    return "office, city" if step.city else "office"


def table() -> str:
    """The whole table."""
    rows = ["| step | | from | to | title | document | recorded by |", "|---|---|---|---|---|---|---|"]
    for step in STEPS.values():
        name, document = (text(f"life.{kind}.{step.step}", "zh") for kind in ("step", "document"))
        cells = (f"`{step.step}`", name, sources(step), target(step), TITLES[step.title], document, who(step))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def states() -> str:
    """The table of states."""
    rows = ["| state | | |", "|---|---|---|"]
    rows += [
        f"| `{state}` | {text(f'life.state.{state}', 'zh')} | {text(f'life.state.{state}', 'en')} |"
        for state in LifeState
        if state
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    print(states(), table(), sep="\n\n")
