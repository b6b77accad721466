"""Posts, their tokens, and what one office may not do alone, on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import update

from audit_service import passwords
from audit_service.store import log as log_store
from audit_service.store.account_tables import tokens
from tests.office import LATE, Office, on_both

FREEZE = ("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020")
EXPIRED: Final = datetime(2020, 1, 1, tzinfo=UTC)
ASIDE = ("--ground", "frame-error", "--reason", "a unit was missing")


def add(office: Office, name: str, role: str, *options: str) -> str:
    """A new post; its token."""
    token: str = office.run("user", "add", name, "--role", role, "--token", *options).json["token"]
    return token


def acting(office: Office, token: str) -> Office:
    """The same office, its commands run by the holder of a token."""
    office.environment = {**office.environment, "AUDIT_TOKEN": token}
    return office


def entries(office: Office) -> list[dict[str, object]]:
    with office.runtime.look() as db:
        return [json.loads(entry) for entry in log_store.entries_from(db, 0, 10_000)]


def test_without_accounts_it_is_one_office_and_with_them_somebody_must_act(office: Office) -> None:
    office.import_demo()
    assert "role" not in entries(office)[0]
    province = add(office, "sc-office-1", "province")
    assert (
        office.run("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020", expect=1).code == "token-needed"
    )
    acting(office, province).freeze()
    assert entries(office)[-1]["role"] == "province"


def test_until_there_is_an_administrator_who_has_the_machine_makes_accounts_and_afterwards_not(office: Office) -> None:
    province = add(office, "sc-office-1", "province")
    root = add(office, "sc-it-1", "administrator")
    assert office.run("user", "add", "x", "--role", "auditor", expect=1).code == "token-needed"
    assert acting(office, province).run("user", "add", "x", "--role", "auditor", expect=1).code == "right-missing"
    acting(office, root).run("user", "add", "x", "--role", "auditor")
    assert office.run("user", "dismiss", "sc-it-1", expect=1).code == "administrator-last"


def test_the_only_administrator_who_could_get_in_hands_over_only_with_a_new_token(office: Office) -> None:
    root = add(office, "sc-it-1", "administrator")
    acting(office, root).run("user", "add", "sc-it-2", "--role", "administrator")
    for last in (("dismiss", "sc-it-1"), ("hand-over", "sc-it-1", "--holder", "the next one")):
        assert office.run("user", *last, expect=1).code == "administrator-last"
    office.run("token", "issue", "sc-it-2", "--read-only")
    assert office.run("user", "dismiss", "sc-it-1", expect=1).code == "administrator-last"
    new = office.run("user", "hand-over", "sc-it-1", "--holder", "the next one", "--token").json["token"]
    assert office.run("user", "add", "x", "--role", "auditor", expect=1).code == "token-unknown"
    other = acting(office, new).run("token", "issue", "sc-it-2").json["token"]
    office.run("user", "hand-over", "sc-it-1", "--holder", "one more")
    acting(office, other).run("user", "dismiss", "sc-it-1")


def test_while_no_administrator_could_get_in_who_has_the_machine_makes_accounts_and_the_log_tells(
    office: Office,
) -> None:
    root = add(office, "sc-it-1", "administrator")
    acting(office, root).run("token", "revoke", root.split("_")[1], "--stolen")
    assert office.run("user", "add", "x", "--role", "auditor", expect=1).code == "token-unknown"
    new = acting(office, "").run("token", "issue", "sc-it-1").json["token"]
    assert (entries(office)[-1]["action"], "role" in entries(office)[-1]) == ("token-issue", False)
    assert office.run("token", "issue", "sc-it-1", expect=1).code == "token-needed"
    acting(office, new).run("user", "add", "x", "--role", "auditor")


def test_an_administrator_whose_tokens_are_over_or_only_look_leaves_it_to_who_has_the_machine(office: Office) -> None:
    root = add(office, "sc-it-1", "administrator")
    acting(office, root).run("token", "issue", "sc-it-1", "--read-only")
    acting(office, "")
    with office.runtime.begin() as db:
        db.execute(update(tokens).where(tokens.c.scopes == "act read").values(expires_at=EXPIRED))
    with_password = ("user", "password", "sc-it-1", "--password", "four words and a comma")
    office.run(*with_password)
    assert office.run(*with_password, expect=1).code == "token-needed"


def test_who_has_the_machine_does_nothing_but_make_accounts_while_no_administrator_could_get_in(
    office: Office,
) -> None:
    office.import_demo()
    office.run("user", "add", "sc-it-1", "--role", "administrator")
    assert office.run(*FREEZE, expect=1).code == "token-needed"


def test_an_administrator_and_an_auditor_do_nothing_in_the_business(office: Office) -> None:
    office.import_demo()
    auditor = add(office, "sc-audit-1", "auditor")
    for token in (auditor, add(office, "sc-it-1", "administrator")):
        assert acting(office, token).run(*FREEZE, expect=1).code == "right-missing"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("a b", "--role", "province"), "account-form"),
        (("SC-Office-1", "--role", "auditor"), "account-twin"),
        (("cd", "--role", "city"), "account-city"),
        (("cd", "--role", "city", "--city", "Atlantis"), "city-not-known"),
        (("cd", "--role", "auditor", "--city", "成都"), "account-city"),
        (("i", "--role", "inspector"), "account-inspector"),
        (("i", "--role", "province", "--inspector", "P1"), "account-inspector"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(office: Office, options: tuple[str, ...], code: str) -> None:
    add(office, "sc-office-1", "province")
    before = len(entries(office))
    assert office.run("user", "add", *options, expect=1).code == code
    assert len(entries(office)) == before


def test_what_a_post_was_opened_by_opens_nothing_after_it_is_handed_over_or_given_up(office: Office) -> None:
    office.import_demo()
    token = add(office, "sc-office-1", "province")
    new = office.run("user", "hand-over", "sc-office-1", "--holder", "the next one", "--token").json["token"]
    assert acting(office, token).run(*FREEZE, expect=1).code == "token-unknown"
    acting(office, new).run(*FREEZE)
    acting(office, "").run("user", "dismiss", "sc-office-1")
    assert acting(office, new).run(*FREEZE, expect=1).code == "token-unknown"
    assert acting(office, "").run(*FREEZE, expect=1).code == "token-needed"


def test_a_token_is_revoked_and_one_for_looking_does_nothing_else(office: Office) -> None:
    office.import_demo()
    token = add(office, "sc-office-1", "province")
    looks = office.run("token", "issue", "sc-office-1", "--read-only", "--label", "a screen").json["token"]
    assert acting(office, looks).run(*FREEZE, expect=1).code == "scope-missing"
    acting(office, "").run("token", "revoke", token.split("_")[1])
    assert acting(office, token).run(*FREEZE, expect=1).code == "token-unknown"
    assert acting(office, "").run("token", "revoke", "none", expect=1).code == "token-none"


def test_a_token_for_looking_lists_ones_own_packets_and_opens_none(office: Office) -> None:
    office.import_demo()
    add(office, "member", "inspector", "--inspector", "C510101")
    looks = office.run("token", "issue", "member", "--read-only").json["token"]
    assert acting(office, looks).run("packet", "list").json == {"packets": []}
    assert office.run("packet", "open", "x", "y", expect=1).code == "scope-missing"
    assert "--by" not in office.show("packet", "list", "--help")
    assert "--by" in office.show("packet", "open", "--help")


def test_a_token_cannot_be_told_from_the_database_and_a_changed_one_shows_nobody(office: Office) -> None:
    token = add(office, "sc-office-1", "province")
    with office.runtime.look() as db:
        kept = "\n".join(str(row) for row in db.exec_driver_sql("SELECT * FROM tokens").all())
    assert token.split("_", 2)[2] not in kept
    for wrong in (token[:-1], token + "A", token.replace("aud_", "aux_"), "aud__", "中", "aud_" + "0" * 12 + "_x"):
        assert acting(office, wrong).run("people", "leave", "x", "--reason", "y", expect=1).code == "token-unknown"


def test_who_acts_is_told_by_the_token_alone(office: Office) -> None:
    token = add(office, "sc-office-1", "province")
    acting(office, token)
    assert office.run("people", "leave", "x", "--reason", "y", "--by", "somebody", expect=1).code == "by-with-token"


# --- what needs two ---------------------------------------------------------------------------------------------------


def asked(office: Office) -> tuple[int, str, str]:
    """A draw that its office asked to set aside: the request, the draw, and the office's token."""
    second = add(office, "sc-second-1", "second-officer")
    token = add(office, "sc-office-1", "province")
    draw = acting(office, token).drawn()
    request = office.run("draw", "set-aside", draw, *ASIDE).json["request"]
    assert request["state"] == "waiting"
    acting(office, second)
    return request["number"], draw, token


