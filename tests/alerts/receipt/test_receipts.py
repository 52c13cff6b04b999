"""What became of a message: it arrived, it came back, nobody said; and who is told of people whom nothing reaches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.outbox.operations import queue_alert, send_due
from alerts.receipt.models import Bounce
from alerts.receipt.operations import poll_texts, reachable_people, record_arrival, record_return, try_address_again
from alerts.tasks import poll
from alerts.worklist import work_of
from concerns.choices import Side
from concerns.watch.sweep import sweep
from tests.alerts.mobile.test_texts import ANNS, has_mobile
from tests.concerns.engine.raising import people_mailed, story, worry
from tests.notify_server import MAILS_TOKEN, TEXTS_TOKEN, NotifyServer, notify_server
from tests.smtp_server import letterbox
from tests.world import World

As = Callable[[User], Client]
MINUTE = timedelta(minutes=1)


def sent_alert(world: World, channel: Channel = Channel.TEXT) -> Alert:
    """One urgent alert to Ann, handed over."""
    queue_alert(
        key="r", to=[world.ann], urgency=Urgency.URGENT, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=world.now
    )
    send_due(at=world.now)
    return Alert.objects.get(key="r", channel=channel)


TOKENS = {"/alerts/receipts/texts/": TEXTS_TOKEN, "/alerts/receipts/mails/": MAILS_TOKEN}


def status_of_post(address: str, told_of: dict[str, Any], token: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {TOKENS[address] if token is None else token}"}
    return Client().post(address, told_of, content_type="application/json", headers=headers).status_code


def status_of_text_receipt(notify: NotifyServer, status: str, **more: Any) -> int:
    return status_of_post("/alerts/receipts/texts/", {"id": notify.texts[-1]["id"], "status": status}, **more)


def test_notify_says_that_a_text_arrived(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        assert status_of_text_receipt(notify, "delivered") == 204
    alert.refresh_from_db()
    assert alert.state == Alert.State.SENT
    assert alert.delivered_at is not None
    assert alert.tries.order_by("pk").last().outcome == Attempt.Outcome.DELIVERED


@pytest.mark.parametrize(
    ("status", "marked"), [("permanent-failure", True), ("temporary-failure", False), ("technical-failure", False)]
)
def test_notify_says_that_a_text_will_not_arrive(world: World, status: str, marked: bool) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        assert status_of_text_receipt(notify, status) == 204
        assert status_of_text_receipt(notify, status) == 204
    alert.refresh_from_db()
    assert alert.state == Alert.State.FAILED
    assert alert.tries.filter(outcome=Attempt.Outcome.BOUNCED).count() == 1
    assert Bounce.objects.filter(person=world.ann, channel=Channel.TEXT, address=ANNS).exists() == marked


@pytest.mark.parametrize("status", ["sending", "pending", "created", "no-such-word", ""])
def test_a_status_that_settles_nothing_changes_nothing(world: World, status: str) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        assert status_of_text_receipt(notify, status) == 204
    alert.refresh_from_db()
    assert (alert.state, alert.delivered_at) == (Alert.State.SENT, None)


def test_a_receipt_that_is_ahead_of_our_own_note_is_asked_for_again(world: World) -> None:
    """Notify posts again after a 503 and never after a 404."""
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        kept, lease = alert.provider_id, uuid4()
        Alert.objects.filter(pk=alert.pk).update(
            provider_id="", state="sending", sent_at=None, lease=lease, lease_until=world.now
        )
        assert status_of_text_receipt(notify, "delivered") == 503
        Alert.objects.filter(pk=alert.pk).update(
            provider_id=kept, state="sent", sent_at=world.now, lease=None, lease_until=None
        )
        assert status_of_text_receipt(notify, "delivered") == 204
    alert.refresh_from_db()
    assert alert.delivered_at is not None


def test_a_receipt_of_what_is_none_of_ours_is_not_asked_for_again(world: World) -> None:
    with notify_server():
        assert status_of_post("/alerts/receipts/texts/", {"id": "no-text-of-ours", "status": "delivered"}) == 204


def test_a_number_that_was_changed_is_not_marked_for_the_old_one(world: World) -> None:
    mobile = has_mobile(world.ann)
    with notify_server() as notify:
        sent_alert(world)
        mobile.number = "+447700900456"
        mobile.save()
        status_of_text_receipt(notify, "permanent-failure")
    assert not Bounce.objects.exists()


def test_an_address_that_was_changed_is_not_marked_for_the_old_one(world: World) -> None:
    alert = sent_alert(world, Channel.EMAIL)
    world.ann.email = "ann.farrowby@example.org"
    world.ann.save()
    record_return(alert.provider_id, at=world.now, why="the e-mail bounced")
    assert not Bounce.objects.exists()
    alert.refresh_from_db()
    assert alert.state == Alert.State.FAILED


def test_a_message_that_arrives_at_the_new_address_leaves_the_mark_on_the_old(world: World) -> None:
    Bounce.objects.create(person=world.ann, channel=Channel.EMAIL, address="old@example.org", at=world.now)
    record_arrival(sent_alert(world, Channel.EMAIL).provider_id, at=world.now)
    assert Bounce.objects.exists()


def test_without_the_token_nothing_is_believed_and_nothing_learnt(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        assert status_of_text_receipt(notify, "permanent-failure", token="guessed") == 404
        assert (
            status_of_post("/alerts/receipts/mails/", {"message_id": alert.message_id, "event": "bounced"}, token="")
            == 404
        )
        for address, other in zip(TOKENS, reversed(TOKENS.values()), strict=True):
            assert status_of_post(address, {"id": alert.provider_id, "status": "delivered"}, token=other) == 404
    with notify_server(TEXTS_RECEIPTS_TOKEN="") as notify:
        assert (
            status_of_post("/alerts/receipts/texts/", {"id": alert.provider_id, "status": "delivered"}, token="") == 404
        )
    alert.refresh_from_db()
    assert (alert.state, alert.delivered_at) == (Alert.State.SENT, None)


@pytest.mark.parametrize("body", ["not json", "[]", '"x"', "{}", '{"id": null, "status": "delivered"}'])
def test_a_receipt_that_is_none_breaks_nothing(world: World, body: str) -> None:
    with notify_server():
        for address, token in TOKENS.items():
            headers = {"Authorization": f"Bearer {token}"}
            answer = Client().post(address, body, content_type="application/json", headers=headers)
            assert answer.status_code == 204


def test_a_text_of_which_nobody_spoke_is_asked_after(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        alert = sent_alert(world)
        notify.texts[0]["status"] = "delivered"
        assert poll_texts(at=world.now + 4 * MINUTE) == 0
        assert poll_texts(at=world.now + 5 * MINUTE) == 1
        asked = len(notify.asked)
        assert poll_texts(at=world.now + 10 * MINUTE) == 0
        assert len(notify.asked) == asked
        assert poll_texts(at=world.now + timedelta(days=4)) == 0
    alert.refresh_from_db()
    assert alert.delivered_at == world.now + 5 * MINUTE


def test_asking_a_notify_that_is_gone_breaks_nothing_and_an_unset_one_is_not_asked(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        sent_alert(world)
        notify.refuses = 500
        assert poll_texts(at=world.now + 5 * MINUTE) == 0
    assert poll() == 0


def test_e26_an_e_mail_that_bounces_later_tells_the_next_people_at_once(world: World) -> None:
    """Esi's mail is accepted, and comes back an hour later: the duty desk hears of it in the next sweep."""
    concern = worry(world)
    with notify_server():
        sweep(at=world.now)
        esis = Alert.objects.get(key=f"{concern.reference}:agency:1:0", channel=Channel.EMAIL, recipient=world.esi)
        assert people_mailed(concern, Side.AGENCY) == ["Esi"]
        bare = esis.message_id.strip("<>")
        assert status_of_post("/alerts/receipts/mails/", {"message_id": bare, "event": "bounced"}) == 204
    sweep(at=timezone.now() + MINUTE)
    assert {"Oz", "Ivor"} <= set(people_mailed(concern, Side.AGENCY))
    assert "A message could not be delivered. Going on at once. To Esi Okafor." in story(concern)


