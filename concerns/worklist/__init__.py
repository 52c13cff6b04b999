"""What waits for whom in concerns: those nobody has, those answered and not yet told, and what came of mine."""

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
from concerns.rota.operations import gaps
from concerns.worklist import registers, rota, shares
from core.templatetags.ui import moment
from core.worklist import WorkItem
from core.worktime import WORKING_DAY

PRESSES_BEFORE = timedelta(days=2)
"""A gap in the rota this near is what somebody must act on now."""
HANDOVER_WAITS = timedelta(hours=2)
REHEARSED_EVERY = timedelta(days=31)
TELL_WITHIN = 2 * WORKING_DAY
"""Whoever raised it hears what came of it within two working days of the outcome (domain.md 3.9)."""
HAVE_WITHIN = WORKING_DAY
"""A person has a volunteer's concern within one working day, however long its ladder waits."""
ANSWER_FOR_CIRCLES = (Role.COORDINATOR, *SEES_EVERY_CONCERN)
MOST_DRAFTS = 50
CAN_WAIT = {Level.PRIORITY, Level.LOG}
PRESSING = {Level.IMMEDIATE, Level.URGENT}


def waiting_for(user: User, at: datetime) -> list[WorkItem]:
    """Concerns this person could take on now, or is to finish."""
    return [
        *in_my_queues(user),
        *in_my_circles(user),
        *escalated(user),
        *handed_over(user, at),
        *to_tell_late(user, at),
        *unsent_here(user),
        *shares.waiting_for(user, at),
        *registers.waiting_for(user, at),
        *nobody_on_call(user, at),
        *rota.waiting_for(user, at),
        *named_alike(user),
        *unrehearsed(user, at),
        *holidays_ending(user, at),
    ]


def held(side: Side) -> Exists:
    """Somebody on this side has promised, and the promise stands."""
    promised = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side, promise__isnull=False)
    return Exists(promised)


def next_due(concerns: QuerySet[Concern], side: Side) -> QuerySet[Concern]:
    step = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side).values("due_at")[:1]
    return concerns.annotate(next_due_at=step)


def item(concern: Concern, title: str, *, due_at: datetime | None = None) -> WorkItem:
    return WorkItem(
        title=title,
        url=concern.get_absolute_url(),
        due_at=due_at or getattr(concern, "next_due_at", None),
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
    waiting = Concern.objects.handled_by(user).still_open().exclude(raised_by=user).annotate(in_hand=held(Side.CHARITY))
    found = list(next_due(answered_since(waiting.with_author()), Side.CHARITY))
    worktime = working_time() if found else None
    items = []
    for concern in found:
        if concern.status == Concern.Status.ANSWERED:
            due = worktime.add(concern.answered_at, TELL_WITHIN) if worktime else None  # type: ignore[attr-defined]
            items.append(
                item(concern, "Answered: finish it")
                if concern.is_feedback_settled
                else item(concern, "Answered: tell the volunteer", due_at=due)
            )
        elif not concern.in_hand:  # type: ignore[attr-defined]
            due = concern.next_due_at  # type: ignore[attr-defined]
            if worktime and concern.by_volunteer and concern.status == Concern.Status.RAISED:
                wanted = worktime.add(concern.received_at, HAVE_WITHIN)
                due = min(due, wanted) if due else wanted
            items.append(item(concern, "A concern nobody at the charity has yet", due_at=due))
    return items


def answered_since(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Each with `answered_at`, when what came of it was last recorded."""
    moves = ConcernEvent.objects.filter(concern=OuterRef("pk"), to_status=Concern.Status.ANSWERED)
    return concerns.annotate(answered_at=moves.order_by("-at").values("at")[:1])


def to_tell_late(user: User, at: datetime) -> list[WorkItem]:
    """For those who lead: volunteers not told in time, and those whose coordinator it is about, who cannot tell them."""
    if not any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        return []
    answered = Concern.objects.visible_to(user).filter(status=Concern.Status.ANSWERED, feedback="", withheld="")
    found = list(answered_since(answered.exclude(raised_by=user).select_related("circle")))
    worktime = working_time() if found else None
    items = []
    for concern in found:
        due = worktime.add(concern.answered_at, TELL_WITHIN) if worktime else at  # type: ignore[attr-defined]
        if due <= at or concern.about_id == concern.circle.coordinator_id:
            items.append(item(concern, "Answered: the volunteer is not told", due_at=due))
    return items


def unsent_here(user: User) -> list[WorkItem]:
    """Worries written in a circle and not sent, for whoever was told that they exist; nothing of what they say."""
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


def escalated(user: User) -> list[WorkItem]:
    """For those who lead: concerns whose coordinator has not answered in time."""
    if not any(user.has_role(role) for role in SEES_EVERY_CONCERN):
        return []
    told = EscalationStep.objects.filter(concern=OuterRef("pk"), side=Side.CHARITY, fired_at__isnull=False, rung__gte=2)
    late = Concern.objects.visible_to(user).still_open().filter(Exists(told), ~held(Side.CHARITY))
    waiting = next_due(late.exclude(status=Concern.Status.ANSWERED), Side.CHARITY)
    return [item(concern, "Nobody has answered this in time") for concern in waiting]


def handed_over(user: User, at: datetime) -> list[WorkItem]:
    """Handovers this person is to take; and for those who lead, those nobody took in the first hours of the day."""
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
            title=handover_title(each, user),
            url=reverse("concerns:handover", args=[each.concern.reference]),
            due_at=each.due_at,
            must_act=each.concern.level in PRESSING,
            detail=f"{Level(each.concern.level).label} · {each.concern.reference}",
        )
        for each in waiting.select_related("concern", "owner").order_by("due_at", "pk")
    ]


def handover_title(handover: Handover, user: User) -> str:
    if handover.owner_id == user.pk:
        return "Handed over to you from on call"
    if handover.stands_in:  # type: ignore[attr-defined]
        return f"Handed over to {handover.owner.full_name}, for whom you cover"
    return "A handover nobody has taken"


def unrehearsed(user: User, at: datetime) -> list[WorkItem]:
    """Queues nobody has rehearsed for a month: for the manager, who starts a rehearsal."""
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


def holidays_ending(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the list of bank holidays comes to its end."""
    last = end_of_holidays_within(ASKED_BEFORE, at=at) if user.has_role(Role.MANAGER) else None
    if last is None:
        return []
    said = "After that day, clocks that count working hours run on bank holidays too"
    return [WorkItem(f"The list of bank holidays ends on {last:%-d %B %Y}", reverse("concerns:ladder"), detail=said)]


def named_alike(user: User) -> list[WorkItem]:
    """Patterns nobody has looked at as they stand: for who leads safeguarding."""
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


def at_the_end(at: datetime) -> ConcernQuerySet:
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
