"""Work items about answers in a log that must be passed on as a concern and are not yet."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from circles.forcing_answer.models import ForcingAnswer
from circles.worklist.own_circles import OwnCircles
from core.templatetags.ui import clock
from core.worklist import WorkItem


def forcing_answer_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Such answers that this person gave, or of circles they coordinate. No query if there are none."""
    if not own_circles.with_answers:
        return []
    mine = Q(given_by=user, minutes__meeting__circle__in=own_circles.joined)
    waiting = ForcingAnswer.objects.visible_to(user).still_open()
    waiting = waiting.filter(mine | Q(minutes__meeting__circle__in=own_circles.coordinated))
    rows = waiting.select_related("minutes__meeting__circle", "given_by").order_by("due_at", "pk")
    return [_item_of(answer, user) for answer in rows]


def _item_of(answer: ForcingAnswer, user: User) -> WorkItem:
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
