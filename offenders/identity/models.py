"""Identity: who somebody is, sealed. IdentityIndex: the keyed hashes by which it is found without being opened.

IdentityMatch: two identities that have such a hash in common, until somebody has looked whether they are one person.
"""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.models.role import Role
from core.constraints import both_or_neither


class IdentityQuerySet(models.QuerySet["Identity"]):
    def visible_to(self, user: User) -> Self:
        """The identities of the records this person may see (settings.IDENTITY_HOLDERS names the tables)."""
        mine = Q()
        for holder in map(import_string, settings.IDENTITY_HOLDERS):
            mine |= Q(pk__in=holder.objects.visible_to(user).exclude(identity=None).values("identity"))
        return self.filter(mine)


class Identity(models.Model):
    """One person, sealed with a data key of their own, which the keyring seals.

    No field of it can be read. `reveal_identity` is the only way in. Without its data key it is lost for ever.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_id = models.CharField(max_length=100, blank=True, help_text="The key of the keyring that seals the data key.")
    sealed_key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    index_check = models.CharField(
        max_length=64, help_text="A hash by the key of the index: another key of the index is noticed."
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unreadable_at = models.DateTimeField(null=True, help_text="When somebody had leave to read it and it did not open.")
    erasure_asked_at = models.DateTimeField(null=True)
    erasure_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            both_or_neither(
                "erasure_asked_at", "erasure_asked_by", name="identity_erasure_asked_at_with_erasure_asked_by"
            ),
            both_or_neither("erased_at", "erased_by", name="identity_erased_at_with_erased_by"),
            models.CheckConstraint(
                condition=Q(erased_at=None, sealed_key__isnull=False, sealed__isnull=False) & ~Q(key_id="")
                | Q(erased_at__isnull=False, sealed_key=None, sealed=None, key_id=""),
                name="identity_sealed_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_by=None) | (Q(erasure_asked_by__isnull=False) & ~Q(erased_by=F("erasure_asked_by"))),
                name="identity_erased_by_two_people",
            ),
        ]
        indexes = [models.Index(fields=["index_check"], condition=Q(erased_at=None), name="identity_index_key")]

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return "<Identity>"


class IdentityIndexQuerySet(models.QuerySet["IdentityIndex"]):
    def visible_to(self, user: User) -> Self:
        """The hashes of the identities of the records this person may see."""
        return self.filter(identity__in=Identity.objects.visible_to(user).values("pk"))


class IdentityIndex(models.Model):
    """One keyed hash of a name with a date of birth, or of a number."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="indexes")
    digest = models.CharField(max_length=64)

    objects = IdentityIndexQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identity indexes"
        constraints = [
            models.UniqueConstraint(fields=["digest", "identity"], name="identity_index_once"),
        ]

    def __str__(self) -> str:
        return ""


class IdentityMatchQuerySet(models.QuerySet["IdentityMatch"]):
    def visible_to(self, user: User) -> Self:
        """For managers and safeguarding leads: the pairs of which they may see both."""
        if not (user.is_active and (user.has_role(Role.MANAGER) or user.has_role(Role.SAFEGUARDING_LEAD))):
            return self.none()
        seen = Identity.objects.visible_to(user).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def unsettled(self) -> Self:
        """Those nobody has looked at yet."""
        return self.filter(settled_at=None)


class IdentityMatch(models.Model):
    """Two records that may be about one person, found by index and never by opening."""

    audit_kind = "identity match"

    first = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    is_one_person = models.BooleanField(null=True)

    objects = IdentityMatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identity matches"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="identity_match_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="identity_match_in_one_order"),
            both_or_neither("settled_at", "settled_by", name="identity_match_settled_at_with_settled_by"),
            both_or_neither("settled_at", "is_one_person", name="identity_match_settled_with_an_answer"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the trail names it: it has no reference of its own."""
        return str(self.pk)


auditlog.register(IdentityMatch, include_fields=["first", "second", "settled_at", "settled_by", "is_one_person"])
