"""What concerns put on a person's home page: those nobody has, those to finish, and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from alerts.leave.cover import COVERED
from alerts.message.models import Alert
from concerns.choices import Level, Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.concern.rows import SEES_EVERY_CONCERN, ConcernQuerySet
from concerns.drill.access import queues_to_rehearse
from concerns.engine.models import EscalationStep
from concerns.handover.models import Handover
from concerns.ladder.models import ASKED_BEFORE, end_of_holidays_within, working_time
from concerns.pattern.models import Pattern
from concerns.rota.operations import gaps_on_call
from concerns.worklist import registers, rota, shares
from core.templatetags.ui import moment
from core.worklist import WorkItem
from core.worktime import WORKING_DAY

PRESSES_BEFORE = timedelta(days=2)
"""A gap in the rota that is this near must be filled now."""
HANDOVER_WAITS = timedelta(hours=2)
REHEARSED_EVERY = timedelta(days=31)
TELL_WITHIN = 2 * WORKING_DAY
"""The author hears the outcome within two working days (domain.md 3.9)."""
HAVE_WITHIN = WORKING_DAY
"""Somebody must have a volunteer's concern within one working day, however long its ladder waits."""
ANSWER_FOR_CIRCLES = (Role.COORDINATOR, *SEES_EVERY_CONCERN)
MOST_DRAFTS = 50
CAN_WAIT = {Level.PRIORITY, Level.LOG}
PRESSING = {Level.IMMEDIATE, Level.URGENT}


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything in concerns that this person could take on now, or must finish."""
    return [
        *_queue_items_of(user),
        *_circle_items_of(user),
        *_late_items_of(user),
        *_handover_items_of(user, at),
        *_untold_items_of(user, at),
        *_unsent_items_of(user),
        *shares.work_of(user, at),
        *registers.work_of(user, at),
        *rota_items_of(user, at),
        *rota.work_of(user, at),
        *_pattern_items_of(user),
        *_rehearsal_items_of(user, at),
        *holiday_items_of(user, at),
    ]


def is_held_on(side: Side) -> Exists:
    """A condition: somebody on this side has promised to deal with the concern, and the promise stands."""
    promised = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side, promise__isnull=False)
    return Exists(promised)


def _with_next_due(concerns: QuerySet[Concern], side: Side) -> QuerySet[Concern]:
    step = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side).values("due_at")[:1]
    return concerns.annotate(next_due_at=step)


def item_for(concern: Concern, title: str, *, due_at: datetime | None = None) -> WorkItem:
    return WorkItem(
        title=title,
        url=concern.get_absolute_url(),
        due_at=due_at or getattr(concern, "next_due_at", None),
        must_act=concern.level in PRESSING,
        detail=f"{Level(concern.level).label} · {concern.reference}",
    )


def _queue_items_of(user: User) -> list[WorkItem]:
    if not (user.has_role(Role.LIAISON) or user.has_role(Role.MAPPA_COORDINATOR)):
        return []
    still_open = Concern.objects.visible_to(user).still_open().exclude(status=Concern.Status.ANSWERED)
    waiting = _with_next_due(still_open.filter(~is_held_on(Side.AGENCY), queued_at__isnull=False), Side.AGENCY)
    return [item_for(concern, "A concern nobody has yet") for concern in waiting.select_related("circle")]


def _circle_items_of(user: User) -> list[WorkItem]:
    if not user.has_role(Role.COORDINATOR):
        return []
    waiting = (
        Concern.objects.handled_by(user).still_open().exclude(raised_by=user).annotate(in_hand=is_held_on(Side.CHARITY))
    )
    found = list(_with_next_due(_with_answered_at(waiting.with_author()), Side.CHARITY))
    worktime = working_time() if found else None
    items = []
    for concern in found:
        if concern.status == Concern.Status.ANSWERED:
            due = worktime.add(concern.answered_at, TELL_WITHIN) if worktime else None  # type: ignore[attr-defined]
            items.append(
                item_for(concern, "Answered: finish it")
                if concern.is_feedback_settled
                else item_for(concern, "Answered: tell the volunteer", due_at=due)
            )
        elif not concern.in_hand:  # type: ignore[attr-defined]
            due = concern.next_due_at  # type: ignore[attr-defined]
            if worktime and concern.by_volunteer and concern.status == Concern.Status.RAISED:
                wanted = worktime.add(concern.received_at, HAVE_WITHIN)
                due = min(due, wanted) if due else wanted
            items.append(item_for(concern, "A concern nobody at the charity has yet", due_at=due))
    return items


def _with_answered_at(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """The concerns with `answered_at`, when the outcome was last recorded."""
    moves = ConcernEvent.objects.filter(concern=OuterRef("pk"), to_status=Concern.Status.ANSWERED)
    return concerns.annotate(answered_at=moves.order_by("-at").values("at")[:1])


def _untold_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For those who lead: concerns whose volunteer was not told in time, or whose coordinator it is about."""
    if not any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        return []
    answered = Concern.objects.visible_to(user).filter(status=Concern.Status.ANSWERED, feedback="", withheld="")
    found = list(_with_answered_at(answered.exclude(raised_by=user).select_related("circle")))
    worktime = working_time() if found else None
    items = []
    for concern in found:
        due = worktime.add(concern.answered_at, TELL_WITHIN) if worktime else at  # type: ignore[attr-defined]
        if due <= at or concern.about_id == concern.circle.coordinator_id:
            items.append(item_for(concern, "Answered: the volunteer is not told", due_at=due))
    return items


