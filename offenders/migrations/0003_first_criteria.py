"""The criteria of a new service, and the trigger by which a published version never changes."""

from typing import Any

from django.db import migrations

from offenders.eligibility.defaults import load_criteria

FREEZE = """
CREATE FUNCTION offenders_freeze_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_set bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN of_set := OLD.criteria_id; ELSE of_set := NEW.criteria_id; END IF;
    IF EXISTS (SELECT 1 FROM offenders_criteriaset s WHERE s.id = of_set AND s.in_force_since IS NOT NULL) THEN
        RAISE EXCEPTION 'a published version of the criteria never changes'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER offenders_criterion_frozen BEFORE INSERT OR UPDATE OR DELETE ON offenders_criterion
    FOR EACH ROW EXECUTE FUNCTION offenders_freeze_criteria();
"""

THAW = """
DROP TRIGGER offenders_criterion_frozen ON offenders_criterion;
DROP FUNCTION offenders_freeze_criteria();
"""


def load(apps: Any, schema_editor: Any) -> None:
    load_criteria(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0002_first_data")]

    operations = [migrations.RunSQL(FREEZE, THAW), migrations.RunPython(load, migrations.RunPython.noop)]
