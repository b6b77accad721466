"""Versions of a policy over HTTP: the same as on the command line, and no answer that was remembered goes stale."""

from __future__ import annotations

from audit_service.core.canonical import sha256_hex
from audit_service.files.policies import lookup
from tests.office import on_both
from tests.policy_files import POLICY, install, shipped
from tests.web.desk import Desk
from tests.web.test_campaign import DRAW, brought_in
from tests.web.test_remembered import check_as_if_new

FREEZE = {"campaign": "2026", "policy": POLICY}
DIGEST = lookup(None)(POLICY).digest


@on_both
def test_everybody_sees_which_version_is_which_file_and_since_when(desk: Desk) -> None:
    brought_in(desk)
    before = {each["policy"]: each for each in desk.get("policies")["items"]}
    unused = {"policy": POLICY, "installed": True, "version": 1, "sha256": DIGEST, "used": [], "problem": None}
    assert before[POLICY] == unused
    desk.post("draws", "office", FREEZE, expect=201)
    used = [{"version": 1, "sha256": DIGEST, "since": desk.clock}]
    after = {each["policy"]: each for each in desk.get("policies")["items"]}
    assert after[POLICY] == unused | {"used": used}
    assert {name: each for name, each in after.items() if name != POLICY} == (
        {name: each for name, each in before.items() if name != POLICY}
    )
    shown = desk.get(f"policies/{POLICY}")
    assert shown == {
        "policy": POLICY, "version": 1, "sha256": DIGEST, "used": used, "problem": None, "file": shipped()
    }  # fmt: skip
    assert desk.office.run("policy", "show", POLICY).json == shown
    assert desk.office.run("policy", "list").json["versions"] == desk.get("policies")["items"]


@on_both
def test_another_file_of_the_same_version_is_refused_and_what_is_remembered_stays_right(desk: Desk) -> None:
    brought_in(desk)
    desk.post("draws", "office", FREEZE, expect=201)
    seen = check_as_if_new(desk)
    strata = [each | {"rate_bp": 10000} for each in shipped()["strata"]]
    install(desk.office, strata=strata)
    again = FREEZE | {"campaign": "2027"}
    refused = desk.post("draws", "office", again, expect=409)
    assert (refused["code"], '"version": 2' in refused["detail"]) == ("policy-changed", True)
    assert desk.get("frames/check?policy=sichuan-2020", "auditor")["agrees"] is True
    assert (desk.get(f"policies/{POLICY}")["problem"], desk.get("policies/none", expect=404)["code"]) == (
        "policy-changed", "policy-unknown"
    )  # fmt: skip
    assert desk.get(f"policies/{POLICY}?version=1")["sha256"] == DIGEST
    assert sha256_hex(desk.ask("GET", f"policies/{POLICY}/file?version=1").data) == DIGEST
    assert desk.get(f"policies/{POLICY}?version=2", expect=404)["code"] == "policy-version-unknown"
    install(desk.office, strata=strata, version=2)
    desk.post("draws", "office", again, expect=201)
    assert check_as_if_new(desk) == seen  # the draw of the first version, whatever came into use since
    assert [each["version"] for each in desk.get(f"policies/{POLICY}")["used"]] == [1, 2]
    rates = [
        {stratum["rate_bp"] for stratum in desk.get(f"{draw}/frame/policy.json")["strata"]}
        for draw in (DRAW, "draws/SC-2027-01")
    ]
    assert (rates[0] & {"10000"}, rates[1]) == (set(), {"10000"})
