-- The rights of the service's role in PostgreSQL: psql -d audit -f grants.sql, as the role that owns the tables, after
-- the first `audit-service db upgrade` and after each later one.
--
-- Nothing is ever deleted. What is append-only is not updated either: the owner's triggers refuse both, and a role that
-- neither owns the tables nor has the rights cannot take the triggers away.

GRANT USAGE ON SCHEMA public TO audit_service;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO audit_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO audit_service;
REVOKE UPDATE ON acts, entries, tree_hashes, checkpoints, cosignatures, happenings, unit_days, unit_acts, signatures, evidence, policy_versions FROM audit_service;
REVOKE INSERT, UPDATE ON alembic_version FROM audit_service;
REVOKE UPDATE ON files, draws, substitutions, refusals FROM audit_service;