@on_both
def test_a_draw_is_set_aside_when_somebody_of_another_institution_confirms_it(office: Office) -> None:
    number, draw, _ = asked(office)
    assert office.run("draw", "show", draw).json["state"] == "drawn"
    assert office.run("request", "confirm", number).json["request"]["state"] == "confirmed"
    assert office.run("draw", "show", draw).json["state"] == "set-aside"
    request, confirm, done = entries(office)[-3:]
    assert (request["action"], request["asked"], request["role"]) == ("request", "set-aside", "province")
    assert (confirm["action"], confirm["request"], confirm["role"]) == ("confirm", request["act"], "second-officer")
    assert (done["action"], done["request"], done["role"]) == ("set-aside", request["act"], "province")
    appointed = next(entry for entry in entries(office) if entry["act"] == confirm["appointed"])
    assert (appointed["role"], appointed["institution"]) == ("second-officer", "纪检监察机构")
    assert office.run("request", "confirm", number, expect=1).code == "request-ended"
    assert office.run("log", "check").json["faults"] == []


def test_a_request_that_is_declined_does_nothing_and_can_be_made_again(office: Office) -> None:
    number, draw, token = asked(office)
    assert office.run("request", "decline", number, "--reason", " ", expect=1).code == "reason-empty"
    office.run("request", "decline", number, "--reason", "the ground is not shown")
    assert office.run("draw", "show", draw).json["state"] == "drawn"
    assert [row["state"] for row in office.run("request", "list").json] == ["declined"]
    assert acting(office, token).run("draw", "set-aside", draw, *ASIDE).json["request"]["number"] > number


