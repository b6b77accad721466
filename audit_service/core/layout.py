"""The names in a bundle (docs/protocol.md, section 7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from audit_service.core.canonical import IDENTIFIER, POSITIVE
from audit_service.errors import FormError

README: Final = "README.txt"
SAMPLE_FROZEN: Final = ("commitment.json", "policy.json", "frame.csv", "exclusions.csv", "seed.json")
SAMPLE_RESULTS: Final = ("allocation.csv", "sample.csv", "notices.txt")
ROUND_FROZEN: Final = (
    "commitment.json", "teams.json", "inspectors.csv", "recusals.csv", "substitutions.csv", "standing.csv", "seed.json",
)  # fmt: skip
ASSIGNMENT: Final = "assignment.csv"
INFEASIBLE: Final = "infeasible.json"
ROUND_RESULTS: Final = ("packets.csv", ASSIGNMENT, INFEASIBLE)

_OCTO41: Final = rf"sample/octo41/{IDENTIFIER}/{IDENTIFIER}\.(?:candidates|selection)"
_LOG_PART: Final = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"
_NAME: Final = re.compile(
    "|".join(
        (
            re.escape(README),
            *(re.escape(f"sample/{name}") for name in SAMPLE_FROZEN + SAMPLE_RESULTS),
            _OCTO41,
            *(rf"rounds/{POSITIVE}/{re.escape(name)}" for name in ROUND_FROZEN + ROUND_RESULTS),
            rf"log/(?:{_LOG_PART}/)*{_LOG_PART}",
        )
    )
)
_FOLDER: Final = re.compile(rf"sample/(?:octo41/(?:{IDENTIFIER}/)?)?|rounds/(?:{POSITIVE}/)?|log/(?:{_LOG_PART}/)*")


def sample_folder() -> str:
    """The folder of the sample draw."""
    return "sample/"


def round_folder(number: int) -> str:
    """The folder of a round."""
    return f"rounds/{number}/"


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder of the layout."""
    return _FOLDER.fullmatch(name) is not None


def check_names(names: Iterable[str]) -> None:
    """Refuse names that the layout does not have, or twice: `FormError`. Folders of the layout are let pass."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FormError("bundle-name-twice", name=name[:200])
        if not (_NAME.fullmatch(name) or is_folder(name)):
            raise FormError("bundle-name-foreign", name=name[:200])
        seen.add(name)


def round_numbers(names: Iterable[str]) -> list[int]:
    """The numbers of the rounds that occur in the names, in order."""
    return sorted({int(name.split("/")[1]) for name in names if name.startswith("rounds/") and name != "rounds/"})


def check_complete(names: Collection[str]) -> None:
    """Refuse a bundle that lacks a file, or has both an assignment and a proof that there is none: `FormError`."""
    needed = [f"sample/{name}" for name in SAMPLE_FROZEN + SAMPLE_RESULTS]
    for number in round_numbers(names):
        folder = round_folder(number)
        needed += [folder + name for name in (*ROUND_FROZEN, "packets.csv")]
        outcomes = [name for name in (ASSIGNMENT, INFEASIBLE) if folder + name in names]
        if len(outcomes) != 1:
            raise FormError("bundle-outcome", folder=folder, found=len(outcomes))
    for name in needed:
        if name not in names:
            raise FormError("bundle-file-missing", name=name)
