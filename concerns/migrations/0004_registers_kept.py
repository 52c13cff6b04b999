"""The database itself refuses to change a low-level concern or a reading, or to forget any record of the registers."""

from django.db import migrations

KEEP = """
CREATE FUNCTION concerns_refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the registers are kept as they were written' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER concerns_low_level_kept BEFORE UPDATE OR DELETE ON concerns_lowlevelconcern
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_any_change();
CREATE TRIGGER concerns_reading_kept BEFORE UPDATE OR DELETE ON concerns_patternreview
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_any_change();
CREATE TRIGGER concerns_referral_kept BEFORE DELETE ON concerns_safeguardingreferral
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_any_change();
CREATE TRIGGER concerns_incident_kept BEFORE DELETE ON concerns_seriousincident
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_any_change();
CREATE TRIGGER concerns_disclosure_kept BEFORE DELETE ON concerns_disclosurerequest
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_any_change();
"""

LOOSEN = """
DROP TRIGGER concerns_disclosure_kept ON concerns_disclosurerequest;
DROP TRIGGER concerns_incident_kept ON concerns_seriousincident;
DROP TRIGGER concerns_referral_kept ON concerns_safeguardingreferral;
DROP TRIGGER concerns_reading_kept ON concerns_patternreview;
DROP TRIGGER concerns_low_level_kept ON concerns_lowlevelconcern;
DROP FUNCTION concerns_refuse_any_change();
"""


class Migration(migrations.Migration):
    dependencies = [("concerns", "0003_told_is_told")]

    operations = [migrations.RunSQL(KEEP, LOOSEN)]
