"""Entry: one line of the trail. It says who did or saw what, when, and to whom it went."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.models import User
from accounts.models.role import Role
from core.constraints import one_of


class Act(models.TextChoices):
    """The acts that the law requires to be logged (Data Protection Act 2018 s.62), and some more."""

    COLLECTED = "collected", "Collected"
    ALTERED = "altered", "Altered"
    CONSULTED = "consulted", "Looked at"
    LISTED = "listed", "Saw in a list"
    SHARED = "shared", "Shared"
    COMBINED = "combined", "Combined"
    ERASED = "erased", "Erased"
    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    GRANTED = "granted", "Granted"
    REVOKED = "revoked", "Revoked"
    EXPORTED = "exported", "Exported"
    REVEALED = "revealed", "Revealed"
    REFUSED_UNSEEN = "refused_unseen", "Tried to open what is not theirs"
    REFUSED_ACT = "refused_act", "Tried what they may not do"
    READ_MUCH = "read_much", "Read far more than usual"
    RAISED_MUCH = "raised_much", "Raised far more than usual"


CHANGES = [Act.COLLECTED, Act.ALTERED, Act.SHARED, Act.COMBINED, Act.ERASED, Act.GRANTED, Act.REVOKED]
"""The acts after which a record is another one."""


class WriteOnce(Exception):
    """Somebody tried to change or delete an entry, which is never done."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> Self:
        """The whole trail for data-protection leads; nothing for anybody else."""
        return self if user.is_active and user.has_role(Role.DATA_PROTECTION_LEAD) else self.none()

    def update(self, **kwargs: Any) -> int:
        raise WriteOnce("The trail is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WriteOnce("The trail is never deleted.")


class Entry(models.Model):
    """One line. `actor` is null when the service itself acts. It holds references and never narrative.

    The database refuses to change or delete it.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    act = models.CharField(max_length=20, choices=Act)
    kind = models.CharField(max_length=30)
    reference = models.CharField(max_length=60)
    within = models.CharField(max_length=20, blank=True, help_text="The circle the record belongs to.")
    recipient = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    shown = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="What else the same page named."
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            one_of(
                "act",
                [
                    "collected",
                    "altered",
                    "consulted",
                    "listed",
                    "shared",
                    "combined",
                    "erased",
                    "signed_in",
                    "signed_out",
                    "granted",
                    "revoked",
                    "exported",
                    "revealed",
                    "refused_unseen",
                    "refused_act",
                    "read_much",
                    "raised_much",
                ],
                name="entry_act_known",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "reference", "-at"], name="entry_of_record"),
            models.Index(fields=["within", "-at"], name="entry_within_circle"),
            models.Index(fields=["actor", "-at"], name="entry_by_actor"),
            models.Index(fields=["-at"], name="entry_by_time"),
            GinIndex(fields=["shown"], name="entry_shown"),
            models.Index(
                fields=["kind", "reference", "id"],
                condition=models.Q(
                    act__in=["collected", "altered", "shared", "combined", "erased", "granted", "revoked"]
                ),
                name="entry_changes_of_record",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def of(self) -> str:
        """What the line is about, in words: a record by its reference, a list by its page."""
        if self.kind != "list":
            return f"{self.kind} {self.reference}"
        room, _, page = self.reference.replace("_", " ").rpartition(":")
        return f"list of concerns: {page}" if room == "concerns" else f"list: {page}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise WriteOnce("The trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WriteOnce("The trail is never deleted.")
