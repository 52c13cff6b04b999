"""The volunteer's file."""

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
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('status', models.CharField(choices=[('waiting', 'Approved, waiting for a circle'), ('active', 'In a circle'), ('paused', 'Paused'), ('left', 'Left')], default='waiting', max_length=20)),
                ('approved_at', models.DateTimeField()),
                ('checked_until', models.DateField(help_text='The last day it holds. The certificate is not kept.', null=True, verbose_name='criminal-record check good until')),
                ('trained_on', models.DateField(null=True, verbose_name='core training passed on')),
                ('agreed_on', models.DateField(null=True, verbose_name='volunteer agreement signed on')),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'active', 'paused', 'left'])), name='volunteer_status_known')],
            },
        ),
    ]
