"""The site for nginx that is shipped, in front of the real server: what comes through, and what does not.

Only ports and folders are others than in the file. Each test asks from an address of its own, 127.0.0.N, since nginx
and the service both count by address.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path
from time import monotonic
from typing import Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from tests.copies import copy_of
from tests.office import Office, office_in, working
from tests.web.test_server import Server, served

NGINX: Final = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
NAME: Final = "audit.example.gov.cn"
SITE: Final = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
AROUND: Final = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
PASSWORD: Final = "correct horse battery staple"
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here (Debian's nginx-light)")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    data: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.data)


@dataclass(frozen=True)
class Front:
    """nginx with the site, on two ports of this machine."""

    folder: Path
    plain: int
    tls: int

    def _open(self, source: int, *, tls: bool) -> HTTPConnection:
        here = (f"127.0.0.{source}", 0)
        if not tls:
            return HTTPConnection("127.0.0.1", self.plain, timeout=30, source_address=here)
        known = ssl.create_default_context(cafile=self.folder / "tls" / "audit.crt")
        known.check_hostname = False  # it is asked by its address
        return HTTPSConnection("127.0.0.1", self.tls, timeout=30, source_address=here, context=known)

    def ask(
        self, source: int, path: str, method: str = "GET", body: bytes | None = None, tls: bool = True, **headers: str
    ) -> Answer:
        """One request from an address of this machine, under the site's name."""
        connection = self._open(source, tls=tls)
        try:
            sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def logs(self, awaited: str) -> str:
        """All that nginx wrote down, with what is awaited: it writes when it has answered."""
        deadline = monotonic() + 20
        while awaited not in (found := "".join(file.read_text() for file in self.folder.glob("**/*.log"))):
            assert monotonic() < deadline, found
        return found


def certify(folder: Path) -> None:
    """A certificate that vouches for itself."""
    folder.mkdir()
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    lasting = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    signed = lasting.sign(key, hashes.SHA256())
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "audit.crt").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "audit.key").write_bytes(key.private_bytes(*form))


