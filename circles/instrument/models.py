"""The instrument of a risk review: its scale, its items and how it is summed (domain.md 1.9).

It is loaded from a licensed file; the words of the items are not in the code. The database refuses to change an instrument
once a review uses it: a new version is a new row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Self

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q

from core.constraints import one_of

LOWEST, HIGHEST = 0, 6


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def latest_loaded(self) -> Self:
        """The instruments, the latest first: it is the one that new reviews use."""
        return self.order_by("-loaded_at", "-pk")


class Instrument(models.Model):
    class Direction(models.TextChoices):
        HIGHER_IS_WORSE = "higher_is_worse", "A higher score means more risk"
        HIGHER_IS_BETTER = "higher_is_better", "A higher score means less risk"

    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    licence = models.TextField(help_text="By whose leave it is used. Shown wherever its words are.")
    direction = models.CharField(max_length=20, choices=Direction)
    may_miss = models.PositiveSmallIntegerField(
        help_text="Items that may be missing from a total, made up in proportion."
    )
    expected_change = models.DecimalField(
        max_digits=5, decimal_places=2, help_text="Of the total in thirteen weeks: less than nought for a fall."
    )
    scale = models.JSONField(help_text="The words of each score, from the lowest.")
    loaded_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, help_text="Of the definition, so that loading it again is known.")

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("direction", ["higher_is_worse", "higher_is_better"], name="instrument_direction_known"),
            models.UniqueConstraint(fields=["key", "version"], name="instrument_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def higher_is_worse(self) -> bool:
        return self.direction == self.Direction.HIGHER_IS_WORSE

    @property
    def expects_a_fall(self) -> bool:
        return self.expected_change < 0

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Every score with its words."""
        return list(enumerate(self.scale, start=LOWEST))

    def by_domain(self) -> list[tuple[str, list[InstrumentItem]]]:
        """The items in their order, domain by domain."""
        items: dict[str, list[InstrumentItem]] = defaultdict(list)
        for item in self.items.all():
            items[item.domain].append(item)
        return list(items.items())


class InstrumentItem(models.Model):
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    domain = models.CharField(max_length=80)
    text = models.TextField()
    guidance = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_item_number_once"),
            models.UniqueConstraint(fields=["instrument", "key"], name="instrument_item_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} item {self.number}"


class Scored(models.Model):
    """The answer to one item: a score, “not enough information”, or neither yet; and a comment."""

    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    not_known = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    score_from = models.CharField(max_length=12, blank=True)
    comment_from = models.CharField(max_length=12, blank=True)
    """The key of the open page from which each was last written."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(LOWEST, HIGHEST), not_known=False),
                name="%(class)s_score_on_the_scale",
            ),
        ]

    @property
    def is_answered(self) -> bool:
        return self.not_known or self.score is not None


auditlog.register(Instrument, include_fields=["key", "version", "name", "direction", "may_miss", "expected_change"])
auditlog.register(InstrumentItem, include_fields=["instrument", "number", "key", "domain"])
