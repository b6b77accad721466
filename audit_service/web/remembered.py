"""Answers about draws, remembered for as long as nothing is done.

Whatever such an answer shows was brought about by acts, and the last act stands for all that were done before it: its
salt is random, so that not even a database that was set back to an earlier state has the same one. What the clock
changes beside, what is overdue, is found anew each time and is part of what an answer is remembered under.

Of a draw under seal nothing is remembered: what must not be stored (docs/adr/0003-sealed-results.md) does not stay in
a server's memory either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import Response, jsonify

from audit_service.use_cases import views
from audit_service.web.asking import Asking
from audit_service.web.showing import shown_draw
from schemas.answers.draws import DrawOut

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_BYTES: Final = 8 << 20
"""Of all answers together, in each worker."""
_SHOWN: Final = DrawOut()
_Sight = tuple[bool, bool, views.Overdue]
"""What may be shown to who asks, and what is overdue."""


@dataclass(frozen=True)
class _Answers:
    standing: views.Standing
    bodies: dict[_Sight, bytes] = field(default_factory=dict)


@dataclass
class Remembered:
    """The answers that followed from one state of things; all are forgotten when something else is found."""

    most: int = MOST_BYTES
    _state: views.LastAct | None = None
    _answers: dict[str, _Answers] = field(default_factory=dict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def draw(self, db: Connection, asked: Asking, name: str) -> Response:
        """A draw as who asks may see it."""
        state = views.last_act(db)
        body = self._find(state, asked, name)
        if body is None:
            view = views.show_draw(db, asked.vault, name, asked.now, sealed=asked.is_office)
            body = jsonify(_SHOWN.dump(shown_draw(asked, view))).get_data()
            if not views.is_under_seal(view.standing):
                self._keep(state, asked, name, view.standing, body)
        return Response(body, content_type="application/json")

    def _find(self, state: views.LastAct, asked: Asking, name: str) -> bytes | None:
        with self._lock:
            known = self._answers.get(name) if state == self._state else None
            return known.bodies.get(_sight(asked, known.standing)) if known else None

    def _keep(self, state: views.LastAct, asked: Asking, name: str, standing: views.Standing, body: bytes) -> None:
        with self._lock:
            if state != self._state or self._bytes + len(body) > self.most:
                self._state, self._answers, self._bytes = state, {}, 0
            if len(body) <= self.most:
                self._answers.setdefault(name, _Answers(standing)).bodies[_sight(asked, standing)] = body
                self._bytes += len(body)


def _sight(asked: Asking, standing: views.Standing) -> _Sight:
    return asked.is_office, asked.is_oversight, views.overdue(standing, asked.now)
