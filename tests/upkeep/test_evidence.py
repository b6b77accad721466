"""Files of evidence lie where they were put, whole, and `check` says of each that is not what the log knows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import fsspec
import pytest
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from audit_service.errors import Failed
from audit_service.keeping import Keeping
from tests.campaign import DRAW
from tests.office import Office
from tests.visiting import JPEG, Team


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log(self, type: str, message: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of an S3 server on this machine."""
    app = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    names = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**names, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}.items():
            patch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("evidence-of-tests")
        yield "s3://evidence-of-tests/kept"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["folder", "s3"])
def keeping(request: pytest.FixtureRequest, tmp_path: Path) -> Keeping:
    place = tmp_path / "evidence" if request.param == "folder" else request.getfixturevalue("bucket")
    return Keeping(str(place))


def test_what_was_put_is_got_back_and_put_once(keeping: Keeping) -> None:
    digest = keeping.put(JPEG)
    assert keeping.put(JPEG) == digest
    assert keeping.get(digest) == JPEG
    with pytest.raises(Failed) as missing:
        keeping.get("0" * 64)
    assert missing.value.code == "evidence-missing"


def test_what_was_taken_away_meanwhile_is_put_again(keeping: Keeping) -> None:
    """Put before a transaction and known to none yet, it may be taken away until the transaction begins."""
    known, sent = keeping.put(JPEG + b"known"), keeping.put(JPEG + b"sent")
    keeping.remove(sent)
    keeping.remove(sent)
    keeping.remove_unfinished()
    assert sent not in keeping.all()
    for _ in range(2):
        keeping.ensure(sent, JPEG + b"sent")
    assert {known, sent} <= set(keeping.all())
    assert keeping.get(sent) == JPEG + b"sent"


def test_what_a_killed_writer_left_unfinished_is_taken_away(tmp_path: Path) -> None:
    keeping = Keeping(str(tmp_path / "evidence"))
    assert keeping.all() == []
    digest = keeping.put(JPEG)
    left = tmp_path / "evidence" / digest[:2] / f".{digest}.abcdefgh.unfinished"
    left.write_bytes(b"half of it")
    assert keeping.all() == [digest]
    keeping.remove_unfinished()
    assert [path.name for path in left.parent.iterdir()] == [digest]


def test_a_store_that_is_not_there_is_said(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(Failed) as refused:
        Keeping("s3://nowhere-at-all/kept").put(JPEG)
    assert refused.value.code == "evidence-not-kept"
    with pytest.raises(Failed) as unknown:
        Keeping("nosuch://x").put(JPEG)
    assert unknown.value.code == "evidence-place"
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Failed):
        Keeping(str(tmp_path / "file")).put(JPEG)


def test_check_finds_evidence_that_is_missing_or_was_changed(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    kept = []
    for name, data in (("a.jpg", JPEG), ("b.jpg", JPEG + b"2")):
        (office.folder / name).write_bytes(data)
        kept.append(
            office.run("outcome", "attach", DRAW, unit, office.folder / name, "--inspector", who).json["digest"]
        )
    assert office.run("check").json["faults"] == []
    out = office.folder / "out.jpg"
    office.run("outcome", "file", DRAW, unit, kept[0], "--out", out)
    assert out.read_bytes() == JPEG
    lies = Path(office.environment["AUDIT_EVIDENCE"])
    (lies / kept[0][:2] / kept[0]).unlink()
    (lies / kept[1][:2] / kept[1]).write_bytes(b"another photograph")
    faults = {fault["code"] for fault in office.run("check", expect=1).json["faults"]}
    assert faults == {"evidence-missing", "evidence-changed"}
    assert office.run("outcome", "file", DRAW, unit, kept[1], "--out", out, expect=1).code == "evidence-changed"
    assert str(lies) in office.run("backup", office.folder / "backup").json["not_included"]


NOBODY_LISTENS: Final = "http://127.0.0.1:9"


@pytest.fixture(params=["away", "nothing to sign in with"])
def lost(request: pytest.FixtureRequest, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store that was named rightly, and does not answer, or not to us."""
    if request.param == "away":
        monkeypatch.setenv("AWS_ENDPOINT_URL", NOBODY_LISTENS)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    else:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    kind = fsspec.get_filesystem_class("s3")
    kind.clear_instance_cache()
    yield bucket
    kind.clear_instance_cache()


def test_a_store_that_is_away_is_said_whatever_is_asked_of_it(lost: str) -> None:
    keeping = Keeping(lost)
    for code, ask in (
        ("evidence-not-read", lambda: keeping.put(JPEG)),
        ("evidence-not-read", lambda: keeping.get("0" * 64)),
        ("evidence-not-read", lambda: keeping.ensure("0" * 64, JPEG)),
        ("evidence-not-read", keeping.all),
        ("evidence-not-removed", lambda: keeping.remove("0" * 64)),
    ):
        with pytest.raises(Failed) as failed:
            ask()
        assert (failed.value.code, failed.value.params["place"]) == (code, lost)


def test_check_goes_on_where_the_store_is_away(office: Office, lost: str) -> None:
    office.import_demo()
    office.environment = {**office.environment, "AUDIT_EVIDENCE": lost}
    assert [fault["code"] for fault in office.run("check", expect=1).json["faults"]] == ["evidence-not-read"]
