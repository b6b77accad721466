"""How a verification is reported."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.core.verification import BUNDLE, REFUSED, Report
from audit_service.messages import problem_text


def show_report(console: Console, report: Report) -> None:
    """Every step with ✓ or ✗ and why, what the draw was, and the verdict."""
    for held in report.held:
        _line(console, "✓", held.step, held.part, report.anchored)
    if report.failure:
        _line(console, "✗", report.failure.step, report.failure.part, report.anchored)
        console.say("verify-why", why=problem_text(report.failure.problem, console.language))
    for part in report.parts:
        console.show(f"  {part.name}  C {part.c}")
        console.show(f"  {part.name}  public {part.seeds.public}")
    for stratum in report.strata:
        rate = f"{stratum.rate_bp / 100:g}%"
        console.say("verify-stratum", stratum=stratum.stratum, rate=rate, sampled=stratum.sampled, units=stratum.units)
    for ground, count in report.exclusions.items():
        console.say("verify-exclusion", ground=ground, count=count)
    for part in report.parts:
        if part.dice_alone:
            console.say("verify-dice", part=part.name)
    if not report.failure:
        for part in report.parts:
            if part.fallback_used:
                console.say("verify-fallback", part=part.name)
        for c in report.unused_anchors:
            console.say("verify-unused", c=c)
        _show_time(console, report)
    failure = report.failure
    console.say(
        f"verify-{report.verdict}",
        part=_part(console, failure.part) if failure else "",
        step=failure.step if failure else "",
    )


def _show_time(console: Console, report: Report) -> None:
    """When commitments were seen by the witness, as far as the log shows it; and how draws and rounds ended,
    and of what a second person confirmed it."""
    seen = report.shown.seen if report.shown else {}
    for part in report.parts:
        if part.name in seen:
            console.say("verify-seen", part=part.name, at=console.moment(seen[part.name]))
        elif report.shown:
            console.say("verify-not-seen", part=part.name)
    for name, how in report.shown.ended.items() if report.shown else ():
        console.say(f"verify-ended-{how}", name=name.replace("\n", "\\n"))
    for two in report.shown.two if report.shown else ():
        code = "verify-two" if two.confirmed else "verify-not-two"
        console.say(code, name=two.subject.replace("\n", "\\n"), action=console.text(f"asked.{two.action}"))
    if not report.time_shown:
        console.say("verify-time-unseen" if report.shown else "verify-time-unread")


def _line(console: Console, mark: str, step: int, part: str, anchored: bool) -> None:
    code = f"step.{step}"
    if step == 2 and not anchored:
        code, mark = "step.2.none", "–"
    elif step in (7, 8) and part.startswith("rounds/"):
        code += ".round"
    console.say("verify-line", mark=mark, step=step, part=_part(console, part), text=console.text(code))


def _part(console: Console, part: str) -> str:
    return console.text("part.bundle") if part == BUNDLE else part


def report_json(console: Console, report: Report) -> dict[str, object]:
    """A report as JSON: the verdict, and the step that failed first, in which part, and why."""
    failure = report.failure if report.verdict == REFUSED else None
    return {
        "verdict": report.verdict,
        "step": failure.step if failure else None,
        "part": failure.part if failure else "",
        "why": problem_text(failure.problem, console.language) if failure else "",
        "time": "shown" if report.time_shown and not failure else "not shown",
        "confirmations": report.confirmations,
    }
