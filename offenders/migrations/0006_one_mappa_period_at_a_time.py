"""Everybody accepted before has an open period; and the database holds that it says what his record says."""

from django.db import migrations

FIRST_PERIODS = """
INSERT INTO offenders_mappaperiod (core_member_id, category, level, from_on, why, noted_at, noted_by_id)
SELECT id, category, level, (added_at AT TIME ZONE 'Europe/London')::date, '', added_at, added_by_id
FROM offenders_coremember his
WHERE NOT EXISTS (SELECT 1 FROM offenders_mappaperiod WHERE core_member_id = his.id);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

HOLD = """
CREATE FUNCTION offenders_hold_one_mappa_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE his bigint;
BEGIN
    IF TG_TABLE_NAME = 'offenders_coremember' THEN his := NEW.id; ELSE his := NEW.core_member_id; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM offenders_coremember record
        JOIN offenders_mappaperiod period ON period.core_member_id = record.id AND period.until_on IS NULL
        WHERE record.id = his AND period.category = record.category AND period.level = record.level
    ) THEN
        RAISE EXCEPTION 'the open MAPPA period says what the record says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER offenders_coremember_mappa AFTER INSERT OR UPDATE OF category, level
    ON offenders_coremember DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION offenders_hold_one_mappa_period();
CREATE CONSTRAINT TRIGGER offenders_mappaperiod_mappa AFTER INSERT OR UPDATE
    ON offenders_mappaperiod DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION offenders_hold_one_mappa_period();
"""

LET_GO = """
DROP TRIGGER offenders_mappaperiod_mappa ON offenders_mappaperiod;
DROP TRIGGER offenders_coremember_mappa ON offenders_coremember;
DROP FUNCTION offenders_hold_one_mappa_period();
"""


class Migration(migrations.Migration):
    dependencies = [("offenders", "0005_restrictions_vary_and_mappa_periods")]

    operations = [
        migrations.RunSQL(FIRST_PERIODS, migrations.RunSQL.noop),
        migrations.RunSQL(HOLD, LET_GO),
    ]
