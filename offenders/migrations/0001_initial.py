"""The core member."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='CoreMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=12, unique=True)),
                    ('status', models.CharField(choices=[('accepted', 'Accepted, waiting for a circle'), ('in_circle', 'In a circle'), ('follow_up', 'Circle ended, followed up')], default='accepted', max_length=20)),
                    ('category', models.PositiveSmallIntegerField(choices=[(1, 'Category 1: subject to notification requirements'), (2, 'Category 2: violence or another sexual offence'), (3, 'Category 3: dangerous in another way'), (4, 'Category 4: terrorism or terrorist risk')], verbose_name='MAPPA category')),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, 'Level 1: one agency leads, others share'), (2, 'Level 2: regular multi-agency meetings'), (3, 'Level 3: meetings of senior managers')], verbose_name='MAPPA level')),
                    ('lead_agency', models.CharField(choices=[('police', 'Police'), ('probation', 'Probation'), ('youth_justice', 'Youth justice'), ('mental_health', 'Mental health')], max_length=20)),
                    ('restrictions_verified_at', models.DateTimeField(blank=True, null=True)),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(blank=True, help_text='The team that manages him, such as a police public-protection unit.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ('coordinator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('practitioner', models.ForeignKey(blank=True, help_text='The named practitioner in the lead agency, told first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('restrictions_verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('restrictions_verified_at__isnull', True), ('restrictions_verified_by__isnull', True)), models.Q(('restrictions_verified_at__isnull', False), ('restrictions_verified_by__isnull', False)), _connector='OR'), name='core_member_restrictions_verified_by_someone'), models.CheckConstraint(condition=models.Q(('status__in', ['accepted', 'in_circle', 'follow_up'])), name='core_member_status_known'), models.CheckConstraint(condition=models.Q(('lead_agency__in', ['police', 'probation', 'youth_justice', 'mental_health'])), name='core_member_lead_agency_known'), models.CheckConstraint(condition=models.Q(('category__in', [1, 2, 3, 4])), name='core_member_category_known'), models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3])), name='core_member_level_known')],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=12, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('role', models.CharField(max_length=80)),
                    ('duty_desk', models.CharField(blank=True, max_length=120, verbose_name='duty desk')),
                    ('telephone', models.CharField(max_length=20)),
                    ('hours', models.CharField(blank=True, max_length=120, verbose_name='when they can be rung')),
                    ('deputy', models.CharField(blank=True, max_length=120, verbose_name='who stands in for them')),
                    ('secure_mail', models.EmailField(blank=True, max_length=254, verbose_name='secure e-mail address')),
                    ('added_at', models.DateTimeField()),
                    ('verified_on', models.DateField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('account', models.ForeignKey(blank=True, help_text='Their account here: what is sent to them to read here goes to it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('core_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='offenders.coremember')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False)), _connector='OR'), name='contact_verified_on_with_verified_by'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='contact_ended_at_with_ended_by'), models.CheckConstraint(condition=models.Q(('telephone', ''), _negated=True), name='contact_can_be_rung')],
                },
            ),
            migrations.CreateModel(
                name='LeadChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('was', models.CharField(choices=[('police', 'Police'), ('probation', 'Probation'), ('youth_justice', 'Youth justice'), ('mental_health', 'Mental health')], max_length=20)),
                    ('became', models.CharField(choices=[('police', 'Police'), ('probation', 'Probation'), ('youth_justice', 'Youth justice'), ('mental_health', 'Mental health')], max_length=20)),
                    ('changed_on', models.DateField(help_text='The first day the new agency leads.')),
                    ('why', models.CharField(max_length=300)),
                    ('noted_at', models.DateTimeField()),
                    ('core_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lead_changes', to='offenders.coremember')),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('was__in', ['police', 'probation', 'youth_justice', 'mental_health'])), name='lead_change_was_known'), models.CheckConstraint(condition=models.Q(('became__in', ['police', 'probation', 'youth_justice', 'mental_health'])), name='lead_change_became_known'), models.CheckConstraint(condition=models.Q(('was', models.F('became')), _negated=True), name='lead_change_is_one'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='lead_change_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Restriction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('licence', 'Licence condition'), ('shpo', 'Sexual harm prevention order'), ('notification', 'Notification requirement'), ('other', 'Other')], max_length=20)),
                    ('plain_words', models.CharField(help_text='What it means, as you would say it to a volunteer.', max_length=300)),
                    ('avoids_district', models.CharField(blank=True, help_text='Such as CB7.', max_length=4, verbose_name='postcode district he must keep out of')),
                    ('avoids_children', models.BooleanField(default=False, verbose_name='he must keep away from places where children are')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, help_text='The first day it no longer holds.', null=True)),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('core_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='offenders.coremember')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('avoids_district', ''), ('avoids_district__regex', '^[A-Z]{1,2}[0-9][A-Z0-9]?$'), _connector='OR'), name='restriction_district_is_one'), models.CheckConstraint(condition=models.Q(('source__in', ['licence', 'shpo', 'notification', 'other'])), name='restriction_source_known'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='restriction_ends_after_start')],
                },
            ),
            migrations.CreateModel(
                name='SecureDomain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100)),
                    ('added_at', models.DateTimeField(help_text='Empty for those the list started with.', null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('added_at__isnull', True), ('added_by__isnull', True)), models.Q(('added_at__isnull', False), ('added_by__isnull', False)), _connector='OR'), name='secure_domain_added_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='secure_domain_ended_by_someone'), models.UniqueConstraint(django.db.models.functions.text.Lower('name'), condition=models.Q(('ended_at', None)), name='secure_domain_listed_once')],
                },
            ),
        ]),
    ]
