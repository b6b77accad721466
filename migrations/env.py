"""Runs the migrations in the transaction that the caller hands over."""

from alembic import context

from audit_service.store.database import TABLES

context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
