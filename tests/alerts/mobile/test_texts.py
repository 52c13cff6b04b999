"""Texts through a server that speaks Notify's protocol: accepted, put off, given up, never sent twice, never telling."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.message.notify import bearer_token_of
from alerts.mobile.models import Mobile
from alerts.outbox.operations import LEASE, lease_due_alerts, queue_alert, send_due
from tests.concerns.engine.raising import worry
from tests.notify_server import KEY, _fault_of_token, notify_server
from tests.world import World

ANNS = "+447700900123"


def has_mobile(person: User, number: str = ANNS, *, verified: bool = True) -> Mobile:
    """As after a code that came back."""
    at = person.joined_at
    return Mobile.objects.create(person=person, number=number, given_at=at, verified_at=at if verified else None)


def text_to_ann(world: World, urgency: Urgency = Urgency.URGENT) -> Alert | None:
    queue_alert(key="t", to=[world.ann], urgency=urgency, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=world.now)
    return Alert.objects.filter(key="t", channel=Channel.TEXT).first()


def outcomes(alert: Alert) -> list[str]:
    return [f"{each.outcome} {each.detail}".strip() for each in Attempt.objects.filter(alert=alert).order_by("pk")]


def test_anns_telephone_says_that_something_needs_her_now(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = text_to_ann(world)
        assert alert is not None
        send_due(at=world.now)
    assert notify.to(ANNS) == ["Something needs you. Sign in now, please."]
    alert.refresh_from_db()
    assert (alert.state, alert.provider_id) == (Alert.State.SENT, notify.texts[0]["id"])


def test_e36_a_text_says_no_name_no_circle_no_place_no_address(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        concern = worry(world)
        send_due(at=world.now)
    sent = str(notify.texts)
    for word in (concern.reference, "C-0142", "EE-2417", "Paul", "ELM", "Ben", "Ann", "bike", "offend", "http"):
        assert word.lower() not in sent.lower(), word


def test_a_routine_matter_makes_no_telephone_sound(world: World) -> None:
    has_mobile(world.ann)
    with notify_server():
        assert text_to_ann(world, Urgency.ROUTINE) is None


@pytest.mark.parametrize("verified", [False, None])
def test_nobody_is_texted_whose_number_is_not_proved(world: World, verified: bool | None) -> None:
    if verified is not None:
        has_mobile(world.ann, verified=verified)
    with notify_server():
        assert text_to_ann(world) is None


def test_a_service_without_a_key_queues_no_text(world: World) -> None:
    has_mobile(world.ann)
    assert text_to_ann(world) is None


@pytest.mark.parametrize(
    ("status", "state", "outcome"),
    [
        (429, Alert.State.QUEUED, "temporary Notify 429"),
        (500, Alert.State.QUEUED, "temporary Notify 500"),
        (503, Alert.State.QUEUED, "temporary Notify 503"),
        (400, Alert.State.QUEUED, "temporary Notify 400"),
        (401, Alert.State.QUEUED, "temporary Notify 401"),
        (403, Alert.State.QUEUED, "temporary Notify 403"),
    ],
)
def test_what_notify_refuses_us_is_put_off_for_everybody(world: World, status: int, state: str, outcome: str) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        notify.refuses = status
        alert = text_to_ann(world)
        assert alert is not None
        send_due(at=world.now)
    alert.refresh_from_db()
    assert alert.state == state
    assert outcomes(alert) == ["started", outcome]


def test_only_a_number_that_notify_finds_wrong_is_given_up(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        notify.finds_number_wrong = True
        alert = text_to_ann(world)
        assert alert is not None
        send_due(at=world.now)
    alert.refresh_from_db()
    assert alert.state == Alert.State.FAILED
    assert outcomes(alert) == ["started", "permanent Notify 400"]


def test_a_notify_that_is_slow_or_gone_is_only_for_now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.message.notify.TIMEOUT", 0.2)
    has_mobile(world.ann)
    with notify_server() as notify:
        notify.takes = 0.5
        alert = text_to_ann(world)
        assert alert is not None
        send_due(at=world.now)
    assert outcomes(alert) == ["started", "temporary Notify TimeoutError"]
    with notify_server(NOTIFY_ADDRESS="http://127.0.0.1:1"):
        send_due(at=world.now + timedelta(seconds=30))
    assert outcomes(alert)[-1] == "temporary Notify URLError"


def test_e03_a_text_accepted_of_which_we_did_not_hear_is_not_sent_again(world: World) -> None:
    """Notify accepts and the line goes dead: the next try asks for the reference first."""
    has_mobile(world.ann)
    with notify_server() as notify:
        notify.hangs_up_after_accepting = 1
        alert = text_to_ann(world)
        assert alert is not None
        send_due(at=world.now)
        assert outcomes(alert)[-1].startswith("temporary")
        send_due(at=world.now + timedelta(seconds=30))
    alert.refresh_from_db()
    assert alert.state == Alert.State.SENT
    assert alert.provider_id == notify.texts[0]["id"]
    assert len(notify.to(ANNS)) == 1


def test_e03_a_worker_that_died_before_texting_is_made_good_once(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        text_to_ann(world)
        lease_due_alerts(at=world.now, most=5)
        send_due(at=world.now + LEASE)
    assert len(notify.to(ANNS)) == 1


def test_notify_knows_us_by_a_token_it_can_check_and_nobody_else() -> None:
    at = 1_800_000_000
    assert "clock" in _fault_of_token(f"Bearer {bearer_token_of(KEY, issued_at=at)}")
    assert "signature" in _fault_of_token(f"Bearer {bearer_token_of(KEY[:-1] + 'x', issued_at=at)}")
    assert "service" in _fault_of_token(f"Bearer {bearer_token_of(KEY.replace('26785a09', '00000000'), issued_at=at)}")
