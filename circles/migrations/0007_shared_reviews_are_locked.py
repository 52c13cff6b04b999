"""The database itself refuses to change a review that was shared: what it says, who came, and what it decided.

Finishing it is still to come, and so is asking an agency why it stayed away.
"""

from django.db import migrations

LOCK = """
CREATE FUNCTION circles_refuse_change_of_shared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['status', 'closed_at', 'closed_by_id'];
BEGIN
    IF OLD.status = 'closed' OR (OLD.status = 'shared' AND (
        TG_OP = 'DELETE' OR NEW.status NOT IN ('shared', 'closed')
        OR to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
    )) THEN
        RAISE EXCEPTION 'a shared review is not changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_review_locked BEFORE UPDATE OR DELETE ON circles_review
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_shared();

CREATE FUNCTION circles_refuse_change_beside_shared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_review bigint;
    found_status text;
    asked text[] := ARRAY['chased_at', 'chased_by_id', 'chase_words'];
BEGIN
    IF TG_OP = 'INSERT' THEN of_review := NEW.review_id; ELSE of_review := OLD.review_id; END IF;
    SELECT status INTO found_status FROM circles_review WHERE id = of_review;
    IF TG_TABLE_NAME = 'circles_reviewperson' AND TG_OP = 'UPDATE' AND found_status = 'shared'
        AND to_jsonb(NEW) - asked IS NOT DISTINCT FROM to_jsonb(OLD) - asked THEN
        RETURN NEW;
    END IF;
    IF found_status IN ('shared', 'closed') THEN
        RAISE EXCEPTION 'a shared review is not changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_reviewperson_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_reviewperson
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_beside_shared();
CREATE TRIGGER circles_reviewview_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_reviewview
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_beside_shared();
CREATE TRIGGER circles_reviewdecision_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_reviewdecision
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_beside_shared();
"""

UNLOCK = """
DROP TRIGGER circles_reviewdecision_locked ON circles_reviewdecision;
DROP TRIGGER circles_reviewview_locked ON circles_reviewview;
DROP TRIGGER circles_reviewperson_locked ON circles_reviewperson;
DROP FUNCTION circles_refuse_change_beside_shared();
DROP TRIGGER circles_review_locked ON circles_review;
DROP FUNCTION circles_refuse_change_of_shared();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0006_first_data")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
