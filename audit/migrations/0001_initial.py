"""The trail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('act', models.CharField(choices=[('collected', 'Collected'), ('altered', 'Altered'), ('consulted', 'Looked at'), ('shared', 'Shared'), ('combined', 'Combined'), ('erased', 'Erased'), ('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('granted', 'Granted'), ('revoked', 'Revoked'), ('exported', 'Exported'), ('revealed', 'Revealed'), ('refused_unseen', 'Tried to open what is not theirs'), ('refused_act', 'Tried what they may not do')], max_length=20)),
                ('kind', models.CharField(max_length=30)),
                ('reference', models.CharField(max_length=60)),
                ('within', models.CharField(blank=True, help_text='The circle the record belongs to.', max_length=20)),
                ('recipient', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['kind', 'reference', '-at'], name='entry_of_record'), models.Index(fields=['within', '-at'], name='entry_within_circle'), models.Index(fields=['actor', '-at'], name='entry_by_actor'), models.Index(fields=['-at'], name='entry_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['collected', 'altered', 'consulted', 'shared', 'combined', 'erased', 'signed_in', 'signed_out', 'granted', 'revoked', 'exported', 'revealed', 'refused_unseen', 'refused_act'])), name='entry_act_known')],
            },
        ),
    ]
