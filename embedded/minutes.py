"""Loads one evening's minutes in full: tags, minutes sent twice, one volunteer who agrees and one who does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from circles.circle.models import Circle
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.operations import return_minutes
from circles.taxonomy.models import Tag
from circles.taxonomy.tag_operations import describe_risk
from circles.version.models import Assent
from circles.version.operations import give_assent
from embedded.answers import ordinary_answers
from embedded.evening import write_evening
from embedded.schedule import evening_of

CIRCLE = "C-0117"
TICKED = {
    Tag.Kind.TOPIC: ["Employment or training", "Family", "Practical skills"],
    Tag.Kind.RISK: ["Loneliness"],
    Tag.Kind.PROTECTIVE: ["Stable home", "Honest with supervision"],
}
SEEN = "He said that Sunday was the longest day of the week and that he spoke to nobody."
OPINION = "It weighs on him more than he lets on."
WRITTEN: Answers = {
    "mode": Minutes.Mode.IN_PERSON,
    "mood": Minutes.Mood.MIXED,
    "mood_words": ["calm", "low"],
    "his_week": "Two days on the cycle course. Cooked for himself. Rang his sister on Wednesday.",
    "talked_about": "The course, his sister, and what to do on Sundays. He came late.",
    "risk_seen": "An empty Sunday.",
    "truth": Minutes.Truth.CONSISTENT,
    "protective_seen": "He brought Sundays up himself.",
    "licence": Minutes.Licence.DISCUSSED,
    "wellbeing": Minutes.Wellbeing.LOW,
    "contact": "no",
    "his_minutes_late": 10,
    "his_coming_words": "The bus did not come; he rang to say so.",
    "next_plan": "He brings a plan for one Sunday.",
    "debrief": "We were slow to ask about Sunday. Next time sooner.",
}
RETURNED = "You write that he came late. By how much, and did he say why?"
MENDED: Answers = {
    "talked_about": "The course, his sister, and what to do on Sundays. He came twenty minutes late; the bus, he said."
}
DISSENT = "He told me at the door that he had walked round the block first. I do not think that it was the bus."


def load_minutes(circles: Mapping[str, Circle]) -> None:
    """Load the last evening of one circle: written, returned, sent again, and read by those who were there."""
    circle = circles[CIRCLE]
    meeting = circle.meetings.filter(status=Meeting.Status.PLANNED).earliest("planned_at")
    began, ann = meeting.planned_at, circle.coordinator
    writer, agrees, dissents = [member.volunteer.user for member in circle.memberships.order_by("pk")[:3]]
    _write_evening(meeting, writer)
    submit_minutes(meeting, by=writer, at=began + timedelta(hours=3))
    return_minutes(meeting, reason=RETURNED, by=ann, at=began + timedelta(hours=13))
    write_evening(meeting, answers=MENDED, by=writer, at=began + timedelta(hours=15))
    submit_minutes(meeting, by=writer, at=began + timedelta(hours=15))
    give_assent(meeting, answer=Assent.Answer.AGREED, by=agrees, at=began + timedelta(hours=16))
    give_assent(meeting, answer=Assent.Answer.DISSENTS, words=DISSENT, by=dissents, at=began + timedelta(hours=17))


def _write_evening(meeting: Meeting, writer: User) -> None:
    """Write an evening with its tags. For a risk factor, what was seen is kept apart from the writer's opinion."""
    at = meeting.planned_at + timedelta(hours=2)
    start_log(meeting, by=writer, at=at)
    meeting.refresh_from_db()
    volunteers = [membership.volunteer for membership in meeting.circle.memberships.order_by("pk")]
    write_evening(
        meeting,
        answers={**ordinary_answers(), **WRITTEN, **evening_of(meeting)},
        came={None: Attendance.Came.LATE, **dict.fromkeys(volunteers, Attendance.Came.CAME)},
        tags={kind: Tag.objects.filter(kind=kind, name__in=names) for kind, names in TICKED.items()},
        by=writer,
        at=at,
    )
    for tag in Tag.objects.filter(kind=Tag.Kind.RISK, name__in=TICKED[Tag.Kind.RISK]):
        describe_risk(meeting, tag=tag, seen=SEEN, basis=Minutes.Basis.SAID, opinion=OPINION, by=writer, at=at)
