"""The database itself keeps taps on approved minutes as they are."""

from django.db import migrations

LOCK = """
CREATE TRIGGER circles_goaltap_locked BEFORE UPDATE ON circles_goaltap
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
"""

UNLOCK = """
DROP TRIGGER circles_goaltap_locked ON circles_goaltap;
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0003_goals")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
