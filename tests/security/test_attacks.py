"""The attacks of docs/security.md, one test a row, each played through the product: refused, or shown to everybody."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import count, takewhile
from pathlib import Path
from typing import Any, Final

from audit_service.store import log as log_store
from tests.log.test_log import Witness
from tests.office import LATE, Office
from tests.roster_rows import DEMO
from tests.web.desk import Desk, meanwhile

ROOT: Final = Path(__file__).parents[2]
DRAW: Final = "draws/SC-2026-01"
DICE: Final = {"source": "d10", "event": "meeting", "digits": "20", "not_before": "2026-07-01T01:30:00Z"}
LOTTERY: Final = {"source": "ssq", "event": "2026075", "not_before": "2026-07-01T13:15:00Z"}
EVENTS: Final = {"events": [DICE, LOTTERY]}
THROWN: Final = "84729150366271940583"
PUBLIC: Final = f"d10:meeting:{THROWN},ssq:2026075:020812192433+07"
SEALED: Final = {"sealed": True, "reveal_by": "2026-12-01"}
PASSWORD: Final = "correct horse battery staple"
ASIDE: Final = {"ground": "frame-error", "reason": "a unit was missing"}


def frozen(desk: Desk, campaign: str = "2026") -> str:
    asked = {"campaign": campaign, "policy": "sichuan-2020"}
    return f"draws/{desk.post('draws', 'office', asked, expect=201)['draw']}"


def committed(desk: Desk, **more: Any) -> str:
    draw = frozen(desk)
    desk.post(f"{draw}/commit", "office", {**EVENTS, **more})
    return draw


def placed(desk: Desk, by: str = "") -> list[Any]:
    """Every unit of the frame with its place, page by page."""
    pages = (desk.get(f"{DRAW}/sample?page_size=200&page={page}", by)["items"] for page in count(1))
    return [row for page in takewhile(bool, pages) for row in page]


def drawn(desk: Desk, **more: Any) -> dict[str, Any]:
    draw = committed(desk, **more)
    desk.clock = LATE
    found: dict[str, Any] = desk.post(f"{draw}/seed", "office", {"public": PUBLIC})
    return found


def appoint(desk: Desk, name: str, **post: str) -> None:
    """A new post with a token, by the administrator."""
    desk.post("users", "root", {"account": name, **post}, expect=201)
    issued = desk.post("tokens", "root", {"account": name, "scopes": ["read", "act"], "days": 1}, expect=201)
    desk.tokens[name] = issued["secret"]


def refused(desk: Desk, path: str, json: Any = None, by: str = "office") -> str:
    """The code with which an act is refused."""
    code: str = desk.post(path, by, json, expect=409)["code"]
    return code


def round_at(desk: Desk, day: int, **more: Any) -> str:
    """A round committed to the lottery of a day in August; its path."""
    events = [{"source": "kl8", "event": f"2026{200 + day}", "not_before": f"2026-08-{day:02d}T13:30:00Z"}]
    found = desk.post(f"{DRAW}/rounds", "office", {"events": events, **more}, expect=201)
    return f"{DRAW}/rounds/{found['round'].rpartition('/')[2]}"


def teams_at(desk: Desk, path: str, day: int) -> dict[str, Any]:
    desk.clock = f"2026-08-{day:02d}T14:00:00Z"
    value = f"kl8:2026{200 + day}:0102030405060708091011121314151617181920"
    found: dict[str, Any] = desk.post(f"{path}/seed", "office", {"public": value})
    return found


def seats(found: dict[str, Any]) -> set[tuple[str, ...]]:
    return {(seat["packet"], seat["role"], seat["inspector"]) for seat in found["assignment"]}


def log_of(office: Office) -> list[dict[str, Any]]:
    """What anybody reads in the log."""
    with office.runtime.look() as db:
        return [json.loads(content) for content in log_store.entries_from(db, 0, 10_000)]


def rows_file(folder: Path, name: str, rows: Iterable[dict[str, str]]) -> Path:
    found = list(rows)
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return folder / name


def demo_rows(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bundle_of(desk: Desk) -> dict[str, bytes]:
    path = desk.office.folder / "fetched.zip"
    path.write_bytes(desk.ask("GET", f"{DRAW}/bundle").data)
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def verdicts(desk: Desk, entries: dict[str, bytes], anchors: str) -> list[tuple[str, int]]:
    """What both verifiers say of a bundle: verdict, and the step at which it failed."""
    folder = desk.office.folder
    with zipfile.ZipFile(folder / "b.zip", "w") as zipped:
        for name, data in entries.items():
            zipped.writestr(name, data)
    (folder / "anchors").write_text(anchors)
    ours = desk.office.run("verify", folder / "b.zip", "--anchors", folder / "anchors", expect=None).json
    program = [sys.executable, "-I", "verifier/verify.py", folder / "b.zip", "--anchors", folder / "anchors", "--json"]
    theirs = json.loads(subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False).stdout)
    return [(found["verdict"], found["step"]) for found in (ours, theirs)]


def anchors_of(desk: Desk) -> str:
    return "\n".join(desk.get(f"{DRAW}/anchors")["anchors"]) + "\n"


def test_many_commitments_of_one_campaign(play: Desk) -> None:
    first = committed(play)
    second = frozen(play)
    assert refused(play, f"{second}/commit", EVENTS) == "campaign-live"
    play.clock = DICE["not_before"]  # from here on something may be known
    assert refused(play, f"{first}/withdraw", {"reason": "another would suit better"}) == "withdraw-late"

    play.clock = "2026-06-21T01:00:00Z"  # a campaign under another name is not refused, but for everybody to see
    play.post(f"{frozen(play, '2026-bis')}/commit", "office", EVENTS)
    assert [(row["campaign"], row["state"]) for row in play.get("draws")["items"]] == [
        ("2026", "committed"), ("2026", "frozen"), ("2026-bis", "committed"),
    ]  # fmt: skip
    assert sum(entry["action"] == "commit" for entry in log_of(play.office)) == 2


def test_a_late_or_early_value(play: Desk) -> None:
    draw = frozen(play)
    play.clock = LOTTERY["not_before"]
    assert refused(play, f"{draw}/commit", EVENTS) == "event-past"  # what may be known is not committed to
    play.clock = "2026-06-21T01:00:00Z"
    play.post(f"{draw}/commit", "office", EVENTS)
    play.clock = "2026-07-01T13:14:59Z"
    assert refused(play, f"{draw}/seed", {"public": PUBLIC}) == "event-ahead"
    play.clock = "2026-07-02T13:15:01Z"
    assert play.get(draw)["violations"] == ["overdue-result"]
    play.post(f"{draw}/seed", "office", {"public": PUBLIC})
    assert play.get(draw)["violations"] == ["overdue-result"]  # to everybody, for good


def test_a_re_typed_value(play: Desk) -> None:
    sample = drawn(play)["sample"]
    heard = anchors_of(play)  # noted down by somebody who watched the lottery
    other = PUBLIC.replace("+07", "+08")
    assert refused(play, f"{DRAW}/seed", {"public": other}) == "state-drawn"
    play.post(f"{DRAW}/correct", "office", {"public": other, "document": ""}, expect=422)
    number = play.post(f"{DRAW}/correct", "office", {"public": other, "document": "a note"})["request"]["number"]
    assert play.get(DRAW)["sample"] == sample
    play.post(f"requests/{number}/confirm", "second")
    shown = play.get(DRAW)
    assert shown["sample"] != sample
    assert shown["corrections"] == [{"wrong": PUBLIC, "right": other, "request": number}]
    (entry,) = [entry for entry in log_of(play.office) if entry["action"] == "correct"]
    assert (entry["wrong"], entry["right"], entry["request"]) == (PUBLIC, other, number)
    assert verdicts(play, bundle_of(play), anchors_of(play)) == [("verified", None)] * 2
    assert [verdict for verdict, _ in verdicts(play, bundle_of(play), heard)] == ["refused"] * 2


def test_dice_with_one_more_throw(play: Desk) -> None:
    draw = committed(play)
    play.clock = LATE
    for thrown in (f"{THROWN}1", THROWN[:-1], f"{THROWN[:-1]}0,d10:again:{THROWN}"):
        code = refused(play, f"{draw}/seed", {"public": PUBLIC.replace(THROWN, thrown)})
        assert code in ("value-d10", "public-other-events")
    assert play.get(draw)["state"] == "committed"
    play.post(f"{draw}/seed", "office", {"public": PUBLIC})


def test_the_frame_changed_after_publication(play: Desk, tmp_path: Path) -> None:
    draw = frozen(play)
    published = play.ask("GET", f"{draw}/frame/frame.csv").data
    fewer = rows_file(tmp_path, "fewer.csv", demo_rows("roster")[:-40])
    play.office.run("import", "units", fewer, "--complete")  # forty units leave the roster, not the frame
    play.post(f"{draw}/commit", "office", EVENTS)
    play.clock = LATE
    play.post(f"{draw}/seed", "office", {"public": PUBLIC})
    entries = bundle_of(play)
    assert entries["sample/frame.csv"] == published
    forged = {**entries, "sample/frame.csv": b"".join(published.splitlines(keepends=True)[:-1])}
    assert [verdict for verdict, _ in verdicts(play, forged, anchors_of(play))] == ["refused"] * 2
    again = {"campaign": "2026", "policy": "sichuan-2020"}  # nor is the smaller one frozen, which the annex contradicts
    assert refused(play, "draws", again) == "frame-unreconciled"
    (entry,) = [entry for entry in log_of(play.office) if entry["action"] == "draw-freeze"]
    assert entry["files"]["frame.csv"] == sha256(published).hexdigest()


def test_people_listed_to_suit(play: Desk, tmp_path: Path) -> None:
    drawn(play)
    path = round_at(play, 5)
    crony = {**demo_rows("inspectors")[0], "人员编号": "C519999", "姓名": "后来的人"}
    play.post("inspectors/import", "office", files=[rows_file(tmp_path, "crony.csv", [crony])])
    found = teams_at(play, path, 5)
    assert "C519999" not in {seat["inspector"] for seat in found["assignment"]}
    entries = bundle_of(play)
    assert b"C519999" not in entries["rounds/1/inspectors.csv"]
    forged = entries["rounds/1/inspectors.csv"].replace(b"C510101", b"C519999")
    assert [
        verdict for verdict, _ in verdicts(play, {**entries, "rounds/1/inspectors.csv": forged}, anchors_of(play))
    ] == ["refused"] * 2


def test_recusals_until_it_is_infeasible(play: Desk, tmp_path: Path) -> None:
    sample = drawn(play)["sample"]
    path = round_at(play, 5)
    people = [row["人员编号"] for row in demo_rows("inspectors")]
    everybody = [
        {"人员编号": person, "单位编码": row["unit"], "回避理由": "亲属"} for person in people for row in sample
    ]
    play.post("recusals/import", "office", files=[rows_file(tmp_path, "recusals.csv", everybody)])
    first = teams_at(play, path, 5)
    assert not first["infeasible"]  # what came after the commitment does not count

    gone = first["assignment"][0]
    play.post("inspectors/leave", "office", {"inspectors": [gone["inspector"]], "reason": "transferred"})
    play.clock = "2026-08-06T01:00:00Z"
    teams_at(play, round_at(play, 7), 7)
    shown = play.get(f"{DRAW}/rounds/2/assignment")  # by everybody, with what keeps whom away
    assert shown["infeasible"]
    assert any(barrier["recusals"] for short in shown["infeasible"] for barrier in short["barriers"])
    assert [row["state"] for row in play.get(f"{DRAW}/rounds")["items"]] == ["drawn", "infeasible"]
    assert play.get(DRAW)["sample"] == sample  # whatever becomes of teams, the sample stands
    assert verdicts(play, bundle_of(play), anchors_of(play)) == [("verified", None)] * 2


def test_drop_outs_until_the_crony_comes(play: Desk) -> None:
    drawn(play)
    before = seats(teams_at(play, round_at(play, 5), 5))
    gone = min(before)[2]
    play.post("inspectors/leave", "office", {"inspectors": [gone], "reason": "ill"})
    play.clock = "2026-08-06T01:00:00Z"
    path = round_at(play, 7)
    other = {"events": [{"source": "kl8", "event": "2026208", "not_before": "2026-08-08T13:30:00Z"}]}
    assert refused(play, f"{DRAW}/rounds", other) == "round-pending"
    play.clock = "2026-08-07T13:30:00Z"
    assert refused(play, f"{path}/withdraw", {"reason": "somebody else would suit"}) == "withdraw-late"
    after = seats(teams_at(play, path, 7))
    assert {seat for seat in before if seat[2] != gone} <= after  # nobody else is moved by it
    play.clock = "2026-08-08T01:00:00Z"
    assert seats(teams_at(play, round_at(play, 9), 9)) == after  # nobody left: nothing is drawn again
    assert [row["round"] for row in play.get(f"{DRAW}/rounds")["items"]] == [
        f"SC-2026-01/{number}" for number in (1, 2, 3)
    ]


def test_a_substitution_with_the_reserve_known(play: Desk) -> None:
    drawn(play)
    sample = placed(play)
    reserves = [row for row in sample if not row["selected"]]
    unit, wanted = next(row for row in sample if row["selected"]), reserves[-1]["unit"]
    asked = {"units": [unit["unit"]], "document": "merged away"}
    play.post(f"{DRAW}/substitutions", "office", {**asked, "document": ""}, expect=422)
    play.post(f"{DRAW}/substitutions", "office", {**asked, "substitute": wanted}, expect=422)  # nobody names it
    waits = play.post(f"{DRAW}/substitutions", "office", asked)
    assert waits["state"] == "waiting"
    assert play.get(f"{DRAW}/substitutions")["items"] == []
    confirm = f"requests/{waits['request']['number']}/confirm"
    assert play.post(confirm, "office", expect=403)["code"] == "right-missing"
    play.post(confirm, "second")
    (row,) = play.get(f"{DRAW}/substitutions")["items"]
    cell = [each for each in reserves if (each["stratum"], each["city"]) == (unit["stratum"], unit["city"])]
    everywhere = [each for each in reserves if each["stratum"] == unit["stratum"]]
    by_ticket: Callable[[dict[str, Any]], str] = lambda each: each["ticket"]  # noqa: E731
    assert row["substitute"] == max(cell or everywhere, key=by_ticket)["unit"]


def test_set_aside_after_a_bad_result(play: Desk) -> None:
    drawn(play)
    assert refused(play, f"{DRAW}/set-aside", {**ASIDE, "ground": "dislike"}) == "ground-unknown"
    waits = play.post(f"{DRAW}/set-aside", "office", ASIDE)
    assert (waits["state"], play.get(DRAW)["state"]) == ("waiting", "drawn")
    second = frozen(play)
    later = [{"source": "kl8", "event": "2026220", "not_before": "2026-08-10T13:00:00Z"}]
    assert refused(play, f"{second}/commit", {"events": later}) == "campaign-live"
    play.post(f"requests/{waits['request']['number']}/confirm", "second")
    assert refused(play, f"{second}/commit", {"events": later}) == "replaces-other"
    play.post(f"{second}/commit", "office", {"events": later, "replaces": "SC-2026-01"})
    assert play.get(DRAW)["state"] == "set-aside"
    assert play.get(DRAW)["sample"]  # its result stays for everybody to see, beside the one that replaces it
    (entry,) = [entry for entry in log_of(play.office) if entry["action"] == "set-aside"]
    assert (entry["ground"], entry["role"]) == ("frame-error", "province")
    assert entry["request"] == waits["request"]["number"]


def test_correct_after_a_bad_result(play: Desk) -> None:
    """A value that is “typed wrongly” draws another sample: nobody does that alone, nor once the first one was used."""
    sample = drawn(play)["sample"]
    wanted = {"public": PUBLIC.replace("+07", "+08"), "document": "typed wrongly"}
    waits = play.post(f"{DRAW}/correct", "office", wanted)
    assert (waits["state"], waits["request"]["state"]) == ("waiting", "waiting")
    confirm = f"requests/{waits['request']['number']}/confirm"
    assert play.post(confirm, "office", expect=403)["code"] == "right-missing"
    play.post(f"{DRAW}/notices", "office", {"units": [sample[0]["unit"]]})
    assert refused(play, confirm, by="second") == "correct-late"  # what was asked for in time, too
    for path in (DRAW, round_at(play, 5)):
        assert refused(play, f"{path}/correct", wanted) in ("correct-late", "state-committed")
    assert play.get(DRAW)["sample"] == sample
    assert play.get(DRAW)["corrections"] == []
    assert [entry["asked"] for entry in log_of(play.office) if entry["action"] == "request"] == ["correct"]
    tried = [row["code"] for row in play.get("attempts", "auditor")["items"] if row["code"]]
    assert sorted(tried) == ["correct-late", "correct-late", "right-missing", "state-committed"]


def test_a_backdated_commitment(play: Desk, tmp_path: Path) -> None:
    """The machine's clock was set back: only somebody else's clock can tell."""
    committed(play)
    play.clock = LATE
    play.office.at(LATE).run("log", "publish")
    witness = Witness(play.office, tmp_path)
    signed: Any = witness.fetch().sign()
    witness.bring(signed["key"])
    play.post(f"{DRAW}/seed", "office", {"public": PUBLIC})
    play.office.run("log", "publish")
    (tmp_path / "b.zip").write_bytes(play.ask("GET", f"{DRAW}/bundle").data)
    keys = ("--log-key", witness.log_key, "--witness-key", signed["key"])
    found = play.office.run("verify", tmp_path / "b.zip", *keys, expect=4).json
    assert found["time"] == "not shown"
    program = [sys.executable, "-I", "verifier/verify.py", tmp_path / "b.zip", "--json", *keys]
    theirs = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert json.loads(theirs.stdout)["time"] == "not shown"


def test_a_forked_log(play: Desk, tmp_path: Path) -> None:
    office = play.office
    office.run("log", "publish")
    with office.earlier() as before:
        drawn(play)
        office.at(LATE).run("log", "publish")
        witness = Witness(office, tmp_path)
        witness.fetch().sign()
        office.set_back(before)  # as if the draw had never been
    assert office.run("log", "publish", expect=1).code == "log-set-back"
    (office.folder / "log.last").unlink()
    assert office.run("log", "publish", expect=1).code == "log-last-missing"
    office.run("log", "begin-anew", "--reason", "the disk was full")  # for everybody to see
    assert log_of(office)[-1]["action"] == "log-anew"
    assert witness.fetch().sign(expect=1) == "witness-rollback"
    play.clock = "2026-06-21T01:00:00Z"
    for number in range(4):  # another past, as long as the true one
        frozen(play, f"other-{number}")
    office.run("log", "publish")
    assert witness.fetch().sign(expect=1) == "witness-fork"


def test_a_second_officer_made_by_the_first(play: Desk) -> None:
    drawn(play)
    play.post(f"{DRAW}/set-aside", "root", ASIDE, expect=403)  # an administrator does nothing in the business
    number = play.post(f"{DRAW}/set-aside", "office", ASIDE)["request"]["number"]
    for name, institution in (("friend", "省 安办"), ("friend-2", "审计厅")):
        post = {"account": name, "role": "second-officer", "institution": institution}
        assert play.post("users", "office", post, expect=403)["code"] == "right-missing"
        appoint(play, name, **{key: value for key, value in post.items() if key != "account"})
    assert refused(play, f"requests/{number}/confirm", by="friend") == "request-own-institution"
    assert refused(play, f"requests/{number}/confirm", by="friend-2") == "request-late-appointment"
    assert play.get(DRAW)["state"] == "drawn"
    made = [entry for entry in log_of(play.office) if entry["action"] == "account"][-2:]
    assert [entry["institution"] for entry in made] == ["省 安办", "审计厅"]
    assert all(entry["act"] > number for entry in made)


def test_a_token_of_the_second_officer_that_an_administrator_issues(play: Desk) -> None:
    drawn(play)
    waits = play.post(f"{DRAW}/set-aside", "office", ASIDE)["request"]["number"]
    as_second = {"account": "second", "scopes": ["read", "act"], "days": 1}
    play.tokens["copy"] = play.post("tokens", "root", as_second, expect=201)["secret"]
    assert refused(play, f"requests/{waits}/confirm", by="copy") == "request-late-token"
    play.tokens["child"] = play.post("tokens", "copy", {**as_second, "account": ""}, expect=201)["secret"]
    assert refused(play, f"requests/{waits}/confirm", by="child") == "request-late-token"
    by_password = {"AUDIT_TOKEN": play.tokens["root"]}
    own, play.office.environment = play.office.environment, {**play.office.environment, **by_password}
    play.office.run("user", "password", "second", "--password", PASSWORD)  # the log is signed after it: too late
    play.office.environment = own
    client = play.app.test_client()
    assert client.post("/api/v1/session", json={"account": "second", "password": PASSWORD}).status_code == 201
    confirm = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    answer = client.post(f"/api/v1/requests/{waits}/confirm", **confirm)
    assert (answer.status_code, answer.json["code"]) == (409, "request-late-token")
    assert play.get(DRAW)["state"] == "drawn"

    issued = [entry for entry in log_of(play.office) if entry["action"] in ("token-issue", "password")][-3:]
    assert [(entry["action"], entry["of"], entry["role"]) for entry in issued] == [
        ("token-issue", "second-officer", "administrator"),
        ("token-issue", "second-officer", "second-officer"),
        ("password", "second-officer", "administrator"),
    ]
    play.post(f"requests/{waits}/confirm", "second")  # by the token that was there before
    answered = log_of(play.office)[-2]
    assert answered["action"] == "confirm"
    assert log_of(play.office)[answered["shown_by"] - 1]["act"] < waits


def test_a_former_holder_who_is_quicker(play: Desk) -> None:
    """Their request is under way, and waits, when the post is handed over."""
    by_password = {"json": {"account": "second", "password": PASSWORD}}
    play.office.environment = {**play.office.environment, "AUDIT_TOKEN": play.tokens["root"]}
    for path, method, body in (
        ("tokens", "POST", {"account": "", "scopes": ["read", "act"], "days": 366}),
        ("me/password", "PUT", {"password": PASSWORD, "present": ""}),
    ):
        with meanwhile(play, lambda: play.office.run("user", "hand-over", "second", "--holder", "乙")):
            assert play.ask(method, path, "second", json=body).status_code == 401
        issued = {"account": "second", "scopes": ["read", "act"], "days": 1}
        assert len(play.get("tokens?account=second", "root")["items"]) == 1 + (path != "tokens")
        play.tokens["second"] = play.post("tokens", "root", issued, expect=201)["secret"]
    assert play.app.test_client().post("/api/v1/session", **by_password).status_code == 401


def test_the_leak_of_a_sealed_sample(play: Desk) -> None:
    sample = drawn(play, **SEALED)["sample"]
    teams = teams_at(play, round_at(play, 5, **SEALED), 5)
    places = placed(play, "office")
    explained = play.get(f"{DRAW}/explain/{sample[0]['unit']}", "office")
    secrets = {explained["seed"], *(row["ticket"] for row in places)}
    own = teams["assignment"][0]
    appoint(play, "member", role="inspector", inspector=own["inspector"])
    play.enlist("nobody")
    appoint(play, "stranger", role="inspector", inspector="nobody")

    rules = {rule.rule for rule in play.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for rule in rules:
        path = rule.replace("<string:draw>", "SC-2026-01").replace("<string:unit>", sample[0]["unit"])
        path = re.sub("<int.*?>", "1", path).replace("<string:name>", "frame.csv")
        for role in ("", "chengdu", "stranger", "auditor", "root"):
            told = play.ask("GET", path, role).data
            assert not any(secret.encode() in told for secret in secrets), (path, role)
            assert b'"selected"' not in told or rule.endswith("openapi.json"), (path, role)
    assert any(secret in play.ask("GET", f"{DRAW}/sample", "office").text for secret in secrets)  # it would be seen
    assert play.get("assignments", "stranger")["items"] == []
    assert own["packet"] in {packet["packet"] for packet in play.get("assignments", "member")["items"]}
    asked = {"draw": "SC-2026-01", "packet": own["packet"]}
    others = [{**asked, "packet": name} for name in (own["packet"], "none-001")]  # one that there is, and one that not
    one, none = (play.post("assignments/open", "stranger", body, expect=404)["code"] for body in others)
    assert one == none
    assert set(play.post("assignments/open", "member", asked)["units"]) < {row["unit"] for row in sample}
    kept = "\n".join(json.dumps(entry) for entry in log_of(play.office))
    assert not any(row["unit"] in kept for row in sample)


def test_a_deposit_that_nobody_made(play: Desk) -> None:
    """The digest that a holder computes stands in the commitment, for the office as well to say."""
    committed(play, **SEALED)
    said = {"holder": "a notary", "digest": play.get(f"{DRAW}/commitment")["secret"]}
    confirm = f"{DRAW}/deposit/confirm"
    assert refused(play, confirm, said) == "deposit-none"
    key = play.office.folder / "holder.key"
    play.office.run("deposit", "keygen", "--out", key)
    hand_over = (f"{DRAW}/deposit", "office", {"public_key": key.with_name("holder.key.pub").read_text()})
    play.post(*hand_over, expect=201)  # to a key of its own
    assert play.post(confirm, "office", said) == {"holder": "a notary", "late": False, "shown": False}
    play.clock = DICE["not_before"]
    assert play.get(DRAW)["violations"] == ["deposit-unshown"]  # to everybody, for good
    play.clock = "2026-06-21T01:00:00Z"
    for name, institution in (("friend", "省 安办"), ("notary", "公证处")):
        appoint(play, name, role="second-officer", institution=institution)
    assert refused(play, confirm, said, by="friend") == "deposit-own-institution"
    assert refused(play, confirm, said, by="notary") == "deposit-late-appointment"
    as_second = {"account": "second", "scopes": ["read", "act"], "days": 1}
    play.tokens["copy"] = play.post("tokens", "root", as_second, expect=201)["secret"]
    assert refused(play, confirm, said, by="copy") == "deposit-late-token"
    assert play.post(confirm, "auditor", said, expect=403)["code"] == "right-missing"
    assert play.post(confirm, "second", {"digest": said["digest"]})["shown"] is True
    play.office.at("2026-06-21T01:00:00Z").run("log", "publish")
    play.post(*hand_over, expect=201)
    assert play.post(confirm, "notary", {"digest": said["digest"]})["holder"] == "公证处"
    told = [entry for entry in log_of(play.office) if entry["action"] == "deposit-confirm"]
    assert [entry["said_by"] for entry in told] == ["office", "third-party", "third-party"]
    assert all(entry["shown_by"] < entry["deposit"] < entry["act"] for entry in told[1:])
    play.clock = DICE["not_before"]
    assert play.get(DRAW)["violations"] == []


def test_the_table_of_the_document_and_these_tests_have_the_same_rows() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    table = text.partition("## The attack table")[2].partition("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if re.match(r"\| (?!attack |--)", line)]
    names = [f"test_{re.sub('[^a-z]+', '_', row.lower())}" for row in rows]
    tests = re.findall(r"^def (test_\w+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 18
    assert names == tests[:-1]
