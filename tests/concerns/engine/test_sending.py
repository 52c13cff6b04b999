"""The outbox under the ladder: once, later, never twice, never dropped, never a word too many."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.db.models import QuerySet

from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.message.wording import message_of
from alerts.outbox.operations import LEASE, lease_due_alerts, send_due
from alerts.outbox.transports import TRANSPORTS
from concerns.choices import Side
from concerns.concern.event_models import ConcernEvent
from concerns.engine.models import EscalationStep
from concerns.engine.operations import delay_in_words, fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.watch.sweep import sweep
from tests.architecture.test_views_ask import test_nothing_waits_in_the_broker as no_eta_anywhere
from tests.concerns.engine.raising import people_mailed, steps_of_copies, worry
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def run_together(*acts: object) -> None:
    """Run these at the same moment, each on its own connection."""
    gate = threading.Barrier(len(acts))
    failed: list[BaseException] = []

    def run(act: object) -> None:
        try:
            gate.wait(timeout=10)
            act()  # type: ignore[operator]
        except BaseException as failure:
            failed.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failed == []


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_e01_two_workers_starting_together_send_once_and_write_one_line(world: World) -> None:
    concern = worry(world)
    send_due(at=world.now)
    mail.outbox.clear()
    due = world.now + 30 * MINUTE
    run_together(*[lambda: sweep(at=due) for _ in range(4)])
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    fired = EscalationStep.objects.filter(concern=concern, side=Side.CHARITY, rung=1, fired_at__isnull=False)
    assert fired.count() == 1
    assert ConcernEvent.objects.filter(concern=concern, what__startswith="Told: the coordinator, again").count() == 1


def test_e02_a_worker_killed_after_its_claim_is_made_good_by_the_next(world: World) -> None:
    worry(world)
    leased = lease_due_alerts(at=world.now, most=50)
    assert {alert.recipient for alert in leased} == {world.ann, world.esi}
    assert send_due(at=world.now + MINUTE) == 0
    assert send_due(at=world.now + LEASE) == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["ann@example.org", "esi@example.org"]


def test_e03_a_send_that_was_not_written_down_is_repeated_as_a_possible_repeat(world: World) -> None:
    """The worker dies between the provider's yes and our note: the same Message-ID goes out, and says so."""
    concern = worry(world)
    before = lease_due_alerts(at=world.now, most=50)
    first = {alert.recipient_id: alert.message_id for alert in before}
    for alert in before:
        TRANSPORTS[Channel.EMAIL].send(alert, message_of(Wording(alert.wording), Urgency(alert.urgency)))
    assert send_due(at=world.now + LEASE) == 2
    went = [(mailed.to[0], mailed.extra_headers["Message-ID"]) for mailed in mail.outbox]
    assert sorted(went[:2]) == sorted(went[2:]) == sorted(set(went))
    again = Alert.objects.filter(key__startswith=concern.reference, channel=Channel.EMAIL)
    assert {alert.recipient_id: alert.message_id for alert in again} == first
    assert all(alert.possible_repeat for alert in again)
    assert Attempt.objects.filter(alert__in=again, detail="possible repeat").count() == 2


def test_e04_two_hours_without_a_clock_then_everything_due_fires_with_its_lateness(world: World) -> None:
    concern = worry(world)
    fire_due_concerns(at=world.now + 2 * HOUR)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Ann", "Fay", "Hana", "Kit"]
    late = ConcernEvent.objects.get(concern=concern, what__startswith="Told: the coordinator, again")
    assert late.detail == "90 minutes late."


def test_a_long_lateness_is_not_said_in_minutes() -> None:
    said = [delay_in_words(timedelta(minutes=late)) for late in (3, 119, 350, 3 * 24 * 60 + 5)]
    assert said == ["3 minutes", "119 minutes", "5 h 50 min", "3 days"]


def test_e05_nothing_long_waits_in_the_broker() -> None:
    no_eta_anywhere()


