"""SecureDomain: a domain whose e-mail counts as secure. The charity keeps the list (domain.md 2.6)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from accounts.models.role import Role
from core.constraints import both_or_neither

READS_DOMAINS = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD)


class SecureDomainQuerySet(models.QuerySet["SecureDomain"]):
    def visible_to(self, user: User) -> Self:
        """The whole list, for the charity's staff."""
        reads = user.is_active and any(user.has_role(role) for role in READS_DOMAINS)
        return self if reads else self.none()

    def current(self) -> Self:
        return self.filter(ended_at=None)

    def is_secure_address(self, address: str) -> bool:
        """Whether the address is in one of these domains, or in a part of one: cambs.police.uk is in police.uk."""
        host = address.rpartition("@")[2].strip().lower()
        return any(
            host == domain or host.endswith(f".{domain}") for domain in self.current().values_list("name", flat=True)
        )


class SecureDomain(models.Model):
    audit_kind = "secure domain"

    name = models.CharField(max_length=100)
    added_at = models.DateTimeField(null=True, help_text="Empty for those the list started with.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SecureDomainQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("added_at", "added_by", name="secure_domain_added_by_someone"),
            both_or_neither("ended_at", "ended_by", name="secure_domain_ended_by_someone"),
            models.UniqueConstraint(Lower("name"), condition=Q(ended_at=None), name="secure_domain_listed_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the trail calls it: its own name, since a domain names no person."""
        return self.name[:60]


auditlog.register(SecureDomain, include_fields=["name", "ended_at"])
