"""A witness who has no more than the log's address: it fetches what it needs, refuses as with a folder, hands in."""

from __future__ import annotations

import ipaddress
import shutil
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server, socket
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from audit_service.app import create_app
from audit_service.core.notes import parse_key, parse_note
from audit_service.disk import alone
from audit_service.errors import AuditError, NotFound, Refused, Unreadable
from audit_service.files.remote import Remote
from audit_service.signing import verify
from tests.log.test_http import fill
from tests.office import Office, on_both

Wsgi = Callable[..., Any]


@dataclass
class Served:
    """A server, what it was asked for, and what it answers otherwise than the application does."""

    url: str
    asked: list[str] = field(default_factory=list)
    instead: dict[str, bytes] = field(default_factory=dict)


@contextmanager
def served(app: Wsgi, tls: Any = None) -> Iterator[Served]:
    """An application behind a real server on a port of its own."""
    found = Served("")

    @Request.application
    def watched(request: Request) -> Response:
        found.asked.append(request.path)
        if request.path in found.instead:
            return Response(found.instead[request.path])
        return Response.from_app(app, request.environ)

    server = make_server("127.0.0.1", 0, watched, threaded=True, ssl_context=tls)
    found.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/log"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def app(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wsgi]:
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    app = create_app()
    yield app
    app.extensions["runtime"].engine.dispose()


@pytest.fixture
def log(office: Office, app: Wsgi) -> Iterator[Served]:
    """The office's log over HTTP."""
    office.import_demo()
    with served(app) as found:
        yield found


