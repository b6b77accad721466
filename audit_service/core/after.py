"""What a policy says of what comes after the draw: standards, verdicts, titles, targets, reports, deadlines, exit.

Each part is a list that may be empty: a programme has what its document has. One engine runs them all, and knows none
by name. Rules carry the document's words or are marked as the office's own choice, as everywhere in a policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from audit_service.core.rules import Condition, Label, Rule
from audit_service.core.standards import Standard

VERDICTS: Final = ("passed", "rectify", "failed")
"""合格, 限期整改, 不合格."""
LEVELS: Final = ("unit", "county", "city", "province")
REPORTERS: Final = ("unit", "county", "city")
FIELD_KINDS: Final = ("text", "money", "count", "ratio", "yes-no")
EVERY: Final = ("month", "quarter", "half-year", "year", "once")
CAUSES: Final = (
    *("failed", "recheck-failed", "overdue", "lapsed", "no-improvement", "re-evaluation-failed", "division", "office"),
)
"""What may open an exit case: a verdict, a recheck, a deadline of rectification, the end of a title, a missing yearly
report, the city's own re-evaluation, a change of divisions, or what the office decides by a document."""
ENDINGS: Final = ("revoked", "not-to-be-named", "rectify-again", "dismissed")


FAILED_LAST_YEAR: Final = "failed-last-year"
CHECK_NEEDS: Final = (FAILED_LAST_YEAR,)
"""What must be known of a unit that is checked on a ground: that something was wrong in the calendar year before."""


PERSON: Final = "person"
RECIPIENTS: Final = ("unit", PERSON)
"""Who may be given an award."""


@dataclass(frozen=True)
class CheckGround:
    """A ground of checks beside the sample; `needs` is one of `CHECK_NEEDS`, or empty: the office's word does."""

    ground: str
    label: Label
    needs: str
    rule: Rule


@dataclass(frozen=True)
class TitleRules:
    """A title (称号): how long it holds, by when a named unit is checked, in which year it is re-evaluated."""

    title: str
    label: Label
    years: int
    check_within_years: int | None
    re_evaluation_year: int | None
    at_most: int | None
    """How many are named in a calendar year; None where the document has no limit."""
    rules: tuple[tuple[str, Rule], ...]


REVIEWERS: Final = ("county", "city")
"""Whose review a self-assessment may need."""


@dataclass(frozen=True)
class SelfAssessment:
    """What a document asks of self-assessments: below how many days from the start building counts as last-minute
    (突击建设; None: nothing does), and whose review each needs before the unit applies."""

    least_days: int | None
    reviews: tuple[str, ...]
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Closed:
    """A step of a unit's life that is taken no more from a day on."""

    step: str
    since: date
    rule: Rule


@dataclass(frozen=True)
class VerdictWhen:
    """What must hold for a verdict; a number that is None does not matter, and with all None it always holds.

    `vetoes`, `unmet`, `findings` (of `severity`, or of any where that is empty) are the least numbers;
    `unmet_bp` the least share of the applicable criteria that are unmet, in basis points; `score_below` in hundredths
    of a point; `kinds` the kinds of outcome (inspected, refused).
    """

    kinds: tuple[str, ...] = ()
    vetoes: int | None = None
    unmet: int | None = None
    unmet_bp: int | None = None
    severity: str = ""
    findings: int | None = None
    score_below: int | None = None


@dataclass(frozen=True)
class VerdictRule:
    """A verdict and when it is proposed; the first rule of a policy that holds decides."""

    verdict: str
    when: VerdictWhen
    rule: Rule


@dataclass(frozen=True)
class Deviation:
    """From which deviation between the city's own result and ours on something follows.

    `points` in hundredths of a point (None: points are not compared); `verdict`: whether another conclusion is one.
    """

    points: int | None
    verdict: bool
    follows: Label
    rules: tuple[tuple[str, Rule], ...]


SIGNING_DAYS: Final = 3
"""Within how many days an outcome is signed, where a policy does not say: no document does."""


@dataclass(frozen=True)
class Signing:
    """Within how many days after it was recorded everybody signs an outcome, and the unit's answer is there."""

    days: int
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Severity:
    """How grave a finding is, and within how many days it is to be rectified."""

    severity: str
    label: Label
    days: int
    rule: Rule


@dataclass(frozen=True)
class Rectification:
    """Severities of findings, gravest first; how many days the recheck may take after the city's evidence."""

    severities: tuple[Severity, ...]
    recheck_days: int
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Warning:
    """Three colours by the days to a deadline: green above `yellow`, yellow down to `red`, red below it."""

    yellow: int
    red: int
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Trigger:
    """What opens an exit case, and how such a case may end."""

    trigger: str
    label: Label
    cause: str
    endings: tuple[str, ...]
    rule: Rule


@dataclass(frozen=True)
class Exit:
    """The exit mechanism: its triggers, the days of the defence and of the publication, who decides."""

    triggers: tuple[Trigger, ...]
    defence_days: int
    publication_days: int
    authority: Label
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Cumulative:
    """That an order counts what was done since a year, not in its own year alone."""

    since: int
    rule: Rule


