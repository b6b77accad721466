"""The log over HTTP: the same bytes as the files, kept by caches as tlog-tiles says, and proofs that hold."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_service.app import create_app
from audit_service.core import tree
from audit_service.core.acts import Act
from audit_service.store import acts, log
from tests.office import Office, on_both, on_sqlite

FOREVER, BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=1"


@pytest.fixture
def client(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """The web application on the office's database."""
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    app = create_app()
    yield app.test_client()
    app.extensions["runtime"].engine.dispose()


def refused(answer: TestResponse, status: int) -> str:
    """The code of a problem, whose form is that of RFC 9457 and which no cache keeps."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.get_json(force=True)
    assert said["status"] == status
    assert said["messages"].keys() == {"zh", "en"}
    code: str = said["code"]
    return code


@on_both
def test_every_file_of_the_export_is_answered_with_its_bytes_and_kept_by_caches(
    office: Office, client: FlaskClient
) -> None:
    office.import_demo().freeze()
    folder = office.folder / "export"
    office.run("log", "export", folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 3
    for path in files:
        name = str(path.relative_to(folder))
        answer = client.get(f"/log/{name}")
        assert answer.data == path.read_bytes()
        kind = "text/plain; charset=utf-8" if name == "checkpoint" else "application/octet-stream"
        assert answer.content_type == kind
        assert answer.headers["Cache-Control"] == (BRIEFLY if name == "checkpoint" else FOREVER)


def test_a_partial_tile_of_an_earlier_checkpoint_is_still_there(office: Office, client: FlaskClient) -> None:
    office.import_demo()
    first = client.get("/log/tile/0/000.p/4").data
    office.freeze()
    assert client.get("/log/tile/0/000.p/4").data == first
    assert client.get("/log/tile/0/000.p/5").data[: 4 * 32] == first


def test_full_tiles_have_256_hashes_and_the_tile_above_holds_their_roots(office: Office, client: FlaskClient) -> None:
    fill(office, 600)
    leaves = b"".join(client.get(f"/log/tile/0/{name}").data for name in ("000", "001", "002.p/88"))
    assert len(leaves) == 600 * 32
    above = client.get("/log/tile/1/000.p/2").data
    row = [leaves[at : at + 32] for at in range(0, 256 * 32, 32)]
    while len(row) > 1:
        row = [sha256(b"\1" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=True)]
    assert above[:32] == row[0]


def fill(office: Office, size: int) -> None:
    """A log of so many entries, signed."""
    with office.runtime.begin() as db:
        for number in range(size):
            acts.record(db, Act(office.runtime.now(), "tests"), "trial", f"SC-2026-{number}")
    office.run("log", "publish")


@pytest.mark.parametrize(
    "path",
    ["0/000", "0/000.p/5", "0/001.p/1", "1/000.p/1", "entries/000", "0/0", "64/000", "x/000", "0/000.p/0",
     "0/000.p/256",
     "0/000.p/04", "00/000", "0/x000/000.p/4", "0/000.p/4/", "../checkpoint", "0/000.p", "%30/%00",
     "0/" + "x999/" * 9 + "999"],
)  # fmt: skip
def test_a_tile_that_is_not_signed_or_that_no_tile_is_called_is_not_found(
    office: Office, client: FlaskClient, path: str
) -> None:
    office.import_demo()
    answer = client.get(f"/log/tile/{path}")
    assert answer.status_code == 404
    assert path == "../checkpoint" or refused(answer, 404) == "tile-unknown"


def test_what_was_done_and_not_signed_yet_is_not_handed_out(office: Office, client: FlaskClient) -> None:
    office.import_demo()
    with office.runtime.begin() as db:
        acts.record(db, office.runtime.act("tests"), "trial", "SC-2026-01")
    for path in ("tile/0/000.p/5", "tile/entries/000.p/5"):
        assert refused(client.get(f"/log/{path}"), 404) == "tile-unknown"
    assert refused(client.get("/log/proofs/inclusion?entry=5"), 404) == "log-no-entry"


def test_before_anything_is_signed_nothing_is_found_and_asking_makes_no_key(
    office: Office, client: FlaskClient
) -> None:
    for path in ("checkpoint", "key", "proofs/inclusion?entry=1", "proofs/consistency?from=1"):
        assert refused(client.get(f"/log/{path}"), 404) == "log-empty"
    assert not (office.folder / "log.key").exists()


def test_the_key_is_the_one_that_log_show_prints(office: Office, client: FlaskClient) -> None:
    key = office.import_demo().run("log", "show").json["key"]
    assert client.get("/log/key").text == f"{key}\n"


@on_both
def test_every_entry_is_proved_under_every_checkpoint_and_each_checkpoint_under_those_after_it(
    office: Office, client: FlaskClient
) -> None:
    fill(office, 13)
    with office.runtime.look() as db:
        contents = list(log.entries_from(db, 0, 13))
    for size in range(1, 14):
        for entry in range(1, size + 1):
            said = client.get(f"/log/proofs/inclusion?entry={entry}&size={size}").json
            leaf = sha256(b"\0" + contents[entry - 1]).digest()
            assert said is not None
            assert (said["entry"], said["size"], said["leaf"]) == (entry, size, leaf.hex())
            tree.check_inclusion(leaf, entry - 1, size, hashes(said["path"]), bytes.fromhex(said["root"]))
            grown = client.get(f"/log/proofs/consistency?from={entry}&to={size}").json
            assert grown is not None
            roots = bytes.fromhex(grown["from_root"]), bytes.fromhex(grown["to_root"])
            tree.check_consistency(entry, roots[0], size, roots[1], hashes(grown["path"]))
            assert grown["to_root"] == said["root"]
    checkpoint = client.get("/log/checkpoint").text.split("\n")
    assert b64decode(checkpoint[2]).hex() == said["root"]


def hashes(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(found) for found in path]


def test_a_proof_that_names_its_size_is_kept_and_one_of_the_newest_checkpoint_is_not(
    office: Office, client: FlaskClient
) -> None:
    office.import_demo()
    for proof, size in (("inclusion?entry=2", "size"), ("consistency?from=2", "to")):
        newest = client.get(f"/log/proofs/{proof}")
        named = client.get(f"/log/proofs/{proof}&{size}=4")
        assert newest.data == named.data
        assert len(named.data) < 1000
        kept = newest.headers["Cache-Control"], named.headers["Cache-Control"]
        assert kept == (BRIEFLY, FOREVER)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("inclusion", 422, "query-number"),
        ("inclusion?entry=", 422, "query-number"),
        ("inclusion?entry=0", 422, "query-number"),
        ("inclusion?entry=-1", 422, "query-number"),
        ("inclusion?entry=01", 422, "query-number"),
        ("inclusion?entry=１", 422, "query-number"),
        ("inclusion?entry=²", 422, "query-number"),
        ("inclusion?entry=1&entry=2", 422, "query-number"),
        ("inclusion?entry=1&size=x", 422, "query-number"),
        ("inclusion?entry=" + "9" * 5000, 422, "query-number"),
        ("inclusion?entry=5", 404, "log-no-entry"),
        ("inclusion?entry=4&size=3", 404, "log-no-entry"),
        ("inclusion?entry=1&size=5", 404, "log-no-size"),
        ("inclusion?entry=9999999999", 404, "log-no-entry"),
        ("consistency?from=1&to=9999999999", 404, "log-no-size"),
        ("consistency?from=4&to=3", 404, "log-no-size"),
        ("consistency?to=3", 422, "query-number"),
    ],
)
def test_a_proof_that_is_not_to_be_had_says_why(
    office: Office, client: FlaskClient, query: str, status: int, code: str
) -> None:
    office.import_demo()
    assert refused(client.get(f"/log/proofs/{query}"), status) == code


def test_the_log_can_only_be_read(office: Office, client: FlaskClient) -> None:
    office.import_demo()
    for path in ("checkpoint", "key", "tile/0/000.p/4", "proofs/inclusion?entry=1"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert client.open(f"/log/{path}", method=method).status_code == 405
        answer = client.get(f"/log/{path}")
        assert client.head(f"/log/{path}").headers["Content-Length"] == str(len(answer.data))
        again = client.get(f"/log/{path}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@on_sqlite
def test_a_database_that_is_damaged_is_said_to_be(office: Office, client: FlaskClient) -> None:
    office.import_demo()
    assert client.get("/log/checkpoint").status_code == 200
    client.application.extensions["runtime"].engine.dispose()
    (office.folder / "audit.db").write_bytes(b"no database at all, but a file of some length" * 100)
    assert refused(client.get("/log/checkpoint"), 503) == "database-damaged"