def free_ports(number: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


@contextmanager
def fronted(folder: Path, port: int) -> Iterator[Front]:
    """nginx with the shipped site in front of a port."""
    folder.mkdir()
    certify(folder / "tls")
    plain, tls = free_ports(2)
    site = SITE
    for ours, here in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        ("/etc/nginx/tls/", f"{folder}/tls/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("http://127.0.0.1:8000;", f"http://127.0.0.1:{port};"),
    ):
        assert ours in site
        site = site.replace(ours, here)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    command = [str(NGINX), "-p", folder, "-e", folder / "start.log", "-c", folder / "nginx.conf", "-g", "user root;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(process, tls, folder / "start.log")
        yield Front(folder, plain, tls)
    finally:
        process.terminate()
        process.wait(10)


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = monotonic() + 20
    while monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[Office]:
    """An office as it is in earnest: by the real clock, with a post that has a token and a password."""
    folder = tmp_path_factory.mktemp("behind-nginx")
    with working(office_in(folder, copy_of(template, folder))) as made:
        made.environment = {**made.environment, "AUDIT_WORKERS": "1"}
        yield made.at("")


@pytest.fixture(scope="module")
def token(office: Office) -> str:
    made: str = office.run("user", "add", "office", "--role", "province", "--token").json["token"]
    office.run("user", "password", "office", "--password", PASSWORD)
    return made


@pytest.fixture(scope="module")
def server(office: Office, token: str) -> Iterator[Server]:
    with served(office) as found:
        found.wait_until_ready()
        yield found


@pytest.fixture(scope="module")
def front(office: Office, server: Server) -> Iterator[Front]:
    with fronted(office.folder / "nginx", server.port) as found:
        yield found


def test_answers_bear_the_headers_of_both_and_nothing_of_which_versions_they_are(front: Front) -> None:
    answer = front.ask(2, "/api/v1/draws")
    assert (answer.status, answer.json) == (200, {"items": []})
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.get_all("Server") == ["nginx"]
    plain = front.ask(2, "/api/v1/draws?x=1", tls=False)
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{NAME}/api/v1/draws?x=1")
    assert plain.headers["Server"] == "nginx"


def test_a_request_has_one_id_in_its_answer_and_in_both_logs_and_it_is_not_the_callers(
    front: Front, server: Server
) -> None:
    given = front.ask(3, "/healthz", X_Request_ID="of-the-callers-own-choice").headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert [line["rule"] for line in server.lines() if line.get("request_id") == given] == ["/healthz"]
    assert front.logs(f" {given}\n")


def test_the_service_counts_by_the_address_that_nginx_sees_whatever_the_caller_says(
    front: Front, office: Office
) -> None:
    for source, said in ((4, "203.0.113.7"), (4, "203.0.113.8"), (5, "203.0.113.7")):
        wrong = front.ask(source, "/api/v1/me", Authorization="Bearer aud_x_x", X_Forwarded_For=said)
        assert wrong.status == 401
    with office.runtime.look() as db:
        assert sorted(db.execute(text("SELECT count FROM attempts")).scalars()) == [1, 2]


def test_a_browser_that_speaks_tls_to_nginx_signs_in_and_acts_from_our_own_pages_alone(
    front: Front, token: str
) -> None:
    body = json.dumps({"account": "office", "password": PASSWORD}).encode()
    answer = front.ask(6, "/api/v1/session", "POST", body, Content_Type="application/json")
    assert answer.status == 201
    assert {"Secure", "HttpOnly", "SameSite=Strict"} <= set(answer.headers["Set-Cookie"].split("; "))
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    for origin, status in ((f"http://{NAME}", 403), ("https://elsewhere.cn", 403), (f"https://{NAME}", 200)):
        assert front.ask(6, "/api/v1/session", "DELETE", Cookie=cookie, Origin=origin).status == status, origin


def test_files_come_through_that_the_service_takes_and_what_is_larger_does_not(front: Front, token: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n%b\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    sent = front.ask(7, "/api/v1/units/import", "POST", form % (b"a" * (3 << 20)), Content_Type=kind, **bearer)
    assert (sent.status, sent.json["code"]) == (409, "roster-errors")  # it was read to its end
    large = b'"%b"' % (b"a" * (1 << 20))
    told = front.ask(7, "/api/v1/tokens", "POST", large, Content_Type="application/json", **bearer)
    assert (told.status, told.headers["Content-Type"]) == (413, "application/problem+json")
    length = {"Content_Length": str((128 << 20) + 1), "Content_Type": kind, **bearer}
    refused = front.ask(7, "/api/v1/units/import", "POST", b"", **length)
    assert (refused.status, refused.headers["Content-Type"]) == (413, "text/html")  # by nginx, and nothing was sent


def test_what_is_for_this_machine_alone_is_not_shown_outside(front: Front, server: Server) -> None:
    for path in ("/metrics", "/readyz"):
        assert server.get(path)[0] == 200
        assert front.ask(8, path).status == 404
    assert front.ask(8, "/healthz").status == 200


def test_who_asks_too_often_waits_and_others_do_not_and_no_log_says_who_asked_for_what(
    front: Front, tmp_path: Path
) -> None:
    statuses = {front.ask(9, "/log/key").status for _ in range(80)}
    assert statuses == {200, 429}
    assert front.ask(10, "/log/key").status == 200
    with fronted(tmp_path / "nginx", free_ports(1)[0]) as dead:
        assert dead.ask(11, "/api/v1/draws").status == 502
        dead.ask(11, "/api/v1/draws", tls=False)
        said = front.logs(" 429 ") + dead.logs(" 502 ")
    assert not re.search(r"127\.0\.0\.(9|1[01])\b|/log/key|/api/v1", said)
