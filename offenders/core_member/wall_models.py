"""WallEntry: somebody who may, or may not, see one core member, whatever their roles. BreakGlass: a look past that.

Only this module answers whom a wall keeps out. Every list, page, count, alert and search asks it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import User
from core.constraints import both_or_neither, one_of
from core.errors import Refused
from core.keyed_query import KeyedQuery


class WallEntryQuerySet(models.QuerySet["WallEntry"]):
    def visible_to(self, user: User) -> Self:
        """Entries of the core members this person may see."""
        core_members: Any = apps.get_model("offenders", "CoreMember")
        return self.filter(core_member__in=core_members.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """Entries that have not been ended."""
        return self.filter(ended_at=None)

    def that_keep_out(self, person: Any, *, open_glass: bool = False) -> Self:
        """The current entries that keep this person out: one that bars them, or an allow-list they are not on.

        `person` is a key, or the `OuterRef` of one. With `open_glass`, an allow-list does not keep out whoever broke
        the glass within the last half hour.
        """
        one_out = OuterRef(person) if isinstance(person, OuterRef) else person
        listed = WallEntry.objects.current().filter(kind=WallEntry.Kind.ALLOW, person=one_out)
        on_the_list = listed.filter(core_member=OuterRef("core_member"))
        not_listed = Q(~Exists(on_the_list), kind=WallEntry.Kind.ALLOW)
        if open_glass:
            broken = BreakGlass.objects.open_now().filter(core_member=OuterRef("core_member"), person=one_out)
            not_listed &= Q(~Exists(broken))
        return self.current().filter(Q(kind=WallEntry.Kind.DENY, person=person) | not_listed)


class WallEntry(models.Model):
    """One person on one core member's allow-list or deny-list, from a day on. It is ended and never deleted."""

    class Kind(models.TextChoices):
        ALLOW = "allow", "May see him"
        DENY = "deny", "Must not see him"

    core_member = models.ForeignKey("offenders.CoreMember", on_delete=models.PROTECT, related_name="wall")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = WallEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wall entries"
        constraints = [
            models.UniqueConstraint(
                fields=["core_member", "person"], condition=Q(ended_at=None), name="wall_entry_one_a_person_at_a_time"
            ),
            one_of("kind", ["allow", "deny"], name="wall_entry_kind_known"),
            both_or_neither("ended_at", "ended_by", name="wall_entry_ended_at_with_ended_by"),
            models.CheckConstraint(condition=~Q(reason=""), name="wall_entry_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="wall_entry_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("set_at")), name="wall_entry_ended_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(kind="deny") | (~Q(set_by=F("person")) & (Q(ended_by=None) | ~Q(ended_by=F("person")))),
                name="wall_entry_nobody_bars_or_frees_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} wall {self.pk}"


OPEN_FOR = timedelta(minutes=30)
"""How long somebody sees a core member past his wall: long enough to read what is open and to ring somebody."""


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def visible_to(self, user: User) -> Self:
        """Those of the core members this person may see."""
        core_members: Any = apps.get_model("offenders", "CoreMember")
        return self.filter(core_member__in=core_members.objects.visible_to(user).values("pk"))

    def open_now(self) -> Self:
        """Those whose half hour is not over, by the database's clock."""
        return self.filter(opened_at__lte=Now(), opened_until__gt=Now())

    def unreviewed(self) -> Self:
        return self.filter(reviewed_at=None)


class BreakGlass(models.Model):
    """Somebody who is not on his allow-list looked at him all the same, with a reason, for half an hour."""

    class Outcome(models.TextChoices):
        RIGHT = "right", "It was right to look"
        AVOIDABLE = "avoidable", "It was meant well, and could have been avoided"
        WRONG = "wrong", "It was not right"

    audit_kind = "break-glass"

    core_member = models.ForeignKey("offenders.CoreMember", on_delete=models.PROTECT, related_name="broken_glass")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    opened_until = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "broken glass"
        constraints = [
            one_of("outcome", ["", "right", "avoidable", "wrong"], name="break_glass_outcome_known"),
            both_or_neither("reviewed_at", "reviewed_by", name="break_glass_reviewed_at_with_reviewed_by"),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(opened_until__gt=F("opened_at"), opened_until__lte=F("opened_at") + OPEN_FOR),
                name="break_glass_for_half_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, outcome="", outcome_words="")
                | (Q(reviewed_at__isnull=False) & ~Q(outcome="") & ~Q(outcome_words="")),
                name="break_glass_reviewed_with_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")), name="break_glass_reviewed_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "opened_until"], name="break_glass_open"),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} glass {self.pk}"

    @property
    def reference(self) -> str:
        """How the trail names it: it has no reference of its own."""
        return str(self.pk)

    @property
    def review_by(self) -> datetime:
        return self.opened_at + REVIEW_WITHIN


REVIEW_WITHIN = timedelta(days=2)
"""By when somebody else has looked at why: soon enough that everybody remembers."""

WALLED_OFF = KeyedQuery(lambda person: WallEntry.objects.that_keep_out(person, open_glass=True).values("core_member"))
"""The core members a person may not see now, whatever their roles."""


def not_walled_off(person: int, path: str = "pk") -> Q:
    """The rows that lead by `path` to a core member whose wall does not keep this person out."""
    return ~Q(**{f"{path}__in": WALLED_OFF(person)})


def let_through(core_member: int | None) -> Q:
    """The people whom this core member's wall does not keep out; what roles they have is another question."""
    return Q(~Exists(WallEntry.objects.that_keep_out(OuterRef("pk")).filter(core_member=core_member)))


def people_let_through(core_member: int | None, people: list[User]) -> list[User]:
    """Those of these people whom his wall does not keep out, in their order. Called by alerts (settings.ALERT_WALL)."""
    if core_member is None or not people:
        return people
    through = User.objects.filter(let_through(core_member), pk__in=[person.pk for person in people])
    seeing = set(through.values_list("pk", flat=True))
    return [person for person in people if person.pk in seeing]


def is_walled_off(person: User, core_member: int) -> bool:
    return WallEntry.objects.that_keep_out(person.pk).filter(core_member=core_member).exists()


def refuse_walled_off(person: User | None, core_member: int | None, field: str | None = None) -> None:
    """Refuse to name or to tell somebody whom this core member's wall keeps out."""
    if person is not None and core_member is not None and is_walled_off(person, core_member):
        raise Refused(
            f"{person.full_name} may not see this core member, so they cannot be given this. Choose somebody else, or "
            "ask whoever coordinates him who may see him.",
            field=field,
        )


class Walls:
    """Every wall as it stands now, read in one statement, to ask about many people and core members."""

    def __init__(self) -> None:
        self.denied: set[tuple[int, int]] = set()
        self.allowed: dict[int, set[int]] = {}
        for core_member, person, kind in WallEntry.objects.current().values_list("core_member", "person", "kind"):
            if kind == WallEntry.Kind.DENY:
                self.denied.add((core_member, person))
            else:
                self.allowed.setdefault(core_member, set()).add(person)

    def keep_out(self, person: int, core_member: int) -> bool:
        listed = self.allowed.get(core_member)
        return (core_member, person) in self.denied or (listed is not None and person not in listed)


auditlog.register(BreakGlass, include_fields=["core_member", "person", "outcome", "reviewed_at", "reviewed_by"])
auditlog.register(WallEntry, include_fields=["core_member", "person", "kind", "set_by", "ended_at", "ended_by"])
