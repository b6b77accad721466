"""The tables of accounts, of what shows who somebody is, and of what waits for a second person."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from audit_service.store.tables import DIGEST, IDENTIFIER, Moment, metadata, roster

accounts = roster(
    "accounts",
    ("account",),
    Column("account", IDENTIFIER, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("institution", Text, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("inspector", IDENTIFIER, nullable=False),
    Column("holder", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)
"""Posts, as versions: a post that is handed over, or given up, becomes a new version under a new act."""

passwords = Table(
    "passwords",
    metadata,
    Column("account", IDENTIFIER, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""The argon2 hash of an account's password."""

tokens = Table(
    "tokens",
    metadata,
    Column("token", String(20), primary_key=True),
    Column("account", IDENTIFIER, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("session", Boolean, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index("ix_tokens_account", "account"),
)
"""What shows who somebody is: tokens of programs, and the sessions of people who signed in. Only a digest is kept."""

requests = Table(
    "requests",
    metadata,
    Column("number", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("account", IDENTIFIER, nullable=False),
    Column("institution", Text, nullable=False),
    Column("ended_in", ForeignKey("acts.number")),
    Column("confirmed", Boolean),
)
"""What waits for, or was answered by, a second person: the act that asked, what for, and its arguments as JSON."""

answered = Table(
    "answered",
    metadata,
    Column("account", IDENTIFIER, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request", DIGEST, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Answers to requests that carried an Idempotency-Key, and the digest of the request that each answers."""

attempts = Table(
    "attempts",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("window", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""How often something was tried within a window of time, by the digest of who or what; shared by all workers."""

refusals = Table(
    "refusals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", IDENTIFIER, nullable=False),
    Column("role", String(20), nullable=False),
    Column("asked", String(80), nullable=False),
    Column("subject", Text, nullable=False),
    Column("code", String(40), nullable=False),
)
"""What somebody tried over HTTP and was refused: who, what on what, and the code of the refusal."""
