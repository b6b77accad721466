"""Wiring: the runtime, the command line and the web application."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def main() -> None:
    """The command `audit-service`."""
    from audit_service.cli.main import root
    from audit_service.cli.output import start_failed
    from audit_service.config import read_settings
    from audit_service.errors import AuditError
    from audit_service.runtime import Runtime

    try:
        runtime = Runtime(read_settings(os.environ))
    except AuditError as error:
        start_failed(error)
    root()(obj=runtime, prog_name="audit-service", args=sys.argv[1:])


def create_app() -> Flask:
    """The web application, for a WSGI server."""
    from flask import Flask

    from audit_service.config import read_settings
    from audit_service.runtime import Runtime
    from audit_service.web.health import health

    app = Flask("audit_service")
    app.extensions["runtime"] = Runtime(read_settings(os.environ))
    app.register_blueprint(health)
    return app
