"""Setting up a queue by pages alone: made, granted and taken back; who is told; and what it says of who is reached."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Area, User
from alerts.message.models import Alert, Channel
from alerts.receipt.models import Bounce
from audit.models import Entry
from concerns.concern.models import Concern
from concerns.queue.models import Queue
from concerns.queue.operations import grant_queue, make_queue, name_team_manager, revoke_queue
from core.errors import Refused
from tests.accounts.teams import CAMBRIDGESHIRE, SUFFOLK, team
from tests.concerns.engine.raising import worry
from tests.concerns.queue.setting_up import work_in
from tests.world import World

As = Callable[[User], Client]


def words_of(answer: HttpResponse) -> str:
    """The page's words without its tags, each space once."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def alerts_about(person: User, queue: Queue) -> list[str]:
    inbox = Alert.objects.filter(recipient=person, channel=Channel.INBOX, key__startswith=queue.reference)
    return list(inbox.order_by("pk").values_list("link", flat=True))


def test_hana_makes_the_queue_of_essex_and_gives_it_to_maxs_team_by_pages_alone(world: World, as_person: As) -> None:
    work_in(world, "essex")
    hana, essex = as_person(world.hana), Area.objects.get(code="essex")
    listed = hana.get(reverse("concerns:set_up_queues")).content.decode()
    assert "Make the queue of Essex" in listed
    hana.post(reverse("concerns:add_queue"), {"area": essex.pk})
    queue = Queue.objects.get(area=essex)
    page = reverse("concerns:set_up_queue", args=[queue.reference])
    assert "No team works this queue" in hana.get(page).content.decode()
    hana.post(reverse("concerns:grant_queue", args=[queue.reference]), {"team": team(SUFFOLK).pk})
    hana.post(reverse("concerns:change_team_manager", args=[queue.reference]), {"team_manager": world.max.pk})
    assert words_of(hana.get(page)).count("Max Stone") == 2
    assert list(Queue.objects.worked_by(world.max)) == [queue]
    lines = Entry.objects.filter(kind="queue", reference=queue.reference, actor=world.hana)
    acts = lines.exclude(act__in=["consulted", "listed"]).order_by("pk").values_list("act", "recipient")
    assert list(acts) == [("collected", ""), ("granted", "Suffolk"), ("altered", world.max.reference)]
    assert alerts_about(world.max, queue) == [
        reverse("concerns:queue", args=[queue.reference]),
        reverse("concerns:queues"),
    ]


def test_the_queue_is_taken_back_and_at_once_the_team_sees_nothing_of_it_and_is_told(
    world: World, as_person: As
) -> None:
    concern, esi, hana = worry(world), as_person(world.esi), as_person(world.hana)
    assert esi.get(concern.get_absolute_url()).status_code == 200
    address = reverse("concerns:revoke_queue", args=[world.queue.reference, team(CAMBRIDGESHIRE).pk])
    assert "no agency hears of a concern in Cambridgeshire" in hana.get(address).content.decode()
    assert hana.post(address).status_code == 302
    assert esi.get(concern.get_absolute_url()).status_code == 404
    assert esi.get(reverse("concerns:queue", args=[world.queue.reference])).status_code == 404
    for name in ("esi", "oz", "ivor"):
        assert alerts_about(world.people[name], world.queue) == [reverse("concerns:queues")]
    assert not alerts_about(world.hana, world.queue), "she did it herself"


def test_what_gil_does_hana_is_told_of(world: World) -> None:
    grant_queue(world.queue, team=team(SUFFOLK), by=world.gil, at=world.now)
    assert alerts_about(world.hana, world.queue) == [reverse("concerns:set_up_queue", args=[world.queue.reference])]
    assert not Concern.objects.visible_to(world.gil).exists()


def test_an_area_has_one_queue_and_a_team_is_given_it_once(world: World) -> None:
    with pytest.raises(Refused, match="a queue already"):
        make_queue(world.queue.area, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="works the queue already"):
        grant_queue(world.queue, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    with pytest.raises(Refused, match="does not work the queue any more"):
        revoke_queue(world.queue, team=team(SUFFOLK), by=world.hana, at=world.now)


def test_the_team_manager_works_the_queue_or_nobody_would_be_told(world: World) -> None:
    with pytest.raises(Refused, match="must be in a team"):
        name_team_manager(world.queue, team_manager=world.max, by=world.hana, at=world.now)
    name_team_manager(world.queue, team_manager=world.esi, by=world.hana, at=world.now)
    assert alerts_about(world.oz, world.queue) == alerts_about(world.esi, world.queue) == [reverse("concerns:queues")]
    assert Queue.objects.get(pk=world.queue.pk).team_manager == world.esi


@pytest.mark.parametrize("name", ["ann", "fay", "esi"])
def test_nobody_else_sets_up_a_queue(world: World, name: str) -> None:
    by = world.people[name]
    with pytest.raises(PermissionDenied):
        revoke_queue(world.queue, team=team(CAMBRIDGESHIRE), by=by, at=world.now)
    with pytest.raises(PermissionDenied):
        name_team_manager(world.queue, team_manager=None, by=by, at=world.now)


def test_the_page_says_whom_each_rung_tells_and_who_cannot_be_reached(world: World, as_person: As) -> None:
    Bounce.objects.create(person=world.esi, channel=Channel.EMAIL, address=world.esi.email, at=world.now)
    Authenticator.objects.filter(user=world.ivor, type="totp")._raw_delete("default")
    queue = reverse("concerns:set_up_queue", args=[world.queue.reference])
    said = words_of(as_person(world.hana).get(queue))
    assert "Team manager Oz Hale" in said
    assert "MAPPA coordinator Ivor Beck" in said
    assert "No message reaches them" in said
    assert "No second factor yet" in said
    world.oz.groups.remove(team(CAMBRIDGESHIRE))
    assert "Oz Hale does not work this queue any more" in words_of(as_person(world.hana).get(queue))
    norfolk = reverse("concerns:set_up_queue", args=[world.norfolk.reference])
    said = words_of(as_person(world.gil).get(norfolk))
    assert "Nobody. Name one." in said
    assert "Invite the MAPPA coordinator of Norfolk" in said
