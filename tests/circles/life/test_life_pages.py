"""The pages of a circle's life, as Ann, Ben, Hana and Pat meet them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.agreement.models import Agreement
from circles.circle.models import Circle
from circles.life.operations import begin_ending
from circles.minutes.operations import approve_minutes
from circles.programme.models import Programme
from circles.sharing_agreement.models import SharingAgreement
from circles.sharing_agreement.operations import set_sharing_aside
from circles.venue.models import Venue
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from tests.circles.life.preparing import EVERYTHING, hall, prepared_circle, proposed_circle, supply, today
from tests.circles.life.rows import date_of
from tests.circles.log.writing import send
from tests.world import World

AsPerson = Callable[[User], Client]


def page(name: str, *args: str) -> str:
    return reverse(f"circles:{name}", args=args)


def words_of(client: Client, name: str, /, *args: str, **sent: Any) -> str:
    """What the page says: opened, or sent to and followed."""
    answer = client.post(page(name, *args), sent, follow=True) if sent else client.get(page(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_ann_proposes_a_circle_and_is_told_what_is_still_to_do(world: World, as_person: AsPerson) -> None:
    waiting = accept_core_member(
        category=1,
        level=1,
        lead_agency="police",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
    )
    sent = date_of("started_on", world, 20) | {
        "core_member": waiting.pk,
        "programme": Programme.objects.get(reference="P-GATE").pk,
        "known_as": "Ray",
        "coordinator": world.ann.pk,
        "weekday": 2,
        "meets_at": "18:30",
    }
    body = words_of(as_person(world.ann), "propose", **sent)
    circle = Circle.objects.get(core_member=waiting)
    assert (circle.planned_end_on - circle.started_on).days > 540
    assert "0 of at least 4 volunteers. The coordinator can do this." in body
    assert "no agreement is in force for Cambridgeshire" in body.replace("No agreement", "no agreement")
    assert "Confirm the volunteers" in body
    assert "Give this circle up" in body


def test_ann_walks_a_circle_through_its_stages_on_the_page(world: World, as_person: AsPerson) -> None:
    ann, circle = as_person(world.ann), supply(proposed_circle(world), world)
    refused = ann.post(page("step", circle.reference, "match"), {})
    assert "conflict of interest" in refused.content.decode()
    words_of(ann, "step", circle.reference, "match", no_conflicts="on")
    words_of(ann, "step", circle.reference, "prepare", confirm="")
    assert "meets weekly" in words_of(ann, "step", circle.reference, "start", confirm="")
    body = words_of(ann, "still_to_do", circle.reference)
    assert "The circle meets as it should." in body
    assert "Pause the circle" in body
    assert "Let the circle meet" not in body
    assert ann.get(page("step", circle.reference, "nosuch")).status_code == 404


def test_a_step_with_something_still_to_do_is_refused_on_the_page_too(world: World, as_person: AsPerson) -> None:
    circle = prepared_circle(world, EVERYTHING - {"briefing"})
    body = as_person(world.ann).post(page("step", circle.reference, "start")).content.decode()
    assert "no briefing has been held" in body


def test_links_stand_only_where_the_reader_can_close_it(world: World, as_person: AsPerson) -> None:
    circle = prepared_circle(world, EVERYTHING - {"briefing", "sharing"})
    anns, bens = (words_of(as_person(one), "still_to_do", circle.reference) for one in (world.ann, world.ben))
    hanas = words_of(as_person(world.hana), "still_to_do", circle.reference)
    briefing, sharing = page("record_briefing", circle.reference), page("set_sharing_aside", circle.reference)
    assert briefing in anns
    assert sharing not in anns
    assert sharing in hanas
    assert briefing not in bens
    assert "Read the agreement, and sign it" in bens
    assert "no briefing has been held" in bens.replace("No briefing", "no briefing")


def test_ann_ends_and_closes_the_circle_once_the_minutes_are_read(world: World, as_person: AsPerson) -> None:
    ann = as_person(world.ann)
    body = words_of(ann, "step", "C-0142", "end", end_reason="moved", words="To Leeds.")
    assert "Before it can close" in body
    assert "are not approved" in body
    assert "Still to finish" in words_of(ann, "close", "C-0142", confirm="")
    approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    assert "This circle is over. Moved out of the area." in words_of(ann, "close", "C-0142", confirm="")
    assert as_person(world.ben).get(page("still_to_do", "C-0142")).status_code == 404


def test_the_address_is_for_ann_and_her_members_alone(world: World, as_person: AsPerson) -> None:
    circle = prepared_circle(world)
    place = Venue.objects.get(place_code="HALL")
    for person in (world.ann, world.ben):
        assert "St Mary’s Hall" in words_of(as_person(person), "circle", circle.reference)
    for person in (world.hana, world.fay):
        assert "St Mary’s Hall" not in words_of(as_person(person), "circle", circle.reference)
    assert "St Mary’s Hall" in words_of(as_person(world.ann), "venue", place.reference)
    body = words_of(as_person(world.hana), "venue", place.reference)
    assert "St Mary’s Hall" not in body
    assert "HALL" in body
    assert as_person(world.pat).get(place.get_absolute_url()).status_code == 404


def test_ann_adds_assesses_and_changes_a_place(world: World, as_person: AsPerson) -> None:
    ann = as_person(world.ann)
    sent = {"place_code": "oak", "address": "Oak House, Ely", "district": "cb7"}
    assert "none yet" in words_of(ann, "add_venue", **sent)
    assert "of this code already" in words_of(ann, "add_venue", **sent)
    assert "first part of the postcode" in words_of(ann, "add_venue", **sent | {"place_code": "ash", "district": "Ely"})
    oak = Venue.objects.get(place_code="OAK")
    days = date_of("assessed_on", world) | date_of("assessed_until", world, 90)
    assert "good until" in words_of(ann, "assess_venue", oak.reference, **days)
    backwards = date_of("assessed_on", world) | date_of("assessed_until", world, -1)
    assert "must come after" in words_of(ann, "assess_venue", oak.reference, **backwards)
    ahead = date_of("assessed_on", world, 2) | date_of("assessed_until", world, 9)
    assert "not come yet" in words_of(ann, "assess_venue", oak.reference, **ahead)
    changed = words_of(ann, "change_venue", oak.reference, address="Oak Barn", district="CB6", children_on_site="on")
    assert "Oak Barn" in changed
    assert "OAK" in words_of(ann, "venues")


def test_ann_chooses_a_place_and_answers_what_speaks_against_it(world: World, as_person: AsPerson) -> None:
    ann, place = as_person(world.ann), hall(world)
    add_restriction(
        world.core_member,
        source="shpo",
        plain_words="He keeps out of Ely.",
        starts_on=today(world),
        avoids_district="CB7",
        by=world.ann,
        at=world.now,
    )
    assert "He must keep out of CB7, and HALL is there." in words_of(ann, "choose_venue", "C-0142", venue=place.pk)
    words_of(ann, "choose_venue", "C-0142", venue=place.pk, answer="Police agree.")
    ely = Circle.objects.get(pk=world.ely.pk)
    assert (ely.venue, ely.place_code) == (place, "HALL")
    assert set(ely.meetings.filter(planned_at__gt=world.now).values_list("place_code", flat=True)) == {"HALL"}
    assert "He must keep out of CB7" in words_of(ann, "choose_venue", "C-0142")


def test_ben_reads_and_signs_and_ann_writes_down_that_he_has_signed(world: World, as_person: AsPerson) -> None:
    ben, ann = as_person(world.ben), as_person(world.ann)
    assert "limit" in words_of(ben, "agreement", "C-0142")
    signed = words_of(ben, "sign", "C-0142", version="1")
    assert "You have signed the agreement." in signed
    assert "Sign it" not in signed
    assert "Paul, " in words_of(ann, "record_his_signature", "C-0142", **date_of("signed_on", world))
    assert "signed already" in words_of(ann, "record_his_signature", "C-0142", **date_of("signed_on", world))


def test_hana_publishes_a_new_text_with_the_old_before_her(world: World, as_person: AsPerson) -> None:
    hana = as_person(world.hana)
    assert "We meet on the day" in words_of(hana, "publish_agreement")
    assert "Version 2 is in force" in words_of(hana, "publish_agreement", words="Be kind.")
    Agreement.objects.update(published_on=today(world) + timedelta(days=2))
    assert "No agreement is in force" in words_of(as_person(world.ann), "agreement", "C-0142")


def test_hana_keeps_programmes_and_sharing_agreements(world: World, as_person: AsPerson) -> None:
    hana = as_person(world.hana)
    sent = {
        "name": "Adult circle",
        "months": 15,
        "cadence": "weekly",
        "least_volunteers": 3,
        "most_volunteers": 5,
        "review_weeks": 12,
    }
    assert "3 to 5" in words_of(hana, "change_programme", "P-ADULT", **sent)
    assert "cannot be less than" in words_of(hana, "change_programme", "P-ADULT", **sent | {"most_volunteers": 2})
    taken = sent | {"name": "young people’s circle"}
    assert "of this name already" in words_of(hana, "change_programme", "P-ADULT", **taken)
    assert hana.get(page("change_programme", "P-XXXXX")).status_code == 404
    assert "of this name already" in words_of(hana, "add_programme", **taken)
    assert "Prison circle" in words_of(hana, "add_programme", **sent | {"name": "Prison circle"})
    deal = {"area": world.norfolk.area.pk, "parties": "Police", "version": "2"} | date_of("signed_on", world, -400)
    assert "must come after" in words_of(hana, "add_sharing", **deal | date_of("review_on", world, -401))
    assert "not in force" in words_of(hana, "add_sharing", **deal | date_of("review_on", world, -1))
    assert SharingAgreement.objects.get().area == world.norfolk.area


def test_hana_sets_the_sharing_agreement_aside_on_the_page(world: World, as_person: AsPerson) -> None:
    words_of(as_person(world.hana), "set_sharing_aside", "C-0142", reason="It is being signed.")
    assert Circle.objects.get(pk=world.ely.pk).sharing_override.given_by == world.hana


def test_a_volunteer_finds_no_register(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    for name in ("venues", "add_venue", "programmes", "sharing", "publish_agreement", "propose", "open"):
        assert ben.get(page(name)).status_code == 403
    assert "Meeting places" not in words_of(ben, "circles")


def test_nothing_is_signed_or_set_aside_in_a_circle_that_is_over(world: World, as_person: AsPerson) -> None:
    approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    begin_ending(world.ely, end_reason="death", by=world.ann, at=world.now)
    ann = as_person(world.ann)
    words_of(ann, "close", "C-0142", confirm="")
    assert "has ended" in words_of(ann, "sign", "C-0142", version="1")
    assert "needs no place" in words_of(ann, "choose_venue", "C-0142", venue=hall(world).pk)
    set_sharing_aside(world.ely, reason="For the record.", by=world.hana, at=world.now)