def test_the_same_is_asked_once_and_what_could_not_be_done_is_not_asked_for(office: Office) -> None:
    _, draw, token = asked(office)
    acting(office, token)
    assert office.run("draw", "set-aside", draw, *ASIDE, expect=1).code == "request-twice"
    assert office.run("draw", "set-aside", draw, "--ground", "dislike", expect=1).code == "ground-unknown"
    assert len(office.run("request", "list").json) == 1


def test_nobody_confirms_for_the_own_institution_whatever_the_account(office: Office) -> None:
    number, _, _ = asked(office)
    acting(office, "")
    own = add(office, "sc-second-2", "second-officer", "--institution", " 省 安办 ")
    assert acting(office, own).run("request", "confirm", number, expect=1).code == "request-own-institution"


def test_a_second_officer_who_is_appointed_after_the_request_cannot_confirm_it(office: Office) -> None:
    number, _, _ = asked(office)
    acting(office, "")
    late = add(office, "sc-second-2", "second-officer", "--institution", "审计厅")
    assert acting(office, late).run("request", "confirm", number, expect=1).code == "request-late-appointment"


def test_what_a_former_holder_left_unanswered_is_declined_by_the_next_and_asked_for_again(office: Office) -> None:
    number, draw, token = asked(office)
    acting(office, "")
    new = office.run("user", "hand-over", "sc-second-1", "--holder", "the next one", "--token").json["token"]
    acting(office, new).run("request", "decline", number, "--reason", "not before my time")
    again = acting(office, token).run("draw", "set-aside", draw, *ASIDE).json["request"]["number"]
    acting(office, new).run("request", "confirm", again)
    assert office.run("draw", "show", draw).json["state"] == "set-aside"


