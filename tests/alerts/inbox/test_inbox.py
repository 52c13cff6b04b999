"""My alerts: what each is about is said here, and many about one thing are one card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alerts.message.models import Alert, Urgency, Wording
from alerts.outbox.operations import queue_alert
from concerns.choices import Level
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]
MINUTE = timedelta(minutes=1)


def tell(world: World, link: str, *, to: User, times: int = 1) -> None:
    for number in range(times):
        queue_alert(
            key=f"{link}:{number}",
            to=[to],
            urgency=Urgency.ROUTINE,
            wording=Wording.THERE_IS_NEWS,
            link=link,
            at=world.now - number * MINUTE,
        )


def inbox(client: Client) -> str:
    return str(client.get(reverse("alerts:inbox")).content.decode())


def test_each_card_says_what_it_is_about_and_many_of_one_thing_are_one_card(world: World, as_person: As) -> None:
    concern = worry(world, Level.URGENT)
    tell(world, concern.get_absolute_url(), to=world.ann, times=3)
    tell(world, world.meeting.get_absolute_url(), to=world.ann)
    tell(world, world.ely.get_absolute_url(), to=world.ann)
    own, ann = Alert.objects.visible_to(world.ann).inbox(), as_person(world.ann)
    said = inbox(ann)
    for words in (
        f"Concern {concern.reference} · Urgent · circle C-0142",
        f"Meeting {world.meeting.number} · circle C-0142",
        "Circle C-0142",
        f"Told {own.filter(link=concern.get_absolute_url()).count()} times",
    ):
        assert words in said
    assert said.count(concern.reference) == 2, "as its heading, and in its button"
    latest = own.filter(link=concern.get_absolute_url()).latest("queued_at", "pk")
    assert "Opened already" not in said
    assert ann.post(reverse("alerts:follow", args=[latest.pk])).url == concern.get_absolute_url()
    assert not own.filter(link=concern.get_absolute_url(), read_at=None, queued_at__lte=timezone.now()).exists()
    assert "Opened already (1)" in inbox(ann)


def test_pat_reads_nothing_of_a_circle_that_is_not_hers(world: World, as_person: As) -> None:
    tell(world, world.meeting.get_absolute_url(), to=world.pat)
    said = inbox(as_person(world.pat))
    assert "C-0142" not in said
    assert "There is news" in said
