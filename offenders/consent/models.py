"""The text a core member agrees to, and his consent under it: given, and perhaps withdrawn (domain.md 1.4 step 5)."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import believable_days, both_or_neither, one_of
from offenders.core_member.models import CoreMember


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who can sign in sees the texts: they say nothing about any person."""
        return self if user.is_active else self.none()

    def in_force(self, day: date) -> ConsentText | None:
        """The newest version published by that day."""
        return self.filter(published_on__lte=day).order_by("-version").first()


class ConsentText(models.Model):
    """One version of what a core member agrees to. A published version never changes."""

    audit_kind = "consent text"

    version = models.PositiveIntegerField(unique=True)
    words = models.TextField("what he agrees to")
    easy_words = models.TextField("the same in easy words", help_text="One short sentence a line.")
    published_on = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("published_on", name="consent_text_days_believable"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(easy_words=""), name="consent_text_says_both"),
        ]

    def __str__(self) -> str:
        return f"consent text {self.version}"

    @property
    def reference(self) -> str:
        return f"CT-{self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: User) -> Self:
        """Consents of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """He agreed to take part, under one text. It is not what allows agencies to be told of a risk (domain.md 1.4)."""

    class How(models.TextChoices):
        SIGNED = "signed", "He signed the text"
        SIGNED_EASY = "signed_easy", "He signed the text in easy words"
        SPOKEN = "spoken", "He said so, and somebody wrote it down"

    audit_kind = "consent"

    reference = models.CharField(max_length=12, unique=True)
    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField()
    how = models.CharField(max_length=20, choices=How)
    helped_by = models.CharField("who helped him to understand it", max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, help_text="The day on which he said so.")
    withdrawn_words = models.TextField("what he said", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("given_on", "withdrawn_on", name="consent_days_believable"),
            one_of("how", ["signed", "signed_easy", "spoken"], name="consent_how_known"),
            both_or_neither("withdrawn_at", "withdrawn_by", name="consent_withdrawn_at_with_withdrawn_by"),
            both_or_neither("withdrawn_on", "withdrawn_at", name="consent_withdrawn_on_with_withdrawn_at"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")), name="consent_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_words="") | Q(withdrawn_at__isnull=False), name="consent_words_of_withdrawal"
            ),
            models.UniqueConstraint(
                fields=["core_member", "text"], condition=Q(withdrawn_at=None), name="consent_once_a_text"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


auditlog.register(ConsentText, include_fields=["version", "published_on", "published_by"])
auditlog.register(
    Consent, include_fields=["core_member", "text", "given_on", "how", "recorded_by", "withdrawn_on", "withdrawn_by"]
)