def test_a_token_counts_for_what_is_asked_after_the_log_showed_that_it_was_issued(office: Office) -> None:
    number, draw, token = asked(office)
    new = acting(office, "").run("token", "issue", "sc-second-1").json["token"]
    assert acting(office, new).run("request", "confirm", number, expect=1).code == "request-late-token"
    office.run("request", "decline", number, "--reason", "my old token is lost")
    again = acting(office, token).run("draw", "set-aside", draw, *ASIDE).json["request"]["number"]
    acting(office, new).run("request", "confirm", again)
    confirm = entries(office)[-2]
    issued = entries(office)[int(str(confirm["shown_by"])) - 1]
    assert (issued["action"], issued["of"]) == ("token-issue", "second-officer")
    assert int(str(issued["act"])) > number


def test_a_token_that_was_written_into_the_database_confirms_nothing(office: Office) -> None:
    number, _, _ = asked(office)
    made = passwords.new_token()
    names = "account, session, scopes, label, issued_at, expires_at"
    copy = f"INSERT INTO tokens (token, digest, {names}) SELECT '{made.token}', '{made.digest}', {names} FROM tokens"
    with office.runtime.begin() as db:
        db.exec_driver_sql(f"{copy} WHERE account = 'sc-second-1'")
    assert acting(office, made.secret).run("request", "confirm", number, expect=1).code == "token-unrecorded"


def test_a_post_of_a_second_officer_that_is_handed_over_is_appointed_anew(office: Office) -> None:
    number, _, _ = asked(office)
    acting(office, "")
    new = office.run("user", "hand-over", "sc-second-1", "--holder", "the next one", "--token").json["token"]
    assert acting(office, new).run("request", "confirm", number, expect=1).code == "request-late-appointment"


def test_the_office_cannot_confirm_and_the_second_officer_cannot_ask(office: Office) -> None:
    number, draw, token = asked(office)
    assert office.run("draw", "set-aside", draw, *ASIDE, expect=1).code == "right-missing"
    assert acting(office, token).run("request", "confirm", number, expect=1).code == "right-missing"


@on_both
def test_substitution_waits_and_is_done_as_it_was_asked_for(office: Office) -> None:
    second = add(office, "sc-second-1", "second-officer")
    token = add(office, "sc-office-1", "province")
    draw = acting(office, token).drawn()
    unit = next(row["unit"] for row in office.run("draw", "show", draw).json["sample"])
    asked_for = office.run("draw", "substitute", draw, unit, "--document", "merged, 川府函〔2026〕1号")
    acting(office, second).run("request", "confirm", asked_for.json["request"]["number"])
    assert [row["unit"] for row in office.run("draw", "show", draw).json["substitutions"]] == [unit]


def test_a_reveal_before_its_day_waits_and_after_it_does_not(office: Office) -> None:
    second = add(office, "sc-second-1", "second-officer")
    token = add(office, "sc-office-1", "province")
    draw = acting(office, token).import_demo().commit(
        "--event", "ssq:2026075@2026-07-01T13:15:00Z", "--event", "ssq:2026076@2026-07-01T13:15:00Z",
        "--event", "ssq:2026077@2026-07-01T13:15:00Z", "--sealed", "--reveal-by", "2026-09-01",
    )  # fmt: skip
    value = "020812192433+07"
    office.at(LATE).run("draw", "run", draw, "--public", ",".join(f"ssq:202607{n}:{value}" for n in (5, 6, 7)))
    early = office.run("draw", "reveal", draw).json["request"]
    office.at("2026-09-02T00:00:00Z").run("draw", "reveal", draw)
    assert acting(office, second).run("request", "confirm", early["number"], expect=1).code == "reveal-twice"
