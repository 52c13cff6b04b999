"""The first ladder, the bank holidays, the first routing rules, and the domains mail is secure at."""

from typing import Any

from django.db import migrations

from concerns.defaults import load_defaults, load_routing, load_secure_domains


def load(apps: Any, schema_editor: Any) -> None:
    load_defaults(apps.get_model)
    load_routing(apps.get_model)
    load_secure_domains(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
