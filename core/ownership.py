"""Who this process is to the database: the app, which is looked at as soon as it connects, or the owner for a while."""

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

looked_at: set[str] = set()
"""Roles that were found weak enough; asked once a process."""


class RoleTooStrong(ImproperlyConfigured):
    """The service was given the name of a role that may do more than it should. It does nothing with it."""


def refuse_strong_role(*, connection: Any, **kwargs: Any) -> None:
    """On every new connection of every process: no superuser, no owner, no maker of tables."""
    role = connection.settings_dict["USER"]
    if connection.settings_dict.get(OWNING) or role in looked_at:
        return
    raw: psycopg.Connection[tuple[bool, ...]] = connection.connection
    faults = faults_of_role(raw)
    if faults:
        connection.close()
        raise RoleTooStrong(
            f"The role that DATABASE_URL names {', '.join(faults)}. Name the service's own role there; "
            "`manage.py make_roles` makes it, and `manage.py migrate` gives it its rights."
        )
    looked_at.add(role)


def refuse_strong_start() -> None:
    """As a web server or a worker begins: stop here, rather than at somebody's first page.

    While the database is away nothing can be said of it; then the first connection is looked at.
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
    """The default connection is the owner's while the block lasts; whoever installs gives OWNER_DATABASE_URL."""
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
