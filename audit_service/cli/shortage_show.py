"""How trials and shortages are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit_service.cli.called_show import show_concluded
from audit_service.cli.draw_show import label
from audit_service.cli.output import Console
from audit_service.core.policy import Programme
from audit_service.core.shortage import Barrier, Shortage
from audit_service.use_cases.draws import Trial
from audit_service.use_cases.views import Names


def show_trial(console: Console, found: Trial, names: Names) -> None:
    """A trial, marked as one in every line: lines are copied out by themselves."""
    programme = found.draw.programme
    console = console.marked("trial-mark")
    console.say("trial-head")
    counts = Counter(row.stratum for row in found.sample.selected)
    for stratum in programme.strata:
        name = label(console, programme, "stratum", stratum.stratum)
        console.say("trial-stratum", stratum=name, sampled=counts[stratum.stratum])
    show_concluded(console, found.called.concluded, names)
    show_shortages(console, programme, found.shortages, names, found.untried)
    if not found.shortages:
        packets = len([packet for packet in found.packets if packet.units])
        console.say("trial-feasible", packets=packets, seats=len(found.seats))


def show_shortages(
    console: Console,
    programme: Programme,
    missing: Sequence[Shortage],
    names: Names,
    untried: Sequence[Shortage],
) -> None:
    """Which roles cannot be filled, what keeps people away from which packets, and how many others would do."""
    console = console.under(programme)
    for shortage in (*missing, *untried):
        role = label(console, programme, "role", shortage.stuck.role)
        pool = label(console, programme, "pool", shortage.stuck.pool)
        found = "stuck-untried" if shortage in untried else "stuck"
        console.say(found, pool=pool, role=role, seats=shortage.seats, packets=", ".join(shortage.stuck.packets))
        for barrier in shortage.barriers:
            _show_barrier(console, barrier, names)
        cities = _cities(console, shortage, names)
        console.say("stuck-help", people=shortage.people, role=role, pool=pool, cities=cities)


def _cities(console: Console, shortage: Shortage, names: Names) -> str:
    listed = "、".join(names.cities.get(city, city) for city in shortage.cities)
    return console.text("stuck-cities", cities=listed) if listed else ""


def _show_barrier(console: Console, barrier: Barrier, names: Names) -> None:
    units = ", ".join(f"{unit} {names.units.get(unit, '')}".strip() for unit in barrier.packet.units)
    console.say("stuck-packet", packet=barrier.packet.packet, seats=barrier.seats, units=units)
    for city, count in barrier.at_home:
        console.say("stuck-home", city=names.cities.get(city, city), count=count)
    for recusal in barrier.recusals:
        person = f"{recusal.inspector} {names.people.get(recusal.inspector, '')}".strip()
        console.say("stuck-recusal", person=person, unit=recusal.unit)
