"""The questions that force a concern, contacts between meetings, the call a volunteer asks for, what stays inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from alerts.message.models import Alert
from circles.contact.models import Contact, SupportCall
from circles.contact.operations import add_contact, note_called, remove_contact
from circles.forcing_answer.models import ForcingAnswer
from circles.log.operations import missing_answers_of, note_concern_raised, submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes, return_minutes
from circles.minutes.questions import QUESTIONS
from circles.minutes_share.outer_minutes import sections_for_agencies
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.log.writing import save_minutes, send, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
STAYS_INSIDE = {name for name, question in QUESTIONS.items() if not question.outside}

FORCING = [
    {"licence": "possible_breach"},
    {"children": "yes", "children_contact": "yes"},
    {"wellbeing": "thoughts"},
    {"wellbeing": "plan"},
]


def check(world: World) -> str:
    return reverse("circles:log_check", args=[world.meeting.reference])


@pytest.mark.parametrize("answer", FORCING)
def test_an_answer_that_forces_a_concern_leads_to_it_first(
    world: World, as_person: AsPerson, answer: dict[str, str]
) -> None:
    write(world.meeting, by=world.ben, at=world.now, **answer)
    ben = as_person(world.ben)
    assert "Pass it on now" in ben.get(check(world)).content.decode()
    sent_to = ben.post(check(world)).url
    asked = f"meeting={world.meeting.reference}&answer={[*answer][-1]}"
    assert sent_to == f"{reverse('concerns:raise')}?circle=C-0142&{asked}"
    worry = f"{reverse('concerns:worry', args=['C-0142'])}?{asked}"
    assert escape(worry) in ben.get(sent_to).content.decode()
    given = {"submit_key": str(uuid4()), "level": "priority", "words": "What he said tonight."}
    assert ben.post(worry, given).status_code == 302
    assert Minutes.objects.get(meeting=world.meeting).concern_raised_as.startswith("K-")
    assert ben.post(check(world)).url == world.meeting.get_absolute_url()


@pytest.mark.parametrize("answer", FORCING)
def test_the_operation_refuses_too(world: World, answer: dict[str, str]) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, **answer)
    with pytest.raises(Refused, match="passed on first"):
        submit_minutes(meeting, by=world.ben, at=world.now)
    note_concern_raised(meeting, reference="K-7M4QX", answers=[*answer][-1:], by=world.ben, at=world.now)
    assert submit_minutes(meeting, by=world.ben, at=world.now)


def test_danger_now_raised_from_the_log_counts(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now, wellbeing="plan")
    address = f"{reverse('concerns:danger', args=['C-0142'])}?meeting={world.meeting.reference}&answer=wellbeing"
    as_person(world.ben).post(address, {"submit_key": str(uuid4()), "words": "He says tonight."})
    assert not ForcingAnswer.objects.still_open().exists()


@pytest.mark.parametrize("answer", [{"children": "yes", "children_contact": "no"}, {"wellbeing": "low_mood"}])
def test_other_answers_force_nothing(world: World, answer: dict[str, str]) -> None:
    assert send(world.meeting, by=world.ben, at=world.now, **answer)


def test_children_mentioned_asks_whether_there_was_contact(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, children="yes")
    assert [one.field for one in missing_answers_of(meeting)] == ["children_contact"]


def test_a_concern_raised_later_leaves_sent_minutes_alone(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    note_concern_raised(meeting, reference="K-7M4QX", by=world.ben, at=world.now)
    assert Minutes.objects.get(meeting=meeting).concern_raised_as == ""


def contact(world: World, **changes: object) -> Contact:
    given = {
        "happened_on": world.now.date(),
        "volunteer": Volunteer.objects.get(user=world.tom),
        "channel": "phone",
        "begun_by_whom": "him",
        "minutes_long": 20,
        "summary": "He could not sleep.",
    }
    return add_contact(world.meeting, by=world.ben, at=world.now, **{**given, **changes})  # type: ignore[arg-type]


def test_contact_between_meetings_is_listed_each_on_its_own(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, contact="yes")
    assert [one.field for one in missing_answers_of(meeting)] == ["contacts"]
    contact(world)
    assert missing_answers_of(meeting) == []


@pytest.mark.parametrize(
    ("field", "value"), [("happened_on", timedelta(days=1)), ("minutes_long", 721), ("volunteer", "dev")]
)
def test_a_contact_that_cannot_be_is_refused_at_its_field(world: World, field: str, value: object) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    if isinstance(value, timedelta):
        value = (world.now + value).date()
    if value == "dev":
        value = Volunteer.objects.get(user=world.dev)
    with pytest.raises(Refused) as refused:
        contact(world, **{field: value})
    assert refused.value.field == field


def test_contacts_of_sent_minutes_stand_and_of_approved_ones_the_database_holds(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    one = contact(world)
    approve_minutes(submit_minutes(meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    with pytest.raises(Refused):
        remove_contact(one, by=world.ben, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(summary="Otherwise.")


def test_ben_lists_and_removes_a_contact_without_script(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    ben = as_person(world.ben)
    four = reverse("circles:log_page", args=[world.meeting.reference, 4])
    address = reverse("circles:log_contacts", args=[world.meeting.reference])
    assert ben.post(four, {"contact": "yes"}).url == address
    body = ben.get(address).content.decode()
    assert "Quayle" not in body
    day = world.now.date()
    given = {
        "happened_on_day": day.day,
        "happened_on_month": day.month,
        "happened_on_year": day.year,
        "minutes_long": 20,
        "volunteer": Volunteer.objects.get(user=world.tom).pk,
        "channel": "phone",
        "begun_by_whom": "him",
        "summary": "He could not sleep.",
    }
    assert "He could not sleep." in ben.post(address, given, follow=True).content.decode()
    assert Contact.objects.get().summary == "He could not sleep."
    ben.post(reverse("circles:remove_contact", args=[world.meeting.reference, 1]))
    assert not Contact.objects.exists()


def test_please_call_me_reaches_ann_and_nobody_else(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now, support="yes")
    assert [alert.recipient for alert in Alert.objects.filter(key__endswith=":support", channel="inbox")] == [world.ann]
    assert work_of(world.ann, world.now)[0].title == "Ring Ben, who asked for a call"
    for somebody in [world.pat, world.hana, world.tom]:
        assert not SupportCall.objects.visible_to(somebody).exists()
        with pytest.raises(PermissionDenied):
            note_called(world.meeting, by=somebody, at=world.now)
    note_called(world.meeting, by=world.ann, at=world.now)
    assert "Ring" not in work_of(world.ann, world.now)[0].title
    with pytest.raises(Refused, match="already"):
        note_called(world.meeting, by=world.ann, at=world.now)


def test_nobody_is_rung_who_did_not_ask_and_once_asked_is_once(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now, support="no")
    assert not SupportCall.objects.exists()
    with pytest.raises(Refused, match="Nobody asked"):
        note_called(meeting, by=world.ann, at=world.now)
    return_minutes(meeting, reason="Who came late?", by=world.ann, at=world.now)
    save_minutes(meeting, answers={"support": "yes"}, by=world.ben, at=world.now)
    again = submit_minutes(meeting, by=world.ben, at=world.now)
    note_called(again, by=world.ann, at=world.now)
    return_minutes(again, reason="And who left?", by=world.ann, at=world.now)
    submit_minutes(again, by=world.ben, at=world.now)
    assert SupportCall.objects.get().called_by == world.ann


def test_the_debrief_and_the_gifts_never_leave_the_provider(world: World) -> None:
    meeting = send(
        world.meeting, by=world.ben, at=world.now, boundary="yes", boundary_words="A box of chocolates.", support="yes"
    )
    given = [answer for section in sections_for_agencies(meeting) for answer in section.answers]
    assert {answer.field for answer in given} & STAYS_INSIDE == set()
    words = " ".join(answer.words for answer in given)
    assert "saw his sister" in words
    for inside in ["A calm evening", "chocolates"]:
        assert inside not in words


@pytest.mark.parametrize("field", sorted(STAYS_INSIDE))
def test_each_field_that_stays_inside_is_left_out(world: World, field: str) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    assert field not in {answer.field for section in sections_for_agencies(meeting) for answer in section.answers}


def test_the_debrief_the_call_and_the_gifts_are_among_what_stays_inside() -> None:
    assert {"debrief", "support", "boundary", "boundary_words"} <= STAYS_INSIDE


def test_the_words_for_his_mood_are_kept_and_no_others(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    two = reverse("circles:log_page", args=[world.meeting.reference, 2])
    ben = as_person(world.ben)
    ben.post(two, {"mood_words": ["calm", "flat"], "mood_words-shown": "yes"})
    assert Minutes.objects.get(meeting=world.meeting).mood_words == ["calm", "flat"]
    ben.post(two, {"mood": "3"})
    assert Minutes.objects.get(meeting=world.meeting).mood_words == ["calm", "flat"]
    ben.post(two, {"mood_words-shown": "yes"})
    assert Minutes.objects.get(meeting=world.meeting).mood_words == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.update(mood_words=["menacing"])


def test_the_optional_questions_stand_folded_until_something_stands_in_them(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    address = reverse("circles:log_page", args=[world.meeting.reference, 3])
    ben = as_person(world.ben)
    assert 'govuk-details" open' not in ben.get(address).content.decode()
    ben.post(address, {"challenge": "We asked about the second phone."})
    assert 'govuk-details" open' in ben.get(address).content.decode()
    assert Meeting.objects.get(pk=world.meeting.pk).minutes.challenge.startswith("We asked")
