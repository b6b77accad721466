"""How draws are printed: strata, cities, units, the reasons for one unit, trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit_service.cli.output import Console
from audit_service.cli.tables import table
from audit_service.cli.terms import show_events
from audit_service.core.explanation import Explanation
from audit_service.core.frozen import Exclusion, Substitution
from audit_service.core.policy import Programme
from audit_service.core.selection import Sample
from audit_service.papers.wording import in_fours
from audit_service.use_cases.correcting import Corrected
from audit_service.use_cases.views import Done, DrawView, Names


def label(console: Console, programme: Programme, kind: str, name: str) -> str:
    """The name of a stratum, pool, role … in the reader's language."""
    return console.wording.label(programme, kind, name)


def show_marks(console: Console, view: DrawView) -> None:
    """Mark what was made under a demo clock, what was done without accounts, and what is still sealed."""
    if view.demo:
        console.say("demo-mark")
    if view.one_office:
        console.say("one-office-mark")
    if view.done and view.done.progress.run and not view.done.progress.published and view.done.progress.commitment:
        console.say("sealed-mark", reveal_by=view.done.progress.commitment.reveal_by)
    if view.days_missing:
        console.say("days-missing", count=view.days_missing)


def show_one(console: Console, view: DrawView, names: Names) -> None:
    """A draw: how far it has gone, its strata, and what was sampled."""
    console = console.under(view.draw.programme)
    show_marks(console, view)
    console.say("draw-head", draw=view.draw.row.draw, state=console.text(f"state.{view.state}"))
    for done in (view.done, *view.rounds):
        if done:
            show_done(console, done)
    show_strata(console, view)
    if view.notices:
        console.show()
        console.say("notices-root", root=in_fours(view.notices))
    if view.sample:
        _show_cities(console, view, view.sample, names)
        _show_units(console, view, view.sample, names)
    show_substitutions(console, view.substitutions, names)


def show_substitutions(console: Console, rows: Sequence[Substitution], names: Names) -> None:
    """Which reserve took the place of which unit."""
    for row in rows:
        found = f"{row.substitute} {names.units.get(row.substitute, '')}" if row.substitute else "–"
        unit = f"{row.unit} {names.units.get(row.unit, '')}"
        console.say("substituted", batch=row.batch, unit=unit, substitute=found)


def show_corrections(console: Console, changed: Sequence[Corrected]) -> None:
    """Which values were typed wrongly, and what they are: done at once, so in one-office mode."""
    for entry in changed:
        console.say("corrected", name=entry.name, wrong=entry.wrong, right=entry.right)
    console.say("corrected-alone")


def show_done(console: Console, done: Done) -> None:
    """A commitment, what happened to it, and what is overdue."""
    console.show()
    console.show(f"{done.progress.name}  {console.text(f'state.{done.progress.state}')}")
    console.show(f"  C      {in_fours(done.c)}")
    if done.progress.commitment:
        show_events(console, done.progress.commitment)
    if done.public:
        console.show(f"  public {done.public}")
    if done.progress.fallback_used:
        console.say("fallback-used")
    if done.cancelled_by:
        console.say("fallback-document", document=done.cancelled_by)
    if done.seed:
        console.show(f"  SEED   {in_fours(done.seed)}")
    for what, act in done.acts.items():
        console.say(f"act.{what}", at=console.moment(act.at), by=act.by)
    for correction in done.corrections:
        console.say("corrected", name=done.progress.name, wrong=correction["wrong"], right=correction["right"])
        console.say("corrected-document", document=correction["document"])
    if done.ground or done.reason:
        console.say("act-reason", why=" ".join((done.ground, done.reason)).strip())
    for violation in done.violations:
        console.say(violation)


def show_strata(console: Console, view: DrawView) -> None:
    """Per stratum: listed, excluded, units, rate, sampled."""
    programme = view.draw.programme
    console.show()
    headings = [
        console.text(f"column.{name}") for name in ("stratum", "listed", "excluded", "units", "rate", "sampled")
    ]
    rows = [
        [label(console, programme, "stratum", s.stratum), s.listed, s.excluded, s.units, f"{s.rate_bp / 100:g}%",
         "–" if s.sampled is None else s.sampled]
        for s in view.strata
    ]  # fmt: skip
    for line in table(headings, rows):
        console.show(line)


def _show_cities(console: Console, view: DrawView, sample: Sample, names: Names) -> None:
    strata = [s.stratum for s in view.strata]
    drawn = Counter((row.city, row.stratum) for row in sample.selected)
    console.show()
    console.say("sampled-by-city")
    headings = [console.text("column.city"), *(label(console, view.draw.programme, "stratum", s) for s in strata)]
    rows: list[list[object]] = [
        [names.cities.get(city, city), *(drawn[city, stratum] for stratum in strata)]
        for city in sorted({city for city, _ in drawn})
    ]
    for line in table(headings, rows):
        console.show(line)


def _show_units(console: Console, view: DrawView, sample: Sample, names: Names) -> None:
    console.show()
    console.say("sampled-units", count=len(sample.selected))
    for row in sample.selected:
        stratum = label(console, view.draw.programme, "stratum", row.stratum)
        console.show(f"  {row.unit}  {names.whole(row.unit, row.city)}  ({stratum})")


def show_explanation(
    console: Console, programme: Programme, found: Explanation | Exclusion, seed: str, name: str
) -> None:
    """Why a unit was or was not drawn."""
    console = console.under(programme)
    if isinstance(found, Exclusion):
        ground = label(console, programme, "ground", found.ground)
        console.say("explain-excluded", unit=found.unit, name=name, ground=ground)
        return
    row = found.row
    facts = {
        "unit": row.unit, "name": name, "city": row.city, "stratum": row.stratum,
        "stratum_label": label(console, programme, "stratum", row.stratum), "position": row.position,
        "cell_units": found.cell_units, "cell_sampled": found.cell_sampled, "units": found.stratum_units,
        "sampled": found.stratum_sampled, "rate_bp": found.stratum.rate_bp, "ticket": row.ticket, "seed": seed,
    }  # fmt: skip
    console.say("explain-selected" if found.selected else "explain-reserve", **facts)
    console.say("explain-ticket", **facts)
    if found.line and found.share:
        console.say("explain-line", start=found.line.start, start_ticket=f"start:{row.stratum}", **facts)
        cities = " → ".join(f"{city} {size}" for city, size in found.city_units)
        console.say("explain-cities", cities=cities, **facts)
        before = found.share.before
        console.say("explain-share", before=before, after=before + found.share.units, low=found.share.low,
                    high=found.share.high, start=found.line.start, **facts)  # fmt: skip
    else:
        console.say("explain-city", **facts)
    if found.last_selected and not found.selected:
        console.say("explain-threshold", lowest=found.last_selected)
