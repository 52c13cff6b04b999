"""The database role of this process: the app's, which is checked as soon as it connects, or for a while the owner's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from core.roles import faults_of_role
from core.starting import refuse_start

OWNING = "OWNING"
"""Marks a connection's settings while it is the owner's."""

checked_roles: set[str] = set()
"""Roles that passed the check; each is checked once a process."""


class RoleTooStrong(ImproperlyConfigured):
    """DATABASE_URL names a role that may do more than it should. The service does not work with it."""


def refuse_strong_role(*, connection: Any, **kwargs: Any) -> None:
    """Refuse a new connection if its role is a superuser, owns tables or may make tables."""
    role = connection.settings_dict["USER"]
    if connection.settings_dict.get(OWNING) or role in checked_roles:
        return
    raw: psycopg.Connection[tuple[bool, ...]] = connection.connection
    faults = faults_of_role(raw)
    if faults:
        connection.close()
        raise RoleTooStrong(
            f"The role that DATABASE_URL names {', '.join(faults)}. Name the service's own role there; "
            "`manage.py make_roles` makes it, and `manage.py migrate` gives it its rights."
        )
    checked_roles.add(role)


def refuse_strong_start() -> None:
    """Check the role when a web server or a worker starts, rather than at somebody's first page.

    While the database is away nothing can be checked; then the first connection is checked.
    """
    try:
        connections[DEFAULT_DB_ALIAS].ensure_connection()
    except RoleTooStrong as refusal:
        refuse_start(str(refusal))
    except DatabaseError:
        return
    finally:
        connections[DEFAULT_DB_ALIAS].close()


@contextmanager
def as_owner() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Use the default connection as the owner of the tables until the block ends. It needs OWNER_DATABASE_URL."""
    if settings.OWNER_DATABASE is None:
        raise CommandError("OWNER_DATABASE_URL is not set. It names the role that owns the tables.")
    wrapper = connections[DEFAULT_DB_ALIAS]
    kept = dict(wrapper.settings_dict)
    wrapper.close()
    wrapper.settings_dict.update(settings.OWNER_DATABASE, **{OWNING: True})
    try:
        wrapper.ensure_connection()
        yield wrapper.connection
    finally:
        wrapper.close()
        wrapper.settings_dict.clear()
        wrapper.settings_dict.update(kept)
