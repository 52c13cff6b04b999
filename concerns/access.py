"""Who may do what to a concern, and who must be told of one."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from accounts.access import Role, people_in
from accounts.models import User
from alerts.models import Leave
from circles.models import Circle, Membership
from concerns.models import Concern, Drill, LadderVersion, Queue, Share, Side
from concerns.models.ladder import READS_LADDER
from concerns.models.rota import READS_ROTA
from core.access import Access, act

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


class ConcernAccess(Access):
    """Acts on one concern. Whoever it is about may do none of them (escalation.md 1.6)."""

    by: User
    record: Concern

    @cached_property
    def is_about_them(self) -> bool:
        return self.record.about_id == self.by.pk

    @cached_property
    def raised_it(self) -> bool:
        return self.record.raised_by_id == self.by.pk

    @cached_property
    def coordinates(self) -> bool:
        if self.is_about_them:
            return False
        return self.record.circle.coordinator_id == self.by.pk or self.covers

    @cached_property
    def covers(self) -> bool:
        """Whoever covers for the coordinator answers as they do, while it lasts; never what is about them."""
        coordinator = self.record.circle.coordinator_id
        if not self.by.has_role(Role.COORDINATOR) or self.record.about_id == coordinator:
            return False
        return Leave.objects.covered_by(self.by).filter(person=coordinator).exists()

    @cached_property
    def leads(self) -> bool:
        return not self.is_about_them and any(self.by.has_role(role) for role in LEADS)

    @cached_property
    def works_queue(self) -> bool:
        if self.is_about_them or self.record.queued_at is None or self.record.queue_id is None:
            return False
        return Queue.objects.worked_by(self.by).filter(pk=self.record.queue_id).exists()

    @property
    def side(self) -> Side:
        """Whose clock this person answers for."""
        return Side.CHARITY if self.coordinates or self.leads else Side.AGENCY

    @cached_property
    def first_name_only(self) -> set[int]:
        """Whose surname this reader does not learn: for the agencies, the circle's volunteers (domain.md 4.4)."""
        if self.side == Side.CHARITY:
            return set()
        volunteers = Membership.objects.filter(circle=self.record.circle_id).values_list("volunteer__user", flat=True)
        return {self.record.raised_by_id, *volunteers}

    @act("read how this concern was handled")
    def read_story(self) -> bool:
        return self.coordinates or self.leads or self.works_queue

    @act("claim this concern")
    def claim(self) -> bool:
        return self.acknowledge

    @act("take this concern on, because somebody other than its author must")
    def acknowledge(self) -> bool:
        return self.read_story and not self.raised_it

    @act("record what was done about this concern")
    def record_action(self) -> bool:
        return self.read_story

    @act("pass this concern to the area's queue")
    def pass_on(self) -> bool:
        return self.coordinates or self.leads

    @act("put this concern on hold")
    def hold(self) -> bool:
        return self.acknowledge

    @act("move this concern to another area's queue")
    def move(self) -> bool:
        return self.pass_on

    @act("join this concern to another")
    def merge(self) -> bool:
        return self.pass_on

    @act("record the answer to this concern")
    def answer(self) -> bool:
        if self.record.queued_at is not None:
            return self.works_queue or self.leads
        return self.coordinates or self.leads

    @act("tell the volunteer what came of this concern")
    def give_feedback(self) -> bool:
        return self.read_story

    @act("finish this concern")
    def close(self) -> bool:
        return self.read_story

    @act("mark this concern as raised in error")
    def mark_raised_in_error(self) -> bool:
        return self.coordinates or self.leads

    @act("see who looked at this concern")
    def see_who_looked(self) -> bool:
        return self.read_story

    @act("tell an agency about this concern")
    def share(self) -> bool:
        return self.coordinates or self.leads

    @act("see who was told of this concern, and how")
    def see_deliveries(self) -> bool:
        return self.read_story


