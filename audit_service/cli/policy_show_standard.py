"""How a standard is printed: its areas, what each criterion asks for in numbers, its bands."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.cli.policy_show_rules import show_rules
from audit_service.core.standards import Area, Criterion, Measure, Standard


def show_standard(console: Console, standard: Standard) -> None:
    """A whole standard."""
    console.show()
    full = console.text("policy-no-points")
    if standard.full is not None:
        full = console.text("policy-full", full=f"{standard.full:f}")
    of = console.text(f"policy.of.{standard.of}")
    label = console.wording.of(standard.label)
    console.say("policy-standard", label=label, of=of, count=len(standard.criteria), full=full)
    for area in standard.areas:
        _show_area(console, area)
    for band in standard.bands:
        console.say("policy-band", least=f"{band.least:f}", label=console.wording.of(band.label))
        show_rules(console, [band.rule])


def _show_area(console: Console, area: Area) -> None:
    methods = "、".join(area.methods) or "–"
    console.say("policy-area", label=console.wording.of(area.label), methods=methods)
    show_rules(console, [area.rule])
    for criterion in area.criteria:
        _show_criterion(console, criterion)


def _show_criterion(console: Console, criterion: Criterion) -> None:
    more = [console.text("policy-points", points=f"{criterion.points:f}")] if criterion.points is not None else []
    more += [console.text("policy-veto")] if criterion.veto else []
    more += [_measure(console, measure) for measure in criterion.measures]
    number = f"{criterion.number} " if criterion.number else ""
    console.show(f"    {number}{console.wording.of(criterion.text)}")
    if more:
        console.show(f"      → {'; '.join(more)}")


def _measure(console: Console, measure: Measure) -> str:
    per = console.text(f"policy.per.{measure.per}") if measure.per else ""
    of = console.wording.of(measure.of)
    return console.text(f"policy-{measure.bound}", value=f"{measure.value:f}", of=of, per=per)
