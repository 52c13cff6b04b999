"""What waits for whom in concerns: those nobody has, those answered and not yet told, and what came of mine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from concerns import register_worklist as registers
from concerns import share_worklist as shares
from concerns.models import Concern, EscalationStep, Level, Side
from concerns.models.concern import SEES_EVERY_CONCERN, answered_for_by
from concerns.operations import gaps
from core.templatetags.ui import moment
from core.worklist import WorkItem

NEWS_FOR = timedelta(days=30)
PRESSES_BEFORE = timedelta(days=2)
"""A gap in the rota this near is what somebody must act on now."""
PRESSING = {Level.IMMEDIATE, Level.URGENT}


def waiting_for(user: User, at: datetime) -> list[WorkItem]:
    """Concerns this person could take on now, or is to finish."""
    return [
        *in_my_queues(user),
        *in_my_circles(user),
        *escalated(user),
        *shares.waiting_for(user, at),
        *registers.waiting_for(user, at),
        *nobody_on_call(user, at),
    ]


def held(side: Side) -> Exists:
    """Somebody on this side has promised, and the promise stands."""
    promised = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side, promise__isnull=False)
    return Exists(promised)


def next_due(concerns: QuerySet[Concern], side: Side) -> QuerySet[Concern]:
    step = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side).values("due_at")[:1]
    return concerns.annotate(next_due_at=step)


def item(concern: Concern, title: str) -> WorkItem:
    return WorkItem(
        title=title,
        url=concern.get_absolute_url(),
        due_at=getattr(concern, "next_due_at", None),
        must_act=concern.level in PRESSING,
        detail=f"{Level(concern.level).label} · {concern.reference}",
    )


def in_my_queues(user: User) -> list[WorkItem]:
    if not (user.has_role(Role.LIAISON) or user.has_role(Role.MAPPA_COORDINATOR)):
        return []
    still_open = Concern.objects.visible_to(user).still_open().exclude(status=Concern.Status.ANSWERED)
    waiting = next_due(still_open.filter(~held(Side.AGENCY), queued_at__isnull=False), Side.AGENCY)
    return [item(concern, "A concern nobody has yet") for concern in waiting.select_related("circle")]


def in_my_circles(user: User) -> list[WorkItem]:
    if not user.has_role(Role.COORDINATOR):
        return []
    mine = answered_for_by(user).values("pk")
    waiting = Concern.objects.visible_to(user).still_open().filter(circle__in=mine).exclude(raised_by=user)
    in_hand = set(waiting.filter(held(Side.CHARITY)).values_list("pk", flat=True))
    items = []
    for concern in next_due(waiting, Side.CHARITY):
        if concern.status == Concern.Status.ANSWERED:
            items.append(
                item(concern, "Answered: tell the volunteer" if not concern.feedback else "Answered: finish it")
            )
        elif concern.pk not in in_hand:
            items.append(item(concern, "A concern nobody at the charity has yet"))
    return items


def escalated(user: User) -> list[WorkItem]:
    """For those who lead: concerns whose coordinator has not answered in time."""
    if not any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        return []
    told = EscalationStep.objects.filter(concern=OuterRef("pk"), side=Side.CHARITY, fired_at__isnull=False, rung__gte=2)
    late = Concern.objects.visible_to(user).still_open().filter(Exists(told), ~held(Side.CHARITY))
    waiting = next_due(late.exclude(status=Concern.Status.ANSWERED), Side.CHARITY)
    return [item(concern, "Nobody has answered this in time") for concern in waiting]


def nobody_on_call(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the first stretch of the next fortnight in which nobody is on call."""
    if not user.has_role(Role.MANAGER):
        return []
    found = gaps(at=at)
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return [
        WorkItem(
            title="Nobody is on call",
            url=reverse("concerns:rota"),
            due_at=gap.starts_at,
            must_act=gap.starts_at <= at + PRESSES_BEFORE,
            detail=f"{moment(gap.starts_at)} to {moment(gap.ends_at)}{more}",
        )
        for gap in found[:1]
    ]


def at_the_end(at: datetime) -> QuerySet[Concern]:
    """Open concerns one of whose ladders has run out with nobody holding it: the status is red (E8).

    Such a ladder waits to repeat the rung that fired last, which no other step does.
    """
    fired = EscalationStep.objects.filter(
        concern=OuterRef("concern"), side=OuterRef("side"), rung=OuterRef("rung"), fired_at__lte=at
    )
    repeats = EscalationStep.objects.pending().filter(
        Exists(fired.filter(round=OuterRef("round") - 1)), concern=OuterRef("pk"), promise=None
    )
    return Concern.objects.still_open().filter(Exists(repeats))


def news(user: User, at: datetime) -> list[WorkItem]:
    """What came of what this person raised, the latest first."""
    told = Concern.objects.visible_to(user).filter(raised_by=user, feedback_at__gte=at - NEWS_FOR)
    return [
        WorkItem(
            title=f"Your concern of {concern.received_at:%-d %B}",
            url=concern.get_absolute_url() + "receipt/",
            detail=concern.get_feedback_display(),
        )
        for concern in told.order_by("-feedback_at")[:3]
    ]
