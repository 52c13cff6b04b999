"""Concerns, queues, ladders, and what was shared."""

import datetime
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('circles', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('submit_key', models.UUIDField(help_text='Made by the form: a double tap is one concern.', unique=True)),
                ('suggested_level', models.CharField(choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('level', models.CharField(choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('kind', models.CharField(blank=True, choices=[('child_contact', 'Contact with children'), ('relationship', 'New relationship or household'), ('preoccupation', 'Sexual preoccupation or pornography'), ('offence', 'Possible new offence'), ('licence', 'Possible breach of licence'), ('order', 'Possible breach of an order'), ('notification', 'Address, travel, bank or device not told'), ('device', 'Undeclared device or online account'), ('exclusion', 'Victim or exclusion zone'), ('grooming', 'Loitering or signs of grooming'), ('threats', 'Threats or violence'), ('substance', 'Drink or drugs again'), ('self_harm', 'Suicide or self-harm'), ('mood', 'Severe fall in mood'), ('loss', 'Lost home, job or support'), ('lost_contact', 'Missed meetings or lost contact'), ('secrecy', 'Deceit or secrecy'), ('grievance', 'Hostile to supervision'), ('associates', 'Mixing with others who have offended'), ('boundary', 'Boundaries with volunteers'), ('threat_to_him', 'Threat to him'), ('exposure', 'Neighbours or press'), ('about_us', 'A volunteer or a member of staff'), ('venue', 'Safety of the place'), ('data', 'Information that went astray'), ('other', 'Something else')], max_length=20)),
                ('words', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='What was seen or heard?')),
                ('basis', models.CharField(blank=True, choices=[('observed', 'I saw or heard it myself'), ('cm_said', 'He said it'), ('third_party', 'Somebody else told me'), ('inferred', 'It is what I make of it')], max_length=20, verbose_name='How do you know?')),
                ('opinion', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='What you think of it')),
                ('received_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('raised', 'Raised, nobody has it yet'), ('acknowledged', 'Somebody has it'), ('triaged', 'Sorted: how urgent, and whose'), ('monitored', 'Watched in the circle'), ('answered', 'Answered'), ('closed', 'Finished'), ('merged', 'Joined to another'), ('raised_in_error', 'Raised in error')], default='raised', max_length=20)),
                ('queued_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('no_action', 'No further action'), ('monitored', 'Watched more closely'), ('discussed', 'Discussed with the core member'), ('visit', 'Home visit'), ('licence_warning', 'Licence warning'), ('licence_varied', 'Licence varied'), ('recall', 'Recall'), ('arrested', 'Arrested'), ('charged', 'Charged'), ('order', 'Order varied, or breach proceedings'), ('level_changed', 'MAPPA level changed'), ('mash', "Children's social care told"), ('safety_plan', 'Safety plan'), ('not_told', 'Not told to us')], max_length=20)),
                ('answer', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(8000)])),
                ('feedback', models.CharField(blank=True, choices=[('passed_on', 'It was passed on and somebody is dealing with it. Carry on as you are. Thank you for saying so.'), ('spoken', 'It was passed on and somebody has spoken with him. Carry on as you are. Thank you for saying so.'), ('do_not_raise', 'It was passed on and is being looked into. Please do not raise it with him; if he brings it up, listen and tell us. Thank you for saying so.'), ('coordinator_calls', 'It was passed on. Your coordinator will call you before the next meeting. Thank you for saying so.'), ('no_more', 'It was looked at and nothing more needs doing. You were right to say so. Thank you.'), ('cannot_say', 'It was acted on. We cannot tell you more, and that is not a judgement on what you said. Thank you.')], max_length=20)),
                ('feedback_at', models.DateTimeField(null=True)),
                ('reopened_at', models.DateTimeField(help_text="When the charity's clock started anew.", null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='circles.circle')),
                ('claimed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feedback_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='circles.meeting')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='concerns.concern')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reopened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['circle', '-received_at'], name='concern_circle')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['raised', 'acknowledged', 'triaged', 'monitored', 'answered', 'closed', 'merged', 'raised_in_error'])), name='concern_status_known'), models.CheckConstraint(condition=models.Q(('level__in', ['immediate', 'urgent', 'priority', 'log'])), name='concern_level_known'), models.CheckConstraint(condition=models.Q(('suggested_level__in', ['immediate', 'urgent', 'priority', 'log'])), name='concern_suggested_level_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'child_contact', 'relationship', 'preoccupation', 'offence', 'licence', 'order', 'notification', 'device', 'exclusion', 'grooming', 'threats', 'substance', 'self_harm', 'mood', 'loss', 'lost_contact', 'secrecy', 'grievance', 'associates', 'boundary', 'threat_to_him', 'exposure', 'about_us', 'venue', 'data', 'other'])), name='concern_kind_known'), models.CheckConstraint(condition=models.Q(('basis__in', ['', 'observed', 'cm_said', 'third_party', 'inferred'])), name='concern_basis_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'no_action', 'monitored', 'discussed', 'visit', 'licence_warning', 'licence_varied', 'recall', 'arrested', 'charged', 'order', 'level_changed', 'mash', 'safety_plan', 'not_told'])), name='concern_outcome_known'), models.CheckConstraint(condition=models.Q(('feedback__in', ['', 'passed_on', 'spoken', 'do_not_raise', 'coordinator_calls', 'no_more', 'cannot_say'])), name='concern_feedback_known'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='concern_seen_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_by', None), ('claimed_until', None)), models.Q(('claimed_by__isnull', False), ('claimed_until__isnull', False)), _connector='OR'), name='concern_claim_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('feedback', ''), ('feedback_at', None), ('feedback_by', None)), models.Q(models.Q(('feedback', ''), _negated=True), ('feedback_at__isnull', False), ('feedback_by__isnull', False)), _connector='OR'), name='concern_feedback_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status__in', ['closed', 'merged', 'raised_in_error'])), models.Q(('closed_at', None), ('closed_by', None), ('status__in', ['raised', 'acknowledged', 'triaged', 'monitored', 'answered'])), _connector='OR'), name='concern_closed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('feedback', ''), _negated=True), _connector='OR'), name='concern_closed_after_feedback'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='concern_merged_into_another'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='concern_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(models.Q(('reopened_at__isnull', True), ('reopened_by__isnull', True)), models.Q(('reopened_at__isnull', False), ('reopened_by__isnull', False)), _connector='OR'), name='concern_reopened_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('charity', 'Charity'), ('agency', 'Agency')], max_length=8)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('plan', models.CharField(blank=True, max_length=500, verbose_name='What you will do')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='concerns.concern')),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'side', '-at'], name='acknowledgement_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['charity', 'agency'])), name='acknowledgement_side_known'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='acknowledgement_until_after_at')],
            },
        ),
        migrations.CreateModel(
            name='ConcernDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submit_key', models.UUIDField(unique=True)),
                ('level', models.CharField(blank=True, choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('kind', models.CharField(blank=True, choices=[('child_contact', 'Contact with children'), ('relationship', 'New relationship or household'), ('preoccupation', 'Sexual preoccupation or pornography'), ('offence', 'Possible new offence'), ('licence', 'Possible breach of licence'), ('order', 'Possible breach of an order'), ('notification', 'Address, travel, bank or device not told'), ('device', 'Undeclared device or online account'), ('exclusion', 'Victim or exclusion zone'), ('grooming', 'Loitering or signs of grooming'), ('threats', 'Threats or violence'), ('substance', 'Drink or drugs again'), ('self_harm', 'Suicide or self-harm'), ('mood', 'Severe fall in mood'), ('loss', 'Lost home, job or support'), ('lost_contact', 'Missed meetings or lost contact'), ('secrecy', 'Deceit or secrecy'), ('grievance', 'Hostile to supervision'), ('associates', 'Mixing with others who have offended'), ('boundary', 'Boundaries with volunteers'), ('threat_to_him', 'Threat to him'), ('exposure', 'Neighbours or press'), ('about_us', 'A volunteer or a member of staff'), ('venue', 'Safety of the place'), ('data', 'Information that went astray'), ('other', 'Something else')], max_length=20)),
                ('basis', models.CharField(blank=True, choices=[('observed', 'I saw or heard it myself'), ('cm_said', 'He said it'), ('third_party', 'Somebody else told me'), ('inferred', 'It is what I make of it')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('opinion', models.TextField(blank=True)),
                ('begun_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.circle')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.meeting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['', 'immediate', 'urgent', 'priority', 'log'])), name='draft_level_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'child_contact', 'relationship', 'preoccupation', 'offence', 'licence', 'order', 'notification', 'device', 'exclusion', 'grooming', 'threats', 'substance', 'self_harm', 'mood', 'loss', 'lost_contact', 'secrecy', 'grievance', 'associates', 'boundary', 'threat_to_him', 'exposure', 'about_us', 'venue', 'data', 'other'])), name='draft_kind_known'), models.CheckConstraint(condition=models.Q(('basis__in', ['', 'observed', 'cm_said', 'third_party', 'inferred'])), name='draft_basis_known')],
            },
        ),
        migrations.CreateModel(
            name='ConcernEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=200)),
                ('detail', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='concerns.concern')),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'at'], name='concern_event_story')],
            },
        ),
        migrations.CreateModel(
            name='ConcernLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=200)),
                ('linked_at', models.DateTimeField()),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='link_joins_two_in_order'), models.UniqueConstraint(fields=('first', 'second'), name='link_once')],
            },
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('started_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('started_at'))), name='drill_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='DrillAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answered_at', models.DateTimeField(null=True)),
                ('drill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='concerns.drill')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('drill', 'person'), name='drill_person_once')],
            },
        ),
        migrations.CreateModel(
            name='EndProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ending', models.CharField(choices=[('raised_in_error', 'It was raised in error'), ('no_action', 'No action is needed')], max_length=20)),
                ('reason', models.TextField(validators=[django.core.validators.MaxLengthValidator(1000)])),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('agreed', models.BooleanField(default=False)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='end_proposals', to='concerns.concern')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ending__in', ['raised_in_error', 'no_action'])), name='end_proposal_ending_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='end_proposal_decided_by_someone'), models.CheckConstraint(condition=models.Q(('agreed', False), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='end_proposal_needs_two_people'), models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('concern',), name='end_proposal_one_waiting_a_concern')],
            },
        ),
        migrations.CreateModel(
            name='EscalationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('charity', 'Charity'), ('agency', 'Agency')], max_length=8)),
                ('round', models.PositiveIntegerField()),
                ('rung', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField()),
                ('fired_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='concerns.concern')),
                ('promise', models.ForeignKey(help_text='Set when this step resumes the chain because a promise passed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resumes', to='concerns.acknowledgement')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('fired_at', None), ('stopped_at', None)), fields=['due_at'], name='step_pending_by_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['charity', 'agency'])), name='step_side_known'), models.UniqueConstraint(fields=('concern', 'side', 'round', 'rung'), name='step_once'), models.UniqueConstraint(condition=models.Q(('fired_at', None), ('stopped_at', None)), fields=('concern', 'side'), name='step_one_pending_a_side'), models.CheckConstraint(condition=models.Q(('fired_at', None), ('stopped_at', None), _connector='OR'), name='step_fired_or_stopped')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='What happened')),
                ('risk_now', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='How things stand now: what could go wrong')),
                ('done', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='What was done')),
                ('who_told', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='Who was told, and when')),
                ('next_steps', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='What comes next')),
                ('written_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='concerns.concern')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='handover_taken_by_someone'), models.UniqueConstraint(condition=models.Q(('taken_at', None)), fields=('concern',), name='handover_waits_once_for_a_concern'), models.CheckConstraint(condition=models.Q(models.Q(('happened', ''), _negated=True), models.Q(('risk_now', ''), _negated=True), models.Q(('done', ''), _negated=True), models.Q(('who_told', ''), _negated=True), models.Q(('next_steps', ''), _negated=True)), name='handover_says_everything')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('charity', 'Charity'), ('agency', 'Agency')], max_length=8)),
                ('waiting_for', models.CharField(max_length=120, verbose_name='Waiting for whom')),
                ('begun_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('left', models.DurationField()),
                ('released_at', models.DateTimeField(null=True)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='concerns.concern')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'side'], name='hold_of_a_side')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['charity', 'agency'])), name='hold_side_known'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('begun_at'))), name='hold_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('released_at', None), models.Q(('released_at__gte', models.F('begun_at')), ('released_at__lte', models.F('until'))), _connector='OR'), name='hold_released_while_it_stands'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('released_by__isnull', True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='hold_released_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=80)),
                ('added_at', models.DateTimeField(default=datetime.datetime(2020, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('day',), name='holiday_day_once'), models.CheckConstraint(condition=models.Q(('removed_at', None), ('removed_at__gt', models.F('added_at')), _connector='OR'), name='holiday_removed_after_added')],
            },
        ),
        migrations.CreateModel(
            name='LadderVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('in_force_from', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('proposed_by', None), models.Q(('proposed_by', models.F('approved_by')), _negated=True), _connector='OR'), name='ladder_needs_two_people'), models.CheckConstraint(condition=models.Q(('proposed_by', None), models.Q(('approved_by', None), ('in_force_from', None)), models.Q(('approved_by__isnull', False), ('in_force_from__isnull', False)), _connector='OR'), name='ladder_in_force_when_approved')],
            },
        ),
        migrations.AddField(
            model_name='concern',
            name='ladder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.ladderversion'),
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('side', models.CharField(choices=[('charity', 'Charity'), ('agency', 'Agency')], max_length=8)),
                ('acknowledge_within', models.DurationField()),
                ('act_within', models.DurationField()),
                ('repeat_every', models.DurationField()),
                ('day_and_night', models.BooleanField(help_text='Elapsed time; otherwise working time.')),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='concerns.ladderversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['immediate', 'urgent', 'priority', 'log'])), name='clock_level_known'), models.CheckConstraint(condition=models.Q(('side__in', ['charity', 'agency'])), name='clock_side_known'), models.UniqueConstraint(fields=('ladder', 'level', 'side'), name='clock_once'), models.CheckConstraint(condition=models.Q(('repeat_every__gt', datetime.timedelta(0))), name='clock_repeats')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('vehicle', 'Vehicle'), ('handle', 'Name used online')], max_length=8)),
                ('index', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='concerns.concern')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'index'], name='mention_alike')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['place', 'vehicle', 'handle'])), name='mention_kind_known'), models.UniqueConstraint(fields=('concern', 'kind', 'index'), name='mention_once')],
            },
        ),
        migrations.CreateModel(
            name='OnCallShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('telephone', models.CharField(max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('cancelled_at', None)), fields=['ends_at'], name='shift_standing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='shift_cancelled_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('place', 'Place'), ('vehicle', 'Vehicle'), ('handle', 'Name used online')], max_length=8)),
                ('index', models.CharField(max_length=64)),
                ('found_at', models.DateTimeField()),
                ('grew_at', models.DateTimeField(help_text='When the latest concern joined it.')),
                ('seen_at', models.DateTimeField(help_text='Somebody looked at it as it stands; unset when it grows.', null=True)),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['place', 'vehicle', 'handle'])), name='pattern_kind_known'), models.UniqueConstraint(fields=('kind', 'index'), name='pattern_once'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='pattern_seen_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Queue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='queue', to='accounts.area')),
                ('team_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('work_queue', 'Work the concerns in this queue')],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='drill',
            name='queue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drills', to='concerns.queue'),
        ),
        migrations.AddField(
            model_name='concern',
            name='queue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='concerns.queue'),
        ),
        migrations.CreateModel(
            name='QueueGroupPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='concerns.queue')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QueueUserPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants_to_people', to='concerns.queue')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('user__isnull', True)), name='queue_granted_to_teams_only')],
            },
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('level', models.CharField(blank=True, choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('kind', models.CharField(blank=True, choices=[('child_contact', 'Contact with children'), ('relationship', 'New relationship or household'), ('preoccupation', 'Sexual preoccupation or pornography'), ('offence', 'Possible new offence'), ('licence', 'Possible breach of licence'), ('order', 'Possible breach of an order'), ('notification', 'Address, travel, bank or device not told'), ('device', 'Undeclared device or online account'), ('exclusion', 'Victim or exclusion zone'), ('grooming', 'Loitering or signs of grooming'), ('threats', 'Threats or violence'), ('substance', 'Drink or drugs again'), ('self_harm', 'Suicide or self-harm'), ('mood', 'Severe fall in mood'), ('loss', 'Lost home, job or support'), ('lost_contact', 'Missed meetings or lost contact'), ('secrecy', 'Deceit or secrecy'), ('grievance', 'Hostile to supervision'), ('associates', 'Mixing with others who have offended'), ('boundary', 'Boundaries with volunteers'), ('threat_to_him', 'Threat to him'), ('exposure', 'Neighbours or press'), ('about_us', 'A volunteer or a member of staff'), ('venue', 'Safety of the place'), ('data', 'Information that went astray'), ('other', 'Something else')], max_length=20)),
                ('lead_agency', models.CharField(blank=True, choices=[('police', 'Police'), ('probation', 'Probation'), ('youth_justice', 'Youth justice'), ('mental_health', 'Mental health')], max_length=20)),
                ('order_status', models.CharField(blank=True, choices=[('licence', 'on licence'), ('order', 'under an order'), ('none', 'neither on licence nor under an order')], max_length=10)),
                ('route', models.CharField(choices=[('at_once', 'the coordinator and the queue, at once'), ('in_turn', 'the coordinator; the queue if nobody has it by half the time')], max_length=10)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('queue', models.ForeignKey(blank=True, help_text="Empty: the area's own.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.queue')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['', 'immediate', 'urgent', 'priority', 'log'])), name='rule_level_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'child_contact', 'relationship', 'preoccupation', 'offence', 'licence', 'order', 'notification', 'device', 'exclusion', 'grooming', 'threats', 'substance', 'self_harm', 'mood', 'loss', 'lost_contact', 'secrecy', 'grievance', 'associates', 'boundary', 'threat_to_him', 'exposure', 'about_us', 'venue', 'data', 'other'])), name='rule_kind_known'), models.CheckConstraint(condition=models.Q(('lead_agency__in', ['', 'police', 'probation', 'youth_justice', 'mental_health'])), name='rule_lead_agency_known'), models.CheckConstraint(condition=models.Q(('order_status__in', ['', 'licence', 'order', 'none'])), name='rule_order_status_known'), models.CheckConstraint(condition=models.Q(('route__in', ['at_once', 'in_turn'])), name='rule_route_known'), models.CheckConstraint(condition=models.Q(models.Q(('level__in', ['immediate', 'urgent']), _negated=True), ('route', 'at_once'), _connector='OR'), name='rule_urgent_goes_at_once')],
            },
        ),
        migrations.AddField(
            model_name='concern',
            name='rule',
            field=models.ForeignKey(help_text='The rule that routed it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.routingrule'),
        ),
        migrations.CreateModel(
            name='RoutingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('proposed', 'Waiting for a second person'), ('in_force', 'In force, or was'), ('declined', 'Not agreed')], default='draft', max_length=20)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('in_force_from', models.DateTimeField(null=True)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'proposed', 'in_force', 'declined'])), name='routing_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='routing_proposed_by_someone'), models.CheckConstraint(condition=models.Q(('proposed_by', None), models.Q(('proposed_by', models.F('approved_by')), _negated=True), _connector='OR'), name='routing_needs_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_force'), _negated=True), ('in_force_from__isnull', False), _connector='OR'), name='routing_in_force_from_a_moment'), models.UniqueConstraint(condition=models.Q(('status__in', ['draft'])), fields=('status',), name='routing_one_draft')],
            },
        ),
        migrations.AddField(
            model_name='routingrule',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='concerns.routingversion'),
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('immediate', 'Immediate'), ('urgent', 'Urgent'), ('priority', 'Priority'), ('log', 'Log')], max_length=10)),
                ('side', models.CharField(choices=[('charity', 'Charity'), ('agency', 'Agency')], max_length=8)),
                ('position', models.PositiveSmallIntegerField()),
                ('audience', models.CharField(choices=[('coordinator', 'the coordinator'), ('coordinator_again', 'the coordinator, again'), ('manager_and_lead', 'the manager and the safeguarding lead'), ('director', 'the director'), ('practitioner', 'the named practitioner'), ('duty_desk', 'the duty desk'), ('team_manager', 'the team manager'), ('mappa_coordinator', 'the MAPPA coordinator')], max_length=30)),
                ('after', models.DurationField()),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rungs', to='concerns.ladderversion')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['immediate', 'urgent', 'priority', 'log'])), name='rung_level_known'), models.CheckConstraint(condition=models.Q(('side__in', ['charity', 'agency'])), name='rung_side_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['coordinator', 'coordinator_again', 'manager_and_lead', 'director', 'practitioner', 'duty_desk', 'team_manager', 'mappa_coordinator'])), name='rung_audience_known'), models.UniqueConstraint(fields=('ladder', 'level', 'side', 'position'), name='rung_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=40)),
                ('asked', models.CharField(max_length=200)),
                ('saved_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('queue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to='concerns.queue')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'queue', 'name'), name='saved_view_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('status', models.CharField(choices=[('proposed', 'Waits for a second person'), ('approved', 'Ready to send'), ('sent', 'Sent'), ('received', 'It arrived'), ('acknowledged', 'They have it'), ('failed', 'Did not arrive'), ('corrected', 'Replaced by a corrected one'), ('recalled', 'Called back'), ('not_shared', 'Decided not to share')], default='proposed', max_length=20)),
                ('recipient_name', models.CharField(max_length=120, verbose_name='who')),
                ('recipient_role', models.CharField(max_length=120, verbose_name='their post')),
                ('recipient_agency', models.CharField(max_length=120, verbose_name='their agency')),
                ('method', models.CharField(choices=[('telephone', 'By telephone'), ('secure_mail', 'By secure e-mail'), ('in_person', 'In person'), ('here', 'They read it here')], max_length=20, verbose_name='how')),
                ('text', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='exactly what they are told')),
                ('text_hash', models.CharField(max_length=64)),
                ('purpose', models.TextField(validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='why they need to know')),
                ('gateway', models.CharField(choices=[('cda115', 'Crime and Disorder Act 1998, section 115'), ('cja325', 'Criminal Justice Act 2003, section 325 (as an Associate)'), ('oma14', 'Offender Management Act 2007, section 14'), ('ca11', 'Children Act 2004, section 11'), ('care', 'Care Act 2014'), ('public', 'Public interest at common law'), ('vital', 'To save a life'), ('consent', 'He agreed')], max_length=20, verbose_name='under which law')),
                ('necessity', models.TextField(help_text='Say what else you thought of that would tell less.', validators=[django.core.validators.MaxLengthValidator(8000)], verbose_name='why this much, and nothing less')),
                ('told_core_member', models.CharField(choices=[('yes', 'He has been told'), ('later', 'He will be told'), ('no', 'He is not told')], max_length=10, verbose_name='does he know')),
                ('told_why', models.CharField(blank=True, max_length=300, verbose_name='why he is not told yet')),
                ('proposed_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('answer_due_at', models.DateTimeField(null=True)),
                ('their_reference', models.CharField(blank=True, max_length=60)),
                ('their_plan', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(8000)])),
                ('volunteers_may_know', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(8000)])),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='concerns.concern')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='concerns.share')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'proposed_at'], name='share_concern')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'sent', 'received', 'acknowledged', 'failed', 'corrected', 'recalled', 'not_shared'])), name='share_status_known'), models.CheckConstraint(condition=models.Q(('method__in', ['telephone', 'secure_mail', 'in_person', 'here'])), name='share_method_known'), models.CheckConstraint(condition=models.Q(('gateway__in', ['cda115', 'cja325', 'oma14', 'ca11', 'care', 'public', 'vital', 'consent'])), name='share_gateway_known'), models.CheckConstraint(condition=models.Q(('told_core_member__in', ['yes', 'later', 'no'])), name='share_told_known'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='share_approved_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='share_sent_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('status__in', ['proposed', 'approved', 'not_shared'])), models.Q(('approved_at__isnull', False), ('sent_at__isnull', False), models.Q(('status__in', ['proposed', 'approved', 'not_shared']), _negated=True)), _connector='OR'), name='share_sent_after_approval'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['not_shared', 'failed', 'recalled', 'corrected']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='share_not_told_for_a_reason'), models.CheckConstraint(condition=models.Q(('told_core_member', 'yes'), models.Q(('told_why', ''), _negated=True), _connector='OR'), name='share_untold_for_a_reason', violation_error_message='Say why he is not told yet.')],
            },
        ),
        migrations.CreateModel(
            name='ShareEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=120)),
                ('detail', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='concerns.share')),
            ],
            options={
                'indexes': [models.Index(fields=['share', 'at'], name='share_event_story')],
            },
        ),
        migrations.AlterUniqueTogether(
            name='queuegrouppermission',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AlterUniqueTogether(
            name='queueuserpermission',
            unique_together={('user', 'permission', 'content_object')},
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['queue', 'received_at'], name='concern_queue'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('queued_at', None), ('queue__isnull', False), _connector='OR'), name='concern_queued_in_a_queue'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='rule_position_once'),
        ),
    ]
