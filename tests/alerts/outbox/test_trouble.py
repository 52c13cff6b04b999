"""Our own account is refused: nobody's address is at fault, nothing is given up, and somebody hears of it."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest

from alerts.message.failures import Permanent, ServiceRefused, Temporary, failure_of_answer, failure_of_mail
from alerts.message.models import Alert, Attempt, Channel, Heartbeat, Urgency, Wording
from alerts.outbox.operations import queue_alert, send_due
from alerts.outbox.trouble import note_trouble, refusal_sentences, refusals
from alerts.receipt.models import Bounce
from concerns.choices import Side
from concerns.watch.reconcile import reconcile
from concerns.watch.sweep import sweep
from config.home import home_work_of
from tests.concerns.engine.raising import people_mailed, worry
from tests.smtp_server import letterbox
from tests.world import World

MINUTE = timedelta(minutes=1)


def alert_people(world: World, *names: str, urgency: Urgency = Urgency.URGENT) -> None:
    queue_alert(
        key="t",
        to=[world.people[name] for name in names],
        urgency=urgency,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link="/",
        at=world.now,
    )


def states() -> set[str]:
    return set(Alert.objects.filter(channel=Channel.EMAIL).values_list("state", flat=True))


def refused_recipient(code: int, words: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ann@example.org": (code, words)})


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password"), ServiceRefused),
        (smtplib.SMTPAuthenticationError(454, b"4.7.0 for now"), ServiceRefused),
        (smtplib.SMTPSenderRefused(550, b"5.7.1 not your address", "us@example.org"), ServiceRefused),
        (smtplib.SMTPSenderRefused(553, b"5.1.8 bad sender", "us@example.org"), ServiceRefused),
        (smtplib.SMTPConnectError(554, b"no service"), ServiceRefused),
        (smtplib.SMTPHeloError(504, b"who are you"), ServiceRefused),
        (smtplib.SMTPNotSupportedError("no STARTTLS"), ServiceRefused),
        (smtplib.SMTPServerDisconnected("gone"), ServiceRefused),
        (ConnectionRefusedError(), ServiceRefused),
        (TimeoutError(), ServiceRefused),
        (refused_recipient(550, b"5.1.1 no such user"), Permanent),
        (refused_recipient(550, b"no such mailbox"), Permanent),
        (refused_recipient(552, b"5.2.2 mailbox full"), Permanent),
        (refused_recipient(556, b"5.1.10 the domain takes no mail"), Permanent),
        (refused_recipient(550, b"5.7.1 relaying denied"), ServiceRefused),
        (refused_recipient(554, b"5.7.1 your network is on a list"), ServiceRefused),
        (refused_recipient(530, b"5.7.0 sign in first"), ServiceRefused),
        (refused_recipient(450, b"4.2.0 greylisted"), Temporary),
        (smtplib.SMTPDataError(550, b"5.1.1 no such user"), Permanent),
        (smtplib.SMTPDataError(554, b"5.6.0 looks like spam"), ServiceRefused),
        (smtplib.SMTPDataError(451, b"later"), Temporary),
    ],
)
def test_only_an_answer_about_the_recipient_is_held_against_the_recipient(
    failure: smtplib.SMTPException | OSError, kind: type[Exception]
) -> None:
    assert type(failure_of_mail(failure)) is kind


@pytest.mark.parametrize("code", range(500, 600))
def test_whatever_a_provider_says_with_a_code_of_policy_is_never_about_the_recipient(code: int) -> None:
    assert isinstance(failure_of_answer(code, b"5.7.1 policy"), ServiceRefused)


def test_a_wrong_password_of_ours_makes_nobody_unreachable_and_mends_itself_when_it_is_put_right(
    world: World,
) -> None:
    concern = worry(world)
    with letterbox() as box:
        box.says = "535 5.7.8 authentication credentials invalid"
        sweep(at=world.now)
        sweep(at=world.now + MINUTE)
        assert states() == {"queued"}
        assert not Bounce.objects.exists()
        assert [item.title for item in home_work_of(world.hana, world.now).waiting if "No message" in item.title] == []
        steps = people_mailed(concern, Side.CHARITY)
        assert steps == ["Ann"], "the ladder keeps its own time"
        box.says = "250 OK"
        sweep(at=world.now + 2 * MINUTE)
        sweep(at=world.now + 3 * MINUTE)
        assert {"ann", "esi"} <= set(box.names)
    assert states() == {"sent"}
    assert refusal_sentences(refusals()) == []


def test_the_refusal_is_told_once_loudly_to_whoever_can_mend_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    alert_people(world, "ann", "pat")
    with letterbox() as box:
        box.says = "535 5.7.8 no"
        for minute in range(4):
            send_due(at=world.now + minute * MINUTE)
    assert refusal_sentences(refusals()) == [
        "sending by e-mail is refused (SMTP 535): put the account right; nobody’s address is at fault"
    ]
    assert refusal_sentences(refusals())[0] in reconcile(at=world.now + 4 * MINUTE)
    assert [record.message for record in caplog.records].count("a provider refuses us") == 1
    for person, hears in [(world.gil, True), (world.hana, True), (world.ben, False), (world.esi, False)]:
        titles = [item.title for item in home_work_of(person, world.now).waiting]
        assert any(title.startswith("Sending by e-mail is refused") for title in titles) is hears


@pytest.mark.parametrize(
    ("channel", "name"), [(Channel.TEXT, "text message"), (Channel.INBOX, "in waymark"), ("pigeon", "pigeon")]
)
def test_a_refusal_on_any_channel_is_told_even_on_one_we_use_no_more(world: World, channel: str, name: str) -> None:
    note_trouble(channel, "403", at=world.now)
    assert refusal_sentences(refusals())[0].startswith(f"sending by {name} is refused (403)")


def test_a_provider_that_refuses_us_is_knocked_at_once_a_sweep(world: World) -> None:
    alert_people(world, "ann", "pat", "hana", "fay", "kit")
    with letterbox() as box:
        box.says = "535 5.7.8 no"
        send_due(at=world.now)
    assert Attempt.objects.filter(outcome=Attempt.Outcome.STARTED).count() == 1


def test_nothing_is_given_up_while_nothing_of_ours_is_taken_however_long(world: World) -> None:
    alert_people(world, "ann")
    with letterbox() as box:
        box.says = "535 5.7.8 no"
        for hour in range(0, 80, 5):
            send_due(at=world.now + timedelta(hours=hour))
        assert states() == {"queued"}
        box.says = "250 OK"
        send_due(at=world.now + timedelta(hours=81))
    assert states() == {"sent"}


def test_one_message_refused_while_others_are_taken_is_given_up_after_a_day(world: World) -> None:
    alert_people(world, "ann", "pat")
    with letterbox(ann="554 5.7.1 we do not like this") as box:
        for hour in range(0, 30, 1):
            send_due(at=world.now + timedelta(hours=hour))
        assert box.names == ["pat"]
    assert Alert.objects.get(recipient=world.ann, channel=Channel.EMAIL).state == Alert.State.FAILED
    assert not Heartbeat.objects.filter(name__startswith="refused").exists() or refusal_sentences(refusals())
