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
                    ('is_worked_in', models.BooleanField(default=False)),
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
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.agency')),
                    ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ('telephone', models.CharField(blank=True, max_length=20)),
                    ('status', models.CharField(choices=[('active', 'Can sign in'), ('suspended', 'Suspended'), ('left', 'Left')], default='active', max_length=20)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('devices_ended_at', models.DateTimeField(blank=True, help_text='Devices remembered before count as new.', null=True)),
                    ('past_wall_until', models.DateTimeField(blank=True, help_text='Until when they see a core member past his wall; each page shows the time left.', null=True)),
                    ('left_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['active', 'suspended', 'left'])), name='user_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('status', 'active')), models.Q(models.Q(('status', 'active'), _negated=True), ('is_active', False)), _connector='OR'), name='user_active_when_active'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('left_by__isnull', True)), models.Q(('left_at__isnull', False), ('left_by__isnull', False)), _connector='OR'), name='user_left_at_with_left_by'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_in_any_case')],
                },
            ),
            migrations.CreateModel(
                name='AddressChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('asked_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='address_change_ends'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None), _connector='OR'), name='address_change_ends_one_way'), models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('person',), name='address_change_open_once')],
                },
            ),
            migrations.CreateModel(
                name='FormerName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to=settings.AUTH_USER_MODEL)),
                    ('full_name', models.CharField(max_length=120)),
                    ('first_name', models.CharField(max_length=60)),
                    ('changed_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['person', '-changed_at'], name='former_name_of_person')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('full_name', models.CharField(max_length=120)),
                    ('role', models.CharField(blank=True, choices=[('volunteer', 'Volunteer'), ('coordinator', 'Coordinator'), ('manager', 'Manager'), ('safeguarding_lead', 'Safeguarding lead'), ('director', 'Director'), ('liaison', 'Liaison'), ('mappa_coordinator', 'MAPPA coordinator'), ('data_protection_lead', 'Data-protection lead'), ('technician', 'Technician')], max_length=30)),
                    ('person', models.ForeignKey(help_text='The account that it opens anew. Empty for somebody who joins.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                    ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('invited_at', models.DateTimeField()),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('expires_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['', 'volunteer', 'coordinator', 'manager', 'safeguarding_lead', 'director', 'liaison', 'mappa_coordinator', 'data_protection_lead', 'technician'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), models.Q(('role', ''), _negated=True)), models.Q(('person__isnull', False), ('role', '')), _connector='OR'), name='invitation_to_a_role_or_an_account'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_at_with_accepted_by'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='invitation_ends')],
                },
            ),
            migrations.CreateModel(
                name='AccountEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_events', to=settings.AUTH_USER_MODEL)),
                    ('change', models.CharField(choices=[('joined', 'Joined'), ('suspended', 'Suspended: cannot sign in'), ('left', 'Account ended'), ('returned', 'May sign in again'), ('team_joined', 'Put into a team'), ('team_left', 'Taken out of a team'), ('leave_planned', 'Leave planned'), ('leave_cancelled', 'Leave called off'), ('cover_planned', "Named to cover somebody's leave"), ('cover_cancelled', "No longer covers somebody's leave"), ('shift_asked', 'Asked to be on call'), ('shift_agreed', 'A shift on call agreed to by one of those who must'), ('shift_planned', 'Put on call'), ('shift_refused', 'Not put on call after all'), ('shift_cancelled', 'Taken off call'), ('number_given', 'Mobile number given, not yet proved'), ('number_proved', 'Mobile number proved'), ('number_removed', 'Mobile number taken away'), ('number_tried', 'Wrong code for a mobile number'), ('factor_added', 'Second factor added'), ('factor_removed', 'Second factor removed'), ('codes_made', 'Recovery codes made'), ('code_used', 'Signed in with a recovery code'), ('password_changed', 'Password changed'), ('password_reset', 'Password chosen anew through a link'), ('address_changed', 'E-mail address changed'), ('address_asked', 'Another e-mail address given, not yet confirmed'), ('name_changed', 'Name changed'), ('role_given', 'Role given'), ('role_taken', 'Role taken away'), ('recovery_asked', 'Said to have lost every way to sign in; a second person is asked'), ('recovery_refused', 'A new way to sign in was refused'), ('recovered', 'Password, second factors and sessions ended; a link to sign in anew was sent'), ('tried', 'Somebody keeps trying to sign in as this person')], max_length=20)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(blank=True, choices=[('volunteer', 'Volunteer'), ('coordinator', 'Coordinator'), ('manager', 'Manager'), ('safeguarding_lead', 'Safeguarding lead'), ('director', 'Director'), ('liaison', 'Liaison'), ('mappa_coordinator', 'MAPPA coordinator'), ('data_protection_lead', 'Data-protection lead'), ('technician', 'Technician')], help_text='The role given or taken away.', max_length=30)),
                ],
                options={
                    'indexes': [models.Index(fields=['person', '-at'], name='account_event_story')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('change__in', ['joined', 'suspended', 'left', 'returned', 'team_joined', 'team_left', 'leave_planned', 'leave_cancelled', 'cover_planned', 'cover_cancelled', 'shift_asked', 'shift_agreed', 'shift_planned', 'shift_refused', 'shift_cancelled', 'number_given', 'number_proved', 'number_removed', 'number_tried', 'factor_added', 'factor_removed', 'codes_made', 'code_used', 'password_changed', 'password_reset', 'address_changed', 'address_asked', 'name_changed', 'role_given', 'role_taken', 'recovery_asked', 'recovery_refused', 'recovered', 'tried'])), name='account_event_change_known'), models.CheckConstraint(condition=models.Q(('role__in', ['', 'volunteer', 'coordinator', 'manager', 'safeguarding_lead', 'director', 'liaison', 'mappa_coordinator', 'data_protection_lead', 'technician'])), name='account_event_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('change__in', ['role_given', 'role_taken']), models.Q(('role', ''), _negated=True)), models.Q(models.Q(('change__in', ['role_given', 'role_taken']), _negated=True), ('role', '')), _connector='OR'), name='account_event_names_the_role')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='accounts.invitation')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(choices=[('join', 'Joins'), ('return', 'Returns'), ('role', 'Gets a role'), ('recovery', 'Signs in anew')], default='join', max_length=10)),
                    ('role', models.CharField(blank=True, choices=[('volunteer', 'Volunteer'), ('coordinator', 'Coordinator'), ('manager', 'Manager'), ('safeguarding_lead', 'Safeguarding lead'), ('director', 'Director'), ('liaison', 'Liaison'), ('mappa_coordinator', 'MAPPA coordinator'), ('data_protection_lead', 'Data-protection lead'), ('technician', 'Technician')], help_text='The role that the person would get.', max_length=30)),
                    ('how_checked', models.TextField(blank=True, help_text='How whoever asked made sure that it is this person.')),
                    ('asked_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lapses_at', models.DateTimeField()),
                    ('agreed', models.BooleanField(null=True)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('invitation', None), ('person__isnull', False)), models.Q(('invitation__isnull', False), ('person', None)), _connector='OR'), name='proposal_about_one_thing'), models.CheckConstraint(condition=models.Q(('kind__in', ['join', 'return', 'role', 'recovery'])), name='proposal_kind_known'), models.CheckConstraint(condition=models.Q(('role__in', ['', 'volunteer', 'coordinator', 'manager', 'safeguarding_lead', 'director', 'liaison', 'mappa_coordinator', 'data_protection_lead', 'technician'])), name='proposal_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'join'), ('person', None)), models.Q(models.Q(('kind', 'join'), _negated=True), ('invitation', None)), _connector='OR'), name='proposal_of_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'role'), models.Q(('role', ''), _negated=True)), models.Q(models.Q(('kind', 'role'), _negated=True), ('role', '')), _connector='OR'), name='proposal_names_the_role'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'recovery'), models.Q(('how_checked', ''), _negated=True)), models.Q(models.Q(('kind', 'recovery'), _negated=True), ('how_checked', '')), _connector='OR'), name='proposal_says_how_checked'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposal_decided_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('decided_at__isnull', True)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='proposal_decided_one_way'), models.CheckConstraint(condition=models.Q(('agreed', None), ('agreed', False), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='proposal_needs_two_people'), models.CheckConstraint(condition=models.Q(('agreed', None), ('agreed', False), ('person', None), models.Q(('decided_by', models.F('person')), _negated=True), _connector='OR'), name='proposal_not_agreed_by_whom_it_is_about'), models.CheckConstraint(condition=models.Q(('lapses_at__gt', models.F('asked_at'))), name='proposal_lapses')],
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField()),
                    ('page', models.CharField(help_text='The address it was sent to.', max_length=2000)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('digests', models.JSONField(help_text='A keyed hash of each field.')),
                    ('led_to', models.CharField(blank=True, help_text='Where the first answer led.', max_length=2000)),
                    ('sent_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['sent_at'], name='submission_age')],
                    'constraints': [models.UniqueConstraint(fields=('key', 'page'), name='submission_once')],
                },
            ),
            migrations.CreateModel(
                name='KeptForm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField()),
                    ('page', models.CharField(help_text='The address it was sent to.', max_length=2000)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sealed', models.BinaryField()),
                    ('kept_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('key',), name='kept_form_once')],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                ],
                options={
                    'proxy': True,
                },
                bases=('auth.group',),
            ),
        ]),
    ]
