"""The first ladder, the bank holidays, and the first routing rules."""

from typing import Any

from django.db import migrations

from concerns.defaults import load_defaults, load_routing


def load(apps: Any, schema_editor: Any) -> None:
    load_defaults(apps.get_model)
    load_routing(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
