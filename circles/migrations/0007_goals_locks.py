"""The database itself keeps taps on approved minutes as they are, and what happened; and the questionnaires to begin with."""

from django.db import migrations

LOCK = """
CREATE TRIGGER circles_goaltap_locked BEFORE UPDATE ON circles_goaltap
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
CREATE TRIGGER circles_actiontap_locked BEFORE UPDATE ON circles_actiontap
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_approved();
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

UNLOCK = """
DROP TRIGGER circles_actiontap_locked ON circles_actiontap;
DROP TRIGGER circles_goaltap_locked ON circles_goaltap;
"""


INSTRUMENTS = [
    ("ucla-3", "UCLA loneliness, three questions", "loneliness", 3, "each 1 to 3", 3, 9, False),
    ("swemwbs", "Short Warwick-Edinburgh wellbeing", "wellbeing", 7, "each 1 to 5", 7, 35, True),
]


def add_instruments(apps, editor):
    """Seen in use before and after circles (domain.md 1.9); a provider may hold others."""
    questionnaire = apps.get_model("circles", "Questionnaire")
    names = ["code", "name", "about", "questions", "scale", "lowest", "highest", "higher_is_better"]
    for row in INSTRUMENTS:
        questionnaire.objects.get_or_create(code=row[0], defaults=dict(zip(names, row, strict=True)))


class Migration(migrations.Migration):
    dependencies = [("circles", "0006_goals")]

    operations = [
        migrations.RunSQL(LOCK, UNLOCK),
        migrations.RunSQL(APPEND_ONLY, FREE),
        migrations.RunPython(add_instruments, migrations.RunPython.noop),
    ]
