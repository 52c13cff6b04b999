"""Those who were there agree with the minutes, or add a dissenting note that nobody can overwrite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from circles.log.operations import submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.membership.operations import end_membership
from circles.minutes.operations import approve_minutes, return_minutes
from circles.version.models import Assent, MinutesVersion
from circles.version.operations import give_assent
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.log.writing import save_attendance, write
from tests.owner import let_app_change
from tests.world import World
from volunteers.volunteer.models import Volunteer


@pytest.fixture
def minutes(world: World) -> Meeting:
    """Ben's minutes of an evening Tom was at and Uma was not."""
    write(world.meeting, by=world.ben, at=world.now)
    for user, came in [(world.tom, Attendance.Came.LATE), (world.uma, Attendance.Came.NO)]:
        volunteer = Volunteer.objects.get(user=user)
        save_attendance(world.meeting, volunteer=volunteer, came=came, by=world.ben, at=world.now)
    return submit_minutes(world.meeting, by=world.ben, at=world.now)


def test_tom_agrees_with_one_answer(world: World, minutes: Meeting) -> None:
    assent = give_assent(minutes, answer="agreed", by=world.tom, at=world.now)
    assert (assent.answer, assent.words, assent.version.number) == ("agreed", "", 1)
    assert Meeting.objects.get(pk=minutes.pk).status == "submitted"


def test_toms_dissent_is_kept_and_ann_is_told(world: World, minutes: Meeting) -> None:
    give_assent(minutes, answer="dissents", words="He was angry, not calm.", by=world.tom, at=world.now)
    assert Assent.objects.get().words == "He was angry, not calm."
    assert Alert.objects.filter(recipient=world.ann, key__contains=":dissent:").exists()


def test_a_dissent_needs_words(world: World, minutes: Meeting) -> None:
    with pytest.raises(Refused) as refused:
        give_assent(minutes, answer="dissents", words="  ", by=world.tom, at=world.now)
    assert refused.value.field == "words"


def test_what_tom_said_is_not_said_again_nor_changed_nor_taken_away(world: World, minutes: Meeting) -> None:
    assent = give_assent(minutes, answer="dissents", words="He was angry.", by=world.tom, at=world.now)
    with pytest.raises(Refused, match="already"):
        give_assent(minutes, answer="agreed", by=world.tom, at=world.now)
    let_app_change("circles_assent")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assent.objects.update(words="He was calm.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assent.objects.all().delete()
    assert Assent.objects.get() == assent


def test_there_are_seventy_two_hours_and_a_note_after_them(world: World, minutes: Meeting) -> None:
    last = world.now + timedelta(hours=72)
    with pytest.raises(Refused, match="72 hours"):
        give_assent(minutes, answer="agreed", by=world.tom, at=last + timedelta(seconds=1))
    assert give_assent(minutes, answer="agreed", by=world.tom, at=last)


def test_only_those_who_were_there_and_still_belong_are_asked(world: World, minutes: Meeting) -> None:
    for somebody in [world.uma, world.vic, world.ann, world.hana, world.cas, world.dev]:
        with pytest.raises(PermissionDenied):
            give_assent(minutes, answer="agreed", by=somebody, at=world.now)
    end_membership(world.ely.memberships.get(volunteer__user=world.tom), by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        give_assent(minutes, answer="agreed", by=world.tom, at=world.now)


def test_the_sender_does_not_agree_with_herself(world: World, minutes: Meeting) -> None:
    with pytest.raises(Refused, match="yourself"):
        give_assent(minutes, answer="agreed", by=world.ben, at=world.now)


def test_a_draft_is_not_agreed_with(world: World, minutes: Meeting) -> None:
    return_minutes(minutes, reason="Who came late?", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="not been sent"):
        give_assent(minutes, answer="agreed", by=world.tom, at=world.now)


def test_minutes_sent_again_are_agreed_with_again_and_the_first_word_stays(world: World, minutes: Meeting) -> None:
    give_assent(minutes, answer="dissents", words="He was angry.", by=world.tom, at=world.now)
    return_minutes(minutes, reason="Tom saw it differently.", by=world.ann, at=world.now)
    again = submit_minutes(minutes, by=world.ben, at=world.now)
    give_assent(again, answer="agreed", by=world.tom, at=world.now)
    said = Assent.objects.order_by("pk").values_list("version__number", "answer")
    assert list(said) == [(1, "dissents"), (2, "agreed")]


def test_approved_minutes_can_still_be_agreed_with_in_time(world: World, minutes: Meeting) -> None:
    approve_minutes(minutes, by=world.ann, at=world.now)
    assert give_assent(minutes, answer="dissents", words="He was angry.", by=world.tom, at=world.now)


def test_it_waits_for_tom_until_he_has_said_so(world: World, minutes: Meeting) -> None:
    [item] = work_of(world.tom, world.now)
    assert item.url == reverse("circles:assent", args=[minutes.reference])
    assert item.due_at == world.now + timedelta(hours=72)
    assert Alert.objects.filter(recipient=world.tom, key=f"{minutes.reference}:assent:1").exists()
    assert work_of(world.ben, world.now) == []
    assert work_of(world.uma, world.now) == []
    assert work_of(world.tom, world.now + timedelta(hours=73)) == []
    give_assent(minutes, answer="agreed", by=world.tom, at=world.now)
    assert work_of(world.tom, world.now) == []


def test_the_minutes_show_the_dissent_beside_them(
    world: World, minutes: Meeting, as_person: Callable[[User], Client]
) -> None:
    tom = as_person(world.tom)
    assert "Agree, or add what you saw differently" in tom.get(minutes.get_absolute_url()).content.decode()
    address = reverse("circles:assent", args=[minutes.reference])
    assert "Write what you saw differently" in tom.post(address, {"answer": "dissents"}).content.decode()
    answer = tom.post(address, {"answer": "dissents", "words": "He was angry."}, follow=True)
    assert "He was angry." in answer.content.decode()
    body = as_person(world.ann).get(minutes.get_absolute_url()).content.decode()
    assert "He was angry." in body
    assert "Agree, or add" not in body


def test_the_debrief_is_not_shown_to_those_who_are_asked(
    world: World, minutes: Meeting, as_person: Callable[[User], Client]
) -> None:
    body = as_person(world.tom).get(reverse("circles:assent", args=[minutes.reference])).content.decode()
    assert "saw his sister" in body
    assert "A calm evening" not in body


def test_each_sending_keeps_a_version_that_the_database_holds(world: World, minutes: Meeting) -> None:
    [version] = MinutesVersion.objects.filter(meeting=minutes)
    assert version.answers["his_week"].startswith("He saw his sister")
    assert version.attendance[""] == "came"
    let_app_change("circles_minutesversion")
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.update(answers={})
