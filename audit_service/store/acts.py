"""The journal of acts, which is the log, and the counters that give out numbers without gaps."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from audit_service.core.acts import Act
from audit_service.core.entries import Recorded, write_entry
from audit_service.store.batches import batches
from audit_service.store.tables import acts, counters, entries

_LAST: Final = select(acts.c.number, acts.c.salt).order_by(acts.c.number.desc()).limit(1)


def next_number(db: Connection, counter: str) -> int:
    """The next number of a series, from 1. The series is locked until the transaction ends, so no number is lost."""
    taken = update(counters).where(counters.c.counter == counter).values(value=counters.c.value + 1)
    value: int | None = db.execute(taken.returning(counters.c.value)).scalar_one_or_none()
    if value is None:
        db.execute(insert(counters).values(counter=counter, value=1))
        return 1
    return value


def record(db: Connection, act: Act, action: str, subject: str, **details: object) -> int:
    """Write down an act, and its entry in the log, in the transaction that does it; its number."""
    number, salt = next_number(db, "acts"), token_hex(32)
    who = {"at": act.at, "by": act.by, "demo": act.demo, "role": act.role}
    row = {"number": number, **who, "action": action, "subject": subject}
    if act.request:
        details["request"] = act.request
    text = json.dumps(details, ensure_ascii=False, sort_keys=True)
    db.execute(insert(acts).values(**row, details=text, salt=salt))
    content = write_entry(Recorded(number, act, action, subject, json.loads(text), salt))
    db.execute(insert(entries).values(place=number, content=content))
    return number


def numbers_of(db: Connection, subjects: Collection[str], actions: Collection[str]) -> list[int]:
    """The numbers of the acts of some kinds on some subjects, in order."""
    chosen = select(acts.c.number).where(acts.c.subject.in_(subjects) & acts.c.action.in_(actions))
    return list(db.execute(chosen.order_by(acts.c.number)).scalars())


def recorded(db: Connection) -> Iterator[Recorded]:
    """Every act as it is kept, in order."""
    yield from map(as_recorded, db.execute(select(acts).order_by(acts.c.number)))


def recorded_on(db: Connection, subjects: Collection[str], actions: Collection[str]) -> list[Recorded]:
    """The acts of some kinds on some subjects as they are kept, in order."""
    chosen = select(acts).where(acts.c.subject.in_(subjects) & acts.c.action.in_(actions))
    return [as_recorded(row) for row in db.execute(chosen.order_by(acts.c.number))]


def recorded_of(db: Connection, actions: Collection[str]) -> list[Recorded]:
    """The acts of some kinds on whatever, as they are kept, in order."""
    return [
        as_recorded(row) for row in db.execute(select(acts).where(acts.c.action.in_(actions)).order_by(acts.c.number))
    ]


def as_recorded(row: Row[Any]) -> Recorded:
    """A row of the journal as the act that it keeps."""
    act = Act(row.at, row.by, row.demo, row.role)
    return Recorded(row.number, act, row.action, row.subject, json.loads(row.details), row.salt)


def last_before(db: Connection, moment: datetime) -> int:
    """The number of the last act before a moment; 0 where there is none."""
    found: int | None = db.execute(select(func.max(acts.c.number)).where(acts.c.at < moment)).scalar_one()
    return found or 0


def act_of(db: Connection, number: int) -> Act:
    """Who did it, and when."""
    row = db.execute(select(acts.c.at, acts.c.by, acts.c.demo, acts.c.role).where(acts.c.number == number)).one()
    return Act(row.at, row.by, row.demo, row.role)


def moments_of(db: Connection, numbers: Collection[int]) -> dict[int, datetime]:
    """When some acts were done."""
    found: dict[int, datetime] = {}
    for some in batches(numbers):
        chosen = select(acts.c.number, acts.c.at).where(acts.c.number.in_(some))
        found |= {row.number: row.at for row in db.execute(chosen)}
    return found


def details_of(db: Connection, number: int) -> dict[str, object]:
    """What was written down of an act beside who and when: a reason, a ground."""
    text: str = db.execute(select(acts.c.details).where(acts.c.number == number)).scalar_one()
    details: dict[str, object] = json.loads(text)
    return details


def all_details(db: Connection, subject: str, action: str) -> list[dict[str, object]]:
    """What was written down of every act of a kind on something, in their order."""
    chosen = select(acts.c.number, acts.c.details).where((acts.c.subject == subject) & (acts.c.action == action))
    return [json.loads(row.details) for row in db.execute(chosen.order_by(acts.c.number))]


def details_by(db: Connection, subjects: Sequence[str], action: str) -> dict[str, list[dict[str, Any]]]:
    """What was written down of every act of a kind on several things, in their order; nothing of what had none."""
    found: dict[str, list[dict[str, Any]]] = {}
    for some in batches(subjects):
        own = acts.c.subject.in_(some) & (acts.c.action == action)
        chosen = select(acts.c.subject, acts.c.details).where(own)
        for row in db.execute(chosen.order_by(acts.c.number)):
            found.setdefault(row.subject, []).append(json.loads(row.details))
    return found


def first_details(db: Connection, subjects: Sequence[str], action: str) -> dict[str, dict[str, Any]]:
    """What was written down of the first act of a kind on each of several things."""
    found: dict[str, dict[str, Any]] = {}
    for some in batches(subjects):
        own = acts.c.subject.in_(some) & (acts.c.action == action)
        first = select(func.min(acts.c.number)).where(own).group_by(acts.c.subject)
        chosen = select(acts.c.subject, acts.c.details).where(acts.c.number.in_(first))
        found |= {row.subject: json.loads(row.details) for row in db.execute(chosen)}
    return found


def any_without_account(db: Connection, draw: str) -> bool:
    """Whether any act on a draw or its rounds was done in one-office mode.

    Reveals and daily batches are not looked at: who holds a deposit, and the machine, do them without an account. In
    one-office mode the freezing of the draw tells, which came before them.
    """
    chosen = select(acts.c.number).where(_on(draw) & (acts.c.role == "") & acts.c.action.not_in(("reveal", "unit-day")))
    return db.execute(chosen.limit(1)).first() is not None


def any_since(db: Connection, draw: str, actions: Collection[str], number: int) -> bool:
    """Whether any act of some kinds was done on a draw, its rounds or its units after the act of a number."""
    chosen = select(acts.c.number).where(_on(draw) & acts.c.action.in_(actions) & (acts.c.number > number))
    return db.execute(chosen.limit(1)).first() is not None


def any_demo(db: Connection, draw: str) -> bool:
    """Whether any act on a draw or its rounds was done under a clock that was set by hand."""
    return db.execute(select(acts.c.number).where(_on(draw) & acts.c.demo)).first() is not None


def _on(draw: str) -> ColumnElement[bool]:
    return (acts.c.subject == draw) | acts.c.subject.startswith(f"{draw}/", autoescape=True)


def last(db: Connection) -> tuple[int, str]:
    """The number and the salt of the act that was recorded last; 0 and nothing where none was."""
    row = db.execute(_LAST).first()
    return (row.number, row.salt) if row else (0, "")


def last_number(db: Connection) -> int:
    """The number of the act that was recorded last."""
    value: int = db.execute(select(counters.c.value).where(counters.c.counter == "acts")).scalar_one()
    return value
