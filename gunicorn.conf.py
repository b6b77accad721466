"""How gunicorn runs the service; `gunicorn wsgi:app` in this folder takes it. docs/operations.md says why."""

import gc
import os
import shutil
import sys
import tempfile

from audit_service.config import read_settings
from audit_service.errors import AuditError
from audit_service.messages import error_text, from_locale

try:
    _settings = read_settings(os.environ)
except AuditError as error:
    sys.exit(error_text(error, from_locale(os.environ)))

_figures = tempfile.mkdtemp(prefix="audit-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures  # before prometheus_client is imported, and empty at each start

from gunicorn.glogging import Logger  # noqa: E402
from prometheus_client import multiprocess  # noqa: E402

from audit_service.web import logs  # noqa: E402

bind = _settings.web_bind
workers = _settings.web_workers
worker_class = "sync"
preload_app = True  # loaded once and forked: a worker that died is replaced in milliseconds
timeout = 120
graceful_timeout = 60
max_requests = 100_000
max_requests_jitter = 10_000
forwarded_allow_ips = "127.0.0.1,::1"
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
control_socket_disable = True  # nobody talks to it; signals do
logconfig_dict = logs.SERVER


class WithoutAccessLog(Logger):
    """audit_service/web/operation.py writes the line of a request, without what is personal."""

    def access(self, resp, req, environ, request_time):
        """Nothing: gunicorn would put a line together at each request even where no log takes it."""


logger_class = WithoutAccessLog


def when_ready(server):
    """What was loaded stays to the end: the workers' search for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """No two processes may speak over one connection to the database."""
    from wsgi import app

    runtime = app.extensions["runtime"]
    if "engine" in vars(runtime):
        runtime.engine.dispose(close=False)


def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    shutil.rmtree(_figures, ignore_errors=True)


def post_worker_init(worker):
    """Each worker can publish the log; whichever has the lock does (docs/log.md)."""
    from audit_service.publisher import start

    start(worker.wsgi.extensions["runtime"])
