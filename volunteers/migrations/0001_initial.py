"""The volunteer's file."""

import datetime
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
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer', to=settings.AUTH_USER_MODEL)),
                ('status', models.CharField(choices=[('waiting', 'Approved, waiting for a circle'), ('active', 'In a circle'), ('paused', 'Paused'), ('left', 'Left')], default='waiting', max_length=20)),
                ('approved_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_until', models.DateField(help_text='The last day it holds. The certificate is not kept.', null=True, verbose_name='criminal-record check good until')),
                ('trained_on', models.DateField(null=True, verbose_name='core training passed on')),
                ('agreed_on', models.DateField(null=True, verbose_name='volunteer agreement signed on')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checked_until__isnull', True), ('checked_until__range', (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('trained_on__isnull', True), ('trained_on__range', (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('agreed_on__isnull', True), ('agreed_on__range', (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))), _connector='OR')), name='volunteer_days_believable'), models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'active', 'paused', 'left'])), name='volunteer_status_known')],
            },
        ),
    ]
