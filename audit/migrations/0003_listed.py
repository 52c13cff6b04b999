"""What a list named: an act of its own, and the references in it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

ACTS = [
    ("collected", "Collected"),
    ("altered", "Altered"),
    ("consulted", "Looked at"),
    ("listed", "Saw in a list"),
    ("shared", "Shared"),
    ("combined", "Combined"),
    ("erased", "Erased"),
    ("signed_in", "Signed in"),
    ("signed_out", "Signed out"),
    ("granted", "Granted"),
    ("revoked", "Revoked"),
    ("exported", "Exported"),
    ("revealed", "Revealed"),
    ("refused_unseen", "Tried to open what is not theirs"),
    ("refused_act", "Tried what they may not do"),
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_write_once")]

    operations = [
        migrations.AlterField(
            model_name="entry", name="act", field=models.CharField(choices=ACTS, max_length=20)
        ),
        migrations.AddField(
            model_name="entry",
            name="shown",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                blank=True,
                default=list,
                help_text="What else the same page named.",
                size=None,
            ),
        ),
        migrations.RemoveConstraint(model_name="entry", name="entry_act_known"),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", [value for value, _ in ACTS])), name="entry_act_known"
            ),
        ),
        migrations.AddIndex(
            model_name="entry", index=django.contrib.postgres.indexes.GinIndex(fields=["shown"], name="entry_shown")
        ),
    ]
