"""A restriction is varied or ends: old words stay with their days, his circle is told, its place is checked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.circle.models import Circle
from circles.schedule.calling_off_operations import move_meeting
from circles.venue.operations import choose_venue
from circles.worklist import work_of
from core.errors import Refused
from offenders.restriction.models import Restriction
from offenders.restriction.operations import add_restriction, end_restriction, vary_restriction
from tests.circles.life.preparing import hall, today
from tests.circles.life.rows import date_of
from tests.offenders.restriction.rows import fields_of_end, fields_of_variation
from tests.world import World

DAY = timedelta(days=1)


def pauls(world: World) -> Restriction:
    return Restriction.objects.get(core_member=world.core_member, varied_by=None)


def vary(world: World, by: User | None = None, days: int = 0, **more: Any) -> Restriction:
    said = {
        "source": "shpo",
        "category": "places",
        "plain_words": "He must not be with anyone under 18.",
        "starts_on": today(world) + days * DAY,
        "verified_with": "Sgt Okafor, case officer",
        "verified_on": today(world),
    } | more
    return vary_restriction(pauls(world), by=by or world.ann, at=world.now, **said)


def end(world: World, by: User | None = None, days: int = 0, why: str = "The court discharged it.") -> Restriction:
    return end_restriction(pauls(world), ends_on=today(world) + days * DAY, why=why, by=by or world.ann, at=world.now)


def people_told(world: World) -> set[str]:
    return {alert.recipient.first_name for alert in Alert.objects.filter(key__contains=":restriction-")}


def speaks_against(world: World, person: User) -> list[str]:
    return [item.title for item in work_of(person, world.now) if "speaks against" in item.title]


def test_the_old_words_stay_with_their_days_and_the_new_ones_say_who_verified_them(world: World) -> None:
    old, new = pauls(world), vary(world)
    old.refresh_from_db()
    assert (old.plain_words, old.ends_on, old.ended_by) == (
        "He must not be alone with anyone under 16.",
        new.starts_on,
        world.ann,
    )
    assert (new.varies, new.verified_with, new.verified_on) == (old, "Sgt Okafor, case officer", today(world))
    assert list(Restriction.objects.in_force(today(world)).filter(core_member=world.core_member)) == [new]
    assert Entry.objects.filter(note="restriction varied", reference="EE-2417-K").exists()


def test_a_slip_is_varied_the_same_day_and_never_held(world: World) -> None:
    slip = add_restriction(
        world.core_member,
        source="licence",
        plain_words="He must be home by nin.",
        starts_on=today(world),
        by=world.ann,
        at=world.now,
    )
    said = {"source": "licence", "plain_words": "He must be home by nine.", "starts_on": today(world)}
    verified = {"verified_with": "Kay", "verified_on": today(world)}
    vary_restriction(slip, by=world.ann, at=world.now, **said, **verified)  # type: ignore[arg-type]
    slip.refresh_from_db()
    assert not slip.is_in_force_on(today(world))


def test_what_was_varied_or_has_ended_is_not_varied_or_ended_again(world: World) -> None:
    old = pauls(world)
    vary(world)
    with pytest.raises(Refused, match="ended or was varied already"):
        end_restriction(old, ends_on=today(world), why="So.", by=world.ann, at=world.now)
    end(world)
    with pytest.raises(Refused, match="ended or was varied already"):
        end(world)


def test_one_ends_on_a_day_and_its_words_stay(world: World) -> None:
    ending = end(world, days=3)
    assert [ending.is_in_force_on(today(world) + days * DAY) for days in (2, 3)] == [True, False]
    assert (ending.ended_because, ending.plain_words) == (
        "The court discharged it.",
        "He must not be alone with anyone under 16.",
    )
    assert Entry.objects.filter(note="restriction ended", reference="EE-2417-K").exists()


@pytest.mark.parametrize(
    ("act", "more", "field", "words"),
    [
        (end, {"why": " "}, "why", "Say who told you"),
        (end, {"days": -900}, "ends_on", "that day or a later one"),
        (vary, {"days": -900}, "starts_on", "that day or a later one"),
        (vary, {"avoids_district": "Ely"}, "avoids_district", "first part of a postcode"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    world: World, act: Callable[..., Restriction], more: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        act(world, **more)
    assert refused.value.field == field
    assert pauls(world).ends_on is None


def test_ben_pat_and_esi_may_not(world: World) -> None:
    for person in (world.ben, world.pat, world.esi):
        for act in (vary, end):
            with pytest.raises(PermissionDenied):
                act(world, by=person)


@pytest.mark.parametrize("act", [vary, end])
def test_everybody_in_the_circle_is_told_but_not_whoever_did_it(world: World, act: Callable[..., Restriction]) -> None:
    act(world, by=world.hana)
    assert people_told(world) == {"Ann", "Ben", "Tom", "Uma", "Vic"}
    links = set(Alert.objects.filter(recipient=world.ben, key__contains=":restriction-").values_list("link", flat=True))
    assert links == {world.ely.get_absolute_url()}


def test_an_answer_for_the_place_counts_no_more_once_it_is_varied(world: World) -> None:
    add_restriction(
        world.core_member,
        source="shpo",
        plain_words="He keeps out of Ely.",
        starts_on=today(world) - DAY,
        avoids_district="CB7",
        by=world.ann,
        at=world.now - DAY,
    )
    choose_venue(world.ely, venue=hall(world), answer="The court allowed it.", by=world.ann, at=world.now)
    assert speaks_against(world, world.ann) == []
    out_of_ely = Restriction.objects.get(avoids_district="CB7")
    vary_restriction(
        out_of_ely,
        source="shpo",
        plain_words="He keeps out of Ely and Soham.",
        avoids_district="CB7",
        starts_on=today(world),
        verified_with="Sgt Okafor",
        verified_on=today(world),
        by=world.hana,
        at=world.now + timedelta(minutes=1),
    )
    assert speaks_against(world, world.ann) == ["A restriction speaks against where C-0142 meets"]
    assert speaks_against(world, world.pat) == []
    choose_venue(
        Circle.objects.get(pk=world.ely.pk),
        venue=world.ely.venue or Circle.objects.get(pk=world.ely.pk).venue,  # type: ignore[arg-type]
        answer="Sgt Okafor agrees.",
        by=world.ann,
        at=world.now + timedelta(minutes=2),
    )
    assert speaks_against(world, world.ann) == []


def test_a_meeting_moved_to_a_place_with_children_is_on_anns_list(world: World) -> None:
    hall(world, "PARK", children_on_site=True)
    coming = world.ely.meetings.filter(planned_at__gt=world.now).order_by("planned_at")[0]
    move_meeting(
        coming,
        planned_at=coming.planned_at,
        place_code="PARK",
        words="The hall is shut.",
        by=world.ann,
        at=world.now,
    )
    assert speaks_against(world, world.ann) == []
    vary(world, avoids_children=True)
    [title] = speaks_against(world, world.ann)
    assert title.startswith("A restriction speaks against PARK, where C-0142 meets on")


def test_the_database_wants_who_verified_what_is_varied_and_why_one_ends(world: World) -> None:
    old, new = pauls(world), vary(world)
    for row, wrong in (
        (new, {"verified_with": ""}),
        (new, {"verified_on": None, "verified_with": ""}),
        (old, {"ended_because": ""}),
        (old, {"ends_on": None}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Restriction.objects.filter(pk=row.pk).update(**wrong)


def test_ann_varies_and_ends_it_on_the_pages(world: World, as_person: Callable[[User], Client]) -> None:
    ann, old = as_person(world.ann), pauls(world)
    address = reverse("offenders:vary_restriction", args=["EE-2417-K", old.pk])
    assert old.plain_words in ann.get(address).content.decode()
    page = ann.post(address, fields_of_variation(world), follow=True).content.decode()
    for words in (old.plain_words, "He must not be with anyone under 18.", "Sgt Okafor, case officer said so on"):
        assert words in page
    address = reverse("offenders:end_restriction", args=["EE-2417-K", pauls(world).pk])
    page = ann.post(address, fields_of_end(world), follow=True).content.decode()
    assert "No restriction is written down that holds today" in page
    assert "Sgt Okafor: the court discharged the order." in page


def test_what_was_typed_is_kept_where_something_is_missing(world: World, as_person: Callable[[User], Client]) -> None:
    address = reverse("offenders:vary_restriction", args=["EE-2417-K", pauls(world).pk])
    page = as_person(world.ann).post(address, fields_of_variation(world) | {"verified_with": ""}).content.decode()
    assert "He must not be with anyone under 18." in page
    assert pauls(world).ends_on is None


def test_another_core_members_restriction_is_not_found_at_this_address(
    world: World, as_person: Callable[[User], Client]
) -> None:
    other = world.other_core_member.restrictions.get()
    for page in ("vary_restriction", "end_restriction"):
        address = reverse(f"offenders:{page}", args=["EE-2417-K", other.pk])
        assert as_person(world.hana).get(address).status_code == 404
        assert as_person(world.hana).post(address, date_of("ends_on", world)).status_code == 404


def test_what_it_is_about_is_one_of_a_list_or_says_what_else(world: World) -> None:
    assert vary(world, category="other", category_other=" Pets ").category_in_words == "Pets"
    for category, other in (("other", " "), ("places", "Pets")):
        with pytest.raises(Refused, match="only then") as refused:
            vary(world, category=category, category_other=other)
        assert refused.value.field == "category_other"


def test_a_meeting_at_a_place_that_is_not_on_the_list_is_asked_about_where_he_keeps_out_of_places(world: World) -> None:
    coming = world.ely.meetings.filter(planned_at__gt=world.now).earliest("planned_at")
    world.ely.meetings.filter(pk=coming.pk).update(place_code="PARK")
    words = "Nobody has checked PARK against his restrictions"
    assert not [item for item in work_of(world.ann, world.now) if words in item.title]
    vary(world, avoids_children=True)
    assert [item for item in work_of(world.ann, world.now) if words in item.title]
