"""Import of what is ordered of whom: the annex, place by place, held against the totals of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.after import Order
from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Incoming, Row, shown
from audit_service.core.places import COUNTY, county_of
from audit_service.core.policy import Programme
from audit_service.errors import Finding, Problem, Refused
from audit_service.store import life_tables, rosters, tables
from audit_service.use_cases import places
from audit_service.use_cases.import_rosters import Report, errors_of, refuse, take
from audit_service.use_cases.orders import years_of
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.roster_changes import Entry, Record, Roster
from audit_service.use_cases.roster_rules import known_city, repeated

ORDERS: Final = Roster("orders", life_tables.orders, ("policy", "year", "place", "target"))


def field_of(order: Order) -> str:
    """The field of an annex's row that holds an order's number; orders may share a column, and so its number."""
    return f"order {order.column}"


def orders_of(programme: Programme, year: int) -> list[Order]:
    """The orders of a year that an annex can give out; `Refused` where the policy has none."""
    found = [order for order in programme.after.orders if order.year == year and order.column]
    if not found:
        raise Refused("orders-none", policy=programme.policy, year=year, years=years_of(programme))
    return found


def import_orders(
    db: Connection,
    act: Act,
    incoming: Incoming,
    divisions: Divisions,
    programme: Programme,
    year: int,
    *,
    city: str = "",
    document: str = "",
    complete: bool = False,
) -> Report:
    """Take an annex of a policy's orders into the roster. `city` is that of every row where there is no such column.

    That the annex adds up to other numbers than the document orders is told, and keeps nothing out.
    """
    orders = orders_of(programme, year)
    errors = errors_of(incoming, complete)
    counties = places.counties(db, divisions)
    placed = [_placed(row, orders, divisions, counties, city, errors) for row in incoming.rows]
    errors += repeated(placed, ("place",), "order-place-twice")
    errors += _above_whole(incoming.rows, orders)
    refuse(incoming, errors)
    said = {"policy": programme.policy, "year": str(year), "document": document or _document(programme)}
    entries = [(row, {**said, **record}) for row, where in placed for record in _numbers(row, where["place"], orders)]
    current = {
        ORDERS.key(record): record
        for record in rosters.chosen(db, life_tables.orders, policy=[programme.policy], year=[str(year)])
    }
    after = {key: record["number"] for key, record in ({} if complete else current).items()}
    after |= {ORDERS.key(record): record["number"] for _, record in entries}
    remarks = [*_differences(incoming, orders, after), *_strangers(db, placed, counties)]
    put_to_use(db, act, programme)
    return take(db, act, ORDERS, incoming, current, entries, remarks, complete=complete)


def _document(programme: Programme) -> str:
    told = dict(programme.document)
    return told.get("number") or told.get("title", "")


def _placed(
    row: Row,
    orders: Sequence[Order],
    divisions: Divisions,
    counties: frozenset[str],
    city: str,
    errors: list[Finding],
) -> Entry:
    """The place that a row is of: its city, or with orders of counties its county."""
    if not row.values.get("city"):
        row.values["city"] = city
    if not row.values["city"]:
        errors.append(row.finding("city", "order-city-unsaid"))
        return row, {"place": None}
    code = known_city(row, divisions, errors)
    if code is None or code in counties or all(order.level != COUNTY for order in orders):
        return row, {"place": code}
    county = row.values.get("county", "")
    if not county:
        errors.append(row.finding("county", "order-county-unsaid"))
    return row, {"place": county_of(code, county) if county else None}


def _numbers(row: Row, place: str, orders: Sequence[Order]) -> Iterator[Record]:
    for order in orders:
        number = row.values.get(field_of(order))
        if number is not None and field_of(order) not in row.source.absent:
            yield {"place": place, "target": order.order, "number": number}


def _above_whole(rows: Iterable[Row], orders: Sequence[Order]) -> Iterator[Finding]:
    """A part is no more than what it is a part of."""
    columns = {order.order: order.column for order in orders}
    for row in rows:
        for order in orders:
            number = row.values.get(field_of(order))
            whole = row.values.get(f"order {columns[order.within]}") if order.within in columns else None
            if number is not None and whole is not None and number > whole:
                params = {"found": number, "whole": whole, "column": columns[order.within]}
                yield row.finding(field_of(order), "order-above-whole", **params)


def _differences(
    incoming: Incoming, orders: Sequence[Order], numbers: Mapping[tuple[str, ...], int]
) -> Iterator[Finding]:
    """Where the annex does not add up to what the document orders."""
    file, _ = incoming.digests[0]
    for order in orders:
        given = sum(number for (*_, target), number in numbers.items() if target == order.order)
        if order.total is not None and not order.total <= given <= (order.most or order.total):
            total = f"{order.total}—{order.most}" if order.most else order.total
            yield Finding(file, "", 0, order.column, Problem("order-total-differs", {"total": total, "given": given}))


def _strangers(db: Connection, placed: Iterable[Entry], counties: frozenset[str]) -> Iterator[Finding]:
    """Counties in which the roster has no unit: misspelt, perhaps."""
    rows = rosters.current(db, tables.units)
    known = {county_of(row["city"], row["county"]) for row in rows} | {row["city"] for row in rows} | counties
    for row, record in placed:
        if "/" in record["place"] and record["place"] not in known:
            yield row.finding("county", "order-county-strange", found=shown(row.values["county"]))
