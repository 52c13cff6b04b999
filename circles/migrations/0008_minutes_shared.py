"""Minutes sent to agencies: kept word for word, and the database itself refuses to change what was sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


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

    dependencies = [
        ('circles', '0007_shared_reviews_are_locked'),
        ('offenders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MinutesShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('recipient_name', models.CharField(max_length=120)),
                ('recipient_role', models.CharField(max_length=80)),
                ('recipient_agency', models.CharField(max_length=120)),
                ('recipient_mail', models.EmailField(blank=True, max_length=254)),
                ('method', models.CharField(choices=[('secure_mail', 'By secure e-mail'), ('telephone', 'Read out by telephone'), ('in_person', 'In person'), ('here', 'They read it here')], max_length=12, verbose_name='how')),
                ('text', models.TextField(verbose_name='exactly what they were sent')),
                ('text_hash', models.CharField(max_length=64)),
                ('addenda', models.PositiveSmallIntegerField(help_text='How many addenda the words hold.')),
                ('version', models.PositiveSmallIntegerField(help_text='The version of the minutes they are; nought before versions.')),
                ('sent_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(help_text='When the recipient said that they have read it.', null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.sharingagreement')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offenders.contact')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='circles.meeting')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recipient', models.ForeignKey(help_text='Their account here.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['meeting', 'contact'], name='minutes_share_of_contact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['secure_mail', 'telephone', 'in_person', 'here'])), name='minutes_share_method_known'), models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='minutes_share_read_at_with_read_by'), models.CheckConstraint(condition=models.Q(models.Q(('method', 'secure_mail'), _negated=True), models.Q(('recipient_mail', ''), _negated=True), _connector='OR'), name='minutes_share_mailed_to_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('method', 'here'), _negated=True), ('recipient__isnull', False), _connector='OR'), name='minutes_share_here_to_an_account'), models.CheckConstraint(condition=models.Q(('read_by', None), ('read_by', models.F('recipient')), _connector='OR'), name='minutes_share_read_by_the_recipient'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='minutes_share_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ResendSetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('addenda', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('set_aside_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resends_set_aside', to='circles.meeting')),
                ('set_aside_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='resend_set_aside_has_a_reason')],
            },
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
