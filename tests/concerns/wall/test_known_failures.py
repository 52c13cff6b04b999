"""Walls that failed in other services, each as a test named after its failure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.operations import end_account
from alerts.hours.models import Preference
from alerts.hours.operations import choose_hours
from alerts.message.models import Alert
from alerts.outbox.operations import send_due
from circles.circle.models import Membership
from circles.membership.operations import add_volunteer, end_membership
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.responders import responders_for
from concerns.handling.move_operations import move_to_queue
from concerns.queue.models import Queue
from concerns.queue.operations import revoke_queue
from concerns.raising.operations import raise_concern
from tests.concerns.engine.raising import WORDS, worry
from tests.concerns.wall.poison import POISON, poison
from tests.world import World
from volunteers.volunteer.models import Volunteer

As = Callable[[User], Client]
REFERENCE = re.compile(r"\bK-[0-9A-Z]{5}\b")
LISTS = ["/", "/concerns/", "/concerns/mine/", "/concerns/circles/C-0142/", "/concerns/shares/"]


def test_a_list_wider_than_the_check_on_each_of_its_rows(world: World, as_person: As) -> None:
    """Whoever reads a reference in a list may open it (dj-helpdesk 1423)."""
    for about in (None, world.ann, world.hana):
        poison(world, about=about)
    worry(world, Level.LOG)
    readers = set()
    for name in ("ben", "tom", "ann", "pat", "hana", "fay", "kit", "esi", "oz", "ivor", "lou", "gil"):
        client = as_person(world.people[name])
        listed: set[str] = set()
        for address in [*LISTS, world.queue.get_absolute_url(), world.norfolk.get_absolute_url()]:
            listed |= set(REFERENCE.findall(client.get(address).content.decode()))
        seen = set(Concern.objects.visible_to(world.people[name]).values_list("reference", flat=True))
        assert listed <= seen, name
        assert {client.get(f"/concerns/{each}/").status_code for each in listed} <= {200, 302}, name
        readers |= {name} if listed else set()
    assert readers == {"ben", "ann", "hana", "fay", "kit", "esi", "oz", "ivor"}


def test_a_permission_that_is_always_true_for_staff(world: World) -> None:
    """A superuser who is staff may do nothing to a concern (dj-helpdesk 1338)."""
    concern = worry(world)
    world.gil.is_staff = world.gil.is_superuser = True
    world.gil.save()
    acts = [act.name for act in ConcernAccess.acts()]
    assert [act for act in acts if getattr(ConcernAccess(world.hana, concern), act)] != []
    assert [act for act in acts if getattr(ConcernAccess(world.gil, concern), act)] == []


def test_a_single_queue_that_everybody_is_given(world: World, as_person: As) -> None:
    """When there is but one queue, it is still only its team's (Zammad 3437)."""
    revoke_queue(world.norfolk, team=Group.objects.get(name="Norfolk public protection"), by=world.hana, at=world.now)
    world.norfolk.delete()
    made = poison(world)
    assert Queue.objects.count() == 1
    for name in ("lou", "max", "gil", "pat"):
        client = as_person(world.people[name])
        assert client.get(world.queue.get_absolute_url()).status_code == 404, name
        assert client.get(made.concern.get_absolute_url()).status_code == 404, name
        assert world.queue.reference not in client.get("/concerns/queues/").content.decode(), name


@pytest.mark.parametrize("name", ["esi", "oz", "ivor"])
def test_a_right_to_change_that_implies_a_right_to_create(world: World, as_person: As, name: str) -> None:
    """Who works a queue raises nothing about its circles (Zammad 2568)."""
    with pytest.raises(PermissionDenied):
        raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=world.people[name], at=world.now)
    assert as_person(world.people[name]).get("/concerns/new/C-0142/").status_code == 404


