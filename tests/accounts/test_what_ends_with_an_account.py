"""When somebody's account ends, what hung on it ends or goes to somebody else, and the trail says so."""

from __future__ import annotations

from accounts.models import User
from accounts.operations import end_account
from audit.models import Act, Entry
from circles.calendar.models import Feed
from circles.calendar.operations import find_feed, make_feed
from circles.venue.models import Venue
from tests.world import World


def entry_of(act: Act, record: object) -> Entry:
    return Entry.objects.get(act=act, kind=record.audit_kind, reference=record.reference)  # type: ignore[attr-defined]


def end(person: User, world: World) -> None:
    end_account(person, by=world.hana, at=world.now)


def test_bens_private_calendar_answers_nobody_any_more(world: World) -> None:
    feed, token = make_feed(by=world.ben, at=world.now)
    end(world.ben, world)
    feed = Feed.objects.get(pk=feed.pk)
    assert (find_feed(token), feed.revoked_at, feed.revoked_by) == (None, world.now, world.hana)
    assert entry_of(Act.REVOKED, feed).note == "account ended"


def test_the_meeting_place_that_ann_kept_is_kept_by_hana(world: World) -> None:
    venue = Venue.objects.filter(place_code="ELM").get()
    Venue.objects.filter(pk=venue.pk).update(coordinator=world.ann)
    end(world.ann, world)
    assert Venue.objects.get(pk=venue.pk).coordinator == world.hana
    assert entry_of(Act.GRANTED, venue).recipient == world.hana.reference


def test_the_queue_that_oz_managed_has_no_team_manager(world: World) -> None:
    assert world.queue.team_manager == world.oz
    end(world.oz, world)
    world.queue.refresh_from_db()
    assert world.queue.team_manager is None
    assert entry_of(Act.REVOKED, world.queue).recipient == world.oz.reference
