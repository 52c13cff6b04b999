"""Another practitioner or team of the same agency: who is told first, and what the trail keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, User
from alerts.message.models import Alert, Wording
from audit.models import Act, Entry
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import name_practitioner
from offenders.lead.models import LeadChange
from offenders.lead.operations import change_lead
from tests.world import World


def paul(world: World) -> CoreMember:
    return CoreMember.objects.get(pk=world.core_member.pk)


def test_lou_is_told_first_and_the_same_agency_leads(world: World) -> None:
    name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now)
    assert (paul(world).practitioner, paul(world).lead_agency) == (world.lou, "police")
    assert not LeadChange.objects.exists()
    lines = Entry.objects.filter(reference=world.core_member.reference, note__startswith="practitioner")
    assert [(line.act, line.recipient) for line in lines.order_by("pk")] == [
        (Act.REVOKED, world.esi.reference),
        (Act.ALTERED, world.lou.reference),
    ]


def test_a_team_is_named_while_esi_stays(world: World) -> None:
    police = Agency.objects.get(kind="police")
    name_practitioner(world.core_member, practitioner=world.esi, agency=police, by=world.ann, at=world.now)
    assert (paul(world).practitioner, paul(world).agency) == (world.esi, police)
    assert not Entry.objects.filter(note="practitioner changed").exists()


def test_nobody_is_named_while_nobody_is_known(world: World) -> None:
    name_practitioner(world.core_member, practitioner=None, by=world.ann, at=world.now)
    assert paul(world).practitioner is None


def test_what_is_so_already_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="written down now"):
        name_practitioner(world.core_member, practitioner=world.esi, by=world.ann, at=world.now)


def test_ann_is_told_when_hana_changes_it(world: World) -> None:
    name_practitioner(world.core_member, practitioner=world.lou, by=world.hana, at=world.now)
    told = Alert.objects.filter(key__contains="practitioner", wording=Wording.THERE_IS_NEWS)
    assert {alert.recipient.first_name for alert in told} == {"Ann"}


def wordings_for(person: User) -> set[str]:
    return set(Alert.objects.filter(key__contains="practitioner", recipient=person).values_list("wording", flat=True))


def test_lou_is_told_that_she_is_named_and_esi_that_she_no_longer_is(world: World) -> None:
    name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now)
    assert (wordings_for(world.lou), wordings_for(world.esi)) == ({Wording.NAMED}, {Wording.NAMED_NO_LONGER})


def test_a_new_lead_tells_both_practitioners_too(world: World) -> None:
    change_lead(
        world.core_member,
        lead_agency="probation",
        changed_on=world.now.date(),
        why="His licence began.",
        practitioner=world.lou,
        by=world.ann,
        at=world.now,
    )
    assert (wordings_for(world.lou), wordings_for(world.esi)) == ({Wording.NAMED}, {Wording.NAMED_NO_LONGER})


def test_another_team_of_the_same_practitioner_tells_esi_nothing(world: World) -> None:
    police = Agency.objects.get(kind="police")
    name_practitioner(world.core_member, practitioner=world.esi, agency=police, by=world.ann, at=world.now)
    assert wordings_for(world.esi) == set()


def test_ben_and_esi_may_not(world: World) -> None:
    for person in (world.ben, world.esi):
        with pytest.raises(PermissionDenied):
            name_practitioner(world.core_member, practitioner=world.lou, by=person, at=world.now)


def test_ann_changes_the_practitioner_on_the_page(world: World, as_person: Callable[[User], Client]) -> None:
    ann, address = as_person(world.ann), reverse("offenders:change_practitioner", args=["EE-2417-K"])
    assert "Police still leads" in ann.get(address).content.decode()
    page = ann.post(address, {"practitioner": world.lou.pk, "agency": ""}, follow=True).content.decode()
    assert "Lou Garner is told first from now on" in page