class Witness:
    """Somebody elsewhere, without the office's database."""

    def __init__(self, office: Office, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.log_key = folder, office.run("log", "show").json["key"]
        self.own = Office(folder, {"AUDIT_DATABASE_URL": f"sqlite:///{folder}/none.db"})

    def sign(self, where: object, *options: object, expect: int = 0, token: str = "") -> Any:
        """Cosign; the JSON, or the code of the refusal."""
        self.own.environment = {**self.own.environment, "AUDIT_TOKEN": token}
        own = ("--log-key", self.log_key, "--name", "纪检", "--key-file", self.folder / "witness.key")
        files = ("--seen", self.folder / "seen", *(options or ("--out", self.folder / "cosignature")))
        done = self.own.run("log", "witness", where, *own, *files, expect=expect)
        return done.code if expect else done.json


@pytest.fixture
def witness(office: Office, log: Served) -> Witness:
    return Witness(office, office.folder / "elsewhere")


@pytest.fixture
def token(office: Office, log: Served) -> str:
    """The auditor's."""
    found: str = office.run("user", "add", "audit-1", "--role", "auditor", "--token").json["token"]
    return found


# --- looking --------------------------------------------------------------------------------------------------------


@on_both
def test_it_cosigns_what_grew_and_brings_the_signature_as_a_file(office: Office, log: Served, witness: Witness) -> None:
    signed = witness.sign(log.url)
    assert signed["size"] == 4
    office.run("log", "cosigned", witness.folder / "cosignature", "--witness-key", signed["key"])
    office.freeze()
    assert witness.sign(f"{log.url}/")["size"] == 6
    assert not (witness.folder / "none.db").exists()


def test_it_fetches_the_tiles_of_its_proof_and_no_others(office: Office, log: Served, witness: Witness) -> None:
    fill(office, 1000)
    witness.sign(log.url)
    fill(office, 2000)
    log.asked.clear()
    assert witness.sign(log.url)["size"] == 3004
    asked = [path.removeprefix("/log/") for path in log.asked]
    assert len(asked) == len(set(asked))
    assert set(asked) <= {"checkpoint", "tile/0/003", "tile/0/011.p/188", "tile/1/000.p/11"}


def test_a_tile_that_is_full_by_now_stands_for_the_part_that_was_taken_away(
    office: Office, witness: Witness, tmp_path: Path
) -> None:
    def static(environ: Any, start: Any) -> Any:
        file = tmp_path / "export" / environ["PATH_INFO"].removeprefix("/log/")
        return Response(file.read_bytes() if file.is_file() else b"", 200 if file.is_file() else 404)(environ, start)

    fill(office, 100)
    office.run("log", "export", tmp_path / "export")
    checkpoint = (tmp_path / "export/checkpoint").read_bytes()
    fill(office, 400)
    shutil.rmtree(tmp_path / "export")
    office.run("log", "export", tmp_path / "export")
    (tmp_path / "export/checkpoint").write_bytes(checkpoint)
    with served(static) as log:
        assert witness.sign(log.url)["size"] == 104
    assert log.asked == ["/log/checkpoint", "/log/tile/0/000.p/104", "/log/tile/0/000"]


def test_it_refuses_a_rollback_and_a_fork_and_remembers_what_it_saw(
    office: Office, app: Wsgi, log: Served, witness: Witness, template: str
) -> None:
    office.freeze()
    witness.sign(log.url)
    seen = (witness.folder / "seen").read_bytes()
    app.extensions["runtime"].engine.dispose()  # type: ignore[attr-defined]
    office.begin_anew(template)
    office.import_demo()
    assert witness.sign(log.url, expect=1) == "witness-rollback"
    office.freeze()
    assert witness.sign(log.url, expect=1) == "witness-fork"
    office.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020")
    assert witness.sign(log.url, expect=1) == "witness-fork"
    assert (witness.folder / "seen").read_bytes() == seen


def test_it_refuses_files_that_do_not_agree(log: Served, witness: Witness) -> None:
    note = Remote(log.url).read("checkpoint", 1000)
    tile = Remote(log.url).read("tile/0/000.p/4", 1000)
    for path, other, code in (
        ("tile/0/000.p/4", bytes([tile[0] ^ 1]) + tile[1:], "witness-tiles-wrong"),
        ("tile/0/000.p/4", tile[:-1], "witness-tiles-wrong"),
        ("tile/0/000.p/4", tile + b"x", "remote-not-read"),
        ("checkpoint", note.replace(b"\n4\n", b"\n3\n"), "signature-wrong"),
        ("checkpoint", b"x" * 70_000, "remote-too-large"),
        ("checkpoint", b"", "note-form"),
    ):
        log.instead = {f"/log/{path}": other}
        found = witness.sign(log.url, expect=1)
        assert found == code or (code == "remote-not-read" and found == "remote-too-large"), path
    assert not (witness.folder / "seen").exists()


def test_of_two_who_cosign_at_once_one_is_told_to_wait(log: Served, witness: Witness) -> None:
    with alone(witness.folder / "seen.lock", 0):
        assert witness.sign(log.url, expect=1) == "witness-busy"


# --- a server that is not what it should be ---------------------------------------------------------------------------


def failure(url: str, most: int = 1000, **limits: float) -> AuditError:
    with pytest.raises((NotFound, Unreadable)) as found:
        Remote(url, **limits).read("checkpoint", most)
    return found.value


def test_a_redirection_is_told_and_not_followed() -> None:
    def moved(environ: Any, start: Any) -> Any:
        return Response("", 302, {"Location": "file:///etc/passwd"})(environ, start)

    with served(moved) as found:
        error = failure(found.url)
    assert (error.code, error.params["to"]) == ("remote-moved", "file:///etc/passwd")
    assert len(found.asked) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/log", "http://[", "http://127.0.0.1:x/", "https://"])
def test_an_address_that_nobody_answers_at_says_so(url: str) -> None:
    assert failure(url).code == "remote-not-read"


def test_a_server_that_fails_or_has_nothing_says_so() -> None:
    for status, code in ((404, "remote-missing"), (500, "remote-not-read"), (403, "remote-not-read")):

        def failing(environ: Any, start: Any, status: int = status) -> Any:
            return Response("x", status)(environ, start)

        with served(failing) as found:
            assert failure(found.url).code == code


@contextmanager
def dribbling() -> Iterator[str]:
    """A server that begins an answer and never ends it, a byte at a time."""
    stop = threading.Event()

    def answer(connection: socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
            while not stop.wait(0.01):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    with create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: answer(listener.accept()[0]))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/log"
        stop.set()
        thread.join()


def test_a_server_that_answers_without_end_is_left() -> None:
    with dribbling() as url:
        assert failure(url, longest=0.1).code == "remote-not-read"


def test_a_server_that_answers_nothing_is_left() -> None:
    with create_server(("127.0.0.1", 0)) as listener:
        assert failure(f"http://127.0.0.1:{listener.getsockname()[1]}/log", patience=0.1).code == "remote-not-read"


def certificate(folder: Path) -> Path:
    """A key and a certificate for this machine, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    file = folder / "tls.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(made.public_bytes(encoding) + key.private_bytes(encoding, *form))
    return file


def test_only_a_server_whose_certificate_is_trusted_is_read(
    app: Wsgi, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.import_demo()
    file = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with served(app, context) as found:
        assert "certificate" in str(failure(found.url).params["cause"])
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert Remote(found.url).read("checkpoint", 1000).startswith(b"audit-service\n4\n")
        assert failure(found.url.replace("127.0.0.1", "localhost")).code == "remote-not-read"


# --- handing in -----------------------------------------------------------------------------------------------------


@on_both
def test_the_signature_is_handed_in_and_stands_on_the_checkpoint(
    office: Office, log: Served, witness: Witness, token: str
) -> None:
    signed = witness.sign(log.url, "--send", token=token)
    note = parse_note(Remote(log.url).read("checkpoint", 1000))
    assert verify(note, parse_key(signed["key"])) == office.runtime.now()
    assert witness.sign(log.url, "--send", token=token)["size"] == signed["size"]  # as known


def test_only_an_auditor_hands_in(office: Office, log: Served, witness: Witness, token: str) -> None:
    province = office.run("user", "add", "office-1", "--role", "province", "--token").json["token"]
    assert witness.sign(log.url, "--send", expect=1) == "witness-token"
    for other in (province, token[:-1] + "x", "nonsense"):
        assert witness.sign(log.url, "--send", expect=1, token=other) == "cosignature-not-taken"
    for other, status in ((province, 403), ("nonsense", 401), ("", 401)):
        assert Remote(log.url).send("cosignatures", {}, other).status == status


def test_in_one_office_mode_nobody_hands_in_over_the_network(log: Served, witness: Witness) -> None:
    assert witness.sign(log.url, "--send", expect=1, token="any") == "cosignature-not-taken"
    assert Remote(log.url).send("cosignatures", {}, "").said["code"] == "token-needed"


def test_what_is_no_cosignature_is_not_taken(office: Office, log: Served, witness: Witness, token: str) -> None:
    signed = witness.sign(log.url)
    good = {name: signed[name] for name in ("size", "key", "cosignature")}
    for change, status, code in (
        ({"size": 3}, 409, "cosignature-of-nothing"),
        ({"size": 2**31}, 409, "cosignature-form"),
        ({"size": True}, 409, "cosignature-form"),
        ({"size": "4"}, 409, "cosignature-form"),
        ({"key": witness.log_key}, 409, "form-value"),
        ({"key": 5}, 409, "cosignature-form"),
        ({"key": str(replace(parse_key(signed["key"]), name="纪" * 201))}, 409, "form-value"),
        ({"cosignature": "— x y"}, 409, "note-form"),
        ({"cosignature": signed["cosignature"] + "\n"}, 409, "note-form"),
        ({"more": "x" * 5000}, 409, "cosignature-form"),
    ):
        answer = Remote(log.url).send("cosignatures", {**good, **change}, token)
        assert (answer.status, answer.said["code"]) == (status, code), change
    assert Remote(log.url).send("cosignatures", good, token).said["witness"] == "纪检"
    assert Remote(log.url).send("cosignatures", good, token).said["code"] == "cosignature-known"


def test_a_token_is_not_shown_to_the_network() -> None:
    with pytest.raises(Refused) as refused:
        Remote("http://192.0.2.1/log").send("cosignatures", {}, "token")
    assert refused.value.code == "remote-token-open"


@pytest.mark.parametrize(
    ("where", "options", "code"),
    [("folder", ("--send",), "witness-send-where"), ("http://127.0.0.1:1", ("--seen", "x"), "witness-out-or-send")],
)
def test_a_call_that_leads_nowhere_is_wrong_usage(
    witness: Witness, where: str, options: tuple[str, ...], code: str
) -> None:
    assert witness.sign(where, *options, expect=2) == code
