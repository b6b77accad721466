"""Views that act: one transaction a request, and the same answer to the same request however often it is sent.

Who does not know whether a request arrived sends it again with the same `Idempotency-Key`. Its answer is kept in the
transaction that did it, so that it is done once, and told each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from hashlib import file_digest, sha256
from typing import Any, Final

from flask import request
from sqlalchemy import Connection

from audit_service.core.draws import SAMPLE_ROUND
from audit_service.errors import Refused
from audit_service.use_cases import answering
from audit_service.web.asking import Asking, asking
from audit_service.web.tags import unchanged

KEY: Final = "Idempotency-Key"
LONGEST: Final = 255


def acting(view: Callable[..., Any], *, once: bool = True, sealed: bool = False) -> Callable[..., Any]:
    """A view that acts is handed the transaction and the request. What it gives back is kept before it is told.

    `sealed`: what it tells of a draw is kept locked with the draw's secret, where it has one.
    """

    act = unchanged(view)

    @wraps(view)
    def run(*arguments: Any, **named: Any) -> Any:
        asked, key = asking(), request.headers.get(KEY, "")
        if not key or not once:
            with asked.begin() as db:
                return act(db, asked, *arguments, **named)
        if len(key) > LONGEST or not key.isprintable():
            raise Refused("key-form", most=LONGEST)
        with asked.begin() as db:
            secret = _secret(db, asked, arguments, named) if sealed else ""
            return _once(db, asked, key, secret, lambda: act(db, asked, *arguments, **named))

    return run


def _secret(db: Connection, asked: Asking, arguments: Sequence[Any], named: Mapping[str, Any]) -> str:
    """The secret of the draw that a request is about: by its address, or else by its body."""
    said = {**(arguments[0] if arguments else {}), **named}
    return answering.seal_of(db, asked.vault, said.get("occasion") or said["draw"], said.get("number", SAMPLE_ROUND))


def _once(db: Connection, asked: Asking, key: str, secret: str, do: Callable[[], Any]) -> Any:
    who = asked.caller.account.account if asked.caller else ""
    known = answering.begin(db, who, key, _digest(), asked.runtime.wall_clock(), secret)
    if known is not None:
        return json.loads(known)
    told = do()
    answering.end(db, who, key, json.dumps(told, ensure_ascii=False), secret)
    return told


def _digest() -> str:
    """What makes a request the same: method, path and body; of a form its fields and files, however it was wrapped."""
    said = [request.method.encode(), request.full_path.encode()]
    if request.mimetype == "multipart/form-data":
        said += [f"{name}={value}".encode() for name, value in sorted(request.form.items(multi=True))]
        for name, file in request.files.items(multi=True):
            file.stream.seek(0)
            said += [f"{name}={file.filename}".encode(), file_digest(file.stream, "sha256").digest()]  # type: ignore[arg-type]
    else:
        said.append(request.get_data(cache=True))
    return sha256(b"\0".join(sha256(part).digest() for part in said)).hexdigest()
