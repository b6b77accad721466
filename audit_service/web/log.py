"""The log for everybody: its checkpoint, tiles and key as C2SP tlog-tiles says, and proofs as JSON. Read-only.

What is asked for by a size that is written out never changes, so caches may keep it; the newest checkpoint and what
follows from it may be kept for a second, as tlog-tiles asks ("prevent caching beyond a few seconds").
"""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, Response, request

from audit_service.core.rights import Right
from audit_service.errors import FormError, NotFound
from audit_service.use_cases import log_files, log_proving, logbook
from audit_service.web.access import access
from audit_service.web.asking import asking

log = Blueprint("log", __name__, url_prefix="/log")
FOREVER: Final = "public, max-age=31536000, immutable"
BRIEFLY: Final = "public, max-age=1"
_LONGEST_NUMBER: Final = 10


@log.get("/checkpoint")
@access(Right.ANYBODY)
def checkpoint() -> Response:
    """The newest checkpoint with the signatures of its witnesses: a C2SP signed note."""
    return _answer(_latest().encode(), "text/plain; charset=utf-8", BRIEFLY)


@log.get("/key")
@access(Right.ANYBODY)
def key() -> Response:
    """The log's public key, as verifiers of signed notes take it. To be had in print as well: who hands out another
    log would hand out another key."""
    _latest()  # before the first signature there may be no key, and nobody makes one by asking
    return _answer(f"{asking().runtime.seal.key}\n".encode(), "text/plain; charset=utf-8", BRIEFLY)


@log.get("/tile/<path:path>")
@access(Right.ANYBODY)
def tile(path: str) -> Response:
    """A tile of hashes, or a bundle of entries below `entries/`."""
    with asking().look() as db:
        data = log_files.tile_bytes(db, path)
    return _answer(data, "application/octet-stream", FOREVER)


@log.get("/proofs/inclusion")
@access(Right.ANYBODY)
def inclusion() -> Response:
    """That entry number `entry`, from 1, is in the log of `size` entries, or in that of the newest checkpoint."""
    entry, size = _number("entry"), _number_or_none("size")
    with asking().look() as db:
        found = log_proving.inclusion(db, entry, size)
    path = [each.hex() for each in found.path]
    said = {"entry": entry, "size": found.size, "leaf": found.leaf.hex(), "root": found.root.hex(), "path": path}
    return _json(said, fixed=size is not None)


@log.get("/proofs/consistency")
@access(Right.ANYBODY)
def consistency() -> Response:
    """That the log of `to` entries, or that of the newest checkpoint, begins with the log of `from` entries."""
    old, size = _number("from"), _number_or_none("to")
    with asking().look() as db:
        found = log_proving.consistency(db, old, size)
    roots = {"from_root": found.old_root.hex(), "to_root": found.root.hex()}
    path = [each.hex() for each in found.path]
    return _json({"from": old, "to": found.size, **roots, "path": path}, fixed=size is not None)


def _latest() -> str:
    with asking().look() as db:
        note = logbook.latest(db)
    if note is None:
        raise NotFound("log-empty")
    return str(note)


def _number(name: str) -> int:
    """A number that the query says, from 1 on, without zeros in front; `FormError` for anything else."""
    found = request.args.getlist(name)
    text = found[0] if len(found) == 1 else ""
    if not (text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= _LONGEST_NUMBER):
        raise FormError("query-number", name=name, found=", ".join(found))
    return int(text)


def _number_or_none(name: str) -> int | None:
    return _number(name) if name in request.args else None


def _json(said: object, *, fixed: bool) -> Response:
    data = json.dumps(said, separators=(",", ":")).encode()
    return _answer(data, "application/json", FOREVER if fixed else BRIEFLY)


def _answer(data: bytes, content_type: str, caching: str) -> Response:
    response = Response(data, content_type=content_type)
    response.headers["Cache-Control"] = caching
    response.add_etag()
    response.make_conditional(request)
    return response
