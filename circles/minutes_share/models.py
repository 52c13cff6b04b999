"""Minutes sent to an agency: the exact words, to whom, how and under which agreement. And decisions not to resend."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from circles.circle.models import COORDINATED_CIRCLES
from circles.meeting.models import Meeting
from circles.minutes.models import Addendum
from circles.sharing_agreement.models import SharingAgreement
from circles.version.models import MinutesVersion
from core.constraints import both_or_neither, one_of
from core.fingerprint import fingerprint_of
from core.keyed_query import KeyedQuery
from offenders.contact.models import Contact
from offenders.core_member.wall_models import not_walled_off

READABLE_FOR = timedelta(days=30)
"""How long a recipient can open minutes here. After that they must ask for them again."""

SEES_EVERY_SHARE = (Role.MANAGER, Role.SAFEGUARDING_LEAD)


def _addenda_count(meeting: str = "meeting") -> Coalesce:
    """An expression: how many addenda the minutes have now."""
    addenda = Addendum.objects.filter(meeting=OuterRef(meeting)).order_by().values("meeting")
    return Coalesce(Subquery(addenda.annotate(many=models.Count("pk")).values("many")), 0)


def _newest_version(meeting: str = "meeting") -> Coalesce:
    """An expression: the number of the newest version, nought if none was kept."""
    latest = MinutesVersion.objects.filter(meeting=OuterRef(meeting)).order_by("-number")
    return Coalesce(Subquery(latest.values("number")[:1]), 0)


class MinutesShareQuerySet(models.QuerySet["MinutesShare"]):
    def visible_to(self, user: User) -> Self:
        """Everything for leads, a coordinator's own circles, and for a recipient what was sent to them, for 30 days."""
        if not user.is_active:
            return self.none()
        outside_walls = self.filter(not_walled_off(user.pk, "meeting__circle__core_member"))
        if any(user.has_role(role) for role in SEES_EVERY_SHARE):
            return outside_walls
        coordinated = Q(meeting__in=COORDINATED(user.pk))
        return outside_walls.filter(
            coordinated | Q(pk__in=SENT_TO(user.pk)) if user.works_for_an_agency else coordinated
        )

    def sent_to(self, user: User | int) -> Self:
        """What was sent to this person to read here, within 30 days and while they are still a contact."""
        here = self.filter(recipient=user, method=MinutesShare.Method.HERE, sent_at__gt=Now() - READABLE_FOR)
        return here.filter(contact__ended_at=None)

    def latest_per_contact(self) -> Self:
        """Only the last share of each meeting with each contact."""
        later = MinutesShare.objects.filter(meeting=OuterRef("meeting"), contact=OuterRef("contact"))
        return self.exclude(Exists(later.filter(pk__gt=OuterRef("pk"))))

    def behind(self) -> Self:
        """The last shares since which something was added or corrected, unless somebody decided not to send it on."""
        counts = self.latest_per_contact().annotate(addenda_now=_addenda_count(), version_now=_newest_version())
        older = counts.filter(Q(addenda__lt=F("addenda_now")) | Q(version__lt=F("version_now")))
        set_aside_since = ResendSetAside.objects.filter(
            meeting=OuterRef("meeting"), addenda__gte=OuterRef("addenda_now"), version__gte=OuterRef("version_now")
        )
        return older.exclude(Exists(set_aside_since))

    def saying_whether_behind(self) -> Self:
        """Add `is_behind`: whether the share is among those `behind`."""
        return self.annotate(is_behind=Exists(MinutesShare.objects.behind().filter(pk=OuterRef("pk"))))


COORDINATED = KeyedQuery(lambda person: Meeting.objects.filter(circle__in=COORDINATED_CIRCLES(person)).values("pk"))
SENT_TO = KeyedQuery(lambda person: MinutesShare.objects.sent_to(person).values("pk"))


class MinutesShare(models.Model):
    """Minutes sent once to one contact. Later only their own “I have read it” is added."""

    class Method(models.TextChoices):
        SECURE_MAIL = "secure_mail", "By secure e-mail"
        TELEPHONE = "telephone", "Read out by telephone"
        IN_PERSON = "in_person", "In person"
        HERE = "here", "They read it here"

    MARKING = "OFFICIAL-SENSITIVE"
    HANDLING = (
        "Keep this confidential and use it only to manage the risk he poses. Do not pass it on without asking us."
    )

    audit_kind = "shared minutes"

    reference = models.CharField(max_length=12, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="shares")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, help_text="Their account here."
    )
    recipient_name = models.CharField(max_length=120)
    recipient_role = models.CharField(max_length=80)
    recipient_agency = models.CharField(max_length=120)
    recipient_mail = models.EmailField(blank=True)
    method = models.CharField("how", max_length=12, choices=Method)
    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("exactly what they were sent")
    text_hash = models.CharField(max_length=64)
    names_by_hand = models.JSONField(
        default=dict, blank=True, help_text="Names put back or left out by whoever sent it, against the rule."
    )
    addenda = models.PositiveSmallIntegerField(help_text="How many addenda the words hold.")
    version = models.PositiveSmallIntegerField(help_text="The version of the minutes they are; nought before versions.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_behind: bool
    """Set by `saying_whether_behind`."""
    read_at = models.DateTimeField(null=True, help_text="When the recipient said that they have read it.")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    addenda_now: int
    """Set by `behind`."""

    objects = MinutesShareQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("method", ["secure_mail", "telephone", "in_person", "here"], name="minutes_share_method_known"),
            both_or_neither("read_at", "read_by", name="minutes_share_read_at_with_read_by"),
            models.CheckConstraint(
                condition=~Q(method="secure_mail") | ~Q(recipient_mail=""), name="minutes_share_mailed_to_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(method="here") | Q(recipient__isnull=False), name="minutes_share_here_to_an_account"
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | Q(read_by=F("recipient")), name="minutes_share_read_by_the_recipient"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_share_says_something"),
        ]
        indexes = [models.Index(fields=["meeting", "contact"], name="minutes_share_of_contact")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:minutes_share", args=[self.reference])

    @property
    def is_as_sent(self) -> bool:
        """Whether the text still has the hash that it had when it was sent."""
        return fingerprint_of(self.text) == self.text_hash

    @property
    def readable_until(self) -> datetime:
        return self.sent_at + READABLE_FOR

    @property
    def parts(self) -> list[list[str]]:
        """The text as blocks of lines. The first line of each block is its heading."""
        blocks = groupby(self.text.splitlines(), key=bool)
        return [list(lines) for written, lines in blocks if written]


class ResendSetAside(models.Model):
    """A decision not to send on what was added since, with the reason. Never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resends_set_aside")
    addenda = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    set_aside_at = models.DateTimeField()
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="resend_set_aside_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.meeting.reference} resend set aside {self.pk}"


auditlog.register(
    MinutesShare, include_fields=["meeting", "contact", "recipient", "method", "agreement", "sent_by", "read_at"]
)
auditlog.register(ResendSetAside, include_fields=["meeting", "set_aside_by"])
