"""What every provider begins with: programmes, the agreement's first text, questionnaires, the first taxonomy."""

from typing import Any

from django.db import migrations

from circles.beginnings import load_beginnings
from circles.defaults import load_taxonomy


def load(apps: Any, schema_editor: Any) -> None:
    load_beginnings(apps.get_model)
    load_taxonomy(apps)


class Migration(migrations.Migration):
    dependencies = [("circles", "0005_minutes_written_once")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
