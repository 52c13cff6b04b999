"""Which concerns a person may see, and on what ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import User
from accounts.models.role import Role
from alerts.models import Leave
from circles.models import Circle
from concerns.models.concern_choices import Level, Side
from concerns.models.queue import Queue
from concerns.models.rota import OnCallShift
from volunteers.models import Volunteer

if TYPE_CHECKING:
    from concerns.models.concern import Concern  # noqa: F401 - named in a base class below

STAFF = [role.value for role in Role if role.is_staff]
SEES_EVERY_CONCERN = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


def circles_answered_for_by(user: User) -> models.QuerySet[Circle]:
    """The circles whose concerns this person answers: those they coordinate, and those of whom they cover now."""
    covered = Leave.objects.covered_by(user).values("person")
    return Circle.objects.filter(Q(coordinator=user) | Q(coordinator__in=covered))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open_to(self, user: User) -> Self:
        """Leaves out every concern about this person: barred beats granted."""
        return self.exclude(about=user) if user.is_active else self.none()

    def visible_to(self, user: User) -> Self:
        """What this person raised, answers for at the charity, or has in a queue."""
        mine = self.open_to(user)
        if any(user.has_role(role) for role in SEES_EVERY_CONCERN):
            return mine
        queued = Q(queue__in=Queue.objects.worked_by(user).values("pk"), queued_at__isnull=False)
        return mine.filter(Q(raised_by=user) | self._answered_for_by(user) | queued)

    def handled_by(self, user: User) -> Self:
        """What this person answers for at the charity: their circles', those of whom they cover, what waits while
        they are on call; all for those who lead."""
        mine = self.open_to(user)
        if any(user.has_role(role) for role in SEES_EVERY_CONCERN):
            return mine
        return mine.filter(self._answered_for_by(user))

    def _answered_for_by(self, user: User) -> Q:
        covered = Leave.objects.covered_by(user).values("person")
        about_whom_they_cover = Q(about__isnull=False, about__in=covered)
        coordinated = Q(circle__in=circles_answered_for_by(user).values("pk")) & ~about_whom_they_cover
        if not user.has_role(Role.COORDINATOR):
            return coordinated
        return coordinated | Q(pk__in=self.model.objects.on_call_for(user).values("pk"))

    def on_call_for(self, user: User) -> Self:
        """What a coordinator on call answers for in any circle: Immediate and Urgent ones that nobody at the charity
        has, and those they took on; never what is about somebody on the staff, which goes to those who lead."""
        if not user.has_role(Role.COORDINATOR):
            return self.none()
        began = OnCallShift.objects.held_by(user).order_by("starts_at").values("starts_at")[:1]
        nobodys_or_theirs = Q(steps__promise=None) | Q(steps__promise__by=user)
        loose = Q(steps__side=Side.CHARITY, steps__fired_at=None, steps__stopped_at=None) & nobodys_or_theirs
        theirs = Q(
            acknowledgements__by=user, acknowledgements__side=Side.CHARITY, acknowledgements__at__gte=Subquery(began)
        )
        urgent = self.open_to(user).filter(Exists(OnCallShift.objects.held_by(user)), level__in=Level.at_once())
        return urgent.filter(loose | theirs).exclude(about__groups__name__in=STAFF)

    def in_queue(self, queue: Queue) -> Self:
        """Concerns that have reached a queue."""
        return self.filter(queue=queue, queued_at__isnull=False)

    def with_author(self) -> Self:
        """Each with `by_volunteer`: whether whoever raised it is a volunteer."""
        return self.annotate(by_volunteer=Exists(Volunteer.objects.filter(user=OuterRef("raised_by"))))

    def from_volunteers(self) -> Self:
        """Those whose author is a volunteer."""
        return self.filter(Exists(Volunteer.objects.filter(user=OuterRef("raised_by"))))

    def with_tellings(self) -> Self:
        """Each with `tellings`: how many records there are of what agencies were told, or were not."""
        counted = self.model.objects.filter(pk=OuterRef("pk")).annotate(shared=Count("shares"))
        return self.annotate(tellings=Subquery(counted.values("shared")))

    def still_open(self) -> Self:
        return self.filter(status__in=self.model.OPEN)
