"""An agency's reply to a share, kept as it was written."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.share.models import Share
from core.constraints import both_or_neither


class ShareReplyQuerySet(models.QuerySet["ShareReply"]):
    def visible_to(self, user: User) -> Self:
        """The replies to every share that this person may see."""
        return self.filter(share__in=Share.objects.visible_to(user).values("pk"))

    def unread(self) -> Self:
        return self.filter(read_at=None)


class ShareReply(models.Model):
    """One message from a recipient, and who at the charity has read it."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField(validators=[MaxLengthValidator(LONGEST)])
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ShareReplyQuerySet.as_manager()

    class Meta:
        constraints = [both_or_neither("read_at", "read_by", name="share_reply_read_by_someone")]
        indexes = [models.Index(fields=["share", "written_at"], name="share_reply_story")]

    def __str__(self) -> str:
        return f"{self.share.reference} reply {self.pk}"


auditlog.register(ShareReply, include_fields=["share", "read_at", "read_by"])
