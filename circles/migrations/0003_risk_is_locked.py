"""The database itself refuses to change an instrument in use, sent scores, and what is signed off."""

from django.db import migrations

LOCK = """
CREATE FUNCTION circles_refuse_change_of_used_instrument() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose bigint;
BEGIN
    IF TG_TABLE_NAME = 'circles_instrument' THEN
        whose := OLD.id;
    ELSIF TG_OP = 'INSERT' THEN
        whose := NEW.instrument_id;
    ELSE
        whose := OLD.instrument_id;
    END IF;
    IF EXISTS (SELECT 1 FROM circles_riskreview WHERE instrument_id = whose) THEN
        RAISE EXCEPTION 'an instrument in use is not changed: load a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_instrument_locked BEFORE UPDATE OR DELETE ON circles_instrument
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_used_instrument();
CREATE TRIGGER circles_instrumentitem_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_instrumentitem
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_used_instrument();

CREATE FUNCTION circles_refuse_change_of_signed_off_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'signed_off' THEN
        RAISE EXCEPTION 'a risk review that is signed off is not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_riskreview_locked BEFORE UPDATE OR DELETE ON circles_riskreview
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_signed_off_review();

CREATE FUNCTION circles_refuse_change_of_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        whose := NEW.review_id;
    ELSE
        whose := OLD.review_id;
    END IF;
    IF EXISTS (SELECT 1 FROM circles_riskreview WHERE id = whose AND status = 'signed_off') THEN
        RAISE EXCEPTION 'a risk review that is signed off is not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_riskagreed_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_riskagreed
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_agreed();
CREATE TRIGGER circles_riskrating_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_riskrating
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_agreed();

CREATE FUNCTION circles_refuse_change_of_sent_score() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        whose := NEW.rating_id;
    ELSE
        whose := OLD.rating_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM circles_riskrating rating JOIN circles_riskreview review ON review.id = rating.review_id
        WHERE rating.id = whose AND (rating.sent_at IS NOT NULL OR review.status NOT IN ('due', 'in_progress'))
    ) THEN
        RAISE EXCEPTION 'scores that were sent are not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER circles_riskscore_locked BEFORE INSERT OR UPDATE OR DELETE ON circles_riskscore
    FOR EACH ROW EXECUTE FUNCTION circles_refuse_change_of_sent_score();
"""

UNLOCK = """
DROP TRIGGER circles_riskscore_locked ON circles_riskscore;
DROP FUNCTION circles_refuse_change_of_sent_score();
DROP TRIGGER circles_riskrating_locked ON circles_riskrating;
DROP TRIGGER circles_riskagreed_locked ON circles_riskagreed;
DROP FUNCTION circles_refuse_change_of_agreed();
DROP TRIGGER circles_riskreview_locked ON circles_riskreview;
DROP FUNCTION circles_refuse_change_of_signed_off_review();
DROP TRIGGER circles_instrumentitem_locked ON circles_instrumentitem;
DROP TRIGGER circles_instrument_locked ON circles_instrument;
DROP FUNCTION circles_refuse_change_of_used_instrument();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0002_approved_minutes_are_locked")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