def test_e09_somebody_whose_only_address_is_marked_is_told_but_not_counted_on(world: World) -> None:
    Bounce.objects.create(person=world.ann, channel=Channel.EMAIL, address=world.ann.email, at=world.now)
    concern = worry(world)
    assert people_mailed(concern, Side.CHARITY)[:2] == ["Ann", "Ann"]
    assert {"Hana", "Fay"} <= set(people_mailed(concern, Side.CHARITY))
    assert any("No message reaches them outside Waymark. Going on at once." in line for line in story(concern))


def test_a_text_that_reaches_her_makes_up_for_a_marked_address(world: World) -> None:
    has_mobile(world.ann)
    Bounce.objects.create(person=world.ann, channel=Channel.EMAIL, address=world.ann.email, at=world.now)
    with notify_server():
        assert reachable_people([world.ann], Urgency.URGENT) == [world.ann]
        assert reachable_people([world.ann], Urgency.ROUTINE) == []


def test_a_mark_on_an_old_address_is_not_held_against_the_new(world: World) -> None:
    Bounce.objects.create(person=world.ann, channel=Channel.EMAIL, address="old@example.org", at=world.now)
    assert reachable_people([world.ann], Urgency.URGENT) == [world.ann]


def test_e27_one_dead_address_keeps_nobody_else_from_being_told(world: World) -> None:
    worry(world)
    with letterbox(ann="550 No") as box:
        sweep(at=world.now)
    assert sorted(box.names) == ["esi", "fay", "hana"]


