"""What is read leaves one line: the cases that were missed once, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Act, Entry
from concerns.share.models import Share
from concerns.share.operations import approve_share, send_share
from tests.concerns.engine.raising import worry
from tests.concerns.register.keeping import low_level
from tests.concerns.share.sharing import share_for_esi
from tests.world import World

As = Callable[[User], Client]


def sights(person: User) -> list[Entry]:
    return list(Entry.objects.filter(actor=person, act__in=[Act.CONSULTED, Act.LISTED]).order_by("pk"))


def sent_share(world: World) -> Share:
    return send_share(approve_share(share_for_esi(world), by=world.hana, at=world.now), by=world.ann, at=world.now)


def test_a_refused_act_that_shows_the_concern_again_is_a_sight_of_it(world: World, as_person: As) -> None:
    concern = worry(world)
    answer = as_person(world.esi).post(f"/concerns/{concern.reference}/answer/", {})
    assert answer.status_code == 422
    assert concern.words in answer.content.decode()
    assert [line.reference for line in sights(world.esi)] == [concern.reference]


def test_esi_who_reads_a_share_on_the_page_of_a_refused_reply_has_opened_it(world: World, as_person: As) -> None:
    share = sent_share(world)
    answer = as_person(world.esi).post(f"/concerns/shares/{share.reference}/reply/", {})
    assert answer.status_code == 422
    assert share.text in answer.content.decode()
    assert [line.reference for line in sights(world.esi)] == [share.reference]
    share.refresh_from_db()
    assert share.opened_at is not None


def test_a_share_that_is_offered_again_for_correction_is_opened_too(world: World, as_person: As) -> None:
    share = sent_share(world)
    page = f"{reverse('concerns:propose_share', args=[share.concern.reference])}?corrects={share.reference}"
    assert share.text in as_person(world.ann).get(page).content.decode()
    assert {line.reference for line in sights(world.ann)} == {share.concern.reference, share.reference}


def test_an_act_that_leads_on_shows_nothing_and_its_own_line_is_the_only_one(world: World, as_person: As) -> None:
    concern = worry(world)
    assert as_person(world.esi).post(f"/concerns/{concern.reference}/claim/").status_code == 302
    assert sights(world.esi) == []


def test_asking_only_for_the_head_of_a_page_shows_nothing(world: World, as_person: As) -> None:
    assert as_person(world.ann).head("/circles/C-0142/").status_code == 200
    assert sights(world.ann) == []


def test_an_export_is_one_line_not_two(world: World, as_person: As) -> None:
    share = sent_share(world)
    for name in ("text", "paper"):
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        assert as_person(world.esi).get(f"/concerns/shares/{share.reference}/{name}/").status_code == 200
        assert [line.act for line in Entry.objects.filter(pk__gt=last)] == [Act.EXPORTED]


def test_a_list_leaves_one_line_that_names_what_it_shows(world: World, as_person: As) -> None:
    as_person(world.hana).get("/core-members/")
    (line,) = sights(world.hana)
    assert (line.act, line.reference) == (Act.LISTED, "offenders:core_members")
    assert set(line.shown) == {"EE-2417-K", "EE-3091-T"}


def test_a_queue_that_refreshes_itself_all_evening_writes_when_something_is_new(world: World, as_person: As) -> None:
    first, client = worry(world), as_person(world.esi)
    for _ in range(4):
        client.get(world.queue.get_absolute_url())
    second = worry(world)
    for _ in range(4):
        client.get(world.queue.get_absolute_url())
    assert [line.shown for line in sights(world.esi)] == [[first.reference], [second.reference]]
    for minutes in range(10, 80, 10):
        with time_machine.travel(world.now + timedelta(minutes=minutes)):
            client.get(world.queue.get_absolute_url())
    assert set(sights(world.esi)[-1].shown) == {first.reference, second.reference}


def test_the_register_of_low_level_concerns_which_shows_words_is_written_each_time(world: World, as_person: As) -> None:
    kept, client = low_level(world), as_person(world.hana)
    for _ in range(2):
        client.get(reverse("concerns:low_levels"))
    assert [line.shown for line in sights(world.hana)] == [[kept.reference], [kept.reference]]


def test_jo_finds_who_saw_a_record_in_a_list(world: World, as_person: As) -> None:
    concern = worry(world)
    as_person(world.hana).get("/concerns/")
    page = as_person(world.jo).get("/trail/", {"reference": concern.reference}).content.decode()
    assert "Saw in a list" in page
    assert "Hana Reid" in page
