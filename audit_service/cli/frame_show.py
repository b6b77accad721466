"""How a frame check is printed, and its JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from audit_service.cli.draw_show import label
from audit_service.cli.output import Console
from audit_service.cli.tables import table
from audit_service.core.reconciliation import UNSAID, Astray, Line
from audit_service.papers.places import Cities
from audit_service.use_cases.reconciling import Checked
from schemas.answers.frames import COLUMNS, numbers

_MOST_NAMED: Final = 12


def show_check(console: Console, checked: Checked, cities: Cities) -> None:
    """A table for each target, the exclusions, the cities' confirmations, and what is still open."""
    console = console.under(checked.programme)
    found = checked.reconciliation
    if missing := nothing_to_compare(checked):
        console.say(missing)
    for target in checked.programme.targets:
        console.show()
        console.show(label(console, checked.programme, "target", target.target))
        headings = [console.text("column.city"), *(console.text(f"column.{name}") for name in COLUMNS)]
        rows = target_rows(console, checked, target.target, cities)
        for line in table([*headings, console.text("column.explained")], rows):
            console.show(line)
    console.show()
    for (city, ground), count in sorted(found.exclusions.items()):
        shown = label(console, checked.programme, "ground", ground)
        console.say("frame-excluded", city=cities.get(city, city), ground=shown, count=count)
    show_empty(console, checked)
    show_unseated(console, checked)
    show_confirmations(console, checked, cities)
    show_open(console, checked, cities)


def nothing_to_compare(checked: Checked) -> str:
    """The note why the roster is held against no annex; empty where it is."""
    if not checked.programme.targets:
        return "frame-no-targets"
    return "" if checked.reconciliation.annex else "frame-no-annex"


def target_rows(console: Console, checked: Checked, target: str, cities: Cities) -> list[list[str | int]]:
    """A row a city, and their sum."""
    lines = [line for line in checked.reconciliation.lines if line.target == target]
    rows: list[list[str | int]] = [
        [cities.get(line.city, line.city), *numbers(line), _explained(line)] for line in lines
    ]
    sums = [sum(values) for values in zip(*map(numbers, lines), strict=True)] or [0] * len(COLUMNS)
    return [*rows, [console.text("frame-total"), *sums, ""]]


def _explained(line: Line) -> str:
    return line.settling.document if line.settling else ""


def show_empty(console: Console, checked: Checked) -> None:
    """The strata of closed findings that have none: another policy's findings are not looked back on."""
    for name in checked.looking_back_on_nothing:
        shown = label(console, checked.programme, "stratum", name)
        console.say("frame-no-findings", stratum=shown, policy=checked.programme.policy)


def show_unseated(console: Console, checked: Checked) -> None:
    """Who is on the roster and can be on no team: of a category that the policy does not know, or in no role."""
    known = "、".join(checked.programme.seated_categories) or "–"
    for category, people in sorted(checked.unseated.items()):
        more = [console.text("frame-and-more", count=len(people) - _MOST_NAMED)] if len(people) > _MOST_NAMED else []
        listed = "、".join([*people[:_MOST_NAMED], *more])
        console.say("frame-people-unseated", category=category, count=len(people), people=listed, known=known)


def show_confirmations(console: Console, checked: Checked, cities: Cities) -> None:
    """Which cities confirmed their lists, which of them before a change, and which did not."""
    for city, seen in sorted(checked.confirmations.items()):
        shown = {"city": cities.get(city, city), "day": seen.day, "file": seen.file, "units": seen.units}
        console.say("frame-confirmed" if seen.current else "frame-confirmed-before", **shown)
    missing = [cities.get(city, city) for city in checked.unconfirmed if city not in checked.confirmations]
    if missing:
        console.say("frame-unconfirmed", count=len(missing), cities="、".join(missing))


def show_open(console: Console, checked: Checked, cities: Cities) -> None:
    """Every difference that nobody explained, and every unit that is in no one place: which city, which units."""
    found = checked.reconciliation
    for line in found.open:
        console.say(
            "frame-more" if line.difference > 0 else "frame-fewer",
            city=cities.get(line.city, line.city),
            target=label(console, checked.programme, "target", line.target),
            ordered=line.ordered,
            listed=line.listed,
            difference=abs(line.difference),
            units=_named(console, checked, line.units),
            others=_named(console, checked, _others(checked, line)),
        )
        _show_outdated(console, line)
    for astray in found.astray:
        if astray.code == UNSAID:
            continue
        console.say(
            astray.code,
            unit=_unit(checked, astray.unit),
            city=cities.get(astray.city, astray.city),
            names="、".join(label(console, checked.programme, _kind(astray), name) for name in astray.names),
        )
    _show_unsaid(console, checked, cities)
    good = "frame-uncompared" if nothing_to_compare(checked) else "frame-agrees"
    console.say(good if found.agrees else "frame-mend")


def _show_outdated(console: Console, line: Line) -> None:
    """That something else was explained once, and what: who sees it knows why it does not count for this."""
    if told := line.outdated:
        console.say(
            "frame-explained-unnoted" if told.ordered is None else "frame-explained-other",
            day=told.day,
            document=told.document,
            difference=f"{told.difference:+d}",
            ordered=told.ordered,
            listed=told.listed,
        )


def _show_unsaid(console: Console, checked: Checked, cities: Cities) -> None:
    """City by city the units of which nobody said whether they are livelihood targets."""
    unsaid = [astray for astray in checked.reconciliation.astray if astray.code == UNSAID]
    for city in sorted({astray.city for astray in unsaid}):
        units = [astray.unit for astray in unsaid if astray.city == city]
        said = {"city": cities.get(city, city), "count": len(units), "units": _named(console, checked, units)}
        console.say(UNSAID, **said)


def _kind(astray: Astray) -> str:
    return "target" if astray.code == "astray-no-stratum" else "stratum"


def _others(checked: Checked, line: Line) -> list[str]:
    """The units of the city that do not count for the target."""
    own = set(line.units)
    return sorted(code for code, unit in checked.units.items() if unit["city"] == line.city and code not in own)


def _named(console: Console, checked: Checked, units: Iterable[str]) -> str:
    listed = [_unit(checked, unit) for unit in units]
    more = [console.text("frame-and-more", count=len(listed) - _MOST_NAMED)] if len(listed) > _MOST_NAMED else []
    return "、".join([*listed[:_MOST_NAMED], *more]) or "–"


def _unit(checked: Checked, code: str) -> str:
    unit = checked.units[code]
    return f"{code} {unit['county']}{unit['name']}"
