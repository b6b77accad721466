"""What the service writes down about itself: one JSON object a line, and nothing personal.

No query, no body, no account, no address, and of a path only its rule: a log is copied to places where none of it may
be. What an exception says stays out for the same reason; where it was raised is written down.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

_SERVERS_OWN: Final = re.compile(r"(Invalid request|Error handling request|Request forbidden|Forbidden).*", re.DOTALL)


def without_texts(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception becomes its type and the places that it went through."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__qualname__
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def without_addresses(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What the server says of a bad request begins alike and goes on with an address and a path."""
    event["event"] = _SERVERS_OWN.sub(r"\1", str(event["event"]))
    return event


_SHARED: Final[list[Any]] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_texts,
]
_AS_JSON: Final = structlog.processors.JSONRenderer(ensure_ascii=False)


def _to_error(*_: object) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)


def configure() -> None:
    """From now on what is logged goes to standard error, whence systemd and containers keep it."""
    structlog.configure(processors=[*_SHARED, _AS_JSON], logger_factory=_to_error)


SERVER: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_addresses,
                _AS_JSON,
            ],
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}},
    "root": {"level": "WARNING", "handlers": ["out"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["out"], "propagate": False}},
}
"""The same for what gunicorn and libraries say by the standard library's logging."""
