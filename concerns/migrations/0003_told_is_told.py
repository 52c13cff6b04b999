"""The database itself refuses to change what an agency was told or what it replied, or to forget it."""

from django.db import migrations

LOCK = """
CREATE FUNCTION concerns_refuse_change_of_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'what was told is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.approved_at IS NOT NULL AND
       (NEW.concern_id, NEW.recipient_id, NEW.recipient_name, NEW.recipient_role, NEW.recipient_agency, NEW.method,
        NEW.text, NEW.text_hash, NEW.purpose, NEW.gateway, NEW.necessity, NEW.told_core_member, NEW.told_why,
        NEW.proposed_at, NEW.proposed_by_id, NEW.approved_at, NEW.approved_by_id,
        NEW.contact_id, NEW.to_desk, NEW.recipient_mail, NEW.basis, NEW.condition, NEW.marking, NEW.handling)
       IS DISTINCT FROM
       (OLD.concern_id, OLD.recipient_id, OLD.recipient_name, OLD.recipient_role, OLD.recipient_agency, OLD.method,
        OLD.text, OLD.text_hash, OLD.purpose, OLD.gateway, OLD.necessity, OLD.told_core_member, OLD.told_why,
        OLD.proposed_at, OLD.proposed_by_id, OLD.approved_at, OLD.approved_by_id,
        OLD.contact_id, OLD.to_desk, OLD.recipient_mail, OLD.basis, OLD.condition, OLD.marking, OLD.handling) THEN
        RAISE EXCEPTION 'an approved share is not changed: send a corrected one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_share_kept BEFORE UPDATE OR DELETE ON concerns_share
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_change_of_told();
CREATE TRIGGER concerns_share_not_emptied BEFORE TRUNCATE ON concerns_share
    FOR EACH STATEMENT EXECUTE FUNCTION concerns_refuse_change_of_told();
CREATE FUNCTION concerns_refuse_change_of_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.share_id, NEW.words, NEW.written_at, NEW.written_by_id)
       IS DISTINCT FROM (OLD.share_id, OLD.words, OLD.written_at, OLD.written_by_id) THEN
        RAISE EXCEPTION 'a reply is kept as it was written' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_reply_kept BEFORE UPDATE OR DELETE ON concerns_sharereply
    FOR EACH ROW EXECUTE FUNCTION concerns_refuse_change_of_reply();
"""

UNLOCK = """
DROP TRIGGER concerns_reply_kept ON concerns_sharereply;
DROP FUNCTION concerns_refuse_change_of_reply();
DROP TRIGGER concerns_share_not_emptied ON concerns_share;
DROP TRIGGER concerns_share_kept ON concerns_share;
DROP FUNCTION concerns_refuse_change_of_told();
"""


class Migration(migrations.Migration):
    dependencies = [("concerns", "0002_defaults")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
