"""The papers of an exit case: 陈述申辩告知书, 公示, and a draft of the commission's 撤销命名通知."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from audit_service.core.acts import Act
from audit_service.core.rules import Label
from audit_service.core.steps import Said
from audit_service.files.paper import Paper, plain
from audit_service.papers.official import official, told_day
from audit_service.papers.record_words import Words
from audit_service.use_cases.case_views import Stood

HEARING: Final = "hearing"
PUBLICATION: Final = "publication"
REVOCATION: Final = "revocation"


def _said(stood: Stood, *steps: str) -> Said | None:
    return next((said for said in reversed(stood.case.steps) if said.step in steps), None)


def _label(words: Words, stood: Stood, name: str) -> str:
    return words.of(Label(**stood.beginning[name]))


def _facts(words: Words, stood: Stood) -> dict[str, str]:
    """What every paper of a case says of it."""
    return {
        "unit": words.unit(stood.row["unit"]),
        "city": words.city(stood.row["city"]),
        "title": words.of(words.programme.title),
        "cause": _label(words, stood, "trigger"),
        "since": told_day(words, stood.beginning["since"]),
        "reference": stood.row["finding"] or stood.row["occasion"] or stood.case.case,
    }


def _hearing(words: Words, act: Act, stood: Stood) -> Paper:
    said, facts = _said(stood, "notify"), _facts(words, stood)
    until = told_day(words, stood.defence_until)
    reason = [plain(stood.beginning["text"])] if stood.beginning.get("text") else []
    days = {"days": stood.case.defence_days, "until": until or words.text("paper.day-open")}
    return official(
        words, act, HEARING,
        number=said.document if said else "",
        addressee=words.text("paper.to-unit", unit=facts["unit"]),
        blocks=(
            plain(words.text("paper.hearing.cause", **facts)),
            *reason,
            plain(words.text("paper.hearing.rights", **days)),
            plain(words.text("paper.hearing.waived")),
        ),
        by=words.text("paper.office"),
        day=said.day if said else "",
    )  # fmt: skip


def _publication(words: Words, act: Act, stood: Stood) -> Paper:
    said, facts = _said(stood, "publish"), _facts(words, stood)
    ending = words.text(f"ending.{stood.case.ending}") if stood.case.ending else words.text("paper.ending-open")
    days = {"days": stood.case.publication_days, "until": told_day(words, stood.objections_until)}
    days["until"] = days["until"] or words.text("paper.day-open")
    return official(
        words, act, PUBLICATION,
        number=said.document if said else "",
        addressee="",
        blocks=(
            plain(words.text("paper.publication.told", **facts, ending=ending)),
            plain(words.text("paper.publication.objections", **days)),
        ),
        by=words.text("paper.office"),
        day=said.day if said else "",
    )  # fmt: skip


def _revocation(words: Words, act: Act, stood: Stood) -> Paper:
    """The notice is the commission's: the office drafts it, and records the document that was issued."""
    said, facts = _said(stood, "revoke"), _facts(words, stood)
    decided = _said(stood, "sign", "meet")
    basis = decided.document if decided else words.text("paper.number-open")
    return official(
        words, act, REVOCATION,
        number=said.document if said else "",
        addressee=words.to_city(stood.row["city"]),
        blocks=(
            plain(words.text("paper.revocation.told", **facts, basis=basis)),
            plain(words.text("paper.revocation.plaque", **facts)),
        ),
        by=_label(words, stood, "authority"),
        day=said.day if said else "",
    )  # fmt: skip


PAPERS: Final[Mapping[str, Callable[[Words, Act, Stood], Paper]]] = {
    HEARING: _hearing,
    PUBLICATION: _publication,
    REVOCATION: _revocation,
}
"""By its kind, what writes a paper of a case."""
