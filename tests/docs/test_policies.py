"""docs/policies.md says everything that a policy file may hold, and its example runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from audit_service.core import after, frozen
from audit_service.core.after_file import KEYS, OUTCOMES
from audit_service.core.life import STEPS, LifeState
from audit_service.core.policy import FINDING_FIELDS, FINDING_SOURCES, PERSON_FIELDS, TARGETS, TIES, UNIT_FIELDS
from audit_service.core.policy_file import read_programme
from audit_service.core.standards import LEAST, MOST, PERIODS
from tests.office import Office

TEXT = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
WORDS = TEXT[: TEXT.index("```json")]
EXAMPLE = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0]
CHOSEN_BY_AUTHORS = ("rules", "checklists")
UNITS = [
    ("自贡市", "自流井区", "五星街道", "街道", "510302001", "已命名"),
    ("泸州市", "江阳区", "南城街道", "街道", "510502001", "已命名"),
    ("泸州市", "江阳区", "北城街道", "园区", "510502002", "已命名"),
    ("泸州市", "江阳区", "大山坪街道", "街道", "510502003", "申报单位"),
]


def keys(value: object) -> Iterator[str]:
    """The keys that a policy file gives, but those that its author makes up."""
    for name, part in value.items() if isinstance(value, dict) else ():
        yield name
        yield from keys([*part.values()] if name in CHOSEN_BY_AUTHORS else part)
    for part in value if isinstance(value, list) else ():
        yield from keys(part)


def test_every_key_of_every_shipped_policy_is_explained() -> None:
    found = {*KEYS, *keys(json.loads(EXAMPLE))}
    for entry in files("audit_service.policies").iterdir():
        if entry.name.endswith(".json"):
            found |= set(keys(json.loads(entry.read_bytes())))
            assert f"`{entry.name.removesuffix('.json')}`" in WORDS
    assert {key for key in found if f"`{key}`" not in WORDS and f'"{key}"' not in WORDS} == set()


def test_every_word_that_a_key_may_take_is_named() -> None:
    words = {
        *(*after.VERDICTS, *after.LEVELS, *after.REPORTERS, *after.FIELD_KINDS, *after.EVERY, *after.CAUSES),
        *(*after.ENDINGS, *OUTCOMES, *STEPS, *filter(None, LifeState), *filter(None, PERIODS), LEAST, MOST),
        *(*UNIT_FIELDS, *FINDING_FIELDS, *FINDING_SOURCES, *PERSON_FIELDS, *TARGETS, *TIES),
        *(*frozen.BASES, *frozen.SAME_CITY),
    }
    assert {word for word in words if f"`{word}`" not in WORDS and f'"{word}"' not in WORDS} == set()


def test_the_example_says_everything_that_a_policy_can_say() -> None:
    said = read_programme(EXAMPLE.encode()).after
    assert {name for name in KEYS if not getattr(said, name)} == set()


def test_the_example_runs(office: Office, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "example.json").write_text(EXAMPLE, encoding="utf-8")
    folder = str(tmp_path / "policies")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": folder, "AUDIT_POLICIES": "example-2027"}
    heads = ("市(州)", "县(市、区)", "建设单位名称", "单位类型", "单位编码", "类别")
    rows = [{**dict(zip(heads, unit, strict=True)), "目标下达年度": "", "是否民生": ""} for unit in UNITS]
    assert office.import_rows("units", rows).json["imported"] == 4
    frozen_ = office.run("draw", "freeze", "--campaign", "2027", "--policy", "example-2027").json
    assert (frozen_["draw"], frozen_["units"], frozen_["excluded"]) == ("EX-2027-01", 2, 1)
    assert "示范市安全社区" in office.show("policy", "show", "example-2027", "--lang", "zh")
