"""Submission: a form that was taken. KeptForm: a form that came after its person's session had ended."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from accounts.models.user import User

LONGEST_ADDRESS = 2000


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: User) -> Self:
        """The forms this person sent."""
        return self.filter(person=user) if user.is_active else self.none()


class Submission(models.Model):
    """One form that was taken, by its key. It holds only keyed hashes of the words, to compare a second sending."""

    key = models.UUIDField()
    page = models.CharField(max_length=LONGEST_ADDRESS, help_text="The address it was sent to.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digests = models.JSONField(help_text="A keyed hash of each field.")
    led_to = models.CharField(max_length=LONGEST_ADDRESS, blank=True, help_text="Where the first answer led.")
    sent_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "page"], name="submission_once")]
        indexes = [models.Index(fields=["sent_at"], name="submission_age")]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    def visible_to(self, user: User) -> Self:
        """The kept forms of this person's own pages."""
        return self.filter(person=user) if user.is_active else self.none()


class KeptForm(models.Model):
    """What somebody sent after their session had ended. It is kept sealed for a day, until they sign in again."""

    key = models.UUIDField()
    page = models.CharField(max_length=LONGEST_ADDRESS, help_text="The address it was sent to.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="kept_form_once")]

    def __str__(self) -> str:
        return f"kept form {self.pk}"
