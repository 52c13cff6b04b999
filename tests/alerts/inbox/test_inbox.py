"""My alerts: what each is about is said here, and many about one thing are one card."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from alerts.inbox.subjects import PAGES
from alerts.message.models import Alert, Urgency, Wording
from alerts.outbox.operations import queue_alert
from concerns.choices import Level
from config.upward import ALERT_SUBJECTS
from tests.architecture.sources import DOMAIN, sources
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
    """The inbox as it is read: without the marks that keep a reference on one line."""
    page = client.get(reverse("alerts:inbox")).content.decode()
    return re.sub(r'<span class="wm-reference">([^<]+)</span>', r"\1", page)


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


def test_no_reference_breaks_at_its_hyphen_on_a_narrow_telephone(world: World, as_person: As) -> None:
    concern = worry(world, Level.URGENT)
    ann = as_person(world.ann)
    for address in (reverse("alerts:inbox"), reverse("home")):
        assert f'<span class="wm-reference">{concern.reference}</span>' in ann.get(address).content.decode()


def test_every_address_that_an_alert_can_lead_to_has_words(world: World) -> None:
    """Read from the code: whatever is queued with a page's name."""
    asked = r'link=reverse\("([a-z_:]+)"(?:, args=[^)]*)?\)'
    names = {name for path in sources(*DOMAIN) for name in re.findall(asked, path.read_text())}
    assert len(names) > 4
    known = (*PAGES, *ALERT_SUBJECTS)
    assert [name for name in names - {"home"} if not address_of(name).startswith(known)] == []


def address_of(name: str) -> str:
    """An address of this page, about no matter what."""
    for args in ([], ["K-2345"], ["K-2345", 1]):
        with suppress(NoReverseMatch):
            return reverse(name, args=args)
    raise AssertionError(f"{name} takes more than these arguments")
