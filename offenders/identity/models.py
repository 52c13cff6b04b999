"""Identity: who somebody is, sealed. IdentityIndex: the keyed hashes by which it is found without being opened."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string

from accounts.models import User
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
