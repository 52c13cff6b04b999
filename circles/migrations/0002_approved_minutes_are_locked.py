"""The database itself refuses to change approved minutes, or who was there."""

from django.db import migrations

LOCK = """
CREATE FUNCTION circles_refuse_change_of_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM circles_meeting WHERE id = OLD.meeting_id AND status = 'approved') THEN
        RAISE EXCEPTION 'approved minutes are not changed: add an addendum'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_minutes_locked BEFORE UPDATE ON circles_minutes
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
CREATE TRIGGER circles_attendance_locked BEFORE UPDATE ON circles_attendance
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
"""

UNLOCK = """
DROP TRIGGER circles_attendance_locked ON circles_attendance;
DROP TRIGGER circles_minutes_locked ON circles_minutes;
DROP FUNCTION circles_refuse_change_of_approved();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0001_initial")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
