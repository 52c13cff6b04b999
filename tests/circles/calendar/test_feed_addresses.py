"""The address of somebody’s calendar: made, replaced, stopped, and wrong."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.operations import suspend_person
from audit.models import Entry
from circles.calendar.models import Feed
from circles.calendar.operations import make_feed, revoke_feed
from tests.circles.calendar.test_feed import AsPerson, address, feed_address_of_ben
from tests.world import World


def test_only_the_hash_of_the_token_is_kept(world: World) -> None:
    feed, token = make_feed(by=world.ben, at=world.now)
    assert len(token) >= 43
    assert token not in {str(value) for value in Feed.objects.filter(pk=feed.pk).values()[0].values()}


def test_a_wrong_token_is_404_and_recorded_without_the_token(world: World) -> None:
    answer = Client().get(address("no-such-token"))
    assert answer.status_code == 404
    entry = Entry.objects.get(act="refused_unseen", kind="calendar")
    assert (entry.reference, entry.actor, entry.note) == ("unknown", None, "wrong token")
    Client().get(address("no-such-token-either"))
    assert Entry.objects.filter(act="refused_unseen", kind="calendar").count() == 1


def test_a_revoked_token_is_404_and_recorded(world: World) -> None:
    feed, token = make_feed(by=world.ben, at=world.now)
    revoke_feed(by=world.ben, at=world.now)
    assert Client().get(address(token)).status_code == 404
    entry = Entry.objects.get(act="refused_unseen", kind="calendar")
    assert (entry.reference, entry.note) == (feed.reference, "revoked token")


def test_a_new_address_stops_the_old_one(world: World) -> None:
    old, new = feed_address_of_ben(world), feed_address_of_ben(world)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    acts = Entry.objects.filter(kind="calendar", actor=world.ben).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["granted", "revoked", "granted"]


def test_who_can_no_longer_sign_in_has_no_calendar(world: World) -> None:
    url = feed_address_of_ben(world)
    suspend_person(world.ben, by=world.hana, at=world.now)
    assert Client().get(url).status_code == 404


def test_the_database_holds_one_calendar_a_person(world: World) -> None:
    make_feed(by=world.ben, at=world.now)
    with pytest.raises(IntegrityError, match="feed_one_in_use"), transaction.atomic():
        Feed.objects.create(reference="F-X", user=world.ben, token_hash="x", made_at=world.now)


def test_ben_makes_replaces_and_stops_it_on_his_page_and_sees_the_address_once(
    world: World, as_person: AsPerson
) -> None:
    ben, page = as_person(world.ben), reverse("circles:my_calendar")
    made = ben.post(page)
    shown = made.context["address"]
    assert shown.startswith("https://waymark.example.org/calendar/")
    assert shown in made.content.decode()
    assert shown not in ben.get(page).content.decode()
    path = shown.removeprefix("https://waymark.example.org")
    assert "No calendar has asked yet" in ben.get(page).content.decode()
    assert Client().get(path).status_code == 200
    assert "A calendar last asked" in ben.get(page).content.decode()
    ben.post(reverse("circles:revoke_calendar"))
    assert Client().get(path).status_code == 404
    assert "You have no private address now" in ben.get(page).content.decode()


def test_nobody_reads_of_anybody_elses_calendar(world: World) -> None:
    feed, _ = make_feed(by=world.ben, at=world.now)
    assert not Feed.objects.visible_to(world.ann).contains(feed)
