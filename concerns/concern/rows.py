"""Which concerns a person may see, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import User
from accounts.models.role import Role
from alerts.leave.cover import COVERED
from concerns.choices import Level, Side
from concerns.queue.models import GRANTED, Queue
from concerns.rota.models import OnCallShift
from core.keyed_query import KeyedQuery
from offenders.core_member.wall_models import not_walled_off
from volunteers.volunteer.models import Volunteer

if TYPE_CHECKING:
    from concerns.concern.models import Concern  # noqa: F401 - named in a base class below

STAFF = [role.value for role in Role if role.is_staff]
SEES_EVERY_CONCERN = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


def rows_of(name: str) -> models.QuerySet[Any]:
    """All rows of the table that concerns know by this name. Its module imports this one, so we cannot import it."""
    concern: Any = apps.get_model("concerns", "Concern")
    rows: models.QuerySet[Any] = concern._meta.get_field(name).related_model._default_manager.all()
    return rows


def _loose_concerns(person: int) -> models.QuerySet[Any, Any]:
    """Concerns that nobody at the charity has, or this person has."""
    waiting = rows_of("steps").filter(Q(promise=None) | Q(promise__by=person), side=Side.CHARITY)
    return waiting.filter(fired_at=None, stopped_at=None).values("concern")


def _concerns_taken_on_shift(person: int) -> models.QuerySet[Any, Any]:
    """Concerns this person took on since the shift they are on now began."""
    began = Subquery(OnCallShift.objects.held_by(person).order_by("starts_at").values("starts_at")[:1])
    return rows_of("acknowledgements").filter(by=person, side=Side.CHARITY, at__gte=began).values("concern")


ON_SHIFT = KeyedQuery(lambda person: OnCallShift.objects.held_by(person).values("pk"))
"""The shifts a person is on now."""
LOOSE, TAKEN_ON_SHIFT = KeyedQuery(_loose_concerns), KeyedQuery(_concerns_taken_on_shift)
STAFF_THEMSELVES = KeyedQuery(lambda _: User.groups.through.objects.filter(group__name__in=STAFF).values("user"))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open_to(self, user: User) -> Self:
        """Leaves out, whatever else they may see, every concern about this person or inside a wall that keeps them out."""
        if not user.is_active:
            return self.none()
        return self.exclude(about=user).filter(not_walled_off(user.pk, "circle__core_member"))

    def visible_to(self, user: User) -> Self:
        """Concerns this person raised, answers for at the charity, or has in a queue."""
        mine = self.open_to(user)
        if any(user.has_role(role) for role in SEES_EVERY_CONCERN):
            return mine
        queued = Q(queue__in=GRANTED(user.pk), queued_at__isnull=False)
        return mine.filter(Q(raised_by=user) | self._answered_for_by(user) | queued)

    def of_their_own(self, user: User) -> Self:
        """Concerns this person raised and may see. The same as `visible_to` with their authorship, but much cheaper."""
        return self.open_to(user).filter(raised_by=user)

    def handled_by(self, user: User) -> Self:
        """Concerns this person answers for at the charity: those of their circles and of circles they cover, and what
        waits while they are on call. Managers, safeguarding leads and directors answer for all."""
        mine = self.open_to(user)
        if any(user.has_role(role) for role in SEES_EVERY_CONCERN):
            return mine
        return mine.filter(self._answered_for_by(user))

    def _answered_for_by(self, user: User) -> Q:
        """Those of circles they coordinate, of circles whose coordinator they cover for now, and what waits while they
        are on call. A concern about a colleague they cover for is not seen through cover."""
        own = Q(circle__coordinator=user)
        if not user.has_role(Role.COORDINATOR):
            return own
        covered = COVERED(user.pk)
        through_cover = Q(circle__coordinator__in=covered) & (Q(about=None) | ~Q(about__in=covered))
        return own | through_cover | self._on_call_for(user)

    def on_call_for(self, user: User) -> Self:
        """Concerns that a coordinator on call answers for, of any circle: Immediate and Urgent ones that nobody at the
        charity has, and those they took on. None about staff: those go to the managers, leads and directors."""
        return self.open_to(user).filter(self._on_call_for(user)) if user.has_role(Role.COORDINATOR) else self.none()

    def _on_call_for(self, user: User) -> Q:
        """One level of subqueries and no joins, since every page of a concern asks this."""
        urgent = Q(ON_SHIFT.exists(user.pk), level__in=Level.at_once())
        of_no_staff = Q(about=None) | ~Q(about__in=STAFF_THEMSELVES(user.pk))
        return urgent & (Q(pk__in=LOOSE(user.pk)) | Q(pk__in=TAKEN_ON_SHIFT(user.pk))) & of_no_staff

    def in_queue(self, queue: Queue) -> Self:
        """Concerns that have reached a queue."""
        return self.filter(queue=queue, queued_at__isnull=False)

    def with_author(self) -> Self:
        """Adds `by_volunteer`: whether its author is a volunteer."""
        return self.annotate(by_volunteer=Exists(Volunteer.objects.filter(user=OuterRef("raised_by"))))

    def from_volunteers(self) -> Self:
        """Those whose author is a volunteer."""
        return self.filter(Exists(Volunteer.objects.filter(user=OuterRef("raised_by"))))

    def with_tellings(self) -> Self:
        """Adds `tellings`: the number of its shares, which say what agencies were told, or were not."""
        counted = self.model.objects.filter(pk=OuterRef("pk")).annotate(shared=Count("shares"))
        return self.annotate(tellings=Subquery(counted.values("shared")))

    def still_open(self) -> Self:
        return self.filter(status__in=self.model.OPEN)

    def chased(self, side: str) -> Self:
        """Concerns in which this side must have a next step now; the same as `Concern.is_chased`."""
        answered = Q(status=self.model.Status.ANSWERED)
        if side == Side.AGENCY:
            return self.still_open().filter(queued_at__isnull=False).exclude(answered)
        return self.still_open().exclude(answered & (Q(feedback__gt="") | Q(withheld__gt="")))
