"""Writing, sending, approving and adding to the minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alerts.message.models import Alert
from circles.log.operations import missing_answers_of, note_worry_sent, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.operations import add_addendum, approve_minutes, return_minutes
from circles.minutes.questions import QUESTIONS
from core.errors import Refused
from tests.circles.log.writing import ALWAYS_NEEDED, save_attendance, save_minutes, send, write
from tests.world import World


def test_ben_sends_the_minutes_and_ann_is_told(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    assert meeting.status == Meeting.Status.SUBMITTED
    assert not meeting.is_late
    assert Alert.objects.filter(recipient=world.ann, key__startswith=meeting.reference).exists()


def test_minutes_sent_after_forty_eight_hours_are_taken_and_flagged_late(world: World) -> None:
    on_time = world.meeting.minutes_due_at
    assert not send(world.meeting, by=world.ben, at=on_time).is_late
    other = world.wisbech.meetings.order_by("planned_at")[0]
    late = send(other, by=world.dev, at=other.minutes_due_at + timedelta(seconds=1))
    assert late.is_late
    assert late.circle.events.latest("pk").note.startswith("Late.")


@pytest.mark.parametrize("field", ALWAYS_NEEDED)
def test_minutes_without_an_answer_that_is_asked_are_not_sent(world: World, field: str) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, **{field: ""})
    with pytest.raises(Refused) as refused:
        submit_minutes(meeting, by=world.ben, at=world.now)
    assert refused.value.field == field
    assert refused.value.message == QUESTIONS[field].needed


def test_minutes_need_to_say_who_came(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    for there in meeting.attendance.all():
        there.delete()
    assert [one.words for one in missing_answers_of(meeting)] == [
        "Say whether he came.",
        "Say which volunteers came.",
    ]


def test_a_worry_that_was_not_sent_holds_the_minutes_back_until_it_is(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, worry="small", worry_words="A new telephone.")
    with pytest.raises(Refused, match="has not been sent"):
        submit_minutes(meeting, by=world.ben, at=world.now)
    note_worry_sent(meeting, worry="small", reference="K-7M4QX", by=world.ben, at=world.now)
    sent = submit_minutes(meeting, by=world.ben, at=world.now)
    assert (sent.minutes.worry_sent_as, sent.minutes.worry_words) == ("K-7M4QX", "")


@pytest.mark.parametrize("answer", [{"licence": "possible_breach"}, {"wellbeing": "plan"}, {"wellbeing": "thoughts"}])
def test_a_possible_breach_or_thoughts_of_harm_must_be_passed_on(world: World, answer: dict[str, str]) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, **answer)
    assert [missing_answers_of(meeting)[0].field] == list(answer)


def test_noting_a_sent_worry_leaves_sent_minutes_alone(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    note_worry_sent(meeting, worry="now", reference="K-7M4QX", by=world.ben, at=world.now)
    assert Minutes.objects.get(meeting=meeting).worry_sent_as == ""


def test_sent_minutes_cannot_be_written_on(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="sent already"):
        save_minutes(meeting, answers={"his_week": "Something else."}, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="sent already"):
        save_attendance(meeting, volunteer=None, came=Attendance.Came.NO, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="sent already"):
        submit_minutes(meeting, by=world.ben, at=world.now)


def test_a_tap_changed_is_one_row(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    for came in [Attendance.Came.CAME, Attendance.Came.LATE]:
        save_attendance(world.meeting, volunteer=None, came=came, by=world.ben, at=world.now)
    assert [row.came for row in world.meeting.attendance.all()] == ["late"]


def test_a_field_the_log_does_not_have_is_a_mistake_of_ours(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(ValueError, match="not fields of the log"):
        save_minutes(world.meeting, answers={"returned_because": "x"}, by=world.ben, at=world.now)  # type: ignore[typeddict-unknown-key]


def test_ann_approves_and_the_minutes_lock(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    approved = approve_minutes(meeting, by=world.ann, at=world.now)
    assert (approved.status, approved.approved_by) == (Meeting.Status.APPROVED, world.ann)
    before = Minutes.objects.values().get(meeting=meeting)
    with pytest.raises(Refused):
        save_minutes(meeting, answers={"his_week": "Otherwise."}, by=world.ben, at=world.now)
    with pytest.raises(Refused):
        return_minutes(meeting, reason="Once more.", by=world.ann, at=world.now)
    assert Minutes.objects.values().get(meeting=meeting) == before


def test_the_database_itself_refuses_to_change_approved_minutes(world: World) -> None:
    meeting = approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    with pytest.raises(IntegrityError, match="approved minutes are not changed"), transaction.atomic():
        Minutes.objects.filter(meeting=meeting).update(his_week="Otherwise.")
    with pytest.raises(IntegrityError, match="approved minutes are not changed"), transaction.atomic():
        meeting.attendance.update(came="no")


def test_later_words_stand_beside_approved_minutes(world: World) -> None:
    meeting = approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    added = add_addendum(meeting, words=" He rang on Friday. ", by=world.ben, at=world.now)
    assert (added.words, added.added_by) == ("He rang on Friday.", world.ben)
    assert "Friday" not in Minutes.objects.get(meeting=meeting).his_week


def test_an_addendum_needs_words_and_minutes_that_were_sent(world: World) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="still being written"):
        add_addendum(world.meeting, words="More.", by=world.ben, at=world.now)
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="Write what you want"):
        add_addendum(world.meeting, words=" ", by=world.ben, at=world.now)


def test_ann_returns_the_minutes_with_a_reason_and_ben_mends_them(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    returned = return_minutes(meeting, reason="Who was the sister with?", by=world.ann, at=world.now)
    assert (returned.status, returned.submitted_at) == (Meeting.Status.DRAFT, None)
    assert returned.minutes.returned_because == "Who was the sister with?"
    assert Alert.objects.filter(recipient=world.ben, key__startswith=meeting.reference).exists()
    save_minutes(meeting, answers={"his_week": "His sister came with her husband."}, by=world.ben, at=world.now)
    again = submit_minutes(meeting, by=world.ben, at=world.now)
    assert again.minutes.returned_because == ""


def test_a_return_needs_a_reason(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="Say what is missing"):
        return_minutes(meeting, reason="", by=world.ann, at=world.now)


def test_ben_may_not_approve(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(PermissionDenied, match="You may not approve or return these minutes"):
        approve_minutes(meeting, by=world.ben, at=world.now)


def test_ann_may_not_approve_what_she_sent_herself_but_hana_may(world: World) -> None:
    meeting = send(world.meeting, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="somebody else must approve"):
        approve_minutes(meeting, by=world.ann, at=world.now)
    assert approve_minutes(meeting, by=world.hana, at=world.now).status == Meeting.Status.APPROVED


def test_hana_who_manages_may_not_write_in_the_volunteers_place(world: World) -> None:
    with pytest.raises(PermissionDenied, match="this circle's minutes"):
        start_log(world.meeting, by=world.hana, at=world.now)