def test_e26_where_her_address_is_dead_her_telephone_sounds_and_the_ladder_keeps_its_time(world: World) -> None:
    has_mobile(world.ann)
    with notify_server() as notify, letterbox(ann="550 No"):
        concern = worry(world)
        sweep(at=world.now)
        assert len(notify.to(ANNS)) == 1
        assert people_mailed(concern, Side.CHARITY) == ["Ann"]
        notify.finds_number_wrong = True
        sweep(at=world.now + 30 * MINUTE)
    assert {"Hana", "Fay"} <= set(people_mailed(concern, Side.CHARITY))


def bounced_mail(world: World) -> Bounce:
    alert = sent_alert(world, Channel.EMAIL)
    record_return(alert.provider_id, at=world.now, why="bounced")
    return Bounce.objects.get(person=world.ann)


def test_hana_has_work_when_nothing_reaches_ann_and_none_when_it_is_mended(world: World, as_person: As) -> None:
    bounce = bounced_mail(world)
    assert [item.title for item in work_of(world.hana, world.now)] == ["No message reaches Ann Farrowby"]
    assert [item.title for item in work_of(world.pat, world.now)] == ["No message reaches Ann Farrowby"]
    assert work_of(world.ben, world.now) == work_of(world.ann, world.now) == []
    hana = as_person(world.hana)
    assert "Ann Farrowby" in hana.get("/alerts/unreached/").content.decode()
    assert "No message reaches Ann Farrowby" in hana.get("/").content.decode()
    hana.post(f"/alerts/unreached/{bounce.pk}/again/")
    assert not Bounce.objects.exists()
    assert work_of(world.hana, world.now + timedelta(days=2)) == []


def test_a_message_that_arrives_takes_the_mark_off(world: World) -> None:
    bounced_mail(world)
    queue_alert(
        key="s", to=[world.ann], urgency=Urgency.URGENT, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=world.now
    )
    send_due(at=world.now)
    later = Alert.objects.get(key="s", channel=Channel.EMAIL)
    with notify_server():
        assert status_of_post("/alerts/receipts/mails/", {"message_id": later.provider_id, "event": "delivered"}) == 204
    assert not Bounce.objects.exists()


def test_ben_may_not_take_a_mark_off(world: World) -> None:
    with pytest.raises(PermissionDenied):
        try_address_again(bounced_mail(world), by=world.ben, at=world.now)
