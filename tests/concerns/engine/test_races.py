"""Two at once: clocks beside clocks, an acknowledgement beside a clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.utils import timezone

from alerts.message.models import Alert, Attempt, Channel
from concerns.choices import Side
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.watch.sweep import sweep
from tests.concerns.engine.raising import worry
from tests.examples import TIMES
from tests.smtp_server import Letterbox, letterbox
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ROUNDS = 40 * TIMES
"""A hundred and more with patience: `EXAMPLES=3`."""
AT_A_TIME = 20


def run_together(*acts: Callable[[], object]) -> list[BaseException]:
    """Run these at the same moment, each on its own connection; what they raised."""
    gate = threading.Barrier(len(acts))
    raised: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            act()
        except BaseException as failure:
            raised.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a deadlock"
    return raised


def test_e01_four_clocks_at_once_send_each_message_once_to_a_real_smtp_server(world: World) -> None:
    concerns = [worry(world) for _ in range(10)]
    due = world.now + 30 * MINUTE
    with letterbox() as box:
        assert run_together(*[lambda: sweep(at=due)] * 4) == []
        sweep(at=due)
    assert sorted(box.names) == sorted(["ann", "esi", "ann"] * 10)
    assert len(set(box.ids)) == 30
    reminders = EscalationStep.objects.filter(side=Side.CHARITY, round=1, rung=1, fired_at=due)
    assert reminders.count() == 10
    told = ConcernEvent.objects.filter(concern__in=concerns, what__startswith="Told: the coordinator, again")
    assert told.count() == 10


def test_e06_no_page_is_begun_after_an_acknowledgement_round_after_round(world: World) -> None:
    """Ann takes it on while two clocks sweep. Whatever was begun was begun before her answer stood."""
    begun_by_then: dict[int, int] = {}

    def answer(concerns: list[Concern]) -> None:
        for concern in concerns:
            acknowledge_concern(concern, until=timezone.now() + HOUR, by=world.ann, at=timezone.now())
            begun_by_then[concern.pk] = count_tries_begun(concern)

    with letterbox() as box:
        for _ in range(ROUNDS // AT_A_TIME):
            concerns = [worry(world, at=world.now - 40 * MINUTE) for _ in range(AT_A_TIME)]
            clock = partial(sweep, at=timezone.now())
            assert run_together(partial(answer, concerns), clock, clock) == []
            sweep(at=timezone.now())
            assert [count_tries_begun(concern) for concern in concerns] == [
                begun_by_then[concern.pk] for concern in concerns
            ]
    assert len(begun_by_then) == Acknowledgement.objects.count() == ROUNDS
    assert_charity_is_held(box)


def count_tries_begun(concern: Concern) -> int:
    """Tries to send begun for the charity's side of this concern."""
    return Attempt.objects.filter(
        alert__key__startswith=f"{concern.reference}:{Side.CHARITY}:", outcome=Attempt.Outcome.STARTED
    ).count()


def assert_charity_is_held(box: Letterbox) -> None:
    """Every concern waits for its promise, none is left being sent, and nothing went twice."""
    waiting = EscalationStep.objects.pending().filter(side=Side.CHARITY)
    assert waiting.count() == waiting.filter(promise__isnull=False).count() == ROUNDS
    open_alerts = Alert.objects.filter(channel=Channel.EMAIL, key__contains=":charity:")
    assert not open_alerts.filter(state__in=[Alert.State.QUEUED, Alert.State.SENDING]).exists()
    assert len(set(box.ids)) == len(box.ids)


def test_a_clock_beside_a_frozen_acknowledgement_passes_it_by_and_waits_for_nobody(world: World) -> None:
    """While somebody's answer holds the concern's row, clocks skip it: no wait, no deadlock, fired after."""
    held, free = worry(world), worry(world)
    due = world.now + 30 * MINUTE
    locked, done = threading.Event(), threading.Event()

    def freeze() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM concerns_concern WHERE id = %s FOR UPDATE", [held.pk])
            locked.set()
            done.wait(timeout=10)
            cursor.execute("ROLLBACK")
        connections.close_all()

    thread = threading.Thread(target=freeze)
    thread.start()
    assert locked.wait(timeout=10)
    fired = fire_due_concerns(at=due)
    done.set()
    thread.join()
    assert fired == 1
    assert EscalationStep.objects.get(concern=free, rung=1, side=Side.CHARITY).fired_at == due
    assert fire_due_concerns(at=due) == 1
    assert EscalationStep.objects.get(concern=held, rung=1, side=Side.CHARITY).fired_at == due
