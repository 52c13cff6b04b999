"""The timeline of a circle: what each reader sees in it, by one query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from time import perf_counter
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from circles.circle.event_models import CircleEvent
from circles.circle.models import Membership
from circles.meeting.models import Attendance, Meeting
from circles.membership.operations import add_volunteer
from circles.outcome.operations import KnownOutcome, correct_outcome
from circles.overview.strands import strands_for
from circles.overview.timeline import TimelineReader
from circles.risk.trend import round_of, signed_off_reviews_of, total_text_of, totals_of
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from core.timeline import TimelineEntry, entries_of, timeline_rows_of
from core.worktime import LONDON
from offenders.restriction.operations import add_restriction
from tests.circles.goal.rows import action, entry, goal
from tests.circles.life.living import approved_meeting, contact_after, finished_concern, long_life
from tests.circles.risk.risk_reviews import signed_off_risk_review
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
ENTRIES = 200
MOST_QUERIES = 12
TIMES = 5


def entries_read_by(world: World, person: User) -> list[TimelineEntry]:
    """Ely's life as this person reads it, whole."""
    reader = TimelineReader(person, world.ely, at=world.now + timedelta(minutes=1))
    strands = strands_for(reader)
    return entries_of(timeline_rows_of(reader, strands), reader, strands)


def lines_read_by(world: World, person: User) -> list[str]:
    return [f"{entry.words.what} {entry.words.more}".strip() for entry in entries_read_by(world, person)]


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("circles:timeline", args=["C-0142"]), asked).content.decode()


def milliseconds_to_open(client: Client, address: str) -> float:
    """How many milliseconds it takes to open a page."""
    began = perf_counter()
    client.get(address)
    return 1000 * (perf_counter() - began)


@pytest.mark.parametrize("name", ["ann", "ben"])
def test_two_hundred_entries_cost_fewer_than_twelve_queries(world: World, as_person: AsPerson, name: str) -> None:
    long_life(world)
    client = as_person(world.people[name])
    address = reverse("circles:timeline", args=["C-0142"])
    took = [milliseconds_to_open(client, address) for _ in range(TIMES)]
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    asked = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    count = answer.context["page"].paginator.count
    print(f"{name}: {count} entries, {len(asked)} queries, best of {TIMES} {min(took):.0f} ms")
    assert count >= ENTRIES
    assert len(asked) < MOST_QUERIES, "\n".join(asked)


def test_every_kind_is_told_newest_first(world: World) -> None:
    long_life(world)
    found = entries_read_by(world, world.ann)
    assert {one.kind for one in found} == {
        strand.label for strand in strands_for(TimelineReader(world.ann, world.ely, at=world.now))
    }
    moments = [one.at for one in found]
    assert moments == sorted(moments, reverse=True)


def test_a_meeting_is_told_with_how_he_came_and_its_minutes(world: World) -> None:
    approved_meeting(world, 1, Attendance.Came.LEFT)
    late = approved_meeting(world, 2, Attendance.Came.NO)
    Meeting.objects.filter(pk=late.pk).update(submitted_at=late.planned_at + timedelta(days=4))
    found = lines_read_by(world, world.ann)
    assert "Meeting 101 was held: Paul left early" in found
    assert "Minutes of meeting 101 sent" in found
    assert "Minutes of meeting 101 approved" in found
    assert "Meeting 102 was held: Paul did not come" in found
    assert "Minutes of meeting 102 sent late" in found
    assert "Meeting 1; its minutes have not been sent" in found


def test_a_meeting_called_off_says_why_and_what_is_to_come_is_not_told(world: World) -> None:
    off = world.ely.meetings.filter(planned_at__gt=world.now).earliest("planned_at")
    Meeting.objects.filter(pk=off.pk).update(
        status="cancelled", why_not="logistics", why_not_words="Snow.", called_off_at=world.now, called_off_by=world.ann
    )
    found = lines_read_by(world, world.ben)
    assert f"Called off: meeting {off.number}. Logistics Snow." in found
    assert [words for words in found if words.startswith(f"Meeting {off.number}")] == []
    assert all(one.at <= world.now + timedelta(minutes=1) for one in entries_read_by(world, world.ben))


