"""The schedule: departing from the rhythm, calling meetings off, timed parts, the rota, calendars, hours."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0004_life'),
        ('offenders', '0001_initial'),
        ('volunteers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(help_text='When a calendar last asked, to the hour.', null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('status', models.CharField(choices=[('offered', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=20)),
                ('offered_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Travel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField()),
                ('given_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot_at', models.DateTimeField(help_text='When the rhythm would have it.')),
                ('kind', models.CharField(choices=[('moved', 'Moved'), ('left_out', 'Left out')], max_length=10)),
                ('moved_to', models.DateTimeField(null=True)),
                ('place_code', models.CharField(blank=True, help_text="Empty: the circle's usual place.", max_length=8)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_submitted_when_submitted',
        ),
        migrations.AddField(
            model_name='meeting',
            name='called_off_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='called_off_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='moved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='moved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='revision',
            field=models.PositiveIntegerField(default=0, help_text='How often it was moved or called off, for calendars.'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='slot_at',
            field=models.DateTimeField(help_text='When the rhythm would have it; empty for an extra meeting.', null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='why_not',
            field=models.CharField(blank=True, choices=[('cm_acceptable', 'Core member – acceptable'), ('cm_not_acceptable', 'Core member – not acceptable'), ('logistics', 'Logistics')], max_length=20, verbose_name='reason it did not happen'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='why_not_words',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='minutes',
            name='debrief_ended_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Debrief ended'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='prebrief_began_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Pre-brief began'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='status',
            field=models.CharField(choices=[('planned', 'Planned'), ('draft', 'Minutes being written'), ('submitted', 'Minutes sent to the coordinator'), ('approved', 'Minutes approved'), ('cancelled', 'Cancelled'), ('not_held', 'Not held')], default='planned', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.CheckConstraint(condition=models.Q(('fortnightly_from', None), ('fortnightly_from__gt', models.F('started_on')), _connector='OR'), name='circle_slows_after_start'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'draft', 'submitted', 'approved', 'cancelled', 'not_held'])), name='meeting_status_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('circle', 'slot_at'), name='meeting_slot_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'approved']), ('submitted_at__isnull', False)), models.Q(('status__in', ['planned', 'draft', 'cancelled', 'not_held']), ('submitted_at', None)), _connector='OR'), name='meeting_submitted_when_submitted'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('why_not__in', ['', 'cm_acceptable', 'cm_not_acceptable', 'logistics'])), name='meeting_why_not_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', True), ('called_off_by__isnull', True)), models.Q(('called_off_at__isnull', False), ('called_off_by__isnull', False)), _connector='OR'), name='meeting_called_off_at_with_called_off_by'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_at__isnull', True), ('moved_by__isnull', True)), models.Q(('moved_at__isnull', False), ('moved_by__isnull', False)), _connector='OR'), name='meeting_moved_at_with_moved_by'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', False), ('status__in', ['cancelled', 'not_held']), models.Q(('why_not', ''), _negated=True), models.Q(('why_not_words', ''), _negated=True)), models.Q(models.Q(('status__in', ['cancelled', 'not_held']), _negated=True), ('called_off_at', None), ('why_not', ''), ('why_not_words', '')), _connector='OR'), name='meeting_why_not_when_called_off'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('began_at'), '-', django.db.models.functions.comparison.Cast(models.F('prebrief_began_at'), models.DurationField())), models.Value(datetime.time(6, 0)))), name='minutes_meeting_after_prebrief'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('ended_at'), '-', django.db.models.functions.comparison.Cast(models.F('began_at'), models.DurationField())), models.Value(datetime.time(6, 0)))), name='minutes_ended_after_beginning'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('debrief_ended_at'), '-', django.db.models.functions.comparison.Cast(models.F('ended_at'), models.DurationField())), models.Value(datetime.time(6, 0)))), name='minutes_debrief_after_meeting'),
        ),
        migrations.AddField(
            model_name='feed',
            name='revoked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='feed',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='swap',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='swap',
            name='giver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='swap',
            name='in_return',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.meeting'),
        ),
        migrations.AddField(
            model_name='swap',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='swaps', to='circles.meeting'),
        ),
        migrations.AddField(
            model_name='swap',
            name='offered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='swap',
            name='taker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='travel',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='travel',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travels', to='circles.meeting'),
        ),
        migrations.AddField(
            model_name='travel',
            name='volunteer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='variation',
            name='circle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variations', to='circles.circle'),
        ),
        migrations.AddField(
            model_name='variation',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='feed_revoked_at_with_revoked_by'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user',), name='feed_one_in_use'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'accepted', 'declined', 'withdrawn'])), name='swap_status_known'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='swap_answered_at_with_answered_by'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('status', 'offered')), models.Q(models.Q(('status', 'offered'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='swap_answered_when_settled'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='swap_between_two'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'offered')), fields=('meeting',), name='swap_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='travel',
            constraint=models.UniqueConstraint(fields=('meeting', 'volunteer'), name='travel_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='travel',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (0, 480))), name='travel_within_a_day'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'left_out'])), name='variation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.UniqueConstraint(fields=('circle', 'slot_at'), name='variation_once_a_slot'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('moved_to__isnull', False)), models.Q(('kind', 'left_out'), ('moved_to__isnull', True), ('place_code', '')), _connector='OR'), name='variation_moved_somewhere'),
        ),
        # The meetings planned so far each stand for their own moment of the rhythm.
        migrations.RunSQL("UPDATE circles_meeting SET slot_at = planned_at", migrations.RunSQL.noop),
    ]
