"""What of a draw is shown to whom.

Everybody sees every draw: its commitment, seed, sample, substitutions and teams by code, as soon as they may be known.
What is sealed only the office sees. Reasons and documents were typed by people and may name some: oversight sees them.
"""

from __future__ import annotations

from typing import Any

from audit_service.use_cases.views import Done, DrawView, Listed
from audit_service.web.asking import Asking
from schemas.answers.draws import done_json, draw_json

Json = dict[str, Any]


def shown_draw(asked: Asking, view: DrawView) -> Json:
    """A draw as whoever asks may see it. Of what they may not see there is nothing in the view."""
    return {**_words(asked, draw_json(view)), "rounds": [shown_done(asked, entry) for entry in view.rounds]}


def shown_done(asked: Asking, done: Done) -> Json:
    """A round's progress as whoever asks may see it; of a sealed one not even whether teams could be formed."""
    found = done_json(done)
    if done.progress.run and not done.progress.published and not asked.is_office:
        found["state"] = "drawn"
    return _words(asked, found)


def shown_line(listed: Listed) -> Json:
    """A draw in a list."""
    done = listed.done
    return {
        "draw": listed.draw,
        "campaign": listed.campaign,
        "state": str(done.progress.state) if done else "frozen",
        "commitment": done.c if done else None,
        "violations": list(done.violations) if done else [],
    }


def _words(asked: Asking, found: Json) -> Json:
    if asked.is_oversight:
        return found
    bare = [{name: entry[name] for name in ("wrong", "right", "request")} for entry in found["corrections"]]
    return {**found, "cancelled_by": None, "corrections": bare}