def test_a_volunteer_reads_from_the_day_they_joined_and_the_coordinator_everything(world: World) -> None:
    long_life(world)
    joined = world.now - timedelta(weeks=3)
    Membership.objects.filter(circle=world.ely, volunteer__user=world.tom).update(joined_at=joined)
    toms, anns = entries_read_by(world, world.tom), entries_read_by(world, world.ann)
    assert min(one.at for one in toms) >= datetime.combine(joined.astimezone(LONDON), time.min, LONDON)
    assert {one.kind for one in toms} >= {"Meetings", "Actions", "Joining and leaving"}
    assert min(one.at for one in anns) < joined - timedelta(days=1)


def test_tom_does_not_read_of_bens_concern_nor_ben_what_was_done(world: World) -> None:
    concern = finished_concern(world, 1)
    assert [words for words in lines_read_by(world, world.tom) if concern.reference in words] == []
    bens = [words for words in lines_read_by(world, world.ben) if concern.reference in words]
    assert [words.split(".")[0] for words in bens] == [
        f"What you were told of concern {concern.reference} It was passed on and somebody has spoken with him",
        f"Concern {concern.reference} was raised: Severe fall in mood (Priority)",
    ]
    anns = [words for words in lines_read_by(world, world.ann) if concern.reference in words]
    assert anns == [
        f"Concern {concern.reference}: finished",
        f"What came of concern {concern.reference}: Licence warning",
        f"Concern {concern.reference} was raised: Severe fall in mood (Priority)",
    ]


def test_a_concern_about_ann_is_in_hanas_timeline_and_not_in_anns(world: World) -> None:
    about_her = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.PRIORITY,
        words="She did not ring.",
        about=world.ann,
        by=world.ben,
        at=world.now,
    )
    assert any(about_her.reference in words for words in lines_read_by(world, world.hana))
    assert not any("oncern" in words for words in lines_read_by(world, world.ann))


def test_the_agreed_total_is_for_those_who_read_the_trend(world: World) -> None:
    signed_off_risk_review(world, due_in=7, score=2)
    assert "Signed off: risk review 1: total 34" in lines_read_by(world, world.ann)
    assert "Signed off: risk review 1" in lines_read_by(world, world.ben)


@pytest.mark.parametrize("score", [2, None])
def test_totals_of_a_page_are_the_totals_of_the_trend(world: World, score: int | None) -> None:
    review = signed_off_risk_review(world, due_in=7, score=3, mood=score)
    (again,) = signed_off_reviews_of(world.ely.pk)
    assert total_text_of(totals_of([review.reference])[review.reference]) == total_text_of(round_of(again).total)


def test_outcomes_do_not_exist_for_a_volunteer(world: World, as_person: AsPerson) -> None:
    entry(world)
    assert any(words.startswith("Arrested, no further action") for words in lines_read_by(world, world.ann))
    assert not any("Arrested" in words for words in lines_read_by(world, world.ben))
    assert 'value="outcome"' in page(as_person(world.ann))
    asked = page(as_person(world.ben), kind="outcome")
    assert 'value="outcome"' not in asked
    assert "There is no such kind here" in asked


def test_an_outcome_that_was_corrected_is_told_once(world: World) -> None:
    wrong = entry(world)
    known = KnownOutcome(type(wrong).Step(1), wrong.event_on, wrong.known_on, type(wrong).Source.POLICE)
    correct_outcome(wrong, known=known, reason="It was a warning.", by=world.ann, at=world.now)
    found = [entry.words.what for entry in entries_read_by(world, world.ann) if entry.kind == "Outcomes"]
    assert found == ["Warning or increased restriction"]


def test_a_contact_is_told_once_its_minutes_are_sent(world: World) -> None:
    contact = contact_after(world, 1)
    said = "Telephone, 10 minutes; Paul began it"
    assert said in lines_read_by(world, world.ben)
    Meeting.objects.filter(pk=contact.minutes.meeting_id).update(status="draft", submitted_at=None, submitted_by=None)
    assert said not in lines_read_by(world, world.ann)


