"""Where a witness hands a cosignature in. The one way to write to the log from outside, with an auditor's token."""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, Response, jsonify, request

from audit_service.core.canonical import write_time
from audit_service.core.notes import COSIGNATURE, Key, Signature, parse_key, parse_signature
from audit_service.core.rights import Right
from audit_service.errors import FormError
from audit_service.use_cases import logbook
from audit_service.web.access import access
from audit_service.web.asking import asking

cosignatures = Blueprint("cosignatures", __name__, url_prefix="/log")
_LARGEST: Final = 4096
_LARGEST_SIZE: Final = 2**31 - 1


@cosignatures.post("/cosignatures")
@access(Right.WITNESS)
def take() -> tuple[Response, int]:
    """Keep a witness's signature of one of the log's checkpoints."""
    size, key, signature = _read(request.get_data(cache=False) if _short() else b"")
    with asking().begin() as db:
        kept, seen = logbook.take_cosignature(db, key, signature, size)
    return jsonify({"size": kept, "witness": key.name, "seen_at": write_time(seen)}), 201


def _short() -> bool:
    return request.content_length is not None and request.content_length <= _LARGEST


def _read(data: bytes) -> tuple[int, Key, Signature]:
    """What was handed in; `FormError` for anything else."""
    try:
        said = json.loads(data)
        size, key, line = said["size"], said["key"], said["cosignature"]
        well = type(size) is int and 0 < size <= _LARGEST_SIZE and isinstance(key, str) and isinstance(line, str)
    except (ValueError, KeyError, TypeError, RecursionError):
        well = False
    if not well:
        raise FormError("cosignature-form")
    return size, parse_key(key, COSIGNATURE), parse_signature(line)
