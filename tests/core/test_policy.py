"""Policies: what they make of rosters, where their rules come from, and that they are read strictly."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from audit_service.core import frozen
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.core.rules import Rule
from audit_service.errors import RuleError
from tests.reading import FOLDER

SOURCES = Path(__file__).parents[1] / "sources"
DATA = files("audit_service.policies").joinpath("sichuan-2020.json").read_bytes()
UNIT = {
    "unit": "510104026",
    "status": "target-2019",
    "livelihood": "no",
    "target_year": "2019",
    "kind": "街道",
    "city": "510100",
}
PERSON = {"inspector": "C1", "category": "市州工作人员", "may_lead": "yes", "city": "510100", "capacity": ""}


@pytest.fixture
def sichuan() -> Programme:
    return read_programme(DATA)


def rules(programme: Programme) -> list[Rule]:
    grouped = [*(s.rules for s in programme.strata), *(p.rules for p in programme.pools)]
    return [rule for group in grouped for _, rule in group] + [
        g.rule for g in (*programme.exclusions, *programme.set_aside)
    ]


def test_its_public_parts_are_those_of_the_reference_vector(sichuan: Programme) -> None:
    vector = FOLDER / "sichuan-demo"
    assert frozen.write_policy(sichuan.public_policy) == (vector / "sample" / "policy.json").read_bytes()
    assert frozen.write_teams(sichuan.public_teams) == (vector / "rounds" / "1" / "teams.json").read_bytes()


def test_every_rule_is_in_the_document_in_these_words_or_is_the_offices_own_choice(sichuan: Programme) -> None:
    document = "".join((SOURCES / "000-sichuan-2020.txt").read_text(encoding="utf-8").split())
    assert rules(sichuan)
    for rule in rules(sichuan):
        assert (rule.chosen is None) != (rule.words == "")
        assert "".join(rule.words.split()) in document
    assert dict(sichuan.document)["title"] in document


@pytest.mark.parametrize(
    ("unit", "drawn", "excluded"),
    [
        (UNIT, [("510104026", "target-2019", "510100")], []),
        ({**UNIT, "livelihood": ""}, [("510104026", "target-2019", "510100")], []),
        ({**UNIT, "livelihood": "yes"}, [], [("510104026", "target-2019", "livelihood")]),
        ({**UNIT, "status": "re-evaluation", "livelihood": "yes"}, [("510104026", "re-evaluation", "510100")], []),
        ({**UNIT, "status": "named"}, [], []),
    ],
)
def test_a_unit_is_drawn_excluded_or_not_concerned(
    sichuan: Programme, unit: dict[str, str], drawn: list[Any], excluded: list[Any]
) -> None:
    assert sichuan.frame([unit]) == (drawn, excluded)


def test_a_unit_of_two_strata_is_refused() -> None:
    changed = json.loads(DATA)
    changed["strata"][1]["when"] = {"status": ["assessed", "target-2019"]}
    with pytest.raises(RuleError) as caught:
        read_programme(json.dumps(changed).encode()).frame([UNIT])
    assert caught.value.code == "unit-in-two-strata"


@pytest.mark.parametrize(
    ("person", "seat"),
    [
        (PERSON, ("city-staff", "lead")),
        ({**PERSON, "may_lead": "no"}, ("city-staff", "member")),
        ({**PERSON, "category": "技术支撑单位人员"}, ("technical-support", "lead")),
        ({**PERSON, "category": "其他"}, None),
    ],
)
def test_a_person_gets_the_first_seat_that_fits(
    sichuan: Programme, person: dict[str, str], seat: tuple[str, str] | None
) -> None:
    found = sichuan.inspectors([person])
    assert [(who.pool, who.role) for who in found] == ([seat] if seat else [])


def test_a_capacity_is_kept(sichuan: Programme) -> None:
    assert sichuan.inspectors([{**PERSON, "capacity": "3"}])[0].capacity == 3


def broken(path: tuple[str | int, ...], value: object) -> bytes:
    """The policy with another value at a path; without the entry where the value is `...`."""
    document: Any = json.loads(DATA)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("format",), "audit-policy/2", "policy-not-choice", "/format"),
        (("draw_prefix",), "四川", "policy-not-identifier", "/draw_prefix"),
        (("title",), "四川", "policy-not-label", "/title"),
        (("title", "en"), " ", "policy-not-text", "/title/en"),
        (("strata",), {}, "policy-not-list", "/strata"),
        (("strata", 0, "rate_bp"), 0, "policy-not-number", "/strata/0/rate_bp"),
        (("strata", 0, "rate_bp"), 10001, "policy-not-number", "/strata/0/rate_bp"),
        (("strata", 0, "rate_bp"), 20.0, "policy-not-number", "/strata/0/rate_bp"),
        (("strata", 0, "rate_bp"), True, "policy-not-number", "/strata/0/rate_bp"),
        (("strata", 0, "rate_bp"), "2000", "policy-number-quoted", "/strata/0/rate_bp"),
        (("strata", 0, "extra"), 1, "policy-key-unknown", "/strata/0"),
        (("strata", 0, "base"), ..., "policy-key-missing", "/strata/0"),
        (("strata", 0, "when"), {"colour": ["red"]}, "policy-key-unknown", "/strata/0/when"),
        (("strata", 0, "when"), {"status": ["none"]}, "policy-name-unknown", "/strata/0/when/status"),
        (("strata", 1, "stratum"), "Target-2019", "policy-name-twice", "/strata"),
        (("strata", 0, "method"), "none", "policy-name-unknown", "/strata/0/method"),
        (("pools", 1, "strata"), [], "policy-stratum-no-pool", "/strata/1"),
        (("pools", 1, "strata"), ["none"], "policy-name-unknown", "/pools/1/strata"),
        (("pools", 1, "strata"), ["assessed", "target-2019"], "policy-name-twice", "/pools"),
        (("pools", 0, "seats", 1, "role"), "lead", "policy-name-twice", "/pools/0/seats"),
        (("pools", 0, "seats", 0, "count"), 0, "policy-not-number", "/pools/0/seats/0/count"),
        (("statuses", 0, "labels"), [], "policy-no-label", "/statuses/0"),
        (("exclusions", 0, "strata"), ["none"], "policy-name-unknown", "/exclusions/0/strata"),
        (("exclusions", 0, "when"), {"planned": ["town"]}, "policy-name-unknown", "/exclusions/0/when/planned"),
        (("strata", 0, "when"), {"planned": ["town"]}, "policy-key-unknown", "/strata/0/when"),
        (("exclusions", 0, "rule"), "第三条", "policy-not-rule", "/exclusions/0/rule"),
        (("exclusions", 0, "rule", "chosen"), {"zh": "自定", "en": "chosen"}, "policy-rule-both", "/exclusions/0/rule"),
        (("exclusions", 0, "rule"), {"place": "x"}, "policy-key-missing", "/exclusions/0/rule"),
    ],
)
def test_a_mistake_is_named_with_its_place(path: tuple[str | int, ...], value: object, code: str, where: str) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_programme(broken(path, value))
    assert (code, where) in {(problem.code, problem.params["path"]) for problem in caught.value.problems}


def test_all_mistakes_are_named_at_once() -> None:
    document = json.loads(DATA)
    document["strata"][0]["rate_bp"] = 0
    document["pools"][0]["packet_size"] = 0
    document["surplus"] = 1
    with pytest.raises(PolicyErrors) as caught:
        read_programme(json.dumps(document).encode())
    assert {problem.code for problem in caught.value.problems} == {"policy-not-number", "policy-key-unknown"}
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("text", "code", "line", "found"),
    [
        ('{\n"format": “audit-policy/1”}', "policy-chinese-sign", 2, "“"),
        ('{\n\n"format": "x"，\n"policy": "y"}', "policy-chinese-sign", 3, "，"),
        ('{"format": "x"\n"policy": "y"}', "policy-broken-here", 2, '"policy": "y'),
        ('{"format": "x",\n', "policy-ends-early", 2, ""),
    ],
)
def test_where_a_file_is_no_json_it_is_told_what_stands_there(text: str, code: str, line: int, found: str) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_programme(text.encode())
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["line"], problem.params["found"]) == (code, line, found)


def test_a_file_of_another_encoding_is_told_to_be_saved_as_utf_8_and_a_byte_order_mark_does_no_harm() -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_programme('{"format": "audit-policy/1",\n"title": "四川"}'.encode("gbk"))
    assert [(problem.code, problem.params) for problem in caught.value.problems] == [("policy-not-utf8", {"line": 2})]
    assert read_programme(b"\xef\xbb\xbf" + DATA) == read_programme(DATA)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'{"format": 1, "format": 2}', b"null", b"[]"])
def test_what_is_no_policy_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(PolicyErrors):
        read_programme(data)