def test_e06_what_is_acknowledged_between_plan_and_send_is_not_sent(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    send_due(at=world.now + MINUTE)
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    stopped = Alert.objects.get(key__startswith=concern.reference, channel=Channel.EMAIL, recipient=world.esi)
    assert stopped.state == Alert.State.STOPPED
    assert [attempt.outcome for attempt in stopped.tries.all()] == ["stopped"]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_e06_an_acknowledgement_racing_a_due_step_never_deadlocks_and_wins_if_first(world: World) -> None:
    due = world.now + 2 * HOUR
    for round_number in range(12):
        concern = worry(world)
        run_together(
            lambda: fire_due_concerns(at=due),
            lambda concern=concern: acknowledge_concern(concern, until=due + HOUR, by=world.esi, at=due),
        )
        pending = EscalationStep.objects.pending().filter(concern=concern, side=Side.AGENCY)
        assert [step.promise is not None for step in pending] == [True], round_number


def test_e28_of_fifteen_hundred_steps_due_at_once_none_beyond_a_limit_is_dropped(world: World) -> None:
    """Copies of one worry, unanswered for half an hour and more: the longest overdue first, the rest still due.

    That all of them are fired and sent in the end is measured by `make bench`.
    """
    one = worry(world)
    send_due(at=world.now)
    mail.outbox.clear()
    due = world.now + 30 * MINUTE
    steps_of_copies(one, 1499, due_at=due)
    order = list(EscalationStep.objects.due(due).values_list("pk", flat=True))
    assert len(order) == 1500
    for fired in (100, 200):
        assert fire_due_concerns(at=due, limit=100) == 100
        assert list(EscalationStep.objects.due(due).values_list("pk", flat=True)) == order[fired:]
        assert set(EscalationStep.objects.filter(pk__in=order, fired_at=due).values_list("pk", flat=True)) == {
            *order[:fired]
        }
    waiting = list(mails_due(due))
    assert len(waiting) == 200
    for sent in (100, 200):
        assert send_due(at=due, limit=100) == 100
        assert list(mails_due(due)) == waiting[sent:]
    assert len(mail.outbox) == len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 200
    assert EscalationStep.objects.due(due).count() == 1300


def mails_due(at: datetime) -> QuerySet[Alert, int]:
    """What a sender would take, in the order it takes it."""
    return Alert.objects.due(at).order_by("next_attempt_at", "pk").values_list("pk", flat=True)


def test_e28_a_sweep_with_more_to_fire_than_it_has_time_for_sends_all_the_same(world: World) -> None:
    """With everything fired before anything is sent, the first page of a flood would wait for its last."""
    one = worry(world)
    send_due(at=world.now)
    mail.outbox.clear()
    due = world.now + 30 * MINUTE
    steps_of_copies(one, 1499, due_at=due)
    sweep(at=due, budget=0.8)
    assert EscalationStep.objects.due(due).exists()
    assert mail.outbox


def test_e35_a_clock_that_steps_back_repeats_nothing(world: World) -> None:
    concern = worry(world)
    sweep(at=world.now + 30 * MINUTE)
    before = len(mail.outbox)
    sweep(at=world.now + 25 * MINUTE)
    sweep(at=world.now + 30 * MINUTE)
    assert len(mail.outbox) == before
    assert people_mailed(concern, Side.CHARITY) == ["Ann", "Ann"]


def test_e36_a_message_says_no_name_no_circle_no_place(world: World) -> None:
    concern = worry(world)
    sweep(at=world.now)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        text = f"{message.subject} {message.body} {message.from_email}"
        for word in (concern.reference, "C-0142", "EE-2417", "Paul", "ELM", "Ben", "Ann", "bike", "offend", "circle"):
            assert word.lower() not in text.lower(), word


def test_the_same_message_goes_out_whatever_the_concern_says(world: World) -> None:
    worry(world)
    sweep(at=world.now)
    assert len({(message.subject, message.body) for message in mail.outbox}) == 1


def test_somebody_who_can_no_longer_sign_in_is_not_written_to(world: World) -> None:
    worry(world)
    world.ann.is_active = False
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET is_active = false, status = 'suspended' WHERE id = %s", [world.ann.pk])
    send_due(at=world.now)
    assert [message.to for message in mail.outbox] == [["esi@example.org"]]


@pytest.mark.parametrize(
    "beside", ["pass_on_forgotten_answers", "end_lost_assignments", "send_reminders", "tell_of_late"]
)
def test_a_fault_in_what_the_sweep_does_beside_keeps_no_step_from_firing(
    world: World, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    def broken(*, at: datetime) -> int:
        raise RuntimeError("broken on purpose")

    concern = worry(world, at=world.now)
    monkeypatch.setattr(f"concerns.watch.sweep.{beside}", broken)
    later = world.now + 3 * HOUR
    assert sweep(at=later) > 0
    assert EscalationStep.objects.filter(concern=concern, fired_at=later).exists()
