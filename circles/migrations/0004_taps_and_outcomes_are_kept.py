"""The database itself keeps taps on approved minutes as they are, and what happened."""

from django.db import migrations

LOCK = """
CREATE TRIGGER circles_goaltap_locked BEFORE UPDATE ON circles_goaltap
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
CREATE TRIGGER circles_actiontap_locked BEFORE UPDATE ON circles_actiontap
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
"""

UNLOCK = """
DROP TRIGGER circles_actiontap_locked ON circles_actiontap;
DROP TRIGGER circles_goaltap_locked ON circles_goaltap;
"""

APPEND_ONLY = """
CREATE FUNCTION circles_refuse_change_of_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an adverse outcome is corrected by another entry'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER circles_adverseoutcome_kept BEFORE UPDATE OR DELETE ON circles_adverseoutcome
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_outcome();
"""

FREE = """
DROP TRIGGER circles_adverseoutcome_kept ON circles_adverseoutcome;
DROP FUNCTION circles_refuse_change_of_outcome();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0003_risk_is_locked")]

    operations = [migrations.RunSQL(LOCK, UNLOCK), migrations.RunSQL(APPEND_ONLY, FREE)]
