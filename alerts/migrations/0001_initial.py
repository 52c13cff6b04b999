"""Alerts and how people may be reached."""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Preference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='preference', to=settings.AUTH_USER_MODEL)),
                    ('news', models.CharField(choices=[('each', 'One e-mail for each'), ('daily', 'One e-mail an evening, if there is any'), ('none', 'No e-mail; I look in Waymark')], default='daily', max_length=10, verbose_name='News, which needs nothing done')),
                    ('quiet_from', models.TimeField(default=datetime.time(21, 0), verbose_name='Quiet from')),
                    ('quiet_to', models.TimeField(default=datetime.time(7, 0), verbose_name='Quiet until')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('news__in', ['each', 'daily', 'none'])), name='preference_news_known')],
                },
            ),
            migrations.CreateModel(
                name='Leave',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leave', to=settings.AUTH_USER_MODEL)),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('planned_at', models.DateTimeField()),
                    ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('cancelled_at', None)), fields=['ends_at'], name='leave_standing')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('starts_at__isnull', True), ('starts_at__range', (datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2199, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), _connector='OR'), models.Q(('ends_at__isnull', True), ('ends_at__range', (datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2199, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), _connector='OR'), models.Q(('planned_at__isnull', True), ('planned_at__range', (datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2199, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), _connector='OR')), name='leave_moments_believable'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='leave_ends_after_start'), models.CheckConstraint(condition=models.Q(('deputy', None), models.Q(('deputy', models.F('person')), _negated=True), _connector='OR'), name='leave_covered_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='leave_cancelled_by_someone')],
                },
            ),
            migrations.CreateModel(
                name='Alert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=80)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to=settings.AUTH_USER_MODEL)),
                    ('channel', models.CharField(choices=[('inbox', 'In Waymark'), ('email', 'E-mail'), ('text', 'Text message')], max_length=10)),
                    ('urgency', models.CharField(choices=[('routine', 'Routine'), ('urgent', 'Urgent'), ('immediate', 'Immediate')], max_length=10)),
                    ('wording', models.CharField(choices=[('something_needs_you', 'Something needs you'), ('there_is_news', 'There is news'), ('calendar_changed', 'The calendar has changed'), ('rehearsal', 'This is a rehearsal'), ('account_changed', 'Something about how you sign in or are reached has changed'), ('named', 'You have been named as the person who is told first'), ('named_no_longer', 'You are no longer named as the person who is told first')], max_length=30)),
                    ('link', models.CharField(help_text='Where the inbox leads; never part of a message.', max_length=120)),
                    ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('stopped', 'Stopped before it was sent')], default='queued', max_length=10)),
                    ('queued_at', models.DateTimeField()),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('next_attempt_at', models.DateTimeField()),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('lease', models.UUIDField(help_text="Which sender holds it: an old one's result is not believed.", null=True)),
                    ('stop_asked_at', models.DateTimeField(help_text='Asked for while it was being sent: no further try.', null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('delivered_at', models.DateTimeField(help_text='When the provider said that it arrived, if it says so.', null=True)),
                    ('failed_at', models.DateTimeField(null=True)),
                    ('provider_id', models.CharField(blank=True, max_length=200)),
                    ('sent_to', models.CharField(blank=True, help_text='A keyed hash of the address it went to.', max_length=64)),
                    ('possible_repeat', models.BooleanField(default=False)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('in_quiet_hours', models.BooleanField(default=False, help_text="Queued while this person's quiet hours held.")),
                    ('folds', models.BooleanField(default=False, help_text='Goes out in one message with others that fold.')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['next_attempt_at'], name='alert_open_by_due'), models.Index(fields=['recipient', '-queued_at'], name='alert_of_recipient'), models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['key'], name='alert_open_by_key', opclasses=['varchar_pattern_ops']), models.Index(fields=['key'], name='alert_by_key', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='alert_by_provider_id'), models.Index(condition=models.Q(('state', 'failed')), fields=['failed_at'], name='alert_failed')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['inbox', 'email', 'text'])), name='alert_channel_known'), models.CheckConstraint(condition=models.Q(('urgency__in', ['routine', 'urgent', 'immediate'])), name='alert_urgency_known'), models.CheckConstraint(condition=models.Q(('wording__in', ['something_needs_you', 'there_is_news', 'calendar_changed', 'rehearsal', 'account_changed', 'named', 'named_no_longer'])), name='alert_wording_known'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'stopped'])), name='alert_state_known'), models.UniqueConstraint(fields=('key', 'recipient', 'channel'), name='alert_once'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='alert_sent_when_sent'), models.CheckConstraint(condition=models.Q(models.Q(('failed_at__isnull', False), ('state', 'failed')), models.Q(models.Q(('state', 'failed'), _negated=True), ('failed_at', None)), _connector='OR'), name='alert_failed_when_failed'), models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', False), ('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease', None), ('lease_until', None)), _connector='OR'), name='alert_leased_while_sending'), models.CheckConstraint(condition=models.Q(('delivered_at', None), ('state', 'sent'), _connector='OR'), name='alert_delivered_only_when_sent'), models.CheckConstraint(condition=models.Q(('next_attempt_at__gte', models.F('queued_at'))), name='alert_tried_after_queued')],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='alerts.alert')),
                    ('at', models.DateTimeField()),
                    ('outcome', models.CharField(choices=[('started', 'Started'), ('sent', 'Accepted by the provider'), ('temporary', 'Failed for now'), ('permanent', 'Failed for good'), ('stopped', 'Stopped'), ('delivered', 'Arrived'), ('bounced', 'Came back')], max_length=10)),
                    ('detail', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['started', 'sent', 'temporary', 'permanent', 'stopped', 'delivered', 'bounced'])), name='attempt_outcome_known')],
                },
            ),
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('detail', models.CharField(blank=True, max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name='Mobile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mobile', to=settings.AUTH_USER_MODEL)),
                    ('number', models.CharField(max_length=16)),
                    ('given_at', models.DateTimeField()),
                    ('verified_at', models.DateTimeField(null=True)),
                    ('code_hash', models.CharField(blank=True, max_length=64)),
                    ('code_sent_at', models.DateTimeField(null=True)),
                    ('wrong_codes', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('number__regex', '^\\+[1-9][0-9]{7,14}$')), name='mobile_number_is_e164'), models.CheckConstraint(condition=models.Q(('verified_at', None), ('code_hash', ''), _connector='OR'), name='mobile_code_spent_when_verified')],
                },
            ),
            migrations.CreateModel(
                name='SendingPause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('began_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('caught_up_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='sending_pause_ended_by_someone'), models.UniqueConstraint(models.Value(1), condition=models.Q(('ended_at', None)), name='sending_pause_one_at_a_time'), models.CheckConstraint(condition=models.Q(('caught_up_at', None), ('ended_at__isnull', False), _connector='OR'), name='sending_pause_caught_up_after_end')],
                },
            ),
            migrations.CreateModel(
                name='Bounce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bounces', to=settings.AUTH_USER_MODEL)),
                    ('channel', models.CharField(choices=[('inbox', 'In Waymark'), ('email', 'E-mail'), ('text', 'Text message')], max_length=10)),
                    ('address', models.CharField(max_length=254)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['inbox', 'email', 'text'])), name='bounce_channel_known'), models.UniqueConstraint(fields=('person', 'channel', 'address'), name='bounce_once')],
                },
            ),
        ]),
    ]
