"""The database itself refuses to change a kept version of the minutes, what somebody said of it, or the tags and
contacts of approved minutes."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION circles_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER circles_minutesversion_once BEFORE UPDATE OR DELETE ON circles_minutesversion
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_rewriting();
CREATE TRIGGER circles_assent_once BEFORE UPDATE OR DELETE ON circles_assent
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_rewriting();
CREATE FUNCTION circles_refuse_change_beside_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_minutes bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN of_minutes := OLD.minutes_id; ELSE of_minutes := NEW.minutes_id; END IF;
    IF EXISTS (
        SELECT 1 FROM circles_minutes m JOIN circles_meeting g ON g.id = m.meeting_id
        WHERE m.id = of_minutes AND g.status = 'approved'
    ) THEN
        RAISE EXCEPTION 'approved minutes are not changed: add an addendum'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_minutestag_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_minutestag
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_beside_approved();
CREATE TRIGGER circles_contact_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_contact
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_beside_approved();
"""

ALLOW = """
DROP TRIGGER circles_contact_locked ON circles_contact;
DROP TRIGGER circles_minutestag_locked ON circles_minutestag;
DROP FUNCTION circles_refuse_change_beside_approved();
DROP TRIGGER circles_assent_once ON circles_assent;
DROP TRIGGER circles_minutesversion_once ON circles_minutesversion;
DROP FUNCTION circles_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0004_taps_and_outcomes_are_kept")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
