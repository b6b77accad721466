"""The papers of rectification: 整改通知书, which tells the city what is to be put right by when, and 复查意见书."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from audit_service.core.acts import Act
from audit_service.files.paper import Paper, plain
from audit_service.papers.official import listed, official, told_day
from audit_service.papers.record_words import Words
from audit_service.use_cases.findings import Found, Group, last_said

NOTICE: Final = "rectify"
RECHECK: Final = "recheck"
_RECHECKS: Final = ("recheck-pass", "recheck-fail")


def _notice(words: Words, act: Act, group: Group) -> Paper:
    first = group.found[0]
    said = last_said(first.finding, ("notify",))
    row = first.row
    told = {"unit": words.unit(row["unit"]), "day": told_day(words, row["found_on"]), "count": len(group.found)}
    columns = (("description", 70), ("severity", 18), ("deadline", 28), ("responsible", 28))
    rows = [
        (
            each.row["description"],
            _severity(words, each),
            told_day(words, each.finding.deadline),
            each.finding.responsible,
        )
        for each in group.found
    ]
    return official(
        words, act, NOTICE,
        number=said.document if said else "",
        addressee=words.to_city(row["city"]),
        blocks=(
            plain(words.text("paper.rectify.found", **told)),
            listed(words, columns, rows),
            plain(words.text("paper.rectify.asked")),
        ),
        by=words.text("paper.office"),
        day=said.day if said else "",
    )  # fmt: skip


def _recheck(words: Words, act: Act, group: Group) -> Paper:
    first = group.found[0]
    said = last_said(first.finding, _RECHECKS)
    row = first.row
    columns = (("description", 62), ("rectified", 44), ("opinion", 38))
    rows = [(each.row["description"], _rectified(words, each), _opinion(words, each)) for each in group.found]
    return official(
        words, act, RECHECK,
        number=said.document if said else "",
        addressee=words.to_city(row["city"]),
        blocks=(
            plain(words.text("paper.recheck.told", unit=words.unit(row["unit"]))),
            listed(words, columns, rows),
            plain(words.text("paper.recheck.by")),
        ),
        by=words.text("paper.office"),
        day=said.day if said else "",
    )  # fmt: skip


def _severity(words: Words, found: Found) -> str:
    rules = words.programme.after.rectification
    labels = {each.severity: each.label for each in rules.severities} if rules else {}
    name = found.row["severity"]
    return words.of(labels[name]) if name in labels else name


def _rectified(words: Words, found: Found) -> str:
    """What the city says it did; of what came on paper, that the office recorded it."""
    said = last_said(found.finding, ("hand-in",))
    if said and said.on_paper:
        return words.text("paper.recheck.on-paper", text=said.text, document=said.document)
    return said.text if said else ""


def _opinion(words: Words, found: Found) -> str:
    said = last_said(found.finding, _RECHECKS)
    if said is None:
        return ""
    if said.step == "recheck-pass":
        return words.text("paper.recheck.passed")
    return words.text("paper.recheck.failed", why=said.text, deadline=told_day(words, said.deadline))


PAPERS: Final[Mapping[str, Callable[[Words, Act, Group], Paper]]] = {NOTICE: _notice, RECHECK: _recheck}
"""By its kind, what writes a paper of a group of findings."""
