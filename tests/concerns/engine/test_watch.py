"""The watcher: the canary, who can be reached, the stale banner, the tick; and the monthly rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alerts.message.models import Alert, Attempt, Channel, Heartbeat
from alerts.outbox.operations import send_due
from alerts.receipt.models import Bounce
from alerts.tasks import canary
from alerts.watch.canary import send_canary
from alerts.watch.heartbeat import record_heartbeat
from audit.models import Entry
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.drill.models import Drill
from concerns.drill.operations import answer_drill, start_drill
from concerns.engine.models import EscalationStep
from concerns.queue.models import Queue
from concerns.watch.canary import rehearse_chain
from concerns.watch.reconcile import reconcile, watch
from concerns.watch.sweep import CHECKER, sweep
from concerns.worklist import work_of
from core.errors import Refused
from tests.accounts.signing import give_passkey, give_recovery_codes
from tests.alerts.mobile.test_texts import ANNS, has_mobile
from tests.concerns.engine.raising import worry
from tests.concerns.engine.test_failures import dead_mans_switch, staff_norfolk
from tests.notify_server import notify_server
from tests.owner import do_as_administrator
from tests.smtp_server import letterbox
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
THIN = "has fewer than two people who can be reached and hold a second factor"
SILENT = "no canary has been delivered for twenty-five minutes"


def fault_of(queue: Queue) -> str:
    return f"the {queue.name} {THIN}"


def nobody_as(rung: str, queue: Queue) -> str:
    return f"the {queue.name} has no {rung} who can be reached"


# --- The canary -----------------------------------------------------------------------------------------


@pytest.fixture
def inbox(settings: Any) -> str:
    settings.CANARY_ADDRESS = "canary@waymark.example.org"
    return str(settings.CANARY_ADDRESS)


def test_the_canary_goes_the_whole_way_and_is_in_no_queue(world: World, inbox: str) -> None:
    send_canary(at=world.now)
    sweep(at=world.now)
    assert [message.to for message in mail.outbox] == [[inbox]]
    assert not Concern.objects.exists()
    assert SILENT not in reconcile(at=world.now + 20 * MINUTE)
    assert Heartbeat.objects.get(pk="canary").at == world.now


def test_a_canary_that_does_not_arrive_keeps_the_knock_from_outside(world: World, inbox: str, settings: Any) -> None:
    staff_norfolk(world)
    with dead_mans_switch() as (address, knocks):
        settings.DEAD_MAN_URL = address
        with letterbox(canary="451 Later"):
            send_canary(at=world.now)
            send_due(at=world.now)
            assert SILENT in watch(at=world.now + 10 * MINUTE)
        assert knocks == []
        send_due(at=world.now + 10 * MINUTE)
        assert watch(at=world.now + 10 * MINUTE) == []
        assert knocks == ["/waymark"]


def test_a_canary_of_half_an_hour_ago_proves_nothing(world: World, inbox: str) -> None:
    send_canary(at=world.now)
    send_due(at=world.now)
    assert SILENT in reconcile(at=world.now + 26 * MINUTE)


def test_a_service_that_keeps_no_canary_misses_none(world: World) -> None:
    assert canary() is False
    assert SILENT not in reconcile(at=world.now)
    assert not User.objects.filter(first_name="Canary").exists()


def test_the_canary_holds_no_role_can_sign_in_by_nothing_and_is_one(world: World, inbox: str) -> None:
    for days in (0, 1, 8):
        send_canary(at=world.now + days * DAY)
        send_due(at=world.now + days * DAY)
    bird = User.objects.get(email=inbox)
    assert not bird.groups.exists()
    assert not bird.has_usable_password()
    assert Alert.objects.filter(recipient=bird).count() == 3
    assert Attempt.objects.filter(alert__recipient=bird).count() == 6


def test_the_canary_concern_is_raised_climbs_and_leaves_nothing_behind(world: World) -> None:
    assert rehearse_chain(at=world.now) == []
    for model in (Concern, ConcernEvent, EscalationStep, Alert):
        assert not model.objects.exists()
    assert not Entry.objects.filter(kind="concern").exists()


def test_a_concern_that_would_reach_nobody_or_fail_keeps_the_knock_from_outside(world: World) -> None:
    User.objects.exclude(first_name="Dev").update(is_active=False, status="suspended")
    assert rehearse_chain(at=world.now) == ["a concern raised now would reach nobody"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    do_as_administrator("ALTER TABLE concerns_concernevent RENAME TO gone")
    assert "a concern raised now would fail: ProgrammingError" in watch(at=world.now)


# --- Who can be reached ---------------------------------------------------------------------------------


def test_a_queue_with_one_person_who_can_be_reached_is_thin(world: World) -> None:
    staff_norfolk(world)
    assert reconcile(at=world.now) == []
    for name in ("esi", "oz"):
        person = world.people[name]
        Bounce.objects.create(person=person, channel=Channel.EMAIL, address=person.email, at=world.now)
    named = "1 named practitioner of running circles cannot be reached through the Cambridgeshire queue"
    assert reconcile(at=world.now) == [fault_of(world.queue), named, nobody_as("team manager", world.queue)]


@pytest.mark.parametrize("left", ["nothing", "recovery codes"])
def test_somebody_who_could_not_sign_in_is_not_counted_on(world: World, left: str) -> None:
    """Lou and Max are reached by every message; without an app or a passkey Max could open none of it."""
    staff_norfolk(world)
    assert reconcile(at=world.now) == []
    if left == "recovery codes":
        give_recovery_codes(world.max)
    Authenticator.objects.filter(user=world.max, type="totp")._raw_delete("default")
    assert reconcile(at=world.now) == [fault_of(world.norfolk), nobody_as("MAPPA coordinator", world.norfolk)]
    give_passkey(world.max)
    assert reconcile(at=world.now) == []


def test_somebody_suspended_is_not_counted_on_whatever_they_hold(world: World) -> None:
    staff_norfolk(world)
    User.objects.filter(pk=world.lou.pk).update(is_active=False, status="suspended")
    assert reconcile(at=world.now) == [fault_of(world.norfolk), nobody_as("team manager", world.norfolk)]


# --- The page says so, and turns the clock itself -------------------------------------------------------


def test_e29_every_staff_page_says_that_alerts_may_be_late_and_whom_to_telephone(world: World, as_person: As) -> None:
    now = timezone.now()
    record_heartbeat(CHECKER, at=now)
    assert "Alerts may be late" not in as_person(world.ann).get("/").content.decode()
    Heartbeat.objects.filter(pk=CHECKER).update(at=now - 91 * timedelta(seconds=1))
    for who in (world.ann, world.esi, world.hana, world.jo):
        page = as_person(who).get("/alerts/").content.decode()
        assert "Alerts may be late. Telephone" in page
        assert "01632 960 999" in page
    assert "Alerts may be late" not in as_person(world.ben).get("/").content.decode()


def test_e29_with_the_planner_dead_the_outside_monitors_tick_fires_what_is_due(world: World) -> None:
    worry(world, at=world.now - 35 * MINUTE)
    mail.outbox.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")
    answer = Client().get("/healthz/tick")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert [message.to[0] for message in mail.outbox].count("ann@example.org") == 2
    mail.outbox.clear()
    Client().get("/healthz/tick")
    assert mail.outbox == []


def test_e35_a_clock_set_back_an_hour_is_told_and_hides_no_death_of_the_planner(world: World, as_person: As) -> None:
    """The planner beat at three; it is two again. Until it beats anew nobody can say that it lives."""
    staff_norfolk(world)
    now = timezone.now()
    worry(world, at=now)
    record_heartbeat(CHECKER, at=now + HOUR)
    assert "Alerts may be late" in as_person(world.ann).get("/alerts/").content.decode()
    record_heartbeat(CHECKER, at=now)
    assert Heartbeat.objects.get(pk=CHECKER).at == now
    assert "Alerts may be late" not in as_person(world.ann).get("/alerts/").content.decode()
    assert reconcile(at=now + MINUTE) == []
    (told,) = [line for line in reconcile(at=now - HOUR) if "time of day" in line]
    assert told.startswith("the time of day is behind what was written before")


def test_two_clocks_that_disagree_a_little_leave_the_later_beat(world: World) -> None:
    for seconds in (0, 60, 20):
        record_heartbeat(CHECKER, at=world.now + timedelta(seconds=seconds))
    assert Heartbeat.objects.get(pk=CHECKER).at == world.now + MINUTE


# --- The monthly rehearsal ------------------------------------------------------------------------------


def test_e23_in_a_rehearsal_nothing_but_the_message_changes_and_it_is_marked(world: World) -> None:
    has_mobile(world.esi)
    with notify_server() as notify:
        drill = start_drill(world.queue, by=world.hana, at=world.now)
        send_due(at=world.now)
        rehearsed = set(Alert.objects.filter(key__startswith=drill.reference).values_list("channel", "urgency"))
        assert all("This is a rehearsal: nothing has happened." in words for words in notify.to(ANNS))
        marked = [message.subject for message in mail.outbox]
        mail.outbox.clear()
        concern = worry(world)
        send_due(at=world.now)
    real = Alert.objects.filter(key__startswith=concern.reference, recipient=world.esi)
    assert rehearsed == set(real.values_list("channel", "urgency"))
    assert {channel for channel, _ in rehearsed} == {"inbox", "email", "text"}
    assert marked == ["Rehearsal: Something needs you today"] * 3
    assert not any("earsal" in f"{message.subject}{message.body}" for message in mail.outbox)
    assert "earsal" not in notify.to(ANNS)[-1]
    assert Concern.objects.count() == 1


def test_the_result_says_who_received_it_how_soon_and_who_did_not(world: World, as_person: As) -> None:
    started = timezone.now() - 7 * MINUTE
    drill = start_drill(world.queue, by=world.hana, at=started)
    answer_drill(drill, by=world.esi, at=started + 5 * MINUTE)
    answer_drill(drill, by=world.esi, at=started + 6 * MINUTE)
    as_person(world.oz).post(f"/concerns/drills/{drill.reference}/received/")
    page = as_person(world.hana).get(f"/concerns/drills/{drill.reference}/").content.decode()
    assert "1 has not answered" in page
    assert "after 5 min" in page
    assert "after 7 min" in page
    assert "not yet" in page
    assert "In Waymark" in page


def test_the_rehearsals_message_leads_to_its_page(world: World, as_person: As) -> None:
    drill = start_drill(world.queue, by=world.hana, at=timezone.now())
    alert = Alert.objects.get(key__startswith=drill.reference, recipient=world.esi, channel=Channel.INBOX)
    esi = as_person(world.esi)
    assert "This is a rehearsal" in esi.get("/alerts/").content.decode()
    assert esi.post(f"/alerts/{alert.pk}/")["Location"] == drill.get_absolute_url()
    assert "I have received it" in esi.get(drill.get_absolute_url()).content.decode()


def test_one_rehearsal_of_a_queue_at_a_time_and_none_of_an_empty_one(world: World, as_person: As) -> None:
    start_drill(world.queue, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="running already"):
        start_drill(world.queue, by=world.hana, at=world.now + 23 * HOUR)
    start_drill(world.queue, by=world.hana, at=world.now + DAY)
    world.lou.groups.remove(*world.norfolk.teams())
    page = as_person(world.hana).post(f"/concerns/drills/start/{world.norfolk.reference}/", follow=True)
    assert "Nobody works this queue." in page.content.decode()


def test_a_queue_nobody_rehearsed_for_a_month_waits_on_hanas_first_page(world: World) -> None:
    def to_rehearse(who: User, after: timedelta) -> list[tuple[str, str]]:
        items = work_of(who, world.now + after)
        return [(item.title, item.detail) for item in items if item.title.startswith("Rehearse")]

    never = [
        ("Rehearse the Cambridgeshire queue", "Never rehearsed"),
        ("Rehearse the Norfolk queue", "Never rehearsed"),
    ]
    assert to_rehearse(world.hana, HOUR) == never
    assert to_rehearse(world.ann, HOUR) == to_rehearse(world.esi, HOUR) == []
    start_drill(world.queue, by=world.hana, at=world.now)
    assert to_rehearse(world.hana, 30 * DAY) == never[1:]
    assert to_rehearse(world.hana, 31 * DAY)[0] == ("Rehearse the Cambridgeshire queue", "Not rehearsed for a month")


def test_only_a_manager_starts_one_and_only_the_team_answers(world: World) -> None:
    for name in ("ann", "esi", "fay", "gil"):
        with pytest.raises(PermissionDenied):
            start_drill(world.queue, by=world.people[name], at=world.now)
    drill = start_drill(world.queue, by=world.hana, at=world.now)
    for name in ("hana", "lou", "ann"):
        with pytest.raises(PermissionDenied):
            answer_drill(drill, by=world.people[name], at=world.now)
    assert not Drill.objects.visible_to(world.lou).exists()


def test_a_clock_that_is_not_the_databases_is_told_either_way(world: World, settings: Any) -> None:
    """The tests' database stands a minute after the world's present."""
    apart = "this machine’s clock and the database’s differ: set both by one time server"
    settings.CLOCKS_AGREE_WITHIN = timedelta(seconds=2)
    theirs = world.now + MINUTE
    told = [apart in reconcile(at=theirs + timedelta(seconds=seconds)) for seconds in (-3, -2, 0, 2, 3)]
    assert told == [True, False, False, False, True]
