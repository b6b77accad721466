"""Which reserve takes the place of a unit that is out of scope by a document (docs/protocol.md, section 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from audit_service.core.frozen import Substitution
from audit_service.core.selection import Sample, SampleUnit
from audit_service.errors import RuleError


class Reserves:
    """The reserves of a sample, and which of them have been used."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._used: set[str] = set()
        reserves = [row for row in sample.units if not sample.is_selected(row)]
        self._of_cell: dict[tuple[str, str], list[SampleUnit]] = {}
        self._of_stratum: dict[str, list[SampleUnit]] = {}
        for row in sorted(reserves, key=lambda row: row.ticket):  # the next one stands last
            self._of_cell.setdefault((row.stratum, row.city), []).append(row)
            self._of_stratum.setdefault(row.stratum, []).append(row)

    def take(self, unit: str) -> str:
        """The next reserve for a unit: of its cell, else of its stratum, else none (an empty text)."""
        row = self._sample.by_unit[unit]
        for reserves in (self._of_cell.get((row.stratum, row.city), []), self._of_stratum.get(row.stratum, [])):
            while reserves and reserves[-1].unit in self._used:
                reserves.pop()
            if reserves:
                self._used.add(reserves[-1].unit)
                return reserves.pop().unit
        return ""


def substitute(sample: Sample, batches: Sequence[Iterable[str]]) -> list[Substitution]:
    """The substitutions for batches of units that are out of scope, batch 1 first; `RuleError` for a unit that is
    neither selected nor a substitute of an earlier batch, or that was replaced before."""
    if not batches:
        return []
    reserves = Reserves(sample)
    inspected = set(sample.selected_units)
    made: list[Substitution] = []
    for number, batch in enumerate(batches, start=1):
        given = list(_batch(sample, reserves, inspected, number, batch))
        inspected -= {row.unit for row in given}
        inspected |= {row.substitute for row in given if row.substitute}
        made += given
    return made


def _batch(
    sample: Sample, reserves: Reserves, inspected: set[str], number: int, units: Iterable[str]
) -> Iterator[Substitution]:
    counted = Counter(units)
    for unit, count in counted.items():
        if unit not in inspected or count > 1:
            raise RuleError("substitution-not-inspected", unit=unit, batch=number)
    for unit in sorted(counted, key=lambda unit: sample.by_unit[unit].ticket, reverse=True):
        yield Substitution(number, unit, reserves.take(unit))


def check_substitutions(sample: Sample, rows: Sequence[Substitution], earlier: Iterable[Substitution]) -> None:
    """Refuse rows that do not follow from the sample, or that lack a row of an earlier round's: `RuleError`."""
    batches: dict[int, list[str]] = {}
    for row in rows:
        batches.setdefault(row.batch, []).append(row.unit)
    if sorted(batches) != list(range(1, len(batches) + 1)):
        raise RuleError("substitution-batches", found=", ".join(map(str, sorted(batches))))
    expected = {row.unit: row for row in substitute(sample, [batches[number] for number in sorted(batches)])}
    for row in rows:
        if expected[row.unit] != row:
            raise RuleError(
                "substitution-other", unit=row.unit, found=row.substitute, must=expected[row.unit].substitute
            )
    kept = set(rows)
    for row in earlier:
        if row not in kept:
            raise RuleError("substitution-lost", unit=row.unit, batch=row.batch)
