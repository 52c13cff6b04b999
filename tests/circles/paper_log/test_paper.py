"""A prison circle writes on paper, and types it in two days later with the reason (domain.md 11, scenario 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Act, Entry
from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.paper_log.operations import meeting_of_code, print_log
from core.errors import Refused
from tests.circles.goal.rows import action
from tests.circles.log.writing import send, write
from tests.world import World

AsPerson = Callable[[User], Client]


def sheet(world: World) -> str:
    return reverse("circles:paper", args=[world.meeting.reference])


def test_ben_prints_the_sheet_with_its_code_on_both_sides_and_no_debrief(world: World, as_person: AsPerson) -> None:
    action(world, owner="core_member")
    body = as_person(world.ben).get(sheet(world)).content.decode()
    assert body.count(f'wm-sheet__code">{world.meeting.reference}') == 2
    for printed in ["How did you meet?", "☐", "Tom", "OFFICIAL-SENSITIVE", "printed by Ben Ashby"]:
        assert printed in body
    assert body.count("Left early") == 1
    for hidden in ["Debrief, volunteers only", "Paul", "EE-2417-K"]:
        assert hidden not in body.split('class="wm-sheet"', 1)[1]
    assert Entry.objects.filter(act=Act.EXPORTED, reference=world.meeting.reference, actor=world.ben).exists()


def test_tom_who_does_not_take_the_minutes_does_not_print_them(world: World) -> None:
    with pytest.raises(PermissionDenied):
        print_log(world.meeting, by=world.tom, at=world.now)


def test_once_sent_there_is_no_sheet_to_print(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    assert as_person(world.ben).get(sheet(world)).url == world.meeting.get_absolute_url()


def test_the_code_finds_the_meeting_however_it_is_typed(world: World, as_person: AsPerson) -> None:
    code = world.meeting.reference
    for typed in [code, code.lower(), code.removeprefix("M-"), f" {code[:5]} {code[5:]} "]:
        assert meeting_of_code(typed, by=world.ben) == world.meeting
    answer = as_person(world.ben).post(reverse("circles:paper_code"), {"code": code})
    assert answer.url == reverse("circles:log", args=[code])


def test_a_wrong_letter_is_told_from_a_meeting_that_is_not_yours(world: World) -> None:
    code = world.meeting.reference
    wrong = code[:-1] + ("3" if code[-1] != "3" else "4")
    with pytest.raises(Refused, match="not right"):
        meeting_of_code(wrong, by=world.ben)
    with pytest.raises(Refused, match="not right"):
        meeting_of_code("", by=world.ben)
    with pytest.raises(Refused, match="None of your meetings"):
        meeting_of_code(code, by=world.dev)


def test_late_minutes_want_a_reason_and_are_then_taken(world: World) -> None:
    late = world.meeting.minutes_due_at + timedelta(hours=3)
    meeting = write(world.meeting, by=world.ben, at=late, mode="prison")
    with pytest.raises(Refused, match="48 hours") as refused:
        submit_minutes(meeting, by=world.ben, at=late)
    assert refused.value.field == "late_reason"
    sent = submit_minutes(meeting, by=world.ben, at=late, late_reason="Written on paper: no telephones inside.")
    assert sent.is_late
    assert Minutes.objects.get(meeting=meeting).late_reason == "Written on paper: no telephones inside."


def test_minutes_in_time_want_no_reason(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    assert not submit_minutes(meeting, by=world.ben, at=meeting.minutes_due_at).is_late


def test_a_paper_log_typed_in_after_two_days_shows_when_it_was_and_when_it_came(
    world: World, as_person: AsPerson
) -> None:
    ben, check = as_person(world.ben), reverse("circles:log_check", args=[world.meeting.reference])
    write(world.meeting, by=world.ben, at=world.now, mode="prison")
    assert "Why are these minutes late?" not in ben.get(check).content.decode()
    Meeting.objects.filter(pk=world.meeting.pk).update(planned_at=world.now - timedelta(days=4))
    assert "Why are these minutes late?" in ben.get(check).content.decode()
    assert "Say why" in ben.post(check, {"late_reason": " "}).content.decode()
    assert ben.post(check, {"late_reason": "On paper."}).url == world.meeting.get_absolute_url()
    body = as_person(world.ann).get(world.meeting.get_absolute_url()).content.decode()
    for shown in ["late: On paper.", "Met ", "typed in from", "sent "]:
        assert shown in body
    assert Meeting.objects.get(pk=world.meeting.pk).minutes.begun_at == world.now
