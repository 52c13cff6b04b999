"""People, agencies, areas and invitations."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Area',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True)),
                    ('name', models.CharField(max_length=60)),
                    ('police_force', models.CharField(max_length=80)),
                    ('probation_region', models.CharField(max_length=60)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Agency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=12, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('kind', models.CharField(choices=[('provider', 'Circle provider'), ('police', 'Police'), ('probation', 'Probation'), ('prison', 'Prison'), ('youth_justice', 'Youth justice'), ('mental_health', 'Mental health'), ('mappa_unit', 'MAPPA unit'), ('other', 'Other')], max_length=20)),
                ],
                options={
                    'verbose_name_plural': 'agencies',
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['provider', 'police', 'probation', 'prison', 'youth_justice', 'mental_health', 'mappa_unit', 'other'])), name='agency_kind_known')],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('reference', models.CharField(max_length=12, unique=True)),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('full_name', models.CharField(max_length=120)),
                    ('first_name', models.CharField(max_length=60, verbose_name='what people call you')),
                    ('telephone', models.CharField(blank=True, max_length=20)),
                    ('status', models.CharField(choices=[('active', 'Can sign in'), ('suspended', 'Suspended'), ('left', 'Left')], default='active', max_length=20)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('left_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.agency')),
                    ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['active', 'suspended', 'left'])), name='user_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('status', 'active')), models.Q(models.Q(('status', 'active'), _negated=True), ('is_active', False)), _connector='OR'), name='user_active_when_active'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('left_by__isnull', True)), models.Q(('left_at__isnull', False), ('left_by__isnull', False)), _connector='OR'), name='user_left_at_with_left_by'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_in_any_case')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('full_name', models.CharField(max_length=120)),
                    ('role', models.CharField(choices=[('volunteer', 'Volunteer'), ('coordinator', 'Coordinator'), ('manager', 'Manager'), ('safeguarding_lead', 'Safeguarding lead'), ('director', 'Director'), ('liaison', 'Liaison'), ('mappa_coordinator', 'MAPPA coordinator'), ('data_protection_lead', 'Data-protection lead'), ('technician', 'Technician')], max_length=30)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('invited_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['volunteer', 'coordinator', 'manager', 'safeguarding_lead', 'director', 'liaison', 'mappa_coordinator', 'data_protection_lead', 'technician'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_at_with_accepted_by'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='invitation_ends')],
                },
            ),
        ]),
    ]