class ShareAccess(Access):
    """What was told to an agency: the charity's own, and the recipient's to answer."""

    by: User
    record: Share

    @cached_property
    def is_ours(self) -> bool:
        return ConcernAccess(self.by, self.record.concern).share

    @cached_property
    def was_sent_it(self) -> bool:
        return self.record.recipient_id == self.by.pk and self.record.sent_at is not None

    @act("read how this share came about")
    def read_story(self) -> bool:
        return self.is_ours

    @act("approve what an agency is told")
    def approve(self) -> bool:
        return self.is_ours

    @act("send this, or decide not to")
    def send(self) -> bool:
        return self.is_ours

    @act("say that the agency has this")
    def acknowledge(self) -> bool:
        return self.is_ours or self.was_sent_it


class RotaAccess(Access):
    """Acts on the on-call rota, which holds no case."""

    by: User

    @act("read the on-call rota; the number to ring is on every page")
    def read_rota(self) -> bool:
        return any(self.by.has_role(role) for role in READS_ROTA)

    @act("plan who is on call")
    def plan_shift(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)


def on_call_people() -> QuerySet[User]:
    """Who may be put on call: the charity's staff."""
    staff = people_in(Role.COORDINATOR) | people_in(Role.MANAGER) | people_in(Role.SAFEGUARDING_LEAD)
    return (staff | people_in(Role.DIRECTOR)).order_by("full_name", "pk")


class DrillAccess(Access):
    """Acts on the rehearsals of the queues, which hold no case."""

    by: User
    record: Drill | None

    @act("list the rehearsals")
    def list_drills(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @act("start a rehearsal")
    def start_drill(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("answer this rehearsal, which was for others")
    def answer_drill(self) -> bool:
        return self.record is not None and self.record.answers.filter(person=self.by).exists()


class LadderAccess(Access):
    """Acts on the ladder's versions and the holidays: two people to change a clock (escalation.md 3)."""

    by: User
    record: LadderVersion | None

    @act("read the ladder and the holidays")
    def read_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in READS_LADDER)

    @act("change the list of holidays")
    def edit_holidays(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("propose another ladder")
    def propose_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @act("agree to this ladder, because somebody other than its author must")
    def approve_ladder(self) -> bool:
        return self.propose_ladder and self.record is not None and self.record.proposed_by_id != self.by.pk


def queues_to_rehearse(user: User) -> QuerySet[Queue]:
    """Which queues there are, for those who see to it that they are rehearsed; not what is in them."""
    return Queue.objects.all() if DrillAccess(user).list_drills else Queue.objects.none()


class RaisingAccess(Access):
    """Raising a concern about a circle: never blocked for anyone who belonged to it (domain.md 10.2)."""

    by: User
    record: Circle

    @act("raise a concern about a circle you never belonged to")
    def raise_concern(self) -> bool:
        return raisable_by(self.by).filter(pk=self.record.pk).exists()


def raisable_by(user: User) -> QuerySet[Circle]:
    """Circles a person may raise a concern about: those they see, and those they once belonged to."""
    if not user.is_active:
        return Circle.objects.none()
    belonged = Membership.objects.filter(volunteer__user=user)
    visible = Circle.objects.visible_to(user)
    return Circle.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk__in=belonged.values("circle")))


def responders_for(concern: Concern) -> QuerySet[User]:
    """Everyone who could take this concern on now; never its author, never whom it is about."""
    leads = people_in(Role.MANAGER) | people_in(Role.SAFEGUARDING_LEAD) | people_in(Role.DIRECTOR)
    found = Q(pk=concern.circle.coordinator_id) | Q(pk__in=leads.values("pk"))
    if concern.about_id != concern.circle.coordinator_id:
        found |= Q(pk__in=covering(concern.circle.coordinator).values("pk"))
    if concern.queue is not None and concern.queued_at is not None:
        found |= Q(pk__in=concern.queue.workers().values("pk"))
    barred = [pk for pk in (concern.raised_by_id, concern.about_id) if pk is not None]
    responders: QuerySet[User] = User.objects.filter(found, is_active=True).exclude(pk__in=barred)
    return responders


def covering(person: User) -> QuerySet[User]:
    """Coordinators who cover for this person now."""
    deputies = Leave.objects.standing().filter(person=person, starts_at__lte=Now(), ends_at__gt=Now()).values("deputy")
    return people_in(Role.COORDINATOR).filter(pk__in=deputies)
