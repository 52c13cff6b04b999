"""A core member's contacts: a number counts as verified for ninety days after a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, User
from core.errors import Refused
from offenders.contact.models import Contact
from offenders.contact.operations import add_contact, change_contact, end_contact, verify_contact
from offenders.restriction.operations import add_restriction
from tests.world import World

AsPerson = Callable[[User], Client]


def add_sergeant(world: World) -> Contact:
    return add_contact(
        world.core_member,
        name="Sgt Moira Lane",
        role="Case officer",
        agency=Agency.objects.get(kind="police"),
        duty_desk="Front desk, Ely",
        telephone="01632 960 400",
        by=world.ann,
        at=world.now,
    )


def test_a_number_nobody_has_tried_is_not_good(world: World) -> None:
    assert not add_sergeant(world).is_good_on(world.now.date())


def test_a_verified_number_is_good_for_ninety_days(world: World) -> None:
    contact = verify_contact(add_sergeant(world), by=world.ann, at=world.now)
    assert contact.verified_by == world.ann
    assert contact.verified_on is not None
    assert contact.is_good_on(contact.verified_on + timedelta(days=90))
    assert not contact.is_good_on(contact.verified_on + timedelta(days=91))


def test_an_ended_contact_is_not_verified(world: World) -> None:
    ended = end_contact(add_sergeant(world), by=world.ann, at=world.now)
    assert not Contact.objects.current().contains(ended)
    with pytest.raises(Refused, match="has ended"):
        verify_contact(ended, by=world.ann, at=world.now)


def test_pat_changes_no_contact_of_anns_core_member(world: World) -> None:
    contact = add_sergeant(world)
    for operation in (verify_contact, end_contact):
        with pytest.raises(PermissionDenied):
            operation(contact, by=world.pat, at=world.now)
    assert not Contact.objects.visible_to(world.pat).exists()
    assert not Contact.objects.visible_to(world.ben).exists()


def test_a_district_is_the_first_part_of_a_postcode(world: World) -> None:
    def keeping_out_of(district: str) -> str:
        return add_restriction(
            world.core_member,
            source="shpo",
            plain_words="He keeps out of Soham.",
            starts_on=world.now.date(),
            avoids_district=district,
            by=world.ann,
            at=world.now,
        ).avoids_district

    assert keeping_out_of(" cb7 ") == "CB7"
    with pytest.raises(Refused, match="first part of a postcode"):
        keeping_out_of("Soha")


def test_ann_names_verifies_and_ends_a_contact_on_the_pages(world: World, as_person: AsPerson) -> None:
    ann, his_page = as_person(world.ann), world.core_member.get_absolute_url()
    police = Agency.objects.get(kind="police")
    sent = {"name": "PC Ada Swan", "role": "Case officer", "agency": police.pk, "telephone": "01632 960 401"}
    assert ann.post(f"{his_page}contacts/add/", sent).url == f"{his_page}contacts/"
    assert "not yet" in ann.get(f"{his_page}contacts/").content.decode()
    address = f"{his_page}contacts/{Contact.objects.get().reference}/"
    ann.post(f"{address}verify/")
    assert "by Ann, good until" in ann.get(f"{his_page}contacts/").content.decode()
    ann.post(f"{address}end/")
    assert "Ada Swan" not in ann.get(his_page).content.decode()
    assert ann.post(f"{address}verify/").status_code == 200
    assert ann.get(f"{his_page}contacts/PC-XXXXX/verify/").status_code == 404


def test_ann_reads_the_restrictions_over_and_his_page_says_when(world: World, as_person: AsPerson) -> None:
    ann, his_page = as_person(world.ann), world.core_member.get_absolute_url()
    assert "Not read over yet" in ann.get(f"{his_page}restrictions/").content.decode()
    assert "alone with anyone under 16" in ann.get(f"{his_page}restrictions/verify/").content.decode()
    assert ann.post(f"{his_page}restrictions/verify/").url == f"{his_page}restrictions/"
    assert "by Ann, today" in ann.get(f"{his_page}restrictions/").content.decode()


@pytest.mark.parametrize(("address", "status"), [("lou@example.com", 200), ("lou@norfolk.pnn.police.uk", 302)])
def test_a_mailbox_outside_the_secure_domains_is_not_taken(
    world: World, as_person: Callable[[User], Client], address: str, status: int
) -> None:
    fields = {"name": "Lou Garner", "role": "Sergeant", "agency": Agency.objects.get(kind="police").pk}
    sent = fields | {"telephone": "01632 960 400", "secure_mail": address}
    page = as_person(world.ann).post(reverse("offenders:add_contact", args=["EE-2417-K"]), sent)
    assert page.status_code == status
    assert Contact.objects.exists() == (status == 302)


def test_a_change_of_hours_leaves_the_call_and_a_change_of_the_mailbox_needs_another(world: World) -> None:
    contact = verify_contact(add_sergeant(world), by=world.ann, at=world.now)
    facts = {name: getattr(contact, name) for name in ("name", "role", "agency", "duty_desk", "telephone")}
    same = partial(change_contact, contact, at=world.now, **facts)
    with pytest.raises(Refused, match="written down now"):
        same(by=world.ann)
    assert same(hours="Nine to five", by=world.ann).verified_on is not None
    with pytest.raises(Refused, match="not on the list of secure ones"):
        same(secure_mail="moira@example.com", by=world.ann)
    assert same(secure_mail="moira@cambs.pnn.police.uk", by=world.ann).verified_on is None
    with pytest.raises(PermissionDenied):
        same(hours="Never", by=world.pat)