@dataclass(frozen=True)
class Order:
    """What a document orders for a year (目标任务): so many units, of those meant, have to have taken a step.

    `total` is the whole number ordered, None where only the annex says; `most` the upper number where the document
    gives a range (3—5), `each` the least number of every place of `level` where it gives one for all of them;
    `level` the places to which it is given out; `within` another order of which these are a part (livelihood targets
    among the named). `column` is the heading of its numbers in the annex. A `cumulative` one counts over several years.
    """

    order: str
    label: Label
    column: str
    step: str
    when: Condition
    year: int
    total: int | None
    level: str
    within: str
    rule: Rule
    most: int | None = None
    each: int | None = None
    cumulative: Cumulative | None = None

    @property
    def since(self) -> int:
        """The first of the years in which a unit's step counts."""
        return self.cumulative.since if self.cumulative else self.year


@dataclass(frozen=True)
class Quota:
    """A share of a place's townships that has to take a step each year, for places of some classes; rounded up.

    `classes` are the words for a place's class as the office's list of places writes them.
    """

    quota: str
    label: Label
    classes: tuple[str, ...]
    step: str
    rate_bp: int
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Milestone:
    """By which day of the year a step is to be taken (`by`), and from which on (`since`, or nothing).

    Days are `MM-DD`. `consequence` names what befalls the place that has not; empty where nothing does.
    """

    milestone: str
    label: Label
    step: str
    since: str
    by: str
    consequence: str
    rule: Rule


@dataclass(frozen=True)
class Consequence:
    """What befalls places of a level that have not done what was ordered (一票否决)."""

    consequence: str
    label: Label
    level: str
    rule: Rule


@dataclass(frozen=True)
class ReportField:
    """One thing that a report says. `share` are the fields of which a ratio is computed: this one of that one; `least`
    is how many the document asks for (each district 1 training a year)."""

    field: str
    label: Label
    kind: str
    needed: bool
    share: tuple[str, str] | None = None
    least: Decimal | None = None


@dataclass(frozen=True)
class ReportRows:
    """That a report is a list: its fields are the columns, and it has `least` rows at the fewest. `reporter` heads the
    column in which such a list names who reports; None where it is headed as usual."""

    least: int
    reporter: Label | None
    rule: Rule


@dataclass(frozen=True)
class ReportRules:
    """A report: from whom, how often, how many days after its period ends (or by which day), and what it says.

    `by` is `MM-DD` for one that is due once a year on a day of it, else empty and `days` counts. `improvement` marks
    the yearly evidence that a unit goes on improving: where it is missing, the exit trigger of that cause applies.
    `rows` is there where the report is a list.
    """

    report: str
    label: Label
    reporter: str
    every: str
    days: int
    by: str
    fields: tuple[ReportField, ...]
    improvement: bool
    rules: tuple[tuple[str, Rule], ...]
    standard: Standard | None = None
    """The standard of places by which it says what the reporter reaches; None where it does not."""
    rows: ReportRows | None = None


@dataclass(frozen=True)
class Plans:
    """Levels whose inspection plans have to fit together: no unit is visited by two of them within a period."""

    levels: tuple[tuple[str, Label], ...]
    period: str
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Award:
    """What units or people may be given, and how many of either at most."""

    award: str
    label: Label
    at_most: int | None
    rule: Rule
    to: tuple[str, ...] = ("unit",)


@dataclass(frozen=True)
class After:
    """All that a policy says of what comes after the draw."""

    standards: tuple[Standard, ...] = ()
    checklists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By stratum (or `*`: whatever is inspected) the standards that a team goes through."""
    verdicts: tuple[VerdictRule, ...] = ()
    deviation: Deviation | None = None
    signing: Signing | None = None
    titles: tuple[TitleRules, ...] = ()
    self_assessment: SelfAssessment | None = None
    closed: tuple[Closed, ...] = ()
    rectification: Rectification | None = None
    warning: Warning | None = None
    exit: Exit | None = None
    orders: tuple[Order, ...] = ()
    quotas: tuple[Quota, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    reports: tuple[ReportRules, ...] = ()
    plans: Plans | None = None
    checks: tuple[CheckGround, ...] = ()
    """The grounds of checks beside the sample (定向抽查)."""
    awards: tuple[Award, ...] = ()

    @property
    def severities(self) -> tuple[Severity, ...]:
        """How grave a finding can be, gravest first; nothing where the policy says nothing of rectification."""
        return self.rectification.severities if self.rectification else ()

    @property
    def signing_days(self) -> int:
        """Within how many days an outcome is signed."""
        return self.signing.days if self.signing else SIGNING_DAYS

    def standards_of(self, stratum: str) -> list[Standard]:
        """The standards by which units of a stratum are inspected, in the policy's order."""
        lists = dict(self.checklists)
        names = lists.get(stratum, lists.get("*", ()))
        by_name = {standard.standard: standard for standard in self.standards}
        return [by_name[name] for name in names]

    def trigger_of(self, cause: str) -> Trigger | None:
        """The trigger of a cause; None where the policy has none."""
        return next((trigger for trigger in self.exit.triggers if trigger.cause == cause), None) if self.exit else None


NOTHING_AFTER: Final = After()
"""Of a policy that says nothing of it."""
