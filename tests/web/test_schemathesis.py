"""Every endpoint with every role, asked what its description allows and what it does not, by schemathesis."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from audit_service.web.api.parts import ERRORS
from tests.web.desk import Desk

LONG = os.environ.get("AUDIT_LONG") == "1"
ROLES = [
    "office",
    *(pytest.param(name, marks=pytest.mark.long) for name in ("", "second", "auditor", "chengdu", "member", "root")),
]


class Visitor(WSGIRequestHandler):
    """Comes from another address each time: of one, only so many wrong tokens are looked at. Says nothing."""

    _numbers = count()

    def make_environ(self) -> dict[str, Any]:
        address = ip_address("10.0.0.0") + next(self._numbers)
        return {**super().make_environ(), "REMOTE_ADDR": str(address)}

    def log(self, type: str, message: str, *args: object) -> None: ...


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """A service with data, that answers on a port of this machine."""
    desk.enlist("C510101")
    desk.appoint("member", "inspector", "--inspector", "C510101")
    desk.appoint("root", "administrator")
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    desk.office.import_demo().commit()
    desk.office.freeze("2027")
    server = make_server("127.0.0.1", 0, desk.app, threaded=False, request_handler=Visitor)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("role", ROLES)
def test_the_api_is_what_its_description_says(role: str, desk: Desk, address: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    header = ("--header", f"Authorization: Bearer {desk.tokens[role]}") if role else ()
    command = [program, "run", f"{address}/api/v1/openapi.json", "--checks", "all", "--seed", "1", "--no-color"]
    phases = ("--phases", "coverage,fuzzing" if LONG else "fuzzing", "--max-examples", "50" if LONG else "1")
    environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)}
    done = subprocess.run(
        [*command, *phases, *header], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 0, done.stdout[-6000:]
    found = re.search(r"Tested: ([0-9]+)", done.stdout)
    description = json.loads(desk.ask("GET", "openapi.json").data)
    assert found
    assert int(found[1]) == sum(len(methods.keys() - {"parameters"}) for methods in description["paths"].values())


def test_the_description_lists_no_error_but_problems_of_ours(desk: Desk) -> None:
    description = json.loads(desk.ask("GET", "openapi.json").data)
    ours = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    described = description["components"]["responses"]
    assert set(described) == {f"Problem{status}" for status in ERRORS}
    assert all(problem["content"] == ours for problem in described.values())
    for path, methods in description["paths"].items():
        for method in methods.keys() - {"parameters"}:
            responses = methods[method]["responses"]
            assert set(responses) - {"200", "201"} == {str(status) for status in ERRORS}, (method, path)
            assert all(
                responses[str(status)] == {"$ref": f"#/components/responses/Problem{status}"} for status in ERRORS
            )
    assert "Error" not in description["components"]["schemas"]
