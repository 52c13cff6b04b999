"""Makes the database and its two roles. An administrator of the server runs it before the first `migrate`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import make_conninfo

from core.roles import Account, make_database, make_roles


class Command(BaseCommand):
    help = "Make the database, the role that owns it and the role the service works as. May be run again."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        admin, owner, app = settings.ADMIN_DATABASE, settings.OWNER_DATABASE, settings.DATABASES["default"]
        if admin is None or owner is None:
            raise CommandError("Set ADMIN_DATABASE_URL and OWNER_DATABASE_URL; .env.example says what they are.")
        if len({admin["USER"], owner["USER"], app["USER"]}) < 3:
            raise CommandError("The administrator, the owner and the service's own role must be three different ones.")
        server = make_conninfo(
            "",
            dbname=admin["NAME"],
            user=admin["USER"],
            password=admin["PASSWORD"],
            host=admin["HOST"],
            port=admin["PORT"],
        )
        owning, using = Account(owner["USER"], owner["PASSWORD"]), Account(str(app["USER"]), str(app["PASSWORD"]))
        make_roles(server, owning, using)
        make_database(server, owner["NAME"], owning, using)
        self.stdout.write(f"{owning.name} owns the database {owner['NAME']}, and {using.name} works in it.")
