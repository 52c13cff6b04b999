"""What every provider begins with: the secure domains, and the text that core members agree to."""

from typing import Any

from django.db import migrations

from offenders.defaults import load_consent_text, load_secure_domains


def load(apps: Any, schema_editor: Any) -> None:
    load_secure_domains(apps.get_model)
    load_consent_text(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
