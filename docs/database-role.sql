-- The database role of web server and scheduler on PostgreSQL.
--
-- It reads and writes rows and nothing else: it cannot change the tables, take a trigger away or
-- alter what has been recorded. The owner of the tables runs this once after `flask db upgrade`,
-- and again after each upgrade that brings tables:
--
--     psql --single-transaction -v ON_ERROR_STOP=1 -f docs/database-role.sql "$OWNERS_DATABASE_URL"
--     psql -c "ALTER ROLE jobsearch_web LOGIN PASSWORD '...'" "$OWNERS_DATABASE_URL"
--
-- Then JOBSEARCH_DATABASE_URL of web server and scheduler names jobsearch_web; upgrades, backups
-- and restores keep the owner.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jobsearch_web') THEN
        CREATE ROLE jobsearch_web NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO jobsearch_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO jobsearch_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO jobsearch_web;

-- what has been recorded stays as it is
REVOKE UPDATE, DELETE ON audit_entry, audit_seal, access_entry FROM jobsearch_web;
REVOKE UPDATE, DELETE ON audit_check, glass_page, impact_review FROM jobsearch_web;
REVOKE UPDATE, DELETE ON frozen_report, proof_end, papers_end FROM jobsearch_web;
-- proofs of consent and signatures go when their time is over; the triggers say when
REVOKE UPDATE ON consent, consent_withdrawal, contract_signature FROM jobsearch_web;
-- which migrations have run is for the owner to say
DO $$
BEGIN
    IF to_regclass('public.alembic_version') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM jobsearch_web;
    END IF;
END $$;