def test_a_choice_of_notifications_that_tells_of_every_new_item(world: World) -> None:
    """However a stranger chooses to be told, nothing comes (FreeScout 3843)."""
    strangers = [world.lou, world.max, world.pat, world.tom, world.gil]
    for news in Preference.News:
        for person in strangers:
            choose_hours(news=news, quiet_from=time(0), quiet_to=time(0, 1), by=person, at=world.now)
        poison(world)
    send_due(at=timezone.now() + timedelta(days=2))
    assert not Alert.objects.filter(recipient__in=strangers).exists()
    assert not [sent for sent in mail.outbox if {person.email for person in strangers} & set(sent.to)]
    assert mail.outbox, "those who must be told were"


def test_a_list_of_people_that_tells_what_they_work_on(world: World, as_person: As) -> None:
    """Neither a person's page nor the list of people names a concern they raised or hold (civicrm 16360)."""
    made = poison(world, about=world.hana)
    client = as_person(world.hana)
    for address in ("/people/", *(f"/people/{each.reference}/" for each in (world.ben, world.fay, world.esi))):
        page = client.get(address).content.decode()
        assert POISON not in page
        assert made.concern.reference not in page


def test_a_feed_of_what_happened_that_ignores_who_is_shut_out(world: World, as_person: As) -> None:
    """The circle's story and who looked at it tell Ann nothing of what is about her (dfir-iris 583)."""
    made = poison(world, about=world.ann)
    assert as_person(world.fay).get(made.concern.get_absolute_url()).status_code == 200
    client = as_person(world.ann)
    for address in (
        "/circles/C-0142/",
        "/circles/C-0142/who-looked/",
        "/core-members/EE-2417-K/",
        "/core-members/EE-2417-K/who-looked/",
    ):
        page = client.get(address).content.decode()
        assert made.concern.reference not in page
        assert POISON not in page


def test_entries_of_the_volunteer_before_shown_to_the_one_who_follows(world: World, as_person: As) -> None:
    """Dev joins when Ben goes, and finds nothing of what Ben wrote (casa 3338)."""
    made = poison(world)
    bens = Membership.objects.get(circle=world.ely, volunteer__user=world.ben, left_at=None)
    end_membership(bens, by=world.ann, at=world.now)
    add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.dev), by=world.ann, at=world.now)
    client = as_person(world.dev)
    assert client.get("/concerns/circles/C-0142/").status_code == 200
    for address in ("/", "/concerns/circles/C-0142/", "/concerns/mine/", made.concern.get_absolute_url()):
        page = client.get(address).content.decode()
        assert made.concern.reference not in page.replace(f"next={address}", "")
        assert POISON not in page


def test_somebody_who_left_keeps_what_they_worked_on(world: World) -> None:
    """Ann leaves: she sees nothing more, and others still answer (GlobaLeaks 4676)."""
    made = poison(world)
    end_account(world.ann, by=world.hana, at=world.now)
    world.ann.refresh_from_db()
    assert not Concern.objects.visible_to(world.ann).exists()
    responders = responders_for(made.concern)
    assert not responders.contains(world.ann)
    assert {world.hana, world.fay, world.kit} <= set(responders)


def test_what_was_looked_at_lately_shown_to_somebody_shut_out_since(world: World, as_person: As) -> None:
    """Esi opened it; after the move nothing of hers still names it (HMPPS, recently viewed)."""
    made, client = poison(world), as_person(world.esi)
    assert client.get(made.concern.get_absolute_url()).status_code == 200
    move_to_queue(made.concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now)
    for address in ("/", "/people/me/", "/alerts/", "/concerns/mine/", world.queue.get_absolute_url()):
        assert made.concern.reference not in client.get(address).content.decode()


def test_a_saved_view_that_still_names_what_has_gone_beyond_the_wall(world: World, as_person: As) -> None:
    """A view is a filter and holds no row: it shows its owner what she may see when she opens it."""
    made, client = poison(world), as_person(world.esi)
    client.post(f"{world.queue.get_absolute_url()}views/", {"name": "Ely", "circle": "C-0142"})
    view = f"{world.queue.get_absolute_url()}?circle=C-0142"
    assert made.concern.reference in client.get(view).content.decode()
    move_to_queue(made.concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now)
    page = client.get(view).content.decode()
    assert made.concern.reference not in page
    assert "C-0142" not in re.sub(r'href="[^"]*"', "", page), "nor that the circle has any"
