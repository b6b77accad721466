"""Wiring: the runtime, the command line and the web application."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def main() -> None:
    """The command `audit-service`.

    It does without the search for garbage in cycles: a command ends before any could add up, and the search through
    all rows of a roster or a frame takes a fifth of the time.
    """
    gc.disable()
    import click

    from audit_service.cli.main import root
    from audit_service.cli.output import REFUSED, start_failed, usage_failed
    from audit_service.config import read_settings
    from audit_service.errors import AuditError, Failed
    from audit_service.runtime import Runtime

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks ✓ shows it in another way
    try:
        runtime = Runtime(read_settings(os.environ))
    except AuditError as error:
        start_failed(error)
    try:
        root().main(obj=runtime, prog_name="audit-service", args=sys.argv[1:], standalone_mode=False)
    except click.ClickException as error:
        usage_failed(error)
    except click.Abort:
        sys.exit(REFUSED)
    except OSError as error:  # whose place did not say it better
        start_failed(Failed("system-failed", cause=error.strerror or str(error)))


def create_app() -> Flask:
    """The web application, for a WSGI server."""
    from audit_service.config import read_settings
    from audit_service.runtime import Runtime
    from audit_service.web.application import assemble

    return assemble(Runtime(read_settings(os.environ)))
