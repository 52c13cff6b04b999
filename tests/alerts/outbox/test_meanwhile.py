"""What goes wrong with one message, or was done meanwhile by another sender, holds up no other message."""

from __future__ import annotations

import io
import urllib.error
from datetime import timedelta
from email.message import Message as Headers

import pytest

from alerts.hours.models import Preference
from alerts.hours.operations import choose_hours
from alerts.message.failures import Permanent, ServiceRefused, failure_of_text
from alerts.message.models import Alert, Channel, Urgency, Wording
from alerts.mobile.operations import give_number
from alerts.outbox import operations
from alerts.outbox.operations import _end_try, lease_due_alerts, queue_alert, send_due
from alerts.outbox.transports import TextTransport
from alerts.pause.operations import people_waiting_in_pause
from alerts.receipt.operations import record_return
from core.errors import Refused
from tests.world import World


def alert_people(world: World, *names: str) -> None:
    queue_alert(
        key="m",
        to=[world.people[name] for name in names],
        urgency=Urgency.URGENT,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link="/",
        at=world.now,
    )


def mails() -> dict[str, str]:
    rows = Alert.objects.filter(key="m", channel=Channel.EMAIL)
    return dict(rows.values_list("recipient__first_name", "state"))


def test_a_message_that_breaks_the_sender_waits_for_its_lease_and_the_others_go(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alert_people(world, "ann", "hana")
    sends = operations.send_alert

    def breaks_for_ann(alert: Alert, *, at: object) -> bool:
        if alert.recipient_id == world.ann.pk and alert.channel == Channel.EMAIL:
            raise RuntimeError
        return sends(alert, at=at)  # type: ignore[arg-type]

    monkeypatch.setattr(operations, "send_alert", breaks_for_ann)
    send_due(at=world.now)
    assert mails() == {"Ann": Alert.State.SENDING, "Hana": Alert.State.SENT}
    assert "alert neither sent nor given up" in caplog.text


def test_a_sender_whose_lease_ran_out_records_nothing_over_the_next_one(world: World) -> None:
    alert_people(world, "ann")
    (mine, *_) = lease_due_alerts(at=world.now, most=1)
    (theirs, *_) = lease_due_alerts(at=world.now + timedelta(hours=1), most=1)
    assert mine.pk == theirs.pk
    assert not _end_try(mine, Alert.State.SENT, operations.Attempt.Outcome.SENT, at=world.now)
    assert Alert.objects.get(pk=mine.pk).state == Alert.State.SENDING


@pytest.mark.parametrize(
    "said", [b"no JSON", b"[]", b'{"errors": null}', b'{"errors": [{"error": "ValidationError"}]}']
)
def test_what_notify_says_in_no_form_we_know_is_never_held_against_a_number(said: bytes) -> None:
    failure = urllib.error.HTTPError("https://notify", 400, "Bad", Headers(), io.BytesIO(said))
    assert isinstance(failure_of_text(failure), ServiceRefused)


def test_nobody_is_texted_whose_number_is_not_verified(world: World) -> None:
    give_number("07700 900123", by=world.ann, at=world.now)
    assert not TextTransport().reaches(world.ann)
    with pytest.raises(Permanent, match="no verified telephone"):
        TextTransport().address(world.ann)


def test_a_return_of_a_message_without_a_name_is_nobodys(world: World) -> None:
    alert_people(world, "ann")
    assert not record_return("", at=world.now, why="gone")
    assert not record_return("never ours", at=world.now, why="gone")


def test_while_nothing_is_paused_nobody_waits(world: World) -> None:
    alert_people(world, "ann")
    assert people_waiting_in_pause() == []


def test_whoever_was_suspended_meanwhile_chooses_no_hours_and_gives_no_number(world: World) -> None:
    world.ann.is_active = False
    with pytest.raises(Refused, match="no longer sign in"):
        choose_hours(
            news=Preference.News.NONE,
            quiet_from=(world.now - timedelta(hours=1)).time(),
            quiet_to=world.now.time(),
            by=world.ann,
            at=world.now,
        )
    with pytest.raises(Refused, match="no longer sign in"):
        give_number("07700 900123", by=world.ann, at=world.now)
