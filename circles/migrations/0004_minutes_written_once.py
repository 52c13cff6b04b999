"""The database itself refuses to change a kept version of the minutes, or what somebody said of it."""

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
"""

ALLOW = """
DROP TRIGGER circles_assent_once ON circles_assent;
DROP TRIGGER circles_minutesversion_once ON circles_minutesversion;
DROP FUNCTION circles_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0003_minutes")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
