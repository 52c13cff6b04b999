"""Work about concerns, as kinds: what nobody has, what to finish, what is late, handovers and shares.

They stand on the home page and, where they are about one circle, on its page (circles/worklist/lines.py says how).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.access import Role
from alerts.leave.cover import COVERED
from alerts.message.models import Alert
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from concerns.choices import Level, Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.concern.rows import SEES_EVERY_CONCERN, ConcernQuerySet
from concerns.engine.models import EscalationStep
from concerns.handover.models import Handover
from core.worklist import Rank, WorkItem
from core.worktime import WORKING_DAY

HANDOVER_WAITS = timedelta(hours=2)
TELL_WITHIN = 2 * WORKING_DAY
"""The author hears the outcome within two working days (domain.md 3.9)."""
HAVE_WITHIN = WORKING_DAY
"""Somebody must have a volunteer's concern within one working day, however long its ladder waits."""
CAN_WAIT = {Level.PRIORITY, Level.LOG}
RANKS: dict[str, Rank] = {Level.IMMEDIATE: Rank.IMMEDIATE, Level.URGENT: Rank.URGENT}


def rank_of(level: str) -> Rank:
    """Where work about a concern of this level stands on a list."""
    return RANKS.get(level, Rank.OTHER)


def is_held_on(side: Side) -> Exists:
    """A condition: somebody on this side has promised to deal with the concern, and the promise stands."""
    promised = EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side, promise__isnull=False)
    return Exists(promised)


def leads(reader: WorkReader) -> bool:
    return any(reader.user.has_role(role) for role in SEES_EVERY_CONCERN)


def _next_due(side: Side) -> Any:
    return EscalationStep.objects.pending().filter(concern=OuterRef("pk"), side=side).values("due_at")[:1]


def _answered_at() -> Any:
    """When the outcome was last recorded."""
    moves = ConcernEvent.objects.filter(concern=OuterRef("pk"), to_status=Concern.Status.ANSWERED)
    return moves.order_by("-at").values("at")[:1]


def _lines_of(concerns: QuerySet[Concern], reader: WorkReader, *, due: str, **facts: Any) -> Rows:
    """Lines of these concerns of the circle that is meant, or of all."""
    return as_lines(concerns.filter(reader.within("circle")), due=due, ref="reference", level="level", **facts)


def _item_of(line: WorkLine, title: str, due_at: Any = None, page: str = "concern") -> WorkItem:
    level = Level(line.facts["level"])
    return WorkItem(
        title=title,
        url=reverse(f"concerns:{page}", args=[line.facts["ref"]]),
        due_at=due_at,
        must_act=level.tells_agency_at_once,
        detail=f"{level.label} · {line.facts['ref']}",
        rank=rank_of(level),
    )


def _queue_rows(reader: WorkReader) -> Rows:
    """For the agencies: concerns of their queues that nobody there has."""
    still_open = Concern.objects.visible_to(reader.user).still_open().exclude(status=Concern.Status.ANSWERED)
    if not (reader.user.has_role(Role.LIAISON) or reader.user.has_role(Role.MAPPA_COORDINATOR)):
        still_open = still_open.none()
    waiting = still_open.filter(~is_held_on(Side.AGENCY), queued_at__isnull=False)
    return _lines_of(waiting.annotate(next_due_at=_next_due(Side.AGENCY)), reader, due="next_due_at")


def _say_queue(line: WorkLine, reader: WorkReader) -> WorkItem:
    return _item_of(line, "A concern nobody has yet", line.due)


def _own_concerns(reader: WorkReader) -> ConcernQuerySet:
    """The open concerns that a coordinator answers for."""
    ours = Concern.objects.handled_by(reader.user).still_open().exclude(raised_by=reader.user)
    return ours if reader.user.has_role(Role.COORDINATOR) else ours.none()


def _concern_rows(reader: WorkReader) -> Rows:
    """Concerns that nobody at the charity has."""
    waiting = _own_concerns(reader).exclude(status=Concern.Status.ANSWERED).filter(~is_held_on(Side.CHARITY))
    return _lines_of(
        waiting.with_author().annotate(next_due_at=_next_due(Side.CHARITY)),
        reader,
        due="next_due_at",
        by_volunteer="by_volunteer",
        status="status",
        received_at="received_at",
    )


def _say_concern(line: WorkLine, reader: WorkReader) -> WorkItem:
    due = line.due
    if line.facts["by_volunteer"] and line.facts["status"] == Concern.Status.RAISED:
        wanted = reader.worktime.add(line.moment("received_at"), HAVE_WITHIN)
        due = min(due, wanted) if due else wanted
    return _item_of(line, "A concern nobody at the charity has yet", due)


def _answered_rows(reader: WorkReader) -> Rows:
    """Concerns that were answered, for the coordinator to tell the author and to finish."""
    answered = _own_concerns(reader).filter(status=Concern.Status.ANSWERED).annotate(answered_at=_answered_at())
    return _lines_of(
        answered, reader, due="answered_at", answered_at="answered_at", feedback="feedback", withheld="withheld"
    )