def test_a_restriction_is_told_in_plain_words_and_its_end_when_it_has_come(world: World) -> None:
    today = world.now.date()
    for words, ends in [("No telephone of his own.", today), ("No alcohol.", today + timedelta(days=20))]:
        add_restriction(
            world.core_member,
            source="licence",
            plain_words=words,
            starts_on=today - timedelta(days=90),
            ends_on=ends,
            by=world.ann,
            at=world.now,
        )
    found = lines_read_by(world, world.ben)
    assert "A restriction was written down No alcohol." in found
    assert "A restriction ended No telephone of his own." in found
    assert "A restriction ended No alcohol." not in found
    links = {entry.words.url for entry in entries_read_by(world, world.ben) if entry.kind == "Restrictions"}
    assert links == {""}
    assert all(entry.words.url for entry in entries_read_by(world, world.ann) if entry.kind == "Restrictions")


def test_who_joined_goals_and_actions_are_told(world: World) -> None:
    add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.dev), by=world.ann, at=world.now)
    goal(world)
    action(world)
    found = lines_read_by(world, world.ben)
    assert "Dev joined" in found
    assert "Cas left" in found
    assert "A goal was opened I want to ring my sister every Sunday." in found
    assert "An action was agreed Look up the allotment’s opening hours." in found


def test_the_notes_of_the_circles_story_are_for_those_who_look_after_it(world: World) -> None:
    line = {"circle": world.ely, "at": world.now, "by": world.ann}
    moved, meeting = CircleEvent.Kind.MOVED, CircleEvent.Kind.MEETING
    CircleEvent.objects.create(**line, kind=moved, from_status="weekly", to_status="paused", note="He was arrested.")
    CircleEvent.objects.create(**line, kind=meeting, what="Meeting 9: the minutes are missing")
    CircleEvent.objects.create(**line, what="Meeting at the library from now on")
    assert "Meeting at the library from now on" in lines_read_by(world, world.ben)
    assert "The circle: paused He was arrested." in lines_read_by(world, world.ann)
    assert "The circle: paused" in lines_read_by(world, world.ben)
    assert not any("the minutes are missing" in words for words in lines_read_by(world, world.ann))


def test_another_circles_life_is_not_in_this_one(world: World) -> None:
    raise_concern(world.wisbech, submit_key=uuid4(), level=Level.LOG, words="Late.", by=world.dev, at=world.now)
    assert not any("Dev" in words or "Concern" in words for words in lines_read_by(world, world.hana))


def test_it_is_narrowed_by_kind_and_by_days_and_the_next_page_keeps_that(world: World, as_person: AsPerson) -> None:
    long_life(world)
    ann = as_person(world.ann)
    meetings = page(ann, kind="meeting")
    assert "was held" in meetings
    assert "Ring the library." not in meetings
    assert "?kind=meeting&amp;page=2" in meetings
    day = (world.now - timedelta(weeks=2)).date()
    asked = {
        f"{name}_{part}": str(getattr(day, part)) for name in ("since", "until") for part in ("day", "month", "year")
    }
    response = ann.get(reverse("circles:timeline", args=["C-0142"]), asked)
    found = response.context["entries"]
    assert found
    assert {one.at.date() for one in found} <= {day}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "There is no such date as 31 2 2026"),
        ({"since_day": "1"}, "Write the day, the month and the year"),
        (
            {
                "since_day": "2",
                "since_month": "2",
                "since_year": "2026",
                "until_day": "1",
                "until_month": "2",
                "until_year": "2026",
            },
            "must not come before the first",
        ),
        ({"kind": "secrets"}, "There is no such kind here"),
    ],
)
def test_what_is_not_well_formed_is_said_and_kept_and_breaks_nothing(
    world: World, as_person: AsPerson, asked: dict[str, str], said: str
) -> None:
    total_text_of = page(as_person(world.ann), **asked)
    assert said in total_text_of
    assert all(f'value="{value}"' in total_text_of for name, value in asked.items() if name != "kind")
    assert "newest first" in total_text_of
