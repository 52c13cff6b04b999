"""What a form brought after its first words; and which page saved a draft last."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('concerns', '0005_names_decided_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='concern',
            name='sent_after',
            field=models.ForeignKey(blank=True, help_text='What the same form had brought before, in other words.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern'),
        ),
        migrations.AddField(
            model_name='concerndraft',
            name='saved_from',
            field=models.UUIDField(help_text='The page that saved it last.', null=True),
        ),
    ]
