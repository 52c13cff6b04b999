"""The database holds that the last change of the lead says what the record says: one agency leads at a time."""

from django.db import migrations

HOLD = """
CREATE FUNCTION offenders_hold_one_lead() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE his bigint; last_lead text;
BEGIN
    IF TG_TABLE_NAME = 'offenders_coremember' THEN his := NEW.id; ELSE his := NEW.core_member_id; END IF;
    SELECT became INTO last_lead FROM offenders_leadchange
        WHERE core_member_id = his ORDER BY changed_on DESC, id DESC LIMIT 1;
    IF last_lead IS NOT NULL
        AND last_lead <> (SELECT lead_agency FROM offenders_coremember WHERE id = his) THEN
        RAISE EXCEPTION 'the last change of the lead says what the record says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER offenders_coremember_lead AFTER INSERT OR UPDATE OF lead_agency
    ON offenders_coremember DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION offenders_hold_one_lead();
CREATE CONSTRAINT TRIGGER offenders_leadchange_lead AFTER INSERT
    ON offenders_leadchange DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION offenders_hold_one_lead();
"""

LET_GO = """
DROP TRIGGER offenders_leadchange_lead ON offenders_leadchange;
DROP TRIGGER offenders_coremember_lead ON offenders_coremember;
DROP FUNCTION offenders_hold_one_lead();
"""


class Migration(migrations.Migration):
    dependencies = [("offenders", "0004_one_mappa_period_at_a_time")]

    operations = [migrations.RunSQL(HOLD, LET_GO)]
