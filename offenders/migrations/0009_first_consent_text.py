"""The text that core members agree to from the first day."""

from typing import Any

from django.db import migrations

from offenders.defaults import load_consent_text


def load(apps: Any, schema_editor: Any) -> None:
    load_consent_text(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0008_consent")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
