"""What was sent from a form, once for each key; and what came after a session had ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_cache_table")]

    operations = [
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('page', models.CharField(help_text='The address it was sent to.', max_length=2000)),
                ('sealed', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key',), name='kept_form_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('page', models.CharField(help_text='The address it was sent to.', max_length=2000)),
                ('digests', models.JSONField(help_text='A keyed hash of each field.')),
                ('led_to', models.CharField(blank=True, help_text='Where the first answer led.', max_length=2000)),
                ('sent_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['sent_at'], name='submission_age')],
                'constraints': [models.UniqueConstraint(fields=('key', 'page'), name='submission_once')],
            },
        ),
    ]
