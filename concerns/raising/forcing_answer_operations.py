"""The log's answers that must become concerns: add one to a concern, or raise one that its writer forgot."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.forcing_answer.models import ForcingAnswer
from circles.forcing_answer.operations import note_passed_on_by_the_service
from circles.log.operations import note_concern_raised
from circles.meeting.locking import lock_meeting
from circles.minutes.models import Minutes
from concerns.choices import Kind, Level
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.handling.promise_operations import refuse_ended
from concerns.handling.triage_operations import change_level
from concerns.raising.operations import store_concern
from concerns.routing.following import kinds_of, level_rule_of
from core.errors import Refused

logger = logging.getLogger(__name__)

KINDS_OF_ANSWER: dict[str, tuple[Kind, ...]] = {
    "wellbeing": (Kind.SELF_HARM,),
    "licence": (Kind.LICENCE, Kind.ORDER, Kind.NOTIFICATION, Kind.EXCLUSION),
    "children_contact": (Kind.CHILD_CONTACT,),
    "worry": (),
}
"""The kinds of concern that settle each of the log's answers. The service raises a forgotten answer as the first."""

DETAIL_FIELDS = {"worry": "worry_words", "children_contact": "children_detail"}
"""The field of the log that holds the writer's own words about an answer."""


def settled_answers_of(concern: Concern, asked: ForcingAnswer | None) -> list[str]:
    """The log's questions that a concern settles: the one it was raised for, and those of its kinds."""
    fields = {field for field, kinds in KINDS_OF_ANSWER.items() if set(kinds) & set(concern.kinds)}
    return sorted(fields | ({asked.field} if asked is not None else set()))


@transaction.atomic
def add_answer_to_concern(concern: Concern, *, answer: ForcingAnswer, by: User, at: datetime) -> Concern:
    """Add an answer of the log to a concern, as its author asks. The level goes up where the answer needs it sooner.

    Only a concern from the same meeting takes it, while it is open, and never one about a member of the team.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.say_whom_told)
    refuse_ended(concern)
    if concern.raised_by_id != by.pk or concern.meeting_id != answer.minutes.meeting_id or concern.about_id:
        raise Refused("Only what you sent from this log can be about its answer. Send this one by itself.")
    if concern.status == Concern.Status.ANSWERED:
        raise Refused("This concern is answered already. Send this one by itself.")
    kinds = kinds_of({"kinds": [*concern.kinds, *KINDS_OF_ANSWER[answer.field][:1]]})
    concern.kind, concern.also = kinds[0], kinds[1:]
    concern.save(update_fields=["kind", "also"])
    concern.note("Its author says that the log’s answer is part of it", by=by, at=at, detail=answer.in_words)
    rule = level_rule_of({"kinds": kinds, "going_on": concern.going_on, "at_risk": concern.at_risk})
    sooner = Level(concern.level).sooner(rule.level if rule else "")
    if sooner != concern.level:
        change_level(concern, sooner, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="an answer of the log added")
    note_concern_raised(answer.minutes.meeting, reference=concern.reference, answers=[answer.field], by=by, at=at)
    return concern


def pass_on_forgotten_answers(*, at: datetime, limit: int = 200) -> int:
    """Raise a concern for every answer that its writer left too long. Returns how many. What fails stays due."""
    overdue = ForcingAnswer.objects.overdue(at).order_by("due_at", "pk")
    passed_on = 0
    for pk in list(overdue.values_list("pk", flat=True)[:limit]):
        try:
            passed_on += _pass_on_answer(pk, at=at)
        except Exception:
            logger.exception("an answer of a log could not be passed on", extra={"row": pk})
    return passed_on


@transaction.atomic
def _pass_on_answer(pk: int, *, at: datetime) -> bool:
    """Raise the concern that an answer needs, in its writer's name and with the log's words, and tell the writer.

    The submit key is made from the answer, so that two sweeps at once raise one concern.
    """
    overdue = ForcingAnswer.objects.overdue(at).select_related("minutes__meeting__circle", "given_by").filter(pk=pk)
    waiting = overdue.first()
    if waiting is None:
        return False
    lock_meeting(waiting.minutes.meeting)  # the meeting first, as whoever writes in its log does
    answer = overdue.select_for_update(of=("self",)).first()
    if answer is None:
        return False
    meeting, writer = answer.minutes.meeting, answer.given_by
    small = answer.value == Minutes.Worry.SMALL
    concern = store_concern(
        meeting.circle,
        submit_key=uuid5(NAMESPACE_URL, f"answer:{answer.pk}"),
        suggested=Level.PRIORITY if small else Level.URGENT,
        words=_words_of_answer(answer),
        by=writer,
        at=at,
        meeting=meeting,
        about=None,
        answers={"kinds": [kind.value for kind in KINDS_OF_ANSWER[answer.field][:1]]},
    )
    concern.note("Passed on by the service: its writer had not sent it", by=None, at=at)
    write_entry(Act.COLLECTED, concern, by=None, at=at, within=concern.filed_within, note="passed on from a log")
    note_passed_on_by_the_service(answer, reference=concern.reference, at=at)
    queue_alert(
        key=f"{concern.reference}:passed_on",
        to=[writer],
        wording=Wording.THERE_IS_NEWS,
        urgency=Urgency.ROUTINE,
        about=concern.circle.core_member_id,
        link=reverse("concerns:receipt", args=[concern.reference]),
        at=at,
    )
    return True


def _words_of_answer(answer: ForcingAnswer) -> str:
    """The answer as a sentence, and the writer's own words about it."""
    detail = getattr(answer.minutes, DETAIL_FIELDS.get(answer.field, ""), "")
    sentence = f"In the log of this meeting: {answer.in_words}"
    return f"{sentence}\n\n{detail}".strip()
