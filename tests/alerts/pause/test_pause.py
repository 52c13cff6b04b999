"""After a restore nothing old goes out until somebody says so; then each person gets one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert, Channel, Heartbeat, Urgency, Wording
from alerts.outbox.operations import queue_alert
from alerts.pause.models import SendingPause
from alerts.pause.operations import DATABASE, end_pause, notice_restore, people_waiting_in_pause
from circles.late_minutes.operations import chase_minutes
from concerns.choices import Level
from concerns.engine.models import EscalationStep
from concerns.watch.reconcile import reconcile
from concerns.watch.sweep import sweep
from config.home import home_work_of
from core.errors import Refused
from tests.concerns.engine.raising import worry
from tests.world import World

HOUR = timedelta(hours=1)
DAYS = timedelta(days=2)


def mails_sent_at(at: datetime) -> Counter[str]:
    """How many e-mails a sweep sends to each."""
    mail.outbox.clear()
    sweep(at=at)
    return Counter(message.to[0].split("@")[0] for message in mail.outbox)


def restore_copy(world: World) -> datetime:
    """Ten concerns are raised, a copy of the database is made, and two days later it is read back elsewhere."""
    sweep(at=world.now)
    for _ in range(5):
        worry(world)
        worry(world, Level.PRIORITY)
    Heartbeat.objects.filter(name=DATABASE).update(detail="another server:1")
    return world.now + DAYS


def test_the_first_clock_in_a_restored_database_pauses_what_was_due_before(world: World) -> None:
    later = restore_copy(world)
    assert mails_sent_at(later) == {}
    assert mails_sent_at(later + HOUR) == {}
    assert SendingPause.objects.current().count() == 1
    assert not EscalationStep.objects.filter(fired_at__gte=later).exists()


def test_a_service_that_was_down_in_its_own_database_sends_at_once(world: World) -> None:
    sweep(at=world.now)
    worry(world)
    assert mails_sent_at(world.now + DAYS)["ann"] >= 1
    assert not SendingPause.objects.exists()


def test_the_very_first_start_pauses_nothing(world: World) -> None:
    assert notice_restore(at=world.now) is False
    assert notice_restore(at=world.now + HOUR) is False


def test_what_is_raised_after_the_restore_goes_out_at_once(world: World) -> None:
    later = restore_copy(world)
    sweep(at=later)
    new = worry(world, at=later + HOUR)
    told = mails_sent_at(later + HOUR)
    assert (told["ann"], told["esi"]) == (1, 1)
    steps = EscalationStep.objects.filter(concern=new)
    sweep(at=later + 3 * HOUR)
    assert steps.filter(fired_at__gt=later + HOUR).exists()


def test_the_status_and_two_lists_say_so_and_the_page_says_whom_it_waits_for(world: World) -> None:
    later = restore_copy(world)
    sweep(at=later)
    assert any("sending is paused" in problem for problem in reconcile(at=later))
    for person, hears in [(world.hana, True), (world.gil, True), (world.ann, False), (world.esi, False)]:
        titles = [item.title for item in home_work_of(person, later).waiting]
        assert ("Sending is paused since the database was restored" in titles) is hears
    counts = {waiting.person.first_name: waiting.count for waiting in people_waiting_in_pause()}
    assert counts["Ann"] == 5
    assert counts["Esi"] == 5


def test_it_goes_on_by_hanas_word_with_one_message_a_person(world: World) -> None:
    later = restore_copy(world)
    sweep(at=later)
    end_pause(by=world.hana, at=later + HOUR)
    told = mails_sent_at(later + HOUR)
    told += mails_sent_at(later + HOUR + timedelta(minutes=1))
    assert set(told.values()) == {1}, told
    assert {"ann", "esi", "hana", "fay"} <= set(told)
    waiting = Alert.objects.filter(channel=Channel.EMAIL, state=Alert.State.QUEUED)
    assert not waiting.filter(folds=False).exists(), "what waits for the morning is one message then"
    assert not EscalationStep.objects.due(later + HOUR).exists()
    sweep(at=later + HOUR + timedelta(minutes=2))
    assert SendingPause.objects.get().caught_up_at is not None


def test_the_most_pressing_speaks_for_the_others(world: World) -> None:
    later = restore_copy(world)
    for urgency in (Urgency.ROUTINE, Urgency.IMMEDIATE):
        queue_alert(
            key=f"x:{urgency}",
            to=[world.kit],
            urgency=urgency,
            wording=Wording.SOMETHING_NEEDS_YOU,
            link="/",
            at=world.now,
        )
    sweep(at=later)
    end_pause(by=world.gil, at=later)
    mails_sent_at(later)
    mine = Alert.objects.filter(recipient=world.kit, channel=Channel.EMAIL, key__startswith="x:")
    assert dict(mine.values_list("urgency", "state")) == {"routine": "stopped", "immediate": "sent"}


def test_nobody_is_chased_meanwhile(world: World) -> None:
    later = restore_copy(world)
    sweep(at=later)
    assert chase_minutes(at=later + DAYS) == 0


def test_only_a_manager_or_a_technician_lets_it_go_on_and_once(world: World) -> None:
    later = restore_copy(world)
    sweep(at=later)
    for person in (world.ann, world.esi, world.ben, world.jo):
        with pytest.raises(PermissionDenied):
            end_pause(by=person, at=later)
    end_pause(by=world.gil, at=later)
    with pytest.raises(Refused, match="not paused"):
        end_pause(by=world.hana, at=later)


def test_the_database_holds_one_pause_at_a_time(world: World) -> None:
    SendingPause.objects.create(began_at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SendingPause.objects.create(began_at=world.now)


def test_the_status_page_says_that_the_database_answers_and_not_its_number(
    world: World, as_person: Callable[[User], Client]
) -> None:
    notice_restore(at=world.now)
    number = Heartbeat.objects.get(pk="database").detail
    page = as_person(world.hana).get("/status/").content.decode()
    assert number not in page
    assert "answered just now" in page
