"""The domains where e-mail counts as secure from the first day."""

from typing import Any

from django.db import migrations

from offenders.defaults import load_secure_domains


def load(apps: Any, schema_editor: Any) -> None:
    load_secure_domains(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
