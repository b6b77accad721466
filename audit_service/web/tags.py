"""Tags of what can be edited: who changes something can say which state of it they saw (RFC 9110, If-Match)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import Response, g, request
from werkzeug.exceptions import PreconditionFailed


def tag_of(shown: Mapping[str, Any]) -> str:
    """The tag of something as it is shown."""
    return sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def tagged(shown: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is shown, and its tag in the answer's header."""
    g.tag = tag_of(shown)
    return shown


def check_tag(shown: Mapping[str, Any]) -> None:
    """Refuse a change of something that is not as who changes it says that they saw it."""
    if request.if_match and not request.if_match.contains(tag_of(shown)):
        raise PreconditionFailed


def set_tag(response: Response) -> Response:
    """The tag of what was shown; whoever has it already is told so and no more."""
    tag: str | None = g.pop("tag", None)
    if tag and response.status_code < 300:
        response.set_etag(tag)
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(request)
    return response
