"""The tables of units' lives: where each stands, what is ordered of whom, what is reported, planned and paused.

As rosters these are versions: what stood at any act can be told again, and a past month's figures come out the same.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from audit_service.store.tables import IDENTIFIER, metadata, roster

DAY: Final = String(10)
"""`2020-03-11`; empty where there is none."""
PERIOD: Final = String(10)
"""`2020`, `2020-H1`, `2020-Q3`, `2020-03`."""

unit_acts = Table(
    "unit_acts",
    metadata,
    Column("unit", IDENTIFIER, primary_key=True),
    Column("act", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
)
"""Which acts concern which unit: its history. Nothing that is still under a seal stands here."""

standings = roster(
    "standings",
    ("unit",),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("policy", IDENTIFIER, nullable=False),
    Column("state", String(20), nullable=False),
    Column("since", DAY, nullable=False),
    Column("title", IDENTIFIER, nullable=False, server_default=""),
    Column("named_on", DAY, nullable=False, server_default=""),
    Column("valid_until", DAY, nullable=False, server_default=""),
    Column("checked_on", DAY, nullable=False, server_default=""),
    Column("re_evaluate_by", DAY, nullable=False, server_default=""),
    Column("plaque_recalled_on", DAY, nullable=False, server_default=""),
    Column("successor", IDENTIFIER, nullable=False, server_default=""),
    Column("document", Text, nullable=False, server_default=""),
)
"""Where each unit stands in its life and what title it holds: what its steps so far come to (`core.life`).

`since` is the day of the last step that changed the state; `successor` the unit into which a merged one went.
"""

places = roster(
    "places",
    ("place",),
    Column("place", IDENTIFIER, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(10), nullable=False),
    Column("parent", IDENTIFIER, nullable=False),
    Column("class_name", Text, nullable=False),
    Column("townships", Integer),
)
"""Places of an office outside of Sichuan, or with a class and a number of townships that a quota goes by."""

orders = roster(
    "orders",
    ("policy", "year", "place", "target"),
    Column("policy", IDENTIFIER, primary_key=True),
    Column("year", String(4), primary_key=True),
    Column("place", String(80), primary_key=True),
    Column("target", IDENTIFIER, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),
)
"""What is ordered of a place in a year (目标任务): the annex, number by number. `target` is an order of the policy;
a place is a city's code, a county's name behind it (`511600/广安区`), or a unit."""

reports = roster(
    "reports",
    ("policy", "report", "reporter", "period"),
    Column("policy", IDENTIFIER, primary_key=True),
    Column("report", IDENTIFIER, primary_key=True),
    Column("reporter", String(80), primary_key=True),
    Column("period", PERIOD, primary_key=True),
    Column("said", Text, nullable=False),
    Column("handed_in_on", DAY, nullable=False),
)
"""What was reported: `said` is JSON, by the policy's fields; of a report that is a list its rows."""

plans = roster(
    "plans",
    ("policy", "level", "unit", "period"),
    Column("policy", IDENTIFIER, primary_key=True),
    Column("level", IDENTIFIER, primary_key=True),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("period", PERIOD, primary_key=True),
    Column("planned_on", DAY, nullable=False),
    Column("document", Text, nullable=False),
)
"""Which level plans to inspect which unit in a period."""

pauses = roster(
    "pauses",
    ("pause",),
    Column("pause", IDENTIFIER, primary_key=True),
    Column("campaign", IDENTIFIER, nullable=False),
    Column("cities", Text, nullable=False),
    Column("since", DAY, nullable=False),
    Column("until", DAY, nullable=False, server_default=""),
    Column("reason", Text, nullable=False),
    Column("document", Text, nullable=False),
)
"""When the clocks stood (疫情、汛情): of a campaign, or (with `cities`, codes with commas) of a region of it; `until`
is the last day, empty while it lasts. An empty campaign means all."""
