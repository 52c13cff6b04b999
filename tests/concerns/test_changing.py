"""The pages that hold, move and join a concern, and those of clocks and holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from concerns.models import Concern, Hold, Holiday, LadderVersion, Level
from core.worktime import LONDON
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]


def test_ann_holds_a_lesser_concern_and_takes_it_off_again(world: World, as_person: As) -> None:
    concern, ann = worry(world, Level.LOG), as_person(world.ann)
    page = concern.get_absolute_url()
    assert "Put it on hold" in ann.get(page).content.decode()
    until = (timezone.now().astimezone(LONDON) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert ann.post(f"{page}hold/", {"until": until, "reason": "His officer is away."})["Location"] == page
    assert "His officer is away." in ann.get(page).content.decode()
    ann.post(f"{page}release-hold/")
    assert Hold.objects.get().released_by == world.ann
    assert "not on hold" in ann.post(f"{page}release-hold/", follow=True).content.decode()


def test_an_urgent_concern_offers_no_hold_and_refuses_one(world: World, as_person: As) -> None:
    concern, ann = worry(world), as_person(world.ann)
    page = concern.get_absolute_url()
    assert "Put it on hold" not in ann.get(page).content.decode()
    refused = ann.post(f"{page}hold/", {"until": "2030-01-01T09:00", "reason": "x"}).content.decode()
    assert "never put on hold" in refused


def test_ann_moves_a_concern_to_norfolk(world: World, as_person: As) -> None:
    concern, ann = worry(world), as_person(world.ann)
    page = concern.get_absolute_url()
    assert "Cambridgeshire queue" not in ann.get(f"{page}move/").content.decode().split("<main")[1]
    ann.post(f"{page}move/", {"queue": world.norfolk.pk, "reason": "He lives there now."})
    concern.refresh_from_db()
    assert concern.queue == world.norfolk


def test_ann_joins_one_concern_to_another_and_not_to_one_she_cannot_see(world: World, as_person: As) -> None:
    kept, joined, ann = worry(world), worry(world), as_person(world.ann)
    hidden = worry(world)
    Concern.objects.filter(pk=hidden.pk).update(about=world.ann)
    page = f"{joined.get_absolute_url()}join/"
    for reference in (hidden.reference, "K-NOSUCH"):
        assert "no such concern for you to see" in ann.post(page, {"into": reference}).content.decode()
    assert ann.post(page, {"into": kept.reference.lower()}).status_code == 302
    joined.refresh_from_db()
    assert joined.merged_into == kept
    assert "together with another concern" in as_person(world.ben).get("/concerns/mine/").content.decode()


def test_fay_proposes_a_clock_and_hana_agrees(world: World, as_person: As) -> None:
    sent = {"level": "urgent", "side": "charity", "hours": "0.5", "reason": "An hour was too long."}
    as_person(world.fay).post("/concerns/ladder/propose/", sent)
    hers = as_person(world.fay).get("/concerns/ladder/").content.decode()
    assert "An hour was too long." in hers
    assert "Somebody other than its author must agree." in hers
    assert "5 working days" in hers
    assert "30 min" in hers
    hana = as_person(world.hana)
    assert "I agree: put it in force" in hana.get("/concerns/ladder/").content.decode()
    hana.post("/concerns/ladder/2/agree/")
    assert LadderVersion.objects.in_force(timezone.now()).number == 2
    assert "Ladder 2, in force" in hana.get("/concerns/ladder/").content.decode()


def test_hana_adds_a_holiday_and_takes_it_off(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    sent = {"name": "A royal wedding", "day_day": "11", "day_month": "12", "day_year": "2030"}
    assert hana.post("/concerns/ladder/holidays/add/", sent)["Location"] == "/concerns/ladder/"
    assert Holiday.objects.filter(name="A royal wedding", removed_at=None).exists()
    assert "on the list already" in hana.post("/concerns/ladder/holidays/add/", sent).content.decode()
    hana.post(f"/concerns/ladder/holidays/{Holiday.objects.get(name='A royal wedding').pk}/remove/")
    assert not Holiday.objects.filter(name="A royal wedding", removed_at=None).exists()
