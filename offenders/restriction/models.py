"""Restriction: one thing the core member must or must not do, in words a volunteer can use (domain.md 2.5)."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat

from accounts.models import User
from accounts.models.role import Role
from core.constraints import believable_days, both_or_neither, one_of
from offenders.core_member.models import CoreMember

DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
"""A postcode district: the part before the space."""


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def visible_to(self, user: User) -> Self:
        """Restrictions of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def in_force(self, day: date | Combinable) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def of(self, core_member_id: int) -> Self:
        """The restrictions of one core member, the oldest first."""
        return self.filter(core_member=core_member_id).order_by("starts_on", "pk")

    def shown_to(self, user: User) -> Self:
        """Without those kept from volunteers, for somebody who is a volunteer and nothing else here."""
        return self if set(user.roles) - {Role.VOLUNTEER.value} else self.filter(kept_from_volunteers=False)

    def in_referrers_words(self) -> Self:
        """Those that stand in the words of whoever referred him, and that nobody has put for volunteers yet."""
        return self.filter(told_by_referrer=True, kept_from_volunteers=True, varied_by=None)

    def in_whole_words(self) -> Self:
        """With `whole_words`: the plain words, and after them whatever was put right in them."""
        addenda = RestrictionAddendum.objects.filter(restriction=OuterRef("pk")).order_by().values("restriction")
        each = Concat(Value(" Put right: "), "words", output_field=TextField())
        put_right = addenda.annotate(said=StringAgg(each, delimiter="", order_by=("added_at", "pk")))
        rest = Coalesce(Subquery(put_right.values("said")), Value(""), output_field=TextField())
        return self.annotate(whole_words=Concat("plain_words", rest, output_field=TextField()))


class Restriction(models.Model):
    class Source(models.TextChoices):
        LICENCE = "licence", "Licence condition"
        SHPO = "shpo", "Sexual harm prevention order"
        NOTIFICATION = "notification", "Notification requirement"
        OTHER = "other", "Other"

    class Category(models.TextChoices):
        """What it is about (domain.md 2.5). Empty where it is copied from a referral and nobody has sorted it yet."""

        HOME = "home", "Where he lives, and when he must be home"
        CONTACT = "contact", "Whom he must not meet or be in touch with"
        CHILDREN = "children", "Children"
        PLACES = "places", "Places he must keep out of"
        INTERNET = "internet", "Internet and devices"
        WORK = "work", "Work and volunteering"
        TRAVEL = "travel", "Travel"
        SUBSTANCES = "substances", "Alcohol and drugs"
        REPORTING = "reporting", "What he must report, and to whom"
        MONITORING = "monitoring", "Tag, polygraph and other checks"
        OTHER = "other", "Other"

    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="restrictions")
    category = models.CharField(max_length=20, choices=Category, blank=True)
    category_other = models.CharField("what else it is about", max_length=60, blank=True)
    source = models.CharField(max_length=20, choices=Source)
    plain_words = models.CharField(max_length=300, help_text="What it means, as you would say it to a volunteer.")
    exact_words = models.TextField(
        blank=True, help_text="As it is written in the licence or the order. Volunteers do not read it."
    )
    kept_from_volunteers = models.BooleanField(default=False)
    avoids_internet = models.BooleanField("he must not go online unwatched", default=False)
    avoids_district = models.CharField(
        "postcode district he must keep out of", max_length=4, blank=True, help_text="Such as CB7."
    )
    avoids_children = models.BooleanField("he must keep away from places where children are", default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day it no longer holds.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_with = models.CharField(max_length=120, blank=True, help_text="Who, of those who manage him, said so.")
    verified_on = models.DateField(null=True, help_text="The day they said so.")
    told_by_referrer = models.BooleanField(
        default=False, help_text="Copied from the referral as the agency told it; nobody here has checked it."
    )
    varies = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="varied_by",
        null=True,
        help_text="The restriction whose words and days these replace.",
    )
    ended_at = models.DateTimeField(null=True, help_text="When its end was written down; the end may be another day.")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    whole_words: str
    """What `in_whole_words` adds."""

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("starts_on", "ends_on", "verified_on", name="restriction_days_believable"),
            models.CheckConstraint(
                condition=Q(avoids_district="") | Q(avoids_district__regex=f"^{DISTRICT.pattern}$"),
                name="restriction_district_is_one",
            ),
            one_of("source", ["licence", "shpo", "notification", "other"], name="restriction_source_known"),
            one_of(
                "category",
                [
                    *("", "home", "contact", "children", "places", "internet", "work", "travel", "substances"),
                    *("reporting", "monitoring", "other"),
                ],
                name="restriction_category_known",
            ),
            models.CheckConstraint(
                condition=Q(category="other") & ~Q(category_other="") | ~Q(category="other") & Q(category_other=""),
                name="restriction_other_category_in_words",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="restriction_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_with="") | (Q(verified_on__isnull=False) & ~Q(verified_with="")),
                name="restriction_verified_on_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(varies=None) | Q(verified_on__isnull=False), name="restriction_varied_is_verified"
            ),
            both_or_neither("ended_at", "ended_by", name="restriction_ended_at_with_ended_by"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False, ends_on__isnull=False) & ~Q(ended_because="")),
                name="restriction_ended_on_a_day_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} restriction {self.pk}"

    @property
    def is_in_referrers_words(self) -> bool:
        """Whether it stands in the words of whoever referred him, which are no words for volunteers."""
        return self.told_by_referrer and self.kept_from_volunteers

    @property
    def category_in_words(self) -> str:
        """What it is about; in somebody's own words where it is none of the list."""
        return self.category_other or self.get_category_display()

    @property
    def is_checked_against_venues(self) -> bool:
        """Whether it speaks of places, so that each venue is checked against it (domain.md 2.5)."""
        return bool(self.avoids_district) or self.avoids_children or self.avoids_internet

    def is_over(self, today: date) -> bool:
        """Whether it has ended, or other words were written down for it: neither is varied or ended again."""
        return hasattr(self, "varied_by") or (self.ends_on is not None and self.ends_on <= today)

    def is_in_force_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class RestrictionAddendumQuerySet(models.QuerySet["RestrictionAddendum"]):
    def visible_to(self, user: User) -> Self:
        """Addenda to the restrictions this person may see."""
        return self.filter(restriction__in=Restriction.objects.visible_to(user).values("pk"))


class RestrictionAddendum(models.Model):
    """What puts a slip in a restriction right. It stands after the words and never replaces them."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="addenda")
    words = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RestrictionAddendumQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "restriction addenda"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="restriction_addendum_says_something")]

    def __str__(self) -> str:
        return f"{self.restriction} addendum {self.pk}"


auditlog.register(
    Restriction,
    include_fields=[
        "core_member",
        "category",
        "source",
        "kept_from_volunteers",
        "avoids_district",
        "avoids_children",
        "avoids_internet",
        "starts_on",
        "ends_on",
    ],
)
auditlog.register(RestrictionAddendum, include_fields=["restriction", "added_by"])
