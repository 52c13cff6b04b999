"""Minutes sent to agencies: kept word for word, and the database itself refuses to change what was sent."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION circles_refuse_change_of_sent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    read_once text[] := ARRAY['read_at', 'read_by_id'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.read_at IS NOT NULL
        OR to_jsonb(NEW) - read_once IS DISTINCT FROM to_jsonb(OLD) - read_once THEN
        RAISE EXCEPTION 'minutes that were sent are kept as they were sent'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_minutesshare_frozen BEFORE UPDATE OR DELETE ON circles_minutesshare
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_sent();
CREATE TRIGGER circles_resendsetaside_once BEFORE UPDATE OR DELETE ON circles_resendsetaside
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_rewriting();
"""

THAW = """
DROP TRIGGER circles_resendsetaside_once ON circles_resendsetaside;
DROP TRIGGER circles_minutesshare_frozen ON circles_minutesshare;
DROP FUNCTION circles_refuse_change_of_sent();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0007_shared_reviews_are_locked")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
