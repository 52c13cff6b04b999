"""What every provider begins with: programmes, the agreement's first text, questionnaires, the first taxonomy."""

from typing import Any

from django.db import migrations

from circles.defaults import load_defaults


def load(apps: Any, schema_editor: Any) -> None:
    load_defaults(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("circles", "0005_minutes_written_once")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
