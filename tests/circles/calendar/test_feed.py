"""Private calendars: who makes and stops one, what is in it, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from accounts.models import User
from circles.calendar.operations import make_feed
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from circles.schedule.calling_off_operations import cancel_meeting, move_meeting
from circles.schedule.operations import leave_out_slot, move_slot, plan_next_meetings, put_back_slot
from core.errors import Refused
from core.worktime import LONDON
from tests.circles.life.preparing import end_and_close
from tests.circles.schedule.test_schedule import unplanned_moment
from tests.examples import with_examples
from tests.world import World

AsPerson = Callable[[User], Client]


def address(token: str) -> str:
    return reverse("feed", args=[token])


def feed_address_of_ben(world: World) -> str:
    return address(make_feed(by=world.ben, at=world.now)[1])


def events(url: str) -> list[Any]:
    """What icalendar's own parser finds, read without any session."""
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def event_at(events: list[Any], moment: datetime) -> Any:
    (found,) = [one for one in events if one.decoded("dtstart") == moment]
    return found


def next_meeting(world: World) -> Meeting:
    return world.ely.meetings.filter(planned_at__gt=world.now + timedelta(days=1)).earliest("planned_at")


def test_ben_reads_his_meetings_with_no_session(world: World) -> None:
    found = events(feed_address_of_ben(world))
    meeting = event_at(found, next_meeting(world).planned_at)
    assert str(meeting["summary"]) == "Meeting"
    assert str(meeting["location"]) == "ELM"
    assert str(meeting["status"]) == "CONFIRMED"
    assert meeting.decoded("dtend") - meeting.decoded("dtstart") == timedelta(minutes=90)
    assert len(found) >= 10
    walls = {one.decoded("dtstart").astimezone(LONDON).time() for one in found}
    assert walls == {world.ely.meets_at}


def test_nothing_in_it_names_anybody_or_says_what_it_is_about(world: World) -> None:
    cancel_meeting(
        next_meeting(world), why_not=Meeting.WhyNot.ACCEPTABLE, words="Paul is in hospital.", by=world.ann, at=world.now
    )
    leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Paul sees probation.", by=world.ann, at=world.now)
    url = feed_address_of_ben(world)
    text = Client().get(url).content.decode().replace("\r\n ", "").casefold()
    hidden = [
        world.ely.reference,
        "EE-2417-K",
        "Paul",
        "circle",
        "core member",
        "minutes",
        "probation",
        "hospital",
        "offen",
        "MAPPA",
        "support",
        "accountab",
        "waymark",
        "volunteer",
        "logistics",
    ]
    hidden += [word for person in world.people.values() for word in [*person.full_name.split(), person.email]]
    hidden += [*list(world.ely.meetings.values_list("reference", flat=True)), world.ben.reference]
    assert [word for word in hidden if word.casefold() in text] == []
    parsed = Calendar.from_ical(Client().get(url).content)
    assert {str(one["summary"]) for one in parsed.walk("VEVENT")} == {"Meeting"}
    kept = {name for one in parsed.walk("VEVENT") for name in one}
    assert kept == {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "CLASS",
        "STATUS",
        "TRANSP",
        "SEQUENCE",
    }


def test_a_meeting_keeps_its_uid_when_it_is_planned_moved_and_cancelled(world: World) -> None:
    url = feed_address_of_ben(world)
    slot = unplanned_moment(world, weeks=3)
    foreseen = event_at(events(url), slot)
    plan_next_meetings(at=world.now + timedelta(weeks=2))
    assert event_at(events(url), slot)["uid"] == foreseen["uid"]
    moved = slot + timedelta(days=1)
    meeting = world.ely.meetings.get(slot_at=slot)
    move_meeting(meeting, planned_at=moved, place_code="OAK", words="", by=world.ann, at=world.now)
    after = event_at(events(url), moved)
    assert (after["uid"], str(after["location"])) == (foreseen["uid"], "OAK")
    cancel_meeting(meeting, why_not=Meeting.WhyNot.LOGISTICS, words="Snow.", by=world.ann, at=world.now)
    off = event_at(events(url), moved)
    assert (off["uid"], str(off["status"])) == (foreseen["uid"], "CANCELLED")
    assert int(foreseen["sequence"]) < int(after["sequence"]) < int(off["sequence"])


def test_what_is_left_out_ahead_is_cancelled_under_the_same_uid(world: World) -> None:
    url = feed_address_of_ben(world)
    before = event_at(events(url), unplanned_moment(world))
    leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    after = event_at(events(url), unplanned_moment(world))
    assert (after["uid"], str(after["status"])) == (before["uid"], "CANCELLED")


