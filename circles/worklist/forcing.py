"""Answers in a log that must be passed on and are not: their writer's first business, and the coordinator's."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from circles.forcing_answer.models import ForcingAnswer
from circles.worklist.kept import Kept
from core.templatetags.ui import clock
from core.worklist import WorkItem


def answers_to_pass_on(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """The waiting answers this person gave, and those of the circles they coordinate; one query where there are any."""
    if not kept.with_answers:
        return []
    mine = Q(given_by=user, minutes__meeting__circle__in=kept.joined)
    waiting = ForcingAnswer.objects.visible_to(user).still_open()
    waiting = waiting.filter(mine | Q(minutes__meeting__circle__in=kept.coordinated))
    rows = waiting.select_related("minutes__meeting__circle", "given_by").order_by("due_at", "pk")
    return [item_of(answer, user) for answer in rows]


def item_of(answer: ForcingAnswer, user: User) -> WorkItem:
    meeting = answer.minutes.meeting
    asked = {"circle": meeting.circle.reference, "meeting": meeting.reference, "answer": answer.field}
    if answer.given_by_id == user.pk:
        title = f"Pass this on now. {answer.in_words}"
        url = f"{reverse('concerns:raise')}?{urlencode(asked)}"
    else:
        title = f"{answer.given_by.first_name}’s log says: {answer.in_words}"
        url = reverse("circles:circle", args=[meeting.circle.reference])
    return WorkItem(
        title=title,
        url=url,
        due_at=answer.due_at,
        must_act=True,
        detail=f"Circle {meeting.circle.reference}. Not passed on yet; the service does it at {clock(answer.due_at)}.",
    )
