"""What a city is called is the policy's word, wherever a draw is told; and a unit is named from large to small."""

from __future__ import annotations

import json
import re

import pytest

from audit_service.files.policies import lookup
from audit_service.messages import LANGUAGES
from audit_service.use_cases.views import Names
from tests.office import EVENTS, LATE, PUBLIC, Office
from tests.roster_rows import DEMO, PERSON

TOWN = {"zh": "镇街", "en": "township"}
CITY = re.compile(r"市（?州(?!工作人员)|\bcity\b(?![: -])")
"""What a city is called elsewhere. Tickets (`city:stratum:…`) and the pool `city-staff` keep their names."""


@pytest.fixture
def of_towns(office: Office) -> Office:
    """The demo's office under a policy whose cities are townships."""
    policy = {**json.loads(lookup(None)("sichuan-2020").source), "places": TOWN}
    folder = office.folder / "policies"
    folder.mkdir()
    (folder / "sichuan-2020.json").write_text(json.dumps(policy), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}
    return office


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draw_is_told_in_the_policys_word_for_a_city(of_towns: Office, language: str) -> None:
    draw = of_towns.import_demo().commit(*EVENTS)
    of_towns.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    unit = of_towns.run("draw", "show", draw).json["sample"][0]["unit"]
    check = of_towns.show("frame", "check", "--policy", "sichuan-2020", "--lang", language)
    assert TOWN[language] in check
    for words in (["show", draw], ["explain", draw, unit]):
        told = of_towns.show("draw", *words, "--lang", language)
        assert TOWN[language] in told
        assert not CITY.search(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_that_are_missing_are_asked_of_another_township(of_towns: Office, language: str) -> None:
    of_towns.run("import", "units", DEMO / "roster_demo.csv")
    of_towns.import_rows("people", [PERSON])
    told = of_towns.show("draw", "trial", of_towns.freeze(), "--lang", language)
    assert {"zh": "本镇街不能派", "en": "from a township in which"}[language] in told
    assert not CITY.search(told)


def test_a_unit_is_named_from_large_to_small() -> None:
    """A city or a county stands before its unit, a township after it; one that the name begins with is not repeated."""
    names = Names(
        cities={"510100": "成都市", "500106901": "甲街道"},
        units={"510104020": "青竹街道", "500106901001": "站前社区", "510100999": "成都市某园区"},
        people={},
    )
    assert names.whole("510104020", "510100") == "成都市青竹街道"
    assert names.whole("500106901001", "500106901") == "站前社区（甲街道）"
    assert names.whole("510100999", "510100") == "成都市某园区"
