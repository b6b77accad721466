"""The tables of what teams found and what follows: outcomes, findings, evidence, exit cases."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from audit_service.store.life_tables import DAY
from audit_service.store.tables import DIGEST, IDENTIFIER, metadata, roster


def due_index(table: str) -> Index:
    """By the day on which something is due: of the few rows of a long table of which something is."""
    open_now = text("superseded_in IS NULL AND due_on <> ''")
    return Index(f"ix_{table}_due_on", "due_on", sqlite_where=open_now, postgresql_where=open_now)


outcomes = roster(
    "outcomes",
    ("occasion", "unit"),
    Column("occasion", IDENTIFIER, primary_key=True),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("policy", IDENTIFIER, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("stratum", IDENTIFIER, nullable=False, server_default=""),
    Column("packet", IDENTIFIER, nullable=False, server_default=""),
    Column("kind", String(20), nullable=False),
    Column("inspected_on", DAY, nullable=False),
    Column("proposed", String(10), nullable=False, server_default=""),
    Column("verdict", String(10), nullable=False, server_default=""),
    Column("score", Integer),
    Column("city_score", Integer),
    Column("city_verdict", String(10), nullable=False, server_default=""),
    Column("recorded_by", IDENTIFIER, nullable=False),
    Column("content", Text, nullable=False),
    Index("ix_outcomes_unit", "unit"),
)
"""What was found on an occasion (a draw, or a check beside the sample): a correction is a new version. Scores are in
hundredths of a point; `content` is JSON: answers by criterion, numbers, points off with reasons, vetoes."""

signatures = Table(
    "signatures",
    metadata,
    Column("outcome", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("signer", IDENTIFIER, primary_key=True),
    Column("occasion", IDENTIFIER, nullable=False),
    Column("stance", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("scan", DIGEST, nullable=False),
    Column("recorded_in", ForeignKey("acts.number"), nullable=False),
)
"""Who signed which version of an outcome: each member of the team, and the unit (signer `unit`): 属实, 有异议, 拒签."""

evidence = Table(
    "evidence",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("subject", String(140), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("recorded_in", ForeignKey("acts.number"), nullable=False),
    Index("ix_evidence_subject", "subject"),
)
"""Files that show something, by their SHA-256; the bytes lie outside of the database.

`subject` is a finding, a case, an occasion with its unit (`SC-2020-01/510104026`), `frame` (cities' confirmations), or
`life` (of steps of units' lives; `life/510100` of those of a city).
"""

checks = roster(
    "checks",
    ("occasion",),
    Column("occasion", IDENTIFIER, primary_key=True),
    Column("campaign", IDENTIFIER, nullable=False),
    Column("policy", IDENTIFIER, nullable=False),
    Column("unit", IDENTIFIER, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("ground", IDENTIFIER, nullable=False),
    Column("reason", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("due_on", DAY, nullable=False),
    Column("programme", DIGEST, nullable=False, server_default=""),
)
"""Checks beside the sample (定向抽查), outside of every estimate; `team` are inspectors' codes with commas, `programme`
the digest of the policy file by which it was ordered (empty of one from before that was kept)."""

findings = roster(
    "findings",
    ("finding",),
    Column("finding", IDENTIFIER, primary_key=True),
    Column("occasion", IDENTIFIER, nullable=False),
    Column("unit", IDENTIFIER, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("policy", IDENTIFIER, nullable=False),
    Column("stratum", IDENTIFIER, nullable=False, server_default=""),
    Column("criterion", IDENTIFIER, nullable=False, server_default=""),
    Column("area", IDENTIFIER, nullable=False, server_default=""),
    Column("severity", IDENTIFIER, nullable=False),
    Column("source", IDENTIFIER, nullable=False, server_default=""),
    Column("description", Text, nullable=False),
    Column("found_by", Text, nullable=False),
    Column("found_on", DAY, nullable=False),
    Column("responsible", Text, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("deadline", DAY, nullable=False),
    Column("deadline_since", DAY, nullable=False, server_default=""),
    Column("due_on", DAY, nullable=False, server_default=""),
    Column("due_since", DAY, nullable=False, server_default=""),
    Column("rechecks", Integer, nullable=False, server_default="0"),
    Column("rechecker", Text, nullable=False, server_default=""),
    Column("closed_on", DAY, nullable=False, server_default=""),
    Column("document", Text, nullable=False, server_default=""),
    Column("programme", DIGEST, nullable=False, server_default=""),
    Index("ix_findings_unit", "unit"),
    Index("ix_findings_occasion", "occasion"),
    due_index("findings"),
)
"""What is to be rectified (整改台账), each step a new version (`core.rectification`). `found_by` are inspectors' codes
with commas, who may not recheck it, `rechecker` is who was named to; `due_on` is the next day by which somebody has to
do something, as it was set; pauses since `deadline_since` and `due_since` move the one and the other. `programme` is
the digest of the policy file by which it came in, empty where its occasion tells."""

exit_cases = roster(
    "exit_cases",
    ("exit_case",),
    Column("exit_case", IDENTIFIER, primary_key=True),
    Column("unit", IDENTIFIER, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("policy", IDENTIFIER, nullable=False),
    Column("trigger_name", IDENTIFIER, nullable=False),
    Column("occasion", IDENTIFIER, nullable=False, server_default=""),
    Column("finding", IDENTIFIER, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("opened_on", DAY, nullable=False),
    Column("due_on", DAY, nullable=False, server_default=""),
    Column("defence_until", DAY, nullable=False, server_default=""),
    Column("objections_until", DAY, nullable=False, server_default=""),
    Column("ending", String(20), nullable=False, server_default=""),
    Column("document", Text, nullable=False, server_default=""),
    Column("programme", DIGEST, nullable=False, server_default=""),
    Index("ix_exit_cases_unit", "unit"),
    due_index("exit_cases"),
)
"""Exit cases (退出机制), each step a new version (`core.exits`); `due_on` is the next day on which something is due,
`programme` the digest of the policy file under which it was opened (empty of one from before that was kept)."""
