"""One row that breaks the sweep holds up no other: it is logged, stays due, and the rest is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from alerts.message.models import Alert, Channel
from concerns.watch import late_records, reconcile, reminders
from tests.concerns.raising.test_drafts import begin_draft
from tests.concerns.register.keeping import incident, referral
from tests.world import World

WEEK = timedelta(days=7)


def break_for(first: object, whole: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, but it fails whenever it is given the value `first`."""

    def fail_or_do(*args: Any, **kwargs: Any) -> Any:
        if first in args:
            raise RuntimeError("the row is broken")
        return whole(*args, **kwargs)

    return fail_or_do


def late_alerts() -> set[str]:
    return {alert.key.split(":")[0] for alert in Alert.objects.filter(key__contains=":late:", channel=Channel.INBOX)}


def test_a_late_referral_that_breaks_keeps_no_other_record_from_being_told(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole, other = referral(world), referral(world), incident(world)
    after: datetime = world.now + 4 * WEEK
    with monkeypatch.context() as patched:
        patched.setattr(late_records, "_tell_of_record", break_for(broken.pk, late_records._tell_of_record))
        late_records.tell_of_late(at=after)
    assert late_alerts() == {whole.reference, other.reference}
    assert "a late record could not be told" in caplog.text
    late_records.tell_of_late(at=after)
    assert broken.reference in late_alerts()


def test_a_month_that_breaks_keeps_no_record_from_being_told(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    late = referral(world)
    monkeypatch.setattr(late_records, "tell_of_month", lambda **kwargs: 1 / 0)
    late_records.tell_of_late(at=world.now + 4 * WEEK)
    assert late_alerts() == {late.reference}
    assert "the month's reading could not be told" in caplog.text


def test_the_watcher_checks_every_promise_where_nobody_can_be_told_of_unusual_use(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reconcile, "tell_of_unusual", lambda **kwargs: 1 / 0)
    monkeypatch.setattr(reconcile, "reconcile", lambda **kwargs: ["a promise is broken"])
    assert "a promise is broken" in reconcile.watch(at=world.now)
    assert "nobody was told of unusual use" in caplog.text


def test_a_reminder_that_breaks_keeps_no_other_from_being_said(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, _ = begin_draft(world), begin_draft(world, by=world.tom)
    after = world.now + timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr(reminders, "nudge_author", break_for(broken.pk, reminders.nudge_author))
        patched.setattr(reminders, "tell_circle", break_for(broken.pk, reminders.tell_circle))
        reminders.send_reminders(at=after)
    mailed = {alert.recipient.first_name for alert in Alert.objects.filter(channel=Channel.EMAIL)}
    assert "Tom" in mailed
    assert "Ben" not in mailed
    assert "a reminder could not be said" in caplog.text
    reminders.send_reminders(at=after)
    assert Alert.objects.filter(channel=Channel.EMAIL, recipient=world.ben).exists()