def _say_answered(line: WorkLine, reader: WorkReader) -> WorkItem:
    if line.facts["feedback"] or line.facts["withheld"]:
        return _item_of(line, "Answered: finish it")
    due = reader.worktime.add(line.moment("answered_at"), TELL_WITHIN)
    return _item_of(line, "Answered: tell the volunteer", due)


def _late_rows(reader: WorkReader) -> Rows:
    """For those who lead: concerns whose coordinator has not answered in time."""
    told = EscalationStep.objects.filter(concern=OuterRef("pk"), side=Side.CHARITY, fired_at__isnull=False, rung__gte=2)
    late = Concern.objects.visible_to(reader.user).still_open().filter(Exists(told), ~is_held_on(Side.CHARITY))
    late = late.exclude(status=Concern.Status.ANSWERED) if leads(reader) else late.none()
    return _lines_of(
        late.annotate(next_due_at=_next_due(Side.CHARITY)),
        reader,
        due="received_at" if reader.wall else "next_due_at",
        received_at="received_at",
    )


def _say_late(line: WorkLine, reader: WorkReader) -> WorkItem:
    return _item_of(line, "Nobody has answered this in time", line.due)


def _untold_rows(reader: WorkReader) -> Rows:
    """For those who lead: concerns whose volunteer was not told in time, or whose coordinator it is about."""
    answered = Concern.objects.visible_to(reader.user).filter(status=Concern.Status.ANSWERED, feedback="", withheld="")
    if not leads(reader):
        answered = answered.none()
    about_her = Case(When(about=F("circle__coordinator"), then=True), default=False)
    return _lines_of(
        answered.exclude(raised_by=reader.user).annotate(answered_at=_answered_at()),
        reader,
        due="answered_at",
        answered_at="answered_at",
        about_her=about_her,
    )


def _say_untold(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    due = reader.worktime.add(line.moment("answered_at"), TELL_WITHIN)
    if due > reader.at and not line.facts["about_her"]:
        return None
    return _item_of(line, "Answered: the volunteer is not told", due)


def _handover_rows(reader: WorkReader) -> Rows:
    """Handovers this person must take; for those who lead, also those that nobody took for two hours."""
    covered = Q(owner__in=COVERED(reader.user.pk))
    theirs = Q(owner=reader.user) | covered
    if leads(reader):
        theirs |= Q(due_at__lte=reader.at - HANDOVER_WAITS)
    waiting = Handover.objects.visible_to(reader.user).waiting().filter(theirs, concern__status__in=Concern.OPEN)
    if not (leads(reader) or reader.user.has_role(Role.COORDINATOR)):
        waiting = waiting.none()
    return as_lines(
        waiting.filter(reader.within("concern__circle")),
        due="due_at",
        circle="concern__circle",
        owner="owner",
        ref="concern__reference",
        level="concern__level",
        owner_key="owner",
        owner_name="owner__full_name",
        stands_in=Case(When(covered, then=True), default=False),
    )


def _say_handover(line: WorkLine, reader: WorkReader) -> WorkItem:
    title = "A handover nobody has taken"
    if line.facts["owner_key"] == reader.user.pk:
        title = "Handed over to you from on call"
    elif line.facts["stands_in"]:
        title = f"Handed over to {line.facts['owner_name']}, for whom you cover"
    return _item_of(line, title, line.due, page="handover")


def _unsent_rows(reader: WorkReader) -> Rows:
    """Unsent worries of a circle, for the people who were told that they exist. Their words are not shown."""
    key = Concat(Value("draft:"), Cast(OuterRef("submit_key"), CharField()), Value(":circle"))
    told = Alert.objects.visible_to(reader.user).inbox().filter(key=key)
    drafts = ConcernDraft.objects.told_of(reader.user).filter(reader.within("circle"), Exists(told))
    if not (leads(reader) or reader.user.has_role(Role.COORDINATOR)):
        drafts = drafts.none()
    return as_lines(drafts, due="told_at", level="level")


def _say_unsent(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title="A worry was written in your circle and not sent",
        url=reverse("circles:circle", args=[line.circle]),
        due_at=line.due,
        must_act=line.facts["level"] not in CAN_WAIT,
        detail=f"Circle {line.circle}. Ask its people whether something worries them.",
        rank=rank_of(line.facts["level"]),
    )


CONCERN_KINDS = (
    WorkKind("queue", "Concerns nobody has", _queue_rows, _say_queue, on_wall=False),
    WorkKind("concern", "Concerns nobody has", _concern_rows, _say_concern, on_wall=False),
    WorkKind("answered", "Answers to tell", _answered_rows, _say_answered, on_wall=False),
    WorkKind("late", "Concerns not answered in time", _late_rows, _say_late),
    WorkKind("handover", "Handovers not taken", _handover_rows, _say_handover),
    WorkKind("untold", "Answers not told", _untold_rows, _say_untold),
    WorkKind("unsent", "Worries not sent", _unsent_rows, _say_unsent, on_wall=False),
)
