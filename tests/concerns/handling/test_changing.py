"""The pages that hold, move and join a concern, and those of clocks and holidays."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import User
from concerns.ladder.models import Holiday, LadderVersion
from tests.world import World

As = Callable[[User], Client]


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