def _unsent_items_of(user: User) -> list[WorkItem]:
    """Unsent worries of a circle, for the people who were told that they exist. Their words are not shown."""
    if not any(user.has_role(role) for role in ANSWER_FOR_CIRCLES):
        return []
    told = Alert.objects.visible_to(user).inbox().filter(key__startswith="draft:", key__endswith=":circle")
    keys = list(told.order_by("-pk").values_list("key", flat=True)[:MOST_DRAFTS])
    if not keys:
        return []
    return [
        WorkItem(
            title="A worry was written in your circle and not sent",
            url=draft.circle.get_absolute_url(),
            due_at=draft.told_at,
            must_act=draft.level not in CAN_WAIT,
            detail=f"Circle {draft.circle.reference}. Ask its people whether something worries them.",
        )
        for draft in ConcernDraft.objects.told_of(user, keys).select_related("circle").order_by("told_at")
    ]


def _late_items_of(user: User) -> list[WorkItem]:
    """For those who lead: concerns whose coordinator has not answered in time."""
    if not any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        return []
    told = EscalationStep.objects.filter(concern=OuterRef("pk"), side=Side.CHARITY, fired_at__isnull=False, rung__gte=2)
    late = Concern.objects.visible_to(user).still_open().filter(Exists(told), ~is_held_on(Side.CHARITY))
    waiting = _with_next_due(late.exclude(status=Concern.Status.ANSWERED), Side.CHARITY)
    return [item_for(concern, "Nobody has answered this in time") for concern in waiting]


def _handover_items_of(user: User, at: datetime) -> list[WorkItem]:
    """Handovers this person must take; for those who lead, also those that nobody took for two hours."""
    if not any(user.has_role(role) for role in (Role.COORDINATOR, *SEES_EVERY_CONCERN)):
        return []
    covered = Q(owner__in=COVERED(user.pk))
    theirs = Q(owner=user) | covered
    if any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        theirs |= Q(due_at__lte=at - HANDOVER_WAITS)
    stands_in = ExpressionWrapper(covered, output_field=BooleanField())
    seen = Handover.objects.visible_to(user).waiting().annotate(stands_in=stands_in)
    waiting = seen.filter(theirs, concern__status__in=Concern.OPEN)
    return [
        WorkItem(
            title=_handover_title_of(each, user),
            url=reverse("concerns:handover", args=[each.concern.reference]),
            due_at=each.due_at,
            must_act=each.concern.level in PRESSING,
            detail=f"{Level(each.concern.level).label} · {each.concern.reference}",
        )
        for each in waiting.select_related("concern", "owner").order_by("due_at", "pk")
    ]


def _handover_title_of(handover: Handover, user: User) -> str:
    if handover.owner_id == user.pk:
        return "Handed over to you from on call"
    if handover.stands_in:  # type: ignore[attr-defined]
        return f"Handed over to {handover.owner.full_name}, for whom you cover"
    return "A handover nobody has taken"


def _rehearsal_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: queues that nobody has rehearsed for a month."""
    if not user.has_role(Role.MANAGER):
        return []
    queues = queues_to_rehearse(user).select_related("area").annotate(last=Max("drills__started_at"))
    overdue = queues.filter(Q(last=None) | Q(last__lte=at - REHEARSED_EVERY)).order_by("area__name")
    return [
        WorkItem(
            title=f"Rehearse the {queue.name}",
            url=reverse("concerns:drills"),
            detail="Not rehearsed for a month" if queue.last else "Never rehearsed",
        )
        for queue in overdue
    ]


def holiday_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the list of bank holidays ends soon."""
    last = end_of_holidays_within(ASKED_BEFORE, at=at) if user.has_role(Role.MANAGER) else None
    if last is None:
        return []
    detail = "After that day, clocks that count working hours run on bank holidays too"
    return [WorkItem(f"The list of bank holidays ends on {last:%-d %B %Y}", reverse("concerns:ladder"), detail=detail)]


def _pattern_items_of(user: User) -> list[WorkItem]:
    """For the safeguarding lead: patterns that nobody has looked at since they grew."""
    if not user.has_role(Role.SAFEGUARDING_LEAD):
        return []
    unseen = Pattern.objects.visible_to(user).filter(seen_at=None).order_by("grew_at", "pk")
    return [
        WorkItem(
            title=f"Concerns from different circles name the same {pattern.get_kind_display().lower()}",
            url=pattern.get_absolute_url(),
            must_act=True,
            detail=pattern.reference,
        )
        for pattern in unseen
    ]


def rota_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the first stretch of the next fortnight in which nobody is on call."""
    if not user.has_role(Role.MANAGER):
        return []
    found = gaps_on_call(at=at)
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


def concerns_at_the_end(at: datetime) -> ConcernQuerySet:
    """Open concerns with a ladder that has reached its end while nobody holds it: the status is red (E8).

    Such a ladder waits to repeat the rung that fired last. No other step does this.
    """
    fired = EscalationStep.objects.filter(
        concern=OuterRef("concern"), side=OuterRef("side"), rung=OuterRef("rung"), fired_at__lte=at
    )
    repeats = EscalationStep.objects.pending().filter(
        Exists(fired.filter(round=OuterRef("round") - 1)), concern=OuterRef("pk"), promise=None
    )
    return Concern.objects.still_open().filter(Exists(repeats))
