"""What the service's database role may do with each table, and the GRANT statements for it."""

from __future__ import annotations

from psycopg import Cursor, sql

WRITTEN_ONCE = frozenset(
    {
        "accounts_accountevent",
        "accounts_formername",
        "alerts_attempt",
        "audit_entry",
        "auditlog_logentry",
        "circles_addendum",
        "circles_adverseoutcome",
        "circles_answeropening",
        "circles_assent",
        "circles_circleevent",
        "circles_minutesstep",
        "circles_minutesversion",
        "circles_resendsetaside",
        "circles_sharingoverride",
        "concerns_acknowledgement",
        "concerns_clock",
        "concerns_concernevent",
        "concerns_concernlink",
        "concerns_lowlevelconcern",
        "concerns_mention",
        "concerns_ownreport",
        "concerns_patternreview",
        "concerns_patternreview_covers",
        "concerns_recordevent",
        "concerns_rung",
        "concerns_shareevent",
        "concerns_voicecall",
        "offenders_leadchange",
        "offenders_paneldecision",
        "offenders_referralevent",
        "offenders_restrictionaddendum",
        "offenders_risknote",
        "offenders_signoff",
        "offenders_volunteerrisk",
    }
)
"""Tables whose rows are added and read, and never changed or deleted: the trail, the stories, the promises.

Such a row cannot be locked either (SELECT … FOR UPDATE): lock the record it belongs to.
"""

KEPT = frozenset(
    {
        "accounts_agency",
        "accounts_area",
        "accounts_user",
        "alerts_alert",
        "circles_circle",
        "circles_minutes",
        "circles_minutesshare",
        "circles_review",
        "circles_riskreview",
        "concerns_concern",
        "concerns_disclosurerequest",
        "concerns_drill",
        "concerns_endproposal",
        "concerns_escalationstep",
        "concerns_handover",
        "concerns_hold",
        "concerns_ladderversion",
        "concerns_pattern",
        "concerns_safeguardingreferral",
        "concerns_seriousincident",
        "concerns_share",
        "concerns_sharereply",
        "offenders_breakglass",
        "offenders_coremember",
        "offenders_identity",
        "offenders_criteriaset",
        "offenders_managementchange",
        "offenders_mappaaction",
        "offenders_mappaperiod",
        "offenders_nonassociation",
        "offenders_referral",
        "offenders_referrerlink",
        "offenders_screening",
        "offenders_seat",
        "offenders_restriction",
        "offenders_riskassessment",
        "volunteers_volunteer",
        "offenders_wallentry",
    }
)
"""Tables whose rows may be changed, as lifecycles and triggers allow, and are never deleted."""

ONLY_READ = frozenset({"django_migrations"})
"""Tables that only `migrate` writes, which the owner runs."""

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"


def grant_rights(cursor: Cursor[tuple[object, ...]], app: str) -> None:
    """Take back every right of the app and grant those of the lists above. The owner runs it after each `migrate`.

    A table that a later migration makes gets all four rights at first. If it is on a list above, the run after that
    `migrate` takes the others back.
    """
    tables = [name for (name,) in cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for statement in [
        "GRANT USAGE ON SCHEMA public TO {app}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {app}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {EVERYTHING} ON TABLES TO {{app}}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ]:
        cursor.execute(sql.SQL(statement).format(app=sql.Identifier(app)))
    for table in tables:
        granting = sql.SQL(f"GRANT {rights_on(str(table))} ON {{table}} TO {{app}}")
        cursor.execute(granting.format(table=sql.Identifier("public", str(table)), app=sql.Identifier(app)))


def rights_on(table: str) -> str:
    """What the app may do with the rows of one table."""
    if table in ONLY_READ:
        return "SELECT"
    if table in WRITTEN_ONCE:
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE" if table in KEPT else EVERYTHING
