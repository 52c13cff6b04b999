"""Django's `migrate`, run as the owner of the tables. Afterwards it grants the app its rights on them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate

from core.ownership import as_owner
from core.rights import grant_rights


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        app = str(settings.DATABASES["default"]["USER"])
        with as_owner() as owner:
            super().handle(*args, **options)
            with owner.transaction(), owner.cursor() as cursor:
                grant_rights(cursor, app)
