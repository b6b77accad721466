"""The sampling frame, column by column, so that a draw of a million units is quick (docs/protocol.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CellName = tuple[str, str]
"""A stratum and a city."""


class FrameUnit(NamedTuple):
    """A unit that can be drawn."""

    unit: str
    stratum: str
    city: str


@dataclass(frozen=True)
class Frame:
    """The units that can be drawn: three columns of one length. Iterating gives the rows."""

    units: Sequence[str]
    strata: Sequence[str]
    cities: Sequence[str]

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]]) -> Frame:
        """The frame of rows of unit, stratum and city, in their order."""
        units, strata, cities = tuple(zip(*rows, strict=True)) or ((), (), ())
        return cls(units, strata, cities)

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[FrameUnit]:
        return map(FrameUnit._make, zip(self.units, self.strata, self.cities, strict=True))

    @cached_property
    def cells(self) -> tuple[list[CellName], NDArray[np.intp]]:
        """The cells in the order in which they first occur, and for each unit the place of its cell: shape (len,)."""
        numbers = _Numbers()
        pairs = zip(self.strata, self.cities, strict=True)
        places = np.fromiter(map(numbers.__getitem__, pairs), dtype=np.intp, count=len(self))
        return list(numbers), places


class _Numbers(dict[CellName, int]):
    """Gives each cell that it is asked for a number, from 0, in the order in which they are first asked for."""

    def __missing__(self, cell: CellName) -> int:
        number = self[cell] = len(self)
        return number
