"""The database holds that the open MAPPA period says what the core member's record says: one at a time."""

from django.db import migrations

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
    dependencies = [("offenders", "0003_first_criteria")]

    operations = [migrations.RunSQL(HOLD, LET_GO)]
