-- The application's own database role: it may add to the trail and read it, and nothing more.
-- Run as the owner of the tables after `migrate`; then let DATABASE_URL name `waymark_app`.
CREATE ROLE waymark_app LOGIN;
GRANT USAGE ON SCHEMA public TO waymark_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO waymark_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO waymark_app;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, auditlog_logentry FROM waymark_app;
REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM waymark_app;
