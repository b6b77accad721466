"""Runs the migrations on the engine that the caller hands over."""

from alembic import context

from audit_service.store.database import TABLES

with context.config.attributes["engine"].begin() as connection:
    context.configure(connection=connection, target_metadata=TABLES, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
