"""What stands at the top of every page, found at one query."""

from __future__ import annotations

from datetime import timedelta

from alerts.message.models import Alert, Channel, Heartbeat
from alerts.outbox.operations import read_alert
from alerts.watch.heartbeat import Glance, glance_of, record_heartbeat
from tests.concerns.engine.raising import worry
from tests.world import World


def test_ann_sees_how_many_of_her_own_alerts_wait_and_when_the_clocks_were_last_looked_at(world: World) -> None:
    assert glance_of(world.ann, "run_due", at=world.now) == Glance(0, None)
    for _ in range(2):
        worry(world)
    record_heartbeat("run_due", at=world.now)
    later = world.now + timedelta(seconds=40)
    assert glance_of(world.ann, "run_due", at=later) == Glance(2, timedelta(seconds=40))
    assert glance_of(world.pat, "run_due", at=later).unread == 0
    assert glance_of(world.ann, "canary", at=later).age is None
    read_alert(Alert.objects.filter(recipient=world.ann, channel=Channel.INBOX)[0], by=world.ann, at=later)
    assert glance_of(world.ann, "run_due", at=later).unread == 1


def test_somebody_suspended_within_the_request_has_no_alerts_and_still_an_answer(world: World) -> None:
    worry(world)
    record_heartbeat("run_due", at=world.now)
    world.ann.is_active = False
    assert glance_of(world.ann, "run_due", at=world.now) == Glance(0, timedelta())


def test_the_statement_counts_what_the_rows_say(world: World) -> None:
    for _ in range(3):
        worry(world)
    record_heartbeat("run_due", at=world.now)
    read_alert(Alert.objects.visible_to(world.ann).inbox()[0], by=world.ann, at=world.now)
    for person in world.people.values():
        waiting = Alert.objects.visible_to(person).inbox().filter(read_at=None).count()
        last = Heartbeat.objects.get(pk="run_due").at
        assert glance_of(person, "run_due", at=world.now) == Glance(waiting, world.now - last), person
