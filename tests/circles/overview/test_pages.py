"""The circle's pages: what each reader sees on them, and what the buttons do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.operations import add_addendum, approve_minutes
from circles.schedule.operations import plan_next_meetings
from offenders.core_member.operations import accept_core_member
from tests.circles.log.writing import send, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def read(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(f"circles:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_ben_sees_paul_the_place_and_what_paul_must_not_do_but_nothing_of_mappa(
    world: World, as_person: AsPerson
) -> None:
    body = read(as_person(world.ben), "circle", "C-0142")
    for shown in ["Paul", "ELM", "He must not be alone with anyone under 16."]:
        assert shown in body
    for hidden in ["EE-2417-K", "MAPPA", "Category 1", "Quayle", "Who looked"]:
        assert hidden not in body


def test_ann_sees_the_identity_bar_and_how_the_circle_is_doing(world: World, as_person: AsPerson) -> None:
    body = read(as_person(world.ann), "circle", "C-0142")
    for shown in ["EE-2417-K", "Category 1", "Level 1", "Police", "minutes late", "Who looked"]:
        assert shown in body


def test_cas_who_left_finds_no_circle_and_the_attempt_is_recorded(world: World, as_person: AsPerson) -> None:
    assert as_person(world.cas).get(world.ely.get_absolute_url()).status_code == 404
    attempt = Entry.objects.filter(actor=world.cas, act="refused_unseen", kind="circle", reference="C-0142")
    assert attempt.exists()


def test_opening_the_circle_is_logged_and_ann_sees_who_looked(world: World, as_person: AsPerson) -> None:
    read(as_person(world.ben), "circle", "C-0142")
    body = read(as_person(world.ann), "who_looked", "C-0142")
    assert "Ben Ashby" in body
    assert as_person(world.ben).get(reverse("circles:who_looked", args=["C-0142"])).status_code == 403


def test_ben_sees_first_names_and_ann_sees_whole_ones_and_who_has_gone(world: World, as_person: AsPerson) -> None:
    bens = read(as_person(world.ben), "people", "C-0142")
    assert "Tom" in bens
    assert "Quayle" not in bens
    assert "Cas" not in bens
    anns = read(as_person(world.ann), "people", "C-0142")
    assert "Tom Quayle" in anns
    assert "Cas Merrow" in anns


def test_ann_adds_dev_and_ends_toms_membership_on_its_pages(world: World, as_person: AsPerson) -> None:
    ann = as_person(world.ann)
    dev = Volunteer.objects.get(user=world.dev)
    answer = ann.post(reverse("circles:add_volunteer", args=["C-0142"]), {"volunteer": dev.pk}, follow=True)
    assert "Dev Pillai belongs to C-0142 from now on." in answer.content.decode()
    tom = Volunteer.objects.get(user=world.tom)
    end = reverse("circles:end_membership", args=["C-0142", tom.reference])
    assert "Tom Quayle" in ann.get(end).content.decode()
    assert "Tom Quayle has left C-0142." in ann.post(end, follow=True).content.decode()
    assert ann.get(end).status_code == 404
    assert not Membership.objects.current().filter(circle=world.ely, volunteer=tom).exists()


def test_ben_may_not_reach_the_pages_that_change_the_circle(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    tom = Volunteer.objects.get(user=world.tom)
    for name, args in [("add_volunteer", []), ("end_membership", [tom.reference]), ("close", [])]:
        assert ben.get(reverse(f"circles:{name}", args=["C-0142", *args])).status_code == 403
    assert ben.get(reverse("circles:open")).status_code == 403


def test_hana_takes_over_a_circle_on_its_page(world: World, as_person: AsPerson) -> None:
    hana = as_person(world.hana)
    waiting = accept_core_member(
        category=1,
        level=1,
        lead_agency="police",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
    )
    starts, ends = world.now.date(), world.now.date() + timedelta(days=400)
    sent = {
        "core_member": waiting.pk,
        "known_as": "Ray Smith",
        "coordinator": world.ann.pk,
        "weekday": 2,
        "meets_at": "18:30",
        "place_code": "oak",
        "started_on_day": starts.day,
        "started_on_month": starts.month,
        "started_on_year": starts.year,
        "planned_end_on_day": ends.day,
        "planned_end_on_month": ends.month,
        "planned_end_on_year": ends.year,
    }
    refused = hana.post(reverse("circles:open"), sent)
    assert "one first name" in refused.content.decode()
    assert "Ray Smith" in refused.content.decode()
    opened = hana.post(reverse("circles:open"), sent | {"known_as": "Ray"})
    assert opened.url == Circle.objects.get(core_member=waiting).get_absolute_url()


def test_the_list_shows_each_person_their_own_circles(world: World, as_person: AsPerson) -> None:
    anns = read(as_person(world.ann), "circles")
    assert "C-0142" in anns
    assert "C-0098" not in anns
    hanas = read(as_person(world.hana), "circles")
    assert "C-0142" in hanas
    assert "C-0098" in hanas
    assert "C-0142" not in read(as_person(world.gil), "circles")


def test_ann_reads_and_approves_and_the_page_says_it_is_locked(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ann = as_person(world.ann)
    body = read(ann, "meeting", world.meeting.reference)
    assert "He saw his sister on Sunday" in body
    assert "A calm evening." in body
    approve = reverse("circles:approve", args=[world.meeting.reference])
    assert "He saw his sister on Sunday" in ann.get(approve).content.decode()
    assert "approved and locked" in ann.post(approve, follow=True).content.decode()
    assert Meeting.objects.get(pk=world.meeting.pk).status == Meeting.Status.APPROVED


def test_the_debrief_is_the_coordinators_once_it_is_sent_and_its_writers_before(
    world: World, as_person: AsPerson
) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    assert "A calm evening." in read(as_person(world.ben), "meeting", world.meeting.reference)
    assert "A calm evening." not in read(as_person(world.tom), "meeting", world.meeting.reference)
    assert "A calm evening." not in as_person(world.hana).get(world.meeting.get_absolute_url()).content.decode()
    world.meeting.refresh_from_db()
    send(world.meeting, by=world.ben, at=world.now)
    for person in [world.ben, world.tom, world.hana, world.fay]:
        assert "A calm evening." not in read(as_person(person), "meeting", world.meeting.reference)


def test_hana_does_not_read_minutes_still_being_written(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    assert "his sister" not in read(as_person(world.hana), "meeting", world.meeting.reference)


def test_ann_returns_minutes_with_a_reason(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ann = as_person(world.ann)
    give_back = reverse("circles:return", args=[world.meeting.reference])
    assert ann.post(give_back, {"reason": ""}).status_code == 200
    assert ann.post(give_back, {"reason": "Who came late?"}).url == world.meeting.get_absolute_url()
    assert as_person(world.ben).get(give_back).status_code == 403


def test_a_late_meeting_wears_its_flag(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.meeting.minutes_due_at + timedelta(hours=1))
    assert "Sent late" in read(as_person(world.ann), "meeting", world.meeting.reference)


def test_later_words_stand_on_the_page_with_their_author(world: World, as_person: AsPerson) -> None:
    meeting = approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    tom = as_person(world.tom)
    add = reverse("circles:addendum", args=[meeting.reference])
    assert tom.post(add, {"words": ""}).status_code == 200
    assert tom.post(add, {"words": "He rang me on Friday."}).url == meeting.get_absolute_url()
    body = read(as_person(world.ben), "meeting", meeting.reference)
    assert "He rang me on Friday." in body
    assert as_person(world.hana).get(add).status_code == 403
    add_addendum(meeting, words="So did I.", by=world.ben, at=world.now)


def test_tom_takes_the_minutes_on_the_meetings_page(world: World, as_person: AsPerson) -> None:
    tom = as_person(world.tom)
    take = reverse("circles:take_minutes", args=[world.meeting.reference])
    assert tom.get(take).status_code == 200
    assert "You take the minutes." in tom.post(take, follow=True).content.decode()
    assert "Only a volunteer" in as_person(world.ann).post(take).content.decode()


def test_the_meetings_are_listed_newest_first(world: World, as_person: AsPerson) -> None:
    plan_next_meetings(at=world.now + timedelta(days=14))
    body = read(as_person(world.ben), "meetings", "C-0142")
    assert body.index("Meeting 3") < body.index("Meeting 1")


def test_what_wants_doing_stands_on_the_circles_page(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    assert "Write the minutes of" in read(as_person(world.ben), "circle", "C-0142")
    send(world.meeting, by=world.ben, at=world.now)
    assert "Read the minutes of" in read(as_person(world.ann), "circle", "C-0142")


def test_the_circles_page_costs_under_fifteen_queries(
    world: World, as_person: AsPerson, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ann = as_person(world.ann)
    with django_assert_max_num_queries(16):  # two of them the savepoint a test's transaction brings
        ann.get(world.ely.get_absolute_url())