def test_what_is_put_back_is_a_later_version_than_what_was_cancelled(world: World) -> None:
    """A calendar keeps the version with the highest number, so a meeting put back must have a higher one."""
    url, slot = feed_address_of_ben(world), unplanned_moment(world)
    versions = [event_at(events(url), slot)]
    for _ in range(2):
        left = leave_out_slot(world.ely, slot_at=slot, words="Holiday.", by=world.ann, at=world.now)
        versions.append(event_at(events(url), slot))
        put_back_slot(left, by=world.ann, at=world.now)
        versions.append(event_at(events(url), slot))
    assert [str(one["status"]) for one in versions] == ["CONFIRMED", "CANCELLED"] * 2 + ["CONFIRMED"]
    assert [int(one["sequence"]) for one in versions] == [0, 1, 2, 3, 4]


def test_a_place_that_changes_is_a_later_version_too(world: World) -> None:
    url, slot = feed_address_of_ben(world), unplanned_moment(world)
    before = event_at(events(url), slot)
    Circle.objects.filter(pk=world.ely.pk).update(place_code="OAK")
    after = event_at(events(url), slot)
    assert (str(after["location"]), int(after["sequence"])) == ("OAK", int(before["sequence"]) + 1)


def test_a_calendar_with_no_meeting_in_it_is_one_all_the_same(world: World) -> None:
    """A calendar without any component is none, and some readers refuse it (RFC 5545, 3.4)."""
    answer = Client().get(address(make_feed(by=world.cas, at=world.now)[1]))
    calendar = Calendar.from_ical(answer.content)
    assert calendar.walk("VEVENT") == []
    assert calendar.subcomponents


CHANGES = st.lists(st.sampled_from(["leave out", "put back", "move", "place"]), max_size=6)


@given(CHANGES)
@with_examples(10)
def test_whatever_is_changed_and_changed_back_no_version_is_ever_lower(world: World, changes: list[str]) -> None:
    with transaction.atomic():
        url, slot = feed_address_of_ben(world), unplanned_moment(world)
        told = [event_at(events(url), slot)]
        for number, change in enumerate(changes):
            then = world.now + timedelta(minutes=number)
            with suppress(Refused):
                standing = world.ely.variations.filter(slot_at=slot).first()
                if change == "leave out":
                    leave_out_slot(world.ely, slot_at=slot, words="Away.", by=world.ann, at=then)
                elif change == "move":
                    move_slot(world.ely, slot_at=slot, moved_to=slot, place_code="OAK", words="", by=world.ann, at=then)
                elif change == "put back" and standing is not None:
                    put_back_slot(standing, by=world.ann, at=then)
                elif change == "place":
                    Circle.objects.filter(pk=world.ely.pk).update(place_code=f"P{number}")
            told.append(event_at(events(url), slot))
        for before, after in pairwise(told):
            same = before.to_ical() == after.to_ical()
            assert int(after["sequence"]) == int(before["sequence"]) + (not same)
        transaction.set_rollback(True)


def test_uids_are_once_each_and_no_two_people_share_them(world: World) -> None:
    his = {str(one["uid"]) for one in events(feed_address_of_ben(world))}
    hers = {str(one["uid"]) for one in events(address(make_feed(by=world.ann, at=world.now)[1]))}
    assert len(his) == len(events(feed_address_of_ben(world)))
    assert his & hers == set()


def test_an_extra_meeting_is_in_it_too(world: World) -> None:
    extra = next_meeting(world)
    Meeting.objects.filter(pk=extra.pk).update(slot_at=None, planned_at=extra.planned_at + timedelta(hours=1))
    assert event_at(events(feed_address_of_ben(world)), extra.planned_at + timedelta(hours=1))


def test_nothing_changed_is_304_and_a_change_is_not(world: World) -> None:
    url = feed_address_of_ben(world)
    first = Client().get(url)
    assert Client().get(url).content == first.content
    again = Client().get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    move_meeting(
        next_meeting(world),
        planned_at=world.now + timedelta(days=3),
        place_code="",
        words="",
        by=world.ann,
        at=world.now,
    )
    changed = Client().get(url, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_who_leaves_a_circle_loses_its_meetings_and_cas_sees_none(world: World) -> None:
    url = feed_address_of_ben(world)
    end_membership(Membership.objects.get(circle=world.ely, volunteer__user=world.ben), by=world.ann, at=world.now)
    assert events(url) == []
    assert events(address(make_feed(by=world.cas, at=world.now)[1])) == []


def test_ann_has_elys_meetings_alone_and_none_once_it_has_ended(world: World) -> None:
    url = address(make_feed(by=world.ann, at=world.now)[1])
    assert event_at(events(url), next_meeting(world).planned_at)
    end_and_close(world.ely, world)
    assert events(url) == []


def test_hana_who_sees_every_circle_keeps_no_calendar(world: World) -> None:
    with pytest.raises(PermissionDenied, match="private calendar"):
        make_feed(by=world.hana, at=world.now)
