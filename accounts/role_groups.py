"""Makes the group of each role after every `migrate`, so that a new role needs no migration of its own for it."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

from accounts.models.role import Role


def make_groups_of_roles(sender: object, using: str, apps: Any = installed, **kwargs: object) -> None:
    """Make the groups that do not exist yet. Does nothing before the library's table of groups is made."""
    try:
        group = apps.get_model("auth", "Group")
    except LookupError:
        return
    for role in Role:
        group._default_manager.using(using).get_or_create(name=role.value)
