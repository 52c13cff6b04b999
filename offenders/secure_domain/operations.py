"""Add a domain to the list of secure ones, take one off, and check an address against the list."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.secure_domain.access import SecureDomainAccess
from offenders.secure_domain.models import SecureDomain

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


@transaction.atomic
def add_secure_domain(*, name: str, by: User, at: datetime) -> SecureDomain:
    """Add a domain: from now on, e-mail to it counts as secure."""
    SecureDomainAccess(by).require(SecureDomainAccess.change_domains)
    name = name.strip().lower().lstrip("@")
    if len(name) > 100 or not DOMAIN.fullmatch(name):
        raise Refused("Write the part after the @ alone, such as pnn.police.uk.", field="name")
    if SecureDomain.objects.current().filter(name__iexact=name).exists():
        raise Refused("It is on the list already.", field="name")
    domain = SecureDomain.objects.create(name=name, added_at=at, added_by=by)
    write_entry(Act.GRANTED, domain, by=by, at=at)
    return domain


@transaction.atomic
def end_secure_domain(domain: SecureDomain, *, by: User, at: datetime) -> SecureDomain:
    """Take a domain off the list: e-mail to it no longer counts as secure. Past messages are not changed."""
    domain = SecureDomain.objects.select_for_update(of=("self",)).get(pk=domain.pk)
    SecureDomainAccess(by).require(SecureDomainAccess.change_domains)
    if domain.ended_at is not None:
        raise Refused("It is off the list already.")
    domain.ended_at, domain.ended_by = at, by
    domain.save(update_fields=["ended_at", "ended_by"])
    write_entry(Act.REVOKED, domain, by=by, at=at)
    return domain


def require_secure(address: str, *, field: str) -> None:
    """Raise Refused, on the form's `field`, unless e-mail to this address counts as secure (domain.md 4.5)."""
    if not address:
        raise Refused("Write the secure e-mail address, or choose another way.", field=field)
    if not SecureDomain.objects.is_secure_address(address):
        raise Refused(
            "This address is not on the list of secure ones. Ask for one that is, or choose another way.", field=field
        )
