"""A slip in a restriction is put right beside its words; what is kept from volunteers is not shown to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.venue.warnings import warnings_of
from core.errors import Refused
from offenders.restriction.models import Restriction, RestrictionAddendum
from offenders.restriction.operations import add_restriction, put_restriction_right
from tests.circles.life.preparing import hall, today
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]
DAY = timedelta(days=1)


def put_right(world: World, words: str = "It is under 18.", by: User | None = None) -> RestrictionAddendum:
    restriction = world.core_member.restrictions.get()
    return put_restriction_right(restriction, words=words, by=by or world.ann, at=world.now)


def another_restriction(world: World, **more: Any) -> Restriction:
    return add_restriction(
        world.core_member,
        source="licence",
        plain_words="He keeps to his curfew.",
        starts_on=today(world) - DAY,
        by=world.ann,
        at=world.now,
        **more,
    )


def test_the_words_stay_and_what_is_right_stands_after_them(world: World) -> None:
    before = world.core_member.restrictions.get().plain_words
    put_right(world)
    put_right(world, "And it is the SHPO of 2024.")
    restriction = Restriction.objects.in_whole_words().get(core_member=world.core_member)
    assert restriction.plain_words == before
    said = f"{before} Put right: It is under 18. Put right: And it is the SHPO of 2024."
    assert restriction.whole_words == said
    assert Entry.objects.filter(note="restriction put right", reference=world.core_member.reference).count() == 2


def test_everybody_who_reads_it_is_told_but_for_ann_who_wrote_it(world: World) -> None:
    put_right(world)
    told = Alert.objects.filter(key__contains="put-right").values_list("recipient__first_name", flat=True)
    assert "Ben" in told
    assert "Ann" not in told


def test_it_needs_words_and_ben_may_not(world: World) -> None:
    with pytest.raises(Refused, match="what is right"):
        put_right(world, "  ")
    for person in (world.ben, world.pat, world.esi):
        with pytest.raises(PermissionDenied):
            put_right(world, by=person)


def test_the_database_lets_nobody_rewrite_it(world: World) -> None:
    addendum = put_right(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        RestrictionAddendum.objects.filter(pk=addendum.pk).update(words="Nothing.")


def test_ben_reads_it_on_the_bar_and_esi_on_the_concerns_bar(world: World, as_person: As) -> None:
    put_right(world)
    concern = worry(world)
    assert (
        "Put right: It is under 18."
        in as_person(world.ben).get(reverse("circles:people", args=["C-0142"])).content.decode()
    )
    assert "Put right: It is under 18." in as_person(world.esi).get(concern.get_absolute_url()).content.decode()


def test_ben_is_neither_shown_nor_told_what_is_kept_from_volunteers(world: World, as_person: As) -> None:
    another_restriction(world, kept_from_volunteers=True, exact_words="Condition 7(b).")
    address = world.ely.get_absolute_url()
    assert "curfew" in as_person(world.ann).get(address).content.decode()
    for page in (address, reverse("circles:timeline", args=[world.ely.reference])):
        assert "curfew" not in as_person(world.ben).get(page).content.decode()
    assert not Alert.objects.filter(key__contains=":restriction-", recipient=world.ben).exists()


def test_a_place_with_internet_is_warned_of_where_he_must_not_go_online(world: World) -> None:
    library = hall(world, "LIBR", internet_on_site=True)
    online = another_restriction(world, avoids_internet=True)
    assert warnings_of(library, [online]) == ["He must not go online unwatched, and at LIBR anybody can."]
    assert warnings_of(hall(world, "OAK"), [online]) == []


def test_who_verified_it_stands_there_with_the_day_or_neither_does(world: World) -> None:
    said = another_restriction(world, verified_with="Sgt Okafor", verified_on=today(world) - DAY)
    assert (said.verified_with, said.verified_on) == ("Sgt Okafor", today(world) - DAY)
    with pytest.raises(Refused, match="both who told you"):
        another_restriction(world, verified_with="Sgt Okafor")
    with pytest.raises(Refused, match="not come yet"):
        another_restriction(world, verified_with="Sgt Okafor", verified_on=today(world) + DAY)
