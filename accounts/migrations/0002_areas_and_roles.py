"""The 42 areas and a group for each role."""

from typing import Any

from django.db import migrations

from accounts.areas import AREAS
from accounts.models.role import Role


def load(apps: Any, schema_editor: Any) -> None:
    area = apps.get_model("accounts", "Area")
    group = apps.get_model("auth", "Group")
    for code, name, force, region in AREAS:
        area.objects.create(
            code=code, name=name, police_force=force, probation_region=region
        )
    for role in Role:
        group.objects.get_or_create(name=role.value)


class Migration(migrations.Migration):
    # The libraries' tables are made before ours: each change of theirs draws every model that points at a person again.
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auditlog", "0017_add_actor_email"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
