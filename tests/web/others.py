"""What is told of things that are somebody's: asked by each route, with a body that is well formed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.web.desk import SCAN, Desk
from tests.web.well_formed import body_of

NOT_COMPARED: Final = ("X-Request-ID", "Date")
SHORT: Final = 4
"""Characters. What is shorter is no identifier that an answer could be searched for."""
POSTS: Final = {
    "own": "city", "other": "city", "member": "inspector", "rechecker": "inspector", "stranger": "inspector",
    "office": "province", "second": "second-officer", "auditor": "auditor", "root": "administrator", "": "",
}  # fmt: skip
"""The posts of a scene by name, with their roles."""


@dataclass(frozen=True)
class Thing:
    """A thing by the parameters of its address, and where there is none such; whose it is; to whom there is none.

    Its parameters have as many characters as those of what there is not, so that answers of one length are alike.
    """

    real: Mapping[str, str]
    none: Mapping[str, str]
    owners: Sequence[str] = ()
    strangers: Sequence[str] = ()


Things = dict[str, list[Thing]]
Answer = tuple[int, str, list[tuple[str, str]]]


def key_of(rule: str) -> str:
    """The address of the thing that a route is about: the route up to its last parameter."""
    return rule[: rule.rindex(">") + 1]


def placed(rule: str, values: Mapping[str, str]) -> str:
    """A route's address with values for its parameters."""
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: values[found[1]], rule)


@dataclass(frozen=True)
class Scene:
    """A service with things by the addresses of its routes, and the filled-in form of a visit."""

    desk: Desk
    spec: dict[str, Any]
    things: Things
    form: bytes

    def told(self, method: str, rule: str, values: Mapping[str, str], by: str, **more: str) -> Answer:
        """What is answered; for the thing's identifiers stand their names."""
        path, (kind, body) = placed(rule, values), body_of(self.spec, method, rule)
        if kind.startswith("multipart"):
            file = self.form if rule.endswith("/form") else SCAN
            answer = self.desk.send(path.removeprefix("/api/v1/"), by, file, **more)
        else:
            answer = self.desk.ask(method, path, by, json=body, **more)
        text = answer.text if answer.is_json else ""
        for name, value in values.items():
            text = text.replace(value, f"<{name}>") if len(value) >= SHORT else text
        kept = [(name, value) for name, value in answer.headers.items() if name not in NOT_COMPARED]
        return answer.status_code, text, sorted(kept)
