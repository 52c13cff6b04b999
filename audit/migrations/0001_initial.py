"""The trail."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('act', models.CharField(choices=[('collected', 'Collected'), ('altered', 'Altered'), ('consulted', 'Looked at'), ('listed', 'Saw in a list'), ('shared', 'Shared'), ('combined', 'Combined'), ('erased', 'Erased'), ('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('granted', 'Granted'), ('revoked', 'Revoked'), ('exported', 'Exported'), ('revealed', 'Revealed'), ('refused_unseen', 'Tried to open what is not theirs'), ('refused_act', 'Tried what they may not do'), ('read_much', 'Read far more than usual'), ('raised_much', 'Raised far more than usual')], max_length=20)),
                ('kind', models.CharField(max_length=30)),
                ('reference', models.CharField(max_length=60)),
                ('within', models.CharField(blank=True, help_text='The circle the record belongs to.', max_length=20)),
                ('recipient', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('shown', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='What else the same page named.', size=None)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['kind', 'reference', '-at'], name='entry_of_record'), models.Index(fields=['within', '-at'], name='entry_within_circle'), models.Index(fields=['actor', '-at'], name='entry_by_actor'), models.Index(fields=['-at'], name='entry_by_time'), django.contrib.postgres.indexes.GinIndex(fields=['shown'], name='entry_shown'), models.Index(condition=models.Q(('act__in', ['collected', 'altered', 'shared', 'combined', 'erased', 'granted', 'revoked'])), fields=['kind', 'reference', 'id'], name='entry_changes_of_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['collected', 'altered', 'consulted', 'listed', 'shared', 'combined', 'erased', 'signed_in', 'signed_out', 'granted', 'revoked', 'exported', 'revealed', 'refused_unseen', 'refused_act', 'read_much', 'raised_much'])), name='entry_act_known')],
            },
        ),
    ]
