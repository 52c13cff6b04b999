"""Instruments and risk reviews; the database refuses to change what is in use, sent or signed off."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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

    dependencies = [
        ('circles', '0002_approved_minutes_are_locked'),
        ('volunteers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('version', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('licence', models.TextField(help_text='By whose leave it is used. Shown wherever its words are.')),
                ('direction', models.CharField(choices=[('higher_is_worse', 'A higher score means more risk'), ('higher_is_better', 'A higher score means less risk')], max_length=20)),
                ('may_miss', models.PositiveSmallIntegerField(help_text='Items that may be missing from a total, made up in proportion.')),
                ('expected_change', models.DecimalField(decimal_places=2, help_text='Of the total in thirteen weeks: less than nought for a fall.', max_digits=5)),
                ('scale', models.JSONField(help_text='The words of each score, from the lowest.')),
                ('loaded_at', models.DateTimeField()),
                ('fingerprint', models.CharField(help_text='Of the definition, so that loading it again is known.', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ['higher_is_worse', 'higher_is_better'])), name='instrument_direction_known'), models.UniqueConstraint(fields=('key', 'version'), name='instrument_version_once')],
            },
        ),
        migrations.CreateModel(
            name='InstrumentItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=40)),
                ('domain', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('guidance', models.TextField(blank=True)),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='circles.instrument')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RiskReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('baseline', 'Baseline'), ('quarterly', 'Quarterly'), ('final', 'Final')], max_length=10)),
                ('due_on', models.DateField()),
                ('status', models.CharField(choices=[('due', 'To be scored'), ('in_progress', 'Being scored'), ('complete', 'Scored; to be agreed'), ('signed_off', 'Signed off'), ('missed', 'Missed')], default='due', max_length=20)),
                ('planned_at', models.DateTimeField()),
                ('revealed_at', models.DateTimeField(help_text="From when raters see each other's scores.", null=True)),
                ('signed_off_at', models.DateTimeField(null=True)),
                ('missed_because', models.CharField(blank=True, max_length=300)),
                ('prompted', models.BooleanField(default=False, help_text='Its sums prompt the coordinator; known at sign-off.')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_reviews', to='circles.circle')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.instrument')),
                ('signed_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RiskRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('rater', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='circles.riskreview')),
            ],
        ),
        migrations.CreateModel(
            name='RiskAgreed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('not_known', models.BooleanField(default=False)),
                ('comment', models.TextField(blank=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.instrumentitem')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed', to='circles.riskreview')),
            ],
            options={
                'verbose_name_plural': 'risk agreed',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PromptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)])),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='prompt_answer', to='circles.riskreview')),
            ],
        ),
        migrations.CreateModel(
            name='RiskScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('not_known', models.BooleanField(default=False)),
                ('comment', models.TextField(blank=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.instrumentitem')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='circles.riskrating')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='instrumentitem',
            constraint=models.UniqueConstraint(fields=('instrument', 'number'), name='instrument_item_number_once'),
        ),
        migrations.AddConstraint(
            model_name='instrumentitem',
            constraint=models.UniqueConstraint(fields=('instrument', 'key'), name='instrument_item_key_once'),
        ),
        migrations.AddIndex(
            model_name='riskreview',
            index=models.Index(fields=['status', 'due_on'], name='risk_review_by_day'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['due', 'in_progress', 'complete', 'signed_off', 'missed'])), name='risk_review_status_known'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['baseline', 'quarterly', 'final'])), name='risk_review_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.UniqueConstraint(fields=('circle', 'number'), name='risk_review_number_once'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.UniqueConstraint(fields=('circle', 'due_on'), name='risk_review_day_once'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_off_at__isnull', True), ('signed_off_by__isnull', True)), models.Q(('signed_off_at__isnull', False), ('signed_off_by__isnull', False)), _connector='OR'), name='risk_review_signed_off_at_with_signed_off_by'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_off_at__isnull', False), ('status', 'signed_off')), models.Q(models.Q(('status', 'signed_off'), _negated=True), ('signed_off_at', None)), _connector='OR'), name='risk_review_signed_off_when_signed_off'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revealed_at__isnull', False), ('status__in', ['complete', 'signed_off'])), models.Q(('revealed_at', None), ('status__in', ['due', 'in_progress', 'missed'])), _connector='OR'), name='risk_review_revealed_when_scored'),
        ),
        migrations.AddConstraint(
            model_name='riskreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'missed'), models.Q(('missed_because', ''), _negated=True)), models.Q(models.Q(('status', 'missed'), _negated=True), ('missed_because', '')), _connector='OR'), name='risk_review_missed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='riskrating',
            constraint=models.UniqueConstraint(fields=('review', 'rater'), name='risk_rating_once'),
        ),
        migrations.AddConstraint(
            model_name='riskagreed',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('not_known', False), ('score__range', (0, 6))), _connector='OR'), name='riskagreed_score_on_the_scale'),
        ),
        migrations.AddConstraint(
            model_name='riskagreed',
            constraint=models.UniqueConstraint(fields=('review', 'item'), name='risk_agreed_once'),
        ),
        migrations.AddConstraint(
            model_name='riskscore',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('not_known', False), ('score__range', (0, 6))), _connector='OR'), name='riskscore_score_on_the_scale'),
        ),
        migrations.AddConstraint(
            model_name='riskscore',
            constraint=models.UniqueConstraint(fields=('rating', 'item'), name='risk_score_once'),
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
